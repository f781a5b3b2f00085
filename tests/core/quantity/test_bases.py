"""Bases: words, phrases, contradictions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.quantity import Basis, UnknownBasis, basis
from oreflow.core.quantity.bases import AXES, WORDS

bases = st.builds(
    Basis,
    **{
        axis: st.sampled_from(["", *words, *(["constant-2015", "constant-2020"] if axis == "price" else [])])
        for axis, words in WORDS.items()
    },
)


@given(bases)
def test_words_read_back(made: Basis) -> None:
    assert basis(made.words) == made
    assert basis(made.zh) == made
    assert basis(made.en) == made


@given(bases, bases)
def test_difference_names_axes(left: Basis, right: Basis) -> None:
    assert (left == right) == (not left.differs(right))
    assert set(left.differs(right)) <= set(AXES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("v2o5 capacity", "v2o5 capacity"),
        ("capacity  V2O5", "v2o5 capacity"),
        ("折合V2O5", "v2o5"),
        ("折 V₂O₅，产能", "v2o5 capacity"),
        ("折TiO2", "tio2"),
        ("折百", "pure"),
        ("折100%", "pure"),
        ("REO", "reo"),
        ("REO 产量", "reo output"),
        ("金属量", "metal"),
        ("湿基", "wet"),
        ("dry basis", "dry"),
        ("当量", "equivalent"),
        ("等价值", "equal"),
        ("equivalent v2o5", "equivalent v2o5"),
        ("现价、含税", "current with-tax"),
        ("2020年不变价", "constant-2020"),
        ("2020 年可比价格", "constant-2020"),
        ("at constant 2020 prices", "constant-2020"),
        ("2020 constant prices", "constant-2020"),
        ("constant-2020 without-tax", "constant-2020 without-tax"),
        ("可比价", "constant"),
        ("2020年价格", "constant-2020"),
        ("at 2020 prices", "constant-2020"),
        ("allotment", "quota"),
        ("总量控制指标", "quota"),
        ("tax excluded; current prices", "current without-tax"),
        ("stage recovery", "stage"),
        ("营收", "revenue"),
    ],
)
def test_spellings(text: str, words: str) -> None:
    assert basis(text).words == words


@pytest.mark.parametrize("text", ["foo", "v2o5 foo", "折", "constant-20", "5₂", "capacitty"])
def test_unknown_words(text: str) -> None:
    with pytest.raises(UnknownBasis) as caught:
        basis(text)
    assert caught.value.code == "quantity.unknown-basis"
    assert text in caught.value.zh
    assert text in caught.value.en


def test_unknown_words_name_near_ones_or_all() -> None:
    with pytest.raises(UnknownBasis, match="Near spellings: capacity"):
        basis("capacitty")
    with pytest.raises(UnknownBasis, match=r"Known words: .*constant-2020"):
        basis("qqqq")


@pytest.mark.parametrize(("text", "both"), [("reo metal", "reo and metal"), ("产能，产量", "capacity and output")])
def test_contradictions_name_both(text: str, both: str) -> None:
    with pytest.raises(UnknownBasis, match=both) as caught:
        basis(text)
    assert "自相矛盾" in caught.value.zh


@pytest.mark.parametrize(
    "text", ["v2o5 equivalent", "V2O5 Equivalent", "v2o5 equivalent capacity", "capacity v2o5 equivalent"]
)
def test_equivalent_is_never_guessed(text: str) -> None:
    with pytest.raises(UnknownBasis, match="ambiguous"):
        basis(text)


def test_axes_refuse_foreign_words() -> None:
    with pytest.raises(UnknownBasis):
        Basis(content="capacity")
    with pytest.raises(UnknownBasis):
        Basis(tax="constant-2020")


def test_reads_well() -> None:
    made = basis("v2o5 capacity constant-2020")
    assert made.zh == "折 V2O5，产能，2020 年不变价"
    assert made.en == "as V2O5, capacity, constant 2020 prices"
    assert made.price_year == 2020
    assert basis("constant").price_year is None
    assert Basis().zh == Basis().en == Basis().words == ""
    assert made.differs(basis("tio2 capacity")) == ("content", "price")
