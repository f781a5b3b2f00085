"""Workbooks: numbers as they are shown, sheets and blocks, merged cells; dangerous ones refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from oreflow.gateway.documents import DocumentError, DocumentLimits, HeldText, read_document
from oreflow.gateway.documents.number_formats import shown, shown_date

from .plan import Plan, saved


def held_of(*sheets: tuple[str, list[list[Any]]], merge: str = "", state: str = "visible") -> HeldText:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if merge:
        for area in merge.split():
            book.worksheets[0].merge_cells(area)
    book.worksheets[-1].sheet_state = state
    return read_document("a.xlsx", saved(book))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.375, "0.0%", "37.5%"), (0.42, "0%", "42%"), (1234567.891, "#,##0.00", "1,234,567.89"),
        (12.5, "0.00", "12.50"),
        (12.5, "0.##", "12.5"), (12.0, "0.##", "12"), (-3.0, "0.0", "-3.0"), (-3.0, "0.0;(0.0)", "(3.0)"),
        (0.0, "0;-0;–", "–"), (600.0, '0"万吨"', "600万吨"), (5.5, "[Red]0.0", "5.5"), (2.675, "0.00", "2.68"),
        (1234.0, "#,##0_ ", "1,234"), (15000.0, "#,##0,", "15"), (0.1 + 0.2, "", "0.3"),
        (1e20, "0.00E+00", "100000000000000000000"),
        (0.25, "# ?/?", "0.25"), (7.0, "[>5]0;0.0", "7"), (45717.0, 'yyyy"年"m"月"', "2025年3月"), (8.0, "@", "8"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_dates_as_they_are_shown() -> None:
    day = datetime.datetime(2025, 3, 1)  # noqa: DTZ001 - a workbook has no time zones
    assert shown_date(day, 'yyyy"年"m"月"d"日"') == "2025年3月1日"
    assert shown_date(day, "yyyy-mm-dd") == "2025-03-01"
    assert shown_date(day, "yyyy-mm-dd hh:mm") == "2025-03-01"
    assert shown_date(day.replace(hour=8), "yyyy-mm-dd hh:mm") == "2025-03-01 08:00:00"


def test_formats_of_cells_are_used() -> None:
    book = openpyxl.Workbook()
    book.active.append(["占比", 0.372, 0.5])
    book.active.append(["产能", 600, 1250])
    book.active["B1"].number_format = "0.0%"
    book.active["C2"].number_format = "#,##0"
    held = read_document("a.xlsx", saved(book))
    assert held.text == "占比\t37.2%\t0.5\n产能\t600\t1,250\n"
    assert [p.label for p in held.places] == ["Sheet!A1", "Sheet!B1", "Sheet!C1", "Sheet!A2", "Sheet!B2", "Sheet!C2"]


def test_sheets_titles_blocks_and_notes() -> None:
    rows = [["表1 主要产品产量"], ["产品", "产量", None], [None, "2020年", "2025年"], ["粗钢", 500, 600], ["注：示例"],
            [], ["另一表"], ["甲", 1], ["乙", 2]]  # fmt: skip
    held = held_of(
        ("附表 目标", rows),
        ("Sheet2", [["x", 1], ["y", 2]]),
        ("藏", [["a", 1]]),
        merge="A1:C1 A2:A3 B2:C2",
        state="hidden",
    )
    assert held.text.splitlines() == [
        "附表 目标", "表1 主要产品产量", "产品\t产量\t", "\t2020年\t2025年", "粗钢\t500\t600", "注：示例", "另一表",
        "甲\t1",
        "乙\t2", "x\t1", "y\t2",
    ]  # fmt: skip
    assert [(c.across, c.down) for c in held.grids[0].rows[0]] == [(1, 2), (2, 1)]
    assert len(held.grids) == 3
    assert any("藏" in note.zh for note in held.notes)
    place = held.place_at(held.text.index("600"))
    assert place is not None
    assert place.label == "附表 目标!C4"


def packed(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({SHEET: b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"}, "workbook-refused"),
        ({SHEET: b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet/>'}, "workbook-refused"),
        ({SHEET: b"<worksheet><broken"}, "workbook-refused"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "workbook-refused"),
        ({"xl/vbaProject.bin": b"x"}, "document-macros"),
    ],
)
def test_dangerous_workbooks_are_refused(parts: dict[str, bytes], code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.xlsx", packed(Plan().xlsx(), **parts))
    assert caught.value.code == code
    assert caught.value.message.zh
    assert caught.value.remedy.en


def test_limits_of_cells() -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.xlsx", Plan().xlsx(), limits=DocumentLimits(cells=3))
    assert caught.value.code == "document-cells"


def test_open_document_sheets_are_read() -> None:
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>'
        "</table:table-row>"
        for name, n in (("粗钢", 600), ("钛白粉", 75.5))
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="产量">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    held = read_document("a.ods", out.getvalue())
    assert held.text == "产量\n粗钢\t600\n钛白粉\t75.5\n"
    assert held.format == "xlsx"
