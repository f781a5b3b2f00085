"""Phrasings of many kinds, each with the statements it holds."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Statement, read

from .variations import HEADS, VARIATIONS, Variation


def told(s: Statement) -> tuple[str, str, str, str, str]:
    value = f"{float(s.low):g}" if s.low == s.high else f"{float(s.low):g}..{float(s.high):g}"
    return s.comparator.value, value, s.unit or "-", str(s.year or "-"), s.kind.value


def agrees(found: str, wanted: str, place: int) -> bool:
    if wanted == "-" and place in (0, 4):
        return True
    return found == wanted or (place == 2 and found == f"{wanted}/年")


@pytest.mark.parametrize("case", VARIATIONS, ids=lambda v: v.text[:24])
def test_statements(case: Variation) -> None:
    head = HEADS[case.context]
    found = [told(s) for s in read(head + case.text).statements if s.start >= len(head)]
    wanted = [] if case.expected == "none" else [tuple(w.split()) for w in case.expected.split("; ")]
    assert len(found) == len(wanted), found
    for one, other in zip(found, wanted, strict=True):
        assert all(agrees(a, b, k) for k, (a, b) in enumerate(zip(one, other, strict=True))), (found, wanted)


def test_there_are_enough() -> None:
    assert len(VARIATIONS) >= 150
    assert len({v.family for v in VARIATIONS}) >= 15


CHAINS = [
    ("构建锂辉石→碳酸锂→正极材料→动力电池产业链。", [["锂辉石"], ["碳酸锂"], ["正极材料"], ["动力电池"]]),
    ("打造“石墨矿-球形石墨-负极材料-锂电池”全产业链。", [["石墨矿"], ["球形石墨"], ["负极材料"], ["锂电池"]]),
    (
        "形成铝土矿—氧化铝—电解铝—铝板带、铝型材（建筑用）、铝箔等产业链条。",
        [["铝土矿"], ["氧化铝"], ["电解铝"], ["铝板带", "铝型材（建筑用）", "铝箔"]],
    ),
    ("延伸锰矿石➝硅锰合金➝特种钢链条。", [["锰矿石"], ["硅锰合金"], ["特种钢"]]),
    ("基本产业链为钛精矿－高钛渣、富钛料－海绵钛、钛白粉。", [["钛精矿"], ["高钛渣", "富钛料"], ["海绵钛", "钛白粉"]]),
    ("发展“煤－电－铝”联营模式。", [["煤"], ["电"], ["铝"]]),
    (
        "磁性材料产业：氧化镨钕-金属镨钕-钕铁硼磁体-永磁电机等；",
        [["氧化镨钕"], ["金属镨钕"], ["钕铁硼磁体"], ["永磁电机"]],
    ),
]

NO_CHAINS = [
    "建设期为2021—2025年，增速5—10%。",
    "建设贵阳—遵义—重庆高速通道。",
    "推进西部市—东部新区、甲县-乙县-丙县片区协同。",
    "研发钛-钢复合板、铜-铝复合材料。",
    "推广PET-CT、TD-LTE和Li-Ion技术。",
    "联系电话0812-3331234，表1—1，图4-2。",
    "执行GB/T 23331-2012和HJ 607—2011。",
    "烧结-鼓风炉炼铅工艺。",
    "价格为30-40-50元。",
]


@pytest.mark.parametrize(("text", "stages"), CHAINS)
def test_chains(text: str, stages: list[list[str]]) -> None:
    chains = read(text).chains
    assert [[list(s) for s in c.stages] for c in chains] == [stages]
    assert all(c.quote == text[c.start : c.end] for c in chains)


def test_several_chains_in_one_sentence() -> None:
    chains = read("推进产业链延伸，形成铁精矿—钢坯—钢材、钒渣—氧化钒—钒铝合金、钛渣—海绵钛—钛材产业链。").chains
    assert [c.stages[0] for c in chains] == [("铁精矿",), ("钒渣",), ("钛渣",)]
    assert [len(c.edges) for c in chains] == [2, 2, 2]


@pytest.mark.parametrize("text", NO_CHAINS)
def test_no_chain(text: str) -> None:
    assert not read(text).chains


def test_nodes_are_linked_to_materials() -> None:
    chain = read("构建钛精矿—高钛渣—海绵钛产业链。", materials={"海绵钛": "sponge", "钛精矿": "ti_conc"}).chains[0]
    assert dict(chain.materials) == {"海绵钛": "sponge", "钛精矿": "ti_conc"}
