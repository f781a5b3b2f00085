"""Shares in running text, recomputed from the amounts that the text prints; ratios that should close at 100."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from ..model import Kind
from .facts import Fact, Facts
from .judging import Span, agrees, around, quotient
from .naming import name_of
from .wording import claim, finding, number, printed

_OF = re.compile(r"占(?P<w>[^，。；]{2,24}?)(?:的)?(?:比重|比例|份额|总量)?(?:为|达|达到|约|约为|超过|近|的)*$")
_RATIO = re.compile(
    r"(?:结构|比例|比重|构成)[^，。；\d]{0,14}?(?P<r>\d{1,3}(?:\.\d+)?(?:\s?[:：∶]\s?\d{1,3}(?:\.\d+)?){1,4})(?![\d:：∶])"
)
_HUNDRED = Fraction(100)


def check_shares(facts: Facts) -> Iterator[AnchoredFinding]:
    """A x，占B的 s%: recomputed where B is printed for the same year."""
    prose = facts.prose
    for k, share in enumerate(prose):
        if share.dimension != "%" or not share.level or share.said.kind not in (Kind.ACTUAL, Kind.TARGET) or not k:
            continue
        part = prose[k - 1]
        gap = facts.gap(part.said, share.said)
        found = _OF.search(gap) if gap and "。" not in gap and "；" not in gap and len(gap) <= 32 else None
        if found is None or not gap or not re.match(r"^(?:以上|左右|的)?，?(?:约|分别)?占|^（占", gap):
            continue
        if not part.exact or part.said.year != share.said.year or part.dimension == "%":
            continue
        whole = _whole(facts, part, found["w"])
        if whole is not None:
            yield from _judge(facts, part, whole, share)


def _whole(facts: Facts, part: Fact, words: str) -> Fact | None:
    """The one amount that the words name, of the same year and unit; None where the text prints none or several."""
    name = name_of(words, part.said.unit)
    counted = name_of(words + "数", part.said.unit)
    found: dict[Fraction, Fact] = {}
    for wanted in (name, counted):
        for fact in facts.by_object.get(wanted.object, ()):
            if fact is part or fact.dimension != part.dimension or fact.said.year != part.said.year or not fact.exact:
                continue
            if fact.inside or fact.value < part.value or (wanted.family and fact.name.family != wanted.family):
                continue
            if (
                wanted.limits - {"园区"} == fact.name.limits - {"园区"}
                and fact.said.scope == facts.reading.frame.region
            ):
                found.setdefault(fact.value, fact)
    found.pop(part.value, None)
    return next(iter(found.values())) if len(found) == 1 else None


def _judge(facts: Facts, part: Fact, whole: Fact, share: Fact) -> Iterator[AnchoredFinding]:
    ratio = quotient(around(part.value, part.slack), around(whole.value, whole.slack))
    if ratio is None:
        return
    possible = Span(ratio.low * 100, ratio.high * 100)
    expected = (possible.low + possible.high) / 2
    ok = agrees(share.said.low, share.half, possible)
    if not ok and not share.exact:
        ok = (share.floor and possible.high >= share.said.low) or (share.cap and possible.low <= share.said.low)
        ok = ok or (not share.floor and not share.cap and abs(expected - share.said.low) <= 2)
    kind = FindingClass.HOLDS if ok else FindingClass.ERROR
    levels = f"{printed(part).zh} ÷ {printed(whole).zh}"
    title = (
        Text(f"{claim(share)}与 {levels} 相符。", f"{claim(share)} agrees with {levels}.")
        if ok
        else Text(
            f"{claim(share)}，按 {levels} 应为 {number(expected, 2)}%。",
            f"{claim(share)}; from {levels} it is {number(expected, 2)}%.",
        )
    )
    detail = Text(
        f"部分为{claim(part)}，整体为{claim(whole)}。", f"The part is {claim(part)}, the whole {claim(whole)}."
    )
    yield finding(
        facts, "share", kind, title, detail, [share, part, whole],
        found=share.said.low, expected=expected, unit="%",
    )  # fmt: skip


def check_ratios(facts: Facts) -> Iterator[AnchoredFinding]:
    """三次产业结构 8.1:46.2:45.7: the terms of a structure close at 100."""
    for found in _RATIO.finditer(facts.text):
        terms = [Fraction(t.strip()) for t in re.split("[:：∶]", found["r"])]
        total = sum(terms, Fraction(0))
        if len(terms) < 3 or not 80 <= total <= 120:
            continue
        slack = Fraction(len(terms), 20)
        ok = abs(total - _HUNDRED) <= slack
        at = facts.piece(found.start("r"), found.end("r"))
        yield finding(
            facts, "structure", FindingClass.HOLDS if ok else FindingClass.ERROR,
            Text(f"结构 {found['r']} 各项合计 {number(total)}{'，闭合' if ok else '，应为 100'}。",
                 f"The terms of {found['r']} add to {number(total)}{', as they should' if ok else ', not to 100'}."),
            Text("各项占比之和应为 100%（取整差异除外）。", "Shares of a whole add to 100 %, rounding aside."),
            [], found=total, expected=_HUNDRED, unit="%", anchors=[at],
        )  # fmt: skip
