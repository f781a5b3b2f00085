"""The pages of an import: from upload to done, in both languages, for whoever may."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from oreflow.console.registers import tasks
from oreflow.console.registers.imports import keeping, runs
from oreflow.console.registers.models import Equipment, ImportRun
from oreflow.console.registers.registry import REGISTERS
from tests.console.world import World

from .test_import import machine, nothing, table, uploaded, written


def post(client: Client, data: bytes, name: str = "machines.csv", key: str = "equipment") -> Any:
    return client.post(f"/registers/{key}/import/", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_from_upload_to_done(world: World, language: str, django_capture_on_commit_callbacks: Any) -> None:
    client = world.client("clerk", language)
    assert client.get("/registers/equipment/import/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, table([machine(world, "E-2")]))
    run = ImportRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/imports/{run.pk}/")
    waiting = client.get(f"/imports/{run.pk}/").content.decode()
    assert "hx-get" in waiting
    assert client.get(f"/imports/{run.pk}/progress").status_code == 200
    tasks.preview_import.func(run.pk)
    done = client.get(f"/imports/{run.pk}/progress")
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")
    assert "E-2" in client.get(f"/imports/{run.pk}/?tab=add").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{run.pk}/write")
    tasks.write_import.func(run.pk)
    assert Equipment.objects.filter(number="E-2").exists()
    assert client.get(f"/imports/{run.pk}/").status_code == 200
    assert f"/imports/{run.pk}/" in client.get("/imports/").content.decode()


def test_the_preview_shows_old_and_new_and_every_problem(world: World) -> None:
    rows = [
        machine(world, "E-1", type="blast-furnace", size="1200", name="示例新名", status="suspended"),
        machine(world, "E-2", size="<script>alert(1)</script>"),
    ]
    run = uploaded(world, "clerk", table(rows))
    client = world.client("clerk")
    page = client.get(f"/imports/{run.pk}/?tab=change").content.decode()
    assert "<del>示例1号高炉</del>" in page
    assert "<ins>示例新名</ins>" in page
    page = client.get(f"/imports/{run.pk}/?tab=error").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    book = load_workbook(io.BytesIO(client.get(f"/imports/{run.pk}/errors.xlsx").content))
    values = [[c.value for c in row] for row in book["errors"].iter_rows()]
    assert values[1][2] == 3
    assert client.post(f"/imports/{run.pk}/write").status_code == 409


@pytest.mark.parametrize("query", ["?tab=nope", "?page=99999", "?page=-1", "?tab=error&page=x", "?page=９"])
def test_odd_addresses_show_a_page(world: World, query: str) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    assert world.client("clerk").get(f"/imports/{run.pk}/{query}").status_code == 200


def test_another_ones_import_is_not_there(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2", size="x")]))
    for person in ("rival", "looker", "decider", "system"):
        client = world.client(person)
        for path in ("", "progress", "errors.xlsx"):
            assert client.get(f"/imports/{run.pk}/{path}").status_code == 404, (person, path)
        for act in ("write", "again", "discard"):
            assert client.post(f"/imports/{run.pk}/{act}").status_code == 404, (person, act)
    for path in (
        "/imports/",
        "/registers/equipment/import/",
        f"/imports/{run.pk}/",
        "/registers/equipment/template.xlsx",
    ):
        assert Client().get(path).status_code == 302
    assert world.client("clerk").get("/registers/nope/import/").status_code == 404


def test_who_may_not_write_sees_why(world: World) -> None:
    client = world.client("looker")
    page = client.get("/registers/equipment/import/").content.decode()
    assert "role of clerk" in page
    assert post(client, b"number").status_code == 403
    assert not ImportRun.objects.exists()


def test_files_that_cannot_be_taken_say_why(world: World) -> None:
    client = world.client("clerk")
    assert post(client, b"").status_code == 422
    assert client.post("/registers/equipment/import/").status_code == 422
    run = uploaded(world, "clerk", b"number,nmae\n1,2\n")
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "nmae" in page
    assert "The file could not be read" in page


def test_a_preview_is_discarded_and_done_ones_stay(world: World) -> None:
    client = world.client("clerk")
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    client.post(f"/imports/{run.pk}/discard")
    run.refresh_from_db()
    assert (run.state, run.lines.count()) == ("discarded", 0)
    done = written(world, "clerk", uploaded(world, "clerk", table([machine(world, "E-2")])))
    assert client.post(f"/imports/{done.pk}/discard").status_code == 409


def test_progress_of_a_write_shows_before_it_is_committed(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    runs.order_write(world.viewer("clerk"), run.pk, nothing)
    keeping.tell(run.pk, 43)
    assert "43 %" in world.client("clerk").get(f"/imports/{run.pk}/progress").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_are_downloads(world: World, form: str) -> None:
    for key in REGISTERS:
        answer = world.client("clerk").get(f"/registers/{key}/export.{form}?status=operating&q=示例&status=%00")
        assert answer.status_code == 200, key
        assert b"".join(answer.streaming_content)
        assert "attachment" in answer["Content-Disposition"]


def test_a_page_of_the_preview_takes_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    run = uploaded(world, "clerk", table([machine(world, f"N-{i}") for i in range(120)]))
    client = world.client("clerk")
    client.get(f"/imports/{run.pk}/?tab=add")
    with django_assert_max_num_queries(18):
        client.get(f"/imports/{run.pk}/?tab=add&page=2")
