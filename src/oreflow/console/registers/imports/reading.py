"""The bytes of an upload as columns of text: a workbook that was inspected first, or a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from oreflow.console.people.access import Viewer
from oreflow.console.registers.spec import FieldKind, Register
from oreflow.core.provenance import Text
from oreflow.gateway.errors import Problems as GatewayProblems
from oreflow.gateway.errors import shown
from oreflow.gateway.limits import MB, Limits
from oreflow.gateway.reading import decode
from oreflow.gateway.workbook import cell_text
from oreflow.gateway.xlsx_parts import RefusedError, SheetFacts, column_letters, column_number
from oreflow.gateway.xlsx_safety import inspect

from .header import Header, match
from .problems import FileRefused, Problems, note

LIMITS = Limits(file_bytes=50 * MB, rows=200_000, columns=100, cells=6_000_000)
VALUES_SHEET = "values"
EXAMPLE = "示例（请删除本行） Example (delete this row)"
"""Stands in an identifying column of the template's example; such rows are passed over."""

_SERIALS = range(1, 2_958_466)  # 1900-01-01 … 9999-12-31 as spreadsheets count days
_EPOCH = date(1899, 12, 30)


@dataclass(slots=True)
class Upload:
    """A table as it was read: columns of text by field key, and the row of the sheet each stands in."""

    sheet: str
    lines: list[int]
    columns: dict[str, list[str]]
    problems: Problems = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


def read(register: Register, viewer: Viewer, name: str, data: bytes) -> Upload:
    """The rows of an uploaded .xlsx or .csv.

    Raises
    ------
    FileRefused
        For a file that is dangerous, damaged, too large, or whose columns are not those of the register.
    """
    if len(data) > LIMITS.file_bytes:
        raise FileRefused([too_large(len(data))])
    if PurePath(name).suffix.lower() == ".csv":
        return _read_csv(register, viewer, name, data)
    if PurePath(name).suffix.lower() == ".xlsx":
        return _read_workbook(register, viewer, name, data)
    raise FileRefused([_unsupported(name)])


def too_large(size: int) -> Text:
    """Why a file of this size is not taken."""
    most = LIMITS.file_bytes // MB
    return Text(
        f"文件有 {size / MB:.1f} MB，超过上限 {most} MB。请删去无关内容，或分几个文件导入。",
        f"The file has {size / MB:.1f} MB, more than {most} MB. Delete what does not belong to it, or split it.",
    )


def _unsupported(name: str) -> Text:
    return Text(
        f"“{shown(name)}”不是 .xlsx 或 .csv 文件。请在表格软件中另存为其中一种。",
        f"“{shown(name)}” is neither .xlsx nor .csv. Save it as one of them from your spreadsheet program.",
    )


def _read_csv(register: Register, viewer: Viewer, name: str, data: bytes) -> Upload:
    found = GatewayProblems()
    text = decode(data, name, found)
    if text is None:
        raise _refused(found)
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for record in reader:
            if len(record) > LIMITS.columns:
                raise FileRefused([_too_many_columns()])
            if len(rows) > LIMITS.rows + 1:
                raise FileRefused([_too_many_rows()])
            if not rows or any(record):
                rows.append(record)
                lines.append(reader.line_num if "\n" not in "".join(record) else len(rows))
    except csv.Error as error:
        found.add("csv-syntax", name, row=reader.line_num, reason=str(error))
        raise _refused(found) from error
    if rows and len(rows[0]) == 1 and (separator := next((s for s in ";\t，|" if s in rows[0][0]), "")):
        found.add("wrong-separator", name, row=1, value=separator)
        raise _refused(found)
    header = match(register, viewer, rows[:2])
    return _upload(register, name, header, rows, lines)


def _read_workbook(register: Register, viewer: Viewer, name: str, data: bytes) -> Upload:
    import python_calamine as calamine

    found = GatewayProblems()
    try:
        sheets = inspect(data, LIMITS)
    except RefusedError as refused:
        found.add(refused.code, name, value=refused.value, **refused.facts)
        raise _refused(found) from refused
    sheet = _sheet_of(register, sheets)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        head = [[cell_text(c) for c in row] for row in grid[:2]]
    except (calamine.CalamineError, OSError, ValueError) as error:
        found.add("xlsx-damaged", name, reason_zh=str(error), reason_en=str(error))
        raise _refused(found) from error
    if sheets[sheet].merged:
        found.add("merged-cells", sheet, value=sheets[sheet].merged[0])
        raise _refused(found)
    header = match(register, viewer, head)
    upload = _upload(register, sheet, header, grid, list(range(1, len(grid) + 1)))
    _note_cells(upload, header, sheets[sheet])
    return upload


def _sheet_of(register: Register, sheets: dict[str, SheetFacts]) -> str:
    names = (register.key, register.name.zh, register.name.en)
    wanted = next((s for s in sheets if s in names), None)
    filled = [s for s, facts in sheets.items() if facts.cells and s != VALUES_SHEET]
    if wanted or len(filled) == 1:
        return wanted or filled[0]
    if not filled:
        return next(iter(sheets))
    told = ", ".join(map(shown, filled))
    raise FileRefused(
        [
            Text(
                f"工作簿有几张表（{told}），看不出要导入哪一张。请把它命名为“{register.name.zh}”，或只留一张。",
                f"The workbook has several sheets ({told}). Name the one to import “{register.key}”,"
                " or keep only that one.",
            )
        ]
    )


def _upload(register: Register, sheet: str, header: Header, grid: Sequence[Sequence[Any]], lines: list[int]) -> Upload:
    """The body of a grid as columns; empty rows and the template's example are left out."""
    body, numbers = grid[header.rows :], lines[header.rows :]
    kinds = {f.key: f.kind for f in register.fields}
    width = max(header.positions.values()) + 1
    columns: dict[str, list[str]] = {}
    for key, position in header.positions.items():
        reads = _day if kinds[key] is FieldKind.DATE else _word
        short = any(len(row) < width for row in body)
        cells = [row[position] if position < len(row) else "" for row in body] if short else [r[position] for r in body]
        columns[key] = [c.strip() if type(c) is str else reads(c) for c in cells]
    kept = [i for i, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]
    for naming in (columns[key] for key in register.identity if key in columns):
        kept = [i for i in kept if naming[i] != EXAMPLE]
    upload = Upload(sheet, [numbers[i] for i in kept], {k: [c[i] for i in kept] for k, c in columns.items()})
    _note_ragged(upload, header.width, body, kept)
    return upload


def _word(cell: Any) -> str:
    try:
        return cell_text(cell).strip()
    except ValueError:
        return str(cell)


def _day(cell: Any) -> str:
    """A cell of a column of dates: spreadsheets may keep a date as the number of its day."""
    if isinstance(cell, float | int) and not isinstance(cell, bool) and cell == int(cell) and int(cell) in _SERIALS:
        return (_EPOCH + timedelta(days=int(cell))).isoformat()
    return _word(cell)


def _note_ragged(upload: Upload, width: int, body: Sequence[Sequence[Any]], kept: list[int]) -> None:
    """Cells beyond the header belong to no field."""
    for position, at in enumerate(kept):
        beyond = next((i for i, cell in enumerate(body[at][width:], width) if str(cell).strip()), None)
        if beyond is not None:
            note(upload.problems, position, "", body[at][beyond], _beyond(beyond))


def _note_cells(upload: Upload, header: Header, facts: SheetFacts) -> None:
    """Formulas and error values become problems of their rows."""
    position_of = {line: i for i, line in enumerate(upload.lines)}
    key_of = {position + 1: key for key, position in header.positions.items()}
    for row, cell in facts.formulas:
        key = key_of.get(column_number(re.sub(r"\d", "", cell)))
        if row in position_of and key:
            note(upload.problems, position_of[row], key, cell, _formula(cell))
    for row, cell, value in facts.errors:
        key = key_of.get(column_number(re.sub(r"\d", "", cell)))
        if row in position_of and key:
            note(upload.problems, position_of[row], key, value, _error_value(cell, value))


def _refused(found: GatewayProblems) -> FileRefused:
    return FileRefused(
        [
            Text(f"{p.place.zh}：{p.message.zh}{p.remedy.zh}", f"{p.place.en}: {p.message.en} {p.remedy.en}")
            for p in found
        ]
    )


def _too_many_rows() -> Text:
    return Text(
        f"表超过 {LIMITS.rows} 行。请分几个文件导入。", f"The table has more than {LIMITS.rows} rows. Split the file."
    )


def _too_many_columns() -> Text:
    return Text(
        f"表超过 {LIMITS.columns} 列。请删去表头以外的列。",
        f"The table has more than {LIMITS.columns} columns. Delete the columns beyond the header.",
    )


def _beyond(position: int) -> Text:
    where = column_letters(position + 1)
    return Text(
        f"{where} 列有内容却没有列名。请删去，或检查逗号与引号。",
        f"Column {where} has content but no name. Delete it, or check commas and quotes.",
    )


def _formula(cell: str) -> Text:
    return Text(
        f"单元格 {cell} 是公式，只接受数值。请复制后“选择性粘贴 → 数值”。",
        f"Cell {cell} holds a formula; only values are read. Copy it and paste it as a value.",
    )


def _error_value(cell: str, value: str) -> Text:
    return Text(
        f"单元格 {cell} 是错误值“{shown(value)}”。请写入正确的值，或留空。",
        f"Cell {cell} holds the error “{shown(value)}”. Write the right value, or leave it empty.",
    )
