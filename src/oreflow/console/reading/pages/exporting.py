"""The items of a document as JSON lines, CSV and workbook."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from oreflow.console.exports import SIMULATED, harmless, text_cell
from oreflow.console.reading.models import Document, Item

FORMS = {
    "json": "application/jsonl; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS = (
    "doc", "kind_of_item", "state", "quote", "subject", "scope", "comparator", "value", "upper", "unit", "year",
    "year_inherited", "kind", "bound", "direction", "role", "property", "multiplicity", "confidence", "doubts",
    "corrected", "register", "record", "start", "end", "page", "more",
)  # fmt: skip
_STATEMENT = ("subject", "scope", "comparator", "unit", "year", "kind")
_FURTHER = ("year_inherited", "bound", "direction", "role", "multiplicity")
_SHEET_LIMIT = 32_000


def row(document: Document, item: Item) -> dict[str, Any]:
    """An item as an object in the field names of the readings; absent fields are left out."""
    values = item.values
    shared = {"doc": document.key, "item": item.kind, "state": item.state, "quote": item.quote}
    if item.kind == Item.Kind.STATEMENT:
        low, high = _number(values.get("low")), _number(values.get("high"))
        own: dict[str, Any] = {k: values.get(k) for k in _STATEMENT}
        own["value"] = low if low == high or high is None else [low, high]
        own |= {k: values[k] for k in _FURTHER if values.get(k) not in (None, "", False, 1)}
        own |= {"property": values["binding"]} if values.get("binding") else {}
    elif item.kind == Item.Kind.CHAIN:
        stages = [list(s) for s in values.get("stages") or ()]
        edges = [[a, b] for left, right in pairwise(stages) for a in left for b in right]
        own = {"nodes": [n for s in stages for n in s], "stages": stages, "edges": edges, "type": values.get("kind")}
    else:
        own = dict(values)
    more = {"confidence": item.confidence, "doubts": item.doubts, "corrected": item.corrected or None}
    record = {"register": item.register, "record": item.record_id} if item.record_id else {}
    place = {"start": item.start, "end": item.end}
    return {**shared, **own, **{k: v for k, v in more.items() if v}, **record, **place}


def _number(written: Any) -> int | float | str | None:
    if written is None or written == "":
        return None
    try:
        value = Fraction(str(written))
    except (ValueError, ZeroDivisionError):
        return str(written)
    return int(value) if value.denominator == 1 else float(value)


def json_lines(document: Document, items: Iterable[Item]) -> Iterator[bytes]:
    """One object a line."""
    for item in items:
        found = row(document, item)
        if document.simulated:
            found["simulated"] = True
        yield json.dumps(found, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _cells(document: Document, item: Item, place: str) -> list[Any]:
    values = item.values
    statement = item.kind == Item.Kind.STATEMENT
    low, high = values.get("low") if statement else None, values.get("high") if statement else None
    rest = {} if statement else values
    found: Mapping[str, Any] = {
        **({k: values.get(k) for k in (*_STATEMENT, *_FURTHER)} if statement else {}),
        "doc": document.key, "kind_of_item": item.kind, "state": item.state, "quote": item.quote,
        "value": low, "upper": high if high != low else None, "property": values.get("binding") if statement else None,
        "confidence": round(item.confidence, 3), "doubts": "; ".join(map(str, item.doubts)),
        "corrected": "yes" if item.corrected else "", "register": item.register, "record": item.record_id,
        "start": item.start, "end": item.end, "page": place,
        "more": json.dumps(rest, ensure_ascii=False) if rest else "",
    }  # fmt: skip
    return [_plain(found.get(c)) for c in COLUMNS]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value if isinstance(value, str | int | float) or value is None else json.dumps(value, ensure_ascii=False)


def _header(document: Document) -> list[str]:
    return [*COLUMNS, SIMULATED.en] if document.simulated else list(COLUMNS)


def _row(document: Document, item: Item, place: str) -> list[Any]:
    cells = _cells(document, item, place)
    return [*cells, _("simulated")] if document.simulated else cells


def csv_lines(document: Document, items: Iterable[Item], places: Mapping[int, str]) -> Iterator[bytes]:
    """A header and one line an item; text never becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow(_header(document))
    for item in items:
        writer.writerow([harmless(c) for c in _row(document, item, places.get(item.pk, ""))])
        yield out.getvalue().encode("utf-8", "replace")
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def workbook(document: Document, items: Sequence[Item], places: Mapping[int, str]) -> IO[bytes]:
    """The same as .xlsx, in a temporary file open at its beginning."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("items")
    sheet.freeze_panes = "E2"
    for index, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = 36 if name in ("quote", "more", "subject") else 14
    header = [text_cell(sheet, name) for name in _header(document)]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for item in items:
        cells = _row(document, item, places.get(item.pk, ""))
        sheet.append(
            [
                text_cell(sheet, ILLEGAL_CHARACTERS_RE.sub("", c)[:_SHEET_LIMIT]) if isinstance(c, str) else c
                for c in cells
            ]
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file
