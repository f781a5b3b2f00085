"""An item in the terms of its region: what accepting it would write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oreflow.console.regions import access as regions
from oreflow.core.reading import packing
from oreflow.core.reading.packing import Around, Proposal
from oreflow.core.region import Region

from .models import Item

EDITABLE = (
    "kind", "area", "area_name", "indicator", "indicator_name", "form", "comparator", "value", "upper", "unit",
    "basis", "from_year", "year", "binding", "base", "printed", "product",
)  # fmt: skip


def propose(item: Item, region: Region | None = None, given: Mapping[str, Any] | None = None) -> Proposal:
    """What a statement would be in the register of targets; `given` are values that a person set instead.

    `region` is the document's own one where it is left out.
    """
    found = region if region is not None else regions.region(item.document.region)
    made = packing.propose(
        item.values, found, Around.of(item.document.frame), quote=item.quote, confidence=item.confidence
    )
    return packing.with_changes(made, given, found) if given else made


def target_values(proposal: Proposal, region: Region) -> dict[str, Any]:
    """A proposal as plain values of the register of targets; a product that is a group stays with the indicator."""
    product = proposal.product if proposal.product in region.library.materials else ""
    return {
        "name": proposal.indicator_name, "area": proposal.area, "area_name": proposal.area_name,
        "indicator": proposal.indicator, "product": product, "kind": proposal.kind, "form": proposal.form,
        "comparator": proposal.comparator, "value": proposal.value, "upper": proposal.upper, "unit": proposal.unit,
        "basis": proposal.basis, "from_year": _year(proposal.from_year), "year": _year(proposal.year),
        "binding": proposal.binding, "base": proposal.base, "printed": proposal.printed,
        "decimals": str(proposal.decimals),
    }  # fmt: skip


def _year(year: int | None) -> str:
    return "" if year is None else str(year)
