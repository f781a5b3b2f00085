"""The page of operations and its part of the data interface: for the installation's administrator alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from oreflow.console import clock
from oreflow.console.cases.workdays import calendar
from oreflow.console.operations import health
from oreflow.console.operations.models import Holiday
from tests.console.world import NOW, World

LIST = "date,kind\n2027-01-01,holiday\n2027-02-06,holiday\n2027-02-14,workday\n"


@pytest.fixture(autouse=True)
def _current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_current", [True])


def failed_task(**more: Any) -> DBTaskResult[Any, Any]:
    values = {
        "status": "FAILED", "args_kwargs": {"args": [1], "kwargs": {}}, "backend_name": "default", "run_after": NOW,
        "task_path": "oreflow.console.registers.tasks.write_import", "exception_class_path": "builtins.ValueError",
        "traceback": "ValueError: <示例>", "worker_ids": ["h:1:x"], "finished_at": NOW,
    }  # fmt: skip
    return DBTaskResult.objects.create(**{**values, **more})


def _file(text: str = LIST, name: str = "2027.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode())}


ADDRESSES = [
    ("get", "/operations/"), ("get", "/operations/tasks/{task}"), ("post", "/operations/tasks/{task}/retry"),
    ("post", "/operations/calendar/look"), ("post", "/operations/calendar"),
    ("get", "/api/operations/health"), ("get", "/api/operations/tasks"), ("post", "/api/operations/tasks/{task}/retry"),
    ("get", "/api/operations/calendar"), ("put", "/api/operations/calendar"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_there_is_nothing_here_for_others(world: World, method: str, address: str) -> None:
    task = failed_task()
    path = address.format(task=task.pk)
    body = {"days": [{"date": "2027-01-01", "kind": "holiday"}]}
    for person in ("clerk", "alpha-admin", "city-admin", "decider", "minister", "nobody"):
        given = (
            {"data": body, "content_type": "application/json"} if path.startswith("/api") and method != "get" else {}
        )
        answer = getattr(world.client(person), method)(path, **given)
        assert answer.status_code in ((403, 404) if person == "nobody" else (404,)), (person, path)
    answer = getattr(Client(), method)(path)
    assert answer.status_code == (401 if path.startswith("/api") else 302)
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert Holiday.objects.count() == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_shows_everything(world: World, language: str) -> None:
    failed_task()
    page = world.client("system", language).get("/operations/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "builtins.ValueError" in text
    assert "OREFLOW_DATA" in text
    assert "database_url" in text
    assert "2026" in text
    assert world.client("system").get("/operations/?state=READY").content.decode().count("builtins.ValueError") == 0


def test_a_failed_task_is_tried_again(world: World) -> None:
    task, system = failed_task(), world.client("system")
    shown = system.get(f"/operations/tasks/{task.pk}").content.decode()
    assert "ValueError: &lt;示例&gt;" in shown
    assert system.post(f"/operations/tasks/{task.pk}/retry", follow=True).status_code == 200
    task.refresh_from_db()
    assert (task.status, task.worker_ids, task.traceback) == ("READY", [], "")
    again = system.post(f"/operations/tasks/{task.pk}/retry", follow=True)
    assert "Only a task that failed" in again.content.decode()
    assert system.get("/operations/tasks/00000000-0000-4000-8000-000000000000").status_code == 404


def test_a_list_of_holidays_is_looked_at_before_it_is_stored(world: World) -> None:
    system = world.client("system")
    Holiday.objects.create(day=date(2027, 1, 1), works=True, loaded_at=NOW)
    Holiday.objects.create(day=date(2027, 5, 1), works=False, loaded_at=NOW)
    looked = system.post("/operations/calendar/look", _file())
    assert looked.status_code == 200
    assert Holiday.objects.count() == 2
    assert [d.before for d in looked.context["days"]] == ["changed", "new", "new"]
    with clock.at(NOW):
        stored = system.post("/operations/calendar", {"token": looked.context["token"]}, follow=True)
    assert "2027" in stored.content.decode()
    days = dict(Holiday.objects.values_list("day", "works"))
    assert days == {date(2027, 1, 1): False, date(2027, 2, 6): False, date(2027, 2, 14): True}
    assert {h.loaded_by_id for h in Holiday.objects.all()} == {world.people["system"].pk}
    assert not calendar().is_workday(date(2027, 1, 1))
    assert calendar().is_workday(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("text", "said"),
    [("day;kind\n", "date and kind"), ("date,kind\n2027-02-30,holiday\n", "2027-02-30"), ("date,kind\n", "no day"),
     ("date,kind\n2027-01-01,feast\n", "feast"), ("date,kind\n2027-01-01,holiday\n2027-01-01,workday\n", "more than"),
     ("date,kind\n" + "2027-01-01,holiday\n" * 20_000, "too large")],
)  # fmt: skip
def test_bad_lists_are_told(world: World, text: str, said: str) -> None:
    answer = world.client("system").post("/operations/calendar/look", _file(text))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Holiday.objects.count() == 0


def test_bytes_that_are_no_list(world: World) -> None:
    system = world.client("system")
    spoilt = {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00\x01" * 50)}
    assert system.post("/operations/calendar/look", spoilt).status_code == 422
    assert system.post("/operations/calendar/look", {}).status_code == 422
    answer = system.post("/operations/calendar", {"token": "forged"}, follow=True)
    assert "too old" in answer.content.decode()


def test_the_data_interface(world: World) -> None:
    system = world.client("system")
    old, new = failed_task(), failed_task(status="SUCCESSFUL", exception_class_path="")
    assert system.get("/api/operations/health").json()["live"] is True
    first = system.get("/api/operations/tasks?limit=1").json()
    second = system.get(f"/api/operations/tasks?limit=1&cursor={first['next']}").json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {str(old.pk), str(new.pk)}
    failed = system.get("/api/operations/tasks?state=FAILED").json()["items"]
    assert [(t["task"], t["error"]) for t in failed] == [("write_import", "ValueError")]
    body = {"days": [{"date": "2027-01-01", "kind": "holiday"}]}
    stored = system.put("/api/operations/calendar", body, content_type="application/json")
    assert stored.json()["years"]["2027"] == "list"
    twice = {"days": body["days"] * 2}
    assert system.put("/api/operations/calendar", twice, content_type="application/json").status_code == 422
    assert system.get("/api/operations/calendar").json()["days"] == [
        {"date": "2027-01-01", "kind": "holiday", "name": ""}
    ]
    assert system.post(f"/api/operations/tasks/{old.pk}/retry").json()["status"] == "READY"


def test_bodies_are_small_where_no_file_is_expected(world: World) -> None:
    system, large = world.client("system"), "x" * (3 * 1024 * 1024)
    refused = system.post("/preferences", {"next": large})
    assert refused.status_code == 413
    assert "2 MB" in refused.content.decode()
    api = system.put("/api/operations/calendar", {"days": large}, content_type="application/json")
    assert (api.status_code, api.json()["code"]) == (413, "too-large")
