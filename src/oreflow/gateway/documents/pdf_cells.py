"""Cells of ruled PDF tables with their text and places; tables that go on over pages."""

from __future__ import annotations

from dataclasses import replace

from .drafting import DraftCell, Mark
from .encodings import harmless
from .pdf_glyphs import Glyph, turned_back
from .pdf_paragraphs import BEGINS, joint
from .pdf_pieces import pieces_of, rows_of
from .pdf_tables import RuledTable

_SAME_SIDE = 6.0  # points by which the columns of a table may shift from page to page
_ENDED = ("。", "；", "！", "？")


def laid_out(table: RuledTable, page: int, quarter: int) -> list[list[DraftCell]]:
    """The rows of a table as cells with their lines."""
    rows: list[list[DraftCell]] = [[] for _ in range(len(table.ys) - 1)]
    for cell in table.cells:
        rows[cell.row].append(DraftCell(_lines(cell.glyphs, page, quarter), cell.across, cell.down))
    return rows


def _lines(glyphs: list[Glyph], page: int, quarter: int) -> list[tuple[str, Mark]]:
    """The lines of a cell; one that was only broken for the cell's width joins the line before it."""
    out: list[tuple[str, Mark]] = []
    before = ""
    for row in rows_of(pieces_of(glyphs)):
        pieces = sorted(row.pieces, key=lambda p: p.x0)
        text = harmless(" ".join(p.text for p in pieces))
        box = (
            min(p.x0 for p in pieces), min(p.y0 for p in pieces), max(p.x1 for p in pieces), max(p.y1 for p in pieces)
        )  # fmt: skip
        joins = bool(before) and not before.endswith(_ENDED) and not BEGINS.match(text)
        lead = joint(before, text) if joins else ""
        out.append((lead + text, mark_of(page, turned_back(box, quarter), joins=joins)))
        before = text
    return out


def mark_of(page: int, box: tuple[float, float, float, float], *, joins: bool = False) -> Mark:
    """The place of a line on a page."""
    x0, y0, x1, y1 = (round(v, 1) for v in box)
    return Mark(f"p. {page}", page, None, (x0, y0, x1, y1), joins)


def same_columns(before: list[float], after: list[float]) -> bool:
    """Whether two tables have their columns at the same places."""
    if len(before) != len(after):
        return False
    shift = after[0] - before[0]
    return all(abs(b - a - shift) < _SAME_SIDE for a, b in zip(before, after, strict=True))


def continued(rows: list[list[DraftCell]], before: list[list[DraftCell]]) -> list[list[DraftCell]]:
    """A table with its rows on the next page: the head printed again left out, a row parted in two made one."""
    same = 0
    while same < min(len(rows), len(before)) and _said(rows[same]) == _said(before[same]) and any(_said(rows[same])):
        same += 1
    left = rows[same:]
    if left and before and _rest_of(left[0], before[-1]):
        for cell, rest in zip(before[-1], left[0], strict=True):
            cell.paragraphs += [(text, replace(mark, joins=True)) for text, mark in rest.paragraphs]
        left = left[1:]
    return [*before, *left]


def _rest_of(row: list[DraftCell], before: list[DraftCell]) -> bool:
    """Whether a row only ends what some cells of the row before begin."""
    if len(row) != len(before) or row[0].filled or any(c.down > 1 for c in (*row, *before)):
        return False
    filled = [(old, new) for old, new in zip(before, row, strict=True) if new.filled]
    return len(filled) * 2 <= len(row) and all(old.filled and old.across == new.across for old, new in filled)


def _said(row: list[DraftCell]) -> list[str]:
    return ["".join(text for text, _ in cell.paragraphs) for cell in row]
