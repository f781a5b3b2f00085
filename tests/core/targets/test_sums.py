"""Partitions: sums, headlines, caps, rates of wholes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from oreflow.core.provenance import FindingClass, Mark
from oreflow.core.region import Region
from oreflow.core.targets.sums import check_caps, check_means, check_sums
from tests.factories import make_area, make_figure, make_indicator, make_part, make_region, make_target

from .assertions import only

PARKS = ("a", "b", "c")


def table(whole: str, *parts: str, unit: str = "亿元", relation: str = "sum") -> Region:
    """Actual values of parks a, b, … and of their city."""
    names = PARKS[: len(parts)]
    figures = [make_figure("output", v, unit, area=n) for n, v in zip(names, parts, strict=True)]
    return make_region(
        figures=[*figures, make_figure("output", whole, unit)],
        parts=[make_part(n, relation=relation) for n in names],
    )


def plan(whole: str, *parts: str, form: str = "floor", comparator: str = ">=") -> Region:
    """Targets of parks and of their city."""
    names = PARKS[: len(parts)]
    targets = [make_target("output", v, "亿元", area=n) for n, v in zip(names, parts, strict=True)]
    return make_region(
        targets=[*targets, make_target("output", whole, "亿元", form=form, comparator=comparator)],
        parts=[make_part(n) for n in names],
    )


def test_parts_that_add_up_hold() -> None:
    finding = only(check_sums(table("60.58", "16", "14.96", "29.62")), FindingClass.HOLDS)
    assert finding.found == finding.expected == Fraction("60.58")
    assert finding.gap == 0
    assert finding.mark is Mark.PLAN


def test_a_gap_that_rounding_explains_is_no_error() -> None:
    """Table 1-1 of the Panzhihua plan: parts with one decimal, the whole with two (lines 78-85)."""
    region = table("1922.27", "985.5", "636.5", "300.2")
    finding = only(check_sums(region), FindingClass.HOLDS)
    assert "0.07" in finding.detail.zh
    assert "0.155" in finding.detail.zh


def test_the_tolerance_is_half_a_unit_of_each_printed_last_place() -> None:
    only(check_sums(table("10.00", "3.3", "3.3", "3.30")), FindingClass.HOLDS)  # 0.1 off, 0.11 allowed
    only(check_sums(table("10.0", "3.3", "3.3", "3.1")), FindingClass.ERROR)  # 0.3 off, 0.2 allowed


def test_things_counted_one_by_one_have_no_tolerance() -> None:
    finding = only(check_sums(table("349", "66", "62", "220", unit="户")), FindingClass.ERROR)
    assert finding.gap == 1
    only(check_sums(table("349", "66", "62", "221", unit="户")), FindingClass.HOLDS)


def test_units_are_brought_together_before_adding() -> None:
    region = make_region(
        figures=[
            make_figure("output", "1.5", "万吨", area="a"),
            make_figure("output", "6000", "吨", area="b"),
            make_figure("output", "2.1", "万吨"),
        ],
        parts=[make_part("a"), make_part("b")],
    )
    finding = only(check_sums(region), FindingClass.HOLDS)
    assert finding.expected == Fraction("2.1")


def test_a_dash_counted_elsewhere_is_not_missing() -> None:
    figures = [
        make_figure("value-added", "111.41", "亿元", area="a"),
        make_figure("value-added", "", "亿元", area="b", included_in="a"),
        make_figure("value-added", "111.41", "亿元"),
    ]
    parts = [make_part(a, "value-added", whole_indicator="value-added") for a in ("a", "b")]
    finding = only(check_sums(make_region(figures=figures, parts=parts)), FindingClass.HOLDS)
    assert "“—”" in finding.detail.zh


def test_a_dash_without_a_place_leaves_the_sum_unchecked() -> None:
    figures = [
        make_figure("output", "5", "亿元", area="a"),
        make_figure("output", "", "亿元", area="b"),
        make_figure("output", "9", "亿元"),
    ]
    region = make_region(figures=figures, parts=[make_part("a"), make_part("b")])
    finding = only(check_sums(region), FindingClass.INFORMATION)
    assert "缺少b" in finding.title.zh


def test_parts_above_a_floor_overshoot_and_below_it_conflict() -> None:
    """Six parks of 2650 in all under a headline of at least 2500 (Panzhihua plan, lines 691-1327)."""
    over = only(check_sums(plan("2500", "900", "1000", "750")), FindingClass.OVERSHOOT)
    assert over.expected == 2650
    assert over.gap == -150
    assert "150" in over.title.zh
    only(check_sums(plan("2500", "900", "1000", "600")), FindingClass.HOLDS)
    under = only(check_sums(plan("2500", "900", "1000", "500")), FindingClass.CONFLICT)
    assert "100" in under.title.zh


def test_level_targets_that_do_not_add_up_are_a_conflict() -> None:
    only(check_sums(plan("1100", "100", "300", "600", form="level", comparator="=")), FindingClass.CONFLICT)
    only(check_sums(plan("1100", "100", "300", "700", form="level", comparator="=")), FindingClass.HOLDS)


def test_parts_below_a_cap_hold_and_above_it_conflict() -> None:
    only(check_sums(plan("10", "3", "4", form="cap", comparator="<=")), FindingClass.INFORMATION)
    only(check_sums(plan("10", "6", "6", form="cap", comparator="<=")), FindingClass.CONFLICT)


def test_a_province_stays_inside_the_nation() -> None:
    """5 of 14 (Sichuan guide line 99, national plan line 151)."""
    targets = [
        make_target("mining", "5", form="cap", comparator="<=", area="province", year=2020, document="guide"),
        make_target("mining", "14", form="cap", comparator="<=", area="nation", year=2020, document="nation"),
    ]
    parts = [make_part("province", "mining", "nation", "mining", "cap")]
    finding = only(check_caps(make_region(targets=targets, parts=parts)), FindingClass.INFORMATION)
    assert "35.7%" in finding.title.zh
    assert {s.document for s in finding.sources} == {"guide", "nation"}


def test_a_part_beyond_its_whole_is_an_error_of_figures_and_a_conflict_of_targets() -> None:
    only(check_caps(table("8", "5", "6", relation="cap")), FindingClass.ERROR)
    targets = [
        make_target("mining", "15", form="cap", comparator="<=", area="province"),
        make_target("mining", "14", form="cap", comparator="<=", area="nation"),
    ]
    parts = [make_part("province", "mining", "nation", "mining", "cap")]
    only(check_caps(make_region(targets=targets, parts=parts)), FindingClass.CONFLICT)


def test_a_cap_that_equals_a_strict_one_is_not_inside_it() -> None:
    targets = [
        make_target("mining", "14", form="cap", comparator="<=", area="province"),
        make_target("mining", "14", form="cap", comparator="<", area="nation"),
    ]
    parts = [make_part("province", "mining", "nation", "mining", "cap")]
    only(check_caps(make_region(targets=targets, parts=parts)), FindingClass.CONFLICT)


def test_capacity_and_output_are_not_added() -> None:
    figures = [
        make_figure("steel", "5", area="a", basis="capacity"),
        make_figure("steel", "4", area="b", basis="output"),
        make_figure("steel", "9", basis="output"),
    ]
    parts = [make_part(a, "steel", whole_indicator="steel") for a in ("a", "b")]
    finding = only(check_sums(make_region(figures=figures, parts=parts)), FindingClass.SCOPE)
    assert "产能" in finding.detail.zh


@pytest.mark.parametrize(
    ("whole", "kind"), [("94", FindingClass.HOLDS), ("98", FindingClass.CONFLICT), ("92", FindingClass.HOLDS)]
)
def test_a_rate_lies_between_the_rates_of_its_parts(whole: str, kind: FindingClass) -> None:
    rates = [make_indicator(i, "%", additive=False) for i in ("all", "light", "heavy")]
    region = make_region(
        indicators=rates,
        figures=[make_figure("light", "92", "%"), make_figure("heavy", "96", "%"), make_figure("all", whole, "%")],
        parts=[make_part(part_indicator=i, whole_indicator="all") for i in ("light", "heavy")],
    )
    assert check_sums(region) == ()
    only(check_means(region), kind)


def test_rates_of_different_areas_are_a_scope_difference() -> None:
    rates = [make_indicator(i, "%", additive=False) for i in ("all", "light", "heavy")]
    region = make_region(
        areas=[make_area("nation", "nation")],
        indicators=rates,
        targets=[
            make_target("all", "94", "%", form="floor", comparator=">"),
            make_target("light", "92", "%", area="nation"),
            make_target("heavy", "96", "%", area="nation"),
        ],
        parts=[make_part("nation", i, whole_indicator="all") for i in ("light", "heavy")],
    )
    finding = only(check_means(region), FindingClass.SCOPE)
    assert "注明口径" in finding.detail.zh


def test_the_sum_of_shares_is_no_check_of_its_own() -> None:
    figures = [
        make_figure("output-share", "51.3", "%", area="a", of="output.city.2020"),
        make_figure("output-share", "48.7", "%", area="b", of="output.city.2020"),
        make_figure("output-share", "100", "%", of="output.city.2020"),
        make_figure("output", "7", "亿元"),
    ]
    parts = [make_part(a, "output-share", whole_indicator="output-share") for a in ("a", "b")]
    only(check_sums(make_region(figures=figures, parts=parts)), FindingClass.INFORMATION)
