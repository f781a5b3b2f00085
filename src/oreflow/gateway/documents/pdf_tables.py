"""Ruled tables of PDF pages: the cells that the lines enclose, and the glyphs that stand in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .pdf_glyphs import Glyph
from .pdf_rulings import Box

_SAME = 2.2  # points within which two lines are one
_TOUCH = 3.5  # points within which two lines meet
_COVERED = 0.6  # share of a cell's side that a line must rule
_MOST_LINES = 800
_MOST_CELLS = 8_000
_LEAST_SIDES = 3  # of two columns; a single row needs one more
_LEAST_FILLED = 3

_Line = tuple[float, float, float]  # where it stands, where it begins and ends


@dataclass(slots=True)
class TableCell:
    """A cell: its row and column, how many it spans, and its glyphs."""

    row: int
    column: int
    across: int = 1
    down: int = 1
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class RuledTable:
    """A table: where its columns (left to right) and rows (top to bottom, as negative heights) part, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[TableCell]
    owner: dict[tuple[int, int], TableCell]

    @property
    def box(self) -> Box:
        """Left, bottom, right, top."""
        return self.xs[0], -self.ys[-1], self.xs[-1], -self.ys[0]

    def takes(self, glyph: Glyph) -> bool:
        """Put a glyph in its cell; False for one outside."""
        column = bisect_right(self.xs, (glyph.x0 + glyph.x1) / 2) - 1
        row = bisect_right(self.ys, -(glyph.y0 + glyph.y1) / 2) - 1
        cell = self.owner.get((row, column))
        if cell is None:
            return False
        cell.glyphs.append(glyph)
        return True


def tables_of(rulings: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """The tables of a page (all upright) and the glyphs outside them."""
    level = _merged((-(y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rulings if x1 - x0 >= y1 - y0)
    plumb = _merged(((x0 + x1) / 2, -y1, -y0) for x0, y0, x1, y1 in rulings if x1 - x0 < y1 - y0)
    if not level or not plumb or len(level) + len(plumb) > _MOST_LINES:
        return [], list(glyphs)
    found = [table for lines in _connected(level, plumb) if (table := _table(*lines)) is not None]
    found.sort(key=lambda t: (t.xs[-1] - t.xs[0]) * (t.ys[-1] - t.ys[0]))
    outside = [glyph for glyph in glyphs if not any(table.takes(glyph) for table in found)]
    kept = [t for t in found if sum(any(g.text.strip() for g in c.glyphs) for c in t.cells) >= _LEAST_FILLED]
    if len(kept) < len(found):
        dropped = [t for t in found if t not in kept]
        again = {id(g) for t in dropped for c in t.cells for g in c.glyphs} | {id(g) for g in outside}
        outside = [glyph for glyph in glyphs if id(glyph) in again]
    return kept, outside


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Pieces of one line made one; nearly equal places made equal."""
    groups: list[list[_Line]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][0][0] <= _SAME:
            groups[-1].append(line)
        else:
            groups.append([line])
    out: list[_Line] = []
    for group in groups:
        place = sum(line[0] for line in group) / len(group)
        spans: list[list[float]] = []
        for _, begin, end in sorted(group, key=lambda line: line[1]):
            if spans and begin <= spans[-1][1] + _TOUCH:
                spans[-1][1] = max(spans[-1][1], end)
            else:
                spans.append([begin, end])
        out += [(place, begin, end) for begin, end in spans]
    return out


def _connected(level: list[_Line], plumb: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that meet."""
    group = list(range(len(level) + len(plumb)))

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    for i, (y, x0, x1) in enumerate(level):
        for j, (x, y0, y1) in enumerate(plumb, len(level)):
            if x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH:
                group[root(i)] = root(j)
    out: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for k in range(len(group)):
        out[root(k)][k >= len(level)].append(level[k] if k < len(level) else plumb[k - len(level)])
    return [lines for lines in out.values() if lines[0] and lines[1]]


def _table(level: list[_Line], plumb: list[_Line]) -> RuledTable | None:
    """The cells between lines; outer sides that are not drawn are where the other lines end."""
    level, plumb = _closed(level, plumb), _closed(plumb, level)
    ys, xs = sorted({line[0] for line in level}), sorted({line[0] for line in plumb})
    if len(xs) < _LEAST_SIDES or len(xs) + len(ys) < 2 * _LEAST_SIDES or len(xs) * len(ys) > _MOST_CELLS:
        return None
    cells: list[TableCell] = []
    owner: dict[tuple[int, int], TableCell] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in owner:
                continue
            cell = TableCell(row, column)
            while column + cell.across < len(xs) - 1 and (row, column + cell.across) not in owner:
                if _ruled(plumb, xs[column + cell.across], ys[row], ys[row + 1]):
                    break
                cell.across += 1
            while row + cell.down < len(ys) - 1 and not _ruled(
                level, ys[row + cell.down], xs[column], xs[column + cell.across]
            ):
                cell.down += 1
            cells.append(cell)
            owner.update({(row + r, column + c): cell for r in range(cell.down) for c in range(cell.across)})
    return RuledTable(xs, ys, cells, owner) if len({c.column for c in cells}) > 1 else None


def _closed(lines: list[_Line], others: list[_Line]) -> list[_Line]:
    """Lines with the outer two, where the lines across them run out beyond."""
    low, high = min(line[1] for line in others), max(line[2] for line in others)
    begin, end = min(line[0] for line in others), max(line[0] for line in others)
    out = list(lines)
    if min(line[0] for line in lines) - low > _TOUCH * 2:
        out.append((low, begin, end))
    if high - max(line[0] for line in lines) > _TOUCH * 2:
        out.append((high, begin, end))
    return out


def _ruled(lines: list[_Line], place: float, begin: float, end: float) -> bool:
    """Whether lines at a place cover most of a stretch."""
    covered = sum(max(0.0, min(line[2], end) - max(line[1], begin)) for line in lines if abs(line[0] - place) < 0.01)
    return covered >= _COVERED * (end - begin)
