"""A region back to tables of text: what is hashed, and what is written."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from oreflow.core.region import Region

from .printing import (
    TableRows,
    coefficient_cells,
    day_text,
    document_cells,
    filled_cells,
    note_cells,
    pair_cells,
    printed_text,
    quantity_cells,
    whole_text,
    yes_text,
)
from .schema import FORMAT, PACK_TABLES


def facts_of(region: Region) -> dict[str, str]:
    """The facts about the pack itself."""
    return {
        "format": str(FORMAT),
        "id": region.id,
        **pair_cells("name", region.name),
        "edition": region.edition,
        "simulated": yes_text(region.simulated),
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
        "members": _members,
        "routes": _routes,
        "goals": _goals,
        "comparisons": _comparisons,
        "assumptions": _assumptions,
        "quotas": _quotas,
    }
    return {table.name: [filled_cells(row) for row in makers[table.name](region)] for table in PACK_TABLES}


def _documents(region: Region) -> Iterable[dict[str, str]]:
    for d in region.documents.values():
        yield {
            "id": d.id,
            **pair_cells("title", d.title),
            **pair_cells("issuer", d.issuer),
            "issued": day_text(d.issued),
            "period_from": whole_text(d.period_from),
            "period_to": whole_text(d.period_to),
            "text_lines": whole_text(d.lines),
            "text_sha256": d.sha256,
        }


def _areas(region: Region) -> Iterable[dict[str, str]]:
    for a in region.areas.values():
        yield {
            "id": a.id,
            **pair_cells("name", a.name),
            "kind": a.kind,
            "within": a.within,
            "leading_zh": "、".join(t.zh for t in a.leading),
            "leading_en": "; ".join(t.en for t in a.leading),
            **document_cells(a.source),
            **pair_cells("note", a.note),
        }


def _indicators(region: Region) -> Iterable[dict[str, str]]:
    for i in region.indicators.values():
        yield {
            "id": i.id,
            **pair_cells("name", i.name),
            "unit": i.unit,
            "additive": yes_text(i.additive),
            "product": i.product,
            "prices": i.prices,
            **pair_cells("note", i.note),
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
            **quantity_cells(f.value, f.places),
            "table": f.table,
            "of": f.of,
            "since": whole_text(f.since),
            "included_in": f.included_in,
            **document_cells(f.source),
            "mark": f.mark.code,
            **pair_cells("note", f.note),
        }


def _targets(region: Region) -> Iterable[dict[str, str]]:
    for t in region.targets.values():
        yield {
            "id": t.id,
            "area": t.area,
            "indicator": t.indicator,
            "form": t.form.value,
            "comparator": t.comparator.value,
            **quantity_cells(t.value, t.places),
            "upper": printed_text(t.upper.value, t.places) if t.upper else "",
            "from_year": whole_text(t.from_year),
            "year": str(t.year),
            "binding": t.binding.value,
            "base": t.base,
            **pair_cells("words", t.words),
            "printed": t.printed,
            **document_cells(t.source),
            **pair_cells("note", t.note),
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
            **pair_cells("note", p.note),
        }


def _members(region: Region) -> Iterable[dict[str, str]]:
    for m in region.members:
        yield {
            "indicator": m.indicator,
            "area": m.area,
            "number": str(m.number),
            **pair_cells("name", m.name),
            **document_cells(m.source),
            **pair_cells("note", m.note),
        }


def _routes(region: Region) -> Iterable[dict[str, str]]:
    for r in region.routes:
        yield {
            "product": r.product,
            "process": r.process,
            **coefficient_cells("share", r.share),
            **note_cells(r.share),
        }


def _goals(region: Region) -> Iterable[dict[str, str]]:
    for g in region.goals:
        yield {
            "year": str(g.year),
            "target": g.target,
            "product": g.product,
            "role": g.role,
            **coefficient_cells("split", g.split),
            **note_cells(g.split),
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
            **pair_cells("label", c.label),
            **pair_cells("note", c.note),
        }


def _assumptions(region: Region) -> Iterable[dict[str, str]]:
    for a in region.assumptions.values():
        yield {
            "id": a.id,
            **pair_cells("name", a.name),
            **coefficient_cells("value", a.value),
            "unit": a.value.unit,
            "material": a.material,
            **pair_cells("note", a.note),
        }


def _quotas(region: Region) -> Iterable[dict[str, str]]:
    for q in region.quotas:
        yield {
            "year": str(q.year),
            "batch": q.batch,
            "scope": q.scope,
            "kind": q.kind,
            "ore_type": q.ore_type,
            "holder_zh": q.holder.zh,
            "holder": q.holder.en,
            **quantity_cells(q.amount, exact_places(q.amount.value)),
            "source": q.source,
            "mark": q.mark.code,
            "valid_from": day_text(q.validity.valid_from),
            "valid_to": day_text(q.validity.valid_to),
            "known_at": day_text(q.validity.known_at),
        }


def exact_places(value: Fraction) -> int:
    """The fewest decimals that write the value exactly (its denominator divides a power of ten)."""
    decimals, rest = 0, value.denominator
    while (10**decimals) % rest:
        decimals += 1
    return decimals
