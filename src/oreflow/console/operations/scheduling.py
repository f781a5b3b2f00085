"""What the scheduler does, and the heartbeats by which one sees who is alive."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from oreflow.console import query_plans

from . import preparing
from .models import Heartbeat, IdempotentAnswer
from .processes import ended

logger = logging.getLogger("oreflow.scheduler")
BEAT = 15.0  # seconds between heartbeats
SILENT = timedelta(seconds=120)  # after this long without a heartbeat something is not alive
LEASE = timedelta(seconds=150)
NIGHT = 3  # o'clock
ANSWERS, RESULTS, GONE = timedelta(days=7), timedelta(days=30), timedelta(days=1)
ATTEMPTS = 3
SCHEDULER = "scheduler"


def beat(name: str, at: datetime, detail: dict[str, Any], *, only_known: bool = False) -> None:
    """Write a heartbeat; `only_known` updates one that stands."""
    if not Heartbeat.objects.filter(name=name).update(at=at, detail=detail) and not only_known:
        Heartbeat.objects.create(name=name, at=at, detail=detail)


def alive(at: datetime) -> set[str]:
    """The processes whose worker gave a sign lately."""
    rows = Heartbeat.objects.filter(name__startswith="worker-", at__gte=at - SILENT)
    return {row.detail.get("process", "") for row in rows if not row.detail.get("stopped")}


def take_turn(process: str, at: datetime) -> bool:
    """Whether this process is the scheduler now: it was, or nobody has been for a while, or that one is dead."""
    with transaction.atomic():
        row, _new = Heartbeat.objects.select_for_update().get_or_create(
            name=SCHEDULER, defaults={"at": at, "detail": {"process": process}}
        )
        holder = row.detail.get("process", "")
        if holder not in ("", process) and row.at > at - LEASE and not ended(holder):
            return False
        row.at, row.detail = at, {**row.detail, "process": process}
        row.save()
    return True


def turn(at: datetime) -> None:
    """One minute's work, and the night's once a day; a job that fails is told and does not stop the others."""
    row = Heartbeat.objects.get(name=SCHEDULER)
    jobs = row.detail.get("jobs", {})
    for name, job in {"interrupted-tasks": recover, "deadlines": _deadlines}.items():
        jobs[name] = _done(name, job, at)
    local = timezone.localtime(at)
    night = row.detail.get("night", "")
    if night != local.date().isoformat() and (local.hour >= NIGHT or not night):
        jobs["night"] = _done("night", tidy, at)
        night = local.date().isoformat()
    Heartbeat.objects.filter(name=SCHEDULER).update(detail={**row.detail, "jobs": jobs, "night": night})


def _done(name: str, job: Callable[[datetime], Any], at: datetime) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        job(at)
        error = ""
    except Exception as failure:
        logger.exception("job %s failed", name)
        error = type(failure).__name__
    return {"at": at.isoformat(), "seconds": round(time.perf_counter() - started, 3), "error": error}


def _deadlines(at: datetime) -> None:
    import_module("oreflow.console.cases.actions").tick(at)


def start(at: datetime) -> None:
    """What a scheduler does before its first turn."""
    del at
    query_plans.refresh()


def recover(at: datetime) -> None:
    """Give back the tasks whose worker is gone, and to people the imports that no task takes up again."""
    requeue_interrupted(at)
    import_module("oreflow.console.registers.tasks").recover_interrupted(at)
    import_module("oreflow.console.reading.tasks").recover_interrupted(at)


def requeue_interrupted(at: datetime) -> int:
    """Give back the tasks whose worker is gone; tasks write in one transaction, so that nothing stands half.

    A task that took three workers with it is failed instead, and can be tried again by hand.
    """
    living, count = alive(at), 0
    for task in DBTaskResult.objects.running():
        worker = task.worker_ids[-1] if task.worker_ids else ""
        lately = task.started_at is not None and task.started_at > at - SILENT
        if (worker in living or lately) and not ended(worker):
            continue
        kept = DBTaskResult.objects.filter(pk=task.pk, status="RUNNING", worker_ids=task.worker_ids)
        if len(task.worker_ids) >= ATTEMPTS:
            count += kept.update(
                status="FAILED", finished_at=at, exception_class_path="Interrupted", traceback=f"{ATTEMPTS} attempts"
            )
        else:
            count += kept.update(status="READY", started_at=None)
    return count


def tidy(at: datetime) -> None:
    """Remove what has served its time: sessions, answers to repeated requests, results of tasks, rows of imports."""
    SessionStore.clear_expired()
    import_module("oreflow.console.reading.tasks").nightly(at)
    IdempotentAnswer.objects.filter(at__lt=at - ANSWERS).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=at - RESULTS).delete()
    Heartbeat.objects.filter(name__contains="-", at__lt=at - GONE).delete()
    preparing.clear(settings.INCOMING)
    preparing.clear(Path(settings.MEDIA_ROOT), ".incoming-*")
    import_module("oreflow.console.registers.imports.tidying").tidy(at)
    query_plans.refresh()
