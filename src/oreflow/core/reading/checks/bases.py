# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Aims against the level they start from, and one thing printed at two places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from ..model import Kind
from .facts import Fact, Facts
from .wording import claim, finding

_RAISE = re.compile(r"提高|提升|增加|增长|扩大|上升|突破|翻")
_LOWER = re.compile(r"降低|下降|减少|压减|降到|降至|压缩")
_PLACES = re.compile(r"园区|开发区|全国|全省|全市|全县|试验区|试点|本部|城区|市域|省内|沿海|世界|全球")
_LIMITS = re.compile(r"民营|国有|省属|市属|规上|规模以上|重点|骨干|新建|其中|不含|含")
_ONE = {"规模以上": "规上", "开发区": "园区"}
_MOST = 60


def check_bases(facts: Facts) -> Iterator[AnchoredFinding]:
    """A target that its base already meets; a cap above its base is only stated."""
    for group in facts.levels.values():
        if group[0].name.object in ("", "合计", "总计", "小计") and not group[0].name.family:
            continue
        for base, target in _pairs(group[:_MOST]):
            yield from _judge_base(facts, base, target)


def _pairs(group: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Each target with the latest fact before its year, of the same scope, basis and (or no) limits."""
    actual = [f for f in group if f.said.kind is Kind.ACTUAL and f.said.year and not f.inside and f.said.role != "from"]
    seen: set[tuple[object, ...]] = set()
    for target in group:
        if target.said.kind is not Kind.TARGET or not target.said.year or target.inside:
            continue
        before = [a for a in actual if (a.said.year or 0) < (target.said.year or 0) and _same_thing(a, target)]
        if not before:
            continue
        base = max(before, key=lambda a: (a.said.year or 0, a.name.limits == target.name.limits, -a.said.start))
        mark = (base.value, target.value, target.said.year, target.name.object, target.name.family)
        if mark not in seen:
            seen.add(mark)
            yield base, target


def _same_thing(base: Fact, target: Fact) -> bool:
    if base.said.scope != target.said.scope or base.name.basis != target.name.basis:
        return False
    common = base.name.limits & target.name.limits
    only = base.name.limits ^ target.name.limits
    return not only or (not common and all(len(w) >= 4 for w in only))


def _judge_base(facts: Facts, base: Fact, target: Fact) -> Iterator[AnchoredFinding]:
    words = facts.sentence_before(target.said)[-24:]
    lower = target.name.lower_is_better or (bool(_LOWER.search(words)) and not _RAISE.search(words))
    if lower or target.cap:
        met, worse = target.value >= base.value, target.value > base.value
    else:
        met, worse = target.value <= base.value, target.value < base.value
    if not met:
        return
    if target.cap and not lower:
        yield _said(
            facts, base, target, FindingClass.HOLDS, "上限不低于基数，留有余地", "the cap leaves room above the base"
        )
        return
    told = bool((_LOWER if lower else _RAISE).search(words))
    same = base.name == target.name
    if worse and told and same and base.exact:
        kind = FindingClass.CONFLICT
    elif worse and not (told or lower or target.floor or target.name.family in ("utilisation", "recovery", "share")):
        return
    else:
        kind = FindingClass.INFORMATION
    if worse:
        yield _said(
            facts,
            base,
            target,
            kind,
            "目标比基数更差，与文字不符或口径不同",
            "the target falls behind the base: the words say otherwise, or the scope differs",
        )
    else:
        yield _said(
            facts,
            base,
            target,
            kind,
            "目标与基数相同，无须任何改善即已完成",
            "the target equals the base and is met without any improvement",
        )


def _said(facts: Facts, base: Fact, target: Fact, kind: FindingClass, zh: str, en: str) -> AnchoredFinding:
    other = "" if base.name == target.name else "两处用语不同，请确认为同一指标。"
    other_en = (
        "" if base.name == target.name else " The two are worded differently: confirm that they are one indicator."
    )
    return finding(
        facts, "base", kind,
        Text(f"{claim(target)}，基数为{claim(base)}：{zh}。", f"{claim(target)}; base {claim(base)}: {en}."),
        Text(f"请确认目标是“不降低”还是印刷有误。{other}" if kind is not FindingClass.HOLDS else f"仅核对方向。{other}",
             (f"Confirm whether it means not to fall back, or is a misprint.{other_en}" if kind is not FindingClass.HOLDS else f"Only the direction is checked.{other_en}")),
        [target, base], found=target.said.low, expected=base.value / target.factor, unit=target.said.unit,
    )  # fmt: skip


def check_repeated(facts: Facts) -> Iterator[AnchoredFinding]:
    """One thing of one year printed at two places: the same, or different."""
    for group in facts.levels.values():
        by_year: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in group:
            said = fact.said
            if said.year and said.kind in (Kind.ACTUAL, Kind.TARGET) and _tellable(fact):
                by_year[(said.year, said.kind, said.role == "from")].append(fact)
        for places in by_year.values():
            yield from _repeats(facts, places)


def _tellable(fact: Fact) -> bool:
    """Whether the name is sure enough to compare: not a list, not a bare count of anything."""
    subject = fact.said.subject
    if len(subject) < 3 or "、" in subject or (not fact.name.family and len(fact.name.object) < 2):
        return False
    if fact.said.table is not None and re.match("合计|总计|小计", subject):
        return False
    return not (fact.name.generic and fact.name.family in ("", "share", "area"))


def _repeats(facts: Facts, places: list[Fact]) -> Iterator[AnchoredFinding]:
    by_scope: dict[str, list[Fact]] = defaultdict(list)
    for fact in places:
        by_scope[fact.said.scope].append(fact)
    for same in by_scope.values():
        values: dict[Fraction, Fact] = {}
        for fact in same:
            values.setdefault(fact.value, fact)
        if len(same) > 1 and len(values) == 1 and _apart(facts, same[0], same[-1]):
            yield _equal(facts, same)
        for left, right in pairwise(values.values()):
            yield from _unequal(facts, left, right)


def _apart(facts: Facts, left: Fact, right: Fact) -> bool:
    """Whether two figures stand in different sentences or tables."""
    if left.said.table != right.said.table:
        return True
    if left.said.table is not None:
        return False
    gap = facts.gap(left.said, right.said)
    return gap is None or "。" in gap


def _words(facts: Facts, fact: Fact) -> str:
    """What narrows a figure: its name, the words before it in the sentence, its table's caption."""
    if fact.said.table is not None:
        return facts.reading.tables[fact.said.table].caption + fact.said.subject
    return facts.sentence_before(fact.said)[-80:] + fact.said.subject


def _named(pattern: re.Pattern[str], words: str) -> frozenset[str]:
    return frozenset(_ONE.get(w, w) for w in pattern.findall(words))


def _unequal(facts: Facts, left: Fact, right: Fact) -> Iterator[AnchoredFinding]:
    if not _apart(facts, left, right) or abs(left.value - right.value) <= max(left.slack, right.slack):
        return
    if left.floor != right.floor and (
        (left.floor and right.value >= left.value) or (right.floor and left.value >= right.value)
    ):
        return
    if ((left.cap or right.cap) and left.cap != right.cap) or left.inside or right.inside:
        return
    words = _words(facts, left), _words(facts, right)
    if _named(_PLACES, words[0]) != _named(_PLACES, words[1]):
        return  # each says its own place
    near = left.name == right.name and _named(_LIMITS, words[0]) == _named(_LIMITS, words[1]) and bool(left.name.family)
    if not near and (
        left.name.generic
        or left.name.family in ("", "count", "area", "share")
        or left.name.measure != right.name.measure
    ):
        return
    if near and left.name.family == "count" and left.said.subject != right.said.subject:
        return
    if near and left.name.family == "count" and _thing_before(words[0]) != _thing_before(words[1]):
        return
    kind = FindingClass.CONFLICT if near else FindingClass.SCOPE
    detail = (
        Text("同一年份、同一指标、同一口径，只能有一个数值，请核对。", "One year, one indicator, one scope: only one value can be right.")
        if near
        else Text("两处的限定词或口径不同，不直接比较；请在文中写明口径。", "The two are limited differently and are not compared; state the scope in the text.")
    )  # fmt: skip
    yield finding(
        facts, "repeated", kind,
        Text(f"{claim(left)}，另一处为{claim(right)}。", f"{claim(left)}; at another place {claim(right)}."),
        detail, [left, right], found=left.said.low, expected=right.value / left.factor, unit=left.said.unit,
    )  # fmt: skip


def _thing_before(words: str) -> str:
    """The clause that a count belongs to: 钢铁产业…骨干企业6户 and 稀土产业…骨干企业8户 count different firms."""
    return re.sub(r"\d|[年到至，截末底]|[“”]", "", words)[-14:]


def _equal(facts: Facts, same: list[Fact]) -> AnchoredFinding:
    return finding(
        facts, "repeated", FindingClass.HOLDS,
        Text(f"{claim(same[0])}：{len(same)} 处一致。", f"{claim(same[0])}: {len(same)} places agree."),
        Text("各处数值相同。", "The values are the same."), same,
    )  # fmt: skip
