"""Deadlines in working days: the clock runs in some states, stands still in others."""

from __future__ import annotations

from datetime import date, datetime

from .calendar import WorkCalendar
from .model import Case, Clock, Deadline, Procedure, State, Urgency

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
