"""Numbers as readers see them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.console.regions.presenters import (
    MINUS,
    Style,
    common_places,
    number,
    pieces,
    quantity,
    shown,
    significant,
    unit_scale,
    without_brackets,
)
from oreflow.core.chain import Interval
from oreflow.core.quantity import parse_quantity

ZH, EN = Style("zh", "wan"), Style("en", "wan")


def exact(value: float) -> Interval:
    return Interval(value, value, value)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, 2, "0"),
        (-0.0001, 1, "0"),
        (1234.56, 1, "1,234.6"),
        (-98, 0, f"{MINUS}98"),
        (10_414, -2, "10,400"),
        (3.10, 2, "3.1"),
    ],
)
def test_number(value: float, places: int, text: str) -> None:
    assert number(value, places) == text


def test_amounts_take_the_reader_s_units() -> None:
    assert (shown(exact(1.5e6), "t", ZH).value, shown(exact(1.5e6), "t", ZH).unit) == ("150", "万吨")
    assert (shown(exact(1.5e6), "t", EN).value, shown(exact(1.5e6), "t", EN).unit) == ("1,500", "kt")
    assert shown(exact(1.5e6), "t", Style("zh", "unit")).value == "1,500,000"
    assert (shown(exact(2e9), "m3", ZH).value, shown(exact(2e9), "m3", ZH).unit) == ("20", "亿 m³")


def test_a_range_says_how_many_digits_are_deserved() -> None:
    wide = shown(Interval(521_000, 430_000, 650_000), "t", ZH)
    assert (wide.value, wide.range) == ("52", "43–65")
    narrow = shown(Interval(521_000, 520_000, 522_000), "t", ZH)
    assert narrow.value == "52.1"
    below = shown(Interval(-218_000, -440_000, 20_000), "t", ZH, signed=True)
    assert below.range == f"{MINUS}44 … 2"
    assert below.negative


@given(st.floats(-1e12, 1e12, allow_nan=False).filter(lambda v: abs(v) > 1e-6), st.integers(1, 6))
def test_significant_digits_keep_the_size(value: float, digits: int) -> None:
    text = number(value, significant(value, digits)).replace(",", "").replace(MINUS, "-")
    assert abs(float(text) - value) <= 0.5 * 10 ** (1 - digits) * abs(value) * 1.0001 * 10


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_row_s_gap_is_the_difference_of_its_sides_as_shown(required: float, available: float) -> None:
    places = common_places([required, available, available - required])

    def said(value: float) -> float:
        return float(number(value, places).replace(",", "").replace(MINUS, "-"))

    assert abs(said(available) - said(required) - said(available - required)) <= 1.01 * 10.0**-places


def test_printed_quantities_stay_exact() -> None:
    assert quantity(parse_quantity("150万吨"), ZH) == "150 万吨"
    assert quantity(parse_quantity("150万吨"), EN) == "1,500 kt"
    assert quantity(parse_quantity("150万吨"), Style("en", "unit")) == "1,500,000 t"


def test_units_of_findings_change_with_the_language() -> None:
    assert unit_scale("亿元", EN) == (Fraction(1, 10), "billion CNY")
    assert unit_scale("亿元", ZH) == (Fraction(1), "亿元")
    assert unit_scale("no such unit", EN) == (Fraction(1), "no such unit")


def test_sentences_are_cut_at_their_markers() -> None:
    cut = pieces("above ⟦32 %|answer:acid⟧ there is too little")
    assert [(p.words, p.kind, p.key) for p in cut] == [
        ("above ", "", ""), ("32 %", "answer", "acid"), (" there is too little", "", ""),
    ]  # fmt: skip


def test_names_without_brackets() -> None:
    assert without_brackets("硫酸（98）") == "硫酸"
    assert without_brackets("sulfate TiO2 (rutile)") == "sulfate TiO2"
    assert without_brackets("（全部）") == "（全部）"


def test_printed_decimals_are_kept_in_the_printed_unit() -> None:
    assert quantity(parse_quantity("39.0%"), ZH, 1) == "39.0%"
    assert quantity(parse_quantity("51.60亿元"), ZH, 2) == "51.60 亿元"
    assert quantity(parse_quantity("51.60亿元"), EN, 2) == "5.16 billion CNY"
    assert quantity(parse_quantity("0.25%"), ZH, 1) == "0.25%"
