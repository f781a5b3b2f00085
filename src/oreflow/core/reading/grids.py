# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tables whose cells are known: grids that the file lays out, and lines whose cells are marked by tabs or bars."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import BINDING, EMPTY, Piece, is_unit
from .letters import Line, Paragraph, lines_of, paragraph
from .matrix import Layout, Matrix, Roles, Slot, at_place, distinct, figure_in, layout, part_of, place
from .model import Cell, Grid, Row, Table
from .outline import heading
from .totals import totals

_ABOVE = re.compile(
    r"^(?:附?表|专栏|续表)\s?[\d一二三四五六七八九十]|^[（(]?单位\s?[：:]|(?:表|指标|情况|计划|目标|一览|清单|汇总|明细)(?:（.*）)?$|^附[表件]"
)
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\s?[：:]")
_TOTAL = re.compile(r"合计|总计|小计|总和")
_RULE = re.compile(r"[\s|:：+\-—=]+")
_LABEL_UNIT = re.compile(r"（(?P<u>[^（）]{1,16})）$|[/,，、](?P<s>[^/,，、（）]{1,12})$")
_DIGIT = re.compile(r"\d")
_FIGURE_CELL = re.compile(r"[\t|] *[\[〔（]?[<>≥≤约]?(?!(?:19|20)\d{2}年?(?:[\t|]|$))\d[\d,.]*[^\t|]{0,8}(?:[\t|]|$)")
MIN_CELLS = 3
_LONGEST_LINE = 4000
_LONG_CELL = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A table with the line range it takes; `pieces` are its figures by offset, `cells` its cells of words."""

    table: Table
    first: int
    last: int
    pieces: dict[int, Piece]
    cells: tuple[tuple[Paragraph, int, int], ...] = ()


def is_grid_line(line: Line) -> bool:
    """Whether a line's cells are marked."""
    return line.text.count("\t") + line.text.count("|") >= MIN_CELLS - 1


def grid_runs(lines: Sequence[Line], stop: set[int], plain: str) -> list[tuple[int, int]]:
    """Runs of lines with marked cells; two cells a line are enough where three lines have them."""
    out, i, total = [], 0, len(lines)
    while i < total:
        if i in stop or not _marked_line(lines[i], plain):
            i += 1
            continue
        j = i
        while j < total and j not in stop and (_marked_line(lines[j], plain) or _group_line(lines, j, stop, plain)):
            j += 1
        wide = sum(1 for k in range(i, j) if is_grid_line(lines[k]))
        if wide >= 2 or (j - i >= 3 and sum(1 for k in range(i, j) if _pairs(lines[k])) * 2 >= j - i):
            out.append((i, j))
        i = j
    return out


def _marked_line(line: Line, plain: str) -> bool:
    marked = "\t" in line.text or "|" in line.text or plain[line.end : line.end + 1] == "\t"
    return marked and len(line.text) < _LONGEST_LINE


def _group_line(lines: Sequence[Line], j: int, stop: set[int], plain: str) -> bool:
    """A short line between rows: the head of a group, where the next row has figures."""
    if j + 1 >= len(lines) or j + 1 in stop or len(lines[j].text) > 20 or re.search(r"[。；：，]", lines[j].text):
        return False
    after = lines[j + 1]
    return _marked_line(after, plain) and bool(_FIGURE_CELL.search(after.text))


def _pairs(line: Line) -> bool:
    """A label, a mark and a figure."""
    return bool(re.fullmatch(r"\|?[^\t|]{1,40}[\t|]\s*[\[〔（]?[<>≥≤约]?\s?-?\d[^\t|]{0,20}\|?", line.text))


def from_grid(grid: Grid, plain: str, lines: Sequence[Line]) -> Found | None:
    """The table of a grid; None where it only lays out running text (a box, a page)."""
    rows = [[(c.start, c.end, c.across, c.down) for c in row] for row in grid.rows]
    if _lays_out(rows, plain):
        return None
    read = _read(place(rows, plain), plain)
    if read is None:
        return None
    first = bisect_right(lines, grid.start, key=lambda line: line.end)
    last = bisect_left(lines, grid.end, key=lambda line: line.start)
    return _found(read, lines, first, max(first, last)) if first < last else None


def _lays_out(rows: Sequence[Sequence[tuple[int, int, int, int]]], plain: str) -> bool:
    """Whether cells hold running text: one column, or long paragraphs that leave few short cells."""
    cells = [c for row in rows for c in row if c[1] > c[0]]
    if len(cells) < 4 or max((len(row) for row in rows), default=0) < 2:
        return True
    long = sum(1 for start, end, *_ in cells if end - start > _LONG_CELL and "\n" in plain[start:end])
    return long * 3 > len(cells)


def from_lines(lines: Sequence[Line], first: int, last: int, plain: str) -> Found | None:
    """The table of lines whose cells are marked."""
    rows = [cells for i in range(first, last) if (cells := _marked(lines[i], plain))]
    if len(rows) < 2:
        return None
    width = Counter(len(r) for r in rows).most_common(1)[0][0]
    width = width if width > 1 else max(len(r) for r in rows)
    read = _read(place([_even(r, width, plain) for r in rows], plain), plain)
    return None if read is None or not (read[0].columns or read[0].labels) else _found(read, lines, first, last)


def _marked(line: Line, plain: str) -> list[tuple[int, int, int, int]]:
    """The cells of a line between tabs or bars, empty ones at its ends too."""
    if _RULE.fullmatch(line.text) and "\t" not in line.text:
        return []
    mark = "\t" if "\t" in line.text else "|"
    start, end = line.start, line.end
    while start and plain[start - 1] in "\t ":
        start -= 1
    while end < len(plain) and plain[end] in "\t ":
        end += 1
    cells, at = [], start
    for raw in plain[start:end].split(mark):
        cells.append((at, at + len(raw), 1, 1))
        at += len(raw) + 1
    if mark == "|":
        if plain[start] == "|":
            cells.pop(0)
        if cells and plain[end - 1] == "|":
            cells.pop()
    return cells


def _even(cells: list[tuple[int, int, int, int]], width: int, plain: str) -> list[tuple[int, int, int, int]]:
    """A row of fewer cells filled up: a total's label covers the first columns, a figure in front means a merged label."""
    missing = width - len(cells)
    if missing <= 0 or len(cells) < 2:
        return cells
    start = cells[0][0]
    gap = [(start, start, 1, 1)] * missing
    first = plain[cells[0][0] : cells[0][1]].strip()
    if _TOTAL.search(first):
        return [cells[0], *gap, *cells[1:]]
    return [*gap, *cells] if _DIGIT.match(first) else cells


_Read = tuple[Table, dict[int, Piece], tuple[tuple[Paragraph, int, int], ...]]


def _read(matrix: Matrix, plain: str) -> _Read | None:
    """Table, figures and cells of words of a matrix."""
    found = layout(matrix)
    if found is None:
        return None
    kept: dict[int, Piece] = {}
    words: list[tuple[Paragraph, int, int]] = []
    rows = [row for r, group in found.body if (row := _row(matrix, r, group, found, kept, words, plain)) is not None]
    roles = found.roles
    if not rows or not (kept or sum(len(r.words) for r in rows) >= 2):
        return None
    heads = tuple(roles.heads[c] for c in roles.figures)
    labels = tuple(roles.heads[c] for c in roles.words)
    start, end = _reach(matrix)
    table = Table(start, end, " ".join(found.titles), heads, tuple(rows), totals(rows, heads), found.note, labels)
    return table, kept, tuple(words)


def _reach(matrix: Matrix) -> tuple[int, int]:
    pieces = [s.piece for row in matrix for s in row if s is not None and s.text]
    return min(p.start for p in pieces), max(p.end for p in pieces)


def _row(
    matrix: Matrix, r: int, group: str, found: Layout, kept: dict[int, Piece], words: list[tuple[Paragraph, int, int]], plain: str
) -> Row | None:  # fmt: skip
    roles, row = found.roles, matrix[r]
    label, part = part_of(_said(row, roles.label))
    if not label and not any(row[c] is not None for c in roles.figures):
        return None
    whole = (
        next((s.text for s in row if s is not None and _TOTAL.search(s.text)), "")
        if not label or _is_total_elsewhere(row, roles)
        else ""
    )
    label = whole or label
    unit = _said(row, roles.unit).strip("（）")
    if not unit:
        label, unit = label_and_unit(label)
    cells = _figures(row, r, roles, kept)
    named = _slot(row, roles.label)
    texts = []
    for k, c in enumerate(roles.words):
        slot = row[c]
        if slot is not None and slot.text and slot is not named and slot.row == r and slot.column == c:
            texts.append(Cell(slot.piece.start, slot.piece.end, slot.text, k))
    words += _word_blocks(matrix, r, roles, plain)
    spots = [s.piece for s in distinct(row) if s.row == r] or [s.piece for s in distinct(row)]
    if not spots or not (cells or texts or label):
        return None
    bound = BINDING.get(_said(row, roles.binding), "")
    scope = _said(row, roles.scope) if roles.scope != roles.label else ""
    return Row(
        label, cells, unit, bound, _said(row, roles.group) or group, spots[0].start, max(p.end for p in spots), tuple(texts),
        scope, part,
    )  # fmt: skip


def _is_total_elsewhere(row: Sequence[Slot | None], roles: Roles) -> bool:
    first = next((s for s in row if s is not None and s.text), None)
    return (
        first is not None and bool(_TOTAL.search(first.text)) and first.column != roles.label and len(first.text) <= 8
    )


def label_and_unit(label: str) -> tuple[str, str]:
    """粗钢产量（万吨） as its name and its unit."""
    found = _LABEL_UNIT.search(label)
    if not found:
        return label, ""
    last = re.split("[，,、]", found["u"])[-1].strip() if found["u"] else found["s"]
    if is_unit(last) or last in ("%", "‰"):
        return label[: found.start()], last
    return label, ""


def _slot(row: Sequence[Slot | None], column: int | None) -> Slot | None:
    return row[column] if column is not None else None


def _said(row: Sequence[Slot | None], column: int | None) -> str:
    slot = _slot(row, column)
    return slot.text if slot is not None else ""


def _figures(row: Sequence[Slot | None], r: int, roles: Roles, kept: dict[int, Piece]) -> tuple[Cell, ...]:
    out = []
    for k, c in enumerate(roles.figures):
        slot = row[c]
        if slot is None or not slot.text or slot.row != r or slot.column != c or c == roles.label:
            continue
        piece = figure_in(slot)
        if piece.number is None and piece.text not in EMPTY:
            continue
        kept[piece.start] = at_place(piece, k)
        out.append(Cell(piece.start, piece.end, piece.text, k))
    return tuple(out)


def _word_blocks(matrix: Matrix, r: int, roles: Roles, plain: str) -> list[tuple[Paragraph, int, int]]:
    """The cells of a row to read as text; those of figures' columns after the name of their row and column."""
    out = []
    row = matrix[r]
    columns = {roles.serial, roles.unit, roles.binding}
    for c, slot in enumerate(row):
        if slot is None or slot.row != r or slot.column != c or c in columns or len(slot.text) < 2:
            continue
        if figure_in(slot).counts:
            continue
        body = _cell_paragraph(plain, slot.piece.start, slot.piece.end)
        skip = 0
        if _DIGIT.search(slot.text) and c not in (roles.label, roles.group, roles.scope):
            named = [
                s
                for s in (_head_slot(matrix, c, roles), _slot(row, roles.label))
                if s is not None and s is not slot and s.text
            ]
            for before in named:
                ahead = _cell_paragraph(plain, before.piece.start, before.piece.end)
                size = len(body.text)
                body = _joined(ahead, body)
                skip += len(body.text) - size
        if body.text:
            out.append((body, skip, c))
    return out


def _head_slot(matrix: Matrix, column: int, roles: Roles) -> Slot | None:
    """The head that names what a column of figures holds; heads of words say nothing about their cells."""
    slot = matrix[0][column]
    return slot if column in roles.figures and slot is not None and slot.piece.number is None else None


def _cell_paragraph(plain: str, start: int, end: int) -> Paragraph:
    lines = [Line(line.start + start, line.end + start, line.text) for line in lines_of(plain[start:end])]
    return paragraph(lines)


def _joined(ahead: Paragraph, body: Paragraph) -> Paragraph:
    """What a cell is about run together with its words; a mark keeps digits and letters apart."""
    if not ahead.text or not body.text:
        return body
    mark = "：" if ahead.text[-1].isascii() else ""
    length = len(ahead.text)
    starts = (*ahead.starts, *([length] if mark else []), *(s + length + len(mark) for s in body.starts))
    places = (*ahead.places, *([ahead.at(length - 1)] if mark else []), *body.places)
    return Paragraph(ahead.text + mark + body.text, starts, places)


def _found(read: _Read, lines: Sequence[Line], first: int, last: int) -> Found:
    """The table with its caption above, its note below, and the lines they take."""
    table, kept, words = read
    begin = first
    while begin and first - begin < 3 and _is_above(lines[begin - 1]) and not _is_heading(lines[begin - 1]):
        begin -= 1
    above = [re.sub(r"\s+", "", line.text) for line in lines[begin:first]]
    if not above and first and _is_above(lines[first - 1]):
        above = [re.sub(r"\s+", "", lines[first - 1].text)]
    caption = " ".join([*above, table.caption] if table.caption else above)
    end, note = last, table.note
    if last < len(lines) and _NOTE.match(lines[last].text) and not note:
        note = lines[last].text
    start = lines[begin].start if begin < first else min(table.start, lines[first].start)
    whole = Table(
        start, max(table.end, lines[end - 1].end), caption, table.columns, table.rows, table.totals, note, table.labels
    )
    return Found(whole, begin, end, kept, words)


def _is_heading(line: Line) -> bool:
    """Whether the outline needs a line that also names the table."""
    head = heading(line)
    return head is not None and not head[1].startswith(("附表", "专栏"))


def _is_above(line: Line) -> bool:
    return len(line.text) < 50 and bool(_ABOVE.search(line.text)) and not re.search(r"[。；：]$", line.text)
