"""Tasks of plans whose day has passed without being done."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from oreflow.console.records import Door
from oreflow.console.registers import saving
from oreflow.console.registers.plan_models import PlanTask
from oreflow.console.registers.plan_registry import TASKS

_WAITING = (PlanTask.Status.OPEN, PlanTask.Status.UNDERWAY)
_DAY = re.compile(r"((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?")
_HALF = re.compile(r"上半年")
_QUARTER = re.compile(r"([一二三四])季度")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}


def due_day(printed: str) -> date | None:
    """The last day that a printed deadline leaves: 2025年 and 2025年底 end with the year, 2023年6月 with the month."""
    found = _DAY.search(printed)
    if found is None:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    if month is None:
        quarter = _QUARTER.search(printed)
        last = 6 if _HALF.search(printed) else _QUARTERS[quarter[1]] if quarter else 12
        return date(year, last, calendar.monthrange(year, last)[1])
    if not 1 <= int(month) <= 12:
        return None
    whole = calendar.monthrange(year, int(month))[1]
    return date(year, int(month), min(int(day), whole) if day and int(day) else whole)


def mark(now: datetime) -> int:
    """Mark open tasks whose day has passed, each with its entry of history; how many."""
    today, marked = timezone.localdate(now), 0
    late = PlanTask.objects.filter(status__in=_WAITING, due__lt=today, valid_to=None)
    for task_id in list(late.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = late.select_for_update().filter(pk=task_id).first()
            if row is None:
                continue
            row.status = PlanTask.Status.OVERDUE
            saving.write(TASKS, row, None, "", door=str(Door.COMMAND), reason=f"{row.due} 到期 / past its day")
            marked += 1
    return marked
