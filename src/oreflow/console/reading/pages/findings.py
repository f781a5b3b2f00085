"""What the checks say of a document: inside it, against its region with what was accepted, and against another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from oreflow.console.people.access import Viewer
from oreflow.console.reading import access, regions
from oreflow.console.reading.models import Document, Item
from oreflow.console.regions.access import find_region
from oreflow.core.provenance import Finding, FindingClass
from oreflow.core.reading import (
    Cell,
    Chain,
    Comparator,
    Duty,
    Frame,
    Kind,
    Reading,
    Role,
    Row,
    Section,
    Statement,
    Table,
    Total,
)
from oreflow.core.reading.checks import check_document, compare_documents
from oreflow.core.reading.packing import read_number
from oreflow.core.region import Region
from oreflow.core.targets import check

from .held import held
from .wish import Wish

Sort: Any = Item.Kind  # choices come without types
State: Any = Item.State

MOST = 300


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a finding was made from, with the address that shows it."""

    quote: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its places."""

    finding: Any
    anchors: list[Anchor]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sort, what holds apart; `cut` is how many more there are to report than are shown."""

    key: str
    shown: list[Shown]
    holding: list[Shown]
    counts: list[tuple[FindingClass, int]]
    cut: int = 0
    held: int = 0


def group(key: str, found: Iterable[Any], anchors: Any) -> Group:
    """Findings with their places, those that hold set apart."""
    rows = list(found)
    counts = [(kind, sum(f.kind is kind for f in rows)) for kind in FindingClass]
    shown = [Shown(f, anchors(f)) for f in rows if f.kind is not FindingClass.HOLDS][:MOST]
    holding = [Shown(f, anchors(f)) for f in rows if f.kind is FindingClass.HOLDS][:MOST]
    held = sum(f.kind is FindingClass.HOLDS for f in rows)
    return Group(key, shown, holding, [(kind, n) for kind, n in counts if n], len(rows) - held - len(shown), held)


def reading_of(document: Document, items: Sequence[Item]) -> Reading:
    """What stands of a document now, as the engines take it: corrections in, rejections out."""
    row = Document.objects.only("frame", "outline", "tables", "key").get(pk=document.pk)
    statements = [s for s in map(statement_of, items) if s is not None]
    chains = (
        Chain(
            i.start,
            i.end,
            i.quote,
            _stages(i.values),
            str(i.values.get("kind") or ""),
            tuple(dict(i.values.get("materials") or {}).items()),
        )
        for i in items
        if i.kind == Sort.CHAIN
    )
    duties = (Duty(i.start, i.end, str(i.values.get("task") or ""), tuple(i.values.get("lead") or ()),
                   tuple(i.values.get("support") or ()), str(i.values.get("deadline") or ""), i.values.get("section"))
              for i in items if i.kind == Sort.DUTY)  # fmt: skip
    return Reading(
        doc=str(document.pk),
        frame=Frame(**_known(Frame, row.frame)),
        outline=tuple(Section(**(_known(Section, s) | {"role": Role(s["role"])})) for s in row.outline),
        statements=tuple(statements),
        tables=tuple(_table(t) for t in row.tables),
        chains=tuple(chains),
        duties=tuple(duties),
    )


def _stages(values: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(n) for n in stage) for stage in values.get("stages") or ())


def statement_of(item: Item) -> Statement | None:
    """A figure as the engines take it; None for other kinds, and where its values say no figure."""
    v = item.values
    if item.kind != Sort.STATEMENT:
        return None
    try:
        low, high = read_number(str(v.get("low"))), read_number(str(v.get("high") or v.get("low")))
        year = int(v["year"]) if v.get("year") else None
        return Statement(
            item.start, item.end, item.quote, str(v.get("subject") or ""), str(v.get("scope") or ""),
            Comparator(v.get("comparator") or "="), low, high, str(v.get("unit") or ""), year,
            Kind(v.get("kind") or "other"), bool(v.get("year_inherited")),
            Comparator(v["bound"]) if v.get("bound") else None, str(v.get("direction") or ""), str(v.get("role") or ""),
            str(v.get("binding") or ""), int(v.get("multiplicity") or 1), v.get("table"), v.get("section"),
            tuple(item.doubts), item.confidence,
        )  # fmt: skip
    except (ValueError, TypeError):
        return None


def _known(model: type[Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(model)}
    return {k: v for k, v in raw.items() if k in names}


def _table(raw: Mapping[str, Any]) -> Table:
    rows = []
    for row in raw.get("rows", ()):
        cells = {k: tuple(Cell(**_known(Cell, c)) for c in row.get(k) or ()) for k in ("cells", "words")}
        rows.append(Row(**(_known(Row, row) | cells)))
    totals = tuple(
        Total(t["column"], read_number(t["printed"]), read_number(t["summed"])) for t in raw.get("totals", ())
    )
    return Table(
        int(raw["start"]), int(raw["end"]), str(raw.get("caption", "")), tuple(raw.get("columns", ())), tuple(rows),
        totals, str(raw.get("note", "")), tuple(raw.get("labels", ())),
    )  # fmt: skip


def standing(viewer: Viewer, document: Document) -> list[Item]:
    """The figures, chains and duties of a document that nobody rejected."""
    kinds = (Sort.STATEMENT, Sort.CHAIN, Sort.DUTY)
    return list(access.items_of(viewer, document).filter(kind__in=kinds).exclude(state=State.REJECTED))


def anchors_in(documents: Mapping[str, Document]) -> Any:
    """How to find the places of a finding in held documents, by the name its anchors give."""

    def found(finding: Any) -> list[Anchor]:
        out = []
        for anchor in getattr(finding, "anchors", ()):
            document = documents.get(anchor.document)
            if document is None:
                continue
            text = held(document.pk, document.text_sha256)
            start, end = text.lines[text.line_of(anchor.start) - 1], anchor.end
            quote = anchor.quote or text.text[max(start, anchor.start - 20) : end]
            where = text.label_of(anchor.start)
            if len(documents) > 1:
                where = f"{document.title} {where}"
            url = reverse("document", args=[document.pk]) + Wish(at=anchor.start).url()
            out.append(Anchor(quote[:120], where, url))
        return out

    return found


class _ByHash:
    """A region told apart by its hash, so that it is checked once."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and other.region.hash == self.region.hash

    def __hash__(self) -> int:
        return hash(self.region.hash)


@lru_cache(maxsize=16)
def _checked(region: _ByHash) -> tuple[Finding, ...]:
    return check(region.region)


def in_region(viewer: Viewer, document: Document) -> Group:
    """What the check of the region finds in which this document takes part, with everything accepted so far."""
    base = find_region(document.region)
    if base is None:
        return Group("region", [], [], [])
    seen = regions.seen(base, viewer)
    own = {cell for cell, (document_id, _item) in seen.read_in.items() if document_id == document.pk}
    found = [f for f in _checked(_ByHash(seen.region)) if own & set(f.cells)] if own else []
    return group("region", found, lambda finding: _cell_anchors(finding, seen))


def _cell_anchors(finding: Finding, seen: regions.Seen) -> list[Anchor]:
    """Where the cells of a finding come from: items of held documents, else lines of the built-in plans."""
    out = []
    region, language = seen.region, get_language() or "en"
    for cell in finding.cells:
        row = region.targets.get(cell) or region.figures.get(cell)
        if row is None:
            continue
        title = region.documents[row.source.document].title.in_language(language)
        printed = (
            getattr(row, "printed", "") or f"{region.indicators[row.indicator].name.in_language(language)} {row.year}"
        )
        if cell in seen.read_in:
            url = reverse("document-item", args=seen.read_in[cell])
        else:
            url = reverse("source", kwargs={"region_id": region.id, "document_id": row.source.document})
        out.append(Anchor(printed, title, url))
    return out


def context(viewer: Viewer, document: Document, other: Document | None) -> dict[str, Any]:
    """The groups of findings that the page shows; the other document counts as the upper plan."""
    own, text = reading_of(document, standing(viewer, document)), held(document.pk, document.text_sha256).text
    here = {str(document.pk): document}
    groups = [
        in_region(viewer, document),
        group("inside", check_document(own, text), anchors_in(here)),
        Group("other", [], [], []),
    ]
    if other is not None:
        above = reading_of(other, standing(viewer, other))
        matrix = compare_documents(above, own, held(other.pk, other.text_sha256).text, text)
        groups[-1] = group("other", matrix.findings, anchors_in(here | {str(other.pk): other}))
    accepted = access.items_of(viewer, document, state=State.ACCEPTED).exists()
    return {"groups": groups, "accepted": accepted}
