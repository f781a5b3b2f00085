"""What only engines can tell of a pack: impossible stoichiometry, loops that cannot carry themselves."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from oreflow.core.materials import Library
from oreflow.core.provenance import Finding
from oreflow.core.region import Region

from .errors import Problems
from .rows import Row, Tables

_PLACES = ("processes", "materials", "groups", "factors")


def check_stoichiometry(library: Library, reference: Library | None, own: Tables, problems: Problems) -> None:
    """Findings of the guard become problems, but for those that the reference has by itself."""
    known = {finding.code for finding in _refused(reference)} if reference else set()
    for finding in _refused(library):
        if finding.code in known:
            continue
        row = _place(finding, own)
        problems.add(
            "guard",
            row.where if row else "processes",
            row.number if row else None,
            "id" if row else "",
            row.word("id") if row else finding.code,
            title_zh=finding.title.zh,
            title_en=finding.title.en,
            detail_zh=finding.detail.zh,
            detail_en=finding.detail.en,
        )


def check_loops(region: Region, tables: Tables, problems: Problems) -> None:
    """Routes that form a loop which uses at least as much of its own product as it makes."""
    if not region.goals or not _goes_round(region):
        return
    from oreflow.core.chain import base_network, non_productive, years

    told = set()
    for year in years(region):
        for finding in non_productive(base_network(region, year)):
            if finding.code not in told:
                told.add(finding.code)
                row = next((r for r in tables["routes"] if r.word("process") in finding.cells), None)
                problems.add(
                    "loop",
                    row.where if row else "routes",
                    row.number if row else None,
                    "process",
                    " → ".join(finding.cells),
                    title_zh=finding.title.zh,
                    title_en=finding.title.en,
                )


def _goes_round(region: Region) -> bool:
    """Whether any product needs itself through its routes; most chains do not, and need no solver."""
    library = region.library
    needs: dict[str, set[str]] = {}
    for route in region.routes:
        process = library.processes[route.process]
        for product in {route.product, process.product}:
            needs.setdefault(product, set()).update(f.material for f in process.inputs)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return True
    return False


def _refused(library: Library) -> tuple[Finding, ...]:
    from oreflow.core.materials.guard import guard

    return guard(library).refused


def _place(finding: Finding, own: Tables) -> Row | None:
    """The row of the pack that a finding speaks of."""
    for table in _PLACES:
        rows = own.by_id(table)
        for cell in finding.cells:
            if cell in rows:
                return rows[cell]
    return None
