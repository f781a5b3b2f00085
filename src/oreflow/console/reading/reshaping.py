"""Items split, merged, and added where the reader missed something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from . import access
from .deciding import Act, State, allow, decided, locked, needs, record
from .models import Document, Item
from .values import clean

MOST = 50
QUOTED = 4_000


def split(viewer: Viewer, item_id: int, version: int, parts: Sequence[Mapping[str, Any]]) -> list[Item]:
    """Put several items in the place of one.

    Each part holds the values that differ from the item's, and may name its own `start` and `end` within it.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        item = locked(viewer, item_id, version)
        needs(item, State.OPEN)
        if not 2 <= len(parts) <= MOST:
            raise Invalid({"parts": Text(f"请拆成 2 至 {MOST} 条。", f"Split it into 2 to {MOST} parts.")})
        made = [_part(item, number, part) for number, part in enumerate(parts)]
        for one in made:
            one.save()
            record(viewer, one, Act.SPLIT, before={"from": [item.pk]}, after={"values": one.values})
        item.state = State.REPLACED
        decided(viewer, item, Act.SPLIT, before={"state": State.OPEN}, after={"into": [one.pk for one in made]})
    return made


def _part(item: Item, number: int, part: Mapping[str, Any]) -> Item:
    given = dict(part)
    start, end = given.pop("start", item.start), given.pop("end", item.end)
    try:
        values = clean(item.kind, given, item.values)
        start, end = _span(item.document, start, end, item.start, item.end)
    except Invalid as error:
        raise Invalid({f"{number}.{key}": text for key, text in error.problems.items()}) from error
    return _new(item.document, item.kind, start, end, values, [item.pk], confidence=item.confidence, corrected=True)


def merge(viewer: Viewer, item_ids: Sequence[int], versions: Sequence[int], values: Mapping[str, Any]) -> Item:
    """Put one item in the place of several of the same kind and document.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    ids = list(dict.fromkeys(item_ids))
    if not 2 <= len(ids) <= MOST or len(ids) != len(item_ids) or len(versions) != len(ids):
        raise Invalid({"items": Text(f"请选 2 至 {MOST} 条不同的条目。", f"Choose 2 to {MOST} different items.")})
    with transaction.atomic():
        given = dict(zip(ids, versions, strict=True))
        items = [locked(viewer, item_id, given[item_id]) for item_id in sorted(ids)]
        for item in items:
            needs(item, State.OPEN)
        if len({(i.document_id, i.kind) for i in items}) > 1:
            raise Invalid({"items": Text("只能合并同一文件、同一类的条目。", "Merge items of one document and kind.")})
        items.sort(key=lambda i: (i.start, i.pk))
        first, start, end = items[0], min(i.start for i in items), max(i.end for i in items)
        made = _new(
            first.document, first.kind, start, end, clean(first.kind, values, first.values), [i.pk for i in items],
            confidence=min(i.confidence for i in items), corrected=True,
        )  # fmt: skip
        made.save()
        record(viewer, made, Act.MERGE, before={"from": made.came_from}, after={"values": made.values})
        for item in items:
            item.state = State.REPLACED
            decided(viewer, item, Act.MERGE, before={"state": State.OPEN}, after={"into": [made.pk]})
    return made


def add_item(viewer: Viewer, document_id: int, kind: str, start: int, end: int, values: Mapping[str, Any]) -> Item:
    """Add what the reader missed, tied to characters of the text.

    Raises
    ------
    Http404, Refused, Invalid
    """
    if kind not in Item.Kind.values:
        raise Invalid(
            {"kind": Text("没有这一类条目。", f"There is no such kind; there are: {', '.join(Item.Kind.values)}.")}
        )
    with transaction.atomic():
        document = access.visible_documents(viewer).filter(pk=document_id).first()
        if document is None:
            raise Http404
        allow(viewer, document)
        start, end = _span(document, start, end, 0, len(document.text))
        made = _new(document, kind, start, end, clean(kind, values), [], confidence=1.0, corrected=False)
        made.by_reader = False
        made.save()
        record(viewer, made, Act.ADD, before={}, after={"values": made.values})
    return made


def _new(
    document: Document, kind: str, start: int, end: int, values: dict[str, Any], came_from: list[int], *,
    confidence: float, corrected: bool,
) -> Item:  # fmt: skip
    return Item(
        document=document, kind=kind, start=start, end=end, quote=document.text[start:end][:QUOTED], values=values,
        confidence=confidence, by_reader=not came_from, corrected=corrected, came_from=came_from,
        changed_at=clock.now(),
    )  # fmt: skip


def _span(document: Document, start: Any, end: Any, low: int, high: int) -> tuple[int, int]:
    """Characters of the text, within bounds.

    Raises
    ------
    Invalid
    """
    try:
        first, last = int(start), int(end)
    except (TypeError, ValueError):
        first, last = -1, -1
    if not low <= first < last <= min(high, len(document.text)):
        raise Invalid(
            {
                "start": Text(
                    f"请在原文中选取 {low} 至 {high} 之间的文字。", f"Select characters between {low} and {high}."
                )
            }
        )
    return first, last
