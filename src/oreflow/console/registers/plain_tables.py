"""A small table of the program's own words as CSV or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from openpyxl import Workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, form: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> HttpResponse:
    """The table as a file; unknown formats answer 404."""
    if form not in ("csv", "xlsx"):
        raise Http404
    body = _csv(header, rows) if form == "csv" else _xlsx(name, header, rows)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8" if form == "csv" else _XLSX)
    response["Content-Disposition"] = f'attachment; filename="oreflow-{name}.{form}"'
    return response


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(name: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for row in (header, *rows):
        sheet.append([str(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
