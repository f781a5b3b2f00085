"""A large import beside other people: they wait for it and nobody fails; what it may write is asked again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from oreflow.console.people.models import Organisation
from oreflow.console.registers.imports import runs, writing
from oreflow.console.registers.models import Equipment, ImportRun

from ..world import NOW, World
from .test_import import machine, nothing, table, uploaded
from .test_import_interrupted import REPOSITORY
from .test_import_interrupted import _environment as installation
from .test_import_interrupted import _step as step

ROWS, TIMEOUT = 4_000, 30


def ordered(world: World, *rows: dict[str, Any]) -> ImportRun:
    run = uploaded(world, "clerk", table(list(rows)))
    return runs.order_write(world.viewer("clerk"), run.pk, nothing)


@pytest.mark.sqlite  # it alone has one writer at a time
def test_other_writers_wait_for_a_large_import(tmp_path: Path) -> None:
    """A write beside an import in another process, on a database in a file, as the console's settings open it."""
    environment = installation(tmp_path, 0)
    run = str(step(environment, "prepare", str(ROWS))["run"])
    importing = subprocess.Popen(
        [sys.executable, "-m", "tests.console.registers.interrupted", "write", run],
        cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    told = tmp_path / "attachments" / "imports" / f"run-{run}.progress"
    seconds = 0.0
    with closing(sqlite3.connect(tmp_path / "oreflow.sqlite3", timeout=TIMEOUT, isolation_level=None)) as beside:
        while importing.poll() is None:
            started = time.monotonic()
            beside.execute("BEGIN IMMEDIATE")
            beside.execute("UPDATE people_organisation SET phone = phone || '1'")
            beside.execute("COMMIT")
            seconds = max(seconds, time.monotonic() - started)
            time.sleep(0.01)
        stands = beside.execute("SELECT count(*) FROM registers_equipment").fetchone()[0]
    assert importing.wait(60) == 0
    assert not told.exists()
    assert stands == 3 + ROWS
    assert seconds < TIMEOUT


def test_sqlite_waits_half_a_minute_for_another_writer() -> None:
    from oreflow.console import settings

    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        assert settings.DATABASES["default"]["OPTIONS"]["timeout"] == TIMEOUT
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_rows_are_made_ready_before_the_transaction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ordered(world, machine(world, "E-2"))
    real, depth = writing.words_of, []
    outside = len(connection.savepoint_ids)

    def words_of(*given: Any) -> str:
        depth.append(len(connection.savepoint_ids))
        return real(*given)

    monkeypatch.setattr(writing, "words_of", words_of)
    runs.write(run.pk)
    assert depth == [outside]


def test_who_moved_away_since_the_preview_places_nothing_there(world: World) -> None:
    added = ordered(world, machine(world, "E-2"))
    alpha = world.organisations["alpha"]
    Organisation.objects.filter(pk=alpha.pk).update(area_code="110101", city_code="110100", province_code="110000")
    runs.write(added.pk)
    added.refresh_from_db()
    assert added.state == "failed"
    assert "Your rights or your area changed" in added.message["en"]
    assert not Equipment.objects.filter(number="E-2").exists()


def test_a_run_keeps_its_moment(world: World) -> None:
    run = ordered(world, machine(world, "E-2"))
    runs.write(run.pk)
    run.refresh_from_db()
    assert run.written_at is not None
    assert run.written_at - NOW < timedelta(seconds=1)
