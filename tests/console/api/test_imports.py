"""Files through the data interface: out as filtered, in by upload, preview and write."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oreflow.console.people.models import SecurityEvent
from oreflow.console.registers import tasks
from oreflow.console.registers.imports import runs
from oreflow.console.registers.models import Equipment, ImportRun
from tests.console.world import World

from .tokens import Program, assert_problem, program

EQUIPMENT = "/api/registers/equipment"


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker would do is done by the test, by name."""
    monkeypatch.setattr(tasks, "enqueue_preview", lambda _run_id: None)
    monkeypatch.setattr(tasks, "enqueue_write", lambda _run_id: None)


def table(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def upload(sender: Program, content: str) -> Any:
    file = SimpleUploadedFile("设备.csv", content.encode("utf-8-sig" if content else "utf-8"))
    return sender.client.post(f"{EQUIPMENT}/imports", {"file": file}, headers=sender.headers)


def test_an_export_holds_what_is_filtered_and_seen(world: World) -> None:
    header, *rows = table(program(world, "clerk").get(f"{EQUIPMENT}/export?status=operating"))
    assert "Number" in header[0]
    assert [row[0] for row in rows] == ["E-1"]
    assert len(table(program(world, "decider").get(f"{EQUIPMENT}/export"))) == 3
    assert len(table(program(world, "decider").get(f"{EQUIPMENT}/export?status=retired"))) == 1
    assert_problem(program(world, "decider").get(f"{EQUIPMENT}/export?limit=5"), 422, "parameters")
    assert "编号" in table(program(world, "clerk", language="zh-CN").get(f"{EQUIPMENT}/export"))[0][0]


def test_an_export_of_important_data_is_on_record(world: World) -> None:
    assert len(table(program(world, "decider").get("/api/registers/enterprises/export"))) == 3
    assert SecurityEvent.objects.get(act="export").actor == world.people["decider"]


def test_an_upload_is_previewed_then_written(world: World) -> None:
    clerk = program(world, "clerk")
    content = "编号,名称,设备类型,单位,状态,所在地\nE-8,示例8号高炉,blast-furnace,915104000000000008,operating,510411\n"
    sent = upload(clerk, content)
    assert sent.status_code == 202, sent.content
    assert sent.json()["state"] == "reading"
    path = sent.headers["Location"]
    runs.preview(sent.json()["id"])
    run = clerk.get(path).json()
    lines = clerk.get(f"{path}/lines").json()["items"]
    assert run["state"] == "preview", run["message"]
    assert (run["adds"], run["errors"]) == (1, 0), lines
    assert lines[0]["verdict"] == "add"
    assert lines[0]["values"]["number"] == "E-8"
    assert clerk.get(f"{path}/lines?verdict=error").json()["items"] == []
    assert not Equipment.objects.filter(number="E-8").exists()
    assert clerk.post(f"{path}/write").json()["state"] == "writing"
    runs.write(run["id"])
    assert clerk.get(path).json()["state"] == "done"
    assert Equipment.objects.get(number="E-8").organisation == world.organisations["alpha"]
    assert_problem(clerk.post(f"{path}/discard"), 403, "refused")
    assert [r["id"] for r in clerk.get("/api/imports").json()["items"]] == [run["id"]]


def test_rows_with_errors_say_so_and_are_not_written(world: World) -> None:
    clerk = program(world, "clerk")
    run = upload(clerk, "编号,名称,设备类型,单位,状态,所在地\nE-8,x,no-such-type,,operating,510411\n").json()
    runs.preview(run["id"])
    path = f"/api/imports/{run['id']}"
    lines = clerk.get(f"{path}/lines?verdict=error").json()["items"]
    assert len(lines) == 1
    assert lines[0]["problems"]
    assert_problem(clerk.post(f"{path}/write"), 403, "refused")
    assert clerk.post(f"{path}/again").json()["state"] == "reading"
    assert clerk.post(f"{path}/discard").json()["state"] == "discarded"


def test_an_import_is_its_owner_s_alone(world: World) -> None:
    run = upload(program(world, "clerk"), "编号,名称\nE-8,x\n").json()
    for other in (program(world, "rival"), program(world, "decider"), program(world, "looker")):
        for path in (f"/api/imports/{run['id']}", f"/api/imports/{run['id']}/lines"):
            assert_problem(other.get(path), 404, "not-found")
        for act in ("write", "again", "discard"):
            assert_problem(other.post(f"/api/imports/{run['id']}/{act}"), 404, "not-found")
    assert ImportRun.objects.get().state == "reading"
    assert_problem(upload(program(world, "looker"), "编号\n1\n"), 403, "refused")
    assert set(assert_problem(upload(program(world, "clerk"), ""), 422, "invalid")["problems"]) == {"file"}
