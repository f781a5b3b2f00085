# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Editions and what is in force on a day (rows C01, C09)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from oreflow.core.provenance import AnchoredFinding, FindingClass, Mark, Text
from oreflow.core.rules import BadEdition, Editions, Kind, Regulation, State, cited, currency
from oreflow.gateway.regulations import COLUMNS, REGULATIONS, RegulationTableError, load_regulations


def regulation(id: str, title: str = "示例目录", **given: object) -> Regulation:
    facts: dict[str, object] = {
        "number": "", "edition": None, "issued": None, "valid_from": date(2020, 1, 1), "valid_to": None, "replaced_by": (),
        "kind": Kind.CATALOGUE, "scope": ("all",), "source": "", "mark": Mark.PAGE, "known_at": date(2025, 12, 31),
    }  # fmt: skip
    return Regulation(id=id, title=Text(title, "Example catalogue"), **{**facts, **given})  # type: ignore[arg-type]


HELD = Editions(
    (
        regulation(
            "a-2011", edition=2011, valid_from=date(2011, 6, 1), valid_to=date(2020, 1, 1), replaced_by=("a-2019",)
        ),
        regulation("a-2019", edition=2019, valid_to=date(2024, 2, 1), replaced_by=("a-2024",)),
        regulation("a-2024", edition=2024, valid_from=date(2024, 2, 1)),
        regulation(
            "s-2001",
            "示例控制标准",
            number="GB 99001-2001",
            edition=2001,
            kind=Kind.STANDARD,
            valid_from=date(2002, 7, 1),
            valid_to=date(2023, 7, 1),
            replaced_by=("s-2023",),
        ),
        regulation(
            "s-2023",
            "示例控制标准",
            number="GB 99001-2023",
            edition=2023,
            kind=Kind.STANDARD,
            valid_from=date(2023, 7, 1),
        ),
        regulation(
            "swap",
            "示例产能置换办法",
            number="工信部原〔2021〕77号",
            kind=Kind.RULE,
            scope=("steel",),
            suspended_from=date(2024, 8, 23),
            mark=Mark.MEMORY,
        ),
        regulation("gone", "示例暂行规定", valid_to=date(2022, 5, 1), kind=Kind.RULE, places=("示例省",)),
        regulation("draft", "示例草案办法", valid_from=None, kind=Kind.RULE),
    )
)


def on(text: str, day: str, held: Editions = HELD) -> list[AnchoredFinding]:
    return list(currency(text, held, date.fromisoformat(day), doc="d"))


@pytest.mark.parametrize(
    ("text", "day", "kind", "words"),
    [
        ("符合《示例目录（2019年本）》。", "2022-05-01", FindingClass.HOLDS, "现行有效"),
        ("符合《示例目录（2019年本）》。", "2024-02-01", FindingClass.CONFLICT, "（2024年）"),
        ("符合《示例目录》（2019年修订版）。", "2024-05-01", FindingClass.CONFLICT, "已被"),
        ("符合示例目录（2019年本）的要求。", "2024-05-01", FindingClass.CONFLICT, "已被"),
        ("符合《国家示例目录（2011 年本）》。", "2024-05-01", FindingClass.INFORMATION, "未知"),
        ("符合《示例目录（2011年本）》。", "2024-05-01", FindingClass.CONFLICT, "（2024年）"),
        ("符合《示例目录（2024年本）》。", "2023-05-01", FindingClass.CONFLICT, "尚未施行"),
        ("符合《示例目录（2016年本）》。", "2023-05-01", FindingClass.INFORMATION, "未知"),
        ("符合《示例目录》。", "2023-05-01", FindingClass.HOLDS, "（2019年）"),
        ("执行GB99001－2001。", "2023-06-30", FindingClass.HOLDS, "现行有效"),
        ("执行GB99001－2001。", "2023-07-01", FindingClass.CONFLICT, "GB 99001-2023"),
        ("执行GB/T 99001-2023。", "2024-01-01", FindingClass.HOLDS, "GB 99001-2023"),
        ("执行GB 99001。", "2022-01-01", FindingClass.HOLDS, "GB 99001-2001"),
        ("执行GB 99002-2010。", "2022-01-01", FindingClass.INFORMATION, "未知"),
        ("按《示例产能置换办法》（工信部源〔2021〕77号）。", "2023-01-01", FindingClass.HOLDS, "现行有效"),
        ("按工业和信息化部原〔2021〕77号。", "2023-01-01", FindingClass.HOLDS, "现行有效"),
        ("按工信部原〔2021〕77号执行。", "2024-09-01", FindingClass.INFORMATION, "暂停"),
        ("按《示例暂行规定》。", "2023-01-01", FindingClass.CONFLICT, "已废止"),
        ("按《示例草案办法》。", "2023-01-01", FindingClass.INFORMATION, "未知"),
        ("按《从未见过的示例办法》。", "2023-01-01", FindingClass.INFORMATION, "未知"),
        ("符合《示例目录（2024年本）》。", "2027-01-01", FindingClass.INFORMATION, "现行有效"),
    ],
)  # fmt: skip
def test_states(text: str, day: str, kind: FindingClass, words: str) -> None:
    (finding,) = on(text, day)
    assert finding.kind is kind, finding.title.zh
    assert words in finding.title.zh
    assert finding.title.en
    assert finding.anchors[0].quote in text


def test_unknown_is_never_a_pass() -> None:
    for text in (
        "按《示例草案办法》。",
        "按《从未见过的示例办法》。",
        "符合《示例目录（2016年本）》。",
        "执行GB 99002-2010。",
    ):
        assert all(f.kind is not FindingClass.HOLDS for f in on(text, "2023-01-01"))


def test_a_misprinted_number_is_named() -> None:
    (finding,) = on("按《示例产能置换办法》（工信部源〔2021〕77号）。", "2023-01-01")
    assert "应为“工信部原〔2021〕77号”" in finding.detail.zh
    assert finding.mark is Mark.MEMORY
    assert "industry knowledge" in finding.detail.en


def test_another_title_under_a_number_is_named() -> None:
    (finding,) = on("《示例控制指标》（GB 99001-2023）。", "2024-01-01")
    assert "示例控制指标" in finding.detail.zh


def test_later_days_are_answered_with_a_reservation() -> None:
    (finding,) = on("《示例目录（2024年本）》", "2027-01-01")
    assert "2025-12-31" in finding.detail.zh
    assert "2025-12-31" in finding.detail.en


def test_places_of_one_text_are_one_finding() -> None:
    (finding,) = on("《示例目录（2019年本）》……再见《示例目录（2019年本）》。", "2024-05-01")
    assert len(finding.anchors) == 2
    assert finding.anchors[0].document == "d"
    assert on("", "2024-05-01") == []


def test_citations_may_be_given() -> None:
    found = currency(cited("《示例目录（2019年本）》"), HELD, date(2024, 5, 1))
    assert [f.kind for f in found] == [FindingClass.CONFLICT]


def test_a_line_of_successors_ends_at_the_one_in_force() -> None:
    old = HELD.by_id["a-2011"]
    assert [r.id for r in HELD.successors(old, date(2022, 1, 1))] == ["a-2019"]
    assert [r.id for r in HELD.successors(old, date(2025, 1, 1))] == ["a-2024"]
    assert HELD.successors(HELD.by_id["a-2024"], date(2025, 1, 1)) == ()
    assert len(HELD) == len(HELD.all) == 8


def test_in_force_by_scope_place_and_kind() -> None:
    day = date(2021, 6, 1)
    assert [r.id for r in HELD.in_force(day, kind=Kind.CATALOGUE)] == ["a-2019"]
    assert "swap" in [r.id for r in HELD.in_force(day, scope="steel")]
    assert "swap" not in [r.id for r in HELD.in_force(day, scope="aluminium")]
    assert "gone" in [r.id for r in HELD.in_force(day, place="示例省")]
    assert "gone" not in [r.id for r in HELD.in_force(day, place="贵州省")]
    assert all(s.text.zh and s.text.en for s in State)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((regulation("a"), regulation("a")), "twice"),
        ((regulation("a", replaced_by=("b",), valid_to=date(2021, 1, 1)),), "not in the table"),
        ((regulation("a", valid_to=date(2019, 1, 1)),), "not after"),
    ],
)
def test_contradicting_editions_are_refused(rows: tuple[Regulation, ...], words: str) -> None:
    with pytest.raises(BadEdition, match=words) as error:
        Editions(rows)
    assert error.value.text.zh


def test_a_ring_of_successors_ends() -> None:
    ring = Editions(
        (
            regulation("x", "甲示例", valid_to=date(2021, 1, 1), replaced_by=("y",)),
            regulation("y", "乙示例", valid_to=date(2021, 1, 1), replaced_by=("x",)),
        )
    )
    assert ring.successors(ring.by_id["x"], date(2022, 1, 1)) == ()
    assert [f.kind for f in on("《甲示例》", "2022-01-01", ring)] == [FindingClass.CONFLICT]


# ---- the built-in table


def test_the_built_in_table_is_sound() -> None:
    held = load_regulations()
    assert len(held) >= 35
    for r in held.all:
        assert r.title.zh
        assert r.title.en
        assert r.scope
        assert r.source or r.mark >= Mark.MEMORY, r.id  # a fact without a page is marked as memory
        assert r.issued is None or r.valid_from is None or r.issued <= r.valid_from, r.id
        assert r.valid_to is None or r.replaced_by, r.id


def test_steel_in_guizhou_gives_the_edition_of_the_day() -> None:
    """C01: the same question in 2022 and in 2024 has different answers; the old edition stays readable."""
    held = load_regulations()
    answers = {
        day: [r.edition for r in held.in_force(day, scope="steel", place="贵州省", kind=Kind.CATALOGUE) if "结构调整" in r.title.zh]
        for day in (date(2022, 5, 1), date(2024, 5, 1))
    }  # fmt: skip
    assert list(answers.values()) == [[2019], [2024]]
    assert held.by_id["restructuring-catalogue-2019"].title.zh == "产业结构调整指导目录"


def test_facts_carried_over(shared: Path) -> None:
    """Every standard and catalogue that the facts name with an edition is held."""
    facts = json.loads((shared / "facts" / "regulations.json").read_text(encoding="utf-8"))
    held = load_regulations()
    for fact in facts["currency"]:
        for citation in cited(f"《{fact['text']}》" if "目录" in fact["text"] else fact["text"], held.names):
            if citation.edition:
                assert held.current(citation, date(2024, 6, 1)).regulation is not None, citation


def test_the_guizhou_plan_in_june_2024(shared: Path) -> None:
    """C09 works when: three replaced texts are flagged, GB 18599-2020 is in force."""
    text = (shared / "plans" / "guizhou-base-materials-2021.txt").read_text(encoding="utf-8")
    found = {f.cells[0]: f for f in currency(text, load_regulations(), date(2024, 6, 1)) if f.cells}
    replaced = {i for i, f in found.items() if f.kind is FindingClass.CONFLICT}
    assert replaced == {"restructuring-catalogue-2019", "gb18597-2001", "foreign-investment-catalogue-2017"}
    assert len(found["restructuring-catalogue-2019"].anchors) == 5
    assert "2024年" in found["restructuring-catalogue-2019"].title.zh
    assert "GB 18597-2023" in found["gb18597-2001"].title.zh
    assert found["gb18599-2020"].kind is FindingClass.HOLDS
    assert "工信部原〔2021〕46号" in found["steel-swap-2021"].detail.zh


def test_other_plans_have_no_false_alarm(shared: Path) -> None:
    for plan, day in (("sichuan-vti-re-guide-2016", "2018-06-01"), ("national-rare-earth-plan-2016", "2016-12-01"),
                      ("liaoning-nonferrous-2016", "2016-12-01"), ("panzhihua-parks-2021", "2022-06-01")):  # fmt: skip
        text = (shared / "plans" / f"{plan}.txt").read_text(encoding="utf-8")
        assert [f.title.zh for f in on(text, day, load_regulations()) if f.kind.fails] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,title\n", "columns must be"),
        (",".join(COLUMNS) + "\nx,y\n", "cells"),
        (",".join(COLUMNS) + "\nx,示例,Example,,,1.2.2020,,,,law,all,,,,page,,,,\n", "row 2"),
        (",".join(COLUMNS) + "\nx,示例,Example,,,,,,,sonnet,all,,,,page,,,,\n", "row 2"),
        (",".join(COLUMNS) + "\nx,示例,Example,,,,,,,law,all,,,,gossip,,,,\n", "row 2"),
        (",".join(COLUMNS) + "\nx,示例,Example,,,,,,z,law,all,,,,page,,,,\n", "not in the table"),
    ],
)
def test_bad_tables_say_where(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "regulations.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RegulationTableError, match=words):
        load_regulations(file)


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(RegulationTableError, match="cannot be read"):
        load_regulations(tmp_path / "none.csv")
    assert load_regulations(REGULATIONS).all == load_regulations().all
