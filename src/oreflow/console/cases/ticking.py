"""What time brings about: urgency, reminders, escalation (督办), and terms that lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from oreflow.console.people import mergers
from oreflow.console.people.models import Organisation, Role
from oreflow.core.provenance import Text
from oreflow.core.workflow import Case, Urgency, WorkCalendar, advance, deadline, lapse, waiting
from oreflow.core.workflow.deadlines import SOON_DAYS
from oreflow.core.workflow.procedures import SYSTEM

from . import effects, parties, routing
from .models import CaseFile, Notice
from .workdays import calendar

BATCH = 200


@dataclass(frozen=True, slots=True)
class Tick:
    """What one round of the scheduler did."""

    looked: int = 0
    changed: int = 0
    reminders: int = 0
    escalations: int = 0
    expired: int = 0

    def __add__(self, other: Tick) -> Tick:
        return Tick(
            self.looked + other.looked,
            self.changed + other.changed,
            self.reminders + other.reminders,
            self.escalations + other.escalations,
            self.expired + other.expired,
        )


def tick(now: datetime) -> Tick:
    """Look at every open case: set its urgency, remind, escalate, let terms lapse; carry over mergers whose day came.

    Each case is looked at in its own transaction with its row held, and every notice has a key: a second
    run, or one at the same time, finds nothing left to do.
    """
    days, total, last = calendar(), Tick(), 0
    while True:
        batch = list(_open().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not batch:
            break
        for case_id in batch:
            total += _look(case_id, days, now)
        last = batch[-1]
    mergers.carry_due(timezone.localdate(now))
    return total


def _open() -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(closed_at__isnull=True, submitted_at__isnull=False)


def _look(case_id: int, days: WorkCalendar, now: datetime) -> Tick:
    with transaction.atomic():
        case = _open().select_for_update().filter(pk=case_id).first()
        if case is None:
            return Tick()
        events = parties.events_of(case)
        core = parties.replayed(case, events)
        today = timezone.localdate(now)
        ends = lapse(parties.procedure_of(case), core, days)
        if ends is not None and today > ends.last:
            after = advance(
                parties.procedure_of(case), core, ends.step.id, by=SYSTEM, role=SYSTEM, at=timezone.localtime(now)
            )
            effects.happen(case, events, after, ends.step, None)
            return Tick(looked=1, changed=1, expired=1)
        due, urgency = effects.standing(case, core, days, today)
        changed = (due, urgency) != (case.due, case.urgency)
        if changed:
            case.due, case.urgency = due, urgency
            case.save(update_fields=("due", "urgency"))
        reminders = _remind(case, core, due, urgency, days, today, now)
        return Tick(1, int(changed), reminders, _escalate(case, core, due, urgency, days, today, now))


def _remind(
    case: CaseFile, core: Case, due: date | None, urgency: str, days: WorkCalendar, today: date, now: datetime
) -> int:
    """Three working days before the end, whoever is waited for is reminded, once for each day it may end on."""
    if due is None or urgency == Urgency.OVERDUE:
        return 0
    left = days.between(today, due)
    if left > SOON_DAYS:
        return 0
    text = Text(
        f"{case.number}“{case.title}”将于 {due} 到期，还剩 {left} 个工作日。",
        f"{case.number} “{case.title}” is due on {due}: {left} working days left.",
    )
    return sum(
        effects.tell(
            case,
            parties.in_role(case, role, bodies),
            parties.PARTIES[role].membership,
            Notice.Kind.REMINDER,
            text,
            now,
            f"reminder:{case.pk}:{core.state}:{due}",
        )
        for role, bodies in waiting(parties.procedure_of(case), core).items()
    )


def _escalate(
    case: CaseFile, core: Case, due: date | None, urgency: str, days: WorkCalendar, today: date, now: datetime
) -> int:
    """A limit that has passed is told to who answers for it and to its superior, once."""
    if due is None or urgency != Urgency.OVERDUE:
        return 0
    procedure = parties.procedure_of(case)
    found = deadline(procedure, core, days, today)
    limit = procedure.limits[found.phase]
    late: list[Organisation] = parties.in_role(case, limit.holder)
    over = [s for o in late if (s := routing.superior(o)) is not None]
    names = "、".join(o.name for o in late)
    text = Text(
        f"{case.number}“{case.title}”应于 {due} 办结而未办结，现予督办；办理单位：{names}。",
        f"{case.number} “{case.title}” was due on {due} and is not done; it lies with {names}.",
    )
    key = f"escalation:{case.pk}:{found.phase}:{due}"
    kind: Any = Notice.Kind.ESCALATION
    told = effects.tell(case, late, parties.PARTIES[limit.holder].membership, kind, text, now, key)
    return told + effects.tell(case, over, Role.DECIDER, kind, text, now, key)
