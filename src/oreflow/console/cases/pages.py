"""A case as its page shows it: deadline, turns, timeline, opinions, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation
from oreflow.console.registers.access import visible_to
from oreflow.core.provenance import Text
from oreflow.core.workflow import Case, Deadline, Lapse, WorkCalendar, deadline, lapse, stops, waiting
from oreflow.core.workflow.model import Procedure, Step

from . import access, actions, changes, letters, parties, routing, words
from .models import CaseEvent, CaseFile, Letter
from .workdays import calendar


@dataclass(frozen=True, slots=True)
class Turn:
    """A role that the case waits for, and its organisations."""

    role: Text
    organisations: list[Organisation]


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the timeline; `stop` says for how long the clock stood still after it."""

    event: CaseEvent
    step: Text
    role: Text
    items: list[str]
    named: list[str]
    letter: Letter | None
    letter_title: Text | None
    tone: str
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """An interval in which the clock stood still."""

    start: date
    end: date | None
    working_days: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """A body asked, and its answer."""

    body: Organisation
    asked: datetime
    answer: CaseEvent | None


@dataclass(frozen=True, slots=True)
class Action:
    """A step as offered to the reader: a form, or closed with the reason why."""

    step: Step
    open: bool
    why_not: Text | None
    bodies: list[Organisation] = field(default_factory=list)
    primary: bool = False
    grave: bool = False
    decides: bool = False

    @property
    def simple(self) -> bool:
        """Whether one press does it: nothing has to be said with it, and it does not end the case."""
        step = self.step
        return not (self.decides or step.reason or step.asks or step.refers or step.opinion)


def context(case: CaseFile, viewer: Viewer) -> dict[str, Any]:
    """Everything the page of a case shows."""
    procedure = parties.procedure_of(case)
    events = parties.events_of(case)
    core = parties.replayed(case, events)
    days, today = calendar(), clock.today()
    found = deadline(procedure, core, days, today)
    return {
        "case": case,
        "procedure": procedure,
        "state": procedure.states[case.state].name,
        "state_tone": words.state_tone(procedure, case.state, found.urgency),
        "deadline": found if found.phase else None,
        "deadline_text": words.left(found.due, found.left),
        "share": _share(found),
        "lapse": _lapse(case, core, days),
        "lapse_left": _lapse_left(case, core, days, today),
        "turns": _turns(case, core),
        "lines": changes.lines(case),
        "register": changes.register_of(case),
        "record_url": record_url(case, viewer),
        "timeline": _timeline(case, core, events, days, today),
        "opinions": _opinions(events),
        "letters": [e.letter for e in events if hasattr(e, "letter")],
        "letter_titles": {kind: k.title for kind, k in letters.KINDS.items()},
        "actions": _actions(case, core, events, viewer),
        "attachments": access.attachments(case),
        "why_not_edit": actions.why_not_edit(viewer, case),
        "applies": viewer.organisation is not None and viewer.organisation.pk == case.organisation_id,
    }


def _share(found: Deadline) -> int:
    """Used working days in percent of the limit, for a meter."""
    return min(100, round(100 * found.used / found.days)) if found.days else 0


def _lapse(case: CaseFile, core: Case, days: WorkCalendar) -> Lapse | None:
    return lapse(parties.procedure_of(case), core, days) if case.closed_at is None else None


def _lapse_left(case: CaseFile, core: Case, days: WorkCalendar, today: date) -> int:
    found = _lapse(case, core, days)
    return (found.last - today).days if found else 0


def _turns(case: CaseFile, core: Case) -> list[Turn]:
    procedure = parties.procedure_of(case)
    return [
        Turn(procedure.roles[role], parties.in_role(case, role, bodies))
        for role, bodies in waiting(procedure, core).items()
    ]


def _timeline(case: CaseFile, core: Case, events: list[CaseEvent], days: WorkCalendar, today: date) -> list[Entry]:
    procedure = parties.procedure_of(case)
    stopped = {start: (start.date(), end.date() if end else None) for start, end, _state in stops(procedure, core)}
    out = []
    for event in events:
        step = procedure.steps[event.step]
        at = timezone.localtime(event.at)
        interval = stopped.get(at)
        letter: Letter | None = getattr(event, "letter", None)
        rows = [row.strip() for row in event.reason.splitlines() if row.strip()]
        out.append(
            Entry(
                event=event,
                step=step.name,
                role=procedure.roles.get(event.role, Text(event.role, event.role)),
                items=rows if step.lists else [event.reason] if event.reason else [],
                named=[b.organisation.name for b in event.bodies.all()] or _reviewer(case, event),
                letter=letter,
                letter_title=letters.KINDS[letter.kind].title if letter else None,
                tone=words.state_tone(procedure, event.state),
                stop=Stop(*interval, days.between(interval[0], interval[1] or today)) if interval else None,
            )
        )
    return out


def _reviewer(case: CaseFile, event: CaseEvent) -> list[str]:
    named = event.detail.get("reviewer")
    if not named:
        return []
    if case.reviewer is not None and case.reviewer.pk == named:
        return [case.reviewer.name]
    return list(Organisation.objects.filter(pk=named).values_list("name", flat=True))


def _opinions(events: list[CaseEvent]) -> list[Opinion]:
    out: list[Opinion] = []
    for position, event in enumerate(events):
        for asked in event.bodies.all():
            answers = (e for e in events[position + 1 :] if e.body_id == asked.organisation_id)
            out.append(Opinion(asked.organisation, event.at, next(answers, None)))
    return out


def _actions(case: CaseFile, core: Case, events: list[CaseEvent], viewer: Viewer) -> list[Action]:
    procedure = parties.procedure_of(case)
    offered = parties.offered(case, core, parties.names_of(events), viewer)
    first = _leading(procedure, offered)
    out = []
    for option in offered:
        step = option.step
        bodies = list(_choosable(case, step)) if option.open else []
        after = procedure.states[step.after]
        grave = step.reason and not after.grants and after.clock.value == "over"
        out.append(Action(step, option.open, option.why_not, bodies, step.id == first, grave, after.grants))
    return sorted(out, key=lambda a: (not a.open, a.grave, not a.primary))


def _leading(procedure: Procedure, offered: list[Any]) -> str:
    """The open step that leads on: the one that grants what was asked for, else the first."""
    usual = [o.step for o in offered if o.open and not o.step.voluntary]
    granting = (s.id for s in usual if procedure.states[s.after].grants)
    return next(granting, usual[0].id if usual else "")


def _choosable(case: CaseFile, step: Step) -> QuerySet[Organisation]:
    if step.asks:
        return routing.askable(case)
    return routing.reviewers(case) if step.refers else Organisation.objects.none()


def record_url(case: CaseFile, viewer: Viewer) -> str:
    """The page of the case's record, where the viewer may see it."""
    register = changes.register_of(case)
    if register is None or not visible_to(register, viewer).filter(pk=case.record_id).exists():
        return ""
    try:
        return reverse("record", kwargs={"key": register.key, "record_id": case.record_id})
    except NoReverseMatch:
        return ""
