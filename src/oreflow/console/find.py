"""The search of whoever is signed in: records and cases within reach; the plan's own search is one click away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from oreflow.core.provenance import Text

from .cases import words
from .cases.models import CaseFile
from .cases.tables import selected
from .home import address, record_url
from .people.access import Viewer, viewer_of
from .people.guard import signed_in
from .regions import access as regions
from .registers import search
from .registers.access import visible_to, with_related
from .registers.registry import REGISTERS
from .tables import LONGEST_SEARCH

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What one register holds for the words."""

    name: Text
    icon: str
    rows: list[tuple[str, str, str]]  # words, address, note
    more: str


@require_GET
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Records and cases by words."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    viewer = viewer_of(request)
    context = {
        "search_words": asked,
        "groups": records(viewer, asked) if asked else [],
        "cases": [(c, words.state(c.procedure, c.state)) for c in cases(request, viewer)] if asked else [],
        "plan_url": reverse("search", kwargs={"region_id": regions.default_region_id()}),
    }
    return render(request, "console/find.html", context)


def records(viewer: Viewer, asked: str) -> list[Found]:
    """The first records of each register that match, within reach."""
    out = []
    for register in REGISTERS.values():
        rows: list[Any] = list(
            search.matching(with_related(register, visible_to(register, viewer)), asked)[: SHOWN + 1]
        )
        if rows:
            shown = [(str(r), record_url(register.key, r), _note(r)) for r in rows[:SHOWN]]
            more = address("register", key=register.key) if len(rows) > SHOWN else ""
            out.append(Found(register.name, register.icon, shown, more))
    return out


def _note(record: Any) -> str:
    organisation = getattr(record, "organisation", None)
    return str(organisation) if organisation is not None else ""


def cases(request: HttpRequest, viewer: Viewer) -> list[CaseFile]:
    """The first cases that match by number, subject or applicant."""
    return list(selected(viewer, request.GET).select_related("organisation")[:SHOWN])
