"""Background work of the registers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .imports import runs


@task()
def preview_import(run_id: int) -> None:
    """Read an upload and compare it with the register."""
    runs.preview(run_id)


@task()
def write_import(run_id: int) -> None:
    """Write a previewed import."""
    runs.write(run_id)


def enqueue_preview(run_id: int) -> Any:
    """Have an upload read by the worker."""
    return preview_import.enqueue(run_id)


def enqueue_write(run_id: int) -> Any:
    """Have a previewed import written by the worker."""
    return write_import.enqueue(run_id)


def recover_interrupted(now: datetime) -> int:
    """Put imports back to a person whose worker died and whose task will not run again; returns how many."""
    return runs.recover_interrupted(now, awaited=_awaited())


def _awaited() -> Collection[int]:
    """The imports that a task is at work on, or will be."""
    paths = [preview_import.module_path, write_import.module_path]
    tasks = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"), task_path__in=paths)
    return {int(given["args"][0]) for given in tasks.values_list("args_kwargs", flat=True) if given.get("args")}
