"""Health and metrics: reasons without secrets, figures for those who may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from oreflow.console import clock
from oreflow.console.operations import health, scheduling
from tests.console.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _current(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' database is made without migrations."""
    monkeypatch.setattr(health, "_current", [True])


def _beat(at: datetime = NOW) -> None:
    scheduling.beat("worker-0a1b2c3d", at, {"process": "h:1:x"})
    scheduling.beat("scheduler", at, {"process": "h:1:x"})


def test_everything_runs(client: Client) -> None:
    with clock.at(NOW):
        _beat()
        answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "fine")
    assert client.get("/health?live").json() == {"live": True}


def test_without_worker_pages_answer_but_something_waits(client: Client) -> None:
    with clock.at(NOW):
        _beat(NOW - timedelta(minutes=10))
        answer = client.get("/health")
    found = {sign["name"]: sign for sign in answer.json()["signs"]}
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert found["worker"]["reason"]["zh"] == "没有运行中的任务进程。"
    assert "2026-03-02 08:50" in found["scheduler"]["reason"]["en"]


def test_a_failed_job_is_named(client: Client) -> None:
    with clock.at(NOW):
        _beat()
        scheduling.beat("scheduler", NOW, {"jobs": {"deadlines": {"error": "ValueError"}}})
        found = {sign["name"]: sign for sign in client.get("/health").json()["signs"]}
    assert "deadlines" in found["jobs"]["reason"]["en"]


def test_a_database_that_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise DatabaseError("connection to postgres://user:sesame@host failed")

    monkeypatch.setattr(health.connection, "cursor", fails)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert "sesame" not in answer.content.decode()


def test_a_full_disk_and_waiting_migrations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "free_bytes", lambda _folder: 1000)
    assert client.get("/health").status_code == 503
    monkeypatch.undo()
    monkeypatch.setattr(health, "_current", [])
    monkeypatch.setattr(health, "pending", lambda: ["registers.0002"])
    answer = client.get("/health")
    assert answer.status_code == 503
    assert [s["name"] for s in answer.json()["signs"] if not s["fine"] and s["needed"]] == ["migrations"]


def test_metrics_tell_what_happened(world: World) -> None:
    system = world.client("system")
    system.get("/health")
    text = system.get("/metrics").content.decode()
    assert 'oreflow_requests_total{method="GET",status="2xx",view="health"}' in text
    assert 'oreflow_request_seconds_bucket{le="0.005",view="health"}' in text
    assert 'oreflow_request_queries_bucket{le="1.0",view="health"}' in text
    assert "oreflow_sign_in_failures_total" in text
    assert "oreflow_tasks" in text


def test_failed_sign_ins_are_counted(world: World) -> None:
    from django.contrib.auth import authenticate
    from django.test import RequestFactory

    from oreflow.console.operations.metrics import REGISTRY

    before = REGISTRY.get_sample_value("oreflow_sign_in_failures_total")
    authenticate(RequestFactory().post("/sign-in"), username="clerk", password="wrong")  # noqa: S106 - wrong on purpose
    assert REGISTRY.get_sample_value("oreflow_sign_in_failures_total") == (before or 0) + 1


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8321"}, 200),
        ({"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8321"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_HOST": "127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "console.example"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
    ],
)
def test_metrics_are_for_this_machine(client: Client, settings: object, extra: dict[str, str], status: int) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    assert client.get("/metrics", **extra).status_code == status  # type: ignore[arg-type]


def test_metrics_by_token(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings

    chosen = settings.CONFIGURATION
    values = {**chosen.values, "metrics_token": "sesame-sesame"}
    monkeypatch.setattr(settings, "CONFIGURATION", replace(chosen, values=values))
    outside = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/metrics", headers={"authorization": "Bearer sesame-sesame"}, **outside).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}, **outside).status_code == 404
    assert client.get("/metrics", **outside).status_code == 404


def test_metrics_are_not_for_ordinary_people(world: World) -> None:
    for person in ("clerk", "decider", "city-admin", "nobody"):
        assert world.client(person).get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404, person
