# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Firms, parks, projects and technologies of own documents against the list of all that they name."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Entity, read

from .entity_texts import TEXTS

KINDS = ("enterprise", "park", "project", "technology")


def of(entities: tuple[Entity, ...], kind: str) -> list[Entity]:
    return [e for e in entities if e.kind == kind]


def test_recall_and_precision() -> None:
    right = told = got = 0
    for text, truth in TEXTS:
        entities = read(text).entities
        for kind in KINDS:
            wanted, found = truth.get(kind, ()), of(entities, kind)
            right += sum(any(set(w) & set(e.spellings) for e in found) for w in wanted)
            told, got = told + len(wanted), got + len(found)
    assert told >= 40
    assert right >= 0.93 * told
    assert right >= 0.93 * got


def test_spellings_of_one_firm_are_one() -> None:
    for text, truth in TEXTS:
        firms = of(read(text).entities, "enterprise")
        for names in truth["enterprise"]:
            hits = [e for e in firms if set(e.spellings) & set(names)]
            assert len(hits) == 1, names
            assert set(names) <= set(hits[0].spellings)


def test_mentions_are_where_they_say() -> None:
    for text, _ in TEXTS:
        for entity in read(text, materials={"钕铁硼": "ndfeb", "铝板带": "al_sheet"}).entities:
            assert {text[m.start : m.end] for m in entity.mentions} == set(entity.spellings)


def test_products_of_the_text_and_of_the_catalogue() -> None:
    text, truth = TEXTS[2]
    names = {e.name for e in of(read(text, materials={"负极材料": "anode"}).entities, "product")}
    assert names == {w[0] for w in truth["product"]} | {"负极材料"}


@pytest.mark.parametrize(
    ("text", "name", "money", "capacity"),
    [
        ("三、重点项目\n示例公司年产3万吨海绵钛项目，总投资15.8亿元。", "示例公司年产3万吨海绵钛项目", "15.8亿元", "年产3万吨"),
        ("三、重点项目\n推进示例锂业10GWh储能电池项目，计划投资48亿元。", "示例锂业10GWh储能电池项目", "48亿元", "10GWh"),
        ("三、重点项目\n示例铜箔二期项目建成投产，投资6亿元。", "示例铜箔二期项目", "6亿元", ""),
    ],
)  # fmt: skip
def test_projects_with_money_and_capacity(text: str, name: str, money: str, capacity: str) -> None:
    (project,) = of(read(text).entities, "project")
    assert (project.name, project.money, project.capacity) == (name, money, capacity)


def test_firms_of_different_places_stay_apart() -> None:
    text = "依托示例（江苏）铜业有限公司和示例（河北）铜业有限公司，支持甲市城投公司、乙市城投公司参股。"
    assert len(of(read(text).entities, "enterprise")) == 4


@pytest.mark.parametrize(
    "text",
    [
        "支持大型企业集团做强做大，鼓励有条件的公司上市。",
        "推动各类开发区转型升级，完善园区配套。",
        "加强关键核心技术攻关，推广先进适用工艺。",
        "加快重大项目建设，谋划一批重点工程。",
        "严格执行国家产业政策，淘汰落后生产工艺。",
    ],
)
def test_kinds_of_things_are_no_names(text: str) -> None:
    assert read(text).entities == ()
