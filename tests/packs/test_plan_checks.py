"""The checks of the built-in pack against cases worked out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.provenance import Finding, FindingClass
from oreflow.core.region import Region

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
    if verdict == "FLAG target equals base" or verdict.startswith("info"):
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
