"""A blank workbook to fill in: every table with its header, notes in both languages and drop-downs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from oreflow.core.provenance import Mark

from .schema import FORMAT, PACK_KEYS, PACK_TABLES, Column, Kind, Table
from .staging import new_at
from .workbook import GUIDE_SHEET, PACK_SHEET

_LAST_ROW = 2000
_TEXTUAL = (Kind.ID, Kind.TEXT, Kind.LINES, Kind.DATE, Kind.REFS, Kind.UNIT, Kind.BASIS)
_GUIDE = (
    (
        "每张工作表是一张表，第 1 行是列名，从第 2 行起每行一条记录。",
        "Each sheet is a table: names in row 1, one record a row below.",
    ),
    (
        "列名为粗体的列必填；列名上的批注说明含义。",
        "A column whose name is bold is required; the note on its name tells its meaning.",
    ),
    ("只写数值，不写公式，不合并单元格。", "Write values, not formulas; merge no cells."),
    ("每个数都要有出处文件和质量标记。", "Every figure needs its source document and quality mark."),
    ("写完后运行 oreflow pack validate 文件名.xlsx。", "When done, run oreflow pack validate FILE.xlsx."),
)


def blank_pack(path: str | Path) -> Path:
    """Write a new blank workbook with the tables of a region; raises OSError if it cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active
    guide.title = GUIDE_SHEET
    for zh, en in _GUIDE:
        guide.append([zh, en])
    guide.column_dimensions["A"].width = guide.column_dimensions["B"].width = 70
    _facts_sheet(book.create_sheet(PACK_SHEET))
    for table in PACK_TABLES:
        _table_sheet(book.create_sheet(table.name), table)
    path = Path(path)
    with new_at(path) as staged:
        book.save(staged)
    return path


def _facts_sheet(sheet: Any) -> None:
    from openpyxl.styles import Font

    sheet.append(["key", "value"])
    filled = {"format": FORMAT, "edition": "1", "simulated": "no"}
    for number, column in enumerate(PACK_KEYS.columns, 2):
        sheet.append([column.name, filled.get(column.name)])
        _note(sheet.cell(number, 1), column)
        sheet.cell(number, 1).font = Font(bold=column.required)
        _drop_down(sheet, f"B{number}", column)
    sheet.column_dimensions["B"].width = 50


def _table_sheet(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append([column.name for column in table.columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, 1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number)
        head.font = Font(bold=column.required)
        _note(head, column)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 4)
        if column.kind in _TEXTUAL:
            sheet.column_dimensions[letter].number_format = "@"
        _drop_down(sheet, f"{letter}2:{letter}{_LAST_ROW}", column)


def _note(cell: Any, column: Column) -> None:
    from openpyxl.comments import Comment

    need = ("必填", "required") if column.required else ("可空", "may be empty")
    text = f"{column.meaning.zh}（{need[0]}）\n{column.meaning.en} ({need[1]})"
    if column.choices:
        text += "\n" + ", ".join(column.choices)
    cell.comment = Comment(text, "Oreflow", width=320, height=110)


def choices_of(column: Column) -> tuple[str, ...]:
    """What a drop-down offers, for columns with a closed list."""
    if column.kind is Kind.MARK:
        return tuple(mark.code for mark in Mark)
    if column.kind is Kind.BOOLEAN:
        return ("yes", "no")
    return column.choices


def _drop_down(sheet: Any, cells: str, column: Column) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = choices_of(column)
    if choices:
        source = f'"{",".join(choices)}"'
    elif column.kind is Kind.ID and len(column.refers) == 1 and not column.refers[0].endswith("*"):
        source = f"={column.refers[0]}!$A$2:$A${_LAST_ROW}"
    else:
        return
    validation = DataValidation(type="list", formula1=source, allow_blank=not column.required)
    validation.showErrorMessage = bool(choices)
    sheet.add_data_validation(validation)
    validation.add(cells)
