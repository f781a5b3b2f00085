"""`oreflow up`: prepares, answers, works, and stops in good order; refuses what would do harm."""

from __future__ import annotations

import json
import signal
import stat
import threading
import time
from pathlib import Path

import pytest

from .installing import Installed, Running

EVERYWHERE = "0.0.0.0"  # noqa: S104 - named to be refused


def test_a_new_installation_is_private_and_answers(tmp_path: Path) -> None:
    installed = Installed(tmp_path / "new")
    with installed.up() as running:
        status, headers, _ = running.get("/api/regions")
        assert status == 200
        assert len(headers["X-Request-Id"]) == 16
        running.wait_for("worker")
        running.wait_for("scheduler")
        assert running.health()["ready"] is True
    assert running.process.returncode == 0, running.output
    assert "Traceback" not in running.output
    for path in (installed.data, *installed.data.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    key = (installed.data / "secret.key").read_text()
    assert len(key) > 40
    with installed.up():
        assert (installed.data / "secret.key").read_text() == key


def test_it_runs_on_either_database(installed: Installed) -> None:
    with installed.up("--no-scheduler") as running:
        running.wait_for("worker")
        assert running.get("/api/regions")[0] == 200
        signs = {sign["name"]: sign["fine"] for sign in running.health()["signs"]}
        assert signs["database"] is signs["migrations"] is True
        assert signs["scheduler"] is False
    assert running.process.returncode == 0, running.output
    beats = json.loads(
        installed.python(
            "import json; from oreflow.console.operations.models import Heartbeat\n"
            "print(json.dumps({b.name.partition('-')[0]: b.detail for b in Heartbeat.objects.all()}))"
        )
    )
    assert beats["worker"]["stopped"] is True
    assert beats["web"]["stopped"] is True


def test_requests_in_hand_are_finished_before_it_stops(on_sqlite: Installed) -> None:
    with on_sqlite.up("--no-worker", "--no-scheduler") as running:
        answers: list[int] = []
        many = [
            threading.Thread(target=lambda: answers.append(running.get("/api/regions/panxi/checks")[0]))
            for _ in range(6)
        ]
        for thread in many:
            thread.start()
        until = time.monotonic() + 10
        while not answers and time.monotonic() < until:
            time.sleep(0.005)
        running.process.send_signal(signal.SIGTERM)
        for thread in many:
            thread.join(30)
        running.process.wait(40)
    assert answers == [200] * 6
    assert running.process.returncode == 0, running.output


def test_several_processes_share_an_installation(on_sqlite: Installed) -> None:
    with on_sqlite.up("--no-worker", "--no-scheduler") as web:
        worker = Running(on_sqlite, ("--no-web", "--no-scheduler"))
        try:
            web.wait_for("worker")
        finally:
            assert worker.end() == 0, worker.output


@pytest.mark.parametrize(
    "arguments", [("--host", EVERYWHERE), ("--host", EVERYWHERE, "--allow-remote", "--demonstration")]
)
def test_outside_addresses_are_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    refused = Installed(tmp_path / "none").oreflow("up", *arguments)
    assert refused.returncode == 2
    assert "127.0.0.1" in refused.stderr
    assert not (tmp_path / "none").exists()


def test_demonstration_and_real_data_never_mix(installed: Installed) -> None:
    refused = installed.oreflow("up", "--demonstration", "--port", "0")
    assert refused.returncode == 2, refused.stdout
    assert "real data" in refused.stderr
    installed.python(
        "from oreflow.console.operations.models import Installation; Installation.objects.update(demonstration=True)"
    )
    refused = installed.oreflow("up", "--port", "0")
    assert refused.returncode == 2
    assert "a demonstration" in refused.stderr


def test_a_newer_database_is_refused(installed: Installed) -> None:
    installed.python(
        "from django.db.migrations.recorder import MigrationRecorder; from django.db import connection\n"
        "MigrationRecorder(connection).record_applied('registers', '9999_later')"
    )
    refused = installed.oreflow("up", "--port", "0")
    assert refused.returncode == 2
    assert "registers.9999_later" in refused.stderr


def test_the_database_is_saved_before_it_is_migrated(on_sqlite: Installed) -> None:
    on_sqlite.python(
        "from django.core.management import call_command\n"
        "call_command('migrate', 'sessions', 'zero', verbosity=0)\n"
        "from oreflow.console.operations.models import Sequence; Sequence.objects.create(name='kept', last=7)"
    )
    with on_sqlite.up("--no-worker", "--no-scheduler") as running:
        assert running.health()["ready"] is True
    saved = list((on_sqlite.data / "backups").glob("before-migration-*.sqlite3"))
    assert len(saved) == 1
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(saved[0])) as database:
        assert database.execute("SELECT last FROM operations_sequence").fetchall() == [(7,)]
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    assert "django_session" not in tables


def test_bad_settings_are_said_before_anything_starts(tmp_path: Path) -> None:
    installed = Installed(tmp_path / "none", settings={"OREFLOW_HTTPS": "perhaps"})
    refused = installed.oreflow("up")
    assert refused.returncode == 2
    assert "OREFLOW_HTTPS" in refused.stderr
    assert "perhaps" in refused.stderr
    assert not installed.data.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")  # no folder below a file, for the superuser neither
    refused = Installed(tmp_path / "file" / "data").oreflow("up")
    assert refused.returncode == 2
    assert "OREFLOW_DATA" in refused.stderr


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = Installed(tmp_path / "file").oreflow("up")
    assert refused.returncode == 2
    assert "OREFLOW_DATA" in refused.stderr


def test_plain_commands_need_no_folder_and_no_console(tmp_path: Path) -> None:
    installed = Installed(tmp_path / "none")
    shown = installed.python(
        "import sys; from oreflow.cli.app import run\n"
        "status = run(['--help']) + run(['pack', 'list'])\n"
        "print(status, sorted(m for m in sys.modules if m.partition('.')[0] in ('django', 'waitress', 'psycopg')))",
        django=False,
    )
    assert shown.splitlines()[-1] == "0 []"
    assert not installed.data.exists()
