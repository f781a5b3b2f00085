"""The one door for reads: regions by id, and what the engines say of them, computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from oreflow.console.people.access import Viewer
from oreflow.core.chain import (
    FlowPicture,
    Origin,
    PlanView,
    Requirements,
    Scenario,
    explain,
    explain_answer,
    require,
    view,
    years,
)
from oreflow.core.chain import picture as draw
from oreflow.core.materials import GuardReport, guard
from oreflow.core.provenance import Finding
from oreflow.core.region import Region
from oreflow.core.targets import check
from oreflow.gateway import load_pack

Item = TypeVar("Item")
Key = tuple[tuple[tuple[str, float], ...], float | None, tuple[tuple[str, float], ...]]


def region_ids() -> tuple[str, ...]:
    """Regions that the console shows, the default one first."""
    return tuple(settings.OREFLOW_REGIONS)


def default_region_id() -> str:
    """The region of the first page."""
    return region_ids()[0]


@lru_cache(maxsize=8)
def _load(region_id: str) -> Region:
    return load_pack(region_id)


def find_region(region_id: str) -> Region | None:
    """The region, or None where there is no such region."""
    return _load(region_id) if region_id in region_ids() else None


def region(region_id: str, viewer: Viewer | None = None) -> Region:
    """The region; with a viewer, including the figures accepted from plans that it sees. Unknown ids answer 404."""
    found = find_region(region_id)
    if found is None:
        raise Http404(region_id)
    return found if viewer is None else _accepted().region_for(found, viewer)


def read_in(of: str, viewer: Viewer, cell: str) -> str:
    """The address at the reading desk of what a figure or target was read in; empty for those of the pack."""
    base = find_region(of)
    place = _accepted().seen(base, viewer).read_in.get(cell) if base is not None else None
    return f"{reverse('document', args=(place[0],))}?item={place[1]}" if place else ""


def desk_of(viewer: Viewer, document_id: str) -> str:
    """The address of a document at the reading desk; empty for those of the pack."""
    held = _accepted().held_document(viewer, document_id)
    return reverse("document", args=(held.pk,)) if held is not None else ""


def held_lines(viewer: Viewer, document_id: str) -> tuple[str, ...]:
    """The lines of a document that the reading desk keeps; none for those of the pack."""
    held = _accepted().held_document(viewer, document_id)
    return tuple(held.text.split("\n")) if held is not None else ()


def _accepted() -> Any:
    from oreflow.console.reading import regions  # the reading desk stands on the regions

    return regions


class _Edition:
    """A region compared by its hash, so that what is computed from it is computed once."""

    def __init__(self, of: Region) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Edition) and other.of.hash == self.of.hash

    def __hash__(self) -> int:
        return hash(self.of.hash)


def one(items: Mapping[str, Item], key: str) -> Item:
    """One item of a region by id; unknown ids answer 404."""
    if key not in items:
        raise Http404(key)
    return items[key]


@lru_cache(maxsize=32)
def _findings(edition: _Edition) -> tuple[Finding, ...]:
    return tuple(check(edition.of))


def findings(of: Region) -> tuple[Finding, ...]:
    """What the checks of targets and figures found."""
    return _findings(_Edition(of))


def chain_years(of: Region) -> tuple[int, ...]:
    """Years for which the region has a chain, the last one first."""
    return tuple(sorted(years(of), reverse=True))


def key_of(scenario: Scenario) -> Key:
    """A scenario as a cache key."""
    return (
        tuple(sorted(scenario.shares.items())),
        scenario.utilisation,
        tuple(sorted(scenario.purchases.items())),
    )


def _scenario(key: Key) -> Scenario:
    shares, utilisation, purchases = key
    return Scenario(dict(shares), utilisation, dict(purchases))


def _cached(compute: Callable[..., Any]) -> Callable[..., Any]:
    return lru_cache(maxsize=512)(compute)


@_cached
def _view(region_id: str, year: int, key: Key) -> PlanView:
    return view(_load(region_id), year, _scenario(key))


@_cached
def _requirements(region_id: str, year: int, key: Key) -> Requirements:
    return require(_load(region_id), year, _scenario(key))


@_cached
def _picture(region_id: str, year: int, key: Key, group: str) -> FlowPicture:
    return draw(_load(region_id), year, _scenario(key), group)


@lru_cache(maxsize=8)
def _guard(region_id: str) -> GuardReport:
    return guard(_load(region_id).library)


def plan_view(of: Region, year: int, scenario: Scenario) -> PlanView:
    """The first page's values for one setting of the sliders."""
    found: PlanView = _view(of.id, year, key_of(scenario))
    return found


def requirements(of: Region, year: int, scenario: Scenario) -> Requirements:
    """Every balance and activity of a year."""
    found: Requirements = _requirements(of.id, year, key_of(scenario))
    return found


def picture(of: Region, year: int, scenario: Scenario, group: str) -> FlowPicture:
    """The flows of a year, narrowed to what leads to `group` where it is given."""
    found: FlowPicture = _picture(of.id, year, key_of(scenario), group)
    return found


def origins(of: Region, year: int, scenario: Scenario, material: str) -> Mapping[str, Origin]:
    """How the need and the arising of a material or burden come about."""
    return explain(of, year, scenario, material)


def answer_origins(of: Region, year: int, scenario: Scenario, comparison: str) -> Mapping[str, Origin]:
    """How both sides of a comparison and its gap come about."""
    return explain_answer(of, year, scenario, comparison)


def guarded(of: Region) -> GuardReport:
    """What the stoichiometric guard says of the region's library."""
    return _guard(of.id)


def warm_up() -> None:
    """Load the default region and compute its first page."""
    first = region(default_region_id())
    findings(first)
    for year in chain_years(first)[:1]:
        plan_view(first, year, Scenario())
