"""Dangerous and damaged workbooks are refused before they are opened; each is really made here."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from oreflow.gateway import Limits
from oreflow.gateway.xlsx_parts import RefusedError, column_letters, column_number
from oreflow.gateway.xlsx_safety import inspect

from .packs import PackText, assert_says_the_way_out, only, problems_of

DTD = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<sst><si><t>&c;</t></si></sst>"""
SHEET = "xl/worksheets/sheet2.xml"
CLAIM = b'<sst count="4000000000" uniqueCount="4000000000"><si><t>x</t></si></sst>'
AFAR = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://x/relationships/image" Target="https://example.org/x"
 TargetMode="External"/></Relationships>"""


def _parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rezip(file: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def _with(pack: PackText, folder: Path, more: dict[str, bytes]) -> Path:
    file = pack.write_workbook(folder / "p.xlsx")
    return _rezip(file, _parts(file) | more)


def _add(more: dict[str, bytes]) -> Callable[[PackText, Path], Path]:
    return lambda pack, folder: _with(pack, folder, more)


def _twice(pack: PackText, folder: Path) -> Path:
    file = pack.write_workbook(folder / "p.xlsx")
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return file


def _locked(pack: PackText, folder: Path) -> Path:
    file = folder / "p.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    return file


def _encrypted_flag(pack: PackText, folder: Path) -> Path:
    file = pack.write_workbook(folder / "p.xlsx")
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    file.write_bytes(data)
    return file


def _cut_off(pack: PackText, folder: Path) -> Path:
    file = pack.write_workbook(folder / "p.xlsx")
    file.write_bytes(file.read_bytes()[:-400])
    return file


def _not_a_zip(pack: PackText, folder: Path) -> Path:
    file = folder / "p.xlsx"
    file.write_text("id,name", encoding="utf-8")
    return file


def _without(part: str) -> Callable[[PackText, Path], Path]:
    def make(pack: PackText, folder: Path) -> Path:
        file = pack.write_workbook(folder / "p.xlsx")
        return _rezip(file, {n: c for n, c in _parts(file).items() if n != part})

    return make


def _lying_sizes(pack: PackText, folder: Path) -> Path:
    """A part that says it unpacks to 10 bytes, with the checksum of these, and unpacks to 5 MB."""
    file = pack.write_workbook(folder / "p.xlsx")
    parts = _parts(file) | {"xl/media/image1.png": b"0123456789" * 500_000}
    _rezip(file, parts)
    data = bytearray(file.read_bytes())
    crc, size = struct.pack("<I", zlib.crc32(b"0123456789")), struct.pack("<I", 10)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("xl/media/image1.png")
        central = data.index(b"PK\x01\x02")
        while data[central + 46 : central + 46 + len(info.filename)] != info.filename.encode():
            central = data.index(b"PK\x01\x02", central + 4)
    for crc_at, size_at in ((info.header_offset + 14, info.header_offset + 22), (central + 16, central + 24)):
        data[crc_at : crc_at + 4] = crc
        data[size_at : size_at + 4] = size
    file.write_bytes(data)
    return file


def _sheet(rows: bytes) -> Callable[[PackText, Path], Path]:
    return _add({SHEET: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"})


DANGERS = [
    ("zip bomb", _add({"xl/media/image1.png": b"\0" * 40_000_000}), "xlsx-ratio", "xl/media/image1.png"),
    ("bomb in XML", _add({"xl/x.xml": b"<x>" + b" " * 40_000_000 + b"</x>"}), "xlsx-ratio", "xl/x.xml"),
    ("sizes that lie", _lying_sizes, "xlsx-ratio", "xl/media/image1.png"),
    ("billion laughs", _add({"xl/sharedStrings.xml": DTD}), "xlsx-dtd", "xl/sharedStrings.xml"),
    ("entities in a part of another name", _add({"xl/theme/x.dat": DTD}), "xlsx-dtd", "xl/theme/x.dat"),
    ("too many parts", _add({f"xl/x{i}.xml": b"<x/>" for i in range(2001)}), "xlsx-members", ""),
    ("path that climbs out", _add({"../evil.xml": b"<x/>"}), "xlsx-path", "../evil.xml"),
    ("absolute path", _add({"/etc/evil.xml": b"<x/>"}), "xlsx-path", "/etc/evil.xml"),
    ("path with a drive", _add({"c:evil.xml": b"<x/>"}), "xlsx-path", "c:evil.xml"),
    ("macros", _add({"xl/vbaProject.bin": b"x"}), "xlsx-active", "xl/vbaProject.bin"),
    ("embedded object", _add({"xl/embeddings/o.bin": b"x"}), "xlsx-active", "xl/embeddings/o.bin"),
    ("archive inside", _add({"xl/media/more.zip": b"x"}), "xlsx-active", "xl/media/more.zip"),
    ("link to a workbook", _add({"xl/externalLinks/1.xml": b"<x/>"}), "xlsx-external", "xl/externalLinks/1.xml"),
    ("data connection", _add({"xl/connections.xml": b"<x/>"}), "xlsx-external", "xl/connections.xml"),
    ("picture from afar", _add({"xl/worksheets/_rels/sheet1.xml.rels": AFAR}), "xlsx-external", "https://example.org/x"),
    ("part that stands twice", _twice, "xlsx-damaged", "xl/workbook.xml"),
    ("password", _locked, "xlsx-locked", ""),
    ("encrypted part", _encrypted_flag, "xlsx-locked", ""),
    ("cut off", _cut_off, "xlsx-damaged", ""),
    ("not a zip", _not_a_zip, "xlsx-damaged", ""),
    ("sheet missing", _without("xl/worksheets/sheet2.xml"), "xlsx-damaged", "documents"),
    ("no workbook", _without("xl/workbook.xml"), "xlsx-damaged", ""),
    ("part of an .ods", _add({"content.xml": b"<x/>"}), "xlsx-damaged", "content.xml"),
    ("part of an .xlsb", _add({"xl/workbook.bin": b"x"}), "xlsx-damaged", "xl/workbook.bin"),
    ("claim of very many texts", _add({"xl/sharedStrings.xml": CLAIM}), "xlsx-damaged", "xl/sharedStrings.xml"),
    ("cell outside of its row", _sheet(b'<row r="2"><c r="A9999999"/></row>'), "xlsx-damaged", SHEET),
    ("cell beyond the last", _sheet(b'<row r="2"><c r="A4294967295"/></row>'), "xlsx-damaged", SHEET),
    ("column beyond the last", _sheet(b'<row r="2"><c r="ZZZZZ2"/></row>'), "xlsx-damaged", SHEET),
    ("row beyond the last", _sheet(b'<row r="4294967295"><c/></row>'), "xlsx-damaged", SHEET),
    ("row too far down", _sheet(b'<row r="4294967"><c/></row>'), "too-many-rows", "A4294967"),
    ("broken XML", _add({"xl/styles.xml": b"<styleSheet>"}), "xlsx-damaged", "xl/styles.xml"),
]  # fmt: skip


MANY = (
    b"<Relationships>" + b"".join(b'<Relationship Id="x%d" Target="t"/>' % i for i in range(2001)) + b"</Relationships>"
)
SHEETS = b"<workbook>" + b'<sheet name="s"/>' * 2001 + b"</workbook>"


def _cell(content: bytes, kind: bytes = b"str") -> Callable[[PackText, Path], Path]:
    return _sheet(b'<row r="1"><c r="A1" t="' + kind + b'">' + content + b"</c></row>")


DANGERS += [
    ("two formulas in a cell", _cell(b"<f/><f/>"), "xlsx-damaged", SHEET),
    ("two values in a cell", _cell(b"<v>1</v><v>2</v>"), "xlsx-damaged", SHEET),
    ("two values in a cell of an error", _cell(b"<v/><v/>", b"e"), "xlsx-damaged", SHEET),
    ("cell in a cell", _cell(b'<c r="B1"/>'), "xlsx-damaged", SHEET),
    ("overlong tag", _cell(b'<f x="' + os.urandom(800_000).hex().encode() + b'"/>'), "xlsx-damaged", SHEET),
    ("very many sheets", _add({"xl/workbook.xml": SHEETS}), "xlsx-damaged", "xl/workbook.xml"),
    ("very many relationships", _add({"xl/_rels/x.rels": MANY}), "xlsx-damaged", "xl/_rels/x.rels"),
]


@pytest.mark.parametrize(("name", "make", "code", "value"), DANGERS, ids=[d[0] for d in DANGERS])
def test_danger(
    name: str, make: Callable[[PackText, Path], Path], code: str, value: str, pack: PackText, tmp_path: Path
) -> None:
    problem = only(problems_of(make(pack, tmp_path)))
    assert (problem.code, problem.file_or_sheet, problem.value) == (code, "p.xlsx", value)
    assert_says_the_way_out(problem)


@pytest.mark.timing
def test_a_bomb_is_refused_at_once(pack: PackText, tmp_path: Path) -> None:
    """40 MB of blanks in a part of 40 kB: only the first pieces are unpacked."""
    file = _with(pack, tmp_path, {"xl/media/image1.png": b"\0" * 40_000_000})
    assert file.stat().st_size < 100_000
    start = time.perf_counter()
    problems_of(file)
    assert time.perf_counter() - start < 1


def test_what_it_unpacks_to_is_bounded_over_all_parts(pack: PackText, tmp_path: Path) -> None:
    noise = b"".join(zlib.compress(str(i).encode()) for i in range(30_000))
    file = _with(pack, tmp_path, {f"xl/media/image{i}.png": noise for i in range(8)})
    limits = Limits(inflated_bytes=4 * len(noise))
    with pytest.raises(RefusedError) as caught:
        inspect(file.read_bytes(), limits)
    assert caught.value.code == "xlsx-too-big"
    assert inspect(file.read_bytes())


def test_parts_that_share_their_bytes(pack: PackText, tmp_path: Path) -> None:
    """Entries of the directory that point at one part again and again."""
    file = pack.write_workbook(tmp_path / "p.xlsx")
    _rezip(file, _parts(file) | {"xl/media/a.png": bytes(range(256)) * 40})
    data = file.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    start, count = struct.unpack("<I", data[end + 16 : end + 20])[0], struct.unpack("<H", data[end + 10 : end + 12])[0]
    at = data.index(b"xl/media/a.png", start) - 46
    entry = data[at : at + 46 + len(b"xl/media/a.png")]
    more = b"".join(entry.replace(b"a.png", b"%05d" % i) for i in range(400))
    central = data[start:end] + more
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 400, count + 400, len(central), start, 0)
    file.write_bytes(data[:start] + central + tail)
    problem = only(problems_of(file))
    assert problem.code == "xlsx-damaged"
    assert "overlap" in problem.message.en


def test_a_stray_cell_far_away_does_not_make_a_huge_grid(pack: PackText, tmp_path: Path) -> None:
    def stray(book: Workbook) -> None:
        book["areas"]["A1048576"] = "x"

    problem = only(problems_of(pack.write_workbook(tmp_path / "p.xlsx", stray)))
    assert problem.code == "too-many-rows"
    assert problem.value == "A1048576"

    def wide(book: Workbook) -> None:
        book["areas"]["XFD2"] = "x"

    assert only(problems_of(pack.write_workbook(tmp_path / "q.xlsx", wide))).code == "too-many-columns"

    def corner(book: Workbook) -> None:
        book["areas"].cell(150_000, 190).value = "x"

    problem = only(problems_of(pack.write_workbook(tmp_path / "r.xlsx", corner)))
    assert problem.code == "too-many-cells"
    assert "150000" in problem.message.zh
    assert_says_the_way_out(problem)


def test_one_long_text_in_very_many_cells(tmp_path: Path) -> None:
    """A shared text counts as often as it stands in a cell."""
    cells = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 301))
    relation = b'<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="areas" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b"<Relationships>" + relation + b"</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst><si><t>{'长' * 30_000}</t></si></sst>".encode(),
    }
    file = _rezip(tmp_path / "p.xlsx", parts)
    facts = inspect(file.read_bytes())["areas"]
    assert (facts.rows, facts.columns, facts.strings[0]) == (300, 1, 300)
    inspect(file.read_bytes(), Limits(text_chars=9_000_000))
    with pytest.raises(RefusedError) as caught:
        inspect(file.read_bytes(), Limits(text_chars=8_999_999))
    assert caught.value.code == "xlsx-too-big"


def _inspected(folder: Path, rows: str, limits: Limits, shared: str = "<sst/>", after: str = ""):
    relation = b'<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="areas" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b"<Relationships>" + relation + b"</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>".encode(),
        "xl/sharedStrings.xml": shared.encode(),
    }
    return inspect(_rezip(folder / "p.xlsx", parts).read_bytes(), limits)["areas"]


def test_problems_of_cells_are_kept_up_to_the_limit_and_one_of_each_kind(tmp_path: Path) -> None:
    formulas = "".join(f'<row r="{r}"><c r="A{r}"><f/><v/></c></row>' for r in range(1, 50))
    errors = "".join(f'<row r="{r}"><c r="A{r}" t="e"><v>#N/A{"x" * 999}</v></c></row>' for r in range(50, 99))
    merged = f'<mergeCells>{f"""<mergeCell ref="A1:{"B" * 999}"/>""" * 50}</mergeCells>'
    facts = _inspected(tmp_path, formulas + errors, Limits(problems=20), after=merged)
    assert (len(facts.formulas), len(facts.errors), len(facts.merged)) == (20, 1, 1)
    assert len(facts.errors[0][2]) == len(facts.merged[0]) == 80


def test_cells_and_shared_texts_are_counted(tmp_path: Path) -> None:
    again = '<row r="1"><c r="A1"/></row>'
    _inspected(tmp_path, again * 10, Limits(cells=10), "<sst>" + "<si/>" * 10 + "</sst>")
    with pytest.raises(RefusedError, match="more than 10 cells"):
        _inspected(tmp_path, again * 11, Limits(cells=10))
    with pytest.raises(RefusedError, match="more than 10 texts"):
        _inspected(tmp_path, again, Limits(cells=10), "<sst>" + "<si/>" * 11 + "</sst>")


@pytest.mark.parametrize("index", ["²", "9" * 5000])
def test_an_index_that_is_no_number(index: str, tmp_path: Path) -> None:
    facts = _inspected(tmp_path, f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>', Limits())
    assert (facts.strings, facts.chars) == ({}, len(index))


def test_a_formula_of_a_drop_down_is_no_cell(tmp_path: Path) -> None:
    listed = "<extLst><dataValidation><xm:f xmlns:xm='m'>areas!$A$2</xm:f></dataValidation></extLst>"
    assert _inspected(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', Limits(), after=listed).formulas == []


def test_a_text_in_several_runs_is_sound(tmp_path: Path) -> None:
    runs = '<row r="1"><c r="A1" t="inlineStr"><is><r><t>ab</t></r><r><t>c</t></r></is></c></row>'
    assert _inspected(tmp_path, runs, Limits()).chars == 3


def test_three_thousand_web_links_are_harmless(pack: PackText, tmp_path: Path) -> None:
    link = b'<Relationship Id="h%d" Type="x/hyperlink" Target="https://example.org" TargetMode="External"/>'
    links = b"<Relationships>" + b"".join(link % i for i in range(3000)) + b"</Relationships>"
    assert problems_of(_with(pack, tmp_path, {"xl/worksheets/_rels/sheet3.xml.rels": links})) == []


def test_a_web_link_in_a_cell_is_harmless(pack: PackText, tmp_path: Path) -> None:
    def link(book: Workbook) -> None:
        book["references"]["D2"] = "https://example.org/paper"
        book["references"]["D2"].hyperlink = "https://example.org/paper"

    assert problems_of(pack.write_workbook(tmp_path / "p.xlsx", link)) == []


CELLS = [
    ("formula", "figures", "F2", "=1+1", "formula-cell", 2, "value", ""),
    ("formula in a stray column", "figures", "Z2", "=1+1", "formula-cell", 2, "", ""),
    ("error", "figures", "F3", "#REF!", "error-cell", 3, "value", "#REF!"),
]


@pytest.mark.parametrize(
    ("name", "sheet", "cell", "content", "code", "row", "column", "value"), CELLS, ids=[c[0] for c in CELLS]
)
def test_cells_without_a_plain_value(
    name: str, sheet: str, cell: str, content: str, code: str, row: int, column: str, value: str,
    pack: PackText, tmp_path: Path,
) -> None:  # fmt: skip
    def write(book: Workbook) -> None:
        book[sheet][cell] = content

    found = problems_of(pack.write_workbook(tmp_path / "p.xlsx", write))
    problem = only([p for p in found if p.code == code])
    assert (problem.file_or_sheet, problem.row, problem.column, problem.value) == (sheet, row, column, value)
    assert cell in problem.message.zh
    assert_says_the_way_out(problem)


@pytest.mark.parametrize(("area", "row"), [("B1:C1", 1), ("A3:A5", 3)])
def test_merged_cells(area: str, row: int, pack: PackText, tmp_path: Path) -> None:
    found = problems_of(pack.write_workbook(tmp_path / "p.xlsx", lambda book: book["areas"].merge_cells(area)))
    problem = only([p for p in found if p.code == "merged-cells"])
    assert (problem.file_or_sheet, problem.row, problem.value) == ("areas", row, area)
    assert_says_the_way_out(problem)


def test_unknown_sheet(pack: PackText, tmp_path: Path) -> None:
    file = pack.write_workbook(tmp_path / "p.xlsx", lambda book: book.create_sheet("figure"))
    problem = only(problems_of(file))
    assert (problem.code, problem.file_or_sheet, problem.value) == ("unknown-sheet", "figure", "figure")
    assert "“figures”" in problem.remedy.en
    assert_says_the_way_out(problem)


def test_a_sheet_of_notes_is_allowed(pack: PackText, tmp_path: Path) -> None:
    def note(book: Workbook) -> None:
        book.create_sheet("guide")["A1"] = "=1+1"

    assert problems_of(pack.write_workbook(tmp_path / "p.xlsx", note)) == []


def test_pack_sheet_without_its_header(pack: PackText, tmp_path: Path) -> None:
    found = problems_of(pack.write_workbook(tmp_path / "p.xlsx", lambda book: book["pack"].delete_rows(1)))
    assert [(p.code, p.file_or_sheet, p.row, p.column) for p in found] == [
        ("missing-column", "pack", 1, "key"),
        ("missing-column", "pack", 1, "value"),
    ]
    assert_says_the_way_out(found[0])


def test_column_letters() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 2000))
