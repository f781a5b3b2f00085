"""Questions to begin with, made from figures of the documents that the viewer sees."""

from __future__ import annotations

from oreflow.console.people.access import Viewer
from oreflow.console.reading.models import Item

from .holding import reachable

MOST = 4
LOOKED_AT = 3  # documents
FIGURES = 120
_SHORTEST, _LONGEST = 4, 16
_VAGUE = "其等该以上下年及和的"


def examples(viewer: Viewer, document_id: int | None = None) -> list[str]:
    """Some questions that the newest documents answer; none where nothing is held."""
    newest = list(reachable(viewer, document_id).values_list("pk", flat=True)[:LOOKED_AT])
    out: list[str] = []
    for document in newest:
        rows = Item.objects.filter(document=document, kind=Item.Kind.STATEMENT, values__year_inherited=False)
        rows = rows.exclude(state__in=(Item.State.REJECTED, Item.State.REPLACED)).order_by("-confidence", "start")
        taken = 0
        for values in rows.values_list("values", flat=True)[:FIGURES]:
            subject, year = str(values.get("subject", "")), values.get("year")
            if not _plain(subject) or not isinstance(year, int) or any(subject in q for q in out):
                continue
            out.append(f"{year}年{subject}是多少？")
            taken += 1
            if taken >= max(1, MOST // len(newest)):
                break
    return out[:MOST]


def _plain(subject: str) -> bool:
    """Whether a subject reads well in a question: short, Chinese throughout, and beginning and ending with a word."""
    if not _SHORTEST <= len(subject) <= _LONGEST or not all("\u4e00" <= c <= "\u9fff" for c in subject):
        return False
    return subject[0] not in _VAGUE and subject[-1] not in _VAGUE
