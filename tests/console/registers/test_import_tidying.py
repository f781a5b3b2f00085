"""What an import leaves behind goes after thirty days; its counts, hash and history stay."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from oreflow.console.operations import scheduling
from oreflow.console.registers import tasks
from oreflow.console.registers.imports import keeping, runs, tidying
from oreflow.console.registers.models import Equipment, ImportRun

from ..world import NOW, World
from .test_import import machine, nothing, table, uploaded, written

MONTH = tidying.KEPT + timedelta(seconds=1)


def aged(run: ImportRun) -> None:
    """Make an upload's file as old as its run."""
    at = NOW.timestamp()
    os.utime(keeping.folder() / run.sha256, (at, at))


def done(world: World, number: str) -> ImportRun:
    run = written(world, "clerk", uploaded(world, "clerk", table([machine(world, number)])))
    aged(run)
    return run


def test_rows_and_upload_go_counts_hash_and_history_stay(world: World) -> None:
    run = done(world, "E-2")
    digest = run.sha256
    assert tidying.tidy(NOW + tidying.KEPT - timedelta(seconds=1)) == 0
    assert run.lines.count() == 1
    assert tidying.tidy(NOW + MONTH) == 1
    assert tidying.tidy(NOW + MONTH) == 0
    run.refresh_from_db()
    assert (run.state, run.total, run.adds, run.sha256, run.lines.count()) == ("done", 1, 1, digest, 0)
    assert list(keeping.folder().iterdir()) == []
    assert Equipment.history.filter(history_source=f"import:{run.pk}").count() == 1
    page = world.client("clerk").get(reverse("import", args=[run.pk]))
    assert "30 days ago" in page.content.decode()


def test_an_upload_stays_while_another_import_needs_it(world: World) -> None:
    run = done(world, "E-2")
    other = uploaded(world, "clerk", table([machine(world, "E-2")]))
    assert other.sha256 == run.sha256
    aged(run)
    assert tidying.tidy(NOW + MONTH) == 1
    assert (keeping.folder() / run.sha256).is_file()
    assert other.lines.count() == 1, "an open preview is left alone"
    runs.discard(world.viewer("clerk"), other.pk)
    tidying.tidy(NOW + MONTH)
    assert not (keeping.folder() / run.sha256).exists()


def test_an_upload_that_came_again_is_young_again(world: World) -> None:
    run = done(world, "E-2")
    runs.start(runs.register_of("equipment"), world.viewer("clerk"), "a.csv", keeping.kept(run.sha256), lambda _id: 0)
    age = timezone.now().timestamp() - (keeping.folder() / run.sha256).stat().st_mtime
    assert age < 60


def test_the_night_tidies_imports(world: World) -> None:
    run = done(world, "E-2")
    scheduling.tidy(NOW + MONTH)
    assert run.lines.count() == 0


def at_work(world: World) -> ImportRun:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    runs.order_write(world.viewer("clerk"), run.pk, nothing)
    ImportRun.objects.filter(pk=run.pk).update(progress=40)
    return run


def test_an_import_whose_task_comes_back_is_not_taken_from_it(world: World) -> None:
    run = at_work(world)
    tasks.enqueue_write(run.pk)
    for status in ("READY", "RUNNING"):
        DBTaskResult.objects.update(status=status)
        assert tasks.recover_interrupted(NOW) == 0
    run.refresh_from_db()
    assert run.state == "writing"


def test_an_import_whose_task_is_given_up_goes_back_to_its_person(world: World) -> None:
    run = at_work(world)
    tasks.enqueue_write(run.pk)
    DBTaskResult.objects.update(status="FAILED")
    scheduling.recover(NOW)
    run.refresh_from_db()
    assert (run.state, run.progress) == ("preview", 0)
    assert "nothing was written" in run.message["en"]


def test_the_worker_recovers_before_it_works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from oreflow.console.operations.parts import TaskWorker

    run, worker, states = at_work(world), TaskWorker(), []

    def look() -> None:
        run.refresh_from_db()
        states.append(run.state)

    monkeypatch.setattr(worker.worker, "run", look)
    worker.turn()
    assert states == ["preview"], "no task waits for it"
