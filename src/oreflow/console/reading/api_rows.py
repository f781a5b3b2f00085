"""Documents, items and decisions as the data interface gives them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from oreflow.console.api_ground import both
from oreflow.console.people.access import Viewer
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import Proposal, editions
from oreflow.core.region import Region

from . import access, proposals
from .accepting import Bulk
from .models import Decision, Document, Item

_DOCUMENT = ("key", "title", "region", "format", "file_name", "size", "sha256", "text_sha256", "issued", "public",
             "state", "progress", "simulated", "added_at", "read_at")  # fmt: skip
_ITEM = ("kind", "start", "end", "quote", "values", "confidence", "doubts", "by_reader", "corrected", "state",
         "came_from", "register", "record_id", "version", "changed_at")  # fmt: skip


def document_out(document: Document) -> dict[str, Any]:
    """A document as lists show it."""
    return {name: getattr(document, name) for name in _DOCUMENT} | {
        "id": document.pk, "edition_of": document.edition_of_id, "problem": document.problem or None,
        "organisation": {"id": document.organisation_id, "name": document.organisation.name},
    }  # fmt: skip


def detail_out(document: Document, viewer: Viewer) -> dict[str, Any]:
    """A document with how far it is decided about, and whether the caller may."""
    rows = Item.objects.filter(document=document).order_by().values("kind", "state").annotate(count=Count("pk"))
    why = access.why_not_decide(viewer, document)
    return document_out(document) | {
        "frame": document.frame, "notes": document.notes, "may_decide": why is None,
        "why_not": both(why) if why else None, "counts": sorted(rows, key=lambda r: (r["kind"], r["state"])),
    }  # fmt: skip


def item_out(item: Item) -> dict[str, Any]:
    """An item."""
    return {name: getattr(item, name) for name in _ITEM} | {"id": item.pk, "document": item.document_id}


def proposal_out(proposal: Proposal, region: Region) -> dict[str, Any]:
    """What accepting a figure would write."""
    return {
        "values": proposals.target_values(proposal, region), "new_area": proposal.new_area,
        "new_indicator": proposal.new_indicator, "confidence": proposal.confidence,
        "doubts": [both(t) for t in proposal.doubts], "refusal": both(proposal.refusal) if proposal.refusal else None,
    }  # fmt: skip


def decision_out(decision: Decision) -> dict[str, Any]:
    """A decision."""
    names = ("act", "at", "reason", "batch", "before", "after")
    return {name: getattr(decision, name) for name in names} | {
        "by": str(decision.by), "organisation": decision.organisation.name,
    }  # fmt: skip


def bulk_out(bulk: Bulk) -> dict[str, Any]:
    """What became of a bulk decision."""
    return {
        "batch": bulk.batch, "accepted": bulk.accepted,
        "refused": [{"item": item.pk, "reason": both(text)} for item, text in bulk.refused], "left": bulk.left,
    }  # fmt: skip


def diff_out(viewer: Viewer, old: Document, new: Document) -> dict[str, Any]:
    """Two editions compared: items by id, texts by line."""
    rows = [list(access.items_of(viewer, document)) for document in (old, new)]
    before, after = ([editions.Entry(i.kind, i.values, i.quote) for i in part] for part in rows)
    found = [
        {
            "change": p.kind, "old": rows[0][p.old].pk if p.old >= 0 else None,
            "new": rows[1][p.new].pk if p.new >= 0 else None, "fields": list(p.fields),
        }
        for p in editions.pairs(before, after)
    ]  # fmt: skip
    lines = [
        {"change": r.kind, "old_from": _first(r.old), "old_to": r.old[1] if r.old[0] < r.old[1] else 0,
         "new_from": _first(r.new), "new_to": r.new[1] if r.new[0] < r.new[1] else 0}
        for r in editions.text_rows(old.text, new.text) if r.kind != "same"
    ]  # fmt: skip
    return {"old": old.pk, "new": new.pk, "items": found, "lines": lines}


def _first(span: tuple[int, int]) -> int:
    return span[0] + 1 if span[0] < span[1] else 0


def finding_out(finding: Any) -> dict[str, Any]:
    """A finding, with the characters it was made from where it has any."""
    return {
        "code": finding.code, "check": finding.check, "kind": finding.kind.value, "title": both(finding.title),
        "detail": both(finding.detail), "cells": list(finding.cells),
        "anchors": [{"start": a.start, "end": a.end, "quote": a.quote} for a in getattr(finding, "anchors", ())],
    }  # fmt: skip


NOT_A_FIGURE = Text("只有数值条目才有指标建议。", "Only figures have a proposal for the register of plan figures.")
