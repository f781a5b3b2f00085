"""The register of cases: filters, order and pages that the database answers, and the rows as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.tables import LONGEST_SEARCH, Cell, Column, Heading
from oreflow.core.workflow import PROCEDURES, Urgency

from . import access, words
from .models import CaseFile
from .parties import PARTIES
from .workdays import calendar

PAGE_SIZE = 50
MOST_COUNTED = 10_000
MOST_EXPORTED = 50_000
SORTS = {"due": "due", "changed": "changed_at", "number": "number", "opened": "opened_at"}
MINE = ("tasks", "part", "opened")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as shown."""

    key: str
    label: Any
    options: list[Option]
    clear_url: str

    @property
    def chosen(self) -> Option | None:
        """The option that is set."""
        return next((o for o in self.options if o.on), None)


@dataclass(frozen=True, slots=True)
class Named:
    """What the shared table template asks of a register: its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the register of cases."""

    register: Named
    headings: list[Heading]
    shown: list[list[tuple[Cell, bool]]]
    filters: list[Filter]
    words: str
    count: str
    page: int
    more: bool
    previous_url: str
    next_url: str
    hidden: list[tuple[str, str]]
    filtered: bool


def selected(viewer: Viewer, params: QueryDict) -> QuerySet[CaseFile]:
    """The cases that the address asks for, in its order."""
    return _sorted(filtered(viewer, params), params.get("sort", ""))


def filtered(viewer: Viewer, params: Mapping[str, str]) -> QuerySet[CaseFile]:
    """The cases that filters and words leave; a value that does not exist leaves none."""
    rows = access.visible_to(viewer)
    mine = params.get("mine", "")
    if mine == "tasks":
        rows = rows.filter(pk__in=access.tasks(viewer).order_by().values("pk"))
    elif mine == "part" and viewer.organisation is not None:
        rows = rows.filter(part_of(viewer.organisation.pk))
    elif mine == "opened" and viewer.user is not None:
        rows = rows.filter(opened_by=viewer.user)
    for key in ("state", "urgency", "procedure", "register"):
        if params.get(key):
            rows = rows.filter(**{key: params[key].replace("\x00", "")})
    if params.get("open") == "1":
        rows = rows.filter(closed_at__isnull=True)
    asked = params.get("q", "").strip()[:LONGEST_SEARCH]
    for word in asked.replace("\x00", "").split():
        found = Q(number__icontains=word) | Q(title__icontains=word) | Q(organisation__name__icontains=word)
        rows = rows.filter(found)
    return rows


def part_of(own: int) -> Q:
    """Cases in which an organisation stands in a role."""
    condition = Q(pk__in=CaseFile.objects.filter(asked_bodies__organisation=own).values("pk"))
    for party in PARTIES.values():
        if party.column:
            condition |= Q(**{party.column: own})
    return condition


def _sorted(rows: QuerySet[CaseFile], wish: str) -> QuerySet[CaseFile]:
    column = SORTS.get(wish.lstrip("-"), "")
    if not column:
        return rows.order_by("-changed_at", "-pk")
    if wish.startswith("-"):
        return rows.order_by(F(column).desc(nulls_last=True), "-pk")
    return rows.order_by(F(column).asc(nulls_last=True), "pk")


def listing(viewer: Viewer, params: QueryDict) -> Listing:
    """One page of the register, with a count that stops at MOST_COUNTED."""
    rows = selected(viewer, params).select_related("organisation", "acceptor", "decider")
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    page = _page(params.get("page", ""))
    slice_ = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    more, shown = len(slice_) > PAGE_SIZE, slice_[:PAGE_SIZE]
    columns = _columns()
    filters = _filters(params)
    asked = params.get("q", "").strip()[:LONGEST_SEARCH]
    return Listing(
        register=Named("cases"),
        headings=[_heading(c, params) for c in columns],
        shown=[[(c.cell(r), c.numeric) for c in columns] for r in shown],
        filters=filters,
        words=asked,
        count=f"{MOST_COUNTED:,}+" if counted > MOST_COUNTED else f"{counted:,}",
        page=page,
        more=more,
        previous_url=_with(params, page=str(page - 1)) if page > 1 else "",
        next_url=_with(params, page=str(page + 1)) if more else "",
        hidden=[(k, v) for k, v in params.items() if k not in ("q", "page")],
        filtered=bool(asked or params.get("open") or any(f.chosen for f in filters)),
    )


def _page(wish: str) -> int:
    return max(1, int(wish)) if wish.isascii() and wish.isdigit() and len(wish) < 7 else 1


def _columns() -> list[Column[CaseFile]]:
    days, today = calendar(), clock.today()

    def urgency(case: CaseFile) -> str:
        return Urgency.OVERDUE.value if case.due and case.due < today else case.urgency

    def left(case: CaseFile) -> Cell:
        tone = words.TONES.get(urgency(case), "")
        if case.due is None:
            return Cell("", "missing", hint=str(words.URGENCIES.get(case.urgency, "")))
        note = words.left(case.due, days.between(today, case.due))
        return Cell(case.due.isoformat(), note=note, tone=f"due {tone}")

    def state(case: CaseFile) -> Cell:
        tone = words.state_tone(PROCEDURES[case.procedure], case.state, urgency(case))
        return Cell(capfirst(words.state(case.procedure, case.state)), "tag", tone=tone)

    def subject(case: CaseFile) -> Cell:
        register = REGISTERS.get(case.register)
        return Cell(case.title, note=words.said(register.name) if register else "", quoted=True)

    return [
        Column("number", lazy("Case"), lambda c: Cell(c.number, "link", reverse("case", args=[c.pk])),
               lambda c: c.number),
        Column("subject", lazy("What it is about"), subject, lambda c: c.title, sortable=False),
        Column("state", lazy("State"), state, lambda c: words.state(c.procedure, c.state), sortable=False),
        Column("due", lazy("Due"), left, lambda c: c.due.isoformat() if c.due else ""),
        Column("applicant", lazy("Applicant"), lambda c: Cell(c.organisation.name, quoted=True),
               lambda c: c.organisation.name, sortable=False),
        Column("changed", lazy("Changed"), lambda c: Cell(timezone.localtime(c.changed_at).strftime("%Y-%m-%d %H:%M")),
               lambda c: timezone.localtime(c.changed_at).isoformat(timespec="minutes")),
    ]  # fmt: skip


def export(rows: Iterable[CaseFile]) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of the list as text."""
    header = [
        _("Case"), _("What it is about"), _("Register"), _("Applicant"), _("State"), _("Due"), _("Urgency"),
        _("Opened"), _("Changed"), _("Closed"), _("Accepting authority"), _("Deciding authority"), _("Simulated"),
    ]  # fmt: skip
    return header, (_plain(case) for case in rows)


def _plain(case: CaseFile) -> list[str]:
    register = REGISTERS.get(case.register)
    return [
        case.number, case.title, words.said(register.name) if register else "", case.organisation.name,
        words.state(case.procedure, case.state), case.due.isoformat() if case.due else "",
        str(words.URGENCIES.get(case.urgency, case.urgency)), _moment(case.opened_at), _moment(case.changed_at),
        _moment(case.closed_at), case.acceptor.name if case.acceptor else "", case.decider.name if case.decider else "",
        _("simulated") if case.simulated else "",
    ]  # fmt: skip


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


def _heading(column: Column[CaseFile], params: QueryDict) -> Heading:
    now = params.get("sort", "")
    state = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "")
    wish = f"-{column.key}" if state == "ascending" else column.key
    return Heading(column, _with(params, sort=wish, page=None) if column.sortable else "", state)


def _filters(params: QueryDict) -> list[Filter]:
    states = {s.id: words.said(s.name) for p in PROCEDURES.values() for s in p.states.values()}
    mine = dict(zip(MINE, (_("waiting for me"), _("my organisation takes part"), _("opened by me")), strict=True))
    urgencies = (Urgency.OVERDUE, Urgency.SOON, Urgency.CALM, Urgency.STOPPED)
    offered: list[tuple[str, Any, dict[str, str]]] = [
        ("mine", lazy("Mine"), mine),
        ("state", lazy("State"), states),
        ("urgency", lazy("Deadline"), {u.value: str(words.URGENCIES[u]) for u in urgencies}),
        ("register", lazy("Register"), {r.key: words.said(r.name) for r in REGISTERS.values()}),
    ]
    if len(PROCEDURES) > 1:
        offered.append(("procedure", lazy("Procedure"), {p.id: words.said(p.name) for p in PROCEDURES.values()}))
    return [_filter(key, label, values, params) for key, label, values in offered]


def _filter(key: str, label: Any, values: dict[str, str], params: QueryDict) -> Filter:
    asked = params.get(key, "")
    options = [Option(v, said, _with(params, page=None, **{key: v}), v == asked) for v, said in values.items()]
    if asked and asked not in values:
        options.append(Option(asked, asked[:40], "", True))
    return Filter(key, label, options, _with(params, page=None, **{key: None}))


def _with(params: QueryDict, **changes: str | None) -> str:
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"
