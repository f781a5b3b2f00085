# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Parts and wholes in running text: 其中, 合计, and sub-targets by place or by section against a headline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from ..model import Comparator, Kind
from .facts import Fact, Facts
from .numerals import count_of
from .wording import amount, claim, finding, joined, label, printed

_OF_WHICH = re.compile(r"^(?:以上|以下|以内|左右)?[，。；：（]*(?:其中|包括|包含)")
_MADE_OF = re.compile(r"由.{0,14}$|分为|分别为")
_TOTAL = re.compile(r"[，；、](?:以上)?(?:[三四五六七八九\d]{1,2}(?:者|项|个[\u4e00-\u9fff]{1,4}))?(?:合计|总计|共计|总共|共)(?:[\u4e00-\u9fff]{0,8})$")  # fmt: skip
_COUNT = re.compile(r"([两二三四五六七八九十]|\d{1,2})(?:个|大|家|座|类|种|区|县|条|户)(?:[\u4e00-\u9fff]{1,10})")
_PART_GAP = re.compile(r"^[^。；！？]{1,40}$")
_SUM_STOP = re.compile(r"其中|同比|增长|下降|占|较|比上|新增|提高|达到[^，]*，到|平均|每")
_PLACE = re.compile(r"(?:园区|开发区|高新区|工业区|产业园|工业园|区|县|市|州|旗|省|基地|新城|组团|片区)(?:（.*）)?$")
_ADDITIVE = frozenset(
    {"output-value", "value-added", "revenue", "profit", "tax", "investment", "capacity", "output", "mining", "count", "area", "emission", "reserve"}
)  # fmt: skip


def check_parts(facts: Facts) -> Iterator[AnchoredFinding]:
    """A total with its 其中 parts, and parts with the 合计 behind them."""
    prose = facts.prose
    k = 0
    while k < len(prose):
        whole = prose[k]
        parts = _of_which(facts, prose, k) if whole.summable else []
        if len(parts) >= 2 or (parts and parts[0].value > whole.value):
            yield from _judge_inside(facts, whole, parts)
        terms = _before_total(facts, prose, k)
        if len(terms) >= 2:
            yield from _judge_total(facts, whole, terms)
        k += 1


def _of_which(facts: Facts, prose: tuple[Fact, ...], k: int) -> list[Fact]:
    whole = prose[k]
    if k + 1 >= len(prose):
        return []
    gap = facts.gap(whole.said, prose[k + 1].said)
    if gap is None or not _OF_WHICH.match(gap) or gap.count("。") > 1 or len(gap) > 60:
        return []
    bracketed = gap.startswith("（")
    out: list[Fact] = []
    last = whole
    for part in prose[k + 1 : k + 40]:
        gap = facts.gap(last.said, part.said)
        if gap is None or (out and (not _PART_GAP.match(gap) or (bracketed and "）" in gap) or "其中" in gap)):
            break
        last = part
        if part.dimension != whole.dimension or not part.summable:
            if out and part.dimension not in ("%", "个百分点"):
                break
            continue
        if out and part.said.year != out[0].said.year:
            break
        if re.search(r"同比|增长|比上年|较上年|新增|平均", gap) and out:
            break
        out.append(part)
    return out


def _before_total(facts: Facts, prose: tuple[Fact, ...], k: int) -> list[Fact]:
    """The terms that a 合计 figure adds up."""
    whole = prose[k]
    if not whole.summable or not k:
        return []
    gap = facts.gap(prose[k - 1].said, whole.said)
    if gap is None or not _TOTAL.search("，" + gap if not gap.startswith(("，", "；", "、")) else gap) or len(gap) > 24:
        return []
    out: list[Fact] = []
    right = whole
    for term in reversed(prose[max(0, k - 30) : k]):
        gap = facts.gap(term.said, right.said)
        if gap is None or "。" in gap or "；" in gap or len(gap) > 40 or (out and _SUM_STOP.search(gap)):
            break
        if term.dimension != whole.dimension or not term.summable or term.said.year != whole.said.year:
            break
        out.insert(0, term)
        right = term
    return out


def _sum(parts: list[Fact]) -> tuple[Fraction, Fraction]:
    return sum((p.value for p in parts), Fraction(0)), sum((p.slack for p in parts), Fraction(0))


def _stated_count(facts: Facts, whole: Fact, first: Fact) -> int | None:
    """How many parts the words before the parts speak of: 三个园区…，其中."""
    words = facts.sentence_before(whole.said)[-60:] + (facts.gap(whole.said, first.said) or "")
    found = _COUNT.findall(words)
    return count_of(found[-1]) if found else None


def _class(whole: Fact) -> FindingClass:
    """Aims contradict each other; facts are misprinted."""
    aimed = whole.said.kind is Kind.TARGET and whole.said.comparator is not Comparator.CUMULATIVE
    return FindingClass.CONFLICT if aimed else FindingClass.ERROR


def _judge_inside(facts: Facts, whole: Fact, parts: list[Fact]) -> Iterator[AnchoredFinding]:
    total, slack = _sum(parts)
    slack += whole.slack
    counted = whole.dimension.startswith("count") or "count:" in whole.dimension
    rate = whole.dimension == "%" or "率" in whole.said.subject
    biggest = max(parts, key=lambda p: p.value)
    if rate:
        return
    if biggest.value - biggest.slack > whole.value + whole.slack and not whole.floor and not biggest.cap:
        yield finding(
            facts, "part-over-whole", FindingClass.ERROR,
            Text(f"部分大于整体：{claim(biggest)}，而整体{claim(whole)}。", f"A part exceeds its whole: {claim(biggest)}; the whole is {claim(whole)}."),
            Text("“其中”项不能大于总数，请核对。", "What is “of which” cannot exceed the total: check."),
            [biggest, whole], found=biggest.said.low, expected=whole.value / biggest.factor, unit=biggest.said.unit,
        )  # fmt: skip
        return
    if len(parts) < 2:
        return
    if abs(total - whole.value) <= slack:
        yield _agreement(facts, whole, parts, total)
    elif total > whole.value:
        yield from _beyond(facts, whole, parts, total, counted)
    elif _stated_count(facts, whole, parts[0]) == len(parts) and all(p.exact for p in parts):
        kind = _class(whole)
        yield _difference(facts, whole, parts, total, FindingClass.INFORMATION if whole.cap else kind)


def _beyond(facts: Facts, whole: Fact, parts: list[Fact], total: Fraction, counted: bool) -> Iterator[AnchoredFinding]:
    if whole.floor and whole.said.kind is Kind.TARGET:
        yield _difference(facts, whole, parts, total, FindingClass.OVERSHOOT)
    elif any(p.cap or p.said.comparator is Comparator.ABOUT for p in (whole, *parts)) and not whole.cap:
        yield _difference(facts, whole, parts, total, FindingClass.INFORMATION)
    elif not whole.floor and (not counted or _stated_count(facts, whole, parts[0]) == len(parts)):
        kind = _class(whole)
        yield _difference(facts, whole, parts, total, kind)


def _judge_total(facts: Facts, whole: Fact, terms: list[Fact]) -> Iterator[AnchoredFinding]:
    total, slack = _sum(terms)
    if abs(total - whole.value) <= slack + whole.slack:
        yield _agreement(facts, whole, terms, total)
    elif all(t.exact for t in terms) and not (whole.floor and total > whole.value):
        kind = _class(whole)
        yield _difference(facts, whole, terms, total, kind)


def _agreement(facts: Facts, whole: Fact, parts: list[Fact], total: Fraction) -> AnchoredFinding:
    return finding(
        facts, "sum", FindingClass.HOLDS,
        Text(f"{claim(whole)}：{len(parts)} 个部分之和与之一致。", f"{claim(whole)}: its {len(parts)} parts add to it."),
        _terms(whole, parts, total), [whole, *parts],
        found=whole.said.low, expected=total / whole.factor, unit=whole.said.unit,
    )  # fmt: skip


def _terms(whole: Fact, parts: list[Fact], total: Fraction) -> Text:
    values = " + ".join(amount(p.value, whole).removesuffix(whole.said.unit) for p in parts[:12])
    more = " + …" if len(parts) > 12 else ""
    return Text(f"{values}{more} = {amount(total, whole)}。", f"{values}{more} = {amount(total, whole)}.")


_REMEDY = {
    FindingClass.OVERSHOOT: Text("总目标是下限，分项合计高于它并不矛盾；考核时须说明以哪一个为准。", "The headline is a floor, so this is no contradiction; say which of the two is assessed."),
    FindingClass.INFORMATION: Text("各部分可能互有重叠或未列全，请确认口径。", "The parts may overlap or be incomplete: confirm their scope."),
    FindingClass.CONFLICT: Text("分项与总目标不能同时成立，请调整其一。", "Parts and whole cannot both hold: change one."),
    FindingClass.ERROR: Text("请核对总数与各部分。", "Check the whole and its parts."),
}  # fmt: skip


def _difference(
    facts: Facts, whole: Fact, parts: list[Fact], total: Fraction, kind: FindingClass, check: str = "sum"
) -> AnchoredFinding:
    gap = amount(abs(total - whole.value), whole)
    more = ("多", "more") if total > whole.value else ("少", "less")
    terms, remedy = _terms(whole, parts, total), _REMEDY[kind]
    return finding(
        facts, check, kind,
        Text(f"{claim(whole)}，{len(parts)} 个部分合计 {amount(total, whole)}，{more[0]} {gap}。",
             f"{claim(whole)}; its {len(parts)} parts add to {amount(total, whole)}, {gap} {more[1]}."),
        Text(terms.zh + remedy.zh, f"{terms.en} {remedy.en}"), [whole, *parts],
        found=whole.said.low, expected=total / whole.factor, unit=whole.said.unit,
    )  # fmt: skip


def check_headlines(facts: Facts) -> Iterator[AnchoredFinding]:
    """Sub-targets of several places or sections against the headline of the whole."""
    groups: dict[tuple[str, str, int], list[Fact]] = defaultdict(list)
    for fact in facts.all:
        said = fact.said
        if (
            fact.level
            and said.year
            and said.kind is Kind.TARGET
            and fact.name.family in _ADDITIVE
            and fact.dimension != "%"
        ):
            groups[(fact.name.family, fact.dimension, said.year)].append(fact)
    for members in groups.values():
        if len(members) >= 3:
            yield from _by_place(facts, members)
            yield from _by_section(facts, members)


def _whole_of(facts: Facts, members: list[Fact], parts: list[Fact]) -> Fact | None:
    """The first generic figure of the whole region that is at least as large as every part."""
    region = facts.reading.frame.region
    top = max(p.value for p in parts)
    chosen = {id(p) for p in parts}
    return next(
        (f for f in members if id(f) not in chosen and f.said.scope == region and _is_whole(f) and f.value >= top), None
    )


def _is_whole(fact: Fact) -> bool:
    return fact.name.generic or fact.name.object in ("园区", "工业园区") or "+" in fact.said.subject


def _by_place(facts: Facts, members: list[Fact]) -> Iterator[AnchoredFinding]:
    region = facts.reading.frame.region
    own: dict[str, Fact] = {}
    for fact in members:
        scope = fact.said.scope
        rest = fact.name.object.replace(re.sub(r"（.*）", "", scope), "")
        if (
            scope
            and scope != region
            and _PLACE.search(scope)
            and (fact.name.generic or len(rest) <= 1 or scope in fact.said.subject)
        ):
            own.setdefault(scope, fact)
    parts = list(own.values())
    if len(parts) < 3:
        return
    whole = _whole_of(facts, members, parts)
    if whole is not None:
        yield from _judge_headline(facts, whole, parts, complete=_all_places(facts, set(own)))


def _all_places(facts: Facts, scopes: set[str]) -> bool:
    """Whether some table of the text lists just these places."""
    for table in facts.reading.tables:
        labels = {r.label for r in table.rows if not re.search("合计|总计|小计", r.label)}
        if len(labels) >= 3 and labels <= scopes:
            return True
    return False


def _by_section(facts: Facts, members: list[Fact]) -> Iterator[AnchoredFinding]:
    """One aim in each of the sibling sections of a chapter, and the headline before or above them."""
    outline = facts.reading.outline
    by_parent: dict[int | None, dict[int, Fact]] = defaultdict(dict)
    for fact in members:
        at = fact.said.section
        if (
            at is not None
            and fact.said.table is None
            and not _is_whole(fact)
            and fact.said.scope == facts.reading.frame.region
        ):
            by_parent[outline[at].parent].setdefault(at, fact)
    siblings: dict[int | None, list[int]] = defaultdict(list)
    for i, section in enumerate(outline):
        siblings[section.parent].append(i)
    for parent, held in by_parent.items():
        parts = [held[i] for i in sorted(held)]
        if len(parts) < 2 or len({p.name.object for p in parts}) < len(parts):
            continue
        whole = _headline(facts, members, parts)
        if whole is None:
            continue
        total, _ = _sum(parts)
        if abs(total - whole.value) * 2 <= whole.value:
            yield from _judge_headline(facts, whole, parts, complete=len(held) == len(siblings[parent]))


def _headline(facts: Facts, members: list[Fact], parts: list[Fact]) -> Fact | None:
    """What is said of the whole before the parts: generic, or of a thing that no other section measures."""
    first = min(p.said.start for p in parts)
    sections = {p.said.section for p in parts}
    top = max(p.value for p in parts)
    before = [f for f in members if f.said.start < first and f.said.section not in sections and f.value > top]
    before = [f for f in before if f.said.scope == facts.reading.frame.region]
    generic = [f for f in before if _is_whole(f)]
    if generic:
        return generic[0]
    return before[0] if before and "总" in before[0].said.subject else None


def _judge_headline(facts: Facts, whole: Fact, parts: list[Fact], complete: bool) -> Iterator[AnchoredFinding]:
    total, slack = _sum(parts)
    names = joined([f"{p.said.scope if p.said.scope not in p.said.subject else ''}{p.said.subject}" for p in parts])
    if abs(total - whole.value) <= slack + whole.slack:
        holds = _agreement(facts, whole, parts, total)
        yield holds
    elif total > whole.value and whole.cap:
        yield _difference(facts, whole, parts, total, FindingClass.CONFLICT, "headline")
    elif total > whole.value:
        yield _difference(facts, whole, parts, total, FindingClass.OVERSHOOT, "headline")
    elif complete and not whole.cap and not any(p.floor for p in parts):
        yield _difference(facts, whole, parts, total, FindingClass.CONFLICT, "headline")
    elif not whole.cap:
        gap = amount(whole.value - total, whole)
        yield finding(
            facts, "headline", FindingClass.INFORMATION,
            Text(f"{label(whole)}{printed(whole).zh}，已读到的 {len(parts)} 个分项合计 {amount(total, whole)}，尚差 {gap}。",
                 f"{label(whole)}, {printed(whole).en}: the {len(parts)} parts that were read add to {amount(total, whole)}, {gap} short."),
            Text(f"分项：{names}。分项可能未列全。", f"Parts: {names}. They may be incomplete."),
            [whole, *parts], found=whole.said.low, expected=total / whole.factor, unit=whole.said.unit,
        )  # fmt: skip
