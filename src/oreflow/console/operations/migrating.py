"""The database brought up to the program: checked first, saved first, then migrated."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from oreflow.console.clock import now

from .errors import DatabaseUnreachable, NewerDatabase, OtherInstallation
from .models import Installation

KEPT = 5  # copies from before migrations


def bring_up_to_date(say: Callable[[str], None] = lambda _line: None) -> bool:
    """Check, save and migrate the database; return whether it was new.

    Raises
    ------
    DatabaseUnreachable, NewerDatabase, OtherInstallation
    """
    try:
        tables = set(connection.introspection.table_names())
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise DatabaseUnreachable(type(error).__name__) from error
    _not_newer(executor)
    _same_installation(tables)
    new = "django_migrations" not in tables
    if _plan(executor):
        if not new:
            saved = _save(executor)
            if saved:
                say(saved.name)
        call_command("migrate", verbosity=0, interactive=False)
    Installation.objects.get_or_create(
        pk=1, defaults={"demonstration": settings.OREFLOW_DEMONSTRATION, "created_at": now()}
    )
    return new


def pending() -> list[str]:
    """Names of the migrations that wait."""
    return [f"{migration.app_label}.{migration.name}" for migration, _ in _plan(MigrationExecutor(connection))]


def leaves() -> list[tuple[str, str]]:
    """The last migration of each app, as the program knows them."""
    return sorted(MigrationExecutor(connection).loader.graph.leaf_nodes())


def _plan(executor: MigrationExecutor) -> list[tuple[Any, bool]]:
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def unknown_migrations(executor: MigrationExecutor | None = None) -> list[str]:
    """Applied migrations that this program does not have: a newer one wrote them."""
    loader = (executor or MigrationExecutor(connection)).loader
    here = set(loader.disk_migrations) | {
        replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces
    }
    return sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - here)


def _not_newer(executor: MigrationExecutor) -> None:
    unknown = unknown_migrations(executor)
    if unknown:
        raise NewerDatabase(", ".join(unknown[:5]))


def _same_installation(tables: set[str]) -> None:
    """A demonstration never becomes anything else, nor the reverse."""
    if Installation._meta.db_table not in tables:
        return
    stored = Installation.objects.values_list("demonstration", flat=True).first()
    if stored is not None and stored != settings.OREFLOW_DEMONSTRATION:
        raise OtherInstallation(demonstration=stored)


def _save(executor: MigrationExecutor) -> Path | None:
    """Copy the SQLite file beside the backups; a database server has its own ways and is left alone."""
    del executor  # only the file matters
    if connection.vendor != "sqlite":
        return None
    folder = Path(settings.DATA) / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    target = folder / f"before-migration-{now():%Y%m%dT%H%M%S%f}.sqlite3"
    copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    for old in sorted(folder.glob("before-migration-*.sqlite3"))[:-KEPT]:
        old.unlink()
    return target


def copy_sqlite(source: Path, target: Path) -> None:
    """One consistent copy of a SQLite file that others go on writing; the copy is one file, without a log."""
    draft = target.with_name(f".{target.name}.part")
    with closing(sqlite3.connect(source, timeout=30)) as read, closing(sqlite3.connect(draft)) as written:
        draft.chmod(0o600)
        read.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")
    draft.replace(target)
