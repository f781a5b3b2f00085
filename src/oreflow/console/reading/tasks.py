"""Background work of the reading desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import overdue, runs


@task()
def read_documents(document_ids: list[int]) -> None:
    """Read documents that were handed in."""
    runs.read_many(document_ids)


def enqueue(document_ids: Sequence[int]) -> Any:
    """Have documents read by the worker."""
    return read_documents.enqueue(list(document_ids))


def recover_interrupted(now: datetime) -> int:
    """Give documents back to people whose worker died and whose task will not run again; returns how many."""
    return runs.recover_interrupted(now, awaited=_awaited())


def _awaited() -> Collection[int]:
    """The documents that a task is at work on, or will be."""
    tasks = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"), task_path=read_documents.module_path)
    given = tasks.values_list("args_kwargs", flat=True)
    return {int(one) for args in given if args.get("args") for one in args["args"][0]}


def nightly(now: datetime) -> int:
    """Mark tasks whose day has passed; how many."""
    return overdue.mark(now)
