"""What follows from a step, in the same transaction: event, opinions, letter, notices, deadline, the change itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation, Role
from oreflow.core.provenance import Text
from oreflow.core.workflow import Case, Clock, Deadline, Urgency, WorkCalendar, deadline, lapse, waiting
from oreflow.core.workflow.model import Step
from oreflow.core.workflow.procedures import APPLICANT

from . import changes, letters, parties
from .models import AskedBody, CaseEvent, CaseFile, Notice
from .workdays import calendar


def happen(
    case: CaseFile,
    events: Sequence[CaseEvent],
    after: Case,
    step: Step,
    viewer: Viewer | None,
    named: Sequence[Organisation] = (),
) -> CaseEvent:
    """Write the last event of `after` and everything that follows from it."""
    said = after.events[-1]
    event = CaseEvent.objects.create(
        case=case,
        sequence=len(events) + 1,
        step=said.step,
        state=said.state,
        at=said.at,
        by=viewer.user if viewer else None,
        role=said.role,
        organisation=viewer.organisation if viewer else None,
        reason=said.reason,
        body=viewer.organisation if viewer and said.body else None,
        agrees=said.agrees if step.opinion else None,
        detail={"reviewer": named[0].pk} if step.refers else {},
    )
    _opinions(case, event, step, named)
    if step.refers:
        case.reviewer = named[0]
    _settle(case, after, said.at)
    case.version += 1
    case.save()
    if parties.procedure_of(case).states[after.state].grants and viewer is not None:
        changes.apply(case, viewer)
    if step.letter:
        letters.issue(case, event, after, named)
    _notify(case, event, after)
    return event


def _opinions(case: CaseFile, event: CaseEvent, step: Step, named: Sequence[Organisation]) -> None:
    if step.asks:
        AskedBody.objects.bulk_create([AskedBody(case=case, event=event, organisation=o) for o in named])
    if step.opinion:
        rows = AskedBody.objects.filter(case=case, organisation=event.body, answered_at__isnull=True)
        rows.update(answered_at=event.at)


def _settle(case: CaseFile, after: Case, now: datetime) -> None:
    """State and deadline as the core computes them."""
    procedure = parties.procedure_of(case)
    case.state, case.changed_at = after.state, now
    if case.submitted_at is None and after.state != procedure.start:
        over = procedure.states[after.state].clock is Clock.OVER
        case.submitted_at = None if over else now
    if procedure.states[after.state].clock is Clock.OVER:
        case.closed_at = now
    case.due, case.urgency = standing(case, after, calendar(), timezone.localdate(now))


def standing(case: CaseFile, core: Case, days: WorkCalendar, today: date) -> tuple[date | None, str]:
    """What lists show of the deadline: the day it ends and how urgent it is; a term's last day where one runs."""
    procedure = parties.procedure_of(case)
    found: Deadline = deadline(procedure, core, days, today)
    ends = lapse(procedure, core, days)
    if ends is None:
        return found.due, found.urgency.value
    return ends.last, Urgency.STOPPED.value


def announce(case: CaseFile, events: Sequence[CaseEvent], now: datetime, *, key: str) -> None:
    """Tell those for whom the case waits now that it does."""
    _tasks(case, parties.replayed(case, events), now, key)


def _tasks(case: CaseFile, core: Case, now: datetime, key: str) -> None:
    procedure = parties.procedure_of(case)
    state = procedure.states[core.state].name
    for role, bodies in waiting(procedure, core).items():
        tell(
            case,
            parties.in_role(case, role, bodies),
            parties.PARTIES[role].membership,
            Notice.Kind.TASK,
            Text(
                f"{case.number}“{case.title}”{state.zh}，请办理。",
                f"{case.number} “{case.title}” is {state.en}: your turn.",
            ),
            now,
            f"task:{case.pk}:{key}",
        )


def _notify(case: CaseFile, event: CaseEvent, after: Case) -> None:
    """Settle what was asked before, tell whom the case waits for now, and the end to those who took part."""
    procedure = parties.procedure_of(case)
    open_ones = Notice.objects.filter(case=case, done_at__isnull=True).exclude(kind=Notice.Kind.RESULT)
    state = procedure.states[after.state]
    if not procedure.steps[event.step].opinion:
        told = {(n.organisation_id, n.role) for n in open_ones}
        open_ones.update(done_at=event.at)
    else:
        told = set()
        open_ones.filter(organisation=event.body, role=Role.OPINION).update(done_at=event.at)
    if state.clock is not Clock.OVER:
        _tasks(case, after, event.at, str(event.sequence))
        return
    everybody = told | {(case.organisation_id, parties.PARTIES[APPLICANT].membership.value)}
    text = Text(f"{case.number}“{case.title}”{state.name.zh}。", f"{case.number} “{case.title}” is {state.name.en}.")
    by_organisation = {o.pk: o for o in Organisation.objects.filter(pk__in=[o for o, _ in everybody])}
    for organisation, role in sorted(everybody):
        if event.organisation_id != organisation:
            tell(case, [by_organisation[organisation]], role, Notice.Kind.RESULT, text, event.at, f"result:{case.pk}")


def tell(
    case: CaseFile,
    organisations: Iterable[Organisation],
    role: Any,
    kind: Any,
    text: Text,
    now: datetime,
    key: str,
) -> int:
    """Write notices, each once by its key; how many are new."""
    rows = [
        Notice(
            case=case,
            organisation=o,
            role=role,
            kind=kind,
            text_zh=text.zh,
            text_en=text.en,
            at=now,
            key=f"{key}:{o.pk}:{role}",
        )
        for o in organisations
    ]
    there = set(Notice.objects.filter(key__in=[r.key for r in rows]).values_list("key", flat=True))
    new = [r for r in rows if r.key not in there]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
