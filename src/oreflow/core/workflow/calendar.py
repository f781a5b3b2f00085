"""Working days: weekdays less public holidays plus make-up workdays, as a value.

The list of holidays comes from outside (a maintained package, or an official list that an
administrator loads). Years without a list fall back to weekends; dates in them are provisional.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Holidays on weekdays, workdays on weekends, and the years both lists cover."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    workdays: frozenset[date] = field(default_factory=frozenset)
    years: frozenset[int] = field(default_factory=frozenset)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_known(self, day: date) -> bool:
        """Whether the holidays of its year are known; otherwise answers about it are provisional."""
        return day.year in self.years

    def add(self, start: date, days: int) -> date:
        """The day on which a period of `days` working days ends.

        The day of the event is not counted (Civil Code art. 201, Administrative License Law art. 82);
        a period of 0 days ends on `start` or, if that is no workday, on the next one.
        """
        day = start
        left = days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        days = (end - start).days
        return sum(self.is_workday(start + timedelta(days=k)) for k in range(1, days + 1))
