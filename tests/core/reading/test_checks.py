"""Checks inside a document (row A03): planted faults are found, sound texts raise nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.provenance import AnchoredFinding, FindingClass, Mark
from oreflow.core.reading import Kind, Reading, read
from oreflow.core.reading.checks import RULES, check_document
from oreflow.core.reading.letters import same_length

from .planted import FAULTY, HEAD, SOUND, Planted, table
from .planted_more import FAULTY_MORE, SOUND_MORE
from .planted_third import THIRD

PLANS = (
    "guizhou-base-materials-2021",
    "liaoning-nonferrous-2016",
    "national-rare-earth-plan-2016",
    "panzhihua-parks-2021",
    "sichuan-vti-re-guide-2016",
)


def found(text: str) -> tuple[AnchoredFinding, ...]:
    return check_document(read(text, doc="d"), text)


def faults(text: str) -> list[AnchoredFinding]:
    return [f for f in found(text) if f.kind is not FindingClass.HOLDS]


@pytest.mark.parametrize("case", [*SOUND, *SOUND_MORE], ids=lambda c: c.name)
def test_sound_texts_raise_nothing(case: Planted) -> None:
    assert [(f.check, f.title.zh) for f in faults(case.text)] == []


@pytest.mark.parametrize("case", [*FAULTY, *FAULTY_MORE, *THIRD], ids=lambda c: c.name)
def test_planted_faults_are_found_and_nothing_else(case: Planted) -> None:
    left = faults(case.text)
    for kind, words in case.faults:
        match = next((f for f in left if f.kind.value == kind and words in f.title.zh), None)
        assert match is not None, (kind, words, [(f.kind.value, f.title.zh) for f in left])
        left.remove(match)
    assert [(f.check, f.title.zh) for f in left] == []


@pytest.mark.parametrize("case", [*SOUND, *SOUND_MORE, *FAULTY, *FAULTY_MORE, *THIRD], ids=lambda c: c.name)
def test_findings_stand_on_characters_and_lines(case: Planted) -> None:
    plain = same_length(case.text)
    lines = case.text.split("\n")
    for finding in found(case.text):
        assert finding.anchors, finding
        assert finding.title.zh
        assert finding.title.en
        assert finding.title.en != finding.title.zh
        for anchor in finding.anchors:
            assert 0 <= anchor.start < anchor.end <= len(case.text)
            assert "".join(anchor.quote.split()) == "".join(plain[anchor.start : anchor.end].split())
            line = case.text.count("\n", 0, anchor.start) + 1
            assert str(line) in {s.lines for s in finding.sources}
            assert lines[line - 1]


@pytest.mark.parametrize("case", [*FAULTY, *FAULTY_MORE, *THIRD], ids=lambda c: c.name)
def test_without_the_text_nothing_is_called_wrong(case: Planted) -> None:
    """Words that limit a figure are not seen then, so that faults are only pointed out."""
    reading = read(case.text, doc="d")
    without = check_document(reading)
    assert not any(f.kind.fails for f in without)
    assert len(without) <= len(check_document(reading, case.text)) + 1


def test_the_gap_and_the_right_value_are_told() -> None:
    (finding,) = faults(HEAD + "氧化铝产量由2015年的146万吨增加到2020年的237万吨，增长82.3%。")
    assert finding.found == Fraction("82.3")
    assert round(finding.expected or 0, 1) == Fraction("62.3")
    assert finding.gap is not None
    assert finding.unit == "%"
    assert [a.quote for a in finding.anchors] == ["82.3%", "146万吨", "237万吨"]


def test_a_doubtful_column_is_no_error() -> None:
    text = HEAD + table("表1 情况", "地区 户数（户） 产值（亿元）", "甲县 5 10.5", "乙县 6 20.5", "合计 11 40.0")
    reading = read(text, doc="d")
    assert [f.kind for f in check_document(reading, text) if "40" in f.title.zh] == [FindingClass.ERROR]
    doubted = tuple(replace(s, doubts=("column guessed",)) for s in reading.statements)
    (finding,) = [f for f in check_document(replace(reading, statements=doubted), text) if "40" in f.title.zh]
    assert finding.kind is FindingClass.INFORMATION
    assert finding.mark is Mark.INFERRED
    assert "存疑" in finding.detail.zh


def test_rounding_is_no_error_and_one_more_is() -> None:
    rows = ("甲县 10.4", "乙县 20.4", "丙县 30.4", "丁县 5.3")
    heads = "地区 产值（亿元）"
    assert faults(HEAD + table("表1 情况", heads, *rows, "合计 66.6")) == []  # 66.5 of rounded terms
    assert [f.kind for f in faults(HEAD + table("表1 情况", heads, *rows, "合计 67.6"))] == [FindingClass.ERROR]


def test_dashes_and_bounds_in_a_table_are_only_pointed_out() -> None:
    text = HEAD + table(
        "表1 情况", "地区 户数（户） 产值（亿元）", "甲县 5 10.5", "乙县 6 —", "丙县 7 9.5", "合计 18 45.0"
    )
    assert [f.kind for f in faults(text)] == [FindingClass.INFORMATION]


def test_a_shared_basis_only() -> None:
    text = (
        HEAD
        + "一、现状\n2020年，钒制品产能（折合V2O5）3万吨，规上工业总产值500亿元。\n二、形势\n"
        + "2020年，钒制品产能8万吨。2020年，重点企业工业总产值300亿元。"
    )
    assert not [f for f in found(text) if f.kind is FindingClass.CONFLICT]


def test_a_scope_that_differs_is_named() -> None:
    text = HEAD + "一、现状\n2020年，新建炼钢产能80万吨。\n二、形势\n2020年，炼钢产能620万吨，压力较大。"
    (finding,) = [f for f in faults(text) if f.check == "repeated"]
    assert finding.kind is FindingClass.SCOPE
    assert {a.quote for a in finding.anchors} == {"80万吨", "620万吨"}


def test_hard_wraps_do_no_harm() -> None:
    text = HEAD + "2020年，全市焦炭产量420\n\n万吨，其中东岭焦化260万\n吨、临江焦化230万吨。"
    assert [f.kind.value for f in faults(text)] == ["error"]


@pytest.mark.parametrize(
    "text", ["", "无", "。" * 500, "1：2：3" * 300, "其中" * 2000, "由5%提高到3%" * 200, "\x00\ufeff\n" * 50]
)
def test_odd_texts_end_quietly(text: str) -> None:
    assert isinstance(found(text), tuple)


def test_rules_are_named_and_pure() -> None:
    assert len(RULES) == len(set(RULES.values()))
    text = FAULTY[0].text
    assert found(text) == found(text)


@pytest.mark.timing
def test_time_grows_with_the_text() -> None:
    """A plan of some 300 pages with everything in it: about as long per character as one of 30."""
    page = "\n".join(c.text for c in (*SOUND, *FAULTY, *SOUND_MORE, *FAULTY_MORE))
    short, long = page * 3, page * 30
    readings = [(read(t, doc="d"), t) for t in (short, long)]
    seconds = []
    for reading, text in readings:
        start = time.process_time()
        check_document(reading, text)
        seconds.append(time.process_time() - start)
    assert len(long) > 150_000
    assert seconds[1] < 8
    assert seconds[1] < 25 * max(seconds[0], 0.05)


@pytest.fixture(scope="module")
def plans(shared: Path) -> dict[str, tuple[Reading, str]]:
    texts = {p: (shared / "plans" / f"{p}.txt").read_text(encoding="utf-8") for p in PLANS}
    return {p: (read(t, doc=p), t) for p, t in texts.items()}


def of(plans: dict[str, tuple[Reading, str]], plan: str) -> list[AnchoredFinding]:
    return list(check_document(*plans[plan]))


def test_sponge_growth_printed_200_is_155_6(plans: dict[str, tuple[Reading, str]]) -> None:
    (error,) = [f for f in of(plans, "panzhihua-parks-2021") if f.kind is FindingClass.ERROR]
    assert (error.found, round(error.expected or 0, 1)) == (200, Fraction("155.6"))
    assert [s.lines for s in error.sources] == ["204"]
    assert [a.quote for a in error.anchors] == ["200", "0.9万吨", "2.3万吨"]


def test_parks_overshoot_the_headline(plans: dict[str, tuple[Reading, str]]) -> None:
    (over,) = [f for f in of(plans, "panzhihua-parks-2021") if f.kind is FindingClass.OVERSHOOT]
    assert (over.found, over.expected, over.gap) == (2500, 2650, -150)
    assert len(over.anchors) == 7


def test_iron_target_equals_its_base(plans: dict[str, tuple[Reading, str]]) -> None:
    (same,) = [f for f in of(plans, "sichuan-vti-re-guide-2016") if f.check == "base" and f.found == 75]
    assert same.kind is FindingClass.INFORMATION
    assert {s.lines for s in same.sources} == {"103", "25"}


def test_tables_that_add_up_raise_nothing(plans: dict[str, tuple[Reading, str]]) -> None:
    findings = of(plans, "panzhihua-parks-2021") + of(plans, "national-rare-earth-plan-2016")
    tables = [f for f in findings if f.check.startswith("table-")]
    assert [f.kind for f in tables if "海绵钛" not in f.title.zh] == [FindingClass.HOLDS] * (len(tables) - 1)
    columns = [f for f in tables if f.check == "table-sum"]
    assert sorted(len(f.anchors) for f in columns) == [2, 5, 5]  # every column of the three tables with a total row


def test_industries_and_their_parts_hold(plans: dict[str, tuple[Reading, str]]) -> None:
    sums = [f for f in of(plans, "panzhihua-parks-2021") if f.check == "sum"]
    assert {(f.found, f.expected) for f in sums} >= {(2500, 2500), (1100, 1100)}
    (total,) = [f for f in of(plans, "guizhou-base-materials-2021") if f.check == "sum"]
    assert (total.kind, total.expected) == (FindingClass.HOLDS, 2700)


def test_eight_projects_and_seven_boxes(plans: dict[str, tuple[Reading, str]]) -> None:
    (count,) = [f for f in of(plans, "guizhou-base-materials-2021") if f.check == "count"]
    assert (count.found, count.expected, count.kind) == (8, 7, FindingClass.INFORMATION)


def test_no_false_alarm_on_the_plans(plans: dict[str, tuple[Reading, str]]) -> None:
    """Every finding on the five plans was looked at; these are all, and all are true."""
    told = {p: sorted(f.kind.value for f in of(plans, p) if f.kind is not FindingClass.HOLDS) for p in PLANS}
    assert told == {
        "guizhou-base-materials-2021": ["information"],
        "liaoning-nonferrous-2016": [],
        "national-rare-earth-plan-2016": [],
        "panzhihua-parks-2021": ["error", "overshoot"],
        "sichuan-vti-re-guide-2016": ["information"],
    }


def test_targets_of_a_plan_are_read_as_such(plans: dict[str, tuple[Reading, str]]) -> None:
    assert any(s.kind is Kind.TARGET for s in plans["panzhihua-parks-2021"][0].statements)


def test_a_table_that_is_too_long_says_that_it_was_not_checked() -> None:
    rows = "\n".join(f"示例企业{k} {k % 90 + 1} {k % 70 + 1}" for k in range(2100))
    text = f"示例市规划\n表1 企业产量（万吨）\n企业 2019年 2020年\n{rows}\n合计 1 1\n"
    told = [f for f in check_document(read(text), text) if f.check == "table-size"]
    assert len(told) == 1
    assert "not checked" in told[0].title.en
