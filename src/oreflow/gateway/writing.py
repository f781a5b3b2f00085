"""A region back to a pack: a directory of CSV tables with pack.toml, or one workbook."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from oreflow.core.region import Region

from .loading import load_library
from .printing import TableRows
from .raw import PACK_TOML
from .schema import LIBRARY_TABLES, PACK_TABLES, Column, Kind, Table
from .staging import new_at
from .tabulating import facts_of, region_tables
from .tabulating_library import library_tables
from .workbook import PACK_SHEET, number_text

_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # workbooks read _x000D_ as a character code
_NUMERIC = (Kind.DECIMAL, Kind.INTEGER, Kind.YEAR)


def write_pack(region: Region, path: str | Path) -> Path:
    """Write a region so that `load_pack` gives the same region and hash.

    A path that ends in .xlsx becomes a workbook, any other a directory. The library is written only
    if it differs from the reference library. The pack is written beside its place and renamed: it is
    there as a whole, or not at all.

    Raises
    ------
    FileExistsError
        If there is anything at the path already.
    OSError
        If it cannot be written.
    """
    path = Path(path)
    facts, tables = facts_of(region), region_tables(region)
    if region.library is not load_library():
        facts["library"] = "own"
        tables |= library_tables(region.library)
    write = _write_workbook if path.suffix.lower() == ".xlsx" else _write_directory
    with new_at(path) as staged:
        write(staged, facts, tables)
    return path


def _schema(tables: Mapping[str, TableRows]) -> Iterable[Table]:
    return (t for t in (*PACK_TABLES, *LIBRARY_TABLES) if t.name in tables)


def _write_directory(folder: Path, facts: Mapping[str, str], tables: Mapping[str, TableRows]) -> None:
    folder.mkdir()
    (folder / PACK_TOML).write_text(toml_text(facts), encoding="utf-8", newline="\n")
    for table in _schema(tables):
        file = folder / f"{table.name}.csv"
        file.write_text(csv_text(table, tables[table.name]), encoding="utf-8", newline="")


def toml_text(facts: Mapping[str, str]) -> str:
    """pack.toml: numbers and yes / no as such, every other value as a basic string."""
    lines = []
    for key, value in facts.items():
        if key == "format":
            text = value
        elif key == "simulated":
            text = "true" if value == "yes" else "false"
        else:
            text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        lines.append(f"{key} = {text}\n")
    return "".join(lines)


def csv_text(table: Table, rows: TableRows) -> str:
    """A table as CSV with line feeds, every column in the order of the schema."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([c.name for c in table.columns])
    writer.writerows([row.get(c.name, "") for c in table.columns] for row in rows)
    return stream.getvalue()


def _write_workbook(path: Path, facts: Mapping[str, str], tables: Mapping[str, TableRows]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(PACK_SHEET)
    sheet.append([text_cell(sheet, "key"), text_cell(sheet, "value")])
    for key, value in facts.items():
        sheet.append([text_cell(sheet, key), text_cell(sheet, value)])
    for table in _schema(tables):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append([text_cell(sheet, c.name) for c in table.columns])
        for row in tables[table.name]:
            sheet.append([_cell(sheet, c, row.get(c.name, "")) for c in table.columns])
    book.save(path)


def text_cell(sheet: Any, text: str) -> Any:
    """A cell that is text even where it looks like a formula or a number."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, None)
    cell.number_format = "@"
    if text:
        cell._value, cell.data_type = _ESCAPED.sub("_x005F_", text), "s"
    return cell


def _cell(sheet: Any, column: Column, text: str) -> Any:
    """A number where Excel would show the same digits, else text (12.50 keeps its zero)."""
    if column.kind in _NUMERIC and text and number_text(float(text)) == text:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return text_cell(sheet, text)
