"""Bytes to rows: a directory of CSV files with pack.toml, or one workbook, as tables of text.

Nothing here knows what a cell means; the rows keep the numbers under which a spreadsheet shows them.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from .errors import Problems, suggestion
from .limits import DEFAULT, MB, Limits
from .schema import LIBRARY_TABLES, PACK_TABLES, Table

TABLES: dict[str, Table] = {t.name: t for t in (*PACK_TABLES, *LIBRARY_TABLES)}
PACK_TOML = "pack.toml"
_IGNORED = re.compile(r"(\..*|~\$.*|README.*|LICENSE.*|NOTICE.*|__init__\.py|__pycache__)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


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


def read_pack(path: Path, problems: Problems, limits: Limits = DEFAULT) -> RawPack:
    """Read a directory or an .xlsx; every problem of reading is noted in `problems`."""
    if path.is_dir():
        return _read_directory(path, problems, limits)
    if path.suffix.lower() == ".xlsx":
        from .workbook import read_workbook

        return read_workbook(path, problems, limits)
    problems.add("unsupported-file", str(path), value=path.name)
    return RawPack()


def read_tables(folder: Path, names: Iterable[str], problems: Problems, limits: Limits = DEFAULT) -> RawPack:
    """Read the named tables of a folder and nothing else."""
    pack = RawPack()
    for name in names:
        file = folder / f"{name}.csv"
        if file.exists():
            _read_csv_file(file, folder, pack, problems, limits)
    return pack


def _read_directory(folder: Path, problems: Problems, limits: Limits) -> RawPack:
    pack = RawPack()
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.add("unreadable", str(folder), **_reason(error))
        return pack
    for entry in entries:
        name, suffix = entry.stem, entry.suffix.lower()
        if entry.name == PACK_TOML:
            _read_toml_file(entry, folder, pack, problems, limits)
        elif suffix == ".csv" and name in TABLES:
            _read_csv_file(entry, folder, pack, problems, limits)
        elif not _IGNORED.fullmatch(entry.name):
            known = [PACK_TOML, *(f"{n}.csv" for n in TABLES)]
            problems.add("unknown-file", entry.name, value=entry.name, **suggestion(entry.name, known))
    return pack


def _read_toml_file(file: Path, folder: Path, pack: RawPack, problems: Problems, limits: Limits) -> None:
    pack.seen.add("pack")
    data = read_bytes(file, problems, limits, inside=folder)
    text = None if data is None else decode(data, PACK_TOML, problems)
    if text is None:
        return
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        problems.add("toml-syntax", PACK_TOML, value="", reason=str(error))
        return
    lines = text.splitlines()
    for key, value in values.items():
        number = next((n for n, line in enumerate(lines, 1) if line.strip().startswith(key)), 1)
        printed = "yes" if value is True else "no" if value is False else str(value)
        pack.facts[key] = RawRow(number, (key, clean(printed)))


def _read_csv_file(file: Path, folder: Path, pack: RawPack, problems: Problems, limits: Limits) -> None:
    pack.seen.add(file.stem)
    data = read_bytes(file, problems, limits, inside=folder)
    text = None if data is None else decode(data, file.name, problems)
    if text is None:
        return
    table = parse_csv(text, file.stem, file.name, problems, limits)
    if table is not None:
        pack.tables[file.stem] = table


def read_bytes(file: Path, problems: Problems, limits: Limits = DEFAULT, inside: Path | None = None) -> bytes | None:
    """The content of a regular file within the size limit, and within `inside` after links.

    The size is taken before anything is read, and again from what was read.
    """
    try:
        if inside is not None and not file.resolve().is_relative_to(inside.resolve()):
            target = file.readlink() if file.is_symlink() else file
            problems.add("outside-pack", file.name, value=target)
            return None
        if not stat.S_ISREG(file.stat().st_mode):
            problems.add("unreadable", file.name, reason_zh="不是普通文件", reason_en="not a regular file")
            return None
        with file.open("rb") as stream:
            return _read_bounded(stream, file.name, problems, limits)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        problems.add("unreadable", file.name, **_reason(error))
        return None


def _reason(error: Exception) -> dict[str, Any]:
    """What the system says, in its own words; a missing file in ours."""
    if isinstance(error, FileNotFoundError):
        return {"reason_zh": "文件不存在", "reason_en": "there is no such file"}
    words = getattr(error, "strerror", None) or str(error)
    return {"reason_zh": words, "reason_en": words}


def _read_bounded(stream: BinaryIO, where: str, problems: Problems, limits: Limits) -> bytes | None:
    size = os.fstat(stream.fileno()).st_size
    data = b"" if size > limits.file_bytes else stream.read(limits.file_bytes + 1)
    size = max(size, len(data))
    if size > limits.file_bytes:
        problems.add("file-too-large", where, size=f"{size / MB:.0f}", limit=f"{limits.file_bytes / MB:.0f}")
        return None
    return data


def decode(data: bytes, where: str, problems: Problems) -> str | None:
    """Text from UTF-8 (with or without byte-order mark) or GB18030; otherwise a problem."""
    if b"\0" in data:
        problems.add("nul-byte", where, line=data[: data.index(b"\0")].count(b"\n") + 1)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        problems.add("encoding", where, row=line, line=line)
        return None


def parse_csv(text: str, name: str, where: str, problems: Problems, limits: Limits) -> RawTable | None:
    """Comma-separated records; blank ones are skipped but counted."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[RawRow] = []
    header: tuple[str, ...] | None = None
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if header is None:
                header = _header(record)
                continue
            if number > limits.rows + 1:
                problems.add("too-many-rows", where, row=number, limit=limits.rows)
                break
            if any(record) and len(record) != len(header) and not _only_blank_beyond(record, header):
                problems.add("ragged-row", where, row=number, found=len(record), expected=len(header))
            records.append(RawRow(number, tuple(record)))
    except csv.Error as error:
        problems.add("csv-syntax", where, row=number + 1, reason=str(error))
        return None
    separator = _foreign_separator(header or ())
    if separator:
        problems.add("wrong-separator", where, row=1, value=separator)
        return None
    return assemble(name, where, header or (), records, problems, limits)


def _header(record: list[str]) -> tuple[str, ...]:
    while record and not record[-1].strip():
        record = record[:-1]
    return tuple(record)


def _only_blank_beyond(record: list[str], header: tuple[str, ...]) -> bool:
    return len(record) > len(header) and not any(cell.strip() for cell in record[len(header) :])


def _foreign_separator(header: tuple[str, ...]) -> str:
    if len(header) != 1:
        return ""
    return next((s for s in (";", "\t", "，", "|") if s in header[0]), "")


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


def facts_of(table: RawTable, problems: Problems) -> dict[str, RawRow]:
    """The rows of a `pack` sheet by key; its columns are key and value."""
    columns = {name: table.header.index(name) for name in ("key", "value") if name in table.header}
    for name, zh, en in (("key", "键", "key"), ("value", "值", "value")):
        if name not in columns:
            problems.add("missing-column", table.where, 1, name, meaning_zh=zh, meaning_en=en)
    if len(columns) < 2:
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
