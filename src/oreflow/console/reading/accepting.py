"""Items accepted into the registers: one by one, many at once, and taken back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Invalid
from oreflow.console.regions import access as regions
from oreflow.console.registers.references import References
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import editions
from oreflow.core.region import Region

from . import access, standing
from .deciding import PAGE, Act, State, allow, decided, locked, needs, opened, turned_down
from .models import Decision, Document, Item

MOST, PORTION = 5_000, 100  # items of one request, and of one transaction


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of a bulk acceptance: its number for `undo`, how many stand, and which were refused and why.

    `left` is how many more qualify than one request takes.
    """

    batch: str
    accepted: int
    refused: tuple[tuple[Item, Text], ...]
    left: int = 0


def accept(
    viewer: Viewer, item_id: int, version: int, *, target: Mapping[str, Any] | None = None, door: str = PAGE
) -> Item:
    """Accept an item: it becomes a record of its register; `target` are values instead of the proposed ones.

    An accepted item is accepted again only with a `target`: its record changes, with its history.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        item = locked(viewer, item_id, version)
        needs(item, State.OPEN, State.ACCEPTED)
        if item.state == State.ACCEPTED and not target:
            return item
        region = regions.region(item.document.region)
        _accepted(viewer, item, region, target, door=str(door))
    return item


def _accepted(
    viewer: Viewer, item: Item, region: Region, target: Mapping[str, Any] | None, *, door: str, batch: str = "",
    found: References | None = None,
) -> None:  # fmt: skip
    before = {"state": item.state, "record": item.record_id}
    if item.state == State.ACCEPTED:
        before["records"] = standing.standing(item)
    made = standing.values_of(item, region, target, sure=bool(batch))
    ids = standing.write(item, viewer, made, door=door, batch=batch, found=found) if made else []
    register = standing.REGISTER_OF.get(item.kind)
    item.state = State.ACCEPTED
    item.register, item.record_id = (register.key, ids[0]) if register is not None and ids else ("", None)
    after = {"state": State.ACCEPTED, "register": item.register, "records": ids, "values": made}
    decided(viewer, item, Act.ACCEPT, before=before, after=after, batch=batch)


def accept_many(viewer: Viewer, document_id: int, *, kind: str, at_least: float, door: str = PAGE) -> Bulk:
    """Accept all open items of a kind whose confidence is at least this, and those that people corrected.

    What is refused is left open and comes back with the reason. All of it can be taken back with `undo`.

    Raises
    ------
    Http404, Refused, Invalid
    """
    if kind not in Item.Kind.values or not 0 <= at_least <= 1:
        raise Invalid({"kind": Text("类别或置信度不对。", "The kind or the confidence is not right.")})
    document = _deciding_document(viewer, document_id)
    region, found, batch = regions.region(document.region), References(viewer), secrets.token_hex(12)
    sure = Q(confidence__gte=at_least) | Q(corrected=True)
    rows = Item.objects.filter(sure, document=document, kind=kind, state=State.OPEN).order_by("start", "id")

    def one(item: Item) -> None:
        _accepted(viewer, item, region, None, door=str(door), batch=batch, found=found)

    ids = list(rows.values_list("pk", flat=True))
    return replace(_in_portions(batch, document, ids[:MOST], one), left=len(ids[MOST:]))


def _in_portions(batch: str, document: Document, ids: Sequence[int], one: Callable[[Item], None]) -> Bulk:
    """Decide about open items in transactions of a second at most, so that others can write in between."""
    refused: list[tuple[Item, Text]] = []
    accepted = 0
    for start in range(0, len(ids), PORTION):
        with transaction.atomic():
            rows = Item.objects.filter(pk__in=ids[start : start + PORTION], state=State.OPEN)
            for item in list(rows.select_for_update(of=("self",)).order_by("start", "id")):
                item.document = document
                try:
                    with transaction.atomic():
                        one(item)
                    accepted += 1
                except Invalid as error:
                    item.refresh_from_db()
                    refused.append((item, error.text))
    return Bulk(batch, accepted, tuple(refused))


def _deciding_document(viewer: Viewer, document_id: int) -> Document:
    document = access.find_document(viewer, document_id)
    allow(viewer, document)
    return document


def undo(viewer: Viewer, batch: str, *, door: str = PAGE) -> int:
    """Take back a bulk decision; items that were decided about since are left. How many were opened again.

    Raises
    ------
    Http404
        For a batch of another organisation, or of none.
    Refused
    """
    decisions = Decision.objects.filter(batch=batch, act__in=(Act.ACCEPT, Act.REJECT)) if batch else None
    if decisions is None or viewer.organisation is None:
        raise Http404
    mine = decisions.filter(organisation=viewer.organisation)
    if not mine.exists():
        raise Http404
    back, found = 0, list(mine.order_by("pk").values_list("item_id", "pk"))
    for start in range(0, len(found), PORTION):
        with transaction.atomic():
            for item_id, decision_id in found[start : start + PORTION]:
                item = locked(viewer, item_id, None)
                last = item.decisions.order_by("-pk").values_list("pk", flat=True).first()
                if last == decision_id and item.state in (State.ACCEPTED, State.REJECTED):
                    opened(viewer, item, "撤销批量处理 / bulk decision taken back", door=str(door))
                    back += 1
    return back


def carry_over(viewer: Viewer, document_id: int, from_id: int, *, door: str = PAGE) -> Bulk:
    """Repeat the decisions about an earlier edition for the items that have not changed since.

    Accepted items become records with the values that people gave them there; rejected ones are rejected for the
    same reason.

    Raises
    ------
    Http404, Refused
    """
    document, earlier = _deciding_document(viewer, document_id), access.find_document(viewer, from_id)
    region, found, batch = regions.region(document.region), References(viewer), secrets.token_hex(12)
    old = list(Item.objects.filter(document=earlier).exclude(state=State.REPLACED).order_by("start", "id"))
    new = list(Item.objects.filter(document=document, state=State.OPEN).order_by("start", "id"))
    before = {item.pk: then for then, item in unchanged(old, new) if then.state != State.OPEN}

    def one(item: Item) -> None:
        _repeated(viewer, before[item.pk], item, region, door=str(door), batch=batch, found=found)

    return _in_portions(batch, document, list(before), one)


def _repeated(
    viewer: Viewer, before: Item, item: Item, region: Region, *, door: str, batch: str, found: References
) -> None:
    if before.state == State.REJECTED:
        reason = before.decisions.filter(act=Act.REJECT).order_by("-pk").values_list("reason", flat=True).first()
        turned_down(viewer, item, reason or "承接上一版 / as for the earlier edition", batch)
        return
    last = before.decisions.filter(act=Act.ACCEPT).order_by("-pk").first()
    values = (last.after.get("values") or [None])[0] if last is not None else None
    target = _set_by_people(values) if values and item.kind == Item.Kind.STATEMENT else None
    _accepted(viewer, item, region, target, door=door, batch=batch, found=found)


def _set_by_people(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a record as values of a proposal."""
    kept = ("kind", "area", "area_name", "indicator", "form", "comparator", "value", "upper", "unit", "basis",
            "from_year", "year", "binding", "base", "product")  # fmt: skip
    return {"indicator_name": values.get("name", ""), **{k: values[k] for k in kept if k in values}}


def unchanged(old: list[Item], new: list[Item]) -> list[tuple[Item, Item]]:
    """Pairs of items that say the same in both editions."""
    pairs = editions.pairs([editions.Entry(i.kind, i.values, i.quote) for i in old],
                           [editions.Entry(i.kind, i.values, i.quote) for i in new])  # fmt: skip
    return [(old[p.old], new[p.new]) for p in pairs if p.kind == "same"]
