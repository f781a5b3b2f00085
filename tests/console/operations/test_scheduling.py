"""The scheduler: one of several has the turn, jobs fail alone, interrupted tasks come back, the night tidies."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from oreflow.console.operations import scheduling
from oreflow.console.operations.models import Heartbeat, IdempotentAnswer
from oreflow.console.operations.scheduling import ATTEMPTS, beat, requeue_interrupted, take_turn
from tests.console.world import NOW, World

pytestmark = pytest.mark.django_db
ELSEWHERE, NO_PROCESS = "otherhost:1:aaaaaaaa", 2**22 + 1  # beyond the largest number of a process
DEAD = f"{socket.gethostname()[:24]}:{NO_PROCESS}:bbbbbbbb"


def _task(worker: str, *, minutes: int = 10, attempts: int = 1) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.create(
        status="RUNNING", args_kwargs={"args": [], "kwargs": {}},
        task_path="oreflow.console.registers.tasks.write_import",
        backend_name="default", run_after=NOW, started_at=NOW - timedelta(minutes=minutes),
        worker_ids=[worker] * attempts, exception_class_path="", traceback="",
    )  # fmt: skip


def _status(task: DBTaskResult[Any, Any]) -> str:
    task.refresh_from_db()
    return str(task.status)


def test_one_scheduler_has_the_turn_until_it_is_silent() -> None:
    assert take_turn(ELSEWHERE, NOW)
    assert not take_turn("otherhost:2:cccccccc", NOW + timedelta(minutes=1))
    assert take_turn(ELSEWHERE, NOW + timedelta(minutes=1))
    assert take_turn("otherhost:2:cccccccc", NOW + timedelta(minutes=1) + scheduling.LEASE)


def test_a_dead_scheduler_of_this_machine_is_followed_at_once() -> None:
    assert take_turn(DEAD, NOW)
    assert take_turn(ELSEWHERE, NOW)


def test_tasks_of_living_workers_are_left_alone() -> None:
    beat("worker-aaaaaaaa", NOW, {"process": ELSEWHERE})
    task = _task(ELSEWHERE)
    assert requeue_interrupted(NOW) == 0
    assert _status(task) == "RUNNING"


def test_tasks_of_silent_workers_come_back() -> None:
    beat("worker-aaaaaaaa", NOW - timedelta(minutes=5), {"process": ELSEWHERE})
    silent, young, dead = _task(ELSEWHERE), _task(ELSEWHERE, minutes=0), _task(DEAD, minutes=0)
    assert requeue_interrupted(NOW) == 2
    assert [_status(t) for t in (silent, young, dead)] == ["READY", "RUNNING", "READY"]


def test_a_task_that_took_three_workers_with_it_is_failed() -> None:
    task = _task(DEAD, attempts=ATTEMPTS)
    assert requeue_interrupted(NOW) == 1
    assert _status(task) == "FAILED"


def test_a_failing_job_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_at: object) -> None:
        raise ValueError("示例")

    monkeypatch.setattr(scheduling, "_deadlines", fails)
    task = _task(DEAD)
    assert take_turn(ELSEWHERE, NOW)
    scheduling.turn(NOW)
    jobs = Heartbeat.objects.get(name="scheduler").detail["jobs"]
    assert {name: job["error"] for name, job in jobs.items()} == {
        "interrupted-tasks": "", "deadlines": "ValueError", "night": "",
    }  # fmt: skip
    assert _status(task) == "READY"


def test_the_night_comes_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    nights: list[object] = []
    monkeypatch.setattr(scheduling, "tidy", nights.append)
    monkeypatch.setattr(scheduling, "_deadlines", lambda _at: None)
    assert take_turn(ELSEWHERE, NOW)
    for hours in (0, 1, 5, 15, 16, 17, 18, 19, 20, 24):  # NOW is 09:00 in Beijing
        scheduling.turn(NOW + timedelta(hours=hours))
    assert nights == [NOW, NOW + timedelta(hours=18)]


def test_deadlines_are_watched(world: World) -> None:
    assert take_turn(ELSEWHERE, NOW)
    scheduling.turn(NOW)
    assert Heartbeat.objects.get(name="scheduler").detail["jobs"]["deadlines"]["error"] == ""


def test_what_has_served_its_time_goes(world: World) -> None:
    user, now = world.people["clerk"], timezone.now()
    for key, days in (("old", 8), ("young", 6)):
        IdempotentAnswer.objects.create(user=user, key=key, request="0", status=200, at=now - timedelta(days=days))
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=7 - days))
        beat(f"worker-{key}", now - timedelta(days=days - 6), {})
    for days in (31, 29):
        task = _task(ELSEWHERE)
        DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL", finished_at=now - timedelta(days=days))
    scheduling.tidy(now)
    assert list(IdempotentAnswer.objects.values_list("key", flat=True)) == ["young"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["young"]
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["worker-young"]
    assert DBTaskResult.objects.count() == 1
