"""A question answered for one viewer: passages with their places and the figures as they stand at the desk now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse

from oreflow.console.people.access import Viewer
from oreflow.console.reading.access import LARGE, find_document
from oreflow.console.reading.models import Document, Item
from oreflow.console.reading.pages.held import held
from oreflow.console.refusals import Invalid
from oreflow.core.knowledge import Answer, Fact, Support, ask
from oreflow.core.provenance import Text

from .holding import MEMORY, Memory, fact_of, held_for, reachable

LONGEST = 300
MOST = 20
USUAL = 5
MOST_FIGURES = 6
_BREAK = re.compile(r"\s+")
_EMPTY = Text("请写出问题。", "Write a question.")
_TOO_LONG = Text(
    f"问题最多 {LONGEST} 个字。请写得短些。", f"A question has at most {LONGEST} characters. Make it shorter."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure within a passage, and the item at the desk that it is."""

    item: int
    state: str
    fact: Fact
    url: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage of a document that the viewer sees: its words in pieces (marked or not), its place, its figures."""

    document: int
    title: str
    keeper: str
    start: int
    end: int
    place: str
    path: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]
    score: float
    why: Text
    url: str
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        """The words without marks, on one line."""
        return "".join(words for words, _marked in self.pieces)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer for a page or a program. `waiting` documents are still being indexed, `beyond` are out of reach."""

    answer: Answer
    passages: tuple[Cited, ...] = ()
    near: tuple[Cited, ...] = field(default=())
    waiting: int = 0
    beyond: int = 0


def answered(
    viewer: Viewer, question: str, *, document_id: int | None = None, limit: int = USUAL, memory: Memory = MEMORY
) -> Answered:
    """Answer a question from the documents that the viewer may see.

    Raises
    ------
    Invalid
        For a question that is empty or too long.
    Http404
        For a document that the viewer does not see.
    """
    said = question.replace("\x00", "").strip()
    if not said:
        raise Invalid({"question": _EMPTY})
    if len(said) > LONGEST:
        raise Invalid({"question": _TOO_LONG})
    if document_id is not None:
        find_document(viewer, document_id)
    reached = held_for(viewer, document_id, memory)
    answer = ask(said, reached.index, max(1, min(limit, MOST)))
    cited = _cited(viewer, (*answer.passages, *answer.near), reached.index)
    count = len(answer.passages)
    return Answered(answer, cited[:count], cited[count:], reached.waiting, reached.beyond)


def _cited(viewer: Viewer, supports: Sequence[Support], index: Any) -> tuple[Cited, ...]:
    """The passages as shown; permission is asked once more, for each document that would be quoted."""
    wanted = {int(s.doc) for s in supports}
    seen = reachable(viewer).filter(pk__in=wanted).defer(*LARGE)
    rows = {row.pk: row for row in seen}
    figures = _figures(rows, supports)
    return tuple(
        _shown(s, rows[int(s.doc)], index.get(s.doc).text, figures.get((int(s.doc), s.start), ()))
        for s in supports
        if int(s.doc) in rows
    )


def _shown(support: Support, row: Document, text: str, figures: Sequence[Figure]) -> Cited:
    address = reverse("document", args=[row.pk])
    return Cited(
        row.pk, row.title, row.organisation.name, support.start, support.end,
        held(row.pk, row.text_sha256).label_of(support.start), support.path, _pieces(text, support), support.score,
        support.why, f"{address}?at={support.start}", tuple(figures[:MOST_FIGURES]),
    )  # fmt: skip


def _pieces(text: str, support: Support) -> tuple[tuple[str, bool], ...]:
    """The passage cut where the question's terms stand, without the breaks of wrapped lines."""
    out: list[tuple[str, bool]] = []
    at = support.start
    for start, end in support.marks:
        out.append((text[at:start], False))
        out.append((text[start:end], True))
        at = end
    out.append((text[at : support.end], False))
    return tuple((_on_one_line(words), marked) for words, marked in out if words)


def _on_one_line(words: str) -> str:
    return _BREAK.sub(lambda found: " " if found[0] == " " else "" if "\n" in found[0] else " ", words)


def _figures(rows: dict[int, Document], supports: Sequence[Support]) -> dict[tuple[int, int], list[Figure]]:
    """The figures in each passage as the desk has them now; rejected ones are left out."""
    spans = [(int(s.doc), s.start, s.end) for s in supports if int(s.doc) in rows]
    if not spans:
        return {}
    within = Q()
    for document_id, start, end in spans:
        within |= Q(document=document_id, start__gte=start, start__lt=end)
    items = Item.objects.filter(within, kind=Item.Kind.STATEMENT)
    items = items.exclude(state__in=(Item.State.REJECTED, Item.State.REPLACED)).order_by("start", "pk")
    out: dict[tuple[int, int], list[Figure]] = {}
    for item in items:
        key = next((d, a) for d, a, b in spans if d == item.document_id and a <= item.start < b)
        url = f"{reverse('document', args=[item.document_id])}?item={item.pk}"
        fact = fact_of(item.start, item.end, item.values)
        out.setdefault(key, []).append(Figure(item.pk, item.state, fact, url))
    return out
