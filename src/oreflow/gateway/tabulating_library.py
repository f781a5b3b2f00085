"""A library back to tables of text."""

from __future__ import annotations

from collections.abc import Iterable

from oreflow.core.materials import Library

from .library_schema import LIBRARY_TABLES
from .printing import (
    TableRows,
    coefficient_cells,
    decimal_text,
    filled_cells,
    note_cells,
    pair_cells,
    source_cells,
    whole_text,
    yes_text,
)


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
    return {table.name: [filled_cells(row) for row in makers[table.name](library)] for table in LIBRARY_TABLES}


def _references(library: Library) -> Iterable[dict[str, str]]:
    for r in library.references.values():
        yield {"key": r.key, **pair_cells("citation", r.citation), "url": r.url}


def _materials(library: Library) -> Iterable[dict[str, str]]:
    for m in library.materials.values():
        yield {
            "id": m.id,
            **pair_cells("name", m.name),
            "category": m.category,
            "unit": m.unit,
            "formula": m.formula,
            "complete": yes_text(m.complete),
            "density": decimal_text(m.density) if m.density is not None else "",
            "mark": m.mark.code,
            "hs6": m.hs6,
            "cn8": m.cn8,
            **pair_cells("note", m.note),
        }


def _contents(library: Library) -> Iterable[dict[str, str]]:
    for m in library.materials.values():
        for element, content in m.contents.items():
            yield {
                "material": m.id,
                "element": element,
                **coefficient_cells("fraction", content),
                **source_cells(content),
            }


def _groups(library: Library) -> Iterable[dict[str, str]]:
    for g in library.groups.values():
        yield {"id": g.id, **pair_cells("name", g.name), "unit": g.unit, "members": " ".join(g.members)}


def _processes(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        yield {
            "id": p.id,
            **pair_cells("name", p.name),
            "chain": p.chain,
            "product": p.product,
            "product_unit": p.product_unit,
            "feed": p.feed,
            "energy_includes_electricity": yes_text(p.energy_includes_electricity),
            "sources": " ".join(p.sources),
            **pair_cells("note", p.note),
        }


def _flows(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for f in p.flows:
            yield {
                "process": p.id,
                "material": f.material,
                "role": f.role.value,
                **coefficient_cells("amount", f.amount),
                "unit": f.amount.unit,
                **source_cells(f.amount, p),
                **note_cells(f.amount),
            }


def _burdens(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for burden, value in p.burdens.items():
            yield {
                "process": p.id,
                "burden": burden.value,
                **coefficient_cells("value", value),
                "unit": value.unit,
                **source_cells(value, p),
            }


def _recoveries(library: Library) -> Iterable[dict[str, str]]:
    for p in library.processes.values():
        for r in p.recoveries:
            yield {
                "process": p.id,
                "element": r.element,
                "into": r.into,
                **coefficient_cells("value", r.value),
                **source_cells(r.value, p),
                **note_cells(r.value),
            }


def _distributions(library: Library) -> Iterable[dict[str, str]]:
    for ore, oxides in library.distributions.items():
        for oxide, value in oxides.items():
            yield {
                "ore": ore,
                "oxide": oxide,
                **coefficient_cells("fraction", value),
                **source_cells(value),
            }


def _factors(library: Library) -> Iterable[dict[str, str]]:
    for f in library.factors.values():
        yield {
            "id": f.id,
            **pair_cells("name", f.name),
            **coefficient_cells("value", f.value),
            "unit": f.value.unit,
            "basis": f.basis,
            "year": whole_text(f.year),
            **source_cells(f.value),
        }
