"""Bytes to rows: a directory of CSV files with pack.toml, or one workbook, as tables of text.

Nothing here knows what a cell means; the rows keep the numbers under which a spreadsheet shows them.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from .errors import Problems, suggestion
from .file_bytes import read_bytes, reason
from .limits import DEFAULT, Limits
from .raw import PACK_TOML, TABLES, RawPack, RawRow, RawTable, assemble, clean

_IGNORED = re.compile(r"(\..*|~\$.*|README.*|LICENSE.*|NOTICE.*|__init__\.py|__pycache__)", re.IGNORECASE)

_PIECE = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*\[{{0,2}}[ \t]*({_PIECE})[ \t]*[]=.]")
# the time that tomllib takes for a dotted key is quadratic in the number of its pieces
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PIECE}[ \t]*\.[ \t]*){{40}}")


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
        problems.add("unreadable", str(folder), **reason(error))
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
    bounds = replace(limits, file_bytes=min(limits.file_bytes, limits.toml_bytes))
    data = read_bytes(file, problems, bounds, inside=folder)
    text = None if data is None else decode(data, PACK_TOML, problems)
    if text is None:
        return
    try:
        printed = _toml_facts(text, limits.toml_keys)
    except (ValueError, RecursionError) as error:
        zh, en = error.args if len(error.args) == 2 else (str(error), str(error))
        problems.add("toml-syntax", PACK_TOML, reason_zh=zh, reason_en=en)
        return
    lines = _lines_of_keys(text)
    pack.facts |= {key: RawRow(lines.get(key, 1), (key, value)) for key, value in printed.items()}


def _toml_facts(text: str, limit: int) -> dict[str, str]:
    """The values of pack.toml as text; a ValueError has the reason, in both languages if it is ours."""
    if _DOTTED.search(text):
        raise ValueError("键中的点过多", "a key has too many dots")
    values = tomllib.loads(text)
    if len(values) > limit:
        raise ValueError(f"超过 {limit} 个键", f"more than {limit} keys")
    return {key: _printed(value) for key, value in values.items()}


def _printed(value: object) -> str:
    return "yes" if value is True else "no" if value is False else clean(str(value))


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each key of pack.toml, counted from 1; of a key that stands twice, the first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _KEY.match(line):
            lines.setdefault(match[1].strip("\"'"), number)
    return lines


def _read_csv_file(file: Path, folder: Path, pack: RawPack, problems: Problems, limits: Limits) -> None:
    pack.seen.add(file.stem)
    data = read_bytes(file, problems, limits, inside=folder)
    text = None if data is None else decode(data, file.name, problems)
    if text is None:
        return
    table = parse_csv(text, file.stem, file.name, problems, limits)
    if table is not None:
        pack.tables[file.stem] = table


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
