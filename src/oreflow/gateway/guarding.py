"""The stoichiometric guard over library tables that a pack brings."""

from __future__ import annotations

from oreflow.core.materials import Library
from oreflow.core.provenance import Finding

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
