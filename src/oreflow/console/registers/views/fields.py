"""The register of fields, and the yearly confirmation of an enterprise's own record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from oreflow.console import clock, tables
from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.refusals import Invalid, Stale
from oreflow.core.provenance import Text

from .. import access, actions, confirmations, fieldbook
from ..listing import narrowed
from ..plain_tables import download
from ..registry import ENTERPRISE
from .pages import desk, show
from .writing import version_in

PAGE_SIZE = 50


@require_GET
@desk
def fields(request: HttpRequest) -> HttpResponse:
    """Every field of every register: owner, source, class, unit, who sees it, where it is used."""
    table = fieldbook.table()
    shown = tables.listing(table, fieldbook.rows(), request.GET)
    if request.GET.get("format"):
        return download(table.name, request.GET["format"], *tables.plain_rows(table, shown.rows))
    return show(request, "registers/fields.html", {"list": shown})


@require_http_methods(["GET", "POST"])
@desk
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm one's own enterprise's record; authorities see who has."""
    viewer = viewer_of(request)
    own = confirmations.own_enterprise(viewer)
    if own is None:
        return _overview(request, viewer)
    problem: Text | None = None
    if request.method == "POST":
        try:
            count = actions.confirm(viewer, version_in(request), request.POST.getlist("confirm"))
        except (Stale, Invalid) as error:
            problem = error.text
        else:
            said = ngettext("%(count)d field was confirmed.", "%(count)d fields were confirmed.", count)
            messages.success(request, said % {"count": count})
            return HttpResponseRedirect(reverse("confirm"))
    return _record(request, viewer, own.pk, problem)


@require_GET
@desk
def confirmed(request: HttpRequest, record_id: int) -> HttpResponse:
    """An enterprise's confirmations, to read."""
    return _record(request, viewer_of(request), record_id, None)


def _record(request: HttpRequest, viewer: Viewer, record_id: int, problem: Text | None) -> HttpResponse:
    record = access.find(ENTERPRISE, viewer, record_id)
    own = confirmations.own_enterprise(viewer)
    lines = confirmations.lines(viewer, record)
    states = [line.standing for line in lines]
    context: dict[str, Any] = {
        "record": record, "lines": lines, "problem": problem, "register": ENTERPRISE, "year": clock.today().year,
        "may_confirm": confirmations.may_confirm(viewer) and own is not None and own.pk == record.pk,
        "own": own is not None and own.pk == record.pk,
        "count": states.count(confirmations.Standing.CONFIRMED), "total": len(states),
    }  # fmt: skip
    return show(request, "registers/confirm.html", context, 409 if problem else 200)


def _overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    wish = request.GET.get("page", "")
    page = max(1, int(wish)) if wish.isascii() and wish.isdigit() and len(wish) < 6 else 1
    asked = QueryDict(mutable=True)
    asked["q"] = request.GET.get("q", "")
    rows, _filters, words = narrowed(ENTERPRISE, viewer, asked)
    start = (page - 1) * PAGE_SIZE
    found: list[Any] = list(rows.order_by("name", "pk")[start : start + PAGE_SIZE + 1])
    context = {
        "summaries": confirmations.summaries(viewer, found[:PAGE_SIZE]), "page": page, "words": words,
        "more": len(found) > PAGE_SIZE, "year": clock.today().year, "title": _("Yearly confirmation"),
    }  # fmt: skip
    return show(request, "registers/confirmations.html", context)
