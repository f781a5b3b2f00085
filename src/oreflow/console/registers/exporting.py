"""A register as filtered, as CSV or workbook: read in pieces, written as it goes, fit to be imported again."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from oreflow.console import clock
from oreflow.console.people import events
from oreflow.console.people.access import Viewer
from oreflow.console.records import Record
from oreflow.console.refusals import Refused
from oreflow.core.provenance import Text

from . import equipment_types, parsing, references
from .access import exportable
from .imports.header import EXTRA, bilingual, label
from .imports.spelling import escaped, marked
from .spec import DataClass, Field, FieldKind, Register

PART = 5_000
MOST_IN_WORKBOOK = 500_000
FORMATS = ("csv", "xlsx")
ABOUT_SHEET = "about"
_EXACT_DIGITS = 15
_LOOKUPS = {FieldKind.ORGANISATION: "uscc", FieldKind.PARK: "code", FieldKind.FACILITY: "number"}
_CLASSES = {
    DataClass.GENERAL: Text("一般", "general"),
    DataClass.IMPORTANT: Text("重要", "important"),
    DataClass.CORE: Text("核心", "core"),
}
SIMULATED = Text("模拟数据", "simulated")
Cells = Callable[[Any, tuple[Any, ...]], Any]


class Export:
    """What one export holds: its columns, and its rows as cells.

    Parameters
    ----------
    rows
        The register's rows as filtered; they come out by id, in pieces.
    language
        zh or en: of labels and choices. What is written in one language is read back in any.
    """

    def __init__(self, register: Register, viewer: Viewer, rows: QuerySet[Record], language: str) -> None:
        self.register, self.viewer, self.language = register, viewer, language
        self.rows = rows
        self.fields = exportable(register, viewer)
        self.data_class = max((f.data_class for f in self.fields), key=list(DataClass).index)
        self._words = {f.key: _words(f, language) for f in self.fields}

    @property
    def keys(self) -> list[str]:
        """The keys of all columns."""
        named = ["organisation_name"] if self._owned else []
        return [*(f.key for f in self.fields), *named, "simulated", "data_class"]

    @property
    def labels(self) -> list[str]:
        """The labels of all columns, with units."""
        extra = [EXTRA[k].in_language(self.language) for k in self.keys if k in EXTRA]
        return [*(label(f, self.language) for f in self.fields), *extra]

    @property
    def _owned(self) -> bool:
        return any(f.key == "organisation" for f in self.fields)

    def record(self) -> None:
        """Put the export of important data into the security log."""
        important = [f.key for f in self.fields if f.data_class is DataClass.IMPORTANT]
        if important:
            events.note(
                "export", actor=self.viewer.user, organisation=self.viewer.organisation, register=self.register.key,
                fields=", ".join(important),
            )  # fmt: skip

    def lines(self) -> Iterator[list[Any]]:
        """Rows of cells: text, numbers as Decimal or int, dates, None for nothing."""
        paths = [_path(f) for f in self.fields]
        more = ["simulated", *(["organisation__name"] if self._owned else [])]
        types = next((i for i, f in enumerate(self.fields) if f.kind is FieldKind.EQUIPMENT_TYPE), None)
        said, quality = SIMULATED.in_language(self.language), _CLASSES[self.data_class].in_language(self.language)
        for row in self._raw([*paths, *more]):
            values = row[1 : 1 + len(paths)]
            kind = values[types] if types is not None else ""
            cells = [self._cell(f, v, kind) for f, v in zip(self.fields, values, strict=True)]
            simulated, *owner = row[1 + len(paths) :]
            yield [*cells, *owner, said if simulated else None, quality]

    def _raw(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Rows by id, some thousand at a time: nothing is held longer than its piece."""
        rows, last = self.rows.order_by("pk"), 0
        while part := list(rows.filter(pk__gt=last).values_list("pk", *names)[:PART]):
            last = part[-1][0]
            yield from part

    def _cell(self, item: Field, value: Any, kind: str) -> Any:
        if value is None or value == "" or value == {}:
            return None
        if item.kind is FieldKind.ATTRIBUTES:
            return _attributes(kind, value, self.language)
        words = self._words[item.key]
        if words is not None:
            return words(value)
        return value


def _path(item: Field) -> str:
    return f"{item.key}__{_LOOKUPS[item.kind]}" if item.kind in _LOOKUPS else item.key


def _words(item: Field, language: str) -> Callable[[Any], Any] | None:
    """How a code is said; what cannot be read back stays a code."""
    if item.kind is FieldKind.CHOICE:
        labels = {
            value: parsing.label_in(word, "zh-hans" if language == "zh" else "en") for value, word in item.choices
        }
        return lambda value: labels.get(value, value)
    if item.kind is FieldKind.EQUIPMENT_TYPE:
        return lambda value: equipment_types.name_of(value).in_language(language)
    if item.kind is FieldKind.MATERIAL:
        known = references.material_words()

        def said(value: str) -> str:
            name = references.material_name(value).in_language(language)
            return name if known.get(name.casefold()) == value else value

        return said
    return None


def _attributes(kind: str, values: Mapping[str, Any], language: str) -> str:
    if kind not in equipment_types.TYPES:
        return json.dumps(values, ensure_ascii=False)
    parts = []
    for name, value, _unit in equipment_types.shown(kind, values):
        word = value.in_language(language) if isinstance(value, Text) else value
        if isinstance(word, bool):
            word = Text("是", "yes").in_language(language) if word else Text("否", "no").in_language(language)
        parts.append(f"{name.in_language(language)}={word}")
    return "; ".join(parts)


def csv_lines(export: Export) -> Iterator[bytes]:
    """The export as CSV in UTF-8 with byte-order mark, piece by piece."""
    export.record()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(export.labels)
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(export.lines(), 1):
        writer.writerow([_written(cell) for cell in row])
        if number % 500 == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    data = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return data


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    return escaped(cell) if isinstance(cell, str) else str(parsing.plain(cell))


def workbook(export: Export) -> IO[bytes]:
    """The export as .xlsx in a temporary file, open at its beginning.

    Raises
    ------
    Refused
        For more rows than a spreadsheet program takes.
    """
    count = export.rows.order_by()[: MOST_IN_WORKBOOK + 1].count()
    if count > MOST_IN_WORKBOOK:
        raise Refused(
            Text(
                f"超过 {MOST_IN_WORKBOOK} 行，工作簿放不下。请导出 CSV，或先缩小筛选范围。",
                f"More than {MOST_IN_WORKBOOK} rows do not fit a workbook. Export CSV, or narrow the filter first.",
            )
        )
    export.record()
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(export.register.key)
    sheet.freeze_panes = "B3"
    sheet.row_dimensions[2].hidden = True
    for index, title in enumerate(export.labels, 1):
        sheet.column_dimensions[get_column_letter(index)].width = min(max(len(title) * 2, 12), 32)
    sheet.append([_bold(sheet, title) for title in export.labels])
    sheet.append(export.keys)
    for row in export.lines():
        sheet.append([_cell(sheet, cell) for cell in row])
    _about(book, export)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: WriteOnlyWorksheet, cell: Any) -> Any:
    if isinstance(cell, str):
        text = marked(cell)
        if not text.startswith("=") and "_x" not in text:
            return text
        made = WriteOnlyCell(sheet, value=text.replace("_x", "_x005F_x"))
        made.data_type = "s"
        return made
    if isinstance(cell, Decimal):
        written = parsing.plain(cell)
        digits = len(written.replace(".", "").replace("-", "").strip("0"))
        return (float(written) if "." in written else int(written)) if digits <= _EXACT_DIGITS else written
    if isinstance(cell, date):
        made = WriteOnlyCell(sheet, value=cell)
        made.number_format = "yyyy-mm-dd"
        return made
    return cell


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _about(book: Workbook, export: Export) -> None:
    """A sheet that says what this is, and the class of data of each column."""
    sheet = book.create_sheet(ABOUT_SHEET)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 36
    register, by = export.register, export.viewer.organisation
    sheet.append([f"{register.name.zh} {register.name.en}"])
    sheet.append([clock.now().astimezone().strftime("%Y-%m-%d %H:%M"), by.name if by else ""])
    for item in export.fields:
        said = _CLASSES[item.data_class]
        sheet.append([bilingual(item), f"{said.zh} {said.en}"])


__all__ = ["FORMATS", "MOST_IN_WORKBOOK", "Export", "csv_lines", "workbook"]
