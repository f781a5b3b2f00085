"""The built-in tables: published counts, places and industries that officials would look up, laws over every row."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.codes import (
    AreaLevel,
    IndustryLevel,
    UnknownArea,
    UnknownIndustry,
    significant,
)
from oreflow.gateway.codes import CodeTableError, load_areas, load_industries

AREAS, INDUSTRIES = load_areas(), load_industries()
NOW = date(2026, 10, 1)
CODES = sorted({area.code for area in AREAS.areas})
EDITIONS_LISTED = ("2011", "2017", "2019")
DIVISIONS = {"2011": 96, "2017": 97, "2019": 97}
DAYS = st.dates(date(2007, 12, 31), NOW)


def test_counts_of_today() -> None:
    count = Counter(a.level for a in AREAS.areas if a.holds(NOW))
    assert count == {AreaLevel.PROVINCE: 34, AreaLevel.CITY: 333, AreaLevel.COUNTY: 2847}


def test_panzhihua() -> None:
    assert [(a.code, a.name.zh, a.name.en) for a in AREAS.children("5104", NOW)] == [
        ("510402", "东区", "Dongqu District"),
        ("510403", "西区", "Xiqu District"),
        ("510411", "仁和区", "Renhe District"),
        ("510421", "米易县", "Miyi County"),
        ("510422", "盐边县", "Yanbian County"),
    ]
    assert " › ".join(a.name.zh for a in AREAS.path("510421", NOW)) == "四川省 › 攀枝花市 › 米易县"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("150000", "Inner Mongolia Autonomous Region"),
        ("150200", "Baotou City"),
        ("150206", "Bayan Obo Mining District"),
        ("140000", "Shanxi Province"),
        ("610000", "Shaanxi Province"),
        ("810000", "Hong Kong Special Administrative Region"),
        ("500000", "Chongqing Municipality"),
        ("511100", "Leshan City"),
        ("513400", "Liangshan Yi Autonomous Prefecture"),
        ("520526", "Weining Yi, Hui and Miao Autonomous County"),
        ("341500", "Lu'an City"),
        ("350200", "Xiamen City"),
        ("340300", "Bengbu City"),
        ("341600", "Bozhou City"),
        ("331100", "Lishui City"),
        ("331000", "Taizhou City"),
        ("361124", "Yanshan County"),
        ("210212", "Lüshunkou District"),
    ],
)
def test_english_names(code: str, name: str) -> None:
    assert AREAS.get(code, NOW).name.en == name


@pytest.mark.parametrize("code", ["429004", "469001", "659001", "500101", "441900"])
def test_directly_administered(code: str) -> None:
    assert [a.level for a in AREAS.path(code, NOW)][:-1] == [AreaLevel.PROVINCE]


@pytest.mark.parametrize(
    ("old", "day", "new"),
    [
        ("513425", NOW, ["513402"]),  # 会理县 → 会理市, 2021
        ("522401", NOW, ["520502"]),  # 毕节市 → 七星关区, 2011
        ("371200", NOW, ["370100"]),  # 莱芜市 → 济南市, 2018
        ("341422", NOW, ["340281"]),  # 无为县, by way of 340225
        ("510421", NOW, ["510421"]),
    ],
)
def test_successors(old: str, day: date, new: list[str]) -> None:
    assert [a.code for a in AREAS.successors(old, day)] == new


def test_every_row_cites_its_list() -> None:
    for area in AREAS.areas:
        first = area.valid_from == date(2007, 12, 31)
        assert ("GB/T 2260-2007" if first else area.valid_from.isoformat()) in area.source


def test_a_renamed_area_keeps_its_code() -> None:
    names = [(a.name.zh, a.valid_from.year) for a in AREAS.history("420600")]
    assert names == [("襄樊市", 2007), ("襄阳市", 2010)]


@given(st.sampled_from(CODES), DAYS)
def test_every_path_starts_with_a_province_and_goes_down(code: str, day: date) -> None:
    if AREAS.find(code, day) is None:
        with pytest.raises(UnknownArea):
            AREAS.path(code, day)
        return
    path = AREAS.path(code, day)
    assert path[0].level is AreaLevel.PROVINCE
    assert path[-1].code == code
    for above, below in pairwise(path):
        assert AREAS.within(below.code, above.code)
        assert not AREAS.within(above.code, below.code)
        assert below in AREAS.children(above.code, day)


def test_no_area_is_valid_outside_its_parents_validity() -> None:
    days = sorted({a.valid_from for a in AREAS.areas})
    provinces = {a.code[:2]: a for a in AREAS.areas if a.level is AreaLevel.PROVINCE}
    for area in AREAS.areas:
        province = provinces[area.code[:2]]
        assert province.valid_from <= area.valid_from
        assert province.valid_to is None
        if area.level is AreaLevel.COUNTY:
            held = {AREAS.find(area.code[:4], day) is not None for day in days if area.holds(day)}
            assert len(held) == 1, area


def test_successors_began_when_the_old_ended() -> None:
    for area in AREAS.areas:
        for code in area.successors:
            assert area.valid_to is not None
            assert AREAS.find(code, area.valid_to) is not None, area
            assert AREAS.find(area.code, area.valid_to) is None, area


def test_every_row_is_named_and_levelled_by_its_digits() -> None:
    for area in AREAS.areas:
        level = (AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.COUNTY)[len(significant(area.code)) // 2 - 1]
        assert area.level is level
        assert area.name.en.isprintable()
        assert area.name.en[0].isupper()
        assert area.name.en.split()[-1].isalpha()
        assert area.valid_to is None or area.valid_from < area.valid_to


@pytest.mark.parametrize("edition", EDITIONS_LISTED)
def test_all_sections_and_divisions_are_listed(edition: str) -> None:
    divisions = [f"{n:02}" for n in range(1, DIVISIONS[edition] + 1)]
    listed = [i.code for i in INDUSTRIES.entries if i.edition == edition and i.level is IndustryLevel.DIVISION]
    assert sorted(listed) == divisions
    assert "".join(i.code for i in INDUSTRIES.children("", edition)) == "ABCDEFGHIJKLMNOPQRST"


@pytest.mark.parametrize(
    ("section", "first", "last"),
    [("A", "01", "05"), ("B", "06", "12"), ("C", "13", "43"), ("D", "44", "46"), ("E", "47", "50"), ("F", "51", "52"),
     ("G", "53", "60"), ("H", "61", "62"), ("I", "63", "65"), ("J", "66", "69"), ("K", "70", "70"), ("L", "71", "72"),
     ("M", "73", "75"), ("N", "76", "79"), ("O", "80", "82"), ("P", "83", "83"), ("Q", "84", "85"), ("R", "86", "90"),
     ("S", "91", "96"), ("T", "97", "97")],
)  # fmt: skip
def test_divisions_of_each_section_2017(section: str, first: str, last: str) -> None:
    codes = [i.code for i in INDUSTRIES.children(section, "2017")]
    assert codes == [f"{n:02}" for n in range(int(first), int(last) + 1)]


@pytest.mark.parametrize(
    ("division", "groups_2011", "classes_2011", "groups_2017", "classes_2017"),
    [
        ("06", 3, 3, 3, 3),
        ("07", 2, 2, 2, 4),
        ("08", 3, 3, 3, 3),
        ("09", 3, 15, 3, 15),
        ("10", 4, 10, 4, 10),
        ("11", 3, 3, 3, 3),
        ("12", 1, 1, 1, 1),
        ("25", 3, 4, 4, 10),
        ("26", 8, 36, 8, 38),
        ("30", 9, 34, 9, 37),
        ("31", 5, 5, 4, 4),
        ("32", 6, 21, 5, 21),
        ("33", 9, 27, 9, 29),
        ("42", 2, 2, 2, 2),
        ("44", 3, 8, 3, 10),
        ("45", 1, 1, 2, 4),
        ("46", 3, 3, 4, 4),
    ],
)
def test_counts_of_the_divisions_in_full(
    division: str, groups_2011: int, classes_2011: int, groups_2017: int, classes_2017: int
) -> None:
    expected = {"2011": (groups_2011, classes_2011), "2017": (groups_2017, classes_2017)}
    for edition in EDITIONS_LISTED:
        groups = INDUSTRIES.children(division, edition)
        classes = [c for g in groups for c in INDUSTRIES.children(g.code, edition)]
        assert (len(groups), len(classes)) == expected[edition if edition == "2011" else "2017"]
        assert INDUSTRIES.listed_in_full(division, edition)


@pytest.mark.parametrize(
    ("division", "groups"),
    [("34", 9), ("35", 9), ("38", 8), ("39", 9), ("51", 9), ("59", 7), ("74", 9), ("75", 5), ("77", 2)],
)
def test_counts_of_the_divisions_by_groups(division: str, groups: int) -> None:
    assert len(INDUSTRIES.children(division, "2017")) == groups
    assert not INDUSTRIES.listed_in_full(division, "2017")


def test_the_documentation_names_what_is_listed_in_full() -> None:
    text = (Path(__file__).parents[2] / "docs/reference/codes.md").read_text(encoding="utf-8")
    line = re.search(r"\| divisions in full \| ([0-9, ]+) \|", text)
    assert line is not None
    for edition in EDITIONS_LISTED:
        full = [i.code for i in INDUSTRIES.entries if len(i.code) == 2 and INDUSTRIES.listed_in_full(i.code, edition)]
        assert line[1].split(", ") == sorted(set(full))


KNOWN = [
    ("0810", "铁矿采选"), ("0820", "锰矿、铬矿采选"), ("0931", "钨钼矿采选"), ("0932", "稀土金属矿采选"),
    ("2521", "炼焦"), ("2643", "工业颜料制造"), ("3091", "石墨及碳素制品制造"), ("3110", "炼铁"),
    ("3120", "炼钢"), ("3130", "钢压延加工"), ("3140", "铁合金冶炼"), ("3211", "铜冶炼"), ("3212", "铅锌冶炼"),
    ("3213", "镍钴冶炼"), ("3214", "锡冶炼"), ("3215", "锑冶炼"), ("3216", "铝冶炼"), ("3217", "镁冶炼"),
    ("3218", "硅冶炼"), ("3219", "其他常用有色金属冶炼"), ("3231", "钨钼冶炼"), ("3232", "稀土金属冶炼"),
    ("3239", "其他稀有金属冶炼"), ("3240", "有色金属合金制造"), ("3254", "稀有稀土金属压延加工"),
    ("3841", "锂离子电池制造"), ("3985", "电子专用材料制造"), ("4210", "金属废料和碎屑加工处理"),
    ("4412", "热电联产"), ("5164", "金属及金属矿批发"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name"), KNOWN)
def test_known_classes(code: str, name: str) -> None:
    for edition in ("2017", "2019"):
        assert INDUSTRIES.get(code, edition).name.zh == name


def test_rare_earth_mining() -> None:
    path = INDUSTRIES.path("B0932", "2017")
    assert [i.code for i in path] == ["B", "09", "093", "0932"]
    assert path[-1].name.en == "Mining and dressing of rare-earth ores"
    assert INDUSTRIES.within("0932", "B", "2017")
    assert not INDUSTRIES.within("3232", "B", "2017")


@pytest.mark.parametrize(
    ("old", "new"),
    [("3150", "3140"), ("3140", "3130"), ("3130", "3391"), ("3250", "3392"), ("3264", "3254"), ("3232", "3232"),
     ("2520", "2521"), ("3032", "3071"), ("4415", "4416"), ("3833", "3834")],
)  # fmt: skip
def test_names_found_again_in_the_next_edition(old: str, new: str) -> None:
    assert [i.code for i in INDUSTRIES.same_name(old, "2011", "2017")] == [new]


@pytest.mark.parametrize(
    ("code", "zh"),
    [("1310", "农副食品加工业"), ("A0111", "农业"), ("3411", "锅炉及原动设备制造"), ("3851", "家用电力器具制造"),
     ("9231", "国家机构")],
)  # fmt: skip
def test_unlisted_codes_are_accepted_under_the_name_above(code: str, zh: str) -> None:
    assert INDUSTRIES.industry_problem(code, "2019") is None
    assert INDUSTRIES.find(code, "2019") is None
    assert INDUSTRIES.nearest(code, "2019").name.zh == zh


@pytest.mark.parametrize(
    ("code", "edition", "word"),
    [
        ("3264", "2017", "it is in 2011"),
        ("3150", "2019", "it is in 2011"),
        ("3218", "2011", "it is in 2017, 2019"),
        ("97", "2011", "it is in 2017, 2019"),
        ("98", "2017", "choose among 01, …, 97"),
        ("3233", "2017", "choose among 3231, 3232, 3239"),
        ("B3232", "2017", "write C3232"),
        ("32321", "2017", "2 to 4 digits"),
        ("0932", "2002", "2011, 2017, 2019"),
    ],
)
def test_impossible_industries_are_refused_with_a_remedy(code: str, edition: str, word: str) -> None:
    for ask in (INDUSTRIES.get, INDUSTRIES.nearest):
        with pytest.raises(UnknownIndustry, match=word) as refused:
            ask(code, edition)
        assert refused.value.text.zh != refused.value.text.en


def test_every_industry_has_an_english_name_of_its_own() -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for entry in INDUSTRIES.entries:
        assert entry.has_english, entry
        assert entry.name.en.isascii(), entry
        names.setdefault((entry.edition, entry.name.en), set()).add(entry.name.zh)
    assert {key: zh for key, zh in names.items() if len(zh) > 1} == {}


def test_every_industry_stands_below_its_section() -> None:
    for entry in INDUSTRIES.entries:
        path = INDUSTRIES.path(entry.code, entry.edition)
        assert len(path) == list(IndustryLevel).index(entry.level) + 1
        assert path[-1] == entry


def test_a_group_with_one_undivided_class_shares_its_name() -> None:
    for entry in INDUSTRIES.entries:
        if entry.level is IndustryLevel.CLASS and entry.code.endswith("0"):
            group = INDUSTRIES.get(entry.code[:3], entry.edition)
            assert entry.name == group.name
            assert len(INDUSTRIES.children(group.code, entry.edition)) == 1


FULL_LIST = """code,name_zh,name_en,level,parent,editions
C,制造业,Manufacturing,section,,2017 2019
13,农副食品加工业,,division,C,2017 2019
131,谷物磨制,,group,13,2017 2019
1311,稻谷加工,,class,131,2017 2019
"""


def test_an_operator_may_load_a_list_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(FULL_LIST, encoding="utf-8-sig")
    own = load_industries(file)
    assert own.get("1311", "2019").name.in_language("en") == "稻谷加工"
    assert not own.get("1311", "2019").has_english
    assert own.listed_in_full("13", "2019")
    with pytest.raises(UnknownIndustry, match="choose among 1311"):
        own.nearest("1310", "2019")
    with pytest.raises(UnknownIndustry, match="no entry of the 2011 edition"):
        own.nearest("1311", "2011")
    assert load_industries() is INDUSTRIES


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("09,x,,layer,C,2017", "row 6, column level: “layer”"),
        ("9,x,,division,C,2017", "row 6, column code: “9” is no code of a division"),
        ("1321,x,,class,131,2017", "row 6, column parent: “131” cannot stand above 1321"),
        ("14,x,,division,,2017", "row 6, column parent: “” cannot stand above 14"),
        ("14,,,division,C,2017", "row 6, column name_zh"),
        ("14,x,,division,C,", "row 6, column editions: “”"),
        ("14,x,,division,C,2017 2018", "row 6, column editions: “2017 2018”"),
        ("131,x,,group,13,2017", "131 stands twice in the 2017 edition"),
        ("1321,x,,class,132,2017", "1321 of the 2017 edition lacks its parent 132"),
        ("131,x,,group,13,2011", "131 of the 2011 edition lacks its parent 13"),
        ("14,x", "row 6: 2 cells, 6 are needed"),
    ],
)
def test_bad_industry_tables_are_told(tmp_path: Path, row: str, message: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{FULL_LIST}{row}\n", encoding="utf-8")
    with pytest.raises(CodeTableError, match=message):
        load_industries(file)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with pytest.raises(CodeTableError, match="cannot be read"):
        load_industries(file)
    file.write_bytes(FULL_LIST.encode("gbk"))
    with pytest.raises(CodeTableError, match="UTF-8"):
        load_industries(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name\n", "row 1"),
        ("code,name_zh,name_en,level,valid_from,valid_to,successors,source\n51,a\n", "row 2: 2 cells"),
        (
            "code,name_zh,name_en,level,valid_from,valid_to,successors,source\n510000,四川省,S,state,2007-12-31,,,x\n",
            "row 2.*“state”",
        ),
        (
            "code,name_zh,name_en,level,valid_from,valid_to,successors,source\n510000,四川省,S,city,2007,,,x\n",
            "row 2.*“2007”",
        ),
    ],
)
def test_bad_area_tables_are_told(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CodeTableError, match=message):
        load_areas(file)


@pytest.mark.timing
def test_both_tables_load_within_a_tenth_of_a_second() -> None:
    program = (
        "import time; from oreflow.gateway.codes import load_areas, load_industries; t = time.perf_counter(); "
        "load_areas(); load_industries(); print(time.perf_counter() - t)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(2)
    ]
    assert min(float(run.stdout) for run in runs) < 0.1
