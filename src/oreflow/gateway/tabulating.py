"""The frozen values back to tables of text: what is hashed, and what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from oreflow.core.materials import Coefficient, Library, Process
from oreflow.core.provenance import Source, Text
from oreflow.core.quantity import Quantity
from oreflow.core.region import Region

from .building import from_two_lines
from .schema import FORMAT, LIBRARY_TABLES, PACK_TABLES

TableRows = list[dict[str, str]]
"""Rows of one table: the text of each cell by column, empty cells left out."""


def facts_of(region: Region) -> dict[str, str]:
    """The facts about the pack itself."""
    return {
        "format": str(FORMAT),
        "id": region.id,
        **_pair("name", region.name),
        "edition": region.edition,
        "simulated": _yes(region.simulated),
    }


def region_tables(region: Region) -> dict[str, TableRows]:
    """The pack's own tables, without the library."""
    makers = {
        "documents": _documents,
        "areas": _areas,
        "indicators": _indicators,
        "figures": _figures,
        "targets": _targets,
        "parts": _parts,
        "routes": _routes,
        "goals": _goals,
        "comparisons": _comparisons,
        "assumptions": _assumptions,
        "quotas": _quotas,
    }
    return {table.name: [_filled(row) for row in makers[table.name](region)] for table in PACK_TABLES}


def library_tables(library: Library) -> dict[str, TableRows]:
    """The tables of a library."""
    makers = {
        "references": _references,
        "materials": _materials,
        "contents": _contents,
        "groups": _groups,
        "processes": _processes,
        "flows": _flows,
        "burdens": _burdens,
        "recoveries": _recoveries,
        "distributions": _distributions,
        "factors": _factors,
    }
    return {table.name: [_filled(row) for row in makers[table.name](library)] for table in LIBRARY_TABLES}


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in row.items() if text}


def _pair(stem: str, text: Text) -> dict[str, str]:
    return {f"{stem}_zh": text.zh, f"{stem}_en": text.en}


def _yes(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def decimal_text(number: Decimal) -> str:
    """A decimal in plain digits, with the decimals it has."""
    return format(number, "f")


def printed_text(value: Fraction, decimals: int) -> str:
    """A printed value with its number of decimals; it was read from one, so nothing is rounded."""
    scaled = value * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals")
    return format(Decimal(scaled.numerator).scaleb(-decimals), "f") if decimals else str(scaled.numerator)


def _coefficient(name: str, value: Coefficient) -> dict[str, str]:
    ranged = not value.low == value.value == value.high
    return {
        name: decimal_text(value.value),
        "low": decimal_text(value.low) if ranged else "",
        "high": decimal_text(value.high) if ranged else "",
        "mark": value.mark.code,
    }


def _noted(value: Coefficient) -> dict[str, str]:
    return _pair("note", from_two_lines(value.note))


def _sourced(value: Coefficient, process: Process | None = None) -> dict[str, str]:
    usual = " ".join(process.sources) if process else ""
    return {"source": "" if value.source == usual else value.source}


def _source(source: Source | None) -> dict[str, str]:
    return {"document": source.document, "lines": source.lines} if source else {}


def _quantity(value: Quantity | None, decimals: int) -> dict[str, str]:
    if value is None:
        return {}
    return {
        "value": printed_text(value.value, decimals),
        "unit": value.unit.symbol,
        "basis": value.basis.words,
    }


def _documents(region: Region) -> Iterable[dict[str, str]]:
    for d in region.documents.values():
        yield {
            "id": d.id,
            **_pair("title", d.title),
            **_pair("issuer", d.issuer),
            "issued": _day(d.issued),
            "period_from": _number(d.period_from),
            "period_to": _number(d.period_to),
            "text_lines": _number(d.lines),
            "text_sha256": d.sha256,
        }


def _areas(region: Region) -> Iterable[dict[str, str]]:
    for a in region.areas.values():
        yield {
            "id": a.id,
            **_pair("name", a.name),
            "kind": a.kind,
            "within": a.within,
            "leading_zh": "、".join(t.zh for t in a.leading),
            "leading_en": "; ".join(t.en for t in a.leading),
            **_source(a.source),
            **_pair("note", a.note),
        }


def _indicators(region: Region) -> Iterable[dict[str, str]]:
    for i in region.indicators.values():
        yield {
            "id": i.id,
            **_pair("name", i.name),
            "unit": i.unit,
            "additive": _yes(i.additive),
            "product": i.product,
            "prices": i.prices,
            **_pair("note", i.note),
        }


def _figures(region: Region) -> Iterable[dict[str, str]]:
    for f in region.figures.values():
        yield {
            "id": f.id,
            "area": f.area,
            "indicator": f.indicator,
            "year": str(f.year),
            "comparator": f.comparator.value,
            "unit": region.indicators[f.indicator].unit,
            **_quantity(f.value, f.places),
            "table": f.table,
            "of": f.of,
            "since": _number(f.since),
            "included_in": f.included_in,
            **_source(f.source),
            "mark": f.mark.code,
            **_pair("note", f.note),
        }


def _targets(region: Region) -> Iterable[dict[str, str]]:
    for t in region.targets.values():
        yield {
            "id": t.id,
            "area": t.area,
            "indicator": t.indicator,
            "form": t.form.value,
            "comparator": t.comparator.value,
            **_quantity(t.value, t.places),
            "upper": printed_text(t.upper.value, t.places) if t.upper else "",
            "from_year": _number(t.from_year),
            "year": str(t.year),
            "binding": t.binding.value,
            "base": t.base,
            **_pair("words", t.words),
            "printed": t.printed,
            **_source(t.source),
            **_pair("note", t.note),
        }


def _parts(region: Region) -> Iterable[dict[str, str]]:
    for p in region.parts:
        yield {
            "partition": p.partition,
            "whole_area": p.whole_area,
            "whole_indicator": p.whole_indicator,
            "part_area": p.part_area,
            "part_indicator": p.part_indicator,
            "relation": p.relation,
            **_pair("note", p.note),
        }


def _routes(region: Region) -> Iterable[dict[str, str]]:
    for r in region.routes:
        yield {
            "product": r.product,
            "process": r.process,
            **_coefficient("share", r.share),
            **_noted(r.share),
        }


def _goals(region: Region) -> Iterable[dict[str, str]]:
    for g in region.goals:
        yield {
            "year": str(g.year),
            "target": g.target,
            "product": g.product,
            "role": g.role,
            **_coefficient("split", g.split),
            **_noted(g.split),
        }


def _comparisons(region: Region) -> Iterable[dict[str, str]]:
    for c in region.comparisons:
        yield {
            "id": c.id,
            "year": str(c.year),
            "material": c.material,
            "available": c.available,
            "required": c.required,
            "target": c.target,
            **_pair("label", c.label),
            **_pair("note", c.note),
        }


def _assumptions(region: Region) -> Iterable[dict[str, str]]:
    for a in region.assumptions.values():
        yield {
            "id": a.id,
            **_pair("name", a.name),
            **_coefficient("value", a.value),
            "unit": a.value.unit,
            "material": a.material,
            **_pair("note", a.note),
        }


def _quotas(region: Region) -> Iterable[dict[str, str]]:
    for q in region.quotas:
        holder = from_two_lines(q.holder)
        yield {
            "year": str(q.year),
            "batch": q.batch,
            "scope": q.scope,
            "kind": q.kind,
            "ore_type": q.ore_type,
            "holder_zh": holder.zh,
            "holder": holder.en,
            **_quantity(q.amount, exact_places(q.amount.value)),
            "source": q.source,
            "mark": q.mark.code,
            "valid_from": _day(q.validity.valid_from),
            "valid_to": _day(q.validity.valid_to),
            "known_at": _day(q.validity.known_at),
        }


def exact_places(value: Fraction) -> int:
    """The fewest decimals that write the value exactly (its denominator divides a power of ten)."""
    decimals, rest = 0, value.denominator
    while (10**decimals) % rest:
        decimals += 1
    return decimals


def _references(library: Library) -> Iterable[dict[str, str]]:
    for r in library.references.values():
        yield {"key": r.key, **_pair("citation", r.citation), "url": r.url}


def _materials(library: Library) -> Iterable[dict[str, str]]:
    for m in library.materials.values():
        yield {
            "id": m.id,
            **_pair("name", m.name),
            "category": m.category,
            "unit": m.unit,
            "formula": m.formula,
            "complete": _yes(m.complete),
            "density": decimal_text(m.density) if m.density is not None else "",
            "mark": m.mark.code,
            "hs6": m.hs6,
            "cn8": m.cn8,
            **_pair("note", m.note),
        }


def _contents(library: Library) -> Iterable[dict[str, str]]:
    for m in library.materials.values():
        for element, content in m.contents.items():
            yield {
                "material": m.id,
                "element": element,
                **_coefficient("fraction", content),
                **_sourced(content),
            }


def _groups(library: Library) -> Iterable[dict[str, str]]:
    for g in library.groups.values():
        yield {"id": g.id, **_pair("name", g.name), "unit": g.unit, "members": " ".join(g.members)}


def _processes(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        yield {
            "id": p.id,
            **_pair("name", p.name),
            "chain": p.chain,
            "product": p.product,
            "product_unit": p.product_unit,
            "feed": p.feed,
            "energy_includes_electricity": _yes(p.energy_includes_electricity),
            "sources": " ".join(p.sources),
            **_pair("note", p.note),
        }


def _flows(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for f in p.flows:
            yield {
                "process": p.id,
                "material": f.material,
                "role": f.role.value,
                **_coefficient("amount", f.amount),
                "unit": f.amount.unit,
                **_sourced(f.amount, p),
                **_noted(f.amount),
            }


def _burdens(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for burden, value in p.burdens.items():
            yield {
                "process": p.id,
                "burden": burden.value,
                **_coefficient("value", value),
                "unit": value.unit,
                **_sourced(value, p),
            }


def _recoveries(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for r in p.recoveries:
            yield {
                "process": p.id,
                "element": r.element,
                "into": r.into,
                **_coefficient("value", r.value),
                **_sourced(r.value, p),
                **_noted(r.value),
            }


def _distributions(library: Library) -> Iterable[dict[str, str]]:
    for ore, oxides in library.distributions.items():
        for oxide, value in oxides.items():
            yield {
                "ore": ore,
                "oxide": oxide,
                **_coefficient("fraction", value),
                **_sourced(value),
            }


def _factors(library: Library) -> Iterable[dict[str, str]]:
    for f in library.factors.values():
        yield {
            "id": f.id,
            **_pair("name", f.name),
            **_coefficient("value", f.value),
            "unit": f.value.unit,
            "basis": f.basis,
            "year": _number(f.year),
            **_sourced(f.value),
        }
