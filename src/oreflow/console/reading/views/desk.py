"""The page of a document: its desk, its progress while it is read, and what concerns the whole of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import Viewer, found, viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading import access, actions
from oreflow.console.reading.models import Document
from oreflow.console.reading.pages import batches, desk, words
from oreflow.console.reading.pages.desk import Trial
from oreflow.console.reading.pages.wish import Wish
from oreflow.console.reading.pages.wish import read as wish_of
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.console.regions.access import find_region

STATUS: dict[type[Exception], int] = {Refused: 403, Invalid: 422, Stale: 409}
STEPS = (95, 90, 85, 70, 0)


@require_GET
@signed_in
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The desk of a document."""
    return page(request, kept(viewer_of(request), document_id))


def kept(viewer: Viewer, document_id: int) -> Document:
    """A document without its text, or 404."""
    row: Document = found(access.listed_documents(viewer), pk=document_id)
    row.title = row.title or row.file_name  # until it is read
    return row


@require_GET
@signed_in
def item(request: HttpRequest, document_id: int, item_id: int) -> HttpResponse:
    """An item's own address leads to the desk with the item chosen."""
    row = access.find_item(viewer_of(request), item_id)
    if row.document_id != document_id:
        raise Http404
    chosen = Wish(item=row.pk, pane="items")
    return HttpResponseRedirect(reverse("document", args=[row.document_id]) + chosen.url())


def page(
    request: HttpRequest, row: Document, trial: Trial | None = None, error: ConsoleError | None = None
) -> HttpResponse:
    """The page as it stands, with what was tried and why it did not happen."""
    viewer = viewer_of(request)
    shown = about(viewer, row) | {"trial": trial or Trial()}
    if row.state == Document.State.READY:
        wish = wish_of(request.GET)
        if trial is not None:
            wish = replace(wish, item=trial.item or wish.item, do=trial.act if trial.act != "document" else wish.do)
        shown |= desk.context(viewer, row, wish, trial)
        shown |= _addresses(shown) | _bulk(shown)
        shown["batch"] = batches.shown(request, row, wish)
    elif row.state == Document.State.FAILED:
        shown["problem"] = _problem(row)
    status = STATUS.get(type(error), 200) if error else 200
    if request.headers.get("HX-Target") == "desk" and row.state == Document.State.READY:
        return render(request, "reading/desk.html", shown | {"partial": True}, status=status)
    return render(request, "reading/document.html", shown, status=status)


def about(viewer: Viewer, row: Document) -> dict[str, Any]:
    """What the head of every page of a document shows."""
    region = find_region(row.region)
    return {
        "document": row,
        "region_name": region.name if region else None,
        "editions": list(access.editions_of(viewer, row)),
        "withdraw_refusal": access.why_not_withdraw(viewer, row),
    }


def _problem(row: Document) -> list[str]:
    """Why a document could not be read: message and remedy in the reader's language."""
    language = "zh" if (get_language() or "en").startswith("zh") else "en"
    texts = [row.problem.get(key) for key in ("message", "remedy")]
    texts = texts if any(texts) else [row.problem]
    return [str(t.get(language) or t.get("en") or "") if isinstance(t, dict) else str(t) for t in texts if t]


def _addresses(shown: dict[str, Any]) -> dict[str, Any]:
    """The addresses that the templates lead to."""
    wish: Wish = shown["wish"]
    held = shown["held"]
    rest: dict[str, Any] = {"page": 1, "item": None, "do": "", "at": None, "pane": "items"}
    sections = [(s, wish.url(section=s.index, **rest)) for s in held.sections]
    on_items = bool(wish.pane == "items" or shown["chosen"] or shown.get("adding") or shown.get("merging"))
    return {
        "section": held.sections[wish.section] if wish.section is not None else None,
        "section_choices": sections,
        "any_section": wish.url(section=None, **rest),
        "any_sure": wish.url(sure="", **rest),
        "no_filters": Wish(kind=wish.kind, pane="items").url(),
        "add_url": wish.url(do="add", item=None, merge=(), start=None, end=None, pane="items"),
        "split_url": wish.url(do="split"),
        "cancel_url": wish.url(do="", merge=(), start=None, end=None),
        "text_url": wish.url(item=None, do="", pane="", at=shown["pane"].start),
        "items_url": wish.url(pane="items"),
        "on_items": on_items,
        "add_kinds": [
            (k, label, wish.url(kind=k, do="add", item=None), k == wish.kind) for k, label in words.KINDS.items()
        ],
    }


def _bulk(shown: dict[str, Any]) -> dict[str, Any]:
    """The counts of the bulk form."""
    shares = shown.get("shares") or []
    if not shares or not shares[0]:
        return {"open_of_kind": 0}
    least = 90
    return {
        "open_of_kind": shares[0],
        "shares_text": " ".join(str(n) for n in shares),
        "bulk_least": least,
        "bulk_count": shares[least],
        "bulk_steps": [(s, shares[s]) for s in STEPS],
    }


@require_GET
@signed_in
def progress(request: HttpRequest, document_id: int) -> HttpResponse:
    """How far the reading is; once it is over the page is loaded anew."""
    row = kept(viewer_of(request), document_id)
    in_row = "row" in request.GET
    if row.state != Document.State.READING and not in_row:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    template = "reading/state.html" if in_row else "reading/progress.html"
    return render(request, template, {"document": row})


@require_POST
@signed_in
def again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Read a document once more."""
    return _whole(
        request, document_id, lambda viewer: actions.read_again(viewer, document_id), _("It is read once more.")
    )


@require_POST
@signed_in
def publish(request: HttpRequest, document_id: int) -> HttpResponse:
    """Show a document to everybody who is signed in, or to its keeper's area alone."""
    public = request.POST.get("public") == "1"
    said = _("Everybody who is signed in may read it now.") if public else _("Only the keeper’s area may read it now.")
    return _whole(request, document_id, lambda viewer: actions.publish(viewer, document_id, public=public), said)


@require_POST
@signed_in
def withdraw(request: HttpRequest, document_id: int) -> HttpResponse:
    """Withdraw a document, with a reason."""
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    said = _("The document was withdrawn.")
    return _whole(
        request, document_id, lambda v: actions.withdraw_document(v, document_id, reason), said, reverse("documents")
    )


def _whole(request: HttpRequest, document_id: int, act: Any, said: str, then: str = "") -> HttpResponse:
    """An act on a whole document: back to its page, which says what happened or why not."""
    try:
        act(viewer_of(request))
    except (Refused, Invalid, Stale) as error:
        row = kept(viewer_of(request), document_id)
        return page(request, row, Trial("document", said=error.text), error)
    messages.success(request, said)
    return HttpResponseRedirect(then or reverse("document", args=[document_id]))
