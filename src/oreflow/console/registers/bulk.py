"""Rows of a register written by the thousand in plain SQL, each with its entry in the history.

Everything runs inside the caller's transaction. SQLite takes prepared statements, PostgreSQL its COPY.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from django.db import connection, models

from oreflow.console.records import Record

CHUNK = 10_000
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What the history says of every row of one bulk write: when, who, through which door, from what, why."""

    at: datetime
    user_id: int | None
    door: str
    source: str = ""
    organisation: str = ""
    reason: str = ""

    def columns(self, kind: str) -> dict[str, Any]:
        """The history's own columns; `kind` is + for an added row, ~ for a changed one."""
        return {
            "history_date": connection.ops.adapt_datetimefield_value(self.at),
            "history_type": kind,
            "history_user_id": self.user_id,
            "history_change_reason": self.reason,
            "history_door": self.door,
            "history_source": self.source,
            "history_organisation": self.organisation,
        }


def fields_by_attname(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """The stored fields of a model by the name of their attribute, such as `organisation_id`."""
    return {f.attname: f for f in model._meta.concrete_fields}


def prepared(field: models.Field[Any, Any], values: Iterable[Any]) -> list[Any]:
    """Values as the database takes them; equal ones are converted once."""
    known: dict[Any, Any] = {}
    out = []
    for value in values:
        key = json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
        if key not in known:
            known[key] = field.get_db_prep_save(field.to_python(value), connection)
        out.append(known[key])
    return out


def insert(
    model: type[Record], columns: Mapping[str, Sequence[Any]], said: Said, told: Told | None = None
) -> list[int]:
    """Add rows given as columns by attribute name, with their history; returns their ids in order.

    Columns that are not given take the model's default; `told` hears how many rows are written.
    """
    count = len(next(iter(columns.values()), ()))
    ids = reserve(model, count)
    fields = fields_by_attname(model)
    # a written version starts at 1 and both stamps are those of the write
    stamps = {"version": 1, "created_at": said.at, "updated_at": said.at}
    names, parts = [model._meta.pk.attname], [iter(ids)]
    for name, field in fields.items():
        if field.primary_key:
            continue
        names.append(name)
        if name in columns:
            parts.append(iter(prepared(field, columns[name])))
        else:
            default = field.get_db_prep_save(field.to_python(stamps.get(name, field.get_default())), connection)
            parts.append(repeat(default, count))
    rows = zip(*parts, strict=True)
    targets = [fields[n].column for n in names]
    done = 0
    while done < count:
        size = min(CHUNK, count - done)
        write_rows(model, targets, (next(rows) for _ in range(size)))
        write_history(model, ids[done : done + size], "+", said)
        done += size
        if told:
            told(done)
    return ids


def change(
    model: type[Record], names: Sequence[str], rows: Sequence[tuple[Any, ...]], said: Said, told: Told | None = None
) -> int:
    """Set the columns `names` of rows given as (id, version, value, …), where the version still stands.

    Returns how many rows were changed: fewer than given means that somebody else was faster, and the
    caller has to give up the transaction. Each changed row has its entry in the history.
    """
    fields = fields_by_attname(model)
    quote = connection.ops.quote_name
    sets = "".join(f"{quote(fields[n].column)} = %s, " for n in names)
    statement = (
        f"UPDATE {quote(model._meta.db_table)} SET {sets}version = version + 1, updated_at = %s"  # noqa: S608 - names of columns
        f" WHERE id = %s AND version = %s"
    )
    at = connection.ops.adapt_datetimefield_value(said.at)
    columns = [prepared(fields[n], (r[2 + i] for r in rows)) for i, n in enumerate(names)]
    ids = [r[0] for r in rows]
    values = list(zip(*columns, repeat(at, len(rows)), ids, (r[1] for r in rows), strict=True))
    changed = 0
    with connection.cursor() as cursor:
        for start in range(0, len(values), CHUNK):
            cursor.executemany(statement, values[start : start + CHUNK])
            changed += cursor.rowcount
            write_history(model, ids[start : start + CHUNK], "~", said)
            if told:
                told(min(start + CHUNK, len(values)))
    return changed


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Ids for new rows, taken inside the transaction that writes them."""
    table = model._meta.db_table
    if not count:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        kept = cursor.fetchone()[0]
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's name
        first = max(kept, cursor.fetchone()[0]) + 1
    return list(range(first, first + count))


def write_history(model: type[Record], ids: Sequence[int], kind: str, said: Said) -> None:
    """Copy rows as they stand now into the history."""
    if not ids:
        return
    history = model.history.model
    own = said.columns(kind)
    quote = connection.ops.quote_name
    mirrored = [f.column for f in history._meta.concrete_fields if f.column not in own and not f.primary_key]
    kept = ", ".join(quote(c) for c in mirrored)
    condition, given = among(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(history._meta.db_table)} ({kept}, {', '.join(own)})"  # noqa: S608 - names of columns
            f" SELECT {kept}, {', '.join(['%s'] * len(own))} FROM {quote(model._meta.db_table)}"
            f" WHERE {condition} ORDER BY id",
            [*own.values(), *given],
        )


def among(ids: Sequence[int]) -> tuple[str, list[Any]]:
    """The condition that keeps rows of these ids (each once), with its parameters."""
    if max(ids) - min(ids) + 1 == len(ids):
        return "id BETWEEN %s AND %s", [min(ids), max(ids)]
    if connection.vendor == "postgresql":
        return "id = ANY(%s)", [list(ids)]
    return "id IN (SELECT value FROM json_each(%s))", [json.dumps(list(ids))]


def joined(columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """A table expression `given` of rows, whose columns are named and typed, with its parameters.

    Its last column `line` numbers the rows from 0.
    """
    names = list(columns)
    if connection.vendor == "postgresql":
        types = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        parts = [[row[place] for row in rows] for place in range(len(names))]
        return f"unnest({types}, %s::bigint[]) AS given({', '.join(names)}, line)", [*parts, list(range(len(rows)))]
    picks = ", ".join(f"json_extract(value, '$[{i}]') AS {name}" for i, name in enumerate(names))
    return f"(SELECT {picks}, key AS line FROM json_each(%s)) AS given", [json.dumps(rows)]  # noqa: S608 - own names


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Add rows whose values the database takes as they are."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(c) for c in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of columns
