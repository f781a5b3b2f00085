"""The documents that a viewer may ask, indexed; kept in memory per process by their text, within bounds.

What a viewer may see is asked anew for every question; the memory holds documents, never permissions.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import QuerySet

from oreflow.console.people.access import Viewer
from oreflow.console.reading.access import visible_documents
from oreflow.console.reading.models import Document, Item
from oreflow.core.knowledge import Fact, Held, Index, Indexed, indexed, passages
from oreflow.core.reading.packing import read_number
from oreflow.gateway.held import field_vocabulary, table_rows

MOST_BYTES = 512 * 1024**2
"""Memory that indexed documents may take in one process; a question reaches the newest documents within it."""
PATIENCE = 6.0  # seconds that one question waits for documents that were not indexed yet
AT_ONCE = 20
LONGEST_TERM = 24
STATEMENT, NAME = str(Item.Kind.STATEMENT), str(Item.Kind.NAME)

Key = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question reaches: the index, and how many documents it does not reach yet, or not at all."""

    index: Index
    waiting: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """A section as the outline of a document is kept."""

    start: int
    end: int
    title: str
    parent: int | None


class Memory:
    """Indexed documents by their text; those used longest ago go first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._kept: OrderedDict[Key, Indexed] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: Key) -> Indexed | None:
        """A document that is kept, marked as just used."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, document: Indexed) -> None:
        """Keep a document, in place of its earlier texts; let go of what was used longest ago."""
        with self._lock:
            for old in [k for k in self._kept if k[0] == key[0]]:
                self._weight -= self._kept.pop(old).weight
            self._kept[key] = document
            self._weight += document.weight
            while self._weight > self.most and len(self._kept) > 1:
                self._weight -= self._kept.popitem(last=False)[1].weight

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._weight = 0

    @property
    def weight(self) -> int:
        """The bytes that are taken."""
        return self._weight


MEMORY = Memory()


def reachable(viewer: Viewer, document_id: int | None = None) -> QuerySet[Document]:
    """The documents that a viewer may ask: seen, read, and not withdrawn."""
    rows = visible_documents(viewer).filter(state=Document.State.READY)
    return rows if document_id is None else rows.filter(pk=document_id)


def held_for(viewer: Viewer, document_id: int | None = None, memory: Memory = MEMORY) -> Asked:
    """The documents within a viewer's reach, the newest first, indexed where they are not yet."""
    columns = ("pk", "text_sha256", "title", "region")
    keys: list[Key] = list(reachable(viewer, document_id).values_list(*columns))
    index, weight, missing = Index(vocabulary=field_vocabulary()), 0, []
    for key in keys:
        if (found := memory.get(key)) is None:
            missing.append(key)
        else:
            index.add(found)
            weight += found.weight
    until = time.monotonic() + PATIENCE
    while missing and weight < memory.most and time.monotonic() < until:
        some, missing = missing[:AT_ONCE], missing[AT_ONCE:]
        for key, document in _built(some):
            memory.put(key, document)
            index.add(document)
            weight += document.weight
    full = weight >= memory.most
    return Asked(index, 0 if full else len(missing), len(missing) if full else 0)


def _built(keys: Iterable[Key]) -> Iterable[tuple[Key, Indexed]]:
    """Documents read from the database and indexed."""
    wanted = {key[0]: key for key in keys}
    rows = Document.objects.filter(pk__in=wanted).only(
        "pk", "title", "region", "text", "outline", "tables", "frame", "text_sha256"
    )
    items: dict[int, list[tuple[str, int, int, dict[str, Any]]]] = {}
    said = Item.objects.filter(document__in=wanted, kind__in=(STATEMENT, NAME))
    said = said.exclude(state__in=(Item.State.REJECTED, Item.State.REPLACED)).order_by("start", "pk")
    for document_id, *item in said.values_list("document_id", "kind", "start", "end", "values"):
        items.setdefault(document_id, []).append(tuple(item))
    for row in rows:
        yield wanted[row.pk], indexed(_held(row, items.get(row.pk, [])))


def _held(row: Document, items: list[tuple[str, int, int, dict[str, Any]]]) -> Held:
    sections = [Title(s["start"], s["end"], s["title"], s["parent"]) for s in row.outline]
    rows = table_rows(
        (t["start"], t["caption"], t["columns"], [(r["start"], r["end"]) for r in t["rows"]]) for t in row.tables
    )
    facts = tuple(fact_of(start, end, values) for kind, start, end, values in items if kind == STATEMENT)
    terms = {
        name
        for kind, _start, _end, values in items
        if kind == NAME
        for name in (values.get("name", ""), *values.get("spellings", ()))
        if 2 < len(name) <= LONGEST_TERM
    }
    region = str(row.frame.get("region", ""))
    return Held(str(row.pk), row.title, row.text, passages(row.text, sections, rows), facts, region, frozenset(terms))


def fact_of(start: int, end: int, values: dict[str, Any]) -> Fact:
    """A figure as an item keeps it."""
    low, high = (_number(values.get(k)) for k in ("low", "high"))
    year = values.get("year")
    return Fact(
        start, end, str(values.get("subject", "")), str(values.get("scope", "")),
        year if isinstance(year, int) else None, str(values.get("kind", "")), low, high,
        str(values.get("unit", "")), str(values.get("comparator", "=")),
    )  # fmt: skip


def _number(given: Any) -> Any:
    try:
        return None if given in (None, "") else read_number(str(given))
    except ValueError:
        return None
