"""What became of a bulk acceptance, while the reader stays: how many stand, which were refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from oreflow.console.reading.models import Decision, Document, Item
from oreflow.core.provenance import Text

from .rows import said
from .wish import Wish

SESSION = "reading-batch"
MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Batch:
    """A bulk acceptance: how many it took, how many still stand, those refused with the reason, and how many in all."""

    accepted: int
    standing: int
    refused: list[tuple[str, str, str]]
    refusals: int


def remember(request: HttpRequest, batch: str, refused: Iterable[tuple[Item, Text]]) -> None:
    """Keep why items were refused until another bulk acceptance."""
    every = list(refused)
    rows = [[item.pk, said(item)[0] or item.quote[:60], why.zh, why.en] for item, why in every[:MOST_NAMED]]
    request.session[SESSION] = {"batch": batch, "refused": rows, "refusals": len(every)}


def shown(request: HttpRequest, document: Document, wish: Wish) -> Batch | None:
    """The bulk acceptance that the address names, if it was one of this document."""
    if not wish.batch:
        return None
    acts = (Decision.Act.ACCEPT, Decision.Act.REJECT)
    taken = Decision.objects.filter(batch=wish.batch, act__in=acts, item__document=document)
    accepted = taken.count()
    kept = request.session.get(SESSION, {})
    rows = kept.get("refused", []) if kept.get("batch") == wish.batch else []
    if not accepted and not rows:
        return None
    chinese = (get_language() or "en").startswith("zh")
    refused = [(wish.url(item=pk, do="", pane="items"), name, zh if chinese else en) for pk, name, zh, en in rows]
    standing = taken.exclude(item__state=Item.State.OPEN).count()
    return Batch(accepted, standing, refused, kept.get("refusals", len(rows)) if rows else 0)
