"""Growth rates recomputed from levels; average growth against levels."""

from __future__ import annotations

from fractions import Fraction

import pytest

from oreflow.core.provenance import FindingClass
from oreflow.core.quantity import quantity
from oreflow.core.region import Region
from oreflow.core.targets import Agreement, agreement, check
from oreflow.core.targets.averages import check_average_growth, compound
from oreflow.core.targets.growth import check_constant_prices, check_growth
from oreflow.core.targets.numbers import Range, around
from tests.factories import make_figure, make_indicator, make_region, make_target

from .assertions import only


def levels(first: str, last: str, rate: str, unit: str = "万吨", prices: str = "") -> Region:
    return make_region(
        indicators=[make_indicator("sponge-growth", "%", prices=prices)],
        figures=[
            make_figure("sponge", first, unit, year=2015, basis="output"),
            make_figure("sponge", last, unit, year=2020, basis="output"),
            make_figure("sponge-growth", rate, "%", year=2020, since=2015),
        ],
    )


def test_a_wrong_growth_is_an_error_with_the_recomputed_value() -> None:
    """0.9 to 2.3 printed as 200 % (Panzhihua plan, line 204)."""
    finding = only(check_growth(levels("0.9", "2.3", "200")), FindingClass.ERROR)
    assert finding.found == 200
    assert finding.expected == Fraction(1400, 9)
    assert finding.title.zh == "sponge产量 2015—2020 年增长率印为 200%，按 0.9→2.3 万吨应为 155.6%。"
    assert "44.4" in finding.detail.zh
    assert "155.6%" in finding.title.en
    assert len(finding.cells) == 3


@pytest.mark.parametrize(
    ("first", "last", "rate"),
    [
        ("9045", "8782", "-2.9"),
        ("1165", "2529", "117.1"),
        ("564", "641", "13.6"),  # 13.65: within the rounding of the levels, cut off in print
        ("17487", "337756", "1831.5"),
        ("176", "228", "29.5"),
    ],
)
def test_published_growth_rates_hold(first: str, last: str, rate: str) -> None:
    """Table 1-3 of the Panzhihua plan, lines 190-212."""
    only(check_growth(levels(first, last, rate)), FindingClass.HOLDS)


def test_growth_at_constant_prices_is_not_recomputed() -> None:
    finding = only(check_growth(levels("100", "200", "7.5", "亿元", "constant")), FindingClass.INFORMATION)
    assert "可比价格" in finding.title.zh


def test_growth_without_both_levels_says_nothing() -> None:
    region = make_region(figures=[make_figure("x-growth", "5", "%", since=2015), make_figure("x", "3")])
    assert check_growth(region) == ()


def test_growth_from_nothing_cannot_be_recomputed() -> None:
    finding = only(check_growth(levels("0", "2.3", "200")), FindingClass.INFORMATION)
    assert finding.code == "growth.sponge-growth.city.2020"
    assert "无法重算" in finding.title.zh
    assert "its base is zero" in finding.title.en
    assert len(finding.cells) == 3


def test_targets_at_constant_prices_are_stated_as_such() -> None:
    region = make_region(
        indicators=[make_indicator("value-added-growth", "%", prices="constant")],
        targets=[make_target("value-added-growth", "7.5", "%", form="average-growth", from_year=2020)],
    )
    only(check_constant_prices(region), FindingClass.INFORMATION)
    assert [f.check for f in check(region)] == ["constant-prices"]


def test_compound_growth_is_exact() -> None:
    assert compound(quantity(100, "亿元"), quantity(10, "%"), 5).value == Fraction("161.051")


def growth_and_level(rate: str, level: str, form: str = "floor", comparator: str = ">=") -> Region:
    return make_region(
        figures=[make_figure("revenue", "100.0", "亿元")],
        targets=[
            make_target(
                "revenue", rate, "%", form="average-growth", from_year=2020, base="revenue.city.2020", id="growth"
            ),
            make_target("revenue", level, "亿元", form=form, comparator=comparator, id="level"),
        ],
    )


@pytest.mark.parametrize(
    ("level", "form", "comparator", "kind"),
    [
        ("161", "floor", ">=", FindingClass.HOLDS),
        ("180", "floor", ">=", FindingClass.CONFLICT),
        ("120", "floor", ">=", FindingClass.OVERSHOOT),
        ("180", "level", "=", FindingClass.CONFLICT),
        ("120", "cap", "<=", FindingClass.CONFLICT),
        ("180", "cap", "<=", FindingClass.HOLDS),
    ],
)
def test_average_growth_against_a_level(level: str, form: str, comparator: str, kind: FindingClass) -> None:
    """100 growing by 10 % a year for five years is 161."""
    only(check_average_growth(growth_and_level("10.0", level, form, comparator)), kind)


def test_average_growth_alone_says_what_it_makes() -> None:
    """155.6 growing by 4 % a year is 189.3 (Panzhihua plan, lines 319 and 712)."""
    region = make_region(
        figures=[make_figure("revenue-per-mu", "155.6", "万元/亩")],
        targets=[
            make_target(
                "revenue-per-mu", "4", "%", form="average-growth", from_year=2020, base="revenue-per-mu.city.2020"
            )
        ],
    )
    finding = only(check_average_growth(region), FindingClass.INFORMATION)
    assert "189.3" in finding.title.zh


def test_agreement_tells_rounding_from_cutting_off_from_error() -> None:
    half = Fraction(1, 20)
    exact = Fraction(11141, 47906) * 100  # 23.256, printed 23.2 (Panzhihua plan, line 80)
    possible = around(exact, Fraction(1, 1000))
    assert agreement(Fraction("23.3"), exact, possible, half) is Agreement.ROUNDED
    assert agreement(Fraction("23.2"), exact, possible, half) is Agreement.TRUNCATED
    assert agreement(Fraction("23.1"), exact, possible, half) is Agreement.NO
    assert agreement(Fraction("23.4"), exact, possible, half) is Agreement.NO
    assert agreement(Fraction(25), Fraction(25), Range(Fraction(25), Fraction(25)), half) is Agreement.EXACT
