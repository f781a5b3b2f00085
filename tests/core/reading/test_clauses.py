# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Clauses of conditions and lists: object, bounds, exceptions, place and time."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Clause, read

from .clause_texts import DOCUMENTS, Wanted

ALL = [(name, k, w) for name, (_, wanted) in DOCUMENTS.items() for k, w in enumerate(wanted)]


def fits(clause: Clause, text: str, w: Wanted) -> bool:
    bounds = tuple((x.comparator.value, float(x.value), x.unit) for x in clause.limits)
    told = ((w.exceptions, clause.exceptions), (w.places, clause.places), (w.times, clause.times))
    return (
        w.about in text[clause.start : clause.end]
        and clause.category == w.category
        and bounds == w.limits
        and all(any(part in found for found in got) for wanted, got in told for part in wanted)
    )


@pytest.mark.parametrize(("name", "k", "wanted"), ALL, ids=[f"{n}-{k}" for n, k, _ in ALL])
def test_each_clause(name: str, k: int, wanted: Wanted) -> None:
    text, _ = DOCUMENTS[name]
    clauses = read(text).clauses
    assert any(fits(c, text, wanted) for c in clauses), [
        (c.object, c.category, [(x.comparator.value, float(x.value), x.unit) for x in c.limits], c.exceptions, c.places, c.times)
        for c in clauses
        if wanted.about in text[c.start : c.end]
    ]  # fmt: skip


def test_there_are_enough_of_them_and_few_others() -> None:
    assert len(ALL) >= 60
    for text, wanted in DOCUMENTS.values():
        assert len(wanted) <= len(read(text).clauses) <= len(wanted) * 1.4


def test_inclusive_ends() -> None:
    text = DOCUMENTS["negative list"][0]
    for clause in read(text).clauses:
        for limit in clause.limits:
            assert limit.inclusive == (limit.comparator.value in ("<=", ">=", "="))


@pytest.mark.parametrize(
    ("line", "thing"),
    [
        ("1、公称容量30吨以上100吨以下炼钢转炉。", "炼钢转炉"),
        ("2、品位低于0.3%的铜矿采选项目。", "铜矿采选项目"),
        ("3、采用马弗炉的炼锌工艺。", "马弗炉的炼锌工艺"),
        ("4、3000千伏安以下铁合金矿热电炉。", "铁合金矿热电炉"),
        ("5、禁止新建独立炼焦项目。", "独立炼焦项目"),
        ("6、碳酸锂单线产能不低于2万吨/年。", "碳酸锂"),
    ],
)
def test_what_a_clause_is_about(line: str, thing: str) -> None:
    clauses = read(f"示例产业负面清单\n第一类 限制类\n{line}\n").clauses
    assert [c.object for c in clauses] == [thing]


def test_list_numbers_are_not_decimals() -> None:
    text = "示例产业负面清单\n限制类\n1．100立方米以下高炉。\n2．400千伏安以下矿热炉。\n3．5万吨以下球团设备。\n"
    assert [[float(x.value) for x in c.limits] for c in read(text).clauses] == [[100], [400], [5]]


def test_a_decimal_at_the_start_of_a_line_stays_one() -> None:
    text = "示例省规划（2021—2025年）\n二、发展目标\n到2025年，产量达到\n1.5万吨，产值达到30亿元。\n"
    assert [float(s.low) for s in read(text).statements] == [1.5, 30]


def test_prohibitions_in_running_text() -> None:
    text = (
        "示例流域实施细则\n（1）禁止在自然保护区核心区的岸线和河段范围内投资建设旅游和生产经营项目。\n"
        "（2）鼓励企业绿色发展。严禁新增钢铁、电解铝产能，确有必要的实行等量置换。\n三、任务\n推动产业集聚，不得低于上年水平。\n"
    )
    clauses = read(text).clauses
    assert [c.category for c in clauses] == ["forbidden", "forbidden"]
    assert clauses[0].places == ("自然保护区核心区的岸线和河段范围",)
    assert clauses[0].object == "旅游和生产经营项目"
