"""PostgreSQL out to files and back in, by COPY in its text form: exact, and without any outside program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

_CHUNK = 1024 * 1024


def copy_out(folder: Path, references: Iterable[str]) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Every table into `<name>.copy`, all of one snapshot; rows by table, and the SHA-256s the `references` hold."""
    folder.mkdir(mode=0o700)
    counts: dict[str, int] = {}
    found: dict[str, set[str]] = {}
    with _snapshot(), connection.cursor() as cursor:
        for table in tables():
            with (folder / f"{table}.copy").open("wb") as file, cursor.copy(_statement(table, "TO STDOUT")) as copy:
                for block in copy:
                    file.write(block)
            counts[table] = max(cursor.rowcount, 0)
        for table in references:
            cursor.execute(sql.SQL("SELECT DISTINCT sha256 FROM {}").format(sql.Identifier(table)))
            found[table] = {row[0] for row in cursor.fetchall()}
    return counts, found


@contextmanager
def _snapshot() -> Iterator[None]:
    """A read-only transaction that sees one moment throughout, without a limit of time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def tables() -> list[str]:
    """The tables of this database."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
    return sorted(t.name for t in found if t.type in ("t", "p"))


def columns(table: str) -> list[str]:
    """The columns that hold values; computed ones are left to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' ORDER BY attname",
            [f'"{table}"'],
        )
        return [row[0] for row in cursor.fetchall()]


def _statement(table: str, direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns(table))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table), names)


def copy_in(folder: Path) -> None:
    """Empty the tables and fill them from the files, then set the running numbers; inside a transaction.

    The tables' own triggers rest meanwhile: what they would write stands in the files.
    """
    here = tables()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        names = sql.SQL(", ").join(sql.Identifier(name) for name in here)
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        _triggers(here, "DISABLE")
        for table in here:
            path = folder / f"{table}.copy"
            with path.open("rb") as file, cursor.copy(_statement(table, "FROM STDIN")) as copy:
                while block := file.read(_CHUNK):
                    copy.write(block)
        for table in here:
            _set_sequences(table)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(here, "ENABLE")


def _triggers(names: Iterable[str], what: str) -> None:
    with connection.cursor() as cursor:
        for table in names:
            cursor.execute(sql.SQL("ALTER TABLE {} " + what + " TRIGGER USER").format(sql.Identifier(table)))


def _set_sequences(table: str) -> None:
    """Continue running numbers behind the largest one in use."""
    with connection.cursor() as cursor:
        for found in connection.introspection.get_sequences(cursor, table):
            column = found["column"]
            if column:
                cursor.execute(
                    sql.SQL(
                        "SELECT setval(pg_get_serial_sequence(%s, %s), GREATEST(coalesce(max({c}), 0), 1),"
                        " max({c}) IS NOT NULL) FROM {t}"
                    ).format(c=sql.Identifier(column), t=sql.Identifier(table)),
                    [f'"{table}"', column],
                )
