# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Table cells as statements: the column's head and the row's name tell subject, year and comparator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .cells import Piece, is_unit
from .context import Place
from .frame import FIVE_YEARS
from .grids import Found, label_and_unit
from .lexicon import BEFORE, COMPLETED_UNITS
from .model import Comparator, Frame, Kind, Role, Row, Statement, Table
from .numbers import unit_of
from .paragraphs import Block
from .sides import after
from .statements import read_block

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
_LIMIT_HEAD = re.compile(
    r"限定值|准入值|限额|标杆水平|基准水平|先进水平|限值|标准值|先进值|门槛|准入|规范条件|指标要求|控制值"
)
_BOUND_SAID = re.compile(r"[≥≤]|不低于|不高于|不小于|不大于|不超过|不少于|下限|上限|最低|最高限|>=|<=|<|>")
BOUNDS_SAID = {
    "≥": C.AT_LEAST, "不低于": C.AT_LEAST, "不小于": C.AT_LEAST, "不少于": C.AT_LEAST, "下限": C.AT_LEAST, "最低": C.AT_LEAST, ">=": C.AT_LEAST,
    "≤": C.AT_MOST, "不高于": C.AT_MOST, "不大于": C.AT_MOST, "不超过": C.AT_MOST, "上限": C.AT_MOST, "最高限": C.AT_MOST, "<=": C.AT_MOST,
    "<": C.LESS, ">": C.MORE,
}  # fmt: skip
_PROJECTS = re.compile(r"项目(?:一览|清单|表|汇总|情况|库|名单|明细)|重[点大](?:建设|支撑|支持)?项目|重点工程")
_INVESTED = re.compile(r"投资")
_BUILT = re.compile(r"建设(?:内容|规模|性质|地点|年限|期|单位|周期)|起止|项目|责任单位|业主")
_ROW_YEAR = re.compile(r"((?:19|20)\d{2})年?(?:末|底)?(?:实际|目标|计划|规划|预计|（.{1,8}）)?")
_WHOLE_UNIT = re.compile(r"单位\s?[：:]\s?(?P<u>[^\s）)，,、；;]{1,10})")
_CAPTION_UNIT = re.compile(r"（(?P<u>[^（）]{1,10})）$")
_SHARES = re.compile(r"占比|比重|增速|同比|增长率|增幅|变化率|年均增长$")
_COUNTED = {"户数": "户", "家数": "户", "个数": "个", "人数": "人", "数量（家）": "户"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table stands in: its number, the document, the section and what that is about."""

    index: int
    frame: Frame
    section: int | None
    place: Place
    of_projects: bool = False


def table_statements(found: Found, index: int, frame: Frame, section: int | None, place: Place) -> Iterator[Statement]:
    """The statements of one table: its figures, then those of its cells of words."""
    table = found.table
    setting = Setting(index, frame, section, place, lists_projects(table))
    for row in table.rows:
        for cell in row.cells:
            piece = found.pieces.get(cell.start)
            head = table.columns[cell.column] if cell.column < len(table.columns) else ""
            if piece is None or piece.number is None:
                continue
            yield _cell(table, row, piece, head, setting, cell.doubtful)
    for body, skip, _ in found.cells:
        first, last = body.at(skip), body.at(len(body.text) - 1)
        for s in read_block(Block(body, section), place, frame):
            if first <= s.start < s.end <= last + 1:
                yield replace(s, table=index)


def lists_projects(table: Table) -> bool:
    """Whether the rows are projects, whose figures are their sizes."""
    if _PROJECTS.search(table.caption):
        return True
    return any(_INVESTED.search(h) for h in table.columns) and any(_BUILT.search(h) for h in table.labels)


def _cell(table: Table, row: Row, piece: Piece, head: str, setting: Setting, doubtful: bool) -> Statement:
    number, frame = piece.number, setting.frame
    if number is None:
        raise ValueError(piece.text)
    unit = number.unit if number.unit and number.unit != number.scale else number.scale + _unit(head, row, table)
    unit = _completed(unit, row.label)
    year, inherited = _year(head, table, frame, row.label)
    kind = _kind(head, year, inherited, setting)
    if kind in (Kind.OTHER, Kind.THRESHOLD) and inherited:
        year, inherited = None, False
    bound = (
        BEFORE.get(re.sub(r"^[\u4e00-\u9fff]{2}(?=[<>≥≤]|$)", "", piece.prefix))
        or after(number)
        or _bound_said(row.label, head)
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
        piece.start, piece.end, piece.text, name, row.scope or scope, comparator, number.low, number.high, unit, year, kind,
        inherited, bound if inner else None, direction, "", row.binding, number.times, setting.index, setting.section, doubts,
    )  # fmt: skip


def _kind(head: str, year: int | None, inherited: bool, setting: Setting) -> Kind:
    """A limit in lists of conditions, a size in lists of projects, else a fact or an aim by its year."""
    frame = setting.frame
    dated = year is not None and not inherited
    if not dated and (_LIMIT_HEAD.search(head) or setting.place.role is Role.CONDITION or frame.conditions):
        return Kind.THRESHOLD
    if not dated and setting.of_projects:
        return Kind.OTHER
    if year is not None and frame.base is None and frame.dated and year <= frame.dated:
        return Kind.ACTUAL
    return Kind.ACTUAL if year is None or (frame.base is not None and year <= frame.base) else Kind.TARGET


def _bound_said(label: str, head: str) -> Comparator | None:
    """A bound that the row's name or the column's head says for its figures: 电耗（≤）, 最低限值."""
    for words in (label, head):
        if found := _BOUND_SAID.search(words):
            return BOUNDS_SAID[found[0]]
    return None


def _completed(unit: str, label: str) -> str:
    """吨钢耗新水量（立方米） is 立方米/吨."""
    if not unit or "/" in unit or unit in ("%", "‰", "倍", "个百分点", "户", "家"):
        return unit
    per = next((per for pattern, per in COMPLETED if pattern.search(label)), "")
    return f"{unit}/{per}" if per and per != "年" else unit


def _unit(head: str, row: Row, table: Table) -> str:
    """The unit of a figure that prints none: its column's, its row's, the whole table's."""
    own = _head_unit(head)
    beside = next((h for h in table.columns if head and h.startswith(head + "（")), "")
    if not own and not row.unit and beside:
        return _unit(beside, row, table)
    if own:
        return own
    if row.unit:
        return "个百分点" if row.unit == "%" and "累计" in head else unit_of(row.unit)[0]
    if _SHARES.search(head):
        return "%"
    counted = next((u for words, u in _COUNTED.items() if head.endswith(words) or row.label.endswith(words)), "")
    if counted:
        return counted
    whole = _WHOLE_UNIT.search(table.caption + " " + " ".join(table.columns)) or _CAPTION_UNIT.search(table.caption)
    if whole and is_unit(whole["u"]):
        return unit_of(whole["u"])[0]
    return "%" if re.search(r"率|占比|比重", head) else ""


def _head_unit(head: str) -> str:
    if "（" not in head:
        return unit_of(label_and_unit(head)[1])[0]
    found = _UNIT.search(head)
    if found is None or re.search(r"折|其中|含|为主", found["u"]):
        return ""
    last = re.split("[，,、]", found["u"])[-1]
    return unit_of(last)[0] if is_unit(last) else last


def _year(head: str, table: Table, frame: Frame, label: str = "") -> tuple[int | None, bool]:
    if found := _ROW_YEAR.fullmatch(label):
        return int(found[1]), False
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
    if _ROW_YEAR.fullmatch(row.label):
        return label_and_unit(_CLEAN.sub("", head))[0] or head, frame.region
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
