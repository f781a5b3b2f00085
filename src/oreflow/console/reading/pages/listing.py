"""The list of documents within reach: filters in the URL, search, sorting, pages, and how far each is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console.people.access import Viewer
from oreflow.console.reading import access
from oreflow.console.reading.models import Document, Item
from oreflow.console.regions.access import find_region, region_ids
from oreflow.console.tables import LONGEST_SEARCH

PAGE = 50
SORTS = {"title": "title", "region": "region", "issued": "issued", "added": "added_at", "state": "state"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as a row."""

    document: Document
    region: str
    edition: str
    open: int
    accepted: int
    rejected: int
    added: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the address that sorts by it, and how it is sorted now."""

    label: Any
    url: str
    sorted: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list."""

    heads: list[Head]
    rows: list[Shown]
    total: int
    page: int
    pages: int
    filters: list[tuple[Any, list[Option], str]]
    words: str
    filtered: bool
    before: str
    after: str
    hidden: list[tuple[str, str]]


def listing(viewer: Viewer, params: QueryDict) -> Listing:
    """The page of the list that a query asks for."""
    kept = selected(viewer, params)
    total = kept.order_by().count()
    pages = max(1, -(-total // PAGE))
    wish = params.get("page", "")
    page = min(max(1, int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 7 else 1), pages)
    rows = list(_sorted(kept, params.get("sort", ""))[(page - 1) * PAGE : page * PAGE])
    asked = params.get("q", "").strip()[:LONGEST_SEARCH]
    filters = _filters(params)
    return Listing(
        heads=_heads(params),
        rows=shown(rows),
        total=total,
        page=page,
        pages=pages,
        filters=filters,
        words=asked,
        filtered=bool(asked or any(chosen for _l, _o, chosen in filters)),
        before=_with(params, page=str(page - 1)) if page > 1 else "",
        after=_with(params, page=str(page + 1)) if page < pages else "",
        hidden=[(k, v) for k, v in params.items() if k not in ("q", "page")],
    )


def selected(viewer: Viewer, params: QueryDict) -> QuerySet[Document]:
    """The documents that the query leaves."""
    rows = access.listed_documents(viewer)
    show = params.get("show", "")
    if show == "mine" and viewer.organisation is not None:
        rows = rows.filter(organisation=viewer.organisation)
    elif show == "public":
        rows = rows.filter(public=True)
    elif show == "undecided":
        rows = rows.filter(Exists(Item.objects.filter(document=OuterRef("pk"), state=Item.State.OPEN)))
    for key in ("state", "region"):
        if params.get(key):
            rows = rows.filter(**{key: params[key].replace("\x00", "")[:40]})
    for word in params.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH].split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(file_name__icontains=word) | Q(organisation__name__icontains=word)
        )
    return rows


def _sorted(rows: QuerySet[Document], wish: str) -> QuerySet[Document]:
    column = SORTS.get(wish.lstrip("-"), "")
    if not column:
        return rows
    if wish.startswith("-"):
        return rows.order_by(F(column).desc(nulls_last=True), "-pk")
    return rows.order_by(F(column).asc(nulls_last=True), "pk")


def shown(rows: Sequence[Document]) -> list[Shown]:
    """Documents with their counts, in one query."""
    pks = [d.pk for d in rows]
    for document in rows:
        document.title = document.title or document.file_name  # until it is read
    found = Item.objects.filter(document__in=pks).order_by().values_list("document", "state").annotate(n=Count("pk"))
    counts = Counter({(document, state): n for document, state, n in found})
    titles = dict(
        Document.objects.filter(pk__in=[d.edition_of_id for d in rows if d.edition_of_id]).values_list("pk", "title")
    )
    return [
        Shown(
            document=d,
            region=region_name(d.region),
            edition=titles.get(d.edition_of_id, "") if d.edition_of_id else "",
            open=counts[d.pk, Item.State.OPEN],
            accepted=counts[d.pk, Item.State.ACCEPTED],
            rejected=counts[d.pk, Item.State.REJECTED],
            added=timezone.localtime(d.added_at).strftime("%Y-%m-%d %H:%M"),
        )
        for d in rows
    ]


def undecided(viewer: Viewer, most: int) -> list[Shown]:
    """Documents kept by the viewer's organisation in which something is still to decide, the newest first."""
    if viewer.organisation is None or access.why_not_add(viewer) is not None:
        return []
    rows = access.listed_documents(viewer).filter(organisation=viewer.organisation)
    open_items = Item.objects.filter(document=OuterRef("pk"), state=Item.State.OPEN)
    return shown(list(rows.filter(Exists(open_items))[:most]))


def region_name(key: str) -> str:
    """A region's name in the reader's language."""
    region = find_region(key)
    return region.name.in_language(get_language() or "en") if region else key


def regions() -> list[tuple[str, str]]:
    """The regions that a document may belong to."""
    return [(key, region_name(key)) for key in region_ids()]


def _heads(params: QueryDict) -> list[Head]:
    columns = (
        ("title", lazy("Document"), False), ("region", lazy("Region"), False), ("issued", lazy("Issued"), False),
        ("state", lazy("State"), False), ("", lazy("To decide"), True), ("", lazy("Accepted"), True),
        ("", lazy("Rejected"), True), ("added", lazy("Handed in"), False),
    )  # fmt: skip
    now = params.get("sort", "")
    out = []
    for key, label, numeric in columns:
        state = {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else ""
        wish = f"-{key}" if state == "ascending" else key
        out.append(Head(label, _with(params, sort=wish, page=None) if key else "", state, numeric))
    return out


def _filters(params: QueryDict) -> list[tuple[Any, list[Option], str]]:
    mine = {"undecided": _("something to decide"), "mine": _("kept by my organisation"), "public": _("published")}
    offered: list[tuple[str, Any, dict[str, str]]] = [
        ("show", lazy("Show"), mine),
        ("state", lazy("State"), {k: str(v) for k, v in Document.State.choices}),
        ("region", lazy("Region"), dict(regions())),
    ]
    out = []
    for key, label, values in offered:
        asked = params.get(key, "")
        options = [Option(said, _with(params, page=None, **{key: v}), v == asked) for v, said in values.items()]
        if asked:
            options.insert(0, Option(_("all"), _with(params, page=None, **{key: None}), False))
        out.append((label, options, values.get(asked, asked[:40])))
    return out


def _with(params: QueryDict, **changes: str | None) -> str:
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def address(document: Document) -> str:
    """The page of a document."""
    return reverse("document", args=[document.pk])
