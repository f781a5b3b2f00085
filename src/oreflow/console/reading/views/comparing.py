"""Two editions of a document side by side, and what the checks say of a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading import access
from oreflow.console.reading.models import Document, Item
from oreflow.console.reading.pages import editions, findings
from oreflow.console.reading.pages.wish import whole

from .desk import about, kept

MOST_PAIRS = 500


@require_GET
@signed_in
def diff(request: HttpRequest, document_id: int, other_id: int) -> HttpResponse:
    """Two documents item by item and paragraph by paragraph; the one handed in first is the earlier."""
    viewer = viewer_of(request)
    row, other = kept(viewer, document_id), kept(viewer, other_id)
    if row.pk == other.pk or Document.State.READY not in (row.state, other.state):
        raise Http404
    earlier, later = sorted((row, other), key=lambda d: (d.issued or d.added_at.date(), d.added_at, d.pk))
    shown = about(viewer, row) | {"other": other, "earlier": earlier, "later": later, "here": _("Editions")}
    tab = request.GET.get("tab", "")
    if tab == "text":
        shown["changes"], shown["left_out"] = editions.text_changes(earlier, later)
    else:
        found = editions.compared(_items(viewer, earlier), _items(viewer, later))
        shown |= {"compared": found, "most": MOST_PAIRS, "groups": _groups(found)}
        shown["carry_refusal"] = access.why_not_decide(viewer, later)
    return render(request, "reading/diff.html", shown | {"tab": "text" if tab == "text" else "items"})


def _items(viewer: object, document: Document) -> list[Item]:
    return list(access.items_of(viewer, document))  # type: ignore[arg-type]


def _groups(found: editions.Compared) -> list[tuple[str, str, list[editions.Pair], int]]:
    """Changed, added and removed items with their headings, each cut at MOST_PAIRS."""
    named = (("changed", _("Altered"), found.changed), ("added", _("Added"), found.added),
             ("removed", _("Removed"), found.removed))  # fmt: skip
    return [(key, label, rows[:MOST_PAIRS], len(rows)) for key, label, rows in named]


@require_GET
@signed_in
def checks(request: HttpRequest, document_id: int) -> HttpResponse:
    """What the checks found inside a document, against its region, and against another document."""
    viewer = viewer_of(request)
    row = kept(viewer, document_id)
    if row.state != Document.State.READY:
        raise Http404
    other_id = whole(request.GET.get("with"))
    other = kept(viewer, other_id) if other_id else None
    others = access.listed_documents(viewer).filter(state=Document.State.READY).exclude(pk=row.pk)
    shown = about(viewer, row) | findings.context(viewer, row, other) | {
        "here": _("Checks"), "tab": "checks", "other": other, "others": list(others[:200]),
        "everything": "all" in request.GET, "desk_url": reverse("document", args=[row.pk]),
    }  # fmt: skip
    return render(request, "reading/checks.html", shown)
