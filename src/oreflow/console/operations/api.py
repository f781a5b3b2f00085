"""Operations in the data interface: health, tasks, the calendar of working days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from oreflow.console.api_ground import Page, StrictSchema, TextOut, needs, page
from oreflow.console.clock import now
from oreflow.console.people.access import viewer_of

from . import access, actions, calendars
from . import health as signs

router = Router(tags=["operations"])
Limit = Annotated[int, Query(ge=1, le=200, description="rows a page")]
Cursor = Annotated[str | None, Query(description="`next` of the page before")]


class SignOut(Schema):
    """One sign of health."""

    name: str
    fine: bool
    needed: bool = Field(description="whether the console is not ready without it")
    reason: TextOut | None


class HealthOut(Schema):
    """Whether the console is ready, and why not."""

    status: Literal["fine", "degraded", "failing"]
    live: bool
    ready: bool
    version: str
    signs: list[SignOut]


class TaskOut(Schema):
    """A task in its queue."""

    id: UUID
    task: str
    status: Literal["READY", "RUNNING", "FAILED", "SUCCESSFUL"]
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    error: str = Field(description="the kind of error; empty where there is none")


class TasksPage(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next: str | None


class DayOut(Schema):
    """A day off, or a workday on a weekend."""

    date: date
    kind: Literal["holiday", "workday"]
    name: str


class CalendarOut(Schema):
    """Years whose holidays are known, from the package or a loaded list, and the loaded days."""

    years: dict[int, Literal["package", "list"]]
    days: list[DayOut]


class DayIn(StrictSchema):
    """A day of an official list."""

    date: date
    kind: Literal["holiday", "workday"]


class CalendarIn(StrictSchema):
    """An official list; the years that it speaks of are taken from it alone."""

    days: list[DayIn] = Field(min_length=1, max_length=actions.MOST_DAYS)


@router.get("/operations/health", response=HealthOut, summary="Health")
@needs("operations:read")
def health(request: HttpRequest) -> Any:
    """Whether the console is ready, and why not."""
    access.only_system(viewer_of(request))
    return signs.health()


@router.get("/operations/tasks", response=TasksPage, summary="Tasks")
@needs("operations:read")
def tasks(
    request: HttpRequest,
    state: Literal["", "READY", "RUNNING", "FAILED", "SUCCESSFUL"] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Tasks, latest first."""
    rows = access.visible_tasks(viewer_of(request), state)
    found: Page[Any] = page(rows, "-enqueued_at", limit, cursor, query=state)
    return {"items": [_task(row) for row in found.items], "next": found.next}


@router.post("/operations/tasks/{task_id}/retry", response=TaskOut, summary="Try a failed task again")
@needs("operations:write")
def retry(request: HttpRequest, task_id: UUID) -> Any:
    """Put a failed task back into its queue."""
    return _task(actions.retry(viewer_of(request), task_id))


@router.get("/operations/calendar", response=CalendarOut, summary="Working days")
@needs("operations:read")
def calendar(request: HttpRequest) -> Any:
    """Known years and loaded days."""
    access.only_system(viewer_of(request))
    return _calendar()


@router.put("/operations/calendar", response=CalendarOut, summary="Load an official list of holidays")
@needs("operations:write")
def load_calendar(request: HttpRequest, body: CalendarIn) -> Any:
    """Store an official list."""
    days = [(day.date, day.kind == calendars.WORKDAY) for day in body.days]
    actions.load_holidays(viewer_of(request), days, now())
    return _calendar()


def _calendar() -> dict[str, Any]:
    return {"years": calendars.known_years(), "days": calendars.as_rows()}


def _task(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "task": row.task_path.rpartition(".")[2],
        "status": row.status,
        "enqueued_at": row.enqueued_at,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
        "attempts": len(row.worker_ids),
        "error": row.exception_class_path.rpartition(".")[2],
    }
