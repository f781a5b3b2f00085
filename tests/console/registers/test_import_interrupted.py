"""A worker that is killed in the middle leaves no half import, and says where to go on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from oreflow.console.registers.imports import keeping, recover_interrupted, runs
from oreflow.console.registers.models import Equipment, ImportRun
from tests.console.world import NOW, World

from .test_import import machine, nothing, table, uploaded, written

REPOSITORY = Path(__file__).resolve().parents[3]
ROWS = 3_000


def _environment(folder: Path, seed: int) -> dict[str, str]:
    """An installation of its own: a folder, and on PostgreSQL a database."""
    found = {k: v for k, v in os.environ.items() if not k.startswith("OREFLOW_")}
    found |= {"OREFLOW_DATA": str(folder), "PYTHONPATH": str(REPOSITORY)}
    url = os.environ.get("OREFLOW_DATABASE_URL")
    if url:
        import psycopg

        name = f"interrupted_{os.getpid()}_{seed}"
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
        found["OREFLOW_DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
    return found


def _step(environment: dict[str, str], step: str, *given: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.console.registers.interrupted", step, *given],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
def test_a_killed_write_leaves_nothing_and_can_be_repeated(seed: int, tmp_path: Path) -> None:
    environment = _environment(tmp_path, seed)
    run = str(_step(environment, "prepare", str(ROWS))["run"])
    cut_off = _kill_in_the_middle(tmp_path, environment, run, seed)
    found = _step(environment, "look")
    if cut_off and found["recovered"]:
        assert (found["state"], found["machines"], found["entries"]) == ("preview", 3, 0)
        assert "nothing was written" in found["message"]["en"]
        found = _step(environment, "write-again", run)
    assert (found["state"], found["machines"], found["entries"]) == ("done", 3 + ROWS, ROWS + 1)


def _kill_in_the_middle(folder: Path, environment: dict[str, str], run: str, seed: int) -> bool:
    """Start a worker and kill it after a seeded share of its work; whether it was still at work."""
    share = random.Random(seed).choice((1, 20, 45, 60, 99))  # noqa: S311 - repeatable
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.console.registers.interrupted", "write", run],
        cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    told = folder / "attachments" / "imports" / f"run-{run}.progress"
    until = time.monotonic() + 60
    while worker.poll() is None and time.monotonic() < until:
        if told.is_file() and int(told.read_text() or 0) >= share:
            break
        time.sleep(0.001)
    alive = worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    return alive


def test_what_another_worker_does_is_left_alone(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    runs.order_write(world.viewer("clerk"), run.pk, nothing)
    assert recover_interrupted(NOW) == 0, "it waits for its turn"
    ImportRun.objects.filter(pk=run.pk).update(progress=1)
    with keeping.working(run.pk) as alone:
        assert alone
        assert recover_interrupted(NOW) == 0
        runs.write(run.pk)
        assert Equipment.objects.count() == 3
    assert recover_interrupted(NOW) == 1
    run.refresh_from_db()
    assert run.state == "preview"
    assert written(world, "clerk", run).state == "done"


def test_reading_that_was_cut_off_can_be_read_again(world: World) -> None:
    run = runs.start(
        runs.register_of("equipment"), world.viewer("clerk"), "a.csv", table([machine(world, "E-2")]), nothing
    )
    ImportRun.objects.filter(pk=run.pk).update(progress=30)
    assert recover_interrupted(NOW) == 1
    run.refresh_from_db()
    assert (run.state, run.progress) == ("failed", 0)
    runs.again(world.viewer("clerk"), run.pk, nothing)
    runs.preview(run.pk)
    run.refresh_from_db()
    assert run.state == "preview"


def test_a_database_that_fails_in_the_middle_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from oreflow.console.registers.imports import writing

    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    runs.order_write(world.viewer("clerk"), run.pk, nothing)
    real = writing.insert

    def insert_then_fail(*given: Any) -> None:
        real(*given)
        raise OperationalError

    monkeypatch.setattr(writing, "insert", insert_then_fail)
    with pytest.raises(OperationalError):
        runs.write(run.pk)
    run.refresh_from_db()
    assert (run.state, Equipment.objects.count(), Equipment.history.filter(number="E-2").count()) == ("preview", 3, 0)
