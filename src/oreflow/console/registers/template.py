"""The workbook that people fill in for an import: headings, notes, drop-downs and an example."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from oreflow.console.people.access import Viewer
from oreflow.core.provenance import Text

from . import equipment_types, parsing, references
from .access import fields_for, needs_approval, why_not_change
from .imports.header import bilingual
from .imports.reading import EXAMPLE, VALUES_SHEET
from .spec import Field, FieldKind, Register

FIRST_ROW, LAST_ROW = 3, 5_000
_HINTS = {
    FieldKind.INTEGER: Text("整数", "a whole number"),
    FieldKind.DECIMAL: Text("数字，不带单位", "a number without unit"),
    FieldKind.DATE: Text("日期，如 2026-03-02", "a date such as 2026-03-02"),
    FieldKind.AREA: Text("GB/T 2260 六位代码，如 510411", "six digits of GB/T 2260, such as 510411"),
    FieldKind.INDUSTRY: Text("GB/T 4754 代码，如 3140", "a code of GB/T 4754, such as 3140"),
    FieldKind.USCC: Text("统一社会信用代码，18 位", "unified social credit code, 18 characters"),
    FieldKind.MATERIAL: Text("物料库中的名称或编号", "a name or id of the library of materials"),
    FieldKind.EQUIPMENT_TYPE: Text("设备类型，见下拉列表", "a type of equipment from the list"),
    FieldKind.ATTRIBUTES: Text("名称=值；名称=值", "name=value; name=value"),
    FieldKind.ORGANISATION: Text("单位的统一社会信用代码", "the organisation's unified social credit code"),
    FieldKind.PARK: Text("园区代码", "the park's code"),
    FieldKind.FACILITY: Text("本单位设施的编号", "the number of one of the organisation's facilities"),
}
_EXAMPLES = {
    FieldKind.INTEGER: 120, FieldKind.DECIMAL: 1200, FieldKind.DATE: "2020-06-30", FieldKind.AREA: "510411",
    FieldKind.INDUSTRY: "3140", FieldKind.USCC: "", FieldKind.MATERIAL: "", FieldKind.ATTRIBUTES: "",
    FieldKind.ORGANISATION: "", FieldKind.PARK: "", FieldKind.FACILITY: "", FieldKind.TEXT: "示例",
}  # fmt: skip


def template(register: Register, viewer: Viewer, language: str) -> Workbook:
    """A workbook to fill in; drop-downs speak `language` (zh or en), reading takes either and the codes."""
    fields = fields_for(register, viewer)
    book = Workbook()
    sheet, values = book.active, book.create_sheet(VALUES_SHEET)
    sheet.title = register.key
    sheet.append([bilingual(f) for f in fields])
    sheet.append([f.key for f in fields])
    sheet.append([_example(register, f, language) for f in fields])
    sheet.row_dimensions[2].hidden = True
    sheet.freeze_panes = f"B{FIRST_ROW}"
    for column, item in enumerate(fields, 1):
        _head(register, viewer, sheet, column, item)
        sheet.cell(FIRST_ROW, column).font = Font(italic=True, color="596579")
    _values(sheet, values, fields, language)
    return book


def _head(register: Register, viewer: Viewer, sheet: Worksheet, column: int, item: Field) -> None:
    head = sheet.cell(1, column)
    needed = item.required or item.key in register.identity
    head.font = Font(bold=needed, color="101828")
    head.fill = PatternFill("solid", fgColor="EFFAF8" if needed else "F2F4F7")
    head.alignment = Alignment(wrap_text=True, vertical="top")
    head.comment = Comment(_note(register, viewer, item, needed), "Oreflow", width=340, height=150)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = 34 if item.key in register.identity else 20
    if item.kind not in (FieldKind.INTEGER, FieldKind.DECIMAL):
        for row in range(FIRST_ROW, FIRST_ROW + 200):
            sheet.cell(row, column).number_format = "@"


def _note(register: Register, viewer: Viewer, item: Field, needed: bool) -> str:
    parts = [Text("必填" if needed else "可空", "required" if needed else "may be empty")]
    if item.kind in _HINTS:
        parts.append(_HINTS[item.kind])
    if item.unit:
        parts.append(Text(f"单位：{item.unit}", f"unit: {item.unit}"))
    if item.help.zh:
        parts.append(item.help)
    if item.key in register.identity:
        parts.append(Text("用于识别记录：已有即为修改", "identifies the record: a known one is a change"))
    why = why_not_change(register, viewer, item)
    if why is not None:
        parts.append(why)
    elif needs_approval(item, viewer):
        parts.append(Text("修改须经审批，不能导入", "changes need approval and cannot be imported"))
    return "；".join(p.zh.rstrip("。") for p in parts) + "。\n" + "; ".join(p.en.rstrip(".") for p in parts) + "."


def _options(item: Field) -> list[tuple[str, str, str]]:
    """Code, Chinese and English of a closed list."""
    if item.kind is FieldKind.CHOICE:
        return [(v, parsing.label_in(word, "zh-hans"), parsing.label_in(word, "en")) for v, word in item.choices]
    if item.kind is FieldKind.EQUIPMENT_TYPE:
        return [(t.id, t.name.zh, t.name.en) for t in equipment_types.TYPES.values()]
    if item.kind is FieldKind.MATERIAL:
        return [(m, name.zh, name.en) for m, name in references.materials()]
    return []


def _values(sheet: Worksheet, values: Worksheet, fields: tuple[Field, ...], language: str) -> None:
    """The sheet of allowed values, and drop-downs that read from it."""
    at = 1
    for number, item in enumerate(fields, 1):
        options = _options(item)
        if not options:
            continue
        first = 2 if language == "en" else 1
        for row, cells in enumerate([(bilingual(item), "", ""), *options], 1):
            order = (cells[first], cells[3 - first], cells[0]) if row > 1 else (cells[0], "", "")
            for offset, cell in enumerate(order):
                values.cell(row, at + offset, cell)
        values.cell(1, at).font = Font(bold=True)
        letter, own = get_column_letter(at), get_column_letter(number)
        values.column_dimensions[letter].width = 30
        rule = DataValidation(
            type="list", formula1=f"{VALUES_SHEET}!${letter}$2:${letter}${len(options) + 1}",
            allow_blank=not item.required, showErrorMessage=False,
        )  # fmt: skip
        sheet.add_data_validation(rule)
        rule.add(f"{own}{FIRST_ROW}:{own}{LAST_ROW}")
        at += 4
    for row, item in enumerate((f for f in fields if f.kind in (FieldKind.AREA, FieldKind.INDUSTRY)), 1):
        said = _HINTS[item.kind]
        values.cell(row, at, f"{bilingual(item)}：{said.zh} / {said.en}")


def _example(register: Register, item: Field, language: str) -> Any:
    named = next(k for k in register.identity if register.get(k).kind in (FieldKind.TEXT, FieldKind.USCC))
    if item.key == named:
        return EXAMPLE
    options = _options(item)
    if options:
        return options[0][2 if language == "en" else 1]
    return _EXAMPLES[item.kind]
