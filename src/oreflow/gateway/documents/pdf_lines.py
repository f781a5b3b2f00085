"""Pieces put together to lines in reading order: the columns of a page one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pdf_pieces import Piece, rows_of

_BINS = 120
_LEAST_CHARS = 8  # in a line of a column of running text
_LEAST_ROWS = 4
_NEAR = 0.03  # share of the page's width within which gutters of two pages are the same
_STRETCHED = 2.5  # widest blank, in characters, of a line that was spread to its column's width
_EM = 0.75  # of a line's height, where it has no Chinese characters
_DEEPEST = 2  # three columns


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page with its box, upright.

    `column` is 0 for the page's whole width, 1 left and 2 right of the gutter; `em` is how wide its characters
    are; `whole` says that no wide gap parts it.
    """

    text: str
    box: tuple[float, float, float, float]
    column: int
    em: float
    whole: bool
    table: int | None = None


def lines_of(pieces: list[Piece], usual: float | None = None) -> list[TextLine]:
    """The lines of a page in reading order; `usual` is where other pages have their gutter."""
    gutter = gutter_of(pieces)
    if gutter is None and usual is not None and _may_part(pieces, usual):
        gutter = usual
    out = []
    for block in _in_columns(pieces, gutter, _DEEPEST):
        column = _column(block, gutter)
        rows = [_line(row.pieces, column) for row in rows_of(p for p in block if p.table is None)]
        rows += [_table(p, column) for p in block if p.table is not None]
        out += sorted(
            rows, key=lambda line: -line.box[3] if line.table is not None else -(line.box[1] + line.box[3]) / 2
        )
    return out


def _column(block: list[Piece], gutter: float | None) -> int:
    if gutter is None:
        return 0
    return 1 if all(p.x1 <= gutter for p in block) else 2 if all(p.x0 >= gutter for p in block) else 0


def usual_gutter(gutters: list[float | None], width: float) -> float | None:
    """Where most pages of a document set in columns have their gutter; None for other documents."""
    found = [g for g in gutters if g is not None]
    if not found or len(found) * 3 < len(gutters):
        return None
    best = max(found, key=lambda g: sum(abs(g - other) < _NEAR * width for other in found))
    agreeing = [g for g in found if abs(g - best) < _NEAR * width]
    return median(agreeing) if len(agreeing) * 2 >= len(found) else None


def _may_part(pieces: list[Piece], gutter: float) -> bool:
    """Whether few pieces run over the gutter, and some stand on either side."""
    crossing = sum(p.x0 < gutter < p.x1 for p in pieces)
    left, right = sum(p.x1 <= gutter for p in pieces), sum(p.x0 >= gutter for p in pieces)
    return bool(left and right) and crossing * 3 <= len(pieces)


def _in_columns(pieces: list[Piece], gutter: float | None, depth: int) -> list[list[Piece]]:
    """Blocks of pieces in reading order: what runs over the gutter parts the page into bands."""
    if gutter is None or not depth:
        return [pieces]
    across = sorted((p for p in pieces if p.x0 < gutter < p.x1), key=lambda p: -p.middle)
    sides = sorted((p for p in pieces if not p.x0 < gutter < p.x1), key=lambda p: -p.middle)
    out: list[list[Piece]] = []
    mixed = False  # the last block goes over the whole width
    at = 0
    for crossing in [*across, None]:
        begin = at
        while at < len(sides) and (crossing is None or sides[at].middle > crossing.middle):
            at += 1
        band = sides[begin:at]
        left, right = [p for p in band if p.x1 <= gutter], [p for p in band if p.x0 >= gutter]
        if band and (_running(left) or _running(right) or not _tabular(band)):
            out += [b for side in (left, right) if side for b in _in_columns(side, gutter_of(side), depth - 1)]
            mixed = False
        elif band:
            out[-1:] = [[*out[-1], *band]] if mixed else [*out[-1:], band]
            mixed = True
        if crossing:
            out[-1:] = [[*out[-1], crossing]] if mixed else [*out[-1:], [crossing]]
            mixed = True
    return out


def gutter_of(pieces: list[Piece]) -> float | None:
    """The middle of an empty strip with running text on both sides; None on pages of one column."""
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    if right - left < 1:
        return None
    strip = _strip(_crossings(pieces, left, right))
    if strip is None:
        return None
    gutter = left + (strip[0] + strip[1] + 1) / 2 / _BINS * (right - left)
    sides = [p for p in pieces if p.x1 <= gutter], [p for p in pieces if p.x0 >= gutter]
    enough = all(len(side) >= _LEAST_ROWS and _running(side) for side in sides)
    return gutter if enough else None


def _crossings(pieces: Iterable[Piece], left: float, right: float) -> list[int]:
    """How many pieces cover each strip of the page's width."""
    changes = [0] * (_BINS + 1)
    for p in pieces:
        first, last = (min(max(int((x - left) / (right - left) * _BINS), 0), _BINS - 1) for x in (p.x0, p.x1))
        changes[first] += 1
        changes[last + 1] -= 1
    out, now = [], 0
    for change in changes[:_BINS]:
        now += change
        out.append(now)
    return out


def _strip(crossing: list[int]) -> tuple[int, int] | None:
    """The emptiest run of strips in the inner half of the page, the nearest to the middle."""
    inner = range(_BINS // 4, _BINS * 3 // 4)
    least = min(crossing[k] for k in inner)
    if least * 3 > max(crossing):
        return None
    first = last = min((k for k in inner if crossing[k] == least), key=lambda k: abs(k - _BINS / 2))
    while last + 1 in inner and crossing[last + 1] == least:
        last += 1
    while first - 1 in inner and crossing[first - 1] == least:
        first -= 1
    return first, last


def _running(pieces: list[Piece]) -> bool:
    """Whether pieces look like lines of running text, one per row and as wide as their column."""
    pieces = [p for p in pieces if p.table is None]
    if not pieces:
        return False
    width = max(p.x1 for p in pieces) - min(p.x0 for p in pieces)
    wide = median(p.x1 - p.x0 for p in pieces) >= 0.6 * width
    return wide and median(len(p.text) for p in pieces) >= _LEAST_CHARS and len(rows_of(pieces)) >= 0.8 * len(pieces)


def _tabular(pieces: list[Piece]) -> bool:
    """Whether pieces look like the cells of a table: three or more side by side in many rows."""
    rows = rows_of(p for p in pieces if p.table is None)
    return bool(rows) and sum(len(row.pieces) >= 3 for row in rows) * 5 >= len(rows) * 2


def _table(piece: Piece, column: int) -> TextLine:
    return TextLine("", (piece.x0, piece.y0, piece.x1, piece.y1), column, 0.0, whole=False, table=piece.table)


def _line(pieces: list[Piece], column: int) -> TextLine:
    row = sorted(pieces, key=lambda p: p.x0)
    box = (row[0].x0, min(p.y0 for p in row), max(p.x1 for p in row), max(p.y1 for p in row))
    em = median([p.em for p in row if p.em] or [(box[3] - box[1]) * _EM])
    whole = all(b.x0 - a.x1 < _STRETCHED * em for a, b in pairwise(row))
    return TextLine(" ".join(p.text for p in row), box, column, em, whole)
