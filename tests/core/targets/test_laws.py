"""Laws of the checks: printing alone never raises an alarm, a planted error is always found."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from oreflow.core.provenance import FindingClass
from oreflow.core.quantity import format_number
from oreflow.core.region import Region
from oreflow.core.targets import RULES, check
from oreflow.core.targets.growth import check_growth
from oreflow.core.targets.partitions import additions
from oreflow.core.targets.sums import check_sums
from tests.factories import make_figure, make_part, make_region

from .assertions import alarms

VALUES = st.fractions(min_value=Fraction(1), max_value=10**5, max_denominator=10**6)
PLACES = st.integers(min_value=0, max_value=3)


def shown(value: Fraction, places: int) -> str:
    return format_number(value, places, grouping=False)


@st.composite
def tables(draw: st.DrawFn) -> Region:
    """Exact parts, their sum, shares and growth, each rounded for print to places of its own."""
    parts = draw(st.lists(VALUES, min_size=2, max_size=8))
    total, places = sum(parts, Fraction(0)), PLACES.filter(lambda p: p > 0)
    figures, lines = [], []
    before = draw(VALUES)
    for number, value in enumerate(parts):
        area = f"a{number}"
        figures.append(make_figure("output", shown(value, draw(places)), "亿元", area=area))
        share = shown(value / total * 100, draw(PLACES))
        figures.append(make_figure("output-share", share, "%", area=area, of="output.city.2020"))
        lines += [make_part(area), make_part(area, "output-share", whole_indicator="output-share")]
    figures += [
        make_figure("output", shown(total, draw(PLACES)), "亿元"),
        make_figure("output-share", "100", "%", of="output.city.2020"),
        make_figure("output", shown(before, draw(places)), "亿元", year=2015),
        make_figure("output-growth", shown((total / before - 1) * 100, draw(PLACES)), "%", since=2015),
    ]
    return make_region(figures=figures, parts=lines)


@given(tables())
def test_consistent_tables_raise_no_alarm(region: Region) -> None:
    assert alarms(check(region)) == []


@given(tables(), st.integers(min_value=0, max_value=7), st.booleans(), PLACES.map(lambda p: Fraction(1, 10**p)))
def test_an_error_beyond_rounding_is_always_found(region: Region, at: int, up: bool, more: Fraction) -> None:
    """One part is changed by more than twice what rounding allows: the sum must not hold any more."""
    addition = next(a for a in additions(region, "sum") if a.whole.indicator == "output")
    part = addition.parts[at % len(addition.parts)]
    error = 2 * addition.tolerance + more
    value = part.amount("亿元") + (error if up else -error)
    assume(value > 0)
    figure = region.figures[part.id]
    planted = make_figure("output", shown(value, 6), "亿元", area=part.area)
    broken = replace(region, figures={**region.figures, figure.id: replace(planted, places=figure.places)})
    sums = [f for f in check_sums(broken) if f.cells[0] == addition.whole.id]
    assert [f.kind for f in sums] == [FindingClass.ERROR]


@given(VALUES, VALUES, st.booleans())
def test_a_growth_beyond_rounding_is_always_found(first: Fraction, last: Fraction, up: bool) -> None:
    start, end = Fraction(shown(first, 2)), Fraction(shown(last, 2))
    half = Fraction(1, 200)
    low, high = (end - half) / (start + half) - 1, (end + half) / (start - half) - 1
    rate = (high if up else low) * 100 + (1 if up else -1) * Fraction(11, 100)
    rate += Fraction(1, 10) if up else Fraction(-1, 10)
    region = make_region(
        figures=[
            make_figure("output", shown(first, 2), "亿元", year=2015),
            make_figure("output", shown(last, 2), "亿元"),
            make_figure("output-growth", shown(rate, 1), "%", since=2015),
        ]
    )
    assert [f.kind for f in check_growth(region)] == [FindingClass.ERROR]


@given(tables(), st.integers())
def test_the_order_of_rows_does_not_matter(region: Region, seed: int) -> None:
    shuffled = random.Random(seed)  # noqa: S311 - shuffles test rows
    figures, parts = list(region.figures.items()), list(region.parts)
    shuffled.shuffle(figures)
    shuffled.shuffle(parts)
    assert check(replace(region, figures=dict(figures), parts=tuple(parts))) == check(region)


def test_every_rule_stands_alone() -> None:
    empty = make_region()
    assert all(rule(empty) == () for rule in RULES.values())
