"""Two documents against each other (row A04)."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.provenance import FindingClass
from oreflow.core.reading import read
from oreflow.core.reading.checks import ConformityMatrix, Relation, compare_documents

from .planted_pairs import DOWN, PAIRS, SIBLINGS, UP, PlantedPair


def compared(upper: str, lower: str) -> ConformityMatrix:
    return compare_documents(read(upper, doc="upper"), read(lower, doc="lower"), upper, lower)


@pytest.mark.parametrize("case", [*PAIRS, *SIBLINGS], ids=lambda c: c.name)
def test_planted_pairs(case: PlantedPair) -> None:
    left = [p for p in compared(case.upper, case.lower).pairs if p.matter == "figure"]
    for relation, words in case.relations:
        match = next((p for p in left if p.relation.value == relation and words in p.subject), None)
        assert match is not None, (relation, words, [p.title.zh for p in left])
        left.remove(match)
    assert not [p.title.zh for p in left if p.relation is Relation.CONFLICTS]
    if case.only:
        assert [p.title.zh for p in left if p.relation is not Relation.SILENT] == []


@pytest.mark.parametrize("case", [*PAIRS, *SIBLINGS], ids=lambda c: c.name)
def test_pairs_stand_on_characters(case: PlantedPair) -> None:
    matrix = compared(case.upper, case.lower)
    assert len(matrix.findings) == len(matrix.pairs) == sum(matrix.counts.values())
    for pair in matrix.pairs:
        for anchor, text in ((pair.upper, case.upper), (pair.lower, case.lower)):
            if anchor is not None:
                assert "".join(anchor.quote.split()) == "".join(text[anchor.start : anchor.end].split())
        assert (pair.upper is None or pair.lower is None) == (pair.relation is Relation.SILENT)


def test_gap_and_share_of_a_nested_cap() -> None:
    matrix = compared(UP + "到2025年，稀土矿开采量不超过2万吨。", DOWN + "到2025年，稀土矿开采量控制在8000吨以内。")
    (pair,) = [p for p in matrix.pairs if p.relation is Relation.NESTED]
    assert (pair.gap, pair.unit, pair.share) == (-12000, "吨", Fraction(2, 5))
    assert not matrix.fails


def test_a_conflict_fails_and_is_a_finding() -> None:
    matrix = compared(UP + "到2025年，电解铝产能控制在300万吨以内。", DOWN + "到2025年，电解铝产能控制在360万吨以内。")
    assert matrix.fails
    (finding,) = [f for f in matrix.findings if f.kind is FindingClass.CONFLICT]
    assert finding.gap == 60
    assert [a.document for a in finding.anchors] == ["lower", "upper"]
    assert "超出" in finding.title.zh
    assert "exceeds" in finding.title.en


def test_what_is_not_compared_has_no_gap() -> None:
    for case in PAIRS:
        for pair in compared(case.upper, case.lower).pairs:
            if pair.relation in (Relation.BASIS, Relation.SILENT):
                assert pair.gap is None
            assert pair.relation.text.zh
            assert pair.relation.text.en


def test_an_entry_limit_binds_the_lower_plan() -> None:
    upper = "示例行业规范条件\n一、资源利用\n磷石膏综合利用率不低于50%。"
    matrix = compared(upper, DOWN + "到2025年，磷石膏综合利用率达到40%。")
    assert [p.relation for p in matrix.pairs if p.matter == "figure"] == [Relation.CONFLICTS]


def test_a_fact_against_the_aim_of_that_year() -> None:
    upper = "示例市“十三五”工业发展规划\n（2016—2020年）\n一、目标\n到2020年，铝灰综合利用率达到60%。"
    lower = "示例市“十四五”工业发展规划\n（2021—2025年）\n一、发展基础\n2020年，铝灰综合利用率52%。"
    (pair,) = [p for p in compared(upper, lower).pairs if p.relation is Relation.SCOPE]
    assert "目标与实际不同" in pair.title.zh
    reached = compared(upper, lower.replace("52%", "63%")).pairs
    assert [p.relation for p in reached if p.matter == "figure" and p.lower] == [Relation.SCOPE]
    reached = compared(upper.replace("60%", "60%以上"), lower.replace("52%", "63%")).pairs
    assert [p.relation for p in reached if p.matter == "figure" and p.lower] == [Relation.SUPPORTS]


def test_tasks_and_chains() -> None:
    upper = (
        "示例省“十四五”锂电产业发展规划\n一、重点任务\n（一）加强锂矿资源勘查\n加大勘查投入。\n（二）推进废旧电池回收利用\n"
        "建立网络。\n（三）发展固态电解质\n组织攻关。\n做强“锂辉石—碳酸锂—磷酸铁锂—动力电池”产业链，培育“萤石—氢氟酸—六氟磷酸锂”产业链。\n"
    )
    lower = (
        "示例市“十四五”锂电产业发展规划\n一、重点任务\n（一）开展锂矿资源勘查\n增储上产。\n（二）打造示范园区\n"
        "支持废旧电池回收网点建设。形成“碳酸锂—磷酸铁锂—储能电池”产业链。\n"
    )
    matrix = compared(upper, lower)
    tasks = {p.subject: p.relation for p in matrix.pairs if p.matter == "task"}
    assert tasks["加强锂矿资源勘查"] is Relation.SUPPORTS
    assert tasks["推进废旧电池回收利用"] is Relation.SUPPORTS
    assert tasks["发展固态电解质"] is Relation.SILENT
    chains = {p.subject.split("—")[0]: p.relation for p in matrix.pairs if p.matter == "chain"}
    assert chains == {"锂辉石": Relation.SUPPORTS, "萤石": Relation.SILENT}


def test_many_figures_take_linear_time() -> None:
    upper, lower = (
        head + "".join(f"到2025年，示例{k}号矿石产能达到{k + 1}万吨。\n" for k in range(3000)) for head in (UP, DOWN)
    )
    readings = read(upper, doc="u"), read(lower, doc="l")
    start = time.process_time()
    matrix = compare_documents(*readings, upper, lower)
    assert time.process_time() - start < 8
    assert matrix.counts[Relation.CONFLICTS] == 0


@pytest.fixture(scope="module")
def plans(shared: Path) -> dict[str, str]:
    return {p.stem: p.read_text(encoding="utf-8") for p in (shared / "plans").glob("*.txt")}


def of(plans: dict[str, str], upper: str, lower: str) -> ConformityMatrix:
    return compare_documents(read(plans[upper], doc=upper), read(plans[lower], doc=lower), plans[upper], plans[lower])


def test_sichuan_inside_the_nation(plans: dict[str, str]) -> None:
    matrix = of(plans, "national-rare-earth-plan-2016", "sichuan-vti-re-guide-2016")
    (cap,) = [p for p in matrix.pairs if p.relation is Relation.NESTED]
    assert (cap.upper_value, cap.lower_value, round(cap.share or 0, 3)) == ("≤14万吨", "≤5万吨/年", Fraction("0.357"))
    basis = {(p.upper_value, p.lower_value) for p in matrix.pairs if p.relation is Relation.BASIS}
    assert basis == {("92%", ">94%"), ("96%", ">94%")}
    assert not matrix.fails


def test_vanadium_utilisation_is_a_scope_conflict(plans: dict[str, str]) -> None:
    matrix = of(plans, "sichuan-vti-re-guide-2016", "panzhihua-parks-2021")
    pairs = {(p.upper_value, p.lower_value): p for p in matrix.pairs if p.relation is Relation.SCOPE}
    vanadium = pairs[("≥50%", "44%")]
    assert vanadium.upper is not None
    assert vanadium.lower is not None
    assert "攀西" in vanadium.detail.zh
    assert "攀枝花市" in vanadium.detail.zh
    assert ("≥22%", "29%") in pairs
    assert not matrix.fails


def test_unrelated_plans_do_not_conflict(plans: dict[str, str]) -> None:
    for upper in plans:
        for lower in plans:
            if upper != lower:
                assert not of(plans, upper, lower).fails, (upper, lower)


def test_a_plan_agrees_with_itself(plans: dict[str, str]) -> None:
    """Every figure of a text meets its equal in the same text, and nothing is compared beyond that."""
    for plan in plans:
        matrix = of(plans, plan, plan)
        figures = [p for p in matrix.pairs if p.matter == "figure"]
        assert [p.title.zh for p in figures if p.relation is not Relation.SUPPORTS] == [], plan
        assert len(figures) > 0
