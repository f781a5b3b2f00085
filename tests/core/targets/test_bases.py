"""Targets against their bases, changes, and the scope of both."""

from __future__ import annotations

import pytest

from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region
from oreflow.core.targets.bases import check_base_scopes, check_bases, check_changes
from tests.factories import make_figure, make_indicator, make_region, make_target

from .assertions import only


def target_on_base(
    base: str, goal: str, form: str = "level", comparator: str = "=", base_comparator: str = "="
) -> Region:
    return make_region(
        indicators=[make_indicator("use", "%", additive=False)],
        figures=[make_figure("use", base, "%", year=2015, comparator=base_comparator)],
        targets=[make_target("use", goal, "%", form, comparator, year=2020, base="use.city.2015")],
    )


@pytest.mark.parametrize(
    ("base", "goal", "form", "comparator", "kind"),
    [
        ("75", "75", "level", "=", FindingClass.INFORMATION),
        ("30", "30", "floor", ">=", FindingClass.INFORMATION),
        ("35", "30", "floor", ">=", FindingClass.INFORMATION),
        ("50", "60", "level", "=", FindingClass.HOLDS),
        ("57", "30", "level", "=", FindingClass.HOLDS),
        ("36", "32", "cap", "<=", FindingClass.HOLDS),
        ("29", "30", "cap", "<=", FindingClass.HOLDS),
        ("30", "30", "cap", "<=", FindingClass.HOLDS),
    ],
)
def test_a_target_that_is_met_already_is_pointed_out(
    base: str, goal: str, form: str, comparator: str, kind: FindingClass
) -> None:
    """75 % from 75 %, at least 30 % from at least 30 % (Sichuan guide, lines 25 and 103)."""
    only(check_bases(target_on_base(base, goal, form, comparator)), kind)


def test_the_base_of_a_city_is_no_base_of_its_parks() -> None:
    region = make_region(
        figures=[make_figure("conc", "2529", area="city", basis="output")],
        targets=[make_target("conc", "3000", area="parks", basis="output", base="conc.city.2020")],
    )
    finding = only(check_base_scopes(region), FindingClass.SCOPE)
    assert "city" in finding.detail.zh
    assert "parks" in finding.detail.zh


def test_output_is_no_base_of_capacity() -> None:
    region = make_region(
        figures=[make_figure("sponge", "2.3", basis="output")],
        targets=[make_target("sponge", "6", basis="capacity", base="sponge.city.2020")],
    )
    finding = only(check_base_scopes(region), FindingClass.SCOPE)
    assert "产量" in finding.detail.zh
    assert "产能" in finding.detail.zh


def test_the_same_scope_says_nothing() -> None:
    assert check_base_scopes(target_on_base("50", "60")) == ()


def change(base: str, goal: str, printed: str, comparator: str = "=") -> Region:
    return make_region(
        indicators=[make_indicator("use", "%", additive=False)],
        figures=[make_figure("use", base, "%", year=2015)],
        targets=[
            make_target("use", goal, "%", "level", comparator, year=2020, base="use.city.2015"),
            make_target(
                "use", printed, "百分点", "change", comparator, year=2020, from_year=2015, base="use.city.2015"
            ),
        ],
    )


@pytest.mark.parametrize(("base", "goal", "printed"), [("5.8", "12", "6.2"), ("57", "30", "-27"), ("30", "90", "60")])
def test_published_changes_are_target_minus_base(base: str, goal: str, printed: str) -> None:
    """Table 1 of the national rare-earth plan, lines 72-142."""
    only(check_changes(change(base, goal, printed)), FindingClass.HOLDS)


def test_a_wrong_change_is_an_error() -> None:
    finding = only(check_changes(change("57", "30", "-37")), FindingClass.ERROR)
    assert finding.expected == -27
    assert finding.found == -37


def change_of_output(printed: str, step_unit: str, base: str = "40", goal: str = "30") -> Region:
    facts = {"year": 2020, "base": "output.city.2015"}
    return make_region(
        figures=[make_figure("output", base, "万吨", year=2015)],
        targets=[
            make_target("output", goal, "万吨", **facts),
            make_target("output", printed, step_unit, form="change", from_year=2015, **facts),
        ],
    )


@pytest.mark.parametrize(
    ("printed", "step_unit", "kind"),
    [
        ("-10", "万吨", FindingClass.HOLDS),
        ("-100000", "吨", FindingClass.HOLDS),
        ("-100400", "吨", FindingClass.HOLDS),  # within the rounding of both levels
        ("-120000", "吨", FindingClass.ERROR),
        ("-25", "%", FindingClass.HOLDS),
        ("-15", "%", FindingClass.ERROR),
    ],
)
def test_a_change_may_be_printed_in_another_unit(printed: str, step_unit: str, kind: FindingClass) -> None:
    """-100000 吨 is -10 万吨, whose rounding is that of the levels, in 吨."""
    only(check_changes(change_of_output(printed, step_unit)), kind)


def test_a_change_from_nothing_in_per_cent_says_nothing() -> None:
    assert check_changes(change_of_output("5", "%", base="0")) == ()


def test_progress_is_not_measured_across_scopes() -> None:
    """The scope difference is said once; that target and base print the same number is said beside it."""

    def findings(goal: str) -> list[tuple[str, FindingClass]]:
        region = make_region(
            figures=[make_figure("conc", "2529", area="city", basis="output")],
            targets=[make_target("conc", goal, area="parks", basis="output", base="conc.city.2020")],
        )
        return [(f.check, f.kind) for f in (*check_bases(region), *check_base_scopes(region))]

    assert findings("3000") == [("base-scope", FindingClass.SCOPE)]
    assert findings("2529") == [("base", FindingClass.INFORMATION), ("base-scope", FindingClass.SCOPE)]


def test_bounds_of_target_and_change_go_together() -> None:
    """<14 from 10 is [<4] (national rare-earth plan, lines 89-92)."""
    base, facts = "ree.city.2015", {"year": 2020, "base": "ree.city.2015"}
    figures = [make_figure("ree", "10", year=2015)]
    level = make_target("ree", "14", form="cap", comparator="<", **facts)
    for comparator, kind in (("<", FindingClass.HOLDS), ("=", FindingClass.ERROR)):
        step = make_target("ree", "4", form="change", comparator=comparator, from_year=2015, **facts)
        assert step.base == base
        only(check_changes(make_region(figures=figures, targets=[level, step])), kind)
