"""A region as a viewer sees it: the built-in pack with the figures that were accepted from plans within its reach.

The region is built once for each set of records and versions, and told apart by its hash, as every other edition is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.registers.access import visible_to
from oreflow.console.registers.plan_models import PlanTarget
from oreflow.console.registers.plan_registry import TARGETS
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import Accepted, Held, Left, Merged
from oreflow.core.reading.packing import region_with as merged
from oreflow.core.region import Region
from oreflow.gateway import region_hash

from .access import visible_documents
from .models import Document

MOST = 20_000
HELD = "held-"
ENTERED = "entered-"


@dataclass(frozen=True, slots=True)
class Seen:
    """A region with what was accepted: what could not be taken in, and where each added value was read."""

    region: Region
    left: tuple[Left, ...]
    read_in: Mapping[str, tuple[int, int]]


def accepted_rows(viewer: Viewer, region_id: str, document: Document | None = None) -> QuerySet[PlanTarget]:
    """The accepted figures of a region that a viewer sees and that stand today."""
    if viewer.user is None:
        return PlanTarget.objects.none()
    today = clock.today()
    public = Document.objects.filter(public=True, withdrawn_at=None, region=region_id)
    seen = Q(pk__in=visible_to(TARGETS, viewer).values("pk")) | Q(document_ref__in=public.values("pk"))
    standing = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    rows = PlanTarget.objects.filter(seen, standing, region=region_id).order_by("pk")
    return rows if document is None else rows.filter(document_ref=document.pk)


def region_for(base: Region, viewer: Viewer) -> Region:
    """The region with the accepted figures that a viewer sees; the base itself where there are none."""
    return seen(base, viewer).region


def seen(base: Region, viewer: Viewer) -> Seen:
    """The same, with what was left out and where each value was read."""
    if viewer.user is None:
        return Seen(base, (), {})
    versions = tuple(accepted_rows(viewer, base.id).values_list("pk", "version", "updated_at")[:MOST])
    return _seen(_Base(base), versions) if versions else Seen(base, (), {})


class _Base:
    """A region compared by its hash, so that what is made of it is made once."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Base) and other.region.hash == self.region.hash

    def __hash__(self) -> int:
        return hash(self.region.hash)


@lru_cache(maxsize=32)
def _seen(base: _Base, versions: tuple[tuple[Any, ...], ...]) -> Seen:
    rows = PlanTarget.objects.filter(pk__in=[found[0] for found in versions]).select_related("organisation")
    return build(base.region, list(rows.order_by("pk")))


def build(base: Region, rows: Iterable[PlanTarget]) -> Seen:
    """The region with these records, hashed."""
    found = list(rows)
    made = with_records(base, found)
    region = replace(made.region, hash=region_hash(made.region))
    places = {f"r{row.pk}": (row.document_ref, row.item) for row in found if row.document_ref and row.item}
    read_in = {cell: places[own] for cell, own in made.added if own in places}
    return Seen(region, made.left, read_in)


def with_records(base: Region, rows: Iterable[PlanTarget]) -> Merged:
    """The region with these records, not hashed."""
    found = list(rows)
    documents = documents_of(found)
    return merged(base, [_accepted(row, documents) for row in found], (d.held for d in documents.values()))


@dataclass(frozen=True, slots=True)
class _Text:
    """A document with the places of its line feeds, so that characters lead to lines."""

    held: Held
    feeds: tuple[int, ...]

    def lines(self, start: int | None, end: int | None) -> str:
        """The lines of a piece of the text, as sources name them."""
        if start is None or end is None:
            return ""
        first, last = bisect_right(self.feeds, start - 1) + 1, bisect_right(self.feeds, max(start, end - 1) - 1) + 1
        return str(first) if first == last else f"{first}-{last}"


def documents_of(rows: Iterable[PlanTarget]) -> dict[str, _Text]:
    """The documents that some records come from, by their id in the region."""
    found: dict[str, _Text] = {}
    wanted = {row.document_ref for row in rows if row.document_ref}
    kept = Document.objects.filter(pk__in=wanted).select_related("organisation").defer("places", "grids", "tables")
    for document in kept:
        found[f"{HELD}{document.pk}"] = _text_of(document)
    for row in rows:
        if not row.document_ref:
            name = Text(f"{row.organisation.name}登记", f"Entered by {row.organisation.name}")
            key = f"{ENTERED}{row.organisation_id}"
            found.setdefault(key, _Text(Held(key, name.zh, row.organisation.name), ()))
    return found


def _text_of(document: Document) -> _Text:
    text, frame = document.text, document.frame
    feeds = tuple(i for i, c in enumerate(text) if c == "\n")
    held = Held(
        f"{HELD}{document.pk}", document.title, document.organisation.name, document.issued,
        frame.get("start_year"), frame.get("horizon"), len(feeds) + 1, document.text_sha256,
    )  # fmt: skip
    return _Text(held, feeds)


def _accepted(row: PlanTarget, documents: Mapping[str, _Text]) -> Accepted:
    key = f"{HELD}{row.document_ref}" if row.document_ref else f"{ENTERED}{row.organisation_id}"
    text = documents.get(key)
    return Accepted(
        id=f"r{row.pk}", kind=row.kind, area=row.area, area_name=row.area_name, indicator=row.indicator,
        indicator_name=row.name, form=row.form, comparator=row.comparator, value=_exact(row.value),
        upper=_exact(row.upper), unit=row.unit, basis=row.basis,
        from_year=int(row.from_year) if row.from_year else None, year=int(row.year), binding=row.binding,
        base=row.base, printed=row.printed, decimals=max(row.decimals, _decimals(row.value), _decimals(row.upper)),
        document=key, lines=text.lines(row.start, row.end) if text else "", product=row.product,
    )  # fmt: skip


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _decimals(value: Any) -> int:
    """Decimals that a value needs, without zeros at the end."""
    if value is None:
        return 0
    return len(format(value, "f").partition(".")[2].rstrip("0"))


def document_of(document_id: str) -> int | None:
    """The desk's document behind a document of a region."""
    number = document_id.removeprefix(HELD)
    return int(number) if document_id.startswith(HELD) and number.isdigit() else None


def held_document(viewer: Viewer, document_id: str) -> Document | None:
    """The document behind a document of a region, where the viewer sees it."""
    number = document_of(document_id)
    return None if number is None else visible_documents(viewer).filter(pk=number).first()


def edition_today(day: date) -> str:
    """The edition of a pack that is made today."""
    return f"{day:%Y-%m-%d}"
