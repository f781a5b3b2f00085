"""Numbers in Arabic and Chinese digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oreflow.core.quantity import (
    InexactNumber,
    UnreadableQuantity,
    chinese_numeral,
    format_number,
    parse_number,
)
from oreflow.core.quantity.numerals import exact, normalise


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1234.5", "1234.5"),
        ("1,234,567.89", "1234567.89"),
        ("１，２３４．５", "1234.5"),
        (".5", "0.5"),
        ("-3", -3),
        ("−3.5", "-3.5"),
        ("+3", 3),
        ("负二十", -20),
        ("正五", 5),
        ("2000/3", Fraction(2000, 3)),
        ("½", Fraction(1, 2)),
        ("三分之二", Fraction(2, 3)),
        ("百分之七点五", "0.075"),
        ("百分之百", 1),
        ("千分之三", "0.003"),
        ("万分之五", "0.0005"),
        ("1.5×10^4", 15000),
        ("1.5×10⁴", 15000),
        ("10^-3", "0.001"),
        ("8.2×10⁻³", "0.0082"),
        ("一二三", 123),
        ("一〇", 10),
        ("10¹²", 10**12),
        ("2.5万", 25000),
        ("1.3亿", 130_000_000),
        ("17487万", 174_870_000),
        ("1亿3000万", 130_000_000),
        ("1亿3000万5000", 130_005_000),
        ("3千5百", 3500),
        ("1500千", 1_500_000),
        ("六", 6),
        ("〇", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百十五", 115),
        ("两千", 2000),
        ("二千五百", 2500),
        ("二百五", 250),
        ("三千五", 3500),
        ("三千二百五", 3250),
        ("二百五十", 250),
        ("一万二", 12000),
        ("一亿三", 130_000_000),
        ("十二万三千四百五十六", 123_456),
        ("一亿三千万", 130_000_000),
        ("一亿零三百", 100_000_300),
        ("一万亿", 10**12),
        ("十万零一十", 100_010),
        ("二〇二五", 2025),
        ("一三三三", 1333),
        ("七点五", "7.5"),
        ("零点零五", "0.05"),
        ("三点五万", 35000),
        ("壹拾贰萬叁仟", 123_000),
    ],
)
def test_reads(text: str, value: int | str | Fraction) -> None:
    assert parse_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "abc", "1,23", "1,2345", "12,34,567", "1 234", "1.2.3", "5.", "1e5", "nan", "inf",
        "3-5", "3～5", "约5", "数千", "十几", "5以上", "2½", "5₂", "①", "٣", "一两", "百", "万", "亿",
        "1/0", "零分之三", "一百万零", "2.5万3000", "1万2", "一万一万", "一万万", "一点", "点五", "1.5点五",
        "五六百", "五六万", "二三", "三五", "两三千",
        "百分之", "百分之abc", "二二十", "一百百", "abc×10^3", "9" * 200, "二百五万",
    ],
)  # fmt: skip
def test_refuses(text: str) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        parse_number(text)
    assert caught.value.code == "quantity.unreadable"
    assert text[:20].strip() in caught.value.zh
    assert "2.5万" in caught.value.en


def test_refuses_what_is_no_text() -> None:
    with pytest.raises(UnreadableQuantity):
        parse_number(5)  # type: ignore[arg-type]


@given(st.integers(0, 10**12))
@example(10**12)
@example(100_010)
@example(10_000_001)
@example(1_0001_0000)
def test_chinese_numerals_round_trip(value: int) -> None:
    assert parse_number(chinese_numeral(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (2500, "二千五百"),
        (10_002, "一万零二"),
        (100_010, "十万零一十"),
        (123_456, "十二万三千四百五十六"),
        (130_000_000, "一亿三千万"),
        (10**12, "一万亿"),
        (-7, "负七"),
    ],
)
def test_writes_chinese_numerals(value: int, text: str) -> None:
    assert chinese_numeral(value) == text
    assert parse_number(text) == value


def test_chinese_numerals_end_somewhere() -> None:
    assert parse_number(chinese_numeral(10**16 - 1)) == 10**16 - 1
    with pytest.raises(UnreadableQuantity, match="10000000000000000"):
        chinese_numeral(10**16)


@given(st.fractions(), st.booleans(), st.sampled_from(["zh", "en"]))
def test_exact_prints_round_trip(value: Fraction, grouping: bool, language: str) -> None:
    if max(abs(value.numerator), value.denominator) < 10**30:
        assert parse_number(format_number(value, None, language, grouping=grouping)) == value


@given(st.fractions(), st.integers(0, 8))
def test_rounded_prints_are_near(value: Fraction, places: int) -> None:
    printed = format_number(value, places)
    assert abs(parse_number(printed) - value) <= Fraction(1, 2 * 10**places)
    assert len(printed.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1234567), None, "1,234,567"),
        (Fraction(1, 8), None, "0.125"),
        (Fraction(-1, 20), None, "-0.05"),
        (Fraction(2000, 3), None, "2000/3"),
        (Fraction(2000, 3), 2, "666.67"),
        (Fraction(5, 2), 0, "2"),
        (Fraction(7, 2), 0, "4"),
        (Fraction(1, 8), 2, "0.12"),
        (Fraction(3), 2, "3.00"),
        (Fraction(-1, 1000), 2, "0.00"),
        (1500, None, "1,500"),
    ],
)
def test_prints(value: Fraction, places: int | None, text: str) -> None:
    assert format_number(value, places) == text


@pytest.mark.parametrize("value", [0.1, float("nan"), True, None, "1", 1j, Decimal("NaN"), Decimal("Infinity")])
def test_only_exact_numbers(value: object) -> None:
    with pytest.raises(InexactNumber) as caught:
        exact(value)
    assert isinstance(caught.value, TypeError)
    assert "Decimal" in caught.value.en
    assert type(value).__name__ in caught.value.zh


def test_exact_numbers_stay() -> None:
    assert exact(Decimal("0.1")) == Fraction(1, 10)
    assert exact(3) == 3


def test_normalises() -> None:
    assert normalise("㎡ ㎥ ㎞ ％ ℃ m³ V₂O₅ 10⁴") == "m2 m3 km % °C m3 V2O5 10^4"
    assert normalise(" a\u00a0\u3000b\u200b ") == "a b"
    assert normalise("Fe₁₂O₁₉") == "Fe12O19"
    assert normalise("10⁻¹² º") == "10^-12 °"
