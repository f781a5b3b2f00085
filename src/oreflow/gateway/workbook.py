"""A workbook as tables of text: inspected first, then read by calamine from the same bytes."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from .errors import Problems, suggestion
from .file_bytes import read_bytes
from .limits import Limits
from .raw import TABLES, RawPack, RawRow, RawTable, assemble, facts_of
from .xlsx_parts import RefusedError, SheetFacts, column_letters
from .xlsx_safety import inspect

PACK_SHEET = "pack"
GUIDE_SHEET = "guide"


def read_workbook(path: Path, problems: Problems, limits: Limits) -> RawPack:
    """The tables of an .xlsx; a dangerous or damaged one gives a problem and no table."""
    pack = RawPack(where=PACK_SHEET, suffix="")
    data = read_bytes(path, problems, limits)
    if data is None:
        return pack
    try:
        sheets = inspect(data, limits)
    except RefusedError as refused:
        problems.add(refused.code, path.name, value=refused.value, **refused.facts)
        return pack
    _read_sheets(data, path.name, sheets, pack, problems, limits)
    return pack


def _read_sheets(
    data: bytes, file: str, sheets: dict[str, SheetFacts], pack: RawPack, problems: Problems, limits: Limits
) -> None:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name, facts in sheets.items():
            if name in TABLES or name == PACK_SHEET:
                pack.seen.add(name)
                grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                table = _table(name, grid, facts, problems, limits)
                if table is not None and name == PACK_SHEET:
                    pack.facts = facts_of(table, problems, limits)
                elif table is not None:
                    pack.tables[name] = table
            elif name != GUIDE_SHEET:
                known = [PACK_SHEET, GUIDE_SHEET, *TABLES]
                problems.add("unknown-sheet", name, value=name, **suggestion(name, known))
    except (calamine.CalamineError, OSError, ValueError) as error:
        problems.add("xlsx-damaged", file, reason_zh=str(error), reason_en=str(error))


def _table(name: str, grid: list[list[Any]], facts: SheetFacts, problems: Problems, limits: Limits) -> RawTable | None:
    texts = [tuple(cell_text(cell) for cell in row) for row in grid]
    header = texts[0] if texts else ()
    while header and not header[-1]:
        header = header[:-1]
    names = {column_letters(i): h for i, h in enumerate(header, 1)}
    for row, cell in facts.formulas:
        problems.add("formula-cell", name, row, names.get(cell.rstrip("0123456789"), ""), cell=cell)
    for row, cell, value in facts.errors:
        problems.add("error-cell", name, row, names.get(cell.rstrip("0123456789"), ""), value, cell=cell)
    for area in facts.merged:
        first = area.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
        problems.add("merged-cells", name, int(first) if first.isdigit() else None, value=area)
    records = []
    for number, cells in enumerate(texts[1:], 2):
        if any(cells[len(header) :]):
            problems.add("ragged-row", name, number, found=_filled(cells), expected=len(header))
        records.append(RawRow(number, cells[: len(header)]))
    return assemble(name, name, header, records, problems, limits)


def _filled(cells: tuple[str, ...]) -> int:
    return max((i for i, cell in enumerate(cells, 1) if cell), default=0)


def cell_text(cell: Any) -> str:
    """The text of a cell; numbers as Excel shows them, in at most 15 digits and without exponent."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    raise ValueError(f"unexpected cell {cell!r}")


def number_text(number: float) -> str:
    """A number of a sheet in plain digits: 2650.0 → 2650, 0.1 + 0.2 → 0.3."""
    text = format(number, ".15g")
    return format(Decimal(text), "f") if "e" in text else text
