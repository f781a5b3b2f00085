"""Attainment and paths: each form of target has its own arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.quantity import BasisMismatch, Quantity, quantity
from oreflow.core.targets import State, attainment, path
from tests.factories import both, make_target


def t(number: str) -> Quantity:
    return quantity(number, "万吨")


@pytest.mark.parametrize(
    ("form", "comparator", "actual", "state"),
    [
        ("level", "=", "600", State.MET),
        ("level", "=", "599", State.NOT_MET),
        ("level", "=", "700", State.MET),
        ("floor", ">=", "600", State.MET),
        ("floor", ">", "600", State.NOT_MET),
        ("floor", ">", "601", State.MET),
        ("cap", "<=", "600", State.MET),
        ("cap", "<", "600", State.NOT_MET),
        ("cap", "<=", "601", State.NOT_MET),
        ("cap", "<", "10", State.MET),
    ],
)
def test_levels_floors_and_caps(form: str, comparator: str, actual: str, state: State) -> None:
    assert attainment(make_target("x", "600", form=form, comparator=comparator), None, t(actual)).state is state


def test_no_data_is_missing_not_met() -> None:
    judged = attainment(make_target("x", "600"), t("500"), None)
    assert judged.state is State.MISSING
    assert judged.ratio is None


def test_the_way_from_base_to_target() -> None:
    judged = attainment(make_target("x", "600"), t("500"), t("580"))
    assert judged.ratio == Fraction(4, 5)
    assert judged.distance == t("20")
    assert judged.state is State.NOT_MET


def test_a_level_below_its_base_is_reached_from_above() -> None:
    """Primary materials as a share of exports: 57 down to 30 (national rare-earth plan, lines 139-142)."""
    target = make_target("x", "30", "%")
    judged = attainment(target, quantity("57", "%"), quantity("35", "%"))
    assert judged.state is State.NOT_MET
    assert judged.distance == quantity("5", "%")
    assert judged.ratio == Fraction(22, 27)
    assert attainment(target, quantity("57", "%"), quantity("29", "%")).state is State.MET


def test_units_of_one_kind_compare() -> None:
    assert attainment(make_target("x", "1.5"), t("0.6"), quantity("15000", "吨")).state is State.MET


def test_bases_that_differ_do_not_compare() -> None:
    target = make_target("x", "6", basis="capacity")
    with pytest.raises(BasisMismatch):
        attainment(target, None, quantity("7", "万吨", "output"))


def test_average_growth_compounds() -> None:
    """10 % a year for five years is 61.051 %, not 50 %."""
    target = make_target("x", "10", "%", form="average-growth", from_year=2020)
    base = quantity("100", "亿元")
    short = attainment(target, base, quantity("155", "亿元"))
    assert short.state is State.NOT_MET
    assert short.required == quantity("161.051", "亿元")
    assert short.distance == quantity("6.051", "亿元")
    assert attainment(target, base, quantity("161.051", "亿元")).state is State.MET
    assert attainment(target, base, quantity("121", "亿元"), 2022).state is State.MET


def test_average_growth_given_as_growth() -> None:
    target = make_target("x", "7.5", "%", form="average-growth", from_year=2020)
    assert attainment(target, None, quantity("7.4", "%")).state is State.NOT_MET
    assert attainment(target, None, quantity("7.5", "%")).state is State.MET
    assert attainment(target, None, quantity("120", "亿元")).state is State.MISSING


@pytest.mark.parametrize(
    ("actual", "state", "beyond"),
    [("120", State.NOT_MET, False), ("130", State.MET, False), ("170", State.MET, True)],
)
def test_a_range_of_growth(actual: str, state: State, beyond: bool) -> None:
    target = make_target("x", "5", "%", "average-growth", "between", upper="10", from_year=2020)
    judged = attainment(target, quantity("100", "亿元"), quantity(actual, "亿元"))
    assert (judged.state, judged.beyond) == (state, beyond)


def test_a_range_of_levels_is_left_at_either_end() -> None:
    target = make_target("x", "5", "%", "level", "between", upper="10")
    states = [attainment(target, None, quantity(v, "%")).state for v in ("4", "5", "10", "11")]
    assert states == [State.NOT_MET, State.MET, State.MET, State.NOT_MET]


def test_a_change_is_counted_from_its_base() -> None:
    """[-27] percentage points from 57 % (national rare-earth plan, lines 139-142)."""
    target = make_target("x", "-27", "百分点", "change", from_year=2015)
    base = quantity("57", "%")
    assert attainment(target, base, quantity("30", "%")).state is State.MET
    assert attainment(target, base, quantity("31", "%")).state is State.NOT_MET
    assert attainment(target, base, quantity("31", "%")).ratio == Fraction(26, 27)
    assert attainment(target, None, quantity("-28", "百分点")).state is State.MET
    assert attainment(target, None, quantity("30", "%")).state is State.MISSING


def test_a_cumulative_total_is_compared_as_it_is() -> None:
    target = make_target("firms", "30", "户", "cumulative", from_year=2020)
    judged = attainment(target, quantity("12", "户"), quantity("18", "户"))
    assert judged.ratio == Fraction(3, 5)
    assert judged.distance == quantity("12", "户")


def test_words_and_delegated_values_are_never_met_by_a_number() -> None:
    words = make_target("x", form="qualitative", words=both("持续提升"))
    given_above = make_target("x", form="delegated", words=both("完成省下达目标"))
    for target in (words, given_above):
        assert attainment(target, quantity("3", "%"), quantity("99", "%")).state is State.MISSING
    entered = make_target("x", "14", "%", "delegated", ">=")
    assert attainment(entered, None, quantity("15", "%")).state is State.MET


def test_paths_of_each_form() -> None:
    base = quantity("100", "亿元")
    level = path(make_target("x", "150", "亿元"), base, 2020)
    assert [p.year for p in level] == list(range(2020, 2026))
    assert [p.low.value for p in level] == [100, 110, 120, 130, 140, 150]
    growth = path(make_target("x", "10", "%", "average-growth", from_year=2020), base)
    assert [p.low.value for p in growth][:3] == [100, 110, 121]
    span = path(make_target("x", "5", "%", "average-growth", "between", upper="10", from_year=2020), base)
    assert (span[1].low.value, span[1].high.value) == (105, 110)
    total = path(make_target("x", "30", "户", "cumulative", from_year=2020), None)
    assert [p.low.value for p in total] == [0, 6, 12, 18, 24, 30]
    change = path(make_target("x", "-25", "百分点", "change", from_year=2020), quantity("50", "%"))
    assert [p.low.value for p in change] == [50, 45, 40, 35, 30, 25]
    assert path(make_target("x", form="qualitative", words=both("持续提升")), base, 2020) == ()
    assert [p.year for p in path(make_target("x", "150", "亿元"), None)] == [2025]


POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=1000)


@given(POSITIVE, POSITIVE, st.sampled_from(["level", "average-growth", "change"]))
def test_the_end_of_the_path_attains_the_target(start: Fraction, goal: Fraction, form: str) -> None:
    base = Quantity(start, quantity(1, "亿元").unit)
    unit = "%" if form == "average-growth" else "亿元"
    target = make_target("x", "1", unit, form, from_year=2020)
    object.__setattr__(target, "value", Quantity(goal, quantity(1, unit).unit))
    points = path(target, base, 2020)
    assert points[0].low == base
    judged = attainment(target, base, points[-1].low)
    assert judged.state is State.MET
    assert judged.distance is not None
    assert judged.distance.value == 0


@given(POSITIVE, POSITIVE, POSITIVE)
def test_more_is_never_worse_for_a_floor_nor_better_for_a_cap(goal: Fraction, one: Fraction, more: Fraction) -> None:
    unit = quantity(1, "万吨").unit
    low, high = Quantity(one, unit), Quantity(one + more, unit)
    floor = make_target("x", "1", form="floor", comparator=">=")
    cap = make_target("x", "1", form="cap", comparator="<=")
    for target in (floor, cap):
        object.__setattr__(target, "value", Quantity(goal, unit))
    order = [State.NOT_MET, State.MET]
    assert order.index(attainment(floor, None, low).state) <= order.index(attainment(floor, None, high).state)
    assert order.index(attainment(cap, None, low).state) >= order.index(attainment(cap, None, high).state)
