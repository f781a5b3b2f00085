"""A register as one request sees it: filters in the URL, search, sort, pages; made for a million rows.

Never counts them all: more than `CAP` rows are “10,000+”, and pages end there; filters lead further.
Rows without a value come after the others, whichever way a list is sorted, through the same index on both
databases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.tables import Cell
from oreflow.core.provenance import Text

from . import paging, parsing, search
from .access import visible_to, with_related
from .filters import FilterView, apply, filters_for, with_
from .paging import CAP, PAGE_SIZE
from .spec import Register
from .tables import Column, Table, cells, columns_for

OWN_PARAMETERS = ("q", "sort", "page", "as_of", "format")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: the address that sorts by it, and how it is sorted now."""

    column: Column
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list's template shows; named as the shared table template names it."""

    register: Table
    rows: list[Any]
    shown: list[list[tuple[Cell, bool]]]
    headings: list[Heading]
    filters: list[FilterView]
    words: str
    count: int
    capped: bool
    page: int
    pages: int
    query: str
    as_of: date
    as_of_given: str
    as_of_problem: Text | None
    hidden: list[tuple[str, str]] = field(default_factory=list)

    @property
    def simulated(self) -> bool:
        """Whether a row of this page is made up."""
        return any(row.simulated for row in self.rows)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.words or self.as_of_given) or any(f.chosen for f in self.filters)

    @property
    def count_text(self) -> str:
        """How many rows: exactly, or that there are more than are counted."""
        return f"{CAP:,}+" if self.capped else f"{self.count:,}"

    @property
    def next_url(self) -> str:
        """The next page's address, if there is one."""
        return with_(QueryDict(self.query), page=str(self.page + 1)) if self.page < self.pages else ""

    @property
    def previous_url(self) -> str:
        """The previous page's address, if there is one."""
        return with_(QueryDict(self.query), page=str(self.page - 1)) if self.page > 1 else ""


def listing(register: Register, viewer: Viewer, params: QueryDict) -> Listing:
    """Filter, search, sort and page a register as the query asks; unknown values leave no row."""
    day, given, problem = as_of(params)
    rows, filters, words = narrowed(register, viewer, params)
    sort = sort_of(register, viewer, params)
    ids = paging.passing(rows, CAP)
    page, pages = _page(params.get("page", ""), min(len(ids), CAP))
    shown = paging.page_of(
        register, rows, ids, order_by(register, sort), (page - 1) * PAGE_SIZE, all_known=len(ids) <= CAP
    )
    columns = columns_for(register, viewer)
    return Listing(
        register=Table(register.key),
        rows=shown,
        shown=cells(register, columns, shown),
        headings=[_heading(c, params, sort) for c in columns],
        filters=filters,
        words=words,
        count=min(len(ids), CAP),
        capped=len(ids) > CAP,
        page=page,
        pages=pages,
        query=params.urlencode(),
        as_of=day,
        as_of_given=given,
        as_of_problem=problem,
        hidden=[(k, v) for k, v in params.items() if k not in ("q", "page", "format")],
    )


def narrowed(register: Register, viewer: Viewer, params: QueryDict) -> tuple[QuerySet[Any], list[FilterView], str]:
    """The rows that a query asks for, unordered, with the filters and words behind them."""
    day, _given, problem = as_of(params)
    filters = filters_for(register, viewer, params)
    rows = apply(register, viewer, visible_to(register, viewer, day), params)
    words = params.get("q", "").strip()[: search.LONGEST]
    if problem is not None:
        rows = rows.none()
    return search.matching(rows, words, order_by(register, sort_of(register, viewer, params))), filters, words


def ordered(register: Register, viewer: Viewer, params: QueryDict) -> QuerySet[Any]:
    """The same rows in the order asked for, all of them: for exports."""
    rows, _filters, _words = narrowed(register, viewer, params)
    return with_related(register, rows).order_by(*order_by(register, sort_of(register, viewer, params)))


def as_of(params: QueryDict) -> tuple[date, str, Text | None]:
    """The day a list is asked for, as it was written, and what is wrong with it."""
    given = params.get("as_of", "").strip()
    if not given:
        return clock.today(), "", None
    try:
        return parsing.day(given), given, None
    except parsing.Unreadable as error:
        return clock.today(), given, error.text


def sort_of(register: Register, viewer: Viewer, params: QueryDict) -> str:
    """The sort asked for where it is declared and seen, else the register's own."""
    wish = params.get("sort", "")
    known = {c.key for c in columns_for(register, viewer) if c.sortable}
    return wish if wish.removeprefix("-") in known else register.default_sort


def order_by(register: Register, sort: str) -> tuple[str, ...]:
    """The columns to order by, the id last, all in one direction: so an index can be walked either way.

    Where many rows share a value (a kind, a type, a state) the register's own order follows it.
    """
    back, column = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    default = register.default_sort.removeprefix("-")
    shared = register.get(column).filterable and column != default
    return tuple(f"{back}{name}" for name in (column, *((default,) if shared else ()), "pk"))


def _page(wish: str, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    page = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 7 else 1
    return min(max(page, 1), pages), pages


def _heading(column: Column, params: QueryDict, now: str) -> Heading:
    state = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "")
    wish = f"-{column.key}" if state == "ascending" else column.key
    return Heading(column, with_(params, sort=wish, page=None) if column.sortable else "", state)
