"""Glyphs put together to pieces of a row: runs, rows, blanks between words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Generic, Protocol, TypeVar

from .pdf_glyphs import Glyph

_JOINED = 1.2  # glyphs nearer than so many heights belong to one piece
_SAME_ROW = 0.5  # share of the smaller height by which two pieces of one row overlap


class Boxed(Protocol):
    """Something with a place on the page."""

    x0: float
    y0: float
    x1: float
    y1: float


B = TypeVar("B", bound=Boxed)


@dataclass(slots=True)
class Run:
    """Glyphs that follow each other in the file and on the page."""

    glyphs: list[Glyph]
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Piece:
    """Words of one row without a wide gap between them; `em` is how wide its Chinese characters are, or 0.

    A ruled table stands among the pieces as one, without words; `table` is its number on the page.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float = 0.0
    table: int | None = None

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Row(Generic[B]):
    """What stands side by side; the range of its heights is that of its tallest piece."""

    pieces: list[B] = field(default_factory=list)
    y0: float = 0.0
    y1: float = 0.0

    def shared(self, piece: B) -> float:
        """The height that a piece has in common with this row, as a share of the smaller one."""
        common = min(self.y1, piece.y1) - max(self.y0, piece.y0)
        return common / max(min(self.y1 - self.y0, piece.y1 - piece.y0), 0.01)

    def add(self, piece: B) -> None:
        """Put a piece on the row."""
        if not self.pieces or piece.y1 - piece.y0 > self.y1 - self.y0:
            self.y0, self.y1 = piece.y0, piece.y1
        self.pieces.append(piece)


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of a page, in no order that matters."""
    return [
        piece for row in rows_of(_runs(glyphs)) for run in _joined(row.pieces) if (piece := _piece(run)) is not None
    ]


def rows_of(pieces: Iterable[B]) -> list[Row[B]]:
    """Pieces gathered to rows from top to bottom."""
    rows: list[Row[B]] = []
    open_: list[Row[B]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y1, p.x0)):
        open_ = [row for row in open_ if row.y0 < piece.y1]
        row = max(open_, key=lambda r: r.shared(piece), default=None)
        if row is None or row.shared(piece) < _SAME_ROW:
            row = Row()
            rows.append(row)
            open_.append(row)
        row.add(piece)
    return sorted(rows, key=lambda row: -(row.y0 + row.y1))


def _runs(glyphs: Sequence[Glyph]) -> list[Run]:
    out: list[Run] = []
    for glyph in glyphs:
        if out:
            last = out[-1]
            before = last.glyphs[-1]
            least = min(glyph.height, before.height)
            beside = -_SAME_ROW * least < glyph.x0 - before.x1 < _JOINED * least or glyph[1:5] == before[1:5]
            if beside and min(glyph.y1, before.y1) - max(glyph.y0, before.y0) >= _SAME_ROW * least:
                last.glyphs.append(glyph)
                last.x0, last.x1 = min(last.x0, glyph.x0), max(last.x1, glyph.x1)
                if glyph.height > last.y1 - last.y0:
                    last.y0, last.y1 = glyph.y0, glyph.y1
                continue
        out.append(Run([glyph], glyph.x0, glyph.y0, glyph.x1, glyph.y1))
    return [run for run in out if any(g.text.strip() for g in run.glyphs)]


def _joined(runs: list[Run]) -> list[Run]:
    """Runs of a row with no wide gap between them made one."""
    out: list[Run] = []
    for run in sorted(runs, key=lambda r: r.x0):
        if out and run.x0 - out[-1].x1 < _JOINED * min(run.y1 - run.y0, out[-1].y1 - out[-1].y0):
            last = out[-1]
            last.glyphs += run.glyphs
            last.x1 = max(last.x1, run.x1)
            last.y0, last.y1 = min(last.y0, run.y0), max(last.y1, run.y1)
        else:
            out.append(run)
    return out


def _piece(run: Run) -> Piece | None:
    glyphs = _distinct(sorted(run.glyphs, key=lambda g: (g.x0, g.at)))
    seen = [g for g in glyphs if g.text.strip()]
    if not seen:
        return None
    text = _words(glyphs, spaced=_spaced(seen))
    wide = [g for g in seen if _wide(g.text)]
    em = median(g.x1 - g.x0 for g in wide) if wide else 0.0
    bottom, top = min(g.y0 for g in wide or seen), max(g.y1 for g in wide or seen)
    return Piece(text, min(g.x0 for g in seen), bottom, max(g.x1 for g in seen), top, em)


def _distinct(glyphs: list[Glyph]) -> list[Glyph]:
    """Without characters printed twice upon each other to look bold."""
    out: list[Glyph] = []
    for glyph in glyphs:
        if not any(_again(before, glyph) for before in out[-2:]):
            out.append(glyph)
    return out


def _again(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character is printed again; two that one glyph stands for (——) have the same box and follow."""
    if before.text != glyph.text or (glyph.at == before.at + 1 and glyph[1:5] == before[1:5]):
        return False
    near = 0.2 * glyph.height
    return abs(before.x0 - glyph.x0) < near and abs(before.y0 - glyph.y0) < near


def _spaced(seen: list[Glyph]) -> bool:
    """Whether a line is set with even wide gaps between single Chinese characters."""
    if len(seen) < 4 or not all(_wide(g.text) for g in seen):
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(seen)]
    return min(gaps) > 0.4 * seen[0].height and max(gaps) < 1.3 * min(gaps)


def _wide(text: str) -> bool:
    return text >= "\u2e80"


def _words(glyphs: list[Glyph], *, spaced: bool) -> str:
    """The glyphs of a line with a blank wherever the gap says so."""
    out: list[str] = []
    before: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = True
            continue
        if before is not None and not spaced and _parted(before, glyph, blank):
            out.append(" ")
        out.append(glyph.text)
        before, blank = glyph, False
    return "".join(out)


def _parted(a: Glyph, b: Glyph, blank: bool) -> bool:
    """Whether a blank belongs between two neighbours; `blank` says that the file has one there."""
    gap = (b.x0 - a.x1) / max(min(a.height, b.height), 0.1)
    wide = _wide(a.text) + _wide(b.text)
    if blank:
        return gap > 0.08
    return gap > (0.25, 0.4, 0.45)[wide]
