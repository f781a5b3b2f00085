"""Deadlines in working days: the clock runs in some states, stands still in others."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .calendar import WorkCalendar
from .model import Case, Clock, Deadline, Lapse, Procedure, State, Urgency

SOON_DAYS = 3


def deadline(procedure: Procedure, case: Case, calendar: WorkCalendar, today: date) -> Deadline:
    """How the limit of the case's current phase stands on `today`.

    A phase's clock starts on the day the case first enters one of its states and counts the working
    days spent in its running states; days in stopped states do not count, whatever the phase.
    """
    state = procedure.states[case.state]
    limit = procedure.limits.get(state.phase)
    if limit is None or state.clock is Clock.OVER:
        return Deadline("", 0, 0, None, 0, Urgency.NONE, provisional=False)
    used, last = _used(procedure, case, calendar, today)
    if state.clock is Clock.STOPPED:
        return Deadline(
            limit.phase,
            limit.days,
            used,
            None,
            limit.days - used,
            Urgency.STOPPED,
            provisional=False,
            ground=limit.ground,
        )
    spent_before = used - calendar.between(last, today)
    due = calendar.add(last, max(0, limit.days - spent_before))
    left = calendar.between(today, due)
    urgency = Urgency.OVERDUE if today > due else Urgency.SOON if left <= SOON_DAYS else Urgency.CALM
    provisional = not all(calendar.is_known(date(y, 1, 1)) for y in range(case.opened.year, due.year + 1))
    return Deadline(limit.phase, limit.days, used, due, left, urgency, provisional, limit.ground)


def lapse(procedure: Procedure, case: Case, calendar: WorkCalendar) -> Lapse | None:
    """The last day of the state's term, and the step that is due after it; None for a state without term.

    Calendar days count from the day after the state was entered; a term that would end on a day off ends
    on the next working day (Civil Code art. 203).
    """
    term = procedure.states[case.state].term
    step = next((s for s in procedure.steps.values() if s.automatic and case.state in s.before), None)
    if not term or step is None:
        return None
    entered = case.events[-1].at if case.events else case.opened
    return Lapse(calendar.add(_day(entered) + timedelta(days=term), 0), step)


def stops(procedure: Procedure, case: Case) -> tuple[tuple[datetime, datetime | None, State], ...]:
    """The intervals in which the clock of a limit stood still: from, to (None: still does), in which state."""
    moments = [(e.at, procedure.states[e.state]) for e in case.events]
    ends: list[datetime | None] = [at for at, _ in moments[1:]]
    return tuple(
        (entered, left, state)
        for (entered, state), left in zip(moments, [*ends, None], strict=False)
        if state.clock is Clock.STOPPED and state.phase
    )


def _used(procedure: Procedure, case: Case, calendar: WorkCalendar, today: date) -> tuple[int, date]:
    """Working days used in the current phase, and the day its clock last started."""
    phase = procedure.states[case.state].phase
    used, running_since = 0, case.opened.date()
    state = procedure.states[case.start]
    moments: list[tuple[date, State]] = [(case.opened.date(), state)]
    moments += [(_day(e.at), procedure.states[e.state]) for e in case.events]
    for (entered, here), (left, _) in zip(moments, [*moments[1:], (today, state)], strict=True):
        if here.phase == phase and here.clock is Clock.RUNS:
            used += calendar.between(entered, left)
    for (_, before), (entered, here) in zip([(case.opened.date(), None), *moments], moments, strict=False):
        runs = here.phase == phase and here.clock is Clock.RUNS
        ran = before is not None and before.phase == phase and before.clock is Clock.RUNS
        if runs and not ran:
            running_since = entered
    return used, running_since


def _day(at: datetime) -> date:
    return at.date()
