"""Backups: database, attachments and, if asked for, the key, of one moment, while the console goes on."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from oreflow import __version__

from . import archive, postgresql
from .errors import NotPrepared
from .migrating import copy_sqlite, pending
from .models import Heartbeat, Installation

LISTED = 50
_BACKUPS = "backups"
_REFERENCES = ("registers_attachment", "reading_document", "registers_importrun")  # tables with a sha256 of kept bytes


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; `missing` names attachments whose bytes are gone or not what they were."""

    path: Path
    size: int
    rows: int
    attachments: int
    missing: tuple[str, ...]


def back_up(target: Path | None, at: datetime, *, with_key: bool = False) -> Made:
    """Write a backup and note it; by default into the folder of backups, named by the moment.

    Raises
    ------
    BackupRefused, NotPrepared
    """
    target = target or Path(settings.DATA) / "backups" / f"oreflow-{at:%Y%m%dT%H%M%SZ}.tar.gz"
    archive.refuse_name(target)
    if pending():
        raise NotPrepared
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        counts, references = _database(Path(folder))
        with archive.written(target, at.timestamp()) as writer:
            for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
                writer.add(str(path.relative_to(folder)), path)
                path.unlink()
            missing = _attachments(writer, references)
            if with_key:
                _key(writer, Path(folder))
            manifest = writer.close(_facts(at, counts, missing))
    made = Made(target, target.stat().st_size, sum(counts.values()), _kept(manifest), tuple(missing))
    _note(made, at)
    return made


def _database(folder: Path) -> tuple[dict[str, int], dict[str, set[str]]]:
    """The database as files of one moment; rows by table, and the kept bytes that the rows speak of."""
    if connection.vendor == "sqlite":
        copy = folder / "database.sqlite3"
        copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
        return _look_into(copy)
    return postgresql.copy_out(folder / "tables", _REFERENCES)


def _look_into(copy: Path) -> tuple[dict[str, int], dict[str, set[str]]]:
    with closing(sqlite3.connect(copy)) as database:
        counts = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own table names
            for name in connection.introspection.django_table_names(only_existing=True)
        }
        references = {
            table: {row[0] for row in database.execute(f'SELECT DISTINCT sha256 FROM "{table}"')}  # noqa: S608 - same
            for table in _REFERENCES
        }
    return counts, references


def _attachments(writer: archive.Writer, references: Mapping[str, set[str]]) -> list[str]:
    """Add the bytes that rows speak of; return the attachments whose bytes are gone or not what they were.

    An upload is only needed until it is written, and may be gone.
    """
    root, missing = Path(settings.MEDIA_ROOT), []
    for digest in sorted(references["registers_attachment"] | references["reading_document"]):
        name = f"{digest[:2]}/{digest}"
        if not (root / name).is_file() or writer.add(f"attachments/{name}", root / name) != digest:
            missing.append(digest)
    for digest in sorted(references["registers_importrun"]):
        if (root / "imports" / digest).is_file():
            writer.add(f"attachments/imports/{digest}", root / "imports" / digest)
    return missing


def _key(writer: archive.Writer, folder: Path) -> None:
    draft = folder / "secret.key"
    draft.write_text(settings.SECRET_KEY, encoding="ascii")
    writer.add("secret.key", draft)


def _facts(at: datetime, counts: dict[str, int], missing: list[str]) -> dict[str, Any]:
    from django.db.migrations.recorder import MigrationRecorder

    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    demonstration = Installation.objects.values_list("demonstration", flat=True).first()
    return {
        "made_at": at.isoformat(), "program": __version__, "engine": connection.vendor, "migrations": applied,
        "demonstration": bool(demonstration), "rows": counts, "missing_attachments": missing,
    }  # fmt: skip


def _kept(manifest: dict[str, Any]) -> int:
    return sum(name.startswith("attachments/") for name in manifest["files"])


def _note(made: Made, at: datetime) -> None:
    """Keep the list of the last backups, for the page of operations."""
    entry = {"at": at.isoformat(), "file": str(made.path), "size": made.size, "missing": len(made.missing)}
    with transaction.atomic():
        row, _new = Heartbeat.objects.select_for_update().get_or_create(name=_BACKUPS, defaults={"at": at})
        row.at, row.detail = at, {"made": [entry, *row.detail.get("made", [])][:LISTED]}
        row.save()


def backups_made() -> list[dict[str, Any]]:
    """The last backups, latest first."""
    row = Heartbeat.objects.filter(name=_BACKUPS).first()
    return list(row.detail.get("made", [])) if row else []


def verify(path: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole; raises `BadBackup` otherwise."""
    if not path.is_file():
        raise FileNotFoundError(2, "no such file", str(path))
    return archive.read_through(path)


def into(folder: Path) -> archive.Sink:
    """Writes the files of a backup below a folder."""

    def sink(name: str, content: Any) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as file:
            shutil.copyfileobj(content, file)
        path.chmod(0o600)

    return sink
