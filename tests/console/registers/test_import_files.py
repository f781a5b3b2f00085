"""Files as people send them: in any encoding and order of columns, damaged, dangerous, or with surprises in cells."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from oreflow.console import clock
from oreflow.console.registers.imports import problems as trouble
from oreflow.console.registers.imports import reading
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS
from tests.console.world import NOW, World

from .test_import import HEAD, counts, machine, problems, table, uploaded, written


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(NOW):
        yield


def book(rows: list[list[Any]], title: str = "equipment") -> bytes:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(world: World, name: str, data: bytes, key: str = "equipment") -> list[str]:
    with pytest.raises(trouble.FileRefused) as caught:
        reading.read(REGISTERS[key], world.viewer("clerk"), name, data)
    assert all(p.zh and p.en for p in caught.value.problems)
    return [p.en for p in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_common_encoding_is_read(world: World, encoding: str) -> None:
    data = table([machine(world, "E-2", name="示例电弧炉")]).decode().encode(encoding)
    written(world, "clerk", uploaded(world, "clerk", data))
    assert Equipment.objects.get(number="E-2").name == "示例电弧炉"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_named_not_guessed(world: World, encoding: str) -> None:
    data = "number,name,type,size,status,area_code\nE-2,示例,converter,1,operating,510411\n".encode(encoding)
    assert "CSV UTF-8" in " ".join(refused(world, "a.csv", data))


def test_columns_are_found_by_key_or_label_in_any_order_and_width(world: World) -> None:
    row = machine(world, "E-2")
    header = ["Area", "编号 Number", "名称", "TYPE", "规格", "单位", "status"]
    cells = [row[6], row[0], row[1], row[2], row[3], row[4], "operating"]
    run = uploaded(world, "clerk", table([cells], header))
    assert (counts(run), problems(run)) == ((1, 0, 0, 0), [])


def test_unknown_twice_missing_and_wrongly_measured_columns_are_named_together(world: World) -> None:
    found = refused(
        world, "a.csv", table([["1"] * 5], ["number", "Number", "nmae", "设计能力 (kt/a)", "status"]), "facilities"
    )
    text = " ".join(found)
    assert "columns A and B" in text
    assert "nmae" in text
    assert "did you mean “name”?" in text.casefold()
    assert "kt/a" in text
    assert "t/a" in text
    assert "(kind)" in text
    assert "(area_code)" in text
    assert "organisation" not in text, "an enterprise's clerk can only mean its own"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n\n", "empty"),
        ("a.xlsx", b"", "no sound"),
        ("a.xlsx", b"PK\x03\x04 nonsense", "no sound"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "neither"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("a.csv", b"number;name;type\n1;2;3\n", "separated"),
        ("a.csv", b'number,name\n"E-1,x\n', "syntax"),
        ("a.csv", b"number\0,name\n", "NUL"),
        ("a.csv", b"\xff\xfe\xfd\xff" * 20, "neither UTF-8"),
        ("a.csv", b",".join(b"c%d" % i for i in range(1_000_000)), "columns"),
        ("a.csv", b"number,name\n" + b"1,2\n" * 200_100, "rows"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_way_out(world: World, name: str, data: bytes, said: str) -> None:
    assert said in " ".join(refused(world, name, data))


def test_a_zip_bomb_is_refused_before_it_unpacks(world: World) -> None:
    plain = book([HEAD])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b"</sheetData>" + b" " * 80_000_000)
            new.writestr(item.filename, content)
    assert "zip bomb" in " ".join(refused(world, "a.xlsx", out.getvalue()))


def test_a_sheet_with_a_cell_far_away_is_refused(world: World) -> None:
    made = Workbook()
    made.active["A1"] = "number"
    made.active["XFD1048576"] = "x"
    out = io.BytesIO()
    made.save(out)
    assert refused(world, "a.xlsx", out.getvalue())


def test_macros_and_links_are_refused(world: World) -> None:
    for part in ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"):
        out = io.BytesIO(book([HEAD]))
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(part, b"<x/>")
        assert refused(world, "a.xlsx", out.getvalue())


def test_formulas_and_error_values_are_problems_of_their_cells(world: World) -> None:
    rows = [HEAD, machine(world, "E-2"), machine(world, "E-3"), machine(world, "E-4")]
    rows[1][3], rows[2][1] = "=1+1", "#DIV/0!"
    made = Workbook()
    made.active.title = "equipment"
    for row in rows:
        made.active.append(row)
    made.active["B3"].data_type = "e"
    out = io.BytesIO()
    made.save(out)
    run = uploaded(world, "clerk", out.getvalue(), name="a.xlsx")
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "size"), (3, "name")]
    assert "D2" in problems(run)[0]["en"]
    assert run.adds == 1


def test_numbers_dates_and_full_width_digits_are_read_as_meant(world: World) -> None:
    head = [*HEAD, "commissioned"]
    rows = [
        [*machine(world, "E-2", size="１２００．５"), "2020年6月30日"],
        [*machine(world, "E-3"), date(2020, 6, 30)],
        [*machine(world, "E-4"), 44012],
        [*machine(world, "E-5"), "2020/6/30"],
    ]
    rows[1][3], rows[2][3] = 1200.5, 1200
    written(world, "clerk", uploaded(world, "clerk", book([head, *rows]), name="a.xlsx"))
    made = Equipment.objects.filter(number__in=("E-2", "E-3", "E-4", "E-5")).order_by("number")
    assert [str(m.size.normalize()) for m in made][:2] == ["1200.5", "1200.5"]
    assert {m.commissioned for m in made} == {date(2020, 6, 30)}


def test_a_number_that_only_looks_like_one_is_an_error_with_its_place(world: World) -> None:
    rows = [machine(world, "E-2", size="1,200"), machine(world, "E-3", size="1e3"), machine(world, "E-4", size="-1")]
    run = uploaded(world, "clerk", table(rows))
    assert [(p["line"], p["field"], p["value"]) for p in problems(run)] == [
        (2, "size", "1,200"), (3, "size", "1e3"), (4, "size", "-1"),
    ]  # fmt: skip
    assert "1200" in problems(run)[0]["en"]


def test_dates_before_others_and_broken_rules_are_errors(world: World) -> None:
    head = [*HEAD, "commissioned", "retired"]
    rows = [[*machine(world, "E-2"), "2020-01-01", "2019-01-01"], [*machine(world, "E-3", status="retired"), "", ""]]
    run = uploaded(world, "clerk", table(rows, head))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "retired"), (3, "retired")]


def test_cells_beyond_the_header_are_an_error_not_lost(world: World) -> None:
    run = uploaded(world, "clerk", table([[*machine(world, "E-2"), "stray"]]))
    assert [p["line"] for p in problems(run)] == [2]
    assert "Column H" in problems(run)[0]["en"]


def test_empty_rows_are_passed_over_and_lines_keep_their_numbers(world: World) -> None:
    run = uploaded(world, "clerk", table([[""] * 7, machine(world, "E-2"), [""] * 7, machine(world, "E-3", size="x")]))
    assert (counts(run), [p["line"] for p in problems(run)]) == ((1, 0, 0, 1), [5])


def test_several_sheets_are_told_apart_by_name(world: World) -> None:
    made = Workbook()
    made.active.title = "一"
    made.active.append(HEAD)
    other = made.create_sheet("二")
    other.append(HEAD)
    out = io.BytesIO()
    made.save(out)
    assert "一, 二" in " ".join(refused(world, "a.xlsx", out.getvalue()))
    other.title = "设备"
    other.append(machine(world, "E-2"))
    out = io.BytesIO()
    made.save(out)
    assert counts(uploaded(world, "clerk", out.getvalue(), name="a.xlsx")) == (1, 0, 0, 0)


def test_hidden_characters_and_overlong_text_are_errors(world: World) -> None:
    rows = [machine(world, "E-2", name="a\u202eb"), machine(world, "E-3", name="x" * 121), machine(world, "E\u200b-4")]
    run = uploaded(world, "clerk", table(rows))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "name"), (3, "name"), (4, "number")]


def test_a_file_that_cannot_be_read_fails_with_every_problem(world: World) -> None:
    run = uploaded(world, "clerk", table([], ["number", "nmae"]))
    assert run.state == "failed"
    assert len(run.message["problems"]) > 2
