"""Tables as CSV and .xlsx: as filtered, with the region's hash, text never taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from oreflow.core.provenance import Text
from oreflow.core.region import Region

from .tables import Plain
from .templatetags.chrome import short_hash

FORMATS = ("csv", "xlsx")
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = re.compile(r"^(\s*[=+\-@＝＋－＠]|[\t\r\n])")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # workbooks read _x000D_ as a character code
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")
SIMULATED = Text("模拟数据：本表数字均为虚构", "Simulated: every figure in this table is made up")


def exported(
    region: Region, name: str, form: str, language: str, header: Sequence[str], rows: Sequence[Sequence[Plain]]
) -> HttpResponse:
    """A download named after the region, the table and the first digits of the hash."""
    if region.simulated:
        said = SIMULATED.in_language(language)
        header, rows = [*header, said], [[*row, said] for row in rows]
    body = _csv(header, rows) if form == "csv" else _xlsx(region, name, header, rows)
    response = HttpResponse(body, content_type=_CSV if form == "csv" else _XLSX)
    response["Content-Disposition"] = f'attachment; filename="{region.id}-{name}-{short_hash(region.hash)}.{form}"'
    return response


def _csv(header: Sequence[str], rows: Sequence[Sequence[Plain]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[_harmless(_exact(v)) for v in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _exact(value: Plain) -> str | int | float | None:
    """An exact decimal where there is one, else 15 digits."""
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1:
        return value.numerator
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return _decimal(value) if rest == 1 else float(f"{float(value):.15g}")


def _decimal(value: Fraction) -> str:
    with localcontext() as context:
        context.prec = 60
        return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _harmless(value: str | int | float | None) -> str | int | float:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value):
        return f"'{value}"
    return "" if value is None else value


harmless = _harmless  # registers export their text by the same rule


def _xlsx(region: Region, name: str, header: Sequence[str], rows: Sequence[Sequence[Plain]]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - same bytes each time
    sheet: WriteOnlyWorksheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "B2"
    for index, width in enumerate(_widths(header, rows), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_text(sheet, label, bold=True) for label in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    about = book.create_sheet("about")
    for line in (region.name.zh, region.name.en, region.edition, region.hash):
        about.append([_text(about, line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Plain) -> object:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def _text(sheet: WriteOnlyWorksheet, text: str, bold: bool = False) -> WriteOnlyCell:
    """A cell that stays text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=_ESCAPED.sub("_x005F_", text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(header: Sequence[str], rows: Sequence[Sequence[Plain]]) -> list[int]:
    widths = [_width(label) for label in header]
    for row in rows[:200]:
        widths = [max(w, _width(str(v if v is not None else ""))) for w, v in zip(widths, row, strict=True)]
    return [min(max(w + 2, 8), 48) for w in widths]


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


text_cell = _text  # documents export what was read by the same rule
