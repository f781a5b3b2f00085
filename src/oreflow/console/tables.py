"""Registers: rows with columns, filters in the URL, search, sorting, pages, export as filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Generic, TypeVar

from django.http import QueryDict

Row = TypeVar("Row")
Plain = str | int | float | Fraction | None
PAGE_SIZE = 100
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `kind` is text, number, figure (opens), link, tag or missing.

    `href` opens in the side panel where `panel`; `note` stands small below, `hint` on hover;
    `quoted` text is the plan's own Chinese.
    """

    text: str
    kind: str = "text"
    href: str = ""
    panel: bool = False
    note: str = ""
    hint: str = ""
    tone: str = ""
    quoted: bool = False

    @property
    def css(self) -> str:
        """Classes: an open number is a figure."""
        return " ".join(c for c in ("figure" if self.href and self.kind == "number" else "", self.tone) if c)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `cell` for the page, `plain` for sorting and export."""

    key: str
    label: Any
    cell: Callable[[Row], Cell]
    plain: Callable[[Row], Plain]
    numeric: bool = False
    sortable: bool = True
    shown: bool = True


def worded(key: str, label: Any, text: Callable[[Row], str], **more: bool) -> Column[Row]:
    """A column whose cell shows just what it sorts by and exports."""
    return Column(key, label, lambda row: Cell(text(row)), text, **more)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, with the address that sets it and how many rows it leaves."""

    value: str
    label: str
    count: int
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """A filter by one value; `word` says a value in the reader's language."""

    key: str
    label: Any
    value: Callable[[Row], str]
    word: Callable[[str], str]
    chips: bool = False


@dataclass(frozen=True, slots=True)
class Register(Generic[Row]):
    """A table's definition; `text` is what a search looks through."""

    name: str
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter[Row], ...]
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: the address that sorts by it, and how it is sorted now."""

    column: Column[Any]
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter as shown: its options, and the chosen one if any."""

    key: str
    label: Any
    chips: bool
    choices: list[Choice]
    chosen: Choice | None
    clear_url: str


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A register as one request sees it."""

    register: Register[Row]
    rows: list[Row]
    shown: list[list[tuple[Cell, bool]]]
    headings: list[Heading]
    filters: list[FilterView]
    words: str
    total: int
    count: int
    page: int
    pages: int
    query: str
    hidden: list[tuple[str, str]] = field(default_factory=list)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.words) or any(f.chosen for f in self.filters)

    @property
    def next_url(self) -> str:
        return _with(QueryDict(self.query), page=str(self.page + 1)) if self.page < self.pages else ""

    @property
    def previous_url(self) -> str:
        return _with(QueryDict(self.query), page=str(self.page - 1)) if self.page > 1 else ""


def listing(register: Register[Row], rows: Iterable[Row], params: QueryDict) -> Listing[Row]:
    """Filter, search, sort and page `rows` as the query asks; unknown values leave no row."""
    everything = list(rows)
    words = params.get("q", "").strip()[:LONGEST_SEARCH]
    searched = [r for r in everything if _matches(register.text(r), words)]
    kept = [r for r in searched if _passes(register.filters, r, params)]
    kept = _sorted(register, kept, params.get("sort", ""))
    page, pages = _page(params.get("page", ""), len(kept))
    slice_ = kept[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    columns = [c for c in register.columns if c.shown]
    return Listing(
        register=register,
        rows=kept,
        shown=[[(c.cell(r), c.numeric) for c in columns] for r in slice_],
        headings=[_heading(c, params) for c in columns],
        filters=[_filter_view(register.filters, f, searched, params) for f in register.filters],
        words=words,
        total=len(everything),
        count=len(kept),
        page=page,
        pages=pages,
        query=params.urlencode(),
        hidden=[(k, v) for k, v in params.items() if k not in ("q", "page")],
    )


def plain_rows(register: Register[Row], rows: Sequence[Row]) -> tuple[list[str], list[list[Plain]]]:
    """Header and rows for an export."""
    header = [str(c.label) for c in register.columns]
    return header, [[c.plain(r) for c in register.columns] for r in rows]


def _matches(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


def _passes(filters: tuple[Filter[Row], ...], row: Row, params: QueryDict, but: str = "") -> bool:
    return all(f.value(row) == params[f.key] for f in filters if f.key != but and params.get(f.key))


def _sorted(register: Register[Row], rows: list[Row], wish: str) -> list[Row]:
    columns = {c.key: c for c in register.columns if c.sortable}
    column = columns.get(wish.lstrip("-"))
    if column is None:
        return sorted(rows, key=register.order) if register.order else rows
    present = [r for r in rows if column.plain(r) not in (None, "")]
    absent = [r for r in rows if column.plain(r) in (None, "")]
    return sorted(present, key=lambda r: _key(column.plain(r)), reverse=wish.startswith("-")) + absent


def _key(value: Plain) -> tuple[int, float, str]:
    if isinstance(value, str):
        return 1, 0.0, value.casefold()
    return 0, float(value or 0), ""


def _page(wish: str, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    page = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 7 else 1
    return min(max(page, 1), pages), pages


def _heading(column: Column[Any], params: QueryDict) -> Heading:
    now = params.get("sort", "")
    state = {"": "", column.key: "ascending", f"-{column.key}": "descending"}.get(now, "")
    wish = f"-{column.key}" if state == "ascending" else column.key
    return Heading(column, _with(params, sort=wish, page=None) if column.sortable else "", state)


def _filter_view(filters: tuple[Filter[Row], ...], this: Filter[Row], rows: list[Row], params: QueryDict) -> FilterView:
    counts: dict[str, int] = {}
    for row in rows:
        value = this.value(row)
        if value:
            counts.setdefault(value, 0)
            counts[value] += _passes(filters, row, params, but=this.key)
    asked = params.get(this.key, "")
    choices = [
        Choice(v, this.word(v), n, _with(params, page=None, **{this.key: v}), v == asked) for v, n in counts.items()
    ]
    chosen = next((c for c in choices if c.on), None)
    if asked and chosen is None:
        chosen = Choice(asked, asked, 0, "", True)
    return FilterView(this.key, this.label, this.chips, choices, chosen, _with(params, page=None, **{this.key: None}))


def _with(params: QueryDict, **changes: str | None) -> str:
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def without(register: Register[Row], *keys: str) -> Register[Row]:
    """The same register without some columns, for a narrower place."""
    return replace(register, columns=tuple(c for c in register.columns if c.key not in keys))
