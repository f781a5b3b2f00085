"""Background work of the registers."""

from __future__ import annotations

from typing import Any

from django_tasks import task

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
