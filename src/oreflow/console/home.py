"""The first page of whoever is signed in: my tasks, my deadlines, my alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from oreflow.core.workflow import Urgency, WorkCalendar

from . import clock
from .cases import access, words
from .cases.models import CaseFile, Notice
from .cases.parties import procedure_of
from .cases.tables import part_of
from .cases.workdays import calendar
from .people.access import Viewer, viewer_of
from .people.guard import signed_in
from .reading.pages.listing import Shown, undecided
from .records import Record
from .registers import confirmations
from .registers.access import visible_to
from .registers.registry import REGISTERS

SHOWN = 12
ALERTS = 20
EXPIRING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in a list: its state in words and what is left of its time."""

    case: CaseFile
    state: str
    tone: str
    left: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Expiring:
    """A licence that expires soon or has expired."""

    record: Any
    url: str
    days: int


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """My tasks, my deadlines, my alerts."""
    viewer, days, today = viewer_of(request), calendar(), clock.today()
    tasks = list(access.tasks(viewer).select_related("organisation")[: SHOWN + 1])
    notices = alerts(viewer)
    context = {
        "tasks": [_waiting(c, days, today) for c in tasks[:SHOWN]],
        "more_tasks": len(tasks) > SHOWN,
        "deadlines": deadlines(viewer, days, today),
        "notices": [(n, words.KINDS[n.kind], words.KIND_TONES[n.kind]) for n in notices[:ALERTS]],
        "more_notices": len(notices) > ALERTS,
        "expiring": expiring(viewer, today),
        "expiring_days": EXPIRING.days,
        "unconfirmed": unconfirmed(viewer),
        "confirm_url": address("confirm"),
        "documents": documents(viewer),
    }
    return render(request, "console/home.html", context)


def alerts(viewer: Viewer) -> list[Notice]:
    """The notices not seen yet; tasks stand in their own list."""
    return list(access.unseen(viewer).exclude(kind=Notice.Kind.TASK)[: ALERTS + 1])


def deadlines(viewer: Viewer, days: WorkCalendar, today: date) -> list[tuple[date, list[Waiting]]]:
    """The next days on which something is due that the reader's organisation takes part in, the overdue first.

    Authorities see what is overdue anywhere within their reach, too.
    """
    mine = Q(due__lt=today)
    if viewer.organisation is not None:
        mine |= part_of(viewer.organisation.pk)
    rows: QuerySet[CaseFile] = access.visible_to(viewer).filter(mine, closed_at__isnull=True, due__isnull=False)
    found = list(rows.select_related("organisation").order_by("due", "pk")[:SHOWN])
    return [(due, [_waiting(c, days, today) for c in group]) for due, group in groupby(found, key=lambda c: c.due)]


def _waiting(case: CaseFile, days: WorkCalendar, today: date) -> Waiting:
    left = days.between(today, case.due) if case.due else 0
    urgency = Urgency.OVERDUE.value if case.due and today > case.due else case.urgency
    tone = words.state_tone(procedure_of(case), case.state, urgency)
    return Waiting(case, words.state(case.procedure, case.state), tone, words.left(case.due, left), urgency)


def expiring(viewer: Viewer, today: date) -> list[Expiring]:
    """The licences within reach that expire within EXPIRING, or did in the last EXPIRING, the earliest first."""
    rows = visible_to(REGISTERS["licences"], viewer, today).filter(expires__range=(today - EXPIRING, today + EXPIRING))
    found: list[Any] = list(rows.select_related("organisation").order_by("expires", "pk")[:SHOWN])
    return [Expiring(r, record_url("licences", r), (r.expires - today).days) for r in found]


def unconfirmed(viewer: Viewer) -> int:
    """How many fields of its own record the reader's enterprise has not confirmed this year; 0 for others."""
    own = confirmations.own_enterprise(viewer)
    if own is None or not confirmations.may_confirm(viewer):
        return 0
    summary = confirmations.summaries(viewer, [own])[0]
    return summary.total - summary.confirmed


def documents(viewer: Viewer) -> list[Shown]:
    """The documents of the reader's organisation in which something is still to decide."""
    return undecided(viewer, SHOWN)


def record_url(key: str, record: Record) -> str:
    """The page of a record."""
    return address("record", key=key, record_id=record.pk)


def address(view: str, **kwargs: Any) -> str:
    """The address of a view; empty where there is none."""
    try:
        return reverse(view, kwargs=kwargs)
    except NoReverseMatch:
        return ""
