"""Decisions about items: each a plain form that works without scripts and leads on to the next item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading import access, actions
from oreflow.console.reading.models import Document, Item
from oreflow.console.reading.pages import adoption, batches, desk, fields
from oreflow.console.reading.pages.desk import Trial
from oreflow.console.reading.pages.held import held
from oreflow.console.reading.pages.wish import MOST_MERGED, Wish, whole
from oreflow.console.reading.pages.wish import read as wish_of
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.provenance import Text

from .desk import kept, page

Act = Callable[[Viewer, Item, QueryDict], Item]
_NOT_FOUND = Text(
    "文中找不到这段文字。请在左侧选取，或与原文逐字一致地填写。",
    "These words do not stand in the text. Select them on the left, or type them exactly as they stand there.",
)
_NO_CONFIDENCE = Text("请填写 0 到 100 之间的百分数。", "Write a percentage from 0 to 100.")


def _version(form: QueryDict) -> int:
    return whole(form.get("version")) or 0


def _reason(form: QueryDict) -> str:
    return form.get("reason", "").replace("\x00", "").strip()


def _accept(viewer: Viewer, row: Item, form: QueryDict) -> Item:
    return actions.accept(viewer, row.pk, _version(form), target=adoption.given(row.document, row, form))


def _correct(viewer: Viewer, row: Item, form: QueryDict) -> Item:
    return actions.correct(viewer, row.pk, _version(form), fields.corrected(row, form), _reason(form))


def _reject(viewer: Viewer, row: Item, form: QueryDict) -> Item:
    return actions.reject(viewer, row.pk, _version(form), _reason(form))


def _reopen(viewer: Viewer, row: Item, form: QueryDict) -> Item:
    return actions.reopen(viewer, row.pk, _version(form), _reason(form))


def _split(viewer: Viewer, row: Item, form: QueryDict) -> Item:
    number = min(max(whole(form.get("parts")) or 2, 2), 8)
    parts = [fields.taken(row.kind, form, f"part-{n}-") for n in range(number)]
    return actions.split(viewer, row.pk, _version(form), parts)[0]


ACTS: dict[str, Act] = {
    "accept": _accept, "correct": _correct, "reject": _reject, "reopen": _reopen, "split": _split,
}  # fmt: skip


@require_POST
@signed_in
def decide(request: HttpRequest, document_id: int, item_id: int, act: str) -> HttpResponse:
    """Decide about one item; then the next one to decide is chosen, or the same where it stays open."""
    viewer = viewer_of(request)
    row = access.find_item(viewer, item_id)
    if act not in ACTS or row.document_id != document_id:
        raise Http404
    try:
        done = ACTS[act](viewer, row, request.POST)
    except (Refused, Invalid, Stale) as error:
        problems = error.problems if isinstance(error, Invalid) else {}
        said = None if problems else error.text
        trial = Trial(act, row.pk, request.POST, problems, said, stale=isinstance(error, Stale))
        return page(request, kept(viewer, document_id), trial, error)
    wish = wish_of(request.GET)
    chosen = desk.next_open(viewer, row.document, row, wish) if act in ("accept", "reject") else done
    return _to(document_id, wish, item=chosen.pk if chosen else done.pk)


def _to(document_id: int, wish: Wish, **changes: Any) -> HttpResponseRedirect:
    rest: dict[str, Any] = {"do": "", "at": None, "merge": (), "start": None, "end": None, "parts": 2, "pane": "items"}
    return HttpResponseRedirect(reverse("document", args=[document_id]) + wish.url(**rest | changes))


@require_POST
@signed_in
def accept_many(request: HttpRequest, document_id: int) -> HttpResponse:
    """Accept all open items of a kind that are sure enough."""
    viewer, row = viewer_of(request), kept(viewer_of(request), document_id)
    share, kind = whole(request.POST.get("at_least", "").strip()), request.POST.get("kind", "")
    if share is None or share > 100:
        return page(request, row, Trial("document", said=_NO_CONFIDENCE), Invalid({"at_least": _NO_CONFIDENCE}))
    try:
        done = actions.accept_many(viewer, document_id, kind=kind, at_least=share / 100)
    except (Refused, Invalid, Stale) as error:
        return page(request, row, Trial("document", said=error.text), error)
    batches.remember(request, done.batch, done.refused)
    if done.left:
        left = ngettext(
            "%(n)s more item qualifies: accept again.", "%(n)s more items qualify: accept again.", done.left
        )
        messages.info(request, left % {"n": done.left})
    return _to(document_id, wish_of(request.GET), item=None, page=1, kind=kind, batch=done.batch)


@require_POST
@signed_in
def undo(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take a bulk acceptance back."""
    viewer, row = viewer_of(request), kept(viewer_of(request), document_id)
    batch = request.POST.get("batch", "").replace("\x00", "")[:32]
    try:
        back = actions.undo(viewer, batch)
    except (Refused, Invalid, Stale) as error:
        return page(request, row, Trial("document", said=error.text), error)
    messages.success(request, ngettext("%(n)s item is open again.", "%(n)s items are open again.", back) % {"n": back})
    return _to(document_id, wish_of(request.GET), batch="")


@require_POST
@signed_in
def add(request: HttpRequest, document_id: int) -> HttpResponse:
    """Add by hand what the reader missed."""
    viewer, row = viewer_of(request), kept(viewer_of(request), document_id)
    form, kind = request.POST, request.POST.get("item_kind", "")
    if kind not in Item.Kind.values:
        raise Http404
    try:
        start, end = _place(row, form)
        done = actions.add_item(viewer, document_id, kind, start, end, fields.taken(kind, form))
    except (Refused, Invalid, Stale) as error:
        problems = error.problems if isinstance(error, Invalid) else {}
        return page(request, row, Trial("add", None, form, problems, None if problems else error.text), error)
    messages.success(request, _("Added."))
    return _to(document_id, wish_of(request.GET), item=done.pk, kind=kind, state="", sure="", section=None, q="")


def _place(row: Document, form: QueryDict) -> tuple[int, int]:
    """The characters that an item added by hand is tied to: those selected, else where its words first stand."""
    text = held(row.pk, row.text_sha256).text
    start, end, quote = whole(form.get("start")), whole(form.get("end")), form.get("quote", "").replace("\r\n", "\n")
    if start is not None and end is not None and text[start:end].strip() == quote.strip() != "":
        return start, end
    wanted = quote.strip()
    position = text.find(wanted, start or 0) if wanted else -1
    position = position if position >= 0 or not wanted else text.find(wanted)
    if position < 0:
        raise Invalid({"quote": _NOT_FOUND})
    return position, position + len(wanted)


@require_POST
@signed_in
def merge(request: HttpRequest, document_id: int) -> HttpResponse:
    """Put one item in the place of several."""
    viewer, row = viewer_of(request), kept(viewer_of(request), document_id)
    form = request.POST
    ids = [n for n in map(whole, form.getlist("item")[:MOST_MERGED]) if n]
    versions = [whole(v) or 0 for v in form.getlist("version")[:MOST_MERGED]]
    first = access.items_of(viewer, row).filter(pk__in=ids).first()
    if first is None or len(versions) != len(ids):
        raise Http404
    try:
        done = actions.merge(viewer, ids, versions, fields.taken(first.kind, form))
    except (Refused, Invalid, Stale) as error:
        problems = error.problems if isinstance(error, Invalid) else {}
        return page(request, row, Trial("merge", None, form, problems, None if problems else error.text), error)
    messages.success(request, _("Merged."))
    return _to(document_id, wish_of(request.GET), item=done.pk)


@require_POST
@signed_in
def carry_over(request: HttpRequest, document_id: int) -> HttpResponse:
    """Repeat the decisions about an earlier edition for what has not changed since."""
    viewer, row = viewer_of(request), kept(viewer_of(request), document_id)
    try:
        done = actions.carry_over(viewer, document_id, whole(request.POST.get("from")) or 0)
    except (Refused, Invalid, Stale) as error:
        return page(request, row, Trial("document", said=error.text), error)
    batches.remember(request, done.batch, done.refused)
    return _to(document_id, wish_of(request.GET), item=None, batch=done.batch)
