"""Units: spellings, sizes, algebra."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.quantity import (
    ONE,
    Dimension,
    DimensionMismatch,
    Unit,
    UnknownUnit,
    known_units,
    unit,
)
from oreflow.core.quantity.atoms import ATOMS
from oreflow.core.quantity.units import SCALES, Factor, build, multiply

factors = st.builds(
    Factor,
    st.sampled_from([atom for atom in ATOMS if atom.zh != "克"]),
    st.sampled_from([1, *SCALES]),
    st.sampled_from([1, 1, 1, 2, -1]),
)
units = st.lists(factors, min_size=1, max_size=3, unique_by=lambda f: f.atom.zh).map(
    lambda parts: unit(build(tuple(parts)).symbol)
)


@pytest.mark.parametrize(
    ("spellings", "factor"),
    [
        ("吨 t 公吨 tonne ｔ", 1000),
        ("千克 公斤 kg ㎏ KG", 1),
        ("克 g", Fraction(1, 1000)),
        ("万吨 万t 10kt 1e4", 10**7),
        ("亿吨 亿t", 10**11),
        ("千吨 kt", 10**6),
        ("百万吨 Mt", 10**9),
        ("亩 mu 市亩", Fraction(2000, 3)),
        ("公顷 ha ㏊ hm²", 10**4),
        ("平方米 m2 m² ㎡ m^2 平米", 1),
        ("平方公里 km2 km² ㎢ 平方千米", 10**6),
        ("立方米 m3 m³ ㎥ 立方", 1),
        ("万m³ 万m3 万立方米", 10**4),
        ("亿m³ 亿m3 亿立方米", 10**8),
        ("Nm³ Nm3 标准立方米 标方", 1),
        ("元 CNY RMB yuan", 1),
        ("万元", 10**4),
        ("亿元", 10**8),
        ("千亿元", 10**11),
        ("kWh 千瓦时 kwh 度电 kW·h", 3_600_000),
        ("万kWh 万千瓦时", 36 * 10**9),
        ("亿kWh 亿千瓦时", 36 * 10**13),
        ("MWh 千千瓦时", 36 * 10**8),
        ("GWh 百万千瓦时", 36 * 10**11),
        ("kVA 千伏安 KVA", 1000),
        ("MVA", 10**6),
        ("万kVA 万千伏安", 10**7),
        ("kgce 千克标准煤 公斤标准煤", 1),
        ("tce 吨标准煤 吨标煤", 1000),
        ("万tce 万吨标准煤", 10**7),
        ("MJ 兆焦", 10**6),
        ("GJ", 10**9),
        ("kJ 千焦", 1000),
        ("% ％ percent pct", Fraction(1, 100)),
        ("‰", Fraction(1, 1000)),
        ("百分点 个百分点", 1),
        ("万人 万名", 10**4),
        ("MPa", 10**6),
        ("kA", 1000),
        ("mm 毫米", Fraction(1, 1000)),
        ("℃ °C", 1),
        ("t/a 吨/年 t/yr t/year 吨每年", 1000),
        ("万吨/年 万t/a", 10**7),
        ("t/d 吨/天 吨/日", Fraction(1000, 86400)),
        ("t/t 吨/吨", 1),
        ("kgce/t kgce/吨", Fraction(1, 1000)),
        ("kWh/t 千瓦时/吨", 3600),
        ("万元/亩", 15),
        ("元/吨 CNY/t", Fraction(1, 1000)),
        ("kgCO2/kWh kgCO₂/kWh 千克CO2/千瓦时", Fraction(1, 3_600_000)),
        ("%/年 %/a", Fraction(1, 100)),
        ("t/(km²·a) t/(km2*a)", Fraction(1, 1000)),
        ("lm/W", 1),
        ("mol/L", 1000),
    ],
)
def test_spellings_of_one_unit(spellings: str, factor: int | Fraction) -> None:
    texts = [text for text in spellings.split(" ") if text != "1e4"]
    read = {unit(text) for text in texts}
    assert len(read) == 1
    assert read.pop().factor == factor


def test_words_with_spaces() -> None:
    assert unit("million CNY") == unit("百万元")
    assert unit("100 million CNY") == unit("亿元")
    assert unit("10 kt") == unit("10,000 t") == unit("10^4 t") == unit("万吨")
    assert unit("10 thousand CNY/mu") == unit("万元/亩")
    assert unit("t per year") == unit("t/a")
    assert unit("per cent") == unit("%")
    assert unit("thousand m³/a") == unit("千立方米/年")
    assert unit("kg CO2/kg") == unit("kgCO2/kg")
    assert unit("万 Nm³ / 天") == unit("万Nm3/d")
    assert unit(" 1 ") == ONE


@pytest.mark.parametrize(
    "text",
    [
        "", "吨吨", "foo", "万", "t//a", "/", "座(22/23)", "万kVA(×2)", "(MGOe+kOe)", "t REO (all products)",
        "t/t CaCO3", "½", "5₂", "3 t", "10^99 t", "万万吨", "ton", "t/1", "t·", "·t", "x" * 500, "①",
    ],
)  # fmt: skip
def test_unknown_units(text: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        unit(text)
    assert text[:50] in caught.value.zh
    assert caught.value.code == "quantity.unknown-unit"


def test_unknown_units_name_near_spellings() -> None:
    with pytest.raises(UnknownUnit, match="平方公里") as caught:
        unit("平房公里")
    assert "相近的写法" in caught.value.zh
    with pytest.raises(UnknownUnit, match="kWh"):
        unit("万kwH")


@given(units)
def test_symbols_read_back(made: Unit) -> None:
    assert unit(made.symbol) == made
    assert unit(made.en) == made


@given(units, st.sampled_from(["zh", "zh-hans", "en", "en-gb"]))
def test_readers_units_keep_the_dimension(made: Unit, language: str) -> None:
    shown = made.in_language(language)
    assert shown.dimension == made.dimension
    assert unit(shown.en).factor == unit(shown.zh).factor == shown.factor
    assert shown.in_language(language) == shown


def test_every_spelling_reads() -> None:
    for text in known_units():
        assert unit(unit(text).symbol) == unit(text)


@pytest.mark.parametrize(
    ("text", "zh", "en", "readers"),
    [
        ("t", "吨", "t", "t"),
        ("万吨", "万吨", "10 kt", "kt"),
        ("万吨/年", "万吨/年", "10 kt/a", "kt/a"),
        ("亿吨", "亿吨", "100 Mt", "Mt"),
        ("亿元", "亿元", "100 million CNY", "billion CNY"),
        ("亿美元", "亿美元", "100 million USD", "billion USD"),
        ("万元/亩", "万元/亩", "10 thousand CNY/mu", "thousand CNY/mu"),
        ("亿kWh", "亿千瓦时", "100 GWh", "GWh"),
        ("万kWh", "万千瓦时", "10 MWh", "MWh"),
        ("万kVA", "万千伏安", "10 MVA", "MVA"),
        ("亿m3", "亿立方米", "100 million m³", "million m³"),
        ("万Nm3", "万 Nm³", "10 thousand Nm³", "thousand Nm³"),
        ("kgce/t", "kgce/t", "kgce/t", "kgce/t"),
        ("tce/万元", "吨标准煤/万元", "tce/10 thousand CNY", "tce/thousand CNY"),
        ("m3/t", "m³/t", "m³/t", "m³/t"),
        ("t/d", "t/d", "t/d", "t/d"),
        ("元/kWh", "元/千瓦时", "CNY/kWh", "CNY/kWh"),
        ("MWh/t", "MWh/t", "MWh/t", "MWh/t"),
        ("万户", "万户", "10 thousand enterprises", "thousand enterprises"),
        ("1/年", "1/年", "1/a", "1/a"),
    ],
)
def test_symbols(text: str, zh: str, en: str, readers: str) -> None:
    made = unit(text)
    assert (made.zh, made.en, made.in_language("en").en) == (zh, en, readers)
    assert str(made) == made.symbol == zh


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("kt", "万吨"),
        ("Mt", "万吨"),
        ("billion CNY", "亿元"),
        ("million CNY", "万元"),
        ("GWh", "GWh"),
        ("万亿元", "万亿元"),
    ],
)
def test_chinese_readers_count_in_wan_and_yi(text: str, readers: str) -> None:
    assert unit(text).in_language("zh").zh == readers


@given(units, units)
def test_algebra_keeps_size_and_dimension(left: Unit, right: Unit) -> None:
    for power in (1, -1):
        number, made = multiply(left, right, power)
        assert number * made.factor == left.factor * right.factor**power
        assert made.dimension == left.dimension * right.dimension**power


@pytest.mark.parametrize(
    ("left", "right", "power", "number", "symbol"),
    [
        ("t", "kgce/t", 1, 1, "千克标准煤"),
        ("万吨", "kgce/t", 1, 10_000, "千克标准煤"),
        ("t/d", "d/a", 1, 1, "吨/年"),
        ("万吨", "%", 1, Fraction(1, 100), "万吨"),
        ("%", "%", 1, Fraction(1, 100), "%"),
        ("%/年", "年", 1, 1, "%"),
        ("t/t", "t", 1, 1, "吨"),
        ("亿元", "万元/亩", -1, 10_000, "亩"),
        ("kWh", "kgce/kWh", 1, 1, "千克标准煤"),
        ("m²", "m", 1, 1, "m²·m"),
        ("MJ", "MJ/kgce", -1, 1, "千克标准煤"),
        ("户", "家/户", 1, 1, "家"),
    ],
)
def test_products(left: str, right: str, power: int, number: int | Fraction, symbol: str) -> None:
    assert multiply(unit(left), unit(right), power) == (number, unit(symbol))
    assert multiply(unit(left), unit(right), power)[1].symbol == symbol


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("t/d", "t/a"),
        ("m³", "Nm³"),
        ("户", "家"),
        ("kgce", "MJ"),
        ("%", "百分点"),
        ("kVA", "kW"),
        ("t", "tCO2"),
        ("元", "美元"),
    ],
)
def test_what_is_never_converted(left: str, right: str) -> None:
    with pytest.raises(DimensionMismatch) as caught:
        unit(left).conversion(unit(right))
    assert unit(left).zh in caught.value.zh
    assert unit(right).zh in caught.value.zh
    assert unit(left).dimension.en in caught.value.en
    assert unit(right).dimension.en in caught.value.en


def test_dimensions_read_well() -> None:
    assert unit("万吨/年").dimension.zh == "质量/年"
    assert unit("t/(km²·a)").dimension.en == "mass/(length^2·calendar year)"
    assert unit("万元/亩").dimension.zh == "金额（人民币）/长度^2"
    assert unit("1/年").dimension.en == "1/calendar year"
    assert unit("户").dimension.zh == "数量（户）"
    assert unit("t/t").dimension == ONE.dimension == Dimension()
    assert unit("%").dimension.zh == "比值"
    assert unit("m²").dimension == Dimension.of(length=2)
    assert Dimension.of(length=2) ** 0 == Dimension()
    assert unit("万元/亩").dimension / unit("万元").dimension == unit("1/m²").dimension


def test_units_are_values() -> None:
    assert len({unit("吨"), unit("t"), unit("万吨")}) == 2
    with pytest.raises(AttributeError):
        unit("t").factor = Fraction(1)  # type: ignore[misc]
    assert unit("t") != unit("tce")
