"""A sound pack loads, exactly, in every shape and spelling."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.provenance import Mark, Source, Text
from oreflow.core.quantity import quantity
from oreflow.core.region import Comparator, Form
from oreflow.gateway import load_pack, validate_pack

from .packs import DIGEST, PackText


def test_values_of_a_region(pack: PackText, written) -> None:
    region = load_pack(written(pack))
    assert (region.id, region.edition, region.simulated) == ("example", "1", True)
    assert region.name == Text("示例", "example")
    city = region.figures["f.city"]
    assert city.value == quantity("100.5", "亿元")
    assert city.value is not None
    assert city.value.value == Fraction(201, 2)
    assert city.note == Text("含逗号, 和“引号”", 'with "double" quotes')
    assert city.source == Source("plan", "10")
    assert city.mark is Mark.PLAN
    dash = region.figures["f.park"]
    assert (dash.value, dash.comparator, dash.included_in) == (None, Comparator.NONE, "east")
    assert region.figures["g.east"].since == 2015
    growth = region.targets["t.growth"]
    assert growth.form is Form.AVERAGE_GROWTH
    assert growth.upper == quantity("10.5", "%")
    assert growth.places == 1
    assert region.targets["t.words"].words == Text("明显提高", "clearly higher")
    park = region.areas["park"]
    assert park.leading == (Text("钒钛", "vanadium-titanium"), Text("稀土", "rare earths"))
    assert region.areas["east"].source is None
    document = region.documents["plan"]
    assert (document.issued, document.lines, document.sha256) == (date(2021, 5, 6), 100, DIGEST)
    assert region.quotas[1].amount == quantity("1000.5", "t", "reo quota")
    assert region.quotas[0].validity.known_at == date(2020, 7, 1)
    assert [(m.number, m.name.zh) for m in region.members] == [(1, "示例一厂"), (2, "示例二厂")]
    assert region.members[0].source == Source("plan", "30")
    assert region.members[1].note == Text("按原文", "as printed")
    assert region.hash.startswith("sha256:")
    assert len(region.hash) == 71


def test_printed_decimals_are_kept(pack: PackText, tmp_path: Path) -> None:
    region = load_pack(pack.write_directory(tmp_path / "p"))
    assert [region.figures[k].places for k in ("f.city", "f.east", "f.west")] == [2, 1, 0]


def test_values_of_a_library(pack: PackText, written) -> None:
    library = load_pack(written(pack)).library
    sulfate = library.processes["sulfate"]
    slag = sulfate.inputs[0].amount
    assert (slag.value, slag.low, slag.high) == (Decimal("1.5"), Decimal("1.4"), Decimal("1.6"))
    assert slag.note == Text("按酸溶性钛渣", "acid-soluble slag")
    assert slag.source == "mem"
    acid = sulfate.inputs[1].amount
    assert acid.low == acid.value == acid.high == 3
    assert acid.source == "mem", "a flow without its own source has that of its process"
    assert sulfate.energy_includes_electricity is False
    assert library.processes["chloride"].energy_includes_electricity is None
    assert library.processes["rework"].feed == "waste"
    assert library.groups["titania"].members == ("pig_s", "pig_c")
    assert library.materials["acid"].density == Decimal("1.84")
    assert library.materials["acid"].cn8 == "28070000"
    assert library.factors["coal_electricity"].year == 2020
    assert library.distributions["example_ore"]["slag"].value == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(
    pack: PackText, tmp_path: Path, encoding: str, newline: str
) -> None:
    plain = load_pack(pack.write_directory(tmp_path / "plain"))
    other = load_pack(pack.write_directory(tmp_path / "other", encoding, newline))
    assert other == plain


def test_full_width_digits_are_digits(pack: PackText, written) -> None:
    pack.set("figures", 2, "value", "１００．５０")
    pack.set("figures", 2, "year", "２０２０")
    pack.set("figures", 2, "lines", "８—１０")
    pack.set("figures", 3, "lines", "８，１０")
    region = load_pack(written(pack))
    assert region.figures["f.city"].value == quantity("100.5", "亿元")
    assert region.figures["f.city"].places == 2
    assert region.figures["f.city"].source.lines == "8-10"
    assert region.figures["f.east"].source.lines == "8,10"


@pytest.mark.parametrize("text", ["2021/5/6", "2021-5-6", "2021年5月6日", "2021.05.06"])
def test_dates_as_spreadsheets_rewrite_them(pack: PackText, tmp_path: Path, text: str) -> None:
    pack.set("documents", 2, "issued", text)
    assert load_pack(pack.write_directory(tmp_path)).documents["plan"].issued == date(2021, 5, 6)


def test_typed_cells_of_a_workbook(pack: PackText, tmp_path: Path) -> None:
    plain = load_pack(pack.write_directory(tmp_path / "plain"))

    def retype(book) -> None:
        book["figures"]["F3"] = 60.5
        book["figures"]["D3"] = 2020
        book["documents"]["F2"] = date(2021, 5, 6)
        book["indicators"]["E2"] = True
        book["routes"]["C2"] = 0.1 + 0.4

    assert load_pack(pack.write_workbook(tmp_path / "p.xlsx", retype)) == plain


def test_blank_rows_trailing_commas_and_files_beside_the_tables(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    plain = load_pack(folder)
    file = folder / "areas.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(f"{line},," for line in [lines[0], *lines[1:], ","]) + "\n\n", encoding="utf-8")
    for name in ("README.md", "LICENSE", ".DS_Store", "~$figures.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    assert load_pack(folder) == plain


def test_optional_columns_and_tables_may_be_left_out(pack: PackText, written) -> None:
    for column in ("note_zh", "note_en", "included_in"):
        pack.drop_column("figures", column)
    del pack.tables["quotas"], pack.tables["members"]
    region = load_pack(written(pack))
    assert region.quotas == region.members == ()
    assert region.figures["f.city"].note == Text("", "")


def test_a_sound_pack_has_no_problems(pack: PackText, written) -> None:
    assert validate_pack(written(pack)) == []
