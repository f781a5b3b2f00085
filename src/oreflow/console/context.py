"""What every page's frame needs: the rail, the region named in the URL, the switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oreflow import __version__
from oreflow.core.region import Region

from .regions import access


@dataclass(frozen=True, slots=True)
class Desk:
    """One entry of the rail; `views` are the URL names that belong to it."""

    label: Any
    icon: str
    view: str
    views: tuple[str, ...]
    in_region: bool = True


RAIL: tuple[tuple[Any, tuple[Desk, ...]], ...] = (
    (
        _("Plan"),
        (
            Desk(_("Plan check-up"), "plan", "first", ("first", "answer")),
            Desk(_("Targets"), "targets", "targets", ("targets", "target")),
            Desk(_("Actual figures"), "figures", "figures", ("figures", "figure")),
            Desk(_("Checks"), "checks", "checks", ("checks",)),
            Desk(_("Chain"), "chain", "chain", ("chain", "balance")),
        ),
    ),
    (
        _("Reference"),
        (
            Desk(_("Materials and processes"), "library", "library", ("library", "material", "process", "doubtful")),
            Desk(_("Plan texts"), "sources", "sources", ("sources", "source")),
        ),
    ),
    (
        _("Help"),
        (
            Desk(_("How to read it"), "help", "help", ("help",), in_region=False),
            Desk(_("Data interface"), "api", "api-docs", ("api-docs",), in_region=False),
            Desk(_("About"), "about", "about", ("about",), in_region=False),
        ),
    ),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; works on error pages too, where no view matched."""
    match = getattr(request, "resolver_match", None)
    region = _region_of(match.kwargs if match else {})
    here = match.url_name if match else ""
    return {
        "frame_region": region,
        "rail": [(title, [_entry(desk, region, here) for desk in desks]) for title, desks in RAIL],
        "unit_mode": getattr(request, "unit_mode", "wan"),
        "version": __version__,
        "return_path": request.get_full_path(),
    }


def _region_of(kwargs: dict[str, Any]) -> Region | None:
    return access.find_region(kwargs.get("region_id") or access.default_region_id())


def _entry(desk: Desk, region: Region | None, here: str) -> dict[str, Any]:
    region_id = region.id if region else access.default_region_id()
    kwargs = {"region_id": region_id} if desk.in_region else {}
    return {
        "label": desk.label,
        "icon": desk.icon,
        "url": reverse(desk.view, kwargs=kwargs),
        "current": here in desk.views,
    }
