# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Changes in running text: from a to b, growth since a year, yearly averages against levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from ..model import Comparator
from .facts import Fact, Facts
from .judging import Span, agrees, around, powered, quotient
from .numerals import count_of
from .wording import amount, claim, finding, label, number, printed

_UP = re.compile(r"提高|提升|增加|增长|扩大|上升|升至|增至|增到|升到|升高|发展")
_DOWN = re.compile(r"降低|下降|减少|压减|压缩|降至|降到|减至|减到|缩减|回落|缩短")
_AFTER = re.compile(r"^[，、]?(?:五年|[两二三四五六七八九十\d]+年)?(?:累计|共|总共|年均|平均每年|平均|分别|同比|实际|约|增幅|降幅|为|达|达到|即|相当于)*(?:增长|提高|增加|上升|提升|扩大|下降|降低|减少|压减|递增|增幅|降幅|净增加?|净减少?|增|降|减)(?:了|约|为|达|达到)*$")  # fmt: skip
_SINCE = re.compile(r"(?:比|较)(?:“?[十]?[一二三四五六]?五”?末的?)?((?:19|20)\d{2})年(?:末|底)?(?:的)?[^，。；]{0,8}?(累计|总共|共|年均)?(?:分别)?(?:增长|提高|增加|上升|提升|扩大|下降|降低|减少|压减)(?:了|约|到|至)*$")  # fmt: skip
_AVERAGE = re.compile(r"年均|平均每年|每年|年递增|年平均|复合")
_PRICED = frozenset({"output-value", "value-added", "revenue", "profit", "tax", "investment"})


def check_moves(facts: Facts) -> Iterator[AnchoredFinding]:
    """由a提高到b, with the change printed beside it; the direction of the verb; growth since a named year."""
    prose = facts.prose
    for k, fact in enumerate(prose):
        if fact.said.role == "to" and k and (start := _start_of(facts, prose, k)) is not None:
            yield from _direction(facts, start, fact)
            yield from _beside(facts, prose, k, start, fact)
        if fact.level and k + 1 < len(prose):
            yield from _since(facts, fact, prose[k + 1])


def _start_of(facts: Facts, prose: tuple[Fact, ...], k: int) -> Fact | None:
    """The figure that the change to `prose[k]` starts from; lists pair first with first."""
    goal = prose[k]
    first = k
    while first and prose[first - 1].said.role == "to" and goal.said.start - prose[first - 1].said.end < 60:
        first -= 1
    last = k
    while last + 1 < len(prose) and prose[last + 1].said.role == "to":
        if prose[last + 1].said.start - prose[last].said.end > 12:
            break
        last += 1
    count = last - first + 1
    begin = k - count
    if begin < 0 or any(p.said.role != "from" for p in prose[begin:first]):
        return None
    start = prose[begin]
    gap = facts.gap(start.said, goal.said)
    if gap is None or "。" in gap or start.dimension != goal.dimension or not (start.level and goal.level):
        return None
    return start


def _direction(facts: Facts, start: Fact, goal: Fact) -> Iterator[AnchoredFinding]:
    gap = facts.gap(start.said, goal.said) or ""
    up, down = bool(_UP.search(gap)), bool(_DOWN.search(gap))
    if up == down or (goal.floor and down) or (goal.cap and up):
        return
    wrong = goal.value < start.value if up else goal.value > start.value
    levels = f"{printed(start).zh} → {printed(goal).zh}"
    if goal.value == start.value:
        yield finding(
            facts, "move-level", FindingClass.INFORMATION,
            Text(f"{label(goal)}起止数值相同：{levels}。", f"{label(goal)} starts and ends at the same figure: {levels}."),
            Text("文字说有变化，数值没有变化，请确认。", "The words tell a change, the figures tell none: confirm."),
            [goal, start], found=goal.said.low, expected=start.said.low, unit=goal.said.unit,
        )  # fmt: skip
    elif wrong:
        zh, en = ("提高", "a rise") if up else ("降低", "a fall")
        yield finding(
            facts, "move-direction", FindingClass.ERROR,
            Text(f"{label(goal)}文字为“{zh}”，数值却是 {levels}。", f"{label(goal)}: the words tell {en}, the figures {levels}."),
            Text("起止数值颠倒，或动词有误，请核对。", "The figures are swapped, or the verb is wrong: check."),
            [goal, start], found=goal.said.low, expected=start.said.low, unit=goal.said.unit,
        )  # fmt: skip


def _beside(facts: Facts, prose: tuple[Fact, ...], k: int, start: Fact, goal: Fact) -> Iterator[AnchoredFinding]:
    if k + 1 >= len(prose):
        return
    change = prose[k + 1]
    gap = facts.gap(goal.said, change.said)
    if gap is None or not _AFTER.search(gap.lstrip("以上下内左右")):
        return
    years = None
    if _AVERAGE.search(gap) or (change.said.comparator is Comparator.RATE and "同比" not in gap):
        years = _years_between(facts, start, goal)
        if years is None:
            return
    yield from judge_change(facts, start, goal, change, years)


_RANGE = re.compile(r"(?<!（)((?:19|20)\d{2})年?(?:至|到|—|－|-|~)((?:19|20)\d{2})年")
_LENGTH = re.compile(r"([两二三四五六七八九十])年(?:来|间|期间|中|时间)")


def _years_between(facts: Facts, start: Fact, goal: Fact) -> int | None:
    frame = facts.reading.frame
    words = facts.sentence_before(goal.said)
    if start.said.year is None and (found := _RANGE.search(words)):
        return int(found[2]) - int(found[1]) or None
    if start.said.year is None and (found := _LENGTH.search(words)):
        return count_of(found[1])
    begin = start.said.year or (frame.base if goal.said.year == frame.horizon else None)
    return goal.said.year - begin if begin and goal.said.year and goal.said.year > begin else None


def _since(facts: Facts, level: Fact, change: Fact) -> Iterator[AnchoredFinding]:
    """2020年达到X，比2015年增长c%: the level of the named year stands elsewhere."""
    if change.said.comparator not in (Comparator.CHANGE, Comparator.RATE) or change.said.low != change.said.high:
        return
    gap = facts.gap(level.said, change.said)
    found = _SINCE.search(gap) if gap and "。" not in gap and "；" not in gap else None
    if found is None or level.said.year is None:
        return
    year = int(found[1])
    key = (level.name.object, level.name.family, level.dimension)
    same = [
        f
        for f in facts.levels.get(key, ())
        if f.said.year == year and f.exact and f.name == level.name and f.said.scope == level.said.scope
    ]
    if not same or year >= level.said.year or len({f.value for f in same}) > 1:
        return
    years = level.said.year - year if found[2] == "年均" else None
    yield from judge_change(facts, same[0], level, change, years)


def judge_change(facts: Facts, start: Fact, goal: Fact, change: Fact, years: int | None) -> Iterator[AnchoredFinding]:
    """A printed change against the two levels; a yearly one compounds over `years`."""
    begin, end = around(start.value, start.slack), around(goal.value, goal.slack)
    unit = change.said.unit
    if unit == "%":
        grown = quotient(end, begin)
        if grown is None:
            return
        if years:
            grown = powered(grown, years)
        possible = Span((grown.low - 1) * 100, (grown.high - 1) * 100)
    elif unit == "个百分点" and start.dimension == "%":
        possible = Span((end.low - begin.high) * 100, (end.high - begin.low) * 100)
    elif change.dimension == start.dimension:
        possible = Span((end.low - begin.high) / change.factor, (end.high - begin.low) / change.factor)
    else:
        return
    down = change.said.direction == "down"
    value = -change.said.low if down and change.said.low > 0 else change.said.low
    bound = change.said.bound or Comparator.EQUAL
    loose = not (start.exact and goal.exact) or bound is not Comparator.EQUAL
    if (
        start.dimension == "%"
        and unit == "%"
        and agrees(value, change.half, Span((end.low - begin.high) * 100, (end.high - begin.low) * 100))
    ):
        return
    expected = _point(start, goal, change, years)
    levels = f"{printed(start).zh} → {printed(goal).zh}"
    word = ("年均变化", "a yearly change of") if years else ("变化", "a change of")
    ok = agrees(value, change.half, possible) or (loose and _within(value, possible, goal, bound))
    kind = FindingClass.HOLDS if ok else FindingClass.INFORMATION if loose else FindingClass.ERROR
    if ok:
        title = Text(
            f"{label(goal)}{word[0]} {printed(change).zh} 与 {levels} 相符。",
            f"{label(goal)}: {word[1]} {printed(change).en} agrees with {levels}.",
        )
        detail = Text(f"重算为 {number(expected, 2)}{unit}。", f"Recomputed: {number(expected, 2)}{unit}.")
    else:
        title = Text(
            f"{label(goal)}{word[0]}印为 {printed(change).zh}，按 {levels} 应为 {number(expected, 2)}{unit}。",
            f"{label(goal)}: {word[1]} {printed(change).en} is printed; from {levels} it is {number(expected, 2)}{unit}.",
        )
        detail = Text("差异超出取整所能造成的范围，请核对。", "More than rounding can cause: check.")
    yield finding(
        facts, "growth", kind, title, detail, [change, start, goal],
        found=change.said.low, expected=-expected if down and value != change.said.low else expected, unit=unit,
    )  # fmt: skip


def _point(start: Fact, goal: Fact, change: Fact, years: int | None) -> Fraction:
    """The change that the printed levels give, rounding left aside."""
    if change.said.unit == "%":
        grown = goal.value / start.value
        return ((powered(Span(grown, grown), years).low if years else grown) - 1) * 100
    per = Fraction(1, 100) if change.said.unit == "个百分点" else change.factor
    return (goal.value - start.value) / per


def _within(value: Fraction, possible: Span, goal: Fact, bound: Comparator) -> bool:
    """Whether bounds leave room: a level of at least b allows more growth than b/a says."""
    if goal.floor or bound in (Comparator.AT_MOST, Comparator.LESS, Comparator.ABOUT):
        return value >= possible.low or bound in (Comparator.AT_MOST, Comparator.LESS, Comparator.ABOUT)
    if goal.cap or bound in (Comparator.AT_LEAST, Comparator.MORE):
        return value <= possible.high
    return goal.said.comparator is Comparator.ABOUT


def check_averages(facts: Facts) -> Iterator[AnchoredFinding]:
    """年均增长 of an aim against the printed levels of base and target year of the same thing."""
    frame = facts.reading.frame
    if frame.base is None or frame.horizon is None:
        return
    for rate in facts.all:
        said = rate.said
        if said.comparator is not Comparator.RATE or said.unit != "%" or said.year != frame.horizon:
            continue
        words = said.subject + (facts.sentence_before(said)[-12:] if said.table is None else "")
        if not _AVERAGE.search(words) or "同比" in words:
            continue
        pair = _levels_of(facts, rate, frame.base, frame.horizon)
        if pair is not None:
            yield from _average(facts, rate, *pair)


def _levels_of(facts: Facts, rate: Fact, base: int, horizon: int) -> tuple[Fact, Fact] | None:
    found: dict[int, Fact] = {}
    for fact in facts.by_object.get(rate.name.object, ()):
        if fact.name.family != rate.name.family or fact.name.limits != rate.name.limits or not rate.name.family:
            continue
        if fact.said.year in (base, horizon) and fact.said.scope == rate.said.scope and fact.dimension != "%":
            found.setdefault(fact.said.year, fact)
    start, goal = found.get(base), found.get(horizon)
    if start is None or goal is None or start.dimension != goal.dimension or start.value <= 0:
        return None
    return start, goal


def _average(facts: Facts, rate: Fact, start: Fact, goal: Fact) -> Iterator[AnchoredFinding]:
    years = (goal.said.year or 0) - (start.said.year or 0)
    low = (1 + (rate.said.low - rate.half) / 100) ** years
    high = (1 + (rate.said.high + rate.half) / 100) ** years
    reach = Span((start.value - start.slack) * low, (start.value + start.slack) * high)
    stated = around(goal.value, goal.slack)
    floor = rate.floor
    ok = reach.meets(stated) or (floor and reach.high < stated.low) or (goal.floor and reach.low > stated.high)
    ok = ok or (rate.cap and reach.low > stated.high) or (goal.cap and reach.high < stated.low)
    priced = rate.name.family in _PRICED
    kind = FindingClass.HOLDS if ok else FindingClass.INFORMATION if priced else FindingClass.CONFLICT
    made = amount((reach.low + reach.high) / 2, goal, 2)
    why = Text("产值、增加值等的增速可能按可比价计，与现价总量不能直接换算；请写明口径。", "Growth of values may be at comparable prices and need not fit totals at current prices: state the basis.") if priced else Text("两个目标只能完成一个，请调整其一。", "Both cannot be meant: change one.")  # fmt: skip
    yield finding(
        facts, "average-growth", kind,
        Text(f"{claim(start)}按年均 {printed(rate).zh} 增长 {years} 年约为 {made}，目标印为 {printed(goal).zh}。",
             f"{claim(start)} growing by {printed(rate).en} a year for {years} years gives about {made}; the target is printed as {printed(goal).en}."),
        Text("相符。", "They agree.") if ok else why,
        [rate, start, goal], found=goal.said.low, expected=(reach.low + reach.high) / 2 / goal.factor, unit=goal.said.unit,
    )  # fmt: skip
