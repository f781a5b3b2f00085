"""Small regions for tests: give what the test is about, the rest is filled in.

Values are texts as printed (`"51.60"`), so that printed places follow; a figure without a value is a
printed dash. Areas, indicators and documents that are only named are made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from oreflow.core.materials import Coefficient, Library, Material
from oreflow.core.provenance import Mark, Source, Text, Validity
from oreflow.core.quantity import quantity
from oreflow.core.region import (
    Area,
    Assumption,
    Binding,
    Comparator,
    Comparison,
    Document,
    Figure,
    Form,
    Goal,
    Indicator,
    Part,
    Quota,
    Region,
    Route,
    Target,
)

NO_TEXT = Text("", "")
DOCUMENT = "plan"


def both(word: str) -> Text:
    """A name that is the same in both languages."""
    return Text(word, word)


def places_of(printed: str) -> int:
    """How many decimals a printed number has."""
    return len(printed.partition(".")[2])


def make_document(id: str = DOCUMENT, **overrides: Any) -> Document:
    facts = {
        "title": both(id),
        "issuer": both("示例机关"),
        "issued": date(2021, 1, 1),
        "period_from": 2021,
        "period_to": 2025,
        "lines": 1000,
        "sha256": "0" * 64,
    }
    return Document(id=id, **(facts | overrides))


def make_area(id: str, kind: str = "scope", within: str = "", **overrides: Any) -> Area:
    facts = {"name": both(id), "leading": (), "note": NO_TEXT, "source": None}
    return Area(id=id, kind=kind, within=within, **(facts | overrides))


def make_indicator(id: str, unit: str = "万吨", additive: bool = True, **overrides: Any) -> Indicator:
    facts = {"name": both(id), "product": "", "prices": "", "note": NO_TEXT}
    return Indicator(id=id, unit=unit, additive=additive, **(facts | overrides))


def make_figure(
    indicator: str,
    value: str = "",
    unit: str = "万吨",
    area: str = "city",
    year: int = 2020,
    basis: str = "",
    comparator: str = "=",
    document: str = DOCUMENT,
    lines: str = "1",
    **overrides: Any,
) -> Figure:
    facts = {
        "id": f"{indicator}.{area}.{year}",
        "table": "",
        "of": "",
        "since": None,
        "included_in": "",
        "mark": Mark.PLAN,
        "note": NO_TEXT,
    }
    return Figure(
        area=area,
        indicator=indicator,
        year=year,
        comparator=Comparator(comparator) if value else Comparator.NONE,
        value=quantity(value, unit, basis) if value else None,
        places=places_of(value),
        source=Source(document, lines),
        **(facts | overrides),
    )


def make_target(
    indicator: str,
    value: str = "",
    unit: str = "万吨",
    form: str = "level",
    comparator: str = "=",
    area: str = "city",
    year: int = 2025,
    upper: str = "",
    basis: str = "",
    document: str = DOCUMENT,
    lines: str = "1",
    **overrides: Any,
) -> Target:
    facts = {
        "id": f"{indicator}.{area}.{year}.{form}",
        "from_year": None,
        "binding": Binding.UNSAID,
        "base": "",
        "words": NO_TEXT,
        "printed": "",
        "note": NO_TEXT,
    }
    return Target(
        area=area,
        indicator=indicator,
        form=Form(form),
        comparator=Comparator(comparator) if value else Comparator.NONE,
        value=quantity(value, unit, basis) if value else None,
        upper=quantity(upper, unit, basis) if upper else None,
        places=places_of(value),
        year=year,
        source=Source(document, lines),
        **(facts | overrides),
    )


def make_part(
    part_area: str = "city",
    part_indicator: str = "output",
    whole_area: str = "city",
    whole_indicator: str = "output",
    relation: str = "sum",
    partition: str = "parts",
) -> Part:
    return Part(partition, whole_area, whole_indicator, part_area, part_indicator, relation, NO_TEXT)


def make_quota(
    year: int,
    batch: str,
    amount: str,
    kind: str = "mining",
    scope: str = "national",
    ore_type: str = "all",
    holder: str = "",
    mark: Mark = Mark.PAGE,
) -> Quota:
    return Quota(
        year=year,
        batch=batch,
        scope=scope,
        kind=kind,
        ore_type=ore_type,
        holder=both(holder) if holder else NO_TEXT,
        amount=quantity(amount, "t", "reo quota"),
        source="示例公告",
        mark=mark,
        validity=Validity(date(year, 1, 1), date(year + 1, 1, 1)),
    )


def make_coefficient(
    value: str, low: str = "", high: str = "", unit: str = "1", mark: Mark = Mark.ASSUMED
) -> Coefficient:
    return Coefficient(Decimal(value), Decimal(low or value), Decimal(high or value), unit, mark)


def make_material(id: str, unit: str = "t", **overrides: Any) -> Material:
    facts = {
        "name": both(id),
        "category": "sample",
        "formula": "",
        "contents": {},
        "complete": False,
        "density": None,
        "mark": Mark.ASSUMED,
        "hs6": "",
        "cn8": "",
        "note": NO_TEXT,
    }
    return Material(id=id, unit=unit, **(facts | overrides))


def make_library(**overrides: Any) -> Library:
    facts: dict[str, Any] = {"materials": {}, "processes": {}, "groups": {}}
    return Library(**(facts | overrides))


def make_region(
    *,
    id: str = "sample",
    documents: Iterable[Document] = (),
    areas: Iterable[Area] = (),
    indicators: Iterable[Indicator] = (),
    figures: Iterable[Figure] = (),
    targets: Iterable[Target] = (),
    parts: Iterable[Part] = (),
    routes: Iterable[Route] = (),
    goals: Iterable[Goal] = (),
    comparisons: Iterable[Comparison] = (),
    assumptions: Iterable[Assumption] = (),
    quotas: Iterable[Quota] = (),
    library: Library | None = None,
    **overrides: Any,
) -> Region:
    """A region of the given values; what they name and nobody gave is made up around them."""
    figures, targets, parts = tuple(figures), tuple(targets), tuple(parts)
    cells = (*figures, *targets)
    known_areas = {a.id: a for a in areas}
    named = [c.area for c in cells] + [a for p in parts for a in (p.whole_area, p.part_area)]
    named += [f.included_in for f in figures if f.included_in] + [a.within for a in known_areas.values()]
    known_indicators = {i.id: i for i in indicators}
    for cell in cells:
        if cell.indicator not in known_indicators:
            unit = cell.value.unit.symbol if cell.value is not None else "万吨"
            known_indicators[cell.indicator] = make_indicator(cell.indicator, unit)
    for part in parts:
        for indicator in (part.whole_indicator, part.part_indicator):
            known_indicators.setdefault(indicator, make_indicator(indicator))
    known_documents = {d.id: d for d in documents}
    for cell in cells:
        known_documents.setdefault(cell.source.document, make_document(cell.source.document))
    for area in named:
        if area:
            known_areas.setdefault(area, make_area(area))
    facts: dict[str, Any] = {
        "name": both("示例地区"),
        "edition": "test",
        "simulated": True,
        "hash": "0" * 64,
    }
    return Region(
        id=id,
        documents=known_documents,
        areas=known_areas,
        indicators=known_indicators,
        figures={f.id: f for f in figures},
        targets={t.id: t for t in targets},
        parts=parts,
        routes=tuple(routes),
        goals=tuple(goals),
        comparisons=tuple(comparisons),
        assumptions={a.id: a for a in assumptions},
        quotas=tuple(quotas),
        library=library or make_library(),
        **(facts | overrides),
    )
