"""What the reader of a document asked for in the URL: kind, filters, page, the chosen item and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from oreflow.console.reading.models import Item
from oreflow.console.tables import LONGEST_SEARCH

from . import words
from .held import Held

STATES = ("open", "accepted", "rejected")
DOINGS = ("accept", "correct", "reject", "reopen", "split", "merge", "add", "bulk")
MOST_MERGED = 20
BIGGEST = 2**31


@dataclass(frozen=True, slots=True)
class Wish:
    """The query of the desk, read; unknown values are dropped."""

    kind: str = ""
    state: str = ""
    sure: str = ""
    section: int | None = None
    q: str = ""
    item: int | None = None
    at: int | None = None
    page: int = 1
    do: str = ""
    merge: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None
    parts: int = 2
    batch: str = ""
    pane: str = ""

    def url(self, **changes: Any) -> str:
        """The address of this wish with some of it changed."""
        return query(replace(self, **changes))


def read(params: QueryDict) -> Wish:
    """The wish that a query expresses."""
    kind, state, do = params.get("kind", ""), params.get("state", ""), params.get("do", "")
    return Wish(
        kind=kind if kind in Item.Kind.values else "",
        state=state if state in STATES else "",
        sure=params.get("sure", "") if words.bounds_of(params.get("sure", "")) else "",
        section=whole(params.get("section")),
        q=params.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        item=whole(params.get("item")),
        at=whole(params.get("at")),
        page=max(1, whole(params.get("page")) or 1),
        do=do if do in DOINGS else "",
        merge=tuple(n for n in map(whole, params.getlist("merge")[:MOST_MERGED]) if n),
        start=whole(params.get("start")),
        end=whole(params.get("end")),
        parts=min(max(whole(params.get("parts")) or 2, 2), 8),
        batch=params.get("batch", "")[:32] if params.get("batch", "").isalnum() else "",
        pane="items" if params.get("pane") == "items" else "",
    )


def query(wish: Wish) -> str:
    """A wish as a query string, defaults left out."""
    pairs: list[tuple[str, Any]] = [
        ("kind", wish.kind), ("state", wish.state), ("sure", wish.sure), ("section", wish.section), ("q", wish.q),
        ("page", wish.page if wish.page > 1 else None), ("item", wish.item), ("at", wish.at), ("do", wish.do),
        *(("merge", n) for n in wish.merge), ("start", wish.start), ("end", wish.end),
        ("parts", wish.parts if wish.parts > 2 else None), ("batch", wish.batch), ("pane", wish.pane),
    ]  # fmt: skip
    return f"?{urlencode([(k, v) for k, v in pairs if v not in ('', None)])}"


def whole(text: str | None) -> int | None:
    """A whole number of a query, or None."""
    if text and text.isascii() and text.isdigit() and len(text) < 11 and int(text) < BIGGEST:
        return int(text)
    return None


def narrowed(rows: QuerySet[Item], wish: Wish, held: Held, *, kind: bool = True) -> QuerySet[Item]:
    """The items that the filters leave."""
    if kind and wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.state:
        rows = rows.filter(state=wish.state)
    bounds = words.bounds_of(wish.sure)
    if bounds:
        rows = rows.filter(confidence__gte=bounds[0], confidence__lt=bounds[1])
    if wish.section is not None and wish.section < len(held.sections):
        section = held.sections[wish.section]
        rows = rows.filter(start__gte=section.start, start__lt=section.end)
    for word in wish.q.split():
        rows = rows.filter(Q(quote__icontains=word) | Q(values__subject__icontains=word))
    return rows
