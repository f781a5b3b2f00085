"""Mutations of operations: a failed task tried again, an official list of holidays loaded."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django_tasks_db.models import DBTaskResult

from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text

from .access import only_system, visible_tasks
from .models import Holiday

logger = logging.getLogger("oreflow.operations")
MOST_DAYS = 1000


@transaction.atomic
def retry(viewer: Viewer, task_id: UUID) -> DBTaskResult[Any, Any]:
    """Put a failed task back into its queue.

    Raises
    ------
    Http404, Refused
        Where there is none, or it has not failed.
    """
    task = visible_tasks(viewer).select_for_update().filter(pk=task_id).first()
    if task is None:
        raise Http404
    if task.status != "FAILED":
        raise Refused(Text("只有失败的任务可以重试。", "Only a task that failed can be tried again."))
    task.status, task.started_at, task.finished_at = "READY", None, None
    task.worker_ids, task.exception_class_path, task.traceback = [], "", ""
    task.save()
    logger.warning("task %s is tried again", task.pk)
    return task


@transaction.atomic
def load_holidays(viewer: Viewer, days: list[tuple[date, bool]], at: datetime) -> list[int]:
    """Store a list: the years that it speaks of are taken from it alone. Returns those years.

    Raises
    ------
    Http404, Invalid
    """
    only_system(viewer)
    if not days or len(days) > MOST_DAYS or len({day for day, _ in days}) != len(days):
        said = Text(f"应为 1 至 {MOST_DAYS} 天，每天一行。", f"It must be 1 to {MOST_DAYS} days, each of them once.")
        raise Invalid({"days": said})
    years = sorted({day.year for day, _ in days})
    spoken_of = Q()
    for year in years:
        spoken_of |= Q(day__year=year)
    Holiday.objects.filter(spoken_of).delete()
    Holiday.objects.bulk_create(
        Holiday(day=day, works=works, loaded_at=at, loaded_by=viewer.user) for day, works in days
    )
    logger.warning("loaded the holidays of %s: %d days", ", ".join(map(str, years)), len(days))
    return years
