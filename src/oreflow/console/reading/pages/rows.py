"""The items of a document as a list: one page, each said in words, with tabs, filters and counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from oreflow.console.reading.models import Item

from . import fields, words
from .held import Held
from .wish import STATES, Wish, narrowed

Kind: Any = Item.Kind  # choices come without types
State: Any = Item.State

PAGE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the list: its subject and what is claimed of it, where it stands, how sure it is."""

    item: Item
    subject: str
    claim: str
    year: str
    inherited: bool
    sort: str
    where: str
    sure: str
    percent: str
    tone: str
    doubtful: bool
    chosen: bool
    ticked: bool
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter or a tab."""

    label: str
    count: int | None
    url: str
    on: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    rows: list[Row]
    total: int
    page: int
    pages: int
    before: str
    after: str

    @property
    def first(self) -> int:
        """The number of the first row on the page."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row on the page."""
        return self.first + len(self.rows) - 1


def counts(rows: QuerySet[Item]) -> Counter[tuple[str, str]]:
    """How many items there are by kind and state."""
    found = rows.order_by().values_list("kind", "state").annotate(n=Count("pk"))
    return Counter({(kind, state): n for kind, state, n in found})


def listed(rows: QuerySet[Item], wish: Wish, held: Held, chosen: Item | None) -> Listed:
    """The page that the wish names, or that holds the chosen item."""
    kept = narrowed(rows, wish, held)
    total = kept.order_by().count()
    pages = max(1, -(-total // PAGE))
    page = min(wish.page, pages)
    if chosen is not None:
        page = kept.filter(preceding(chosen)).order_by().count() // PAGE + 1
    shown = list(kept[(page - 1) * PAGE : page * PAGE])
    return Listed(
        rows=[row(i, wish, held) for i in shown],
        total=total,
        page=page,
        pages=pages,
        before=wish.url(page=page - 1, item=None, do="", pane="items") if page > 1 else "",
        after=wish.url(page=page + 1, item=None, do="", pane="items") if page < pages else "",
    )


def preceding(item: Item) -> Q:
    """What stands before an item in the order of the text."""
    return Q(start__lt=item.start) | Q(start=item.start, pk__lt=item.pk)


def following(item: Item) -> Q:
    """What stands after an item in the order of the text."""
    return Q(start__gt=item.start) | Q(start=item.start, pk__gt=item.pk)


def row(item: Item, wish: Wish, held: Held) -> Row:
    """An item in words."""
    subject, claim, year, sort = said(item)
    _name, sure, tone = words.band(item.confidence)
    return Row(
        item=item,
        subject=subject or item.quote[:60],
        claim=claim,
        year=year,
        inherited=bool(item.values.get("year_inherited")),
        sort=sort,
        where=held.label_of(item.start),
        sure=str(sure) if item.by_reader else _("by hand"),
        percent=words.percent(item.confidence) if item.by_reader else "",
        tone=tone,
        doubtful=words.doubtful(item),
        chosen=item.pk == wish.item,
        ticked=item.pk in wish.merge,
        url=wish.url(item=item.pk, at=None, do="", merge=(), pane="items"),
    )


def said(item: Item) -> tuple[str, str, str, str]:
    """Subject, claim, year and sort of an item."""
    values = item.values
    if item.kind == Kind.STATEMENT:
        sort = words.word(words.STATEMENT_KINDS, values.get("kind"))
        year = values.get("year")
        return str(values.get("subject") or ""), words.figure(values), str(year) if year else "", sort
    if item.kind == Kind.CHAIN:
        return words.stages(values), "", "", words.word(words.CHAIN_KINDS, values.get("kind"))
    if item.kind == Kind.CLAUSE:
        limits = "；".join(fields.limit(v) for v in values.get("limits") or () if isinstance(v, dict))
        return str(values.get("object") or ""), limits, "", words.word(words.CATEGORIES, values.get("category"))
    if item.kind == Kind.DUTY:
        lead = words.listed(values.get("lead"))
        return str(values.get("task") or ""), lead, str(values.get("deadline") or ""), ""
    claim = " · ".join(str(values[k]) for k in ("enterprise", "capacity", "money") if values.get(k))
    if values.get("kind") == "list":
        claim = words.listed([n.get("name") for n in values.get("names") or () if isinstance(n, dict)])
    return str(values.get("name") or ""), claim, "", words.word(words.NAME_KINDS, values.get("kind"))


def tabs(found: Counter[tuple[str, str]], wish: Wish) -> list[Choice]:
    """One tab for each kind, with how many are still to decide of it."""
    out = []
    for kind, label in words.KINDS.items():
        total = sum(n for (k, _s), n in found.items() if k == kind)
        if total or kind in (Kind.STATEMENT, wish.kind):
            fresh = Wish(kind=kind, state=wish.state, sure=wish.sure, section=wish.section, pane="items")
            out.append(Choice(str(label), found[kind, State.OPEN], fresh.url(), kind == wish.kind, kind))
    return out


def states(found: Counter[tuple[str, str]], wish: Wish) -> list[Choice]:
    """The filter by state, with counts within the kind."""
    total = sum(n for (k, _s), n in found.items() if k == wish.kind)
    labels = dict(State.choices)
    rest = {"page": 1, "item": None, "do": "", "at": None, "pane": "items"}
    everything = Choice(_("all"), total, wish.url(state="", **rest), not wish.state)
    return [everything, *(Choice(str(labels[s]), found[wish.kind, s], wish.url(state=s, **rest), wish.state == s, s)
                          for s in STATES)]  # fmt: skip


def bands(wish: Wish) -> list[Choice]:
    """The filter by confidence."""
    rest: dict[str, Any] = {"page": 1, "item": None, "do": "", "at": None, "pane": "items"}
    return [
        Choice(str(word), None, wish.url(sure=key, **rest), wish.sure == key, key) for key, _l, word, _t in words.BANDS
    ]


def shares(rows: QuerySet[Item], kind: str) -> list[int]:
    """How many open items of a kind have a confidence of at least 0 %, 1 %, … 100 %; what people corrected is sure."""
    found = rows.filter(kind=kind, state=State.OPEN).order_by().values_list("confidence", "corrected")
    at = Counter(100 if corrected else min(100, max(0, int(c * 100 + 1e-9))) for c, corrected in found)
    out, total = [], 0
    for share in range(100, -1, -1):
        total += at[share]
        out.append(total)
    return out[::-1]
