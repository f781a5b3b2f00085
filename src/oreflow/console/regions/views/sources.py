"""Plan texts: which figures and targets stand in which lines, and the lines themselves where given."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of

from .. import access, texts
from ..presenters import said, style_of
from .pages import show


@require_GET
def index(request: HttpRequest, region_id: str) -> HttpResponse:
    """Every document of the region, with how much was read from it."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    rows = [texts.summary(region, d, style) for d in region.documents.values()]
    return show(request, "regions/sources.html", region, {"documents": rows})


@require_GET
def document(request: HttpRequest, region_id: str, document_id: str) -> HttpResponse:
    """One document, at some of its lines."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    found = access.one(region.documents, document_id)
    wished = request.GET.get("lines", "")
    asked = texts.ranges(wished)
    context = {
        "document": found,
        "title": said(found.title, style),
        "asked": wished if asked else "",
        "unreadable": bool(wished) and not asked,
        "here": texts.statements(region, found, asked, style),
        "near": texts.neighbours(region, found, asked, style) if asked else [],
        "excerpt": texts.excerpt(found, asked, access.held_lines(viewer_of(request), document_id)),
        "desk": access.desk_of(viewer_of(request), document_id),
        "heading": _("Lines %(lines)s") % {"lines": wished.replace("-", "–")} if asked else said(found.title, style),
    }
    return show(request, "regions/source.html", region, context)
