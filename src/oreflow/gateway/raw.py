"""Tables as they were read, before anything is checked: rows of text with the numbers a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .errors import Problems
from .limits import DEFAULT, Limits
from .schema import LIBRARY_TABLES, PACK_TABLES, Table

PACK_TOML = "pack.toml"
TABLES: dict[str, Table] = {t.name: t for t in (*PACK_TABLES, *LIBRARY_TABLES)}
# C0 and C1 controls steer terminals; embeddings and overrides of direction make a text look like another
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record: `number` counts as in a spreadsheet, the header being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as text; `where` is its file or sheet, as problems name it."""

    name: str
    where: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(slots=True)
class RawPack:
    """What stands in a pack, as text: tables by name, and the facts about the pack by key."""

    tables: dict[str, RawTable] = field(default_factory=dict)
    facts: dict[str, RawRow] = field(default_factory=dict)
    where: str = PACK_TOML
    suffix: str = ".csv"
    seen: set[str] = field(default_factory=set)


def assemble(
    name: str,
    where: str,
    header: tuple[str, ...],
    records: Iterable[RawRow],
    problems: Problems,
    limits: Limits = DEFAULT,
) -> RawTable | None:
    """Cleaned cells, without empty rows; problems of single cells are noted."""
    if not any(h.strip() for h in header):
        columns = ", ".join(c.name for c in TABLES[name].columns) if name in TABLES else "key, value"
        problems.add("empty-table", where, columns=columns)
        return None
    if len(header) > limits.columns:
        problems.add("too-many-columns", where, row=1, limit=limits.columns)
        return None
    names = tuple(clean(h).casefold() for h in header)
    rows = []
    for record in records:
        cells = tuple(map(clean, record.cells))
        if any(cells):
            rows.append(RawRow(record.number, cells))
            _check_text(record.number, cells, names, where, problems, limits)
    return RawTable(name, where, names, tuple(rows))


def clean(cell: str) -> str:
    """A cell without surrounding blanks, its line ends as a single character."""
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip()


def _check_text(
    number: int,
    cells: tuple[str, ...],
    names: tuple[str, ...],
    where: str,
    problems: Problems,
    limits: Limits,
) -> None:
    joined = "".join(cells)
    if len(joined) <= limits.cell_chars and "\ufffd" not in joined and not _CONTROL.search(joined):
        return
    for i, cell in enumerate(cells):
        column = names[i] if i < len(names) else ""
        if "\ufffd" in cell:
            problems.add("damaged-text", where, number, column, cell)
        control = _CONTROL.search(cell)
        if control:
            problems.add("control-character", where, number, column, cell, name=f"U+{ord(control[0]):04X}")
        if len(cell) > limits.cell_chars:
            size = {"size": len(cell), "limit": limits.cell_chars}
            problems.add("too-long", where, number, column, cell[:80], **size)


def facts_of(table: RawTable, problems: Problems, limits: Limits = DEFAULT) -> dict[str, RawRow]:
    """The rows of a `pack` sheet by key; its columns are key and value."""
    columns = {name: table.header.index(name) for name in ("key", "value") if name in table.header}
    for name, zh, en in (("key", "键", "key"), ("value", "值", "value")):
        if name not in columns:
            problems.add("missing-column", table.where, 1, name, meaning_zh=zh, meaning_en=en)
    if len(columns) < 2:
        return {}
    if len(table.rows) > limits.toml_keys:
        problems.add("too-many-rows", table.where, table.rows[-1].number, limit=limits.toml_keys)
        return {}
    facts: dict[str, RawRow] = {}
    for row in table.rows:
        key = row.cells[columns["key"]].casefold()
        if key in facts:
            both = {"first": facts[key].number, "second": row.number}
            problems.add("duplicate-key", table.where, row.number, "key", key, columns="key", **both)
        else:
            facts[key] = RawRow(row.number, (key, row.cells[columns["value"]]))
    return facts
