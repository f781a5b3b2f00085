"""A backup brought back into an empty place: checked to its last byte first, then all of it or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from oreflow.core.provenance import Text

from . import archive, postgresql
from .backups import into
from .errors import BadBackup, NotEmpty, OtherInstallation
from .preparing import KEY

STAGE = ".restore"
_HARMLESS = {"oreflow.toml", KEY, STAGE, "preparing.lock"}
_EMPTY = ("attachments", "backups", "incoming")


def restore(path: Path) -> dict[str, Any]:
    """Bring a backup back; return its manifest.

    Raises
    ------
    NotEmpty, BadBackup, OtherInstallation
        Before anything was written.
    """
    if not path.is_file():
        raise FileNotFoundError(2, "no such file", str(path))
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    unfinished = (data / STAGE).is_dir()
    if unfinished:
        _undo(data)
    _refuse_full(data)
    stage = data / STAGE
    stage.mkdir(mode=0o700)
    try:
        manifest = archive.read_through(path, into(stage))
        _fits(path, manifest)
        _settle(data, stage, manifest["migrations"])
    except BaseException:
        _undo(data)
        raise
    shutil.rmtree(stage)
    return manifest


def _refuse_full(data: Path) -> None:
    for entry in data.iterdir():
        empty_folder = entry.name in _EMPTY and entry.is_dir() and not any(entry.iterdir())
        if entry.name not in _HARMLESS and not empty_folder:
            raise NotEmpty(str(data))
    if connection.vendor != "sqlite" and postgresql.tables():
        raise NotEmpty(f"{connection.vendor} {connection.settings_dict['NAME']}")


def _fits(path: Path, manifest: dict[str, Any]) -> None:
    """The same kind of database, no newer program, the same kind of installation, and a database that is sound."""
    if manifest.get("engine") != connection.vendor:
        engine = manifest.get("engine")
        here = connection.vendor
        raise BadBackup(path, Text(f"它来自 {engine}，这里是 {here}", f"it comes from {engine}, and this is {here}"))
    if bool(manifest.get("demonstration")) != settings.OREFLOW_DEMONSTRATION:
        raise OtherInstallation(demonstration=bool(manifest.get("demonstration")))
    known = {f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.disk_migrations}
    newer = sorted(set(manifest.get("migrations", [])) - known)
    if newer:
        raise BadBackup(path, Text(f"由更新的程序写成（{newer[0]}）", f"a newer program wrote it ({newer[0]})"))
    copy = Path(settings.DATA) / STAGE / "database.sqlite3"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as database:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BadBackup(path, Text("其中的数据库已损坏", "its database is damaged"))


def _settle(data: Path, stage: Path, applied: list[str]) -> None:
    """Attachments and key first, the database last: before it stands, nothing counts."""
    attachments, kept = data / "attachments", stage / "attachments"
    if kept.is_dir():
        if attachments.is_dir():
            attachments.rmdir()
        kept.rename(attachments)
    if (stage / KEY).is_file():
        if (data / KEY).is_file():
            (data / KEY).rename(stage / f"{KEY}.before")
        (stage / KEY).rename(data / KEY)
    if connection.vendor == "sqlite":
        connection.close()
        (stage / "database.sqlite3").rename(connection.settings_dict["NAME"])
    else:
        _into_postgresql(stage, applied)


def _into_postgresql(stage: Path, applied: list[str]) -> None:
    """The schema as the backup had it, its rows, then the way up to this program; one transaction."""
    with transaction.atomic():
        executor = MigrationExecutor(connection)
        executor.migrate(_last_of(executor, {(app, name) for app, _, name in (m.partition(".") for m in applied)}))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        postgresql.copy_in(stage / "tables")
        call_command("migrate", verbosity=0, interactive=False)


def _last_of(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The migrations that no other applied one of the same app follows."""
    followed = {
        parent.key
        for node in applied
        if node in executor.loader.graph.node_map
        for parent in executor.loader.graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(node for node in applied - followed if node in executor.loader.graph.node_map)


def _undo(data: Path) -> None:
    """Take away what an unfinished restore left; the database never stood, so nothing of it was in use."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        shutil.rmtree(data / "attachments", ignore_errors=True)
    before = data / STAGE / f"{KEY}.before"
    if before.is_file():
        before.replace(data / KEY)
    shutil.rmtree(data / STAGE, ignore_errors=True)
