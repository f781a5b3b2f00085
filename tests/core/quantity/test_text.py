"""Reading and printing quantities."""

from __future__ import annotations

import doctest
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oreflow.core.quantity
from oreflow.core.quantity import (
    Quantity,
    QuantityError,
    UnknownBasis,
    UnknownUnit,
    UnreadableQuantity,
    format_quantity,
    parse_quantity,
    parse_unit,
    quantity,
    unit,
)

from .test_bases import bases
from .test_units import units

values = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6)


@given(values, units, bases, st.sampled_from(["zh", "en"]))
def test_prints_read_back(value: Fraction, made: object, said: object, language: str) -> None:
    amount = Quantity(value, made, said)  # type: ignore[arg-type]
    assert parse_quantity(format_quantity(amount, language)) == amount


@given(values, bases, st.sampled_from(["zh", "en"]))
def test_pure_ratios_read_back(value: Fraction, said: object, language: str) -> None:
    amount = quantity(value, "1", said)  # type: ignore[arg-type]
    assert parse_quantity(format_quantity(amount, language)) == amount


@pytest.mark.parametrize(
    ("text", "value", "symbol", "words"),
    [
        ("150万吨/年（折V2O5，产能）", 150, "万吨/年", "v2o5 capacity"),
        ("（折合 V2O5）7万吨", 7, "万吨", "v2o5"),
        ("折V2O5 7万吨", 7, "万吨", "v2o5"),
        ("REO: 5 万吨", 5, "万吨", "reo"),
        ("5万吨 REO", 5, "万吨", "reo"),
        ("５万吨ＲＥＯ／年", 5, "万吨/年", "reo"),
        ("5 kt REO/a", 5, "千吨/年", "reo"),
        ("7 kt (V2O5 equivalent)", 7, "千吨", "v2o5"),
        ("7 kt (V₂O₅ equivalent, capacity)", 7, "千吨", "v2o5 capacity"),
        ("10万吨产能", 10, "万吨", "capacity"),
        ("10万吨REO（产量）", 10, "万吨", "reo output"),
        ("10万吨（REO，产量，REO）", 10, "万吨", "reo output"),
        ("10万吨REO（REO）", 10, "万吨", "reo"),
        ("2.5万千伏安", "2.5", "万千伏安", ""),
        ("6300千伏安", 6300, "千伏安", ""),
        ("1.3亿元", "1.3", "亿元", ""),
        ("228亿千瓦时", 228, "亿千瓦时", ""),
        ("12000千瓦时/吨", 12000, "kWh/t", ""),
        ("0.404 kgce/kWh（等价值）", "0.404", "kgce/kWh", "equal"),
        ("3吨标准煤（当量）", 3, "tce", "equivalent"),
        ("12.2 万元/亩（2020年不变价、含税）", "12.2", "万元/亩", "constant-2020 with-tax"),
        ("十二万三千四百五十六吨", 123_456, "吨", ""),
        ("一亿三千万元", 130_000_000, "元", ""),
        ("1亿3000万吨", 130_000_000, "吨", ""),
        ("二百五吨", 250, "吨", ""),
        ("五千克", 5, "kg", ""),
        ("5千克", 5, "kg", ""),
        ("三千瓦时", 3, "kWh", ""),
        ("一千万千瓦时", 10**7, "kWh", ""),
        ("5百分点", 5, "百分点", ""),
        ("三个百分点", 3, "百分点", ""),
        ("百分之七点五", "7.5", "%", ""),
        ("负百分之3.5", "-3.5", "%", ""),
        ("百分之百", 100, "%", ""),
        ("千分之三", 3, "‰", ""),
        ("万分之五", "0.05", "%", ""),
        ("７．５％", "7.5", "%", ""),
        ("−3.5 %", "-3.5", "%", ""),
        ("8%/年", 8, "%/年", ""),
        ("1,500 kt/a", 1500, "kt/a", ""),
        ("1.5 million t", "1.5", "百万吨", ""),
        ("26.5 billion CNY", "26.5", "十亿元", ""),
        ("1.5×10⁴ t", 15000, "t", ""),
        ("10⁴ t", 10000, "t", ""),
        ("2000/3 亩", Fraction(2000, 3), "亩", ""),
        ("200㎡", 200, "m²", ""),
        ("1200 ℃", 1200, "℃", ""),
        ("5/年", 5, "1/年", ""),
        ("5万 billion CNY", 50_000, "十亿元", ""),
        ("六家", 6, "家", ""),
        ("5.47万人", "5.47", "万人", ""),
        ("337756万块", 337_756, "万块", ""),
        ("3 t/(km²·a)", 3, "t/(km²·a)", ""),
        ("0.5（无量纲）", "0.5", "1", ""),
        ("0.5 (dimensionless, stage recovery)", "0.5", "1", "stage"),
    ],
)
def test_reads(text: str, value: int | str | Fraction, symbol: str, words: str) -> None:
    read = parse_quantity(text)
    assert read == quantity(Fraction(value), symbol, words)
    assert read.basis.words == words


@pytest.mark.parametrize(
    ("text", "symbol", "value"),
    [
        ("150万吨", "万吨", 150),
        ("150 万吨", "万吨", 150),
        ("2.5万千伏安", "万千伏安", "2.5"),
        ("5万吨REO", "万吨", 5),
        ("3亿kWh", "亿千瓦时", 3),
        ("5百万吨", "百万吨", 5),
        ("12 万 吨", "万吨", 12),
    ],
)
def test_keeps_the_printed_scale(text: str, symbol: str, value: int | str) -> None:
    read = parse_quantity(text)
    assert (read.unit.symbol, read.value) == (symbol, Fraction(value))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnreadableQuantity),
        ("150", UnreadableQuantity),
        ("1.5万", UnreadableQuantity),
        ("万吨", UnreadableQuantity),
        ("百万吨", UnreadableQuantity),
        ("约5吨", UnreadableQuantity),
        ("5/", UnknownUnit),
        ("吨", UnreadableQuantity),
        ("3-5万吨", UnreadableQuantity),
        ("3~5 万吨", UnreadableQuantity),
        ("3 至 5 万吨", UnreadableQuantity),
        ("1 100 t", UnreadableQuantity),
        ("15 10 kt", UnreadableQuantity),
        ("1,23 t", UnreadableQuantity),
        ("2½ t", UnreadableQuantity),
        ("abc（无量纲）", UnreadableQuantity),
        ("百分之多", UnreadableQuantity),
        ("2500亿元以上", UnknownUnit),
        ("一千五百分点", QuantityError),
        ("五六百吨", QuantityError),
        ("二三家", QuantityError),
        ("5 k t", UnknownUnit),
        ("7 m 2", UnknownUnit),
        ("5 t·h⁻¹", UnknownUnit),
        ("二百五万吨", QuantityError),
        ("1.2.3 t", QuantityError),
        ("5 foo", UnknownUnit),
        ("5 foo REO", UnknownUnit),
        ("5 t（foo）", UnknownBasis),
        ("5 t（REO，金属量）", UnknownBasis),
        ("10万吨REO（金属量）", UnknownBasis),
        ("〔30〕户", UnreadableQuantity),
        ("5 t REO (all products)", UnknownBasis),
        ("9" * 300 + " t", UnreadableQuantity),
    ],
)
def test_refuses_and_names_the_text(text: str, error: type[QuantityError]) -> None:
    with pytest.raises(error) as caught:
        parse_quantity(text)
    assert text[:40] in caught.value.zh
    assert text[:40] in caught.value.en
    assert caught.value.remedy_zh
    assert caught.value.remedy_en


def test_ranges_are_named_as_such() -> None:
    with pytest.raises(UnreadableQuantity, match="is a range"):
        parse_quantity("3-5万吨")


def test_refuses_what_is_no_text() -> None:
    with pytest.raises(UnreadableQuantity, match="not a text"):
        parse_quantity(5)  # type: ignore[arg-type]


@given(st.text(max_size=12))
def test_reads_or_refuses_anything(text: str) -> None:
    try:
        read = parse_quantity(text)
    except QuantityError:
        return
    assert parse_quantity(format_quantity(read)) == read


@given(st.text("0123456789.,-万亿千百十零一二两点吨元kwhtm/·()（）折V2O5REO产能% ", max_size=12))
def test_reads_or_refuses_the_likely(text: str) -> None:
    try:
        read = parse_quantity(text)
    except QuantityError:
        return
    assert parse_quantity(format_quantity(read, "en")) == read


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("150万吨/年（折TiO2，产能）", "150 万吨/年（折 TiO2，产能）", "1,500 kt/a (as TiO2, capacity)"),
        ("2500亿元", "2,500 亿元", "250 billion CNY"),
        ("228亿kWh", "228 亿千瓦时", "22,800 GWh"),
        ("12.5万元/亩", "12.5 万元/亩", "125 thousand CNY/mu"),
        ("5.47万人", "5.47 万人", "54.7 thousand persons"),
        ("30亿m³", "30 亿立方米", "3,000 million m³"),
        ("7.5%", "7.5%", "7.5%"),
        ("8%/年", "8%/年", "8%/a"),
        ("-2个百分点", "-2 个百分点", "-2 percentage points"),
        ("1,500 kt", "150 万吨", "1,500 kt"),
        ("5/年", "5/年", "5/a"),
        ("0.5（无量纲）", "0.5（无量纲）", "0.5 (dimensionless)"),
        ("1200℃", "1,200 ℃", "1,200 ℃"),
        ("350 kgce/t（等价值）", "350 kgce/t（等价值）", "350 kgce/t (equal value)"),
    ],
)
def test_prints(text: str, zh: str, en: str) -> None:
    read = parse_quantity(text)
    assert format_quantity(read, "zh") == zh
    assert format_quantity(read, "en") == en


def test_prints_without_basis_and_rounded() -> None:
    read = parse_quantity("2000/3 亩（产能）")
    assert format_quantity(read, "zh", 1) == "666.7 亩（产能）"
    assert format_quantity(read, "en", 0, with_basis=False) == "667 mu"


@pytest.mark.parametrize(
    ("text", "symbol", "words"),
    [
        ("万吨", "万吨", ""),
        ("万吨（折V2O5）", "万吨", "v2o5"),
        ("t REO/a", "吨/年", "reo"),
        ("t REO", "吨", "reo"),
        ("亿元（现价）", "亿元", "current"),
        ("（无量纲）", "1", ""),
        ("1", "1", ""),
    ],
)
def test_reads_table_headers(text: str, symbol: str, words: str) -> None:
    made, said = parse_unit(text)
    assert (made, said.words) == (unit(symbol), words)


def test_refuses_unknown_headers() -> None:
    with pytest.raises(UnknownUnit):
        parse_unit("foo（折V2O5）")
    with pytest.raises(UnknownBasis):
        parse_unit("t REO (all products)")


def test_the_printed_example_runs() -> None:
    failed, attempted = doctest.testmod(oreflow.core.quantity)
    assert attempted > 1
    assert failed == 0
