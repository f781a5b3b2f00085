"""Table cells as statements: the column's head and the row's name tell subject, year and comparator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cells import Piece
from .frame import FIVE_YEARS
from .lexicon import BEFORE, COMPLETED_UNITS
from .model import Comparator, Frame, Kind, Row, Statement, Table
from .sides import after
from .tables import Found

C = Comparator
COMPLETED = [(re.compile(p), unit) for p, unit in COMPLETED_UNITS]
_UNIT = re.compile(r"（(?P<u>[^（）]{1,14})）$")
_YEAR = re.compile(r"((?:19|20)\d{2})(?=年|$|[^\d])")
_SPAN = re.compile(r"(?:19|20)\d{2}年?[—–－\-~至到]{1,2}((?:19|20)\d{2})年")
_FIVE = re.compile(r"[“\"]?(十[一二三四五六]?|[七八九])五[”\"]?")
_CLEAN = re.compile(
    r"(?:19|20)\d{2}年?(?:末|底)?|[“\"]?十[一二三四五六]?五[”\"]?(?:末|期间|时期)?|实际|目标值?|累计增[减加]|累计|现状值?|基期值?|完成值?|预期值?|规划值?|总量|（[^（）]*）$"
)
_PLACE = re.compile(r"(?:区|县|市|州|园区|开发区|新城|省|全国|全省|合计|总计|城|基地)$")
_TOTAL = re.compile(r"合计|总计|总和")
_COUNTED = {"户数": "户", "家数": "户", "个数": "个", "人数": "人", "数量（家）": "户"}


def table_statements(found: Found, index: int, frame: Frame, section: int | None) -> Iterator[Statement]:
    """The statements of one table."""
    table = found.table
    for row in table.rows:
        for cell in row.cells:
            piece = found.pieces.get(cell.start)
            head = table.columns[cell.column] if cell.column < len(table.columns) else ""
            if piece is None or piece.number is None:
                continue
            yield _cell(table, row, piece, head, index, frame, section, cell.doubtful)


def _cell(
    table: Table, row: Row, piece: Piece, head: str, index: int, frame: Frame, section: int | None, doubtful: bool
) -> Statement:
    number = piece.number
    if number is None:
        raise ValueError(piece.text)
    unit = number.unit if number.unit and number.unit != number.scale else number.scale + _unit(head, row, table)
    unit = _completed(unit, row.label)
    year, inherited = _year(head, table, frame)
    kind = Kind.ACTUAL if year is None or (frame.base is not None and year <= frame.base) else Kind.TARGET
    if year is not None and frame.base is None and frame.dated and year <= frame.dated:
        kind = Kind.ACTUAL
    bound = (
        BEFORE.get(re.sub(r"^[\u4e00-\u9fff]{2}(?=[<>≥≤]|$)", "", piece.prefix))
        or after(number)
        or (C.BETWEEN if number.ranged else C.EQUAL)
    )
    comparator, direction = _comparator(table, row, head, piece, bound)
    if (
        comparator is C.CUMULATIVE
        and unit == "%"
        and re.search(r"率|占比|比重|比例", row.label)
        and not re.search("降低|下降|减少|增长", row.label)
    ):
        unit = "个百分点"
    name, scope = _names(row, head, frame, table)
    doubts = ("column guessed",) if doubtful else ()
    inner = comparator in (C.CUMULATIVE, C.RATE, C.CHANGE)
    return Statement(
        piece.start, piece.end, piece.text, name, scope, comparator, number.low, number.high, unit, year, kind,
        inherited, bound if inner else None, direction, "", row.binding, number.times, index, section, doubts,
    )  # fmt: skip


def _completed(unit: str, label: str) -> str:
    """吨钢耗新水量（立方米） is 立方米/吨."""
    if not unit or "/" in unit or unit in ("%", "‰", "倍", "个百分点", "户", "家"):
        return unit
    per = next((per for pattern, per in COMPLETED if pattern.search(label)), "")
    return f"{unit}/{per}" if per and per != "年" else unit


def _unit(head: str, row: Row, table: Table) -> str:
    found = _UNIT.search(head)
    if found and not re.search(r"折|其中|含|为主", found["u"]):
        return (
            re.split("[，,、]", found["u"])[-1]
            .replace("km2", "平方公里")
            .replace("km²", "平方公里")
            .replace("家", "户")
        )
    beside = next((h for h in table.columns if head and h.startswith(head + "（")), "")
    if not found and not row.unit and beside:
        return _unit(beside, row, table)
    if row.unit:
        return "个百分点" if row.unit == "%" and "累计" in head else row.unit
    counted = next((u for words, u in _COUNTED.items() if head.endswith(words) or row.label.endswith(words)), "")
    if counted:
        return counted
    whole = re.search(r"单位\s?[：:]\s?([^\s）)，,]{1,8})", table.caption + " " + " ".join(table.columns))
    if whole:
        return whole[1]
    return "%" if re.search(r"率|占比|比重", head) else ""


def _year(head: str, table: Table, frame: Frame) -> tuple[int | None, bool]:
    if found := _YEAR.search(head):
        return int(found[1]), False
    if found := _FIVE.search(head):
        return FIVE_YEARS.get(found[1]), False
    if re.search(r"增长率|增速|增长|增幅|变化", head):
        years = [int(y) for h in table.columns for y in _YEAR.findall(h)]
        if years:
            return max(years), False
    if found := _SPAN.search(table.caption):
        return int(found[1]), False
    for place in (table.caption, table.note):
        if found := _YEAR.search(place):
            return int(found[1]), False
        if found := _FIVE.search(place):
            return FIVE_YEARS.get(found[1]), False
    years = [int(y) for h in table.columns for y in _YEAR.findall(h)]
    if years:
        return max(years), True
    if re.search("目标|规划值|规划期|期末", head + table.caption):
        return frame.horizon, True
    return frame.base, True


def _comparator(table: Table, row: Row, head: str, piece: Piece, bound: Comparator) -> tuple[Comparator, str]:
    words = row.label + head
    if piece.prefix[:2] in ("减少", "下降", "降低", "提高", "增加", "增长", "上升", "压减", "提升"):
        down = piece.prefix[:2] in ("减少", "下降", "降低", "压减")
        return (C.CUMULATIVE if "累计" in head else C.CHANGE), "down" if down else "up"
    summed = (
        re.search(r"累计", head)
        or (piece.bracket and re.search(r"累计", table.note + head + table.caption))
        or piece.bracket
    )
    if summed:
        return C.CUMULATIVE, "down" if re.search("降低|下降|减少", words) else ""
    if re.search(r"年均|增速|同比|年递增|平均增长", words) and not re.search(r"占", row.label):
        return C.RATE, "down" if re.search("下降|降低", words) else "up"
    if re.search(r"增长率|增幅|变化率|增减", words) or re.search(
        r"(?:降低|下降|减少|提高|增长)(?:率|幅度|（|$)", row.label
    ):
        return C.CHANGE, "down" if re.search("下降|降低|减少", words) else ""
    return bound, ""


def _names(row: Row, head: str, frame: Frame, table: Table) -> tuple[str, str]:
    """Subject and scope: a place in the row is a scope, anything else is what the figure is about."""
    clean = _CLEAN.sub("", head) or ""
    clean = _CLEAN.sub("", clean)
    share = "占比" if "占比" in head and "占比" not in clean else ""
    if _PLACE.search(row.label) and clean:
        scope = (
            frame.region
            if _TOTAL.search(row.label) and any(_PLACE.search(r.label) for r in table.rows if r is not row)
            else row.label
        )
        if not _TOTAL.search(row.label) or (
            scope == frame.region and any(_PLACE.search(r.label) and not _TOTAL.search(r.label) for r in table.rows)
        ):
            return clean + share, scope
    name = row.label + ("" if clean and row.label.endswith(clean) else clean)
    return name or clean, frame.region
