"""One indicator in several documents and areas; leading industries; quotas; yields."""

from __future__ import annotations

import pytest

from oreflow.core.materials import Flow, Process, Role
from oreflow.core.provenance import FindingClass, Mark
from oreflow.core.region import Region
from oreflow.core.targets.leading import check_leading
from oreflow.core.targets.quotas import (
    check_quota_batches,
    check_quota_caps,
    check_quota_groups,
    check_quota_ores,
)
from oreflow.core.targets.scopes import check_figures_inside, check_inside, check_rates_across, check_repeated
from oreflow.core.targets.yields import check_yields
from tests.factories import (
    NO_TEXT,
    both,
    make_area,
    make_coefficient,
    make_figure,
    make_indicator,
    make_library,
    make_material,
    make_quota,
    make_region,
    make_target,
)

from .assertions import only

NESTED = [make_area("province", "province"), make_area("city", "city", "province")]


def test_rates_of_a_zone_and_its_city_are_a_scope_difference() -> None:
    """At least 50 % in 2015 of the zone, 44 % in 2020 of the city (Sichuan guide 25, Panzhihua plan 180)."""
    region = make_region(
        areas=NESTED,
        indicators=[make_indicator("use", "%", additive=False)],
        figures=[
            make_figure("use", "50", "%", area="province", year=2015, comparator=">=", document="guide"),
            make_figure("use", "37", "%", year=2015),
            make_figure("use", "44", "%", year=2020),
        ],
    )
    finding = only(check_rates_across(region), FindingClass.SCOPE)
    for value in ("50%", "37%", "44%"):
        assert value in finding.detail.zh


def test_one_document_may_print_both() -> None:
    region = make_region(
        areas=NESTED,
        indicators=[make_indicator("use", "%", additive=False)],
        figures=[make_figure("use", "50", "%", area="province"), make_figure("use", "44", "%")],
    )
    assert check_rates_across(region) == ()


@pytest.mark.parametrize(
    ("second", "basis", "kind"),
    [
        ("2529", "", FindingClass.HOLDS),
        ("2500", "", FindingClass.CONFLICT),
        ("2500", "capacity", FindingClass.SCOPE),
    ],
)
def test_two_documents_on_one_figure(second: str, basis: str, kind: FindingClass) -> None:
    region = make_region(
        figures=[
            make_figure("conc", "2529", id="one"),
            make_figure("conc", second, id="two", document="other", basis=basis),
        ]
    )
    only(check_repeated(region), kind)


def test_a_target_of_the_province_beside_the_city_s_actual_value() -> None:
    """6 against 2.3: 62 % short if nobody else made any (Sichuan guide 99, Panzhihua plan 204)."""
    region = make_region(
        areas=NESTED,
        figures=[make_figure("sponge", "2.3", basis="output")],
        targets=[make_target("sponge", "6", area="province", year=2020, basis="capacity", document="guide")],
    )
    finding = only(check_inside(region), FindingClass.INFORMATION)
    assert "62%" in finding.detail.zh
    assert "产能" in finding.detail.zh


def test_a_city_beyond_the_cap_of_its_province_is_a_conflict() -> None:
    region = make_region(
        areas=NESTED,
        figures=[make_figure("steel", "3300", basis="capacity")],
        targets=[
            make_target("steel", "3200", form="cap", comparator="<=", area="province", year=2020, basis="capacity")
        ],
    )
    only(check_inside(region), FindingClass.CONFLICT)


def test_figures_of_a_part_and_its_whole() -> None:
    def region(part: str, basis: str) -> Region:
        return make_region(
            areas=NESTED,
            figures=[
                make_figure("steel", "3600", area="province", basis="capacity", document="guide"),
                make_figure("steel", part, basis=basis),
            ],
        )

    only(check_figures_inside(region("529", "output")), FindingClass.SCOPE)
    only(check_figures_inside(region("3700", "capacity")), FindingClass.ERROR)
    assert check_figures_inside(region("529", "capacity")) == ()


@pytest.mark.parametrize(("count", "kind"), [(4, FindingClass.HOLDS), (5, FindingClass.CONFLICT)])
def test_a_park_has_no_more_leading_industries_than_allowed(count: int, kind: FindingClass) -> None:
    park = make_area("park", "park", "city", leading=tuple(both(f"i{n}") for n in range(count)))
    cap = make_target("leading-industries", "4", "个", form="cap", comparator="<=")
    only(check_leading(make_region(areas=[park], targets=[cap])), kind)


def test_batches_add_to_the_year() -> None:
    """2022: 100 800 + 109 200 = 210 000 t; 2023: 240 000 in batches 1 and 2, then 15 000."""
    quotas = [make_quota(2022, b, a) for b, a in (("1", "100800"), ("2", "109200"), ("full", "210000"))]
    only(check_quota_batches(make_region(quotas=quotas)), FindingClass.HOLDS)
    later = [make_quota(2023, b, a) for b, a in (("2", "120000"), ("1+2", "240000"), ("3", "15000"))]
    finding = only(check_quota_batches(make_region(quotas=[*later, make_quota(2023, "full", "255000")])),
                   FindingClass.HOLDS)  # fmt: skip
    assert len(finding.cells) == 3
    only(check_quota_batches(make_region(quotas=[*later, make_quota(2023, "full", "256000")])), FindingClass.ERROR)


def test_a_year_with_a_batch_unpublished_is_not_added() -> None:
    quotas = [make_quota(2024, "1", "135000"), make_quota(2024, "full", "270000")]
    assert check_quota_batches(make_region(quotas=quotas)) == ()


def test_ores_and_groups_of_a_batch() -> None:
    """2018: 19 150 + 100 850 = 120 000 t REO."""
    whole = make_quota(2018, "full", "120000")
    ores = [
        make_quota(2018, "full", "19150", ore_type="ionic"),
        make_quota(2018, "full", "100850", ore_type="rock_light"),
    ]
    only(check_quota_ores(make_region(quotas=[whole, *ores])), FindingClass.HOLDS)
    only(check_quota_ores(make_region(quotas=[whole, ores[0]])), FindingClass.ERROR)
    small = make_quota(2018, "full", "60000", scope="group", holder="甲集团\nA")
    large = make_quota(2018, "full", "70000", scope="group", holder="乙集团\nB")
    only(check_quota_groups(make_region(quotas=[whole, small])), FindingClass.INFORMATION)
    only(check_quota_groups(make_region(quotas=[whole, small, large])), FindingClass.ERROR)


@pytest.mark.parametrize(("amount", "kind"), [("140000", FindingClass.INFORMATION), ("150000", FindingClass.CONFLICT)])
def test_allotments_keep_the_cap_of_the_plan(amount: str, kind: FindingClass) -> None:
    region = make_region(
        areas=[make_area("nation", "nation")],
        targets=[make_target("re-mining", "14", form="cap", comparator="<=", area="nation", year=2020)],
        quotas=[make_quota(2020, "full", amount, mark=Mark.MEMORY)],
    )
    finding = only(check_quota_caps(region), kind)
    assert finding.mark is Mark.MEMORY


def _coking() -> Process:
    gas = Flow("gas", Role.BY_PRODUCT, make_coefficient("380", "300", "430", "m3"))
    return Process("coking", both("炼焦"), "steel", "coke", "t", "", (gas,), {}, (), (), None, NO_TEXT)


@pytest.mark.parametrize(("gas", "kind"), [("20", FindingClass.HOLDS), ("40", FindingClass.INFORMATION)])
def test_gas_per_coke_against_the_library(gas: str, kind: FindingClass) -> None:
    """2 bn m³ of gas and 6 Mt of coke: 333 m³/t (Panzhihua plan, line 861)."""
    region = make_region(
        indicators=[make_indicator("coke", product="coke"), make_indicator("gas", "亿m3", product="gas")],
        targets=[make_target("coke", "600"), make_target("gas", gas, "亿m3")],
        library=make_library(
            materials={"coke": make_material("coke"), "gas": make_material("gas", "m3")},
            processes={"coking": _coking()},
        ),
    )
    finding = only(check_yields(region), kind)
    assert finding.unit == "m³/t"
    assert finding.mark is Mark.ASSUMED
