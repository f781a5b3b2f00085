# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Two texts against each other: figures of one indicator, nesting of caps, tasks and chains: row A04."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction

from oreflow.core.provenance import Text

from ..model import Comparator, Kind, Reading
from .facts import Fact, Facts, marks
from .matrix import ConformityMatrix, Pair, Relation
from .naming import Name
from .tasks import compare_chains, compare_tasks
from .wording import claim, number, printed

_AMOUNTS = frozenset({"output-value", "value-added", "revenue", "profit", "tax", "investment", "capacity", "output",
                      "mining", "count", "area", "emission", "reserve", ""})  # fmt: skip
_KINDS = (Kind.ACTUAL, Kind.TARGET, Kind.THRESHOLD)
_ORDER = {relation: k for k, relation in enumerate(Relation)}
_OTHER = {"capacity": "output", "output": "capacity", "utilisation": "recovery", "recovery": "utilisation"}
_LEVELS = (
    ("全国", "国家"),
    ("省", "自治区", "北京市", "上海市", "天津市", "重庆市"),
    ("市", "自治州", "州", "地区", "盟"),
    ("县", "区", "旗"),
)
_MOST = 40
Inside = Callable[[str, str], bool | None]
_TOLD = 3


def compare_documents(
    upper: Reading, lower: Reading, upper_text: str = "", lower_text: str = "", *, inside: Inside | None = None
) -> ConformityMatrix:
    """How a lower (or sibling) text stands to an upper one.

    Parameters
    ----------
    upper, lower
        What `read` made of the nation's and the province's plan, say.
    upper_text, lower_text
        The texts; with them tasks are looked for in the lower text's wording, too.

    inside
        Whether the first place lies in the second, or None where that is not known; by default places
        are told apart by their level (nation, province, city, county) alone.

    Figures are paired by object, kind of measure and dimension. Two of different basis, object or
    scope are listed as such and never compared; caps and amounts of a part must lie inside those of
    the whole. What the upper text aims at and the lower one does not speak of is listed as silent.
    """
    above, below = Facts(upper, upper_text), Facts(lower, lower_text)
    holds = inside or _lower_level
    pairs = [*_figures(above, below, holds), *compare_tasks(above, below), *compare_chains(above, below)]
    pairs.sort(key=lambda p: (_ORDER[p.relation], p.matter, p.upper.start if p.upper else 0))
    return ConformityMatrix(upper.doc, lower.doc, tuple(pairs))


class _Index:
    """Figures by measure, dimension and object, and by every ending of the object."""

    def __init__(self, facts: Facts) -> None:
        self.exact: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        self.endings: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in facts.all:
            if not _usable(fact):
                continue
            kind, object_ = _sort(fact), fact.name.object
            self.exact[(*kind, object_)].append(fact)
            for k in range(1, min(len(object_), 12) - 1):
                self.endings[(*kind, object_[k:])].append(fact)

    def like(self, fact: Fact) -> list[Fact]:
        """Figures of the same object."""
        return self.exact.get((*_sort(fact), fact.name.object), [])[:_MOST]

    def beside(self, fact: Fact) -> list[Fact]:
        """Figures of the same object in the neighbouring measure: capacity beside output."""
        family, _, form = _sort(fact)[0].partition("/")
        other = _OTHER.get(family)
        return self.exact.get((f"{other}/{form}", fact.dimension, fact.name.object), [])[:_MOST] if other else []

    def near(self, fact: Fact) -> list[Fact]:
        """Figures whose object ends with this one's, or the other way round."""
        kind, object_ = _sort(fact), fact.name.object
        found = list(self.endings.get((*kind, object_), []))[:_MOST] if len(object_) >= 2 else []
        for k in range(1, min(len(object_), 12) - 1):
            found += self.exact.get((*kind, object_[k:]), [])[:_MOST]
        return found


def _usable(fact: Fact) -> bool:
    said = fact.said
    if said.kind not in _KINDS or said.low != said.high or said.multiplicity != 1 or fact.inside:
        return False
    if not fact.name.family and (fact.dimension in ("%", "个百分点") or len(fact.name.object) < 2):
        return False
    return not (fact.name.generic and fact.name.family in ("", "count", "share", "area", "growth"))


def _sort(fact: Fact) -> tuple[str, str]:
    """Figures are paired within one sort: the measure (with its form) and the dimension."""
    form = fact.said.comparator.value if fact.said.comparator in (Comparator.RATE, Comparator.CHANGE, Comparator.CUMULATIVE) else "level"  # fmt: skip
    return f"{fact.name.family}/{form}", fact.dimension


def _lower_level(part: str, whole: str) -> bool | None:
    """By level alone: a province may lie in the nation, never in another province."""
    levels = [next((k for k, ends in enumerate(_LEVELS) if place.endswith(ends)), None) for place in (part, whole)]
    if levels[0] is None or levels[1] is None:
        return None
    return False if levels[0] <= levels[1] else None


def _figures(above: Facts, below: Facts, holds: Inside) -> Iterator[Pair]:
    index = _Index(above)
    spoken: set[Name] = set()
    told: set[tuple[object, ...]] = set()
    for fact in below.all:
        if not _usable(fact):
            continue
        like = index.like(fact)
        near = [*index.beside(fact), *index.near(fact)] if not like else []
        spoken |= {a.name for a in (*like, *near)}
        chosen = _told_of(above, below, fact, like)
        pairs = [_judge(above, below, a, fact, holds) for a in chosen]
        if not like:
            pairs += [_other_thing(above, below, a, fact) for a in _same_time(fact, near)[:_TOLD]]
        for pair in pairs:
            key = (pair.relation, pair.upper_value, pair.lower_value, pair.subject, pair.year)
            if key not in told:
                told.add(key)
                yield pair
    yield from _silent(above, spoken)


def _told_of(above: Facts, below: Facts, fact: Fact, like: list[Fact]) -> list[Fact]:
    """The upper figures that one lower figure is set beside: its equal, else those of its place, else of the whole."""
    same = _same_time(fact, like)
    own = [a for a in same if a.said.scope == fact.said.scope]
    if equal := [a for a in own if (a.value, a.said.comparator) == (fact.value, fact.said.comparator)]:
        return [next((a for a in equal if a.name == fact.name), equal[0])]
    regions = above.reading.frame.region, below.reading.frame.region
    whole = [a for a in same if a.said.scope == regions[0] and fact.said.kind is not Kind.THRESHOLD]
    if fact.said.scope != regions[1] and regions[0] == regions[1]:
        whole = []  # a part of one region is weighed inside its own text
    limits = [a for a in same if fact.said.kind is Kind.THRESHOLD or a.said.kind is Kind.THRESHOLD]
    limits = [a for a in limits if (a.floor, a.cap) == (fact.floor, fact.cap) or fact.exact]
    if fact.said.kind is Kind.THRESHOLD:
        own = [a for a in own if a in limits]
    chosen = (own or whole or [a for a in limits if a.said.kind is not fact.said.kind])[:_TOLD]
    later = _latest(below, fact, [a for a in like if a.said.scope == regions[0]]) if not same else []
    return [*(chosen or later), *_aimed(fact, [a for a in like if a.said.scope in (regions[0], fact.said.scope)])]


def _same_time(fact: Fact, others: list[Fact]) -> list[Fact]:
    """Those of the same year and kind; a limit without a year meets limits and aims of any year."""
    said = fact.said
    if said.kind is Kind.THRESHOLD:
        return [a for a in others if a.said.kind is not Kind.ACTUAL]
    found = [a for a in others if a.said.year == said.year and a.said.kind is said.kind]
    if said.kind is Kind.TARGET:
        found += [a for a in others if a.said.kind is Kind.THRESHOLD]
    unique: dict[tuple[object, ...], Fact] = {}
    for a in found:
        unique.setdefault((a.value, a.said.comparator, a.name, a.said.scope), a)
    return list(unique.values())


def _aimed(fact: Fact, others: list[Fact]) -> list[Fact]:
    """The upper aim for the year of which the lower text prints the fact."""
    if fact.said.kind is not Kind.ACTUAL or fact.said.role == "from" or fact.said.year is None:
        return []
    return [a for a in others if a.said.kind is Kind.TARGET and a.said.year == fact.said.year][:1]


def _latest(below: Facts, fact: Fact, others: list[Fact]) -> list[Fact]:
    """The newest fact of each text where their years differ: 2015 there, 2020 here."""
    if fact.said.kind is not Kind.ACTUAL or not fact.said.year or fact.said.role == "from":
        return []
    own = [
        f
        for f in below.by_object.get(fact.name.object, ())[:_MOST]
        if f.name == fact.name and f.said.kind is Kind.ACTUAL
    ]
    if any((f.said.year or 0) > fact.said.year for f in own):
        return []
    dated = [a for a in others if a.said.kind is Kind.ACTUAL and a.said.year and a.said.role != "from"]
    return [max(dated, key=lambda a: a.said.year or 0)] if dated else []


def _pair(
    above: Facts, below: Facts, a: Fact, b: Fact, relation: Relation, title: Text, detail: Text,
    *, compared: bool = True, share: Fraction | None = None,
) -> Pair:  # fmt: skip
    return Pair(
        "figure", relation, a.said.subject, above.anchor(a), below.anchor(b), title, detail, printed(a).zh, printed(b).zh,
        b.said.year, (b.value - a.value) / b.factor if compared else None, share, b.said.unit, marks([a, b]),
    )  # fmt: skip


def _both(a: Fact, b: Fact) -> Text:
    return Text(f"上位：{claim(a)}；下位：{claim(b)}", f"Upper: {claim(a)}; lower: {claim(b)}")


def _judge(above: Facts, below: Facts, a: Fact, b: Fact, holds: Inside) -> Pair:
    """One indicator in both texts."""
    head = _both(a, b)
    if a.name.basis != b.name.basis and (a.name.basis or b.name.basis):
        said = f"“{a.name.basis or '未注明'}”", f"“{b.name.basis or '未注明'}”"
        return _pair(above, below, a, b, Relation.BASIS,
                     Text(f"{head.zh}：计量口径不同，不比较。", f"{head.en}: bases differ, not compared."),
                     Text(f"上位口径{said[0]}，下位口径{said[1]}。请换算后再比较。", f"Upper basis {said[0]}, lower {said[1]}: convert before comparing."),
                     compared=False)  # fmt: skip
    if a.said.year != b.said.year and a.said.kind is Kind.ACTUAL and b.said.kind is Kind.ACTUAL:
        return _across_years(above, below, a, b, head)
    if a.said.kind is Kind.TARGET and b.said.kind is Kind.ACTUAL:
        return _attained(above, below, a, b, head)
    if a.said.scope == b.said.scope or not a.said.scope or not b.said.scope:
        return _same_place(above, below, a, b, head)
    if holds(b.said.scope, a.said.scope) is False:
        return _pair(above, below, a, b, Relation.SCOPE,
                     Text(f"{head.zh}：互不隶属，不比较。", f"{head.en}: neither lies in the other, not compared."),
                     Text(f"{b.said.scope}不在{a.said.scope}之内。", f"{b.said.scope} is no part of {a.said.scope}."), compared=False)  # fmt: skip
    if a.name.family in _AMOUNTS and a.dimension != "%":
        return _nested(above, below, a, b, head)
    return _rates(above, below, a, b, head)


def _attained(above: Facts, below: Facts, a: Fact, b: Fact, head: Text) -> Pair:
    """An aim of the upper text and what the lower one reports for that year."""
    same = a.said.scope == b.said.scope and a.name.limits == b.name.limits
    if same and meets(a, b):
        return _pair(above, below, a, b, Relation.SUPPORTS, Text(f"{head.zh}：目标已实现。", f"{head.en}: the aim was reached."),
                     Text("同一地区同一年份。", "One place and year."))  # fmt: skip
    if same:
        return _pair(above, below, a, b, Relation.SCOPE, Text(f"{head.zh}：目标与实际不同。", f"{head.en}: the aim and the fact differ."),
                     Text("一为目标，一为实际，不是矛盾；可据此评估完成情况。", "One is an aim, the other a fact: no conflict, but an assessment."))  # fmt: skip
    return _pair(above, below, a, b, Relation.SCOPE, Text(f"{head.zh}：一为目标、一为实际，且范围不同，不比较。", f"{head.en}: an aim and a fact of different scopes, not compared."),
                 Text(f"上位范围为{a.said.scope}，下位范围为{b.said.scope}。", f"The upper scope is {a.said.scope}, the lower {b.said.scope}."), compared=False)  # fmt: skip


def _across_years(above: Facts, below: Facts, a: Fact, b: Fact, head: Text) -> Pair:
    later_lower = (b.said.year or 0) > (a.said.year or 0) and (b.value < a.value) != b.name.lower_is_better
    zh = "年份与范围不同，后一年份的数值反而较差，须说明范围" if later_lower else "年份与范围不同，不比较"
    en = (
        "years and scopes differ, and the later figure is the weaker one: state the scopes"
        if later_lower
        else "years and scopes differ, not compared"
    )
    places = f"{a.said.scope}{'（' + '、'.join(sorted(a.name.limits)) + '）' if a.name.limits else ''}"
    return _pair(above, below, a, b, Relation.SCOPE, Text(f"{head.zh}：{zh}。", f"{head.en}: {en}."),
                 Text(f"上位范围为{places} {a.said.year} 年，下位范围为{b.said.scope} {b.said.year} 年。",
                      f"The upper figure is of {places}, {a.said.year}; the lower of {b.said.scope}, {b.said.year}."),
                 compared=False)  # fmt: skip


def _same_place(above: Facts, below: Facts, a: Fact, b: Fact, head: Text) -> Pair:
    if a.name.limits != b.name.limits:
        return _pair(above, below, a, b, Relation.SCOPE,
                     Text(f"{head.zh}：限定范围不同，不比较。", f"{head.en}: limited differently, not compared."),
                     Text("请写明两处所指的范围。", "State what either speaks of."), compared=False)  # fmt: skip
    if meets(a, b):
        return _pair(above, below, a, b, Relation.SUPPORTS, Text(f"{head.zh}：一致。", f"{head.en}: they agree."),
                     Text("下位数值满足上位要求。", "The lower figure meets the upper one."))  # fmt: skip
    if _several(above, a) or _several(below, b):
        return _pair(above, below, a, b, Relation.SCOPE,
                     Text(f"{head.zh}：同名数值不止一个，不比较。", f"{head.en}: one of the texts has several figures of that name, not compared."),
                     Text("请在文中写明各自所指。", "State in the text what each speaks of."), compared=False)  # fmt: skip
    return _pair(above, below, a, b, Relation.CONFLICTS, Text(f"{head.zh}：不一致。", f"{head.en}: they disagree."),
                 Text("同一地区、年份、指标只能有一个目标，请衔接。", "One place, year and indicator has one target: bring them into line."))  # fmt: skip


def _several(facts: Facts, fact: Fact) -> bool:
    """Whether a text prints several figures of one name, place, year and kind, so that none can be picked."""
    said = fact.said
    group = facts.levels.get((fact.name.object, fact.name.family, fact.dimension), ())
    mine = (fact.name, said.scope, said.year, said.kind)
    return len({f.value for f in group[:_MOST] if (f.name, f.said.scope, f.said.year, f.said.kind) == mine}) > 1


def meets(a: Fact, b: Fact) -> bool:
    """Whether the lower figure satisfies what the upper one says."""
    slack = max(a.slack, b.slack) if a.exact and b.exact else Fraction(0)
    if a.floor:
        return b.value >= a.value and not (b.cap and b.value < a.value)
    if a.cap:
        return b.value <= a.value and not b.floor
    if b.floor and a.said.kind is Kind.TARGET:
        return b.value >= a.value or (not a.name.lower_is_better and b.value == a.value)
    return abs(a.value - b.value) <= slack


def _nested(above: Facts, below: Facts, a: Fact, b: Fact, head: Text) -> Pair:
    """An amount of a part against that of the whole."""
    share = b.value / a.value if a.value else None
    percent = f"{number(share * 100, 1)}%" if share is not None else "–"
    strict = a.said.comparator is Comparator.LESS and b.said.comparator is not Comparator.LESS
    over = b.value > a.value + max(a.slack if a.exact else 0, 0) or (strict and b.value == a.value)
    if not over:
        zh, en = ("在上位上限之内", "inside the upper cap") if a.cap else ("在上位总量之内", "inside the upper total")
        return _pair(above, below, a, b, Relation.NESTED, Text(f"{head.zh}：{zh}，占 {percent}。", f"{head.en}: {en}, {percent} of it."),
                     Text("只核对是否超出；其余地区未列。", "Only the limit is checked; the other parts are not listed."), share=share)  # fmt: skip
    if a.floor or a.said.comparator is Comparator.ABOUT:
        return _pair(above, below, a, b, Relation.SUPPORTS, Text(f"{head.zh}：下位单独已超过上位下限。", f"{head.en}: the lower one alone exceeds the upper floor."),
                     Text("上位为下限，超过不矛盾。", "The upper figure is a floor; exceeding it is no conflict."), share=share)  # fmt: skip
    if a.name.limits != b.name.limits or (a.name.family == "" and not a.cap):
        return _pair(above, below, a, b, Relation.SCOPE, Text(f"{head.zh}：范围不同，不比较。", f"{head.en}: scopes differ, not compared."),
                     Text("请写明两处所指的范围。", "State what either speaks of."), compared=False)  # fmt: skip
    return _pair(above, below, a, b, Relation.CONFLICTS, Text(f"{head.zh}：部分超出整体。", f"{head.en}: the part exceeds the whole."),
                 Text("下位数值不能大于上位总量或上限：须压减，或说明口径为何不同。", "The lower figure cannot exceed the upper total or cap: reduce it, or state why the scopes differ."), share=share)  # fmt: skip


def _rates(above: Facts, below: Facts, a: Fact, b: Fact, head: Text) -> Pair:
    """A rate of a part need not equal that of the whole; a limit set for all binds it."""
    better = b.value >= a.value if not (a.name.lower_is_better or a.cap) else b.value <= a.value
    if better and b.name.limits == a.name.limits:
        return _pair(above, below, a, b, Relation.SUPPORTS, Text(f"{head.zh}：不低于上位要求。", f"{head.en}: no weaker than the upper text asks."),
                     Text("地区目标达到或严于上位目标。", "The lower target reaches or exceeds the upper one."))  # fmt: skip
    if a.said.kind is Kind.THRESHOLD and a.name.limits == b.name.limits:
        return _pair(above, below, a, b, Relation.CONFLICTS, Text(f"{head.zh}：弱于上位门槛。", f"{head.en}: weaker than the upper limit."),
                     Text("上位门槛适用于所有地区，请提高。", "The upper limit binds every place: tighten the lower one."))  # fmt: skip
    return _pair(above, below, a, b, Relation.SCOPE, Text(f"{head.zh}：范围不同，数值弱于上位，须说明。", f"{head.en}: scopes differ and the lower one is weaker: explain."),
                 Text("上位为全域平均，部分可以不同；考核时须写明范围。", "The upper figure is an average of the whole; a part may differ. State the scope."), compared=False)  # fmt: skip


def _other_thing(above: Facts, below: Facts, a: Fact, b: Fact) -> Pair:
    """Objects that are alike but not the same: 分离 of one, 轻稀土冶炼分离 of the other."""
    head = _both(a, b)
    left, right = (f.name.object + (f.name.measure if a.name.object == b.name.object else "") or "整体" for f in (a, b))
    return _pair(above, below, a, b, Relation.BASIS, Text(f"{head.zh}：对象口径不同，不比较。", f"{head.en}: the objects differ, not compared."),
                 Text(f"上位为“{left}”，下位为“{right}”；请说明是否为同一指标。", f"Upper: “{left}”, lower: “{right}”; state whether they are one indicator."),
                 compared=False)  # fmt: skip


def _silent(above: Facts, spoken: set[Name]) -> Iterator[Pair]:
    """Aims of the upper text that the lower one does not speak of, each indicator once."""
    seen: set[tuple[str, str, str]] = set()
    objects = {(n.object, n.family) for n in spoken}
    for a in above.all:
        if a.said.kind is not Kind.TARGET or not _usable(a) or a.said.comparator is Comparator.CUMULATIVE:
            continue
        key = (a.name.object, a.name.family, a.dimension)
        if key in seen or (a.name.object, a.name.family) in objects or re.fullmatch(r".{0,1}", a.said.subject):
            continue
        seen.add(key)
        yield Pair(
            "figure", Relation.SILENT, a.said.subject, above.anchor(a), None,
            Text(f"上位：{claim(a)}；下位未提及。", f"Upper: {claim(a)}; the lower text is silent."),
            Text("未提及不等于不符合；如属本地职责，请补充分解目标。", "Silence is no breach; add a target of its own if it is the place's task."),
            printed(a).zh, "", a.said.year, unit=a.said.unit, mark=marks([a]),
        )  # fmt: skip
