"""Exact arithmetic of quantities and its refusals."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oreflow.core.quantity import (
    ONE,
    Basis,
    BasisMismatch,
    DimensionMismatch,
    InexactNumber,
    Quantity,
    QuantityError,
    UnknownBasis,
    UnknownUnit,
    UnreadableQuantity,
    basis,
    quantity,
    unit,
)

KINDS = [
    ["t", "万吨", "kg", "kt", "亿吨"],
    ["亩", "ha", "km²", "m²"],
    ["元", "万元", "亿元", "billion CNY"],
    ["kWh", "GJ", "亿kWh", "MWh"],
    ["万元/亩", "元/m²", "亿元/km²"],
    ["%", "‰", "1", "t/t"],
]
values = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000)
kinds = st.sampled_from(KINDS)
said = st.sampled_from(["", "reo", "v2o5 capacity", "constant-2020", "current with-tax"])


@st.composite
def alike(draw: st.DrawFn, number: int) -> list[Quantity]:
    """Some quantities of one dimension and basis."""
    kind, words = draw(kinds), draw(said)
    return [quantity(draw(values), draw(st.sampled_from(kind)), words) for _ in range(number)]


@st.composite
def with_unit(draw: st.DrawFn) -> tuple[list[Quantity], str]:
    kind, words = draw(kinds), draw(said)
    made = [quantity(draw(values), draw(st.sampled_from(kind)), words) for _ in range(2)]
    return made, draw(st.sampled_from(kind))


anything = alike(1).map(lambda made: made[0])


@given(with_unit())
def test_conversion_is_exact_and_invertible(case: tuple[list[Quantity], str]) -> None:
    (amount, _), target = case
    there = amount.to(target)
    assert there == amount
    assert there.to(amount.unit).value == amount.value
    assert hash(there) == hash(amount)
    assert amount.value_in(target) == there.value


@given(alike(3))
def test_addition_is_a_group(three: list[Quantity]) -> None:
    a, b, c = three
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a - b) + b == a
    assert a + -a == a * 0
    assert sum(three) == a + b + c
    assert (a + b).unit == a.unit
    assert +a == a


@given(with_unit())
def test_conversion_is_linear(case: tuple[list[Quantity], str]) -> None:
    (a, b), target = case
    assert (a + b).to(target).value == a.to(target).value + b.to(target).value


@given(alike(2))
def test_order_is_total(two: list[Quantity]) -> None:
    a, b = two
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a <= b) == (a < b or a == b)
    assert (a >= b) == (not a < b)
    assert abs(a) >= a * 0


@given(anything, anything)
def test_mismatches_always_raise_and_name_both(a: Quantity, b: Quantity) -> None:
    assume(a.unit.dimension != b.unit.dimension or a.basis != b.basis)
    acts: list[Callable[[Quantity, Quantity], object]] = [
        operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge,
    ]  # fmt: skip
    for act in acts:
        with pytest.raises((DimensionMismatch, BasisMismatch)) as caught:
            act(a, b)
        error = caught.value
        if isinstance(error, DimensionMismatch):
            assert all(q.unit.zh in error.zh and q.unit.en in error.en for q in (a, b))
        else:
            assert all((q.basis.zh or "未注明") in error.zh and (q.basis.words or "unsaid") in error.en for q in (a, b))
    assert a != b


@given(anything, anything)
def test_products_follow_sizes(a: Quantity, b: Quantity) -> None:
    try:
        product = a * b
    except BasisMismatch:
        assert any(getattr(a.basis, x) and getattr(b.basis, x) for x in a.basis.differs(b.basis))
        return
    assert product.in_base_units == a.in_base_units * b.in_base_units
    assert product.unit.dimension == a.unit.dimension * b.unit.dimension
    assert product == b * a
    if b.value and a.unit.dimension != b.unit.dimension:
        ratio = a / b
        assert ratio.in_base_units == a.in_base_units / b.in_base_units


@given(alike(2))
def test_like_over_like_is_a_bare_ratio(two: list[Quantity]) -> None:
    a, b = two
    assume(b.value != 0)
    ratio = a / b
    assert ratio.unit == ONE
    assert ratio.basis == Basis()
    assert (b * ratio.value) == a


def test_land() -> None:
    assert quantity(1, "km²").to("亩").value == 1500
    assert quantity(1, "亩").to("m²").value == Fraction(2000, 3)
    assert quantity(15, "亩") == quantity(1, "ha")


def test_equality_is_of_meaning() -> None:
    assert quantity("150", "万吨") == quantity("1500", "kt") == quantity(1_500_000, "吨")
    assert quantity(1, "t") != quantity(1, "t", "reo")
    assert quantity(1, "t") != quantity(1, "m")
    assert quantity(1, "t") != 1
    assert quantity(5, "%") == quantity("0.05", "t/t")
    assert len({quantity(1, "t"), quantity(1000, "kg")}) == 1


@pytest.mark.parametrize("value", [3, Decimal("0.5"), Fraction(1, 3)])
def test_scaling_by_exact_numbers(value: int | Decimal | Fraction) -> None:
    amount = quantity(6, "万吨", "v2o5")
    assert (amount * value).value == 6 * Fraction(value)
    assert (value * amount) == amount * value
    assert (amount / value).value == 6 / Fraction(value)
    assert (value / quantity(2, "年")).unit == unit("1/年")
    assert (amount * value).basis == amount.basis


@pytest.mark.parametrize(
    "act",
    [
        lambda q: q * 0.5,
        lambda q: 0.5 * q,
        lambda q: q / 0.5,
        lambda q: 0.5 / q,
        lambda q: q * True,
        lambda q: q * "2",
        lambda _: quantity(0.5, "t"),
        lambda _: Quantity(0.5, unit("t")),
    ],
)
def test_floats_are_refused(act: Callable[[Quantity], object]) -> None:
    with pytest.raises(TypeError) as caught:
        act(quantity(1, "t"))
    assert isinstance(caught.value, InexactNumber)
    assert caught.value.code == "quantity.inexact"
    assert "Decimal" in str(caught.value)


@pytest.mark.parametrize("act", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [1, 0.0, "1 t", None])
def test_bare_numbers_are_not_joined(act: Callable[[object, object], object], other: object) -> None:
    with pytest.raises(DimensionMismatch, match="no unit"):
        act(quantity(1, "t"), other)


def test_only_zero_starts_a_sum() -> None:
    assert 0 + quantity(1, "t") == quantity(1, "t")
    with pytest.raises(DimensionMismatch):
        1 + quantity(1, "t")
    with pytest.raises(DimensionMismatch):
        False + quantity(1, "t")


def test_division_by_nothing() -> None:
    for zero in (0, quantity(0, "t"), quantity(0, "d")):
        with pytest.raises(ZeroDivisionError):
            quantity(1, "t") / zero


def test_energy_needs_its_factor_and_basis() -> None:
    power = quantity(1000, "kWh")
    equal = power * quantity("0.404", "kgce/kWh", "equal")
    assert equal == quantity(404, "kgce", "equal")
    equivalent = power * quantity("0.1229", "kgce/kWh", "equivalent")
    with pytest.raises(BasisMismatch, match="'equal' and 'equivalent'"):
        equal + equivalent
    with pytest.raises(DimensionMismatch):
        power + equal


def test_a_basis_goes_when_its_dimension_cancels() -> None:
    slag = quantity(7, "万吨/年", "v2o5 capacity")
    power = slag * quantity(3000, "kWh/t", "v2o5")
    assert power == quantity(210, "百万千瓦时/年", "capacity")
    land = quantity(12, "亿元", "constant-2020") / quantity(10, "万元/亩", "constant-2020")
    assert land == quantity(12000, "亩")
    assert (quantity(5, "t", "reo") * quantity(50, "%")) == quantity("2.5", "t", "reo")
    with pytest.raises(BasisMismatch):
        slag * quantity(1, "元/t", "tio2")


def test_operating_days_join_day_and_year() -> None:
    daily = quantity(500, "t/d")
    with pytest.raises(DimensionMismatch, match=r"time.*calendar year"):
        daily.to("t/a")
    assert daily * quantity(330, "d/a") == quantity("16.5", "万吨/年")


def test_shares_and_points() -> None:
    now, then = quantity(58, "%"), quantity(540, "‰")
    assert now - then == quantity(4, "%")
    gap = now.points_over(then)
    assert gap == quantity(4, "百分点")
    assert then.plus_points(gap) == now
    assert then.plus_points(gap).unit == then.unit
    with pytest.raises(DimensionMismatch):
        now + gap
    with pytest.raises(DimensionMismatch):
        quantity(1, "t").points_over(quantity(1, "t"))
    with pytest.raises(DimensionMismatch):
        quantity(1, "t").plus_points(gap)
    with pytest.raises(DimensionMismatch):
        now.plus_points(then)


def test_rebase_is_explicit() -> None:
    plain = quantity(7, "万吨")
    assert plain.rebase(basis("v2o5")) == quantity(7, "万吨", "v2o5")
    assert plain.rebase(basis("v2o5")).value == plain.value


def test_builds_from_texts_and_values() -> None:
    assert quantity("十二万三千", "t").value == 123_000
    assert quantity("1,234.5", unit("t"), basis("reo")) == quantity(Decimal("1234.5"), "吨", "REO")
    assert Quantity(Fraction(3)).unit == ONE
    assert Quantity(3) == quantity(3, "1")  # type: ignore[arg-type]
    for text, error in (("abc", UnreadableQuantity),):
        with pytest.raises(error):
            quantity(text, "t")
    with pytest.raises(UnknownUnit):
        quantity(1, "foo")
    with pytest.raises(UnknownBasis):
        quantity(1, "t", "foo")


@given(anything)
def test_repr_builds_it_again(amount: Quantity) -> None:
    made = eval(repr(amount), {"quantity": quantity})  # noqa: S307 - the text is our own
    assert made == amount
    assert made.unit == amount.unit


@given(anything)
def test_values_travel(amount: Quantity) -> None:
    assert pickle.loads(pickle.dumps(amount)) == amount  # noqa: S301 - the bytes are our own


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UnknownUnit, "quantity.unknown-unit"),
        (UnknownBasis, "quantity.unknown-basis"),
        (DimensionMismatch, "quantity.dimension"),
        (BasisMismatch, "quantity.basis"),
        (UnreadableQuantity, "quantity.unreadable"),
        (InexactNumber, "quantity.inexact"),
    ],
)
def test_errors_speak_both_languages(kind: type[QuantityError], code: str) -> None:
    error = kind("单位不明", "Unit unknown", "请填写单位", "Name a unit")
    assert error.code == code
    assert str(error) == error.en == "Unit unknown. Name a unit."
    assert error.zh == "单位不明。请填写单位。"
    assert issubclass(kind, QuantityError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - the bytes are our own
    assert (type(again), again.zh, again.en) == (kind, error.zh, error.en)
