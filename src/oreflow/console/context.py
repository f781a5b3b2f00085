"""What every page's frame needs: the rail, who is looking, the region named in the URL, the switches."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from oreflow import __version__
from oreflow.core.provenance import Text
from oreflow.core.region import Region

from . import clock
from .cases.access import MOST_TASKS, count_tasks
from .cases.places import area_name
from .people.access import INSTALLATION, Viewer, memberships, viewer_of
from .people.models import Organisation, Role
from .regions import access
from .registers.plan_registry import PLAN_REGISTERS
from .registers.registry import REGISTERS
from .registers.spec import Register


@dataclass(frozen=True, slots=True)
class Desk:
    """One entry of the rail; `views` are the URL names that belong to it.

    An entry with `kwargs` is current only where the address has the same ones; `for_whom` is anybody,
    administrators of an organisation, or the installation's administrator.
    """

    label: Any
    icon: str
    view: str
    views: tuple[str, ...]
    in_region: bool = True
    kwargs: dict[str, str] = field(default_factory=dict)
    for_whom: str = "anybody"


PLAN: tuple[tuple[Any, tuple[Desk, ...]], ...] = (
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


def _of_register(register: Register) -> Desk:
    return Desk(
        register.name,
        register.icon,
        "register",
        ("register*", "record*"),
        in_region=False,
        kwargs={"key": register.key},
    )


WORK: tuple[tuple[Any, tuple[Desk, ...]], ...] = (
    (
        _("My work"),
        (
            Desk(_("Home"), "home", "home", ("home",), in_region=False),
            Desk(_("Cases"), "cases", "cases", ("cases", "case", "case-edit", "letter"), in_region=False),
            Desk(_("Documents"), "document", "documents", ("documents", "document", "document-*"), in_region=False),
            Desk(_("Questions"), "search", "ask", ("ask",), in_region=False),
        ),
    ),
    (
        _("Registers"),
        (
            *(_of_register(r) for r in REGISTERS.values() if r not in PLAN_REGISTERS),
            Desk(_("Register of fields"), "fields", "fields", ("fields", "field"), in_region=False),
            Desk(_("Imports"), "imports", "imports", ("imports", "import*"), in_region=False),
        ),
    ),
    (_("From plans"), tuple(_of_register(r) for r in PLAN_REGISTERS)),
    (
        _("Administration"),
        (
            Desk(_("People"), "people", "people", ("people*", "person*"), in_region=False, for_whom="administrators"),
            Desk(_("Operations"), "operations", "operations", ("operations*",), in_region=False, for_whom="system"),
        ),
    ),
)


class Frame:
    """The frame of one request; what costs a query is asked only where a template shows it, and once."""

    def __init__(self, request: HttpRequest, viewer: Viewer) -> None:
        self.viewer = viewer
        self.user = viewer.user or getattr(request, "user", None)
        self.signed_in = bool(getattr(self.user, "is_authenticated", False))
        self.organisation: Organisation | None = viewer.organisation

    @property
    def area(self) -> Text | None:
        """The area that the reader's organisation stands in."""
        return area_name(self.organisation.area_code) if self.organisation else None

    @cached_property
    def tasks(self) -> str:
        """How many cases wait for the reader, as the bar shows it; empty for none."""
        found = count_tasks(self.viewer)
        return "" if not found else f"{found}+" if found >= MOST_TASKS else str(found)

    @cached_property
    def organisations(self) -> list[tuple[int, str]]:
        """The organisations that the reader may act for, by id and name; the installation for its administrator."""
        if self.viewer.user is None:
            return []
        held = memberships(self.viewer.user, clock.today())
        found = {m.organisation_id: m.organisation.name for m in held}
        installation = [(INSTALLATION, str(_("the installation")))] if found and self.viewer.user.is_superuser else []
        return [*found.items(), *installation]

    @property
    def acting(self) -> int:
        """The organisation acted for now."""
        return self.organisation.pk if self.organisation else INSTALLATION


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; works on error pages too, where no view matched."""
    match = getattr(request, "resolver_match", None)
    kwargs = match.kwargs if match else {}
    region = _region_of(kwargs)
    frame = Frame(request, viewer_of(request))
    return {
        "frame": frame,
        "frame_region": region,
        "in_region": "region_id" in kwargs,
        "rail": _rail(frame, region, match.url_name if match else "", kwargs),
        "unit_mode": getattr(request, "unit_mode", "wan"),
        "oreflow_version": __version__,
        "demonstration": settings.OREFLOW_DEMONSTRATION,
        "return_path": request.get_full_path(),
    }


def _region_of(kwargs: dict[str, Any]) -> Region | None:
    return access.find_region(kwargs.get("region_id") or access.default_region_id())


def _rail(
    frame: Frame, region: Region | None, here: str | None, kwargs: dict[str, Any]
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The desks that the reader has, in groups; a desk without address yet is left out."""
    groups = (*WORK, *PLAN) if frame.signed_in else PLAN
    rail = []
    for title, desks in groups:
        entries = [_entry(desk, region, here or "", kwargs) for desk in desks if _has(frame.viewer, desk)]
        kept = [e for e in entries if e]
        if kept:
            rail.append((title, kept))
    return rail


def _has(viewer: Viewer, desk: Desk) -> bool:
    if desk.for_whom == "system":
        return viewer.is_system
    return desk.for_whom == "anybody" or viewer.is_system or viewer.has(Role.ADMINISTRATOR)


def _entry(desk: Desk, region: Region | None, here: str, kwargs: dict[str, Any]) -> dict[str, Any]:
    region_id = region.id if region else access.default_region_id()
    given = {"region_id": region_id} if desk.in_region else desk.kwargs
    try:
        url = reverse(desk.view, kwargs=given)
    except NoReverseMatch:
        return {}
    belongs = any(here == v or (v.endswith("*") and here.startswith(v[:-1])) for v in desk.views)
    same = all(kwargs.get(k) == v for k, v in desk.kwargs.items())
    return {"label": desk.label, "icon": desk.icon, "url": url, "current": belongs and same}
