# ruff: noqa: E501 -- Chinese characters count as two columns each
"""A table whose rows and columns are known, as heads, labels and figures; merged cells stand in every place they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .cells import BINDING, EMPTY, Piece, cell_piece, is_unit, number_inside, year_like

SERIAL = re.compile(r"序\s?号|编号|项次|No\.?|顺序号")
UNIT_HEAD = re.compile(r"(?:计量)?单位(?:（[^（）]*）)?|量纲")
BINDING_HEAD = re.compile(r"(?:指标)?(?:属性|性质)|指标类型|约束力")
REMARK_HEAD = re.compile(r"备\s?注|说明|数据来源|资料来源|来源|计算方法|统计口径|完成情况说明")
TIME_HEAD = re.compile(
    r"年限|起止|时限|建设期|建设周期|(?:开工|投产|完成|竣工|建成|发布|实施|建设|批复|认定|成立|入园|达产)(?:时间|日期|年份|年度|年)|时间$|日期$|年份$|电话|邮编|代码|文号|标准号|编码|经度|纬度|坐标|型号|牌号"
)
CATEGORY_HEAD = re.compile(r"类\s?别|分类|类型|领域|一级(?:指标|目录)|维度|层级|板块|大类|指标类别|门类|方面|目录")
SCOPE_HEAD = re.compile(
    r"(?:企业|公司|单位|集团|厂矿|生产厂家)(?:名称|（.*）)?|(?:地\s?区|区\s?域|省份|省（.*|市州|市（.*|州（.*|县区|县（.*|区（.*|县市区|县|市|园\s?区|开发区|产区|矿区|基地)(?:名称)?"
)
THING_HEAD = re.compile(r"产\s?品|指\s?标|品\s?种|矿\s?种|工\s?序|项\s?目|设备|装置|内容")
NAME_HEAD = re.compile(
    r"(?:项目|工程|指标|产品|企业|任务|园区|行业|设备|工序|品种|矿种|装备|技术|事项|措施|平台).{0,2}名?称?|名\s?称|.*名称|主要(?:任务|指标|产品|目标|内容)|(?:重点|具体|工作)?任务|重点工作|工作(?:内容|事项)|条款|要求"
)
PROJECT_HEAD = re.compile(r"(?:建设)?(?:项目|工程)(?:名称)?")
_GROUP_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、．.]|（[一二三四五六七八九十]{1,3}）)")
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\s?[：:]|注\d")
_PART = re.compile(r"^(?:其中|#|＃)[：:、]?(?P<t>.*)$")
_TITLE = re.compile(r"^(?:附?表|专栏)\s?[\d一二三四五六七八九十]|单位\s?[：:]|(?:表|情况|一览|清单|汇总|明细)$")
MOST_COLUMNS = 256
_LONG = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell with the place it begins in; the same one stands in every place that it covers."""

    piece: Piece
    row: int
    column: int
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Its text without blanks."""
        return self.piece.text


Matrix = list[list[Slot | None]]


def place(rows: Sequence[Sequence[tuple[int, int, int, int]]], plain: str) -> Matrix:
    """Cells (start, end, across, down) laid out in places."""
    matrix: Matrix = []
    hanging: dict[int, tuple[Slot, int]] = {}
    for r, cells in enumerate(rows):
        row: list[Slot | None] = []
        given = iter(cells)
        now = next(given, None)
        while (now is not None or len(row) in hanging) and len(row) < MOST_COLUMNS:
            at = len(row)
            if at in hanging:
                row.append(_hung(hanging, at))
                continue
            if now is None:
                break
            start, end, across, down = now
            slot = Slot(cell_piece(plain, start, end, r), r, at, max(1, across), max(1, down))
            for c in range(at, min(at + slot.across, MOST_COLUMNS)):
                row.append(slot)
                if slot.down > 1:
                    hanging[c] = (slot, slot.down - 1)
            now = next(given, None)
        for c in [c for c in hanging if c >= len(row)]:
            row += [None] * (c - len(row)) + [_hung(hanging, c)]
        matrix.append(row)
    width = max((len(row) for row in matrix), default=0)
    return [row + [None] * (width - len(row)) for row in matrix]


def _hung(hanging: dict[int, tuple[Slot, int]], column: int) -> Slot:
    slot, rest = hanging.pop(column)
    if rest > 1:
        hanging[column] = (slot, rest - 1)
    return slot


def distinct(row: Sequence[Slot | None]) -> list[Slot]:
    """The cells of a row with text, each once."""
    out: list[Slot] = []
    for slot in row:
        if slot is not None and slot.text and (not out or out[-1] is not slot):
            out.append(slot)
    return out


@dataclass(slots=True)
class Roles:
    """What each column holds."""

    heads: list[str]
    serial: int | None = None
    unit: int | None = None
    binding: int | None = None
    group: int | None = None
    scope: int | None = None
    label: int | None = None
    figures: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """A matrix taken apart: titles above the head, roles of its columns, rows below with their group."""

    titles: tuple[str, ...]
    roles: Roles
    body: tuple[tuple[int, str], ...]
    note: str


def layout(matrix: Matrix) -> Layout | None:
    """What the rows and columns of a matrix are; None where it is no table."""
    width = len(matrix[0]) if matrix else 0
    if width < 2 or len(matrix) < 2:
        return None
    titles, first = _titles(matrix)
    if len(matrix) - first < 2:
        return None
    deep = _head_rows(matrix, first)
    heads = [_head(matrix, first, first + deep, c) for c in range(width)]
    numbered = first + deep < len(matrix) - 1 and _numbering(matrix[first + deep])
    body, note = _body(matrix, first, first + deep + numbered)
    if not body:
        return None
    roles = _roles(matrix, heads, [r for r, _ in body])
    return Layout(tuple(titles), roles, tuple(body), note)


def _titles(matrix: Matrix) -> tuple[list[str], int]:
    """Rows of one cell above the head: caption and unit."""
    titles = []
    first = 0
    while first < len(matrix) - 2:
        cells = distinct(matrix[first])
        if len(cells) > 2 or (len(cells) == 2 and not all(_TITLE.search(c.text) for c in cells)) or (
            len(cells) == 1 and len(matrix[first]) > 1 and cells[0].across < len(matrix[first]) and not _TITLE.search(cells[0].text)
        ):  # fmt: skip
            break
        titles += [c.text for c in cells]
        first += 1
    return titles, first


def _figured(slot: Slot | None) -> bool:
    return slot is not None and slot.piece.number is not None and not year_like(slot.piece)


def _head_rows(matrix: Matrix, first: int) -> int:
    """How many rows the head takes."""
    row = matrix[first]
    cells = distinct(row)
    if sum(1 for c in cells if _figured(c)) * 2 > len(cells):
        return 0
    deep = 1
    spans = any(s is not None and 1 < s.across < len(row) for s in row)
    merged = [s.down for s in row if s is not None and s.text and s.down > 1]
    if merged and max(merged) <= 4 and len(merged) < len(cells):
        deep = max(merged)
    while first + deep < len(matrix) - 1 and (spans or _blanks(row)) and _sub_head(matrix, first + deep, row):
        deep += 1
    return min(deep, len(matrix) - first - 1)


def _blanks(row: Sequence[Slot | None]) -> bool:
    """Whether a head leaves places open in its middle, as merged cells do where merging is not told."""
    filled = [k for k, s in enumerate(row) if s is not None and s.text]
    return bool(filled) and len(filled) < filled[-1] + 1


def _sub_head(matrix: Matrix, at: int, above: Sequence[Slot | None]) -> bool:
    """Whether a row goes on with the head: words only, and nothing new under the heads that stand alone."""
    row = matrix[at]
    cells = distinct(row)
    if not cells or any(_figured(c) or c.text in EMPTY for c in cells) or any(len(c.text) > 24 for c in cells):
        return False
    own = row[0]
    below = matrix[at + 1 :]
    return (own is None or not own.text or own is above[0]) and any(_figured(s) for r in below[:3] for s in r)


def _numbering(row: Sequence[Slot | None]) -> bool:
    """A row that only numbers the columns: 1 2 3 4, or 甲 1 2."""
    texts = [c.text.strip("（）()") for c in distinct(row)]
    if len(texts) < 3 or (texts[0] in ("1", "一") and len(texts) < len(row)):
        return False
    plain = [t for t in texts if t not in ("甲", "乙", "丙", "丁", "A", "B", "C", "栏次")]
    return (
        len(plain) >= 2
        and all(t.isdigit() for t in plain)
        and [int(t) for t in plain] == list(range(int(plain[0]), int(plain[0]) + len(plain)))
        and int(plain[0]) <= 2
    )


def _head(matrix: Matrix, first: int, end: int, column: int) -> str:
    """The head of a column, its levels run together."""
    parts: list[str] = []
    for r in range(first, end):
        slot = matrix[r][column]
        if (slot is None or not slot.text) and r < end - 1 and r + 1 < end and _text(matrix[r + 1][column]):
            slot = _left_of(matrix, r, column)
        if slot is not None and slot.text and slot.text not in parts:
            parts.append(slot.text)
    return "".join(parts)


def _left_of(matrix: Matrix, row: int, column: int) -> Slot | None:
    """The group head that an open place continues; none past a column that closes by itself."""
    for c in range(column - 1, -1, -1):
        slot = matrix[row][c]
        if slot is not None and slot.text:
            return slot if _text(matrix[row + 1][c]) else None
    return None


def _text(slot: Slot | None) -> str:
    return slot.text if slot is not None else ""


def _body(matrix: Matrix, first: int, begin: int) -> tuple[list[tuple[int, str]], str]:
    """Rows with the group they stand in; rows of one cell are group heads, repeated heads and notes are left out."""
    out: list[tuple[int, str]] = []
    group = note = ""
    head = [_text(s) for s in matrix[first]]
    for r in range(begin, len(matrix)):
        cells = distinct(matrix[r])
        if not cells:
            continue
        if _NOTE.match(cells[0].text):
            note = "".join(c.text for c in cells)
            continue
        if begin > first and [_text(s) for s in matrix[r]] == head:
            continue
        if _is_group(cells, len(matrix[r])):
            group = "".join(c.text for c in cells)
            continue
        out.append((r, group))
    return out, note


def _is_group(cells: list[Slot], width: int) -> bool:
    if any(c.piece.counts for c in cells) or len(cells) > 2:
        return False
    if len(cells) == 2:
        return (
            width > 3
            and bool(_GROUP_NUMBER.match(cells[0].text + "、"))
            and len(cells[0].text) <= 3
            and len(cells[1].text) <= 20
        )
    spread = cells[0].across >= width - 1
    return len(cells[0].text) <= 40 and (spread or width >= 3) and not _PART.match(cells[0].text)


def _roles(matrix: Matrix, heads: list[str], rows: list[int]) -> Roles:
    roles = Roles(heads)
    text_columns: list[int] = []
    for c in range(len(heads)):
        slots = [s for r in rows if (s := matrix[r][c]) is not None and s.text and s.row == r and s.column == c]
        figures = sum(1 for s in slots if s.piece.number is not None)
        dashes = sum(1 for s in slots if s.text in EMPTY)
        if roles.serial is None and c < 2 and (SERIAL.fullmatch(heads[c]) or _counting(slots, heads[c])):
            roles.serial = c
        elif UNIT_HEAD.fullmatch(heads[c]) and any(is_unit(s.text) for s in slots):
            roles.unit = c
        elif BINDING_HEAD.fullmatch(heads[c]) or (slots and all(s.text in BINDING for s in slots)):
            roles.binding = c
        elif (
            figures
            and (figures + dashes) * 3 >= len(slots)
            and not _of_time(heads[c], slots)
            and not (c == 0 and _names_years(slots))
        ):
            roles.figures.append(c)
        else:
            text_columns.append(c)
    _label_columns(roles, text_columns, matrix, rows)
    return roles


def _names_years(slots: Sequence[Slot]) -> bool:
    return all(year_like(s.piece) for s in slots)


def _of_time(head: str, slots: Sequence[Slot]) -> bool:
    if TIME_HEAD.search(head):
        return True
    return (
        bool(re.search(r"年", head))
        and not re.search(r"\d|产|增|能|值", head)
        and all(year_like(s.piece) for s in slots if s.piece.number)
    )


def _counting(slots: Sequence[Slot], head: str) -> bool:
    firsts = [
        int(s.piece.number.low) if s.piece.number is not None and s.piece.number.sort == "bare" else None for s in slots
    ]
    return len(firsts) >= 2 and not head and all(a == k + 1 for k, a in enumerate(firsts[:4]))


def _label_columns(roles: Roles, columns: list[int], matrix: Matrix, rows: list[int]) -> None:
    """Which columns of words name the row, its group, and whose it is."""
    before = [c for c in columns if not roles.figures or c < roles.figures[0]] or columns[:1]
    before = [c for c in before if not REMARK_HEAD.fullmatch(roles.heads[c])]
    named = [c for c in before if PROJECT_HEAD.fullmatch(roles.heads[c])]
    if len(before) >= 2:
        first = before[0]
        if (CATEGORY_HEAD.search(roles.heads[first]) or _merged_down(matrix, rows, first)) and first not in named:
            roles.group = first
        if SCOPE_HEAD.fullmatch(roles.heads[first]) and any(THING_HEAD.search(roles.heads[c]) for c in before[1:]):
            roles.scope, roles.group = first, None
    rest = [c for c in before if c not in (roles.group, roles.scope)]
    if named:
        roles.label = named[0]
    elif rest:
        roles.label = next((c for c in rest if NAME_HEAD.fullmatch(roles.heads[c])), rest[0])
    elif roles.scope is not None:
        roles.label, roles.scope = roles.scope, None
    elif roles.group is not None:
        roles.label, roles.group = roles.group, None
    taken = (roles.label, roles.group, roles.scope)
    roles.words = [c for c in columns if c not in taken]


def _merged_down(matrix: Matrix, rows: list[int], column: int) -> bool:
    slots = [matrix[r][column] for r in rows]
    return any(s is not None and s.down > 1 for s in slots)


def part_of(label: str) -> tuple[str, bool]:
    """A label without 其中, and whether it had it."""
    found = _PART.match(label)
    return (found["t"] or label, True) if found else (label, False)


def figure_in(slot: Slot) -> Piece:
    """A figure's cell, also with a verb of change before it or a bracket behind it."""
    return slot.piece if slot.piece.counts else number_inside(slot.piece)


def at_place(piece: Piece, column: int) -> Piece:
    """The piece counted as cell `column` of its row."""
    return replace(piece, place=column)
