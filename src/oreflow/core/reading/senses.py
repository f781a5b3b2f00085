"""What the words around a figure make of it: its comparator, its year and its whole unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import sides
from .context import Place, inherited_year
from .lexicon import COMPLETED_UNITS
from .model import Comparator, Frame, Kind, Role, Statement
from .numbers import Figure
from .phrases import attribute_of, cleaned
from .years import Year

C = Comparator
_CLAUSE = re.compile(r"[，；：。！？]")
_COMPLETED = [(re.compile(p), unit) for p, unit in COMPLETED_UNITS]
_MODE_VERB = re.compile(
    r"(?P<d>降低(?=[\u4e00-\u9fff]{0,6}(?:成本|费用|支出))|淘汰|压减|化解|退出|削减|关停|去除|压缩|取缔|减少|缩减|节约|减排)|(?P<u>新增|净增|增加(?!值)|扩大)"
)
_MODE_END = re.compile(r"达到?|为|实现|超过|占|提高|控制|建成|形成|完成|投资|共有|保持|突破|规模|年产|项目")
_PER_MU = re.compile(r"亩均[^，。；、]{0,12}$")
_STATE = re.compile(r"(?:进入|拥有|现有|年(?:处理|产|生产|加工)|保有|目前|其中|从业|资产|平均|占|累计)")
_GOES_ON = re.compile(
    r"(?:新水|取水|用水|耗新水|水|综合电|直流电|交流电|电|煤|焦|蒸汽|天然气|氧气)[^，。；、]{0,4}(?:耗|用量|消耗)[^，。；、]{0,8}$"
)
_EACH = re.compile(r"每(千瓦时|平方米|立方米|平方公里|公里|公斤|千克|万元|亩|户|台|辆|小时)[^，。；、\d]{0,8}$")
_MILESTONE = re.compile(
    r"(?:\d{1,2}月)?(?:底|末)?(?:前|之前)?(?:全面|正式|全部)?(?:建成|投产|开工|竣工|达产|投运|完工)"
)
_PERIOD_SUM = re.compile(r"期间|五年|时期|\d年来|累计|以来")
_RELATIVE = ("%", "‰", "倍", "番", "个百分点")
_LAST_YEAR = re.compile(r"同比|上年|去年|上一年")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2}(?:(?<!上市)公司|科技|矿业|钛业|锰业|铝业|铜业|股份|钢铁集团)")


@dataclass(slots=True)
class Said:
    """What a paragraph has said that goes on over its sentences.

    `shared` is the attribute that bare names of a list take (产量) and its unit, `owner` whose project it is,
    `site` the place the figures are about.
    """

    shared: str = ""
    shared_unit: str = ""
    owner: str = ""
    site: str = ""


@dataclass(slots=True)
class Sentence:
    """What the figures of one sentence share while they are read from left to right."""

    start: int
    end: int
    years: list[Year]
    subject: str = ""
    mode: str = ""
    direction: str = ""
    from_years: set[int] = field(default_factory=set)
    last_end: int = -1
    last: Statement | None = None
    recent: list[str] = field(default_factory=list)
    yearly: bool = False  # whether changes are against the year before
    said: Said = field(default_factory=Said)
    topic: str = ""  # a clause that names what the next ones measure (吨钢新水消耗，高炉流程…，电炉流程…)
    clause: int = 0  # where the clause of the last figures begins


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one list (75%、50%、22%以上) that share the words at their sides."""

    members: tuple[Figure, ...]
    left: str
    right: str
    clause_start: int
    clause: str


def follow(s: Sentence, left: str, side: sides.Side, group: Group, text: str) -> None:
    """Carry 淘汰, 新增, 累计 over the items of a list."""
    if sides.is_cumulative(left):
        s.mode, s.direction = "cumulative", ""
        return
    verb = _MODE_VERB.search(side.left)
    if verb and not side.level and not _MODE_END.search(side.left[verb.end() :]):
        summed = _PERIOD_SUM.search(text[s.start : group.clause_start + len(group.left)])
        s.mode = "cumulative" if summed or s.mode == "cumulative" else "change"
        s.direction = "down" if verb["d"] else "up"
    elif (
        s.mode == "change"
        and (
            side.comparator
            or (s.last is not None and s.last.unit.strip("万亿") != group.members[0].unit.strip("万亿"))
            or _MODE_END.search(left)
            or side.change
            or _semicolon(text, s, group)
            or (s.direction == "up" and text[group.clause_start - 1] == "，" and group.clause_start > s.last_end)
        )
    ) or (
        s.mode == "cumulative"
        and (side.level or side.change or _semicolon(text, s, group) or _dated_anew(s, group) or _state(text, s, group))
    ):
        s.mode = s.direction = ""


def _dated_anew(s: Sentence, group: Group) -> bool:
    return any(not y.quiet and s.last_end <= y.start < group.members[0].start for y in s.years)


def _state(text: str, s: Sentence, group: Group) -> bool:
    """Whether a clause tells of a state, so that 累计 of the clause before does not go on."""
    return s.last_end >= 0 and "，" in text[s.last_end : group.clause_start] and bool(_STATE.match(group.left))


def _semicolon(text: str, s: Sentence, group: Group) -> bool:
    return s.last_end >= 0 and "；" in text[s.last_end : group.clause_start + 1]


def comparator_of(
    s: Sentence, side: sides.Side, post: Comparator | None, figure: Figure, kind: Kind, left: str, group: Group
) -> tuple[Comparator, Comparator | None, str]:
    plain = post or side.comparator or C.EQUAL
    if side.comparator in (C.LESS, C.MORE) and post is None:
        plain = side.comparator
    if figure.ranged:
        plain = C.BETWEEN
    if (
        kind is Kind.THRESHOLD
        and plain is C.AT_MOST
        and figure.post in ("以下", "之下")
        and not figure.included
        and not (side.level and side.verb)
        and not side.comparator
    ):
        plain = C.LESS
    if figure.unit == "番":
        return C.CHANGE, plain, "up"
    if side.role == "from":
        return (plain, None, "")
    if kind is Kind.THRESHOLD and figure.post and not side.level:
        return plain, None, ""
    if side.change and not side.level:
        words = side.left + side.verb + left[len(side.left) :]
        relative = figure.unit in _RELATIVE
        if sides.is_rate(words) or sides.is_rate(left):
            s.yearly = s.yearly or bool(_LAST_YEAR.search(words))
            return (C.RATE if relative or not _LAST_YEAR.search(words) else C.CHANGE), plain, side.change
        if s.yearly and relative and not _based(s, group):
            return C.RATE, plain, side.change
        if s.mode == "cumulative" or sides.is_cumulative(group.clause):
            return C.CUMULATIVE, plain, side.change
        if kind is Kind.THRESHOLD and side.verb in ("减", "增"):
            return plain, None, ""
        return C.CHANGE, plain, side.change
    if (
        sides.is_rate(side.left)
        and not side.share_of
        and figure.unit in ("%", "个百分点")
        and re.search(r"(?:增长|增速|增幅|递增|下降|降低|减少|提高)[率]?(?:达到?|为|在|保持|不)?", side.left)
    ):
        return C.RATE, plain, "down" if re.search("下降|降低|减少", side.left) else "up"
    if s.mode and figure.unit not in ("%", "倍", "番", "个百分点") and not side.level and kind is not Kind.THRESHOLD:
        return (C.CUMULATIVE if s.mode == "cumulative" else C.CHANGE), plain, s.direction
    return plain, None, ""


def _based(s: Sentence, group: Group) -> bool:
    """Whether the clause names a year of comparison (比2015年增长)."""
    return any(y.quiet and group.clause_start <= y.start < group.members[0].start for y in s.years)


def _passed(text: str, year: Year, at: int) -> bool:
    """Whether a year is the milestone of an earlier item (2015年建成投产；…)."""
    return milestone(text, year) and "；" in text[year.end : at]


def milestone(text: str, year: Year) -> bool:
    """Whether a year only tells when something is built (于2015年6月建成投产)."""
    return bool(_MILESTONE.match(text, year.end))


def explicit_year(text: str, s: Sentence, group: Group, side: sides.Side) -> int | None:
    first = group.members[0].start
    before = [y for y in s.years if not y.quiet and y.end <= first]
    if side.role == "from":
        marker = max(text.rfind("由", s.start, first), text.rfind("从", s.start, first))
        inner = [y for y in before if y.start > marker]
        for y in inner:
            s.from_years.add(y.start)
        return inner[-1].year if inner else None
    before = [y for y in before if y.start not in s.from_years and not _passed(text, y, first)]
    if s.last is not None and s.last.role == "from":
        between = [y for y in before if y.start >= s.last_end]
        return between[-1].year if between else before[-1].year if before else None
    if before:
        return before[-1].year
    tail = group.members[-1].end
    ahead = [y for y in s.years if y.start == tail + 1 and text[tail] == "（"]
    return ahead[0].year if ahead else None


def year_of(
    text: str,
    s: Sentence,
    explicit: int | None,
    side: sides.Side,
    kind: Kind,
    carry: int | None,
    place: Place,
    frame: Frame,
    group: Group,
) -> tuple[int | None, bool]:
    if explicit is not None:
        return explicit, False
    if side.role == "from":
        goal = (
            kind is Kind.TARGET
            or place.role is Role.GOAL
            or any(not y.quiet and frame.base and y.year > frame.base for y in s.years)
        )
        pair = sorted(y.year for y in s.years if not y.quiet)
        if len(pair) >= 2 and s.from_years:
            return pair[0], True
        bases = [y.year for y in s.years if y.quiet and place.role is Role.ACHIEVEMENT]
        year = frame.base if goal else bases[-1] if bases else None
        return year, year is not None
    if kind is Kind.ACTUAL and _NAMED.search(text[max(s.start, group.clause_start - 30) : group.members[0].start]):
        return None, False
    year = inherited_year(kind, carry, place, frame, side.role)
    return year, year is not None


def completed_unit(figure: Figure, left: str, named: str, s: Sentence) -> str:
    """The unit with what the subject adds to it: 吨钢 … /吨, 亩均 … /亩, 日处理 … /日."""
    unit = figure.unit
    if figure.sort == "scaled":
        unit += "人" if re.search(r"人口|人数|职工", left[-16:]) else "元"
    if unit.endswith("元/年") and _PER_MU.search(left):
        return unit.removesuffix("年") + "亩"
    if "/" in unit or unit in ("%", "番", "倍", "个百分点", "户") or figure.sort == "time" or not unit:
        return unit
    if s.last is not None and s.last.role == "from" and s.last.unit.startswith(unit) and s.last_end > s.start:
        return s.last.unit
    if each := _EACH.search(left):
        return f"{unit}/{each[1]}"
    if s.last is not None and s.last.unit.endswith("/吨") and _GOES_ON.match(left):
        return f"{unit}/吨"
    for pattern, per in _COMPLETED:
        if pattern.search(left) or (named and pattern.search(named)) or (s.topic and pattern.search(s.topic)):
            return f"{unit}/{per}"
    if s.last is not None and s.last.unit.startswith(unit + "/") and named and not attribute_of(cleaned(named)):
        return s.last.unit
    if s.last is not None and s.last.unit.startswith(unit + "/") and not _CLAUSE.search(left) and "、" in left:
        return s.last.unit
    return unit
