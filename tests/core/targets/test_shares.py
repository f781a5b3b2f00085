"""Shares recomputed, totals implied by shares, per-land figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from oreflow.core.provenance import FindingClass
from oreflow.core.region import Figure, Region
from oreflow.core.targets.shares import check_implied_totals, check_per_land, check_shares
from tests.factories import make_figure, make_region

from .assertions import only


def shares(part: str, whole: str, printed: str, unit: str = "亿元") -> Region:
    return make_region(
        figures=[
            make_figure("output", part, unit, area="park"),
            make_figure("output", whole, unit),
            make_figure("output-share", printed, "%", area="park", of="output.city.2020"),
        ]
    )


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [("985.5", "1922.27", "51.3"), ("158.5", "1922.27", "8.2"), ("186.83", "479.06", "39.0"), ("273", "349", "78.2")],
)
def test_published_shares_hold(part: str, whole: str, printed: str) -> None:
    """Panzhihua plan, lines 78-85 and 233."""
    only(check_shares(shares(part, whole, printed)), FindingClass.HOLDS)


def test_a_share_adjusted_to_close_the_column_is_no_error() -> None:
    """111.41 of 479.06 is 23.26, printed 23.2 (Panzhihua plan, line 80)."""
    finding = only(check_shares(shares("111.41", "479.06", "23.2")), FindingClass.HOLDS)
    assert "100%" in finding.detail.zh


def test_a_wrong_share_is_an_error() -> None:
    finding = only(check_shares(shares("111.41", "479.06", "25.3")), FindingClass.ERROR)
    assert "23.26%" in finding.title.zh
    assert finding.expected == Fraction(11141, 479_06) * 100


def routes(*pairs: tuple[str, str]) -> Region:
    figures: list[Figure] = [make_figure("output", "", "亿元")]
    for number, (part, share) in enumerate(pairs):
        figures.append(make_figure(f"output.i{number}", part, "亿元"))
        figures.append(make_figure(f"output.i{number}-share", share, "%", of="output.city.2020"))
    return make_region(figures=figures)


def test_two_shares_that_imply_the_same_total_hold() -> None:
    """1633 is 90.2 %, 1495.42 is 82.6 % of the city (Panzhihua plan, lines 163 and 235)."""
    finding = only(check_implied_totals(routes(("1633", "90.2"), ("1495.42", "82.6"))), FindingClass.HOLDS)
    assert finding.expected is not None
    assert round(finding.expected, 1) == Fraction("1810.4")


def test_two_shares_that_imply_other_totals_conflict() -> None:
    only(check_implied_totals(routes(("1633", "90.2"), ("1495.42", "80.6"))), FindingClass.CONFLICT)


def test_one_share_alone_implies_a_total_as_information() -> None:
    finding = only(check_implied_totals(routes(("479.06", "46.03"))), FindingClass.INFORMATION)
    assert finding.expected is not None
    assert round(finding.expected, 2) == Fraction("1040.76")


def per_mu(indicator: str, value: str, *others: Figure) -> Region:
    return make_region(
        figures=[
            make_figure(indicator, value, "万元/亩", of="land.city.2020"),
            make_figure("land", "60.58", "km2"),
            *others,
        ]
    )


def test_a_per_mu_figure_implies_a_total() -> None:
    """3.8 万元 a mu on 60.58 km² is 34.53 亿元 (Panzhihua plan, lines 231 and 321)."""
    finding = only(check_per_land(per_mu("tax-per-mu", "3.8")), FindingClass.INFORMATION)
    assert finding.expected is not None
    assert finding.expected == Fraction("3.8") * 90870 / 10_000
    assert finding.unit == "亿元"
    assert "90870 亩" in finding.detail.zh


def test_output_is_no_revenue() -> None:
    """1633 亿元 on the same land is 179.7 a mu, printed 155.6 of revenue (Panzhihua plan, line 319)."""
    region = per_mu("revenue-per-mu", "155.6", make_figure("output", "1633", "亿元"))
    finding = only(check_per_land(region), FindingClass.INFORMATION)
    assert finding.expected is not None
    assert round(finding.expected, 1) == Fraction("179.7")


@pytest.mark.parametrize(("total", "kind"), [("1413.9", FindingClass.HOLDS), ("1633", FindingClass.ERROR)])
def test_a_per_mu_figure_is_recomputed_from_its_own_total(total: str, kind: FindingClass) -> None:
    only(check_per_land(per_mu("revenue-per-mu", "155.6", make_figure("revenue", total, "亿元"))), kind)


def test_a_share_of_nothing_cannot_be_recomputed() -> None:
    finding = only(check_shares(shares("5", "0", "25.3")), FindingClass.INFORMATION)
    assert "无法重算" in finding.title.zh
    assert "base is zero" in finding.title.en


def test_a_total_does_not_follow_from_a_share_of_nought() -> None:
    only(check_implied_totals(routes(("5", "0"))), FindingClass.INFORMATION)
    finding = only(check_implied_totals(routes(("1633", "90.2"), ("3", "0"))), FindingClass.INFORMATION)
    assert finding.expected is not None
    assert round(finding.expected, 1) == Fraction("1810.4")


def test_nothing_is_per_land_of_nothing() -> None:
    region = make_region(
        figures=[
            make_figure("revenue-per-mu", "155.6", "万元/亩", of="land.city.2020"),
            make_figure("land", "0", "km2"),
            make_figure("revenue", "1413.9", "亿元"),
        ]
    )
    only(check_per_land(region), FindingClass.INFORMATION)
