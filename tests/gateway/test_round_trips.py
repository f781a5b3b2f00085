"""Writing a region and loading it again gives the same region, whatever its texts and numbers."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from oreflow.core.provenance import Text
from oreflow.core.quantity import quantity
from oreflow.core.region import Region
from oreflow.gateway import builtin_packs, load_library, load_pack, region_hash, write_pack
from oreflow.gateway.printing import printed_text
from oreflow.gateway.workbook import number_text

from .packs import PackText

REFUSED = "\ufffd\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=REFUSED, include_characters="\n\t"
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=40),
    st.sampled_from(
        ["=1+1", "+8", "-", "'", '"', '""', ",", "一，“二”\n三", "0012", "1.50", "TRUE", "#REF!", "_x000D_"]
    ),
).map(lambda text: text.strip())
NAMES = TEXTS.filter(bool)
PRINTED = st.decimals(min_value=-(10**12), max_value=10**12, places=None, allow_nan=False, allow_infinity=False).map(
    lambda d: d.quantize(Decimal(1).scaleb(max(d.as_tuple().exponent, -9))) if d.as_tuple().exponent < -9 else d
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Region:
    return load_pack(PackText().write_directory(tmp_path_factory.mktemp("sample")))


def _sealed(region: Region) -> Region:
    return replace(region, hash=region_hash(region))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zh=NAMES, en=NAMES, note=TEXTS, printed=PRINTED, suffix=st.sampled_from(["", ".xlsx"]))
def test_any_text_and_number(sample: Region, zh: str, en: str, note: str, printed: Decimal, suffix: str) -> None:
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    figure = replace(
        sample.figures["f.city"],
        value=quantity(Fraction(printed), "亿元", "current"),
        places=max(-exponent, 0),
        table=zh,
        note=Text(note, en),
    )
    city = replace(sample.areas["city"], name=Text(zh, en))
    region = _sealed(
        replace(
            sample,
            name=Text(en, zh),
            edition=en,
            areas={**sample.areas, "city": city},
            figures={**sample.figures, "f.city": figure},
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        again = load_pack(write_pack(region, Path(folder) / f"pack{suffix}"))
    assert again == region
    assert again.figures["f.city"].places == figure.places


@given(number=st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_numbers_of_a_sheet_are_plain_digits(number: float) -> None:
    text = number_text(number)
    assert set(text) <= set("0123456789.-")
    assert float(text) == pytest.approx(number, rel=1e-14, abs=1e-300)


@given(st.decimals(min_value=-(10**20), max_value=10**20, places=6))
def test_printed_text_is_exact(value: Decimal) -> None:
    assert printed_text(Fraction(value), 6) == format(value.copy_abs() if value.is_zero() else value, "f")


def test_printed_text_rounds_nothing() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        printed_text(Fraction(1, 8), 1)


@pytest.mark.parametrize("name", builtin_packs())
def test_built_in_packs_through_csv_and_workbook(name: str, tmp_path: Path) -> None:
    region = load_pack(name)
    workbook = load_pack(write_pack(region, tmp_path / "one.xlsx"))
    directory = load_pack(write_pack(workbook, tmp_path / "two"))
    assert workbook == region
    assert directory == region
    assert not (tmp_path / "two" / "materials.csv").exists(), "the reference library is not copied"


def test_own_library_is_written(sample: Region, tmp_path: Path) -> None:
    again = load_pack(write_pack(sample, tmp_path / "pack"))
    assert again.library == sample.library
    assert again.library is not load_library()


def test_workbook_cells_are_numbers_where_that_loses_nothing(sample: Region, tmp_path: Path) -> None:
    sheet = load_workbook(write_pack(sample, tmp_path / "p.xlsx"))["figures"]
    header = [cell.value for cell in sheet[1]]
    value, year = header.index("value") + 1, header.index("year") + 1
    assert sheet.cell(2, value).value == "100.50"
    assert sheet.cell(3, value).value == 60.5
    assert sheet.cell(4, value).value == 40
    assert sheet.cell(2, year).value == 2020


def test_texts_like_formulas_stay_texts(sample: Region, tmp_path: Path) -> None:
    area = replace(sample.areas["east"], note=Text("=HYPERLINK(1)", "=1+1"))
    region = _sealed(replace(sample, areas={**sample.areas, "east": area}))
    file = write_pack(region, tmp_path / "p.xlsx")
    assert load_workbook(file)["areas"].cell(3, 10).data_type == "s"
    assert load_pack(file).areas["east"].note == area.note


def test_columns_stand_in_the_order_of_the_schema(sample: Region, tmp_path: Path) -> None:
    folder = write_pack(sample, tmp_path / "pack")
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    assert header[:6] == ["id", "area", "indicator", "year", "comparator", "value"]
