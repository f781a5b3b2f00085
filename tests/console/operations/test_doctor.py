"""The doctor names what is wrong, with the way out, and shows no secret."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from oreflow.console import clock
from oreflow.console.operations import doctor, files, health
from oreflow.console.operations.doctor import Result, State
from oreflow.console.registers.models import Attachment, ImportRun
from tests.console.world import NOW, World

from .installing import Installed


def _findings(results: object) -> list[Result]:
    return [r for r in results if r.state is State.FINDING]  # type: ignore[attr-defined]


def test_a_sound_installation(installed: Installed) -> None:
    with installed.up() as running:
        running.wait_for("worker")
        running.wait_for("scheduler")
        told = installed.oreflow("doctor", "--json", "--deep")
    assert told.returncode in (0, 1), told.stderr
    results = json.loads(told.stdout)["results"]
    findings = {r["check"] for r in results if r["state"] == "finding"}
    assert findings <= {"calendar", "printing", "disk"}, findings
    assert {"folder", "database", "migrations", "worker", "scheduler", "attachments"} <= {r["check"] for r in results}


def test_what_is_wrong_is_told_with_the_way_out(on_sqlite: Installed) -> None:
    on_sqlite.settings = {"OREFLOW_ALLOWED_HOST": "a", "OREFLOW_METRICS_TOKEN": "sesame-sesame"}
    on_sqlite.data.chmod(0o755)
    told = on_sqlite.oreflow("doctor", "--json")
    assert told.returncode == 1
    assert "OREFLOW_ALLOWED_HOSTS" in told.stdout
    assert f"chmod go-rwx {on_sqlite.data}" in told.stdout
    assert "没有运行中的任务进程" in told.stdout
    assert "没有运行中的任务进程" in on_sqlite.oreflow("doctor", "--lang", "zh").stdout
    assert "sesame" not in told.stdout


def test_without_a_folder_and_with_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nothing = Installed(tmp_path / "none", "postgres://user:sesame@127.0.0.1:1/none")
    told = nothing.oreflow("doctor")
    assert told.returncode == 1, told.stderr
    assert "oreflow up" in told.stdout
    assert "OREFLOW_DATABASE_URL" in told.stdout
    assert "sesame" not in told.stdout + told.stderr
    assert not nothing.data.exists()


def test_bad_settings_are_bad_input(tmp_path: Path) -> None:
    told = Installed(tmp_path / "none", settings={"OREFLOW_LOG_FORMAT": "xml"}).oreflow("doctor")
    assert told.returncode == 2
    assert "OREFLOW_LOG_FORMAT" in told.stderr


def test_attachments_that_are_gone_or_that_nobody_speaks_of(world: World, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    gone, orphan = "a" * 64, "b" * 64
    Attachment.objects.create(
        register="products", record_id=1, name="示例.txt", media_type="text/plain", size=1, sha256=gone, added_at=NOW
    )
    (tmp_path / "bb").mkdir()
    (tmp_path / "bb" / orphan).write_bytes(b"x")
    found = _findings(doctor._files())
    assert [orphan[:12] in r.text.en or gone[:12] in r.text.en for r in found] == [True, True]
    assert files.compare({gone}, {gone}) == ([gone], [orphan])


def test_interrupted_imports(world: World) -> None:
    ImportRun.objects.create(
        register="products", user=world.people["clerk"], file_name="示例.csv", sha256="c" * 64, state="writing",
        created_at=NOW - timedelta(hours=2),
    )  # fmt: skip
    with clock.at(NOW):
        assert [r.check for r in _findings(doctor._imports())] == ["imports"]


@pytest.mark.django_db
def test_calendars_clock_and_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.at(NOW):
        assert [r.text.en for r in _findings(doctor._calendars())] == [
            "The holidays of 2027 are unknown; deadlines skip weekends only."
        ]
    with clock.at(NOW - timedelta(days=3650)):
        assert doctor._clock().state is State.FINDING
    monkeypatch.setattr(health, "free_bytes", lambda _folder: 1000)
    assert doctor._disk().state is State.FINDING
    for result in doctor.examine():
        if result.state is State.FINDING:
            assert result.remedy is not None
            assert result.remedy.zh
            assert result.remedy.en
