"""Text to checked rows: columns, cells, keys and references of every table, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .cells import CellError, Value, parse
from .errors import Problems, suggestion
from .raw import RawPack, RawTable
from .rows import Row, Tables
from .schema import FORMAT, LIBRARY_TABLES, PACK_KEYS, PACK_TABLES, Column, Kind, Table

_LIBRARY_NAMES = frozenset(t.name for t in LIBRARY_TABLES)


def check_facts(pack: RawPack, problems: Problems) -> Row | None:
    """The facts about the pack itself; None if the pack is written in a newer format."""
    where = pack.where
    if "pack" not in pack.seen:
        problems.add("missing-table", where, value=where, **_meaning(PACK_KEYS))
        return Row(where, 1, {})
    known = [c.name for c in PACK_KEYS.columns]
    facts = Row(where, 1, {})
    for key, raw in pack.facts.items():
        if key in PACK_KEYS.by_name:
            _cell(PACK_KEYS.by_name[key], raw.cells[1], raw.number, facts, problems)
        else:
            hint = suggestion(key, known)
            problems.add("unknown-key", where, raw.number, key, key, known=", ".join(known), **hint)
    if "format" in facts and facts.whole("format") > FORMAT:
        number = pack.facts["format"].number
        problems.add("format-newer", where, number, "format", facts.whole("format"), limit=FORMAT)
        return None
    for column in PACK_KEYS.columns:
        if column.required and column.name not in pack.facts and (pack.facts or not problems):
            problems.add("missing-key", where, None, column.name, **_meaning(column))
    return facts


def check_tables(pack: RawPack, tables: Iterable[Table], problems: Problems, required: bool = True) -> Tables:
    """The rows of these tables; a required one that is missing is a problem."""
    checked = Tables()
    for table in tables:
        raw = pack.tables.get(table.name)
        if raw is not None:
            checked.rows[table.name] = check_table(table, raw, checked, problems)
            continue
        checked.broken.add(table.name)
        if table.name not in pack.seen and required and table.required:
            problems.add("missing-table", f"{table.name}{pack.suffix}", value=table.name, **_meaning(table))
        elif table.name not in pack.seen:
            checked.broken.discard(table.name)
    return checked


def check_table(table: Table, raw: RawTable, checked: Tables, problems: Problems) -> list[Row]:
    """Checked rows of one table, with its duplicated keys noted."""
    columns = _columns(table, raw, problems)
    if any(key not in columns for key in table.key if table.by_name[key].required):
        checked.broken.add(table.name)
    rows = []
    for record in raw.rows:
        row = Row(raw.where, record.number, {})
        for column in table.columns:
            at = columns.get(column.name)
            if at is not None:
                text = record.cells[at] if at < len(record.cells) else ""
                _cell(column, text, record.number, row, problems)
        rows.append(row)
    _check_keys(table, rows, problems)
    return rows


def _columns(table: Table, raw: RawTable, problems: Problems) -> dict[str, int]:
    """Where each known column stands; the header's problems are noted."""
    found: dict[str, int] = {}
    known = [c.name for c in table.columns]
    for at, name in enumerate(raw.header):
        if not name:
            if any(at < len(r.cells) and r.cells[at] for r in raw.rows):
                problems.add("unnamed-column", raw.where, 1, "", second=at + 1)
        elif name in found:
            problems.add("duplicate-column", raw.where, 1, name, name, first=found[name] + 1, second=at + 1)
        elif name not in table.by_name:
            unused = [k for k in known if k not in raw.header] or known
            hint = suggestion(name, unused)
            problems.add("unknown-column", raw.where, 1, name, name, known=", ".join(known), **hint)
        else:
            found[name] = at
    for column in table.columns:
        if column.required and column.name not in found:
            problems.add("missing-column", raw.where, 1, column.name, **_meaning(column))
    return found


def _meaning(of: Column | Table) -> dict[str, Any]:
    return {"meaning_zh": of.meaning.zh, "meaning_en": of.meaning.en}


def _cell(column: Column, text: str, number: int, row: Row, problems: Problems) -> None:
    if not text:
        if column.required:
            row.bad.add(column.name)
            problems.add("required", row.where, number, column.name, **_meaning(column))
        return
    try:
        row.values[column.name] = parse(column, text)
    except CellError as bad:
        row.bad.add(column.name)
        problems.add(bad.code, row.where, number, column.name, text, **bad.facts)


def _check_keys(table: Table, rows: list[Row], problems: Problems) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.bad.intersection(table.key):
            continue
        key = row.key(table.key)
        if not any(key):
            continue
        if key in first:
            facts = {"first": first[key], "second": row.number, "columns": ", ".join(table.key)}
            shown = ", ".join(part for part in key if part)
            problems.add("duplicate-key", row.where, row.number, table.key[-1], shown, **facts)
        else:
            first[key] = row.number


def check_references(pack: Tables, library: Tables, own: Tables, problems: Problems) -> None:
    """Every reference of the pack, and of the library tables it brings (`own`), leads to a row.

    `library` holds the reference library with the pack's own tables merged in.
    """
    everything = Tables({**library.rows, **pack.rows}, library.broken | own.broken | pack.broken)
    ids = {t.name: set(everything.by_id(t.name, t.key[0])) for t in (*PACK_TABLES, *LIBRARY_TABLES)}
    for tables, rows in ((PACK_TABLES, pack), (LIBRARY_TABLES, own)):
        for table in tables:
            for column in table.columns:
                if column.refers:
                    _check_column(column, rows[table.name], ids, everything.broken, problems)
    for shared in sorted(ids["materials"] & ids["groups"]):
        row = everything.by_id("groups")[shared]
        problems.add("ambiguous-id", row.where, row.number, "id", shared)


def _check_column(
    column: Column, rows: list[Row], ids: Mapping[str, set[str]], broken: set[str], problems: Problems
) -> None:
    names = [name.rstrip("*") for name in column.refers]
    if broken.intersection(names):
        return
    known = set().union(*(ids[name] for name in names))
    for row in rows:
        value: Value | None = row.values.get(column.name)
        words = row.refs(column.name) if column.kind is Kind.REFS else (value,) if value else ()
        for word in words:
            if word not in known:
                facts = {"tables_zh": "、".join(f"“{n}”表" for n in names), "tables_en": " or ".join(names)}
                hint = suggestion(str(word), known)
                problems.add("broken-reference", row.where, row.number, column.name, word, **facts, **hint)
