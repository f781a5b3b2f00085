"""What every decision about an item shares, and the plain ones: correct, reject, open again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.records import Door
from oreflow.console.refusals import Refused, Stale
from oreflow.core.provenance import Text

from . import access, standing
from .adding import said
from .models import Decision, Document, Item
from .values import clean

State: Any = Item.State
Act: Any = Decision.Act
PAGE = str(Door.PAGE)


def correct(viewer: Viewer, item_id: int, version: int, values: Mapping[str, Any], reason: str = "") -> Item:
    """Change some values of an item that is still to be decided.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        item = locked(viewer, item_id, version)
        needs(item, State.OPEN)
        cleaned = clean(item.kind, values, item.values)
        if cleaned == item.values:
            return item
        before, item.values, item.corrected = item.values, cleaned, True
        decided(viewer, item, Act.CORRECT, before={"values": before}, after={"values": cleaned}, reason=said(reason))
    return item


def reject(viewer: Viewer, item_id: int, version: int, reason: str) -> Item:
    """Reject an item: it is no statement of the plan, or of no use; the reason stays with it.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        item = locked(viewer, item_id, version)
        if item.state == State.REJECTED:
            return item
        needs(item, State.OPEN)
        turned_down(viewer, item, said(reason, needed=True))
    return item


def turned_down(viewer: Viewer, item: Item, reason: str, batch: str = "") -> None:
    """Write a rejection, within the caller's transaction."""
    item.state = State.REJECTED
    decided(viewer, item, Act.REJECT, before={"state": State.OPEN}, after={"state": State.REJECTED}, reason=reason,
            batch=batch)  # fmt: skip


def reopen(viewer: Viewer, item_id: int, version: int, reason: str = "", *, door: str = PAGE) -> Item:
    """Open a decided item again; what it became in a register ends, with its history.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        item = locked(viewer, item_id, version)
        if item.state == State.OPEN:
            return item
        needs(item, State.ACCEPTED, State.REJECTED)
        opened(viewer, item, said(reason), door=str(door))
    return item


def opened(viewer: Viewer, item: Item, reason: str, *, door: str, batch: str = "") -> None:
    """Open an item again, within the caller's transaction."""
    before = {"state": item.state, "register": item.register, "record": item.record_id}
    if item.state == State.ACCEPTED:
        before["records"] = standing.standing(item)
        standing.end(item, viewer, door=door, reason=reason)
    item.state, item.register, item.record_id = State.OPEN, "", None
    decided(viewer, item, Act.REOPEN, before=before, after={"state": State.OPEN}, reason=reason, batch=batch)


def locked(viewer: Viewer, item_id: int, version: int | None) -> Item:
    """An item that the viewer may decide about, held until the transaction ends.

    Raises
    ------
    Http404, Refused, Stale
    """
    documents = access.visible_documents(viewer).order_by().values("pk")
    rows = Item.objects.filter(document__in=documents).select_for_update(of=("self",))
    item: Item | None = rows.select_related("document", "document__organisation").filter(pk=item_id).first()
    if item is None:
        raise Http404
    allow(viewer, item.document)
    if version is not None and item.version != version:
        raise Stale(version, item.version)
    return item


def allow(viewer: Viewer, document: Document) -> None:
    """Refuse who may not decide about a document.

    Raises
    ------
    Refused
    """
    refusal = access.why_not_decide(viewer, document)
    if refusal is not None:
        raise Refused(refusal)


def needs(item: Item, *states: str) -> None:
    """Refuse a decision that another one stands before.

    Raises
    ------
    Refused
    """
    if item.state not in states:
        raise Refused(_MOVED_ON[item.state])


_MOVED_ON = {
    State.OPEN: Text("此条尚未审核。", "This item has not been decided about."),
    State.ACCEPTED: Text("此条已采纳。请先撤销采纳，再作修改。", "It is accepted. Open it again first."),
    State.REJECTED: Text("此条已不采纳。请先恢复，再作修改。", "It is rejected. Open it again first."),
    State.REPLACED: Text(
        "此条已拆分或合并，不能再改。", "It was split or merged; decide about what stands in its place."
    ),
}


def decided(
    viewer: Viewer, item: Item, act: str, *, before: Mapping[str, Any], after: Mapping[str, Any], reason: str = "",
    batch: str = "",
) -> None:  # fmt: skip
    """Save an item with its next version and the entry of its history."""
    item.version += 1
    item.changed_at = clock.now()
    item.save()
    record(viewer, item, act, before=before, after=after, reason=reason, batch=batch)


def record(
    viewer: Viewer, item: Item, act: str, *, before: Mapping[str, Any], after: Mapping[str, Any], reason: str = "",
    batch: str = "",
) -> None:  # fmt: skip
    """Write one entry of an item's history."""
    Decision.objects.create(
        item=item, act=act, before=dict(before), after=dict(after), reason=reason, batch=batch, at=clock.now(),
        by=viewer.user, organisation=viewer.organisation,
    )  # fmt: skip
