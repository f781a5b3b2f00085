"""The checks of the built-in pack against cases worked out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.core.provenance import Finding, FindingClass
from oreflow.core.quantity import Quantity
from oreflow.core.region import Region
from oreflow.core.targets import check

from .plan_checks import EXPECTED, NOT_FIGURES

PLANS = ("panzhihua-parks-2021", "sichuan-vti-re-guide-2016", "national-rare-earth-plan-2016")


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_each_case_gets_its_class(case: str, findings: Mapping[str, Finding]) -> None:
    code, kind, value = EXPECTED[case]
    finding = findings[code]
    assert finding.kind is kind, finding.title.zh
    if value:
        assert finding.expected is not None
        places = -int(Decimal(value).as_tuple().exponent)
        assert abs(finding.expected - Fraction(value)) <= Fraction(1, 2 * 10**places)


def test_only_the_known_error_and_overshoot_are_raised(findings: Mapping[str, Finding]) -> None:
    raised = {f.code: f.kind for f in findings.values() if f.kind.fails or f.kind is FindingClass.OVERSHOOT}
    assert raised == {
        "growth.sponge-growth.panzhihua.2020": FindingClass.ERROR,
        "headline.parks.output.panzhihua-parks.2025": FindingClass.OVERSHOOT,
    }


def test_findings_name_cells_that_exist_and_speak_both_languages(
    panxi: Region, findings: Mapping[str, Finding]
) -> None:
    known = {*panxi.figures, *panxi.targets}
    for finding in findings.values():
        for cell in finding.cells:
            assert cell in known or cell.startswith("quota."), finding.code
        for text in (finding.title, finding.detail):
            assert re.search("[\u4e00-\u9fff]", text.zh), finding.code
            assert text.zh.endswith("。"), text.zh
            assert text.en.endswith("."), text.en
            assert not re.search("[\u4e00-\u9fff]", text.en), text.en
            assert "  " not in text.zh + text.en
            assert text.en[0].isupper() or text.en[0].isdigit() or text.en[0] in "-[<", text.en


def test_codes_are_unique(findings: Mapping[str, Finding], all_findings: tuple[Finding, ...]) -> None:
    assert len(findings) == len(all_findings)


def test_every_hand_worked_case_of_these_plans_is_covered(shared: Path, findings: Mapping[str, Finding]) -> None:
    cases = json.loads((shared / "facts" / "plan_checks.json").read_text(encoding="utf-8"))
    ours = {c["id"]: c for c in cases if any(plan in PLANS for plan in c["plan"].split(" / "))}
    assert set(ours) == {*EXPECTED, *NOT_FIGURES}
    for case, (code, kind, _) in EXPECTED.items():
        assert kind in _allowed(ours[case]["verdict"]), case
        assert findings[code].kind is kind


def _allowed(verdict: str) -> tuple[FindingClass, ...]:
    """The classes that a hand-worked verdict allows."""
    if verdict == "ERROR":
        return (FindingClass.ERROR,)
    if verdict.startswith("OVERSHOOT"):
        return (FindingClass.OVERSHOOT,)
    if verdict in ("CONFLICT or scope", "FLAG basis must be stated"):
        return (FindingClass.SCOPE,)
    if verdict in ("FLAG target equals base", "FLAG duplicate") or verdict.startswith("info"):
        return (FindingClass.INFORMATION,)
    if verdict in ("plausible", "use for calibration"):
        return (FindingClass.HOLDS, FindingClass.INFORMATION)
    assert verdict.startswith(("ok", "rounding")), verdict
    return (FindingClass.HOLDS,)


def test_the_hand_worked_numbers_are_found(shared: Path, findings: Mapping[str, Finding]) -> None:
    cases = json.loads((shared / "facts" / "plan_checks.json").read_text(encoding="utf-8"))
    compared = 0
    for case in cases:
        expected = EXPECTED.get(case["id"])
        if expected is None or not expected[2] or not isinstance(case["computed"], int | float):
            continue
        if case["id"] == "X20":  # the case gives the share, the finding both amounts
            found, total = findings[expected[0]].expected, findings[expected[0]].found
            assert found is not None
            assert total is not None
            assert round(found / total * 100, 1) == Fraction(str(case["computed"]))
            continue
        printed = str(case["computed"])
        value = findings[expected[0]].expected
        assert value is not None
        places = len(printed.partition(".")[2])
        assert abs(value - Fraction(printed)) <= Fraction(1, 10**places), case["id"]
        compared += 1
    assert compared > 25


@pytest.mark.parametrize(
    ("code", "ratio"),
    [
        ("yield.coke-gas.panzhihua-parks.2025.coke", "333"),  # m³ per t
        ("yield.tar-products.panzhihua-parks.2025.coke", "0.05"),
        ("yield.vtm-ore.panzhihua.2020.iron-conc", "3.47"),
        ("yield.vtm-ore.panzhihua.2020.ti-conc", "17.2"),
    ],
)
def test_printed_amounts_of_linked_products_are_plausible(
    code: str, ratio: str, findings: Mapping[str, Finding]
) -> None:
    """Panzhihua plan, lines 190-194 and 861."""
    finding = findings[code]
    assert finding.kind in (FindingClass.HOLDS, FindingClass.INFORMATION)
    assert finding.found is not None
    assert round(finding.found, len(ratio.partition(".")[2])) == Fraction(ratio)


def zeroed(region: Region, names: set[str]) -> Region:
    """The region with these figures, targets and allotments (by position) printed as 0."""

    def nothing(amount: Quantity | None) -> Quantity | None:
        return None if amount is None else Quantity(Fraction(0), amount.unit, amount.basis)

    figures = {k: replace(f, value=nothing(f.value)) if k in names else f for k, f in region.figures.items()}
    targets = {
        k: replace(t, value=nothing(t.value), upper=nothing(t.upper)) if k in names else t
        for k, t in region.targets.items()
    }
    quotas = tuple(
        replace(q, amount=Quantity(Fraction(0), q.amount.unit, q.amount.basis)) if f"quota{i}" in names else q
        for i, q in enumerate(region.quotas)
    )
    return replace(region, figures=figures, targets=targets, quotas=quotas)


def names_of(region: Region) -> list[str]:
    return [*region.figures, *region.targets, *(f"quota{i}" for i in range(len(region.quotas)))]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_zeros_anywhere_never_end_in_anything_but_findings(panxi: Region, data: st.DataObject) -> None:
    names = names_of(panxi)
    chosen = data.draw(st.sets(st.sampled_from(names), max_size=len(names)))
    assert len(check(zeroed(panxi, chosen))) > 50


def test_everything_printed_as_zero_is_still_checked(panxi: Region) -> None:
    assert check(zeroed(panxi, set(names_of(panxi))))


def test_growth_from_a_base_of_zero_is_pointed_out(panxi: Region) -> None:
    """Figure sponge.panzhihua.2015 set to 0."""
    found = {f.code: f for f in check(zeroed(panxi, {"sponge.panzhihua.2015"}))}
    assert found["growth.sponge-growth.panzhihua.2020"].kind is FindingClass.INFORMATION


def test_a_pair_of_other_scopes_is_measured_only_where_it_stands_still(findings: Mapping[str, Finding]) -> None:
    apart = {f.cells for f in findings.values() if f.check == "base-scope"}
    both = {f.code for f in findings.values() if f.check == "base" and f.cells in apart}
    assert both == {"base.utilisation-fe.sichuan.2020", "base.tailings-recovery.sichuan.2020"}


def test_a_firm_named_twice_is_shown_in_both_spellings(findings: Mapping[str, Finding]) -> None:
    """Eleven core rare-earth firms, ten of them different (Sichuan guide, line 183)."""
    finding = findings["duplicates.core-firms.re.sichuan.sichuan-vti-re-guide-2016"]
    assert (finding.found, finding.expected, finding.unit) == (11, 10, "家")
    assert "“德昌志能”" in finding.title.zh
    assert "“德昌志能稀土”" in finding.title.zh
    assert "“Dechang Zhineng”" in finding.title.en
    others = [f for f in findings.values() if f.check == "duplicates" and f.code != finding.code]
    assert [f.kind for f in others] == [FindingClass.HOLDS] * 5


def test_listed_firms_stand_in_their_line_and_as_many_as_printed(shared: Path, panxi: Region) -> None:
    for member in panxi.members:
        lines = (shared / "plans" / f"{member.source.document}.txt").read_text(encoding="utf-8").split("\n")
        assert member.name.zh in lines[int(member.source.lines) - 1]
    for target in panxi.targets.values():
        listed = [m for m in panxi.members if (m.indicator, m.area) == (target.indicator, target.area)]
        assert not listed or target.value is None or len(listed) == target.value.value
