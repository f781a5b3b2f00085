"""Readings in a region's terms: matching, merging, packs and their way back, reproduction."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.reading import read
from oreflow.core.reading.packing import (
    Accepted,
    Around,
    Held,
    Source,
    collect,
    edges_of,
    number_text,
    only,
    propose,
    read_number,
    region_with,
    reproduce,
    statement_values,
    with_changes,
)
from oreflow.core.reading.packing.lists import read_lists
from oreflow.core.reading.packing.matching import slug
from oreflow.core.region import Region
from oreflow.core.targets import check
from oreflow.gateway import load_pack, region_hash, write_pack

AROUND = Around("攀枝花市", 2021, 2025, 2020)


@pytest.fixture(scope="module")
def region() -> Region:
    return load_pack("panxi")


def proposed(region: Region, text: str, around: Around = AROUND) -> Any:
    found = read(f"攀枝花市示例规划（2021—2025年）\n\n{text}").statements
    assert len(found) == 1, [(s.subject, s.quote) for s in found]
    return propose(statement_values(found[0]), region, around, quote=found[0].quote, confidence=found[0].confidence)


@given(st.fractions(-(10**20), 10**20, max_denominator=10**6))
def test_figures_travel_as_text(value: Fraction) -> None:
    assert read_number(number_text(value)) == value


@pytest.mark.parametrize("text", ["", "1.", "a", "1/0", "--1", "1e3", "１２", "1/2/3", "9" * 99])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        read_number(text)


CASES = [
    ("到2025年，东区海绵钛产能达到8万吨。", ("dongqu", "sponge", "level", "=", "8", "万吨", "capacity")),
    ("到2025年，钛白产量150万吨以上。", ("panzhihua", "titania", "floor", ">=", "150", "万吨", "output")),
    ("到2025年，规上工业总产值突破2600亿元。", ("panzhihua", "output", "floor", ">", "2600", "亿元", "")),
    ("到2025年，粗钢产能控制在900万吨/年以内。", ("panzhihua", "crude-steel", "cap", "<=", "900", "万吨", "capacity")),
    ("到2025年，全省水重复利用率达到95%。", ("panzhihua", "water-reuse", "level", "=", "95", "%", "")),
    ("到2025年，米易县规上工业增加值年均增长8%。", ("miyi", "value-added-growth", "average-growth", "=", "8", "%", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_statement_in_the_terms_of_a_region(region: Region, text: str, wanted: tuple[str, ...]) -> None:
    p = proposed(region, text)
    assert (p.area, p.indicator, p.form, p.comparator, p.value, p.unit, p.basis) == wanted
    assert (p.year, p.new_area, p.new_indicator, p.refusal) == (2025, False, False, None)


def test_what_the_region_lacks_is_proposed_as_new(region: Region) -> None:
    values = statement_values(read("到2025年，示例渣利用量达到12.5万吨。").statements[0]) | {"scope": "示例新区"}
    p = propose(values, region, AROUND)
    assert (p.new_area, p.new_indicator, p.area) == (True, True, "shi-li-xin-qu")
    assert len(p.doubts) == 2
    assert p.confidence < 0.8


def test_a_subject_of_another_dimension_is_no_match(region: Region) -> None:
    p = proposed(region, "到2025年，海绵钛产值达到80亿元。")
    assert (p.indicator in region.indicators, p.indicator_name) == (False, "海绵钛产值")


def test_a_unit_that_is_not_known_refuses_and_a_known_one_mends_it(region: Region) -> None:
    p = proposed(region, "到2025年，海绵钛产能达到8万吨。")
    wrong = with_changes(p, {"unit": "斗"}, region)
    assert "斗" in wrong.refusal.zh
    other = with_changes(p, {"indicator": "value-added"}, region)
    assert "亿元" in other.refusal.zh
    assert with_changes(other, {"indicator": "sponge"}, region).refusal is None


def test_a_third_is_no_decimal(region: Region) -> None:
    values = statement_values(read("到2025年，海绵钛产能达到8万吨。").statements[0]) | {"low": "1/3", "high": "1/3"}
    assert "1/3" in propose(values, region, AROUND).refusal.zh  # type: ignore[union-attr]


def accepted(**more: Any) -> Accepted:
    given_: dict[str, Any] = {
        "id": "a1", "kind": "target", "area": "panzhihua-parks", "area_name": "", "indicator": "titania",
        "indicator_name": "钛白粉", "form": "level", "comparator": "=", "value": Fraction(100), "upper": None,
        "unit": "万吨", "basis": "capacity", "from_year": None, "year": 2025, "binding": "unsaid", "base": "",
        "printed": "100万吨", "decimals": 0, "document": "d", "lines": "3",
    }  # fmt: skip
    return Accepted(**(given_ | more))


HELD = Held("d", "示例规划", lines=9, sha256="0" * 64)


def test_accepted_values_are_added_and_nothing_is_changed(region: Region) -> None:
    merged = region_with(region, [accepted()], [HELD])
    assert merged.added == (("titania.panzhihua-parks.2025.a1", "a1"),)
    assert {k: merged.region.targets[k] for k in region.targets} == dict(region.targets)
    codes = {f.code for f in check(region)}
    assert [f.check for f in check(replace(merged.region, hash="x")) if f.code not in codes] == ["repeated"]


@pytest.mark.parametrize(
    "more",
    [
        {"unit": "斗"}, {"unit": ""}, {"unit": "亿元"}, {"value": None}, {"basis": "大概"}, {"document": "gone"},
        {"form": "cumulative"}, {"form": "average-growth", "from_year": 2030}, {"comparator": "between"},
        {"kind": "actual", "comparator": "between", "upper": Fraction(200)},
    ],
)  # fmt: skip
def test_what_cannot_stand_is_left_with_its_reason(region: Region, more: dict[str, Any]) -> None:
    merged = region_with(region, [accepted(**more)], [HELD])
    assert (merged.added, [one.id for one in merged.left]) == ((), ["a1"])
    assert merged.left[0].reason.zh
    assert merged.left[0].reason.en
    assert merged.region.targets == region.targets


def test_a_new_name_that_measures_two_things_becomes_two_indicators(region: Region) -> None:
    first = accepted(id="a", indicator="gui-mo", indicator_name="规模", unit="万吨")
    other = replace(first, id="b", unit="亿元")
    merged = region_with(region, [first, other], [HELD])
    assert {t.indicator for k, t in merged.region.targets.items() if k not in region.targets} == {
        "gui-mo", "gui-mo.100-million-cny",
    }  # fmt: skip


def test_what_the_pack_prints_already_is_not_added_twice(region: Region) -> None:
    document = region.documents["panzhihua-parks-2021"]
    same = replace(HELD, sha256=document.sha256)
    one = accepted(value=Fraction(150), lines="855")
    assert region_with(region, [one], [same]).added == ()
    assert len(region_with(region, [replace(one, value=Fraction(151))], [same]).added) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_pack_of_accepted_values_comes_back(region: Region, tmp_path: Path, whole: bool) -> None:
    values = [
        accepted(), accepted(id="a2", kind="actual", indicator="xin", indicator_name="新指标", year=2020, decimals=1,
                             value=Fraction(25, 2)),
        accepted(id="a3", indicator="value-added-growth", form="average-growth", unit="%", basis="", from_year=2020,
                 comparator="between", upper=Fraction(9), value=Fraction(8)),
        accepted(id="a4", area="xin-qu", area_name="示例新区", within="panzhihua", form="change", value=Fraction(-3)),
    ]  # fmt: skip
    made = region_with(region, values, [HELD]).region
    if not whole:
        made = only(made, ["d"], id="part", name=region.name, edition="1")
        assert set(made.areas) == {"cn", "sichuan", "panxi", "panzhihua", "panzhihua-parks", "xin-qu"}
    loaded = load_pack(write_pack(made, tmp_path / "pack"))
    assert region_hash(loaded) == region_hash(made)
    assert (dict(loaded.targets), dict(loaded.figures)) == (dict(made.targets), dict(made.figures))


def test_lists_of_names() -> None:
    text = (
        "培育龙头企业2家，即示例集团、示例钒业公司；重点企业示例矿业、示例钛业、示例科技。\n"
        "支持企业提升能力、扩大规模。园区3个，包括甲园区、乙园区。"
    )
    found = read_lists(text)
    assert [(k.count, [n.name for n in k.names]) for k in found] == [
        (2, ["示例集团", "示例钒业公司"]), (None, ["示例矿业", "示例钛业", "示例科技"]),
    ]  # fmt: skip
    assert all(text[n.start : n.end] == n.name for k in found for n in k.names)


def test_lists_of_a_long_line_are_found_in_time() -> None:
    assert read_lists("企业、" * 200_000) == ()
    assert read_lists("企" * 1_000_000) == ()


def test_links_of_a_chain() -> None:
    assert edges_of({"stages": [["a"], ["b", "c"], ["d"]]}) == [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    assert edges_of({}) == []


def test_ids_of_new_names() -> None:
    assert slug("示例渣利用量", {}) == "shi-li-zha-li-yong-liang"
    assert slug("，。", {}) == "x"
    assert slug("甲", {"jia": 1, "jia-2": 1}) == "jia-3"


OWN = """攀枝花市示例规划（2021—2025年）

2020年，东区海绵钛产量2.3万吨。
到2025年，东区海绵钛产能达到8.0万吨以上。
"""


def test_a_pack_made_of_a_plan_is_reproduced_by_it(region: Region) -> None:
    source = Source(OWN, read(OWN), "示例规划")
    made = collect(region, [source], 0.5, {"示例规划": "1" * 64})
    assert len(made.added) == 2
    again = reproduce(made.region, [replace(source, document="shi-li-gui-hua")])
    assert (again.total, again.same, again.share) == (2, 2, 1.0)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (OWN.replace("8.0万吨以上", "8.5万吨以上"), "computed"), (OWN.replace("8.0万吨以上", "8.0亿元以上"), "unit"),
        (OWN.replace("到2025年", "到2023年"), "year"), (OWN.replace("以上", ""), "comparator"),
        (OWN.replace("达到8.0万吨以上", "很高，另见8.0号文件"), "missing"),
    ],
)  # fmt: skip
def test_differences_are_named(region: Region, changed: str, kind: str) -> None:
    made = collect(region, [Source(OWN, read(OWN), "示例规划")], 0.5, {})
    found = reproduce(made.region, [Source(changed, read(changed), "shi-li-gui-hua")])
    assert (found.total, found.same) == (2, 1)
    assert [d.kind for d in found.differences] == [kind]
    assert found.differences[0].reason.zh


def test_below_the_confidence_nothing_is_taken(region: Region) -> None:
    made = collect(region, [Source(OWN, read(OWN), "示例规划")], 1.0, {})
    assert made.added == ()
    assert len(made.left) == 2


def test_the_plans_behind_panxi_give_its_figures_back(region: Region, shared: Path) -> None:
    """Every printed figure and target in numbers, and every listed name; what is left is named."""
    sources = []
    for name in ("panzhihua-parks-2021", "sichuan-vti-re-guide-2016"):
        text = (shared / "plans" / f"{name}.txt").read_bytes().decode()
        names = {m.name.zh: key for key, m in region.library.materials.items()}
        sources.append(Source(text, read(text, doc=name, materials=names), name))
    found = reproduce(region, sources)
    assert found.total == 290
    assert {d.kind for d in found.differences} <= {"words", "dash"}
    assert found.share >= 0.975
