"""Organisations that change: renamed, merged, split."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oreflow.console import clock
from oreflow.console.errors import ConsoleError

from .. import actions, changes
from ..access import Viewer, found, viewer_of, visible_organisations
from ..forms import needed_day, number, numbers, text
from ..guard import signed_in
from ..models import ENTERPRISES, Organisation
from .answers import problems_of

MOST_CHOICES = 500


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_changes(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Rename, merge or split an organisation; what changed before."""
    viewer = viewer_of(request)
    organisation = found(visible_organisations(viewer), pk=organisation_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _change(viewer, organisation_id, request.POST)
        except ConsoleError as refusal:
            problems = problems_of(refusal)
        else:
            messages.success(request, _("The change is entered."))
            return HttpResponseRedirect(request.path)
    others = visible_organisations(viewer).exclude(pk=organisation.pk).filter(valid_to__isnull=True)
    context = {
        "record_url": reverse("record", args=(_register_key(organisation), organisation.pk)),
        "organisation": organisation, "why_not": changes.why_not_change(viewer, organisation), "problems": problems,
        "given": request.POST, "others": _choices(others, viewer), "today": clock.today(),
        "steps": organisation.successions.select_related("successor", "recorded_by").order_by("-effective", "-pk"),
        "lists": _lists(organisation),
        "origins": organisation.origins.exclude(predecessor=organisation).select_related("predecessor"),
    }  # fmt: skip
    return render(request, "people/changes.html", context, status=422 if problems else 200)


def _register_key(organisation: Organisation) -> str:
    return "enterprises" if organisation.kind in ENTERPRISES else "organisations"


def _lists(organisation: Organisation) -> list[dict[str, Any]]:
    """The lists of what an organisation owns, with their names."""
    from oreflow.console.registers import handing_over  # the registers stand on people

    return [
        {"name": r.name, "url": f"{reverse('register', args=(r.key,))}?organisation={organisation.pk}"}
        for r in handing_over.owned()
    ]


def _choices(others: QuerySet[Organisation], viewer: Viewer) -> list[Organisation]:
    rows = others.order_by("name")[:MOST_CHOICES]
    return [o for o in rows if changes.why_not_change(viewer, o) is None]


def _change(viewer: Viewer, organisation_id: int, given: Any) -> None:
    manner, version = given.get("manner", ""), number(given, "version")
    effective, reason = needed_day(given, "effective"), text(given, "reason")
    if manner == "rename":
        actions.rename(viewer, organisation_id, version, text(given, "name"), effective, reason)
    elif manner == "merger":
        move = given.get("people") == "move"
        actions.merge(viewer, organisation_id, version, number(given, "successor"), effective, reason, move_people=move)
    elif manner == "split":
        heir = number(given, "people_to") or None
        actions.split(viewer, organisation_id, version, numbers(given, "successors"), effective, reason, people_to=heir)
    else:
        raise Http404
