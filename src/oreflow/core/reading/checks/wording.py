# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The sentences of findings, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from oreflow.core.provenance import Anchor, AnchoredFinding, FindingClass, Mark, Text

from ..model import Comparator
from .facts import Fact, Facts, marks

_BEFORE = {Comparator.MORE: (">", ">"), Comparator.LESS: ("<", "<"), Comparator.AT_LEAST: ("≥", "≥"),
           Comparator.AT_MOST: ("≤", "≤"), Comparator.ABOUT: ("约 ", "about ")}  # fmt: skip


def number(value: Fraction, places: int = 4) -> str:
    """A number as people write it: no more places than needed, no trailing zeros."""
    rounded = Fraction(round(value * 10**places), 10**places)
    text = f"{float(rounded):.{places}f}" if abs(rounded) < 10**11 else str(int(rounded))
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Fraction, fact: Fact, places: int = 4) -> str:
    """A value given in base units, in the unit of a fact."""
    return f"{number(value / fact.factor, places)}{fact.said.unit}"


def printed(fact: Fact) -> Text:
    """The figure as printed, with its bound."""
    said = fact.said
    bound = said.bound or said.comparator
    zh, en = _BEFORE.get(bound, ("", ""))
    text = number(said.low) if said.low == said.high else f"{number(said.low)}–{number(said.high)}"
    return Text(f"{zh}{text}{said.unit}", f"{en}{text}{said.unit}")


def label(fact: Fact) -> str:
    """Whose figure, of which year: 示例市 2025年“粗钢产量”."""
    said = fact.said
    where = said.scope if said.scope and said.scope not in said.subject else ""
    year = f"{said.year}年" if said.year else ""
    return f"{where}{year}“{said.subject}”"


def claim(fact: Fact) -> str:
    """The label with the figure."""
    return f"{label(fact)}{printed(fact).zh}"


def joined(parts: Sequence[str]) -> str:
    """甲、乙、丙, cut where it is long."""
    return "、".join(parts[:12]) + ("…" if len(parts) > 12 else "")


def finding(
    facts: Facts,
    check: str,
    kind: FindingClass,
    title: Text,
    detail: Text,
    items: Sequence[Fact],
    *,
    found: Fraction | None = None,
    expected: Fraction | None = None,
    unit: str = "",
    anchors: Sequence[Anchor] = (),
    mark: Mark | None = None,
) -> AnchoredFinding:
    """A finding with anchors and lines; an error is only pointed out where the reading is doubtful or the text not at hand."""
    if kind.fails and any(i.doubtful for i in items):
        kind = FindingClass.INFORMATION
        detail = Text(
            f"{detail.zh}所据数字的读取存疑（列位或上下限为推断），请先核对原文。",
            f"{detail.en} The reading of these figures is doubtful (column or bound was inferred): check the text first.",
        )
    if kind.fails and not facts.given:
        kind = FindingClass.INFORMATION
        detail = Text(
            f"{detail.zh}未提供原文，限定词与“其中”无从核对。",
            f"{detail.en} Without the text, words that limit a figure (of which, new) could not be looked at.",
        )
    places = [*anchors, *(facts.anchor(i) for i in items)]
    start = places[0].start if places else 0
    return AnchoredFinding(
        code=f"{check}.{start}",
        check=check,
        kind=kind,
        title=title,
        detail=detail,
        cells=tuple(f"s{i.index}" for i in items),
        sources=tuple(dict.fromkeys(facts.source(p.start) for p in places)),
        found=found,
        expected=expected,
        unit=unit,
        mark=marks(items) if mark is None else mark,
        anchors=tuple(places),
    )
