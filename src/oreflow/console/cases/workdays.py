"""The calendar that deadlines are counted in: the maintained list, and what an administrator loaded over it."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache

from django.db.models import Count, Max

from oreflow.console.operations.models import Holiday
from oreflow.core.workflow import WorkCalendar
from oreflow.gateway.calendars import work_calendar


def calendar() -> WorkCalendar:
    """The calendar as it stands now; a year that a loaded list speaks of is taken from the list alone."""
    loaded = Holiday.objects.aggregate(rows=Count("pk"), last=Max("pk"), at=Max("loaded_at"))
    return _merged(loaded["rows"], loaded["last"], loaded["at"])


@lru_cache(maxsize=4)
def _merged(rows: int, last: int | None, at: datetime | None) -> WorkCalendar:
    """Kept until a list is loaded: the arguments say which lists these are."""
    del last, at
    base = _base()
    if not rows:
        return base
    days = list(Holiday.objects.values_list("day", "works"))
    years = {day.year for day, _ in days}
    return WorkCalendar(
        holidays=frozenset(d for d in base.holidays if d.year not in years) | {d for d, works in days if not works},
        workdays=frozenset(d for d in base.workdays if d.year not in years) | {d for d, works in days if works},
        years=base.years | years,
    )


@cache
def _base() -> WorkCalendar:
    return work_calendar()
