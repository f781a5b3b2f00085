# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Folding, passages and the index by themselves: offsets always lead back, hostile texts end."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.knowledge import Held, Index, Passage, Vocabulary, ask, indexed, passages
from oreflow.core.knowledge.folding import fold, folded, keys_of
from oreflow.core.knowledge.passages import LONGEST, usual_width
from oreflow.core.knowledge.question import Want, taken_apart
from oreflow.core.reading import Section
from oreflow.core.reading.model import Role
from oreflow.gateway.held import field_vocabulary, table_rows

PLAIN = st.text(alphabet=st.characters(codec="utf-8"), max_size=400)
CHINESE = st.text(alphabet="钛钒产能达到目标年万吨。；，、\n （）12025ABab　\t：一二①", max_size=300)


@given(st.one_of(PLAIN, CHINESE))
def test_folding_leads_back_to_the_text(text: str) -> None:
    found = fold(text)
    assert len(found.text) == len(found.places)
    assert folded(text) == found.text
    assert all(0 <= p < len(text) for p in found.places.tolist())
    assert sorted(set(found.places.tolist())) == found.places.tolist()


def test_one_spelling() -> None:
    assert folded("ＴｉＯ₂　１２％（“Ａ”）") == 'tio212%("a")'
    assert folded("[bookmark: _Toc123]目标") == "目标"
    assert folded(chr(0xD800) + "钛") == fold(chr(0xD800) + "钛").text


@given(CHINESE)
def test_passages_lie_in_the_text_and_apart(text: str) -> None:
    found = passages(text)
    for p in found:
        assert 0 <= p.start < p.end <= len(text)
        assert p.end - p.start <= LONGEST
        assert text[p.start : p.end] == text[p.start : p.end].strip()
    for before, after in pairwise(found):
        assert before.end <= after.start


@given(st.one_of(PLAIN, CHINESE), st.one_of(PLAIN, CHINESE))
def test_any_question_to_any_text_ends_well(text: str, question: str) -> None:
    answer = ask(question, Index([Held("x", "x", text, passages(text))]))
    for support in (*answer.passages, *answer.near):
        assert 0 <= support.start < support.end <= len(text)
        assert all(support.start <= a < b <= support.end for a, b in support.marks)
    assert answer.supported == bool(answer.passages)


def sections(*titled: tuple[int, int, str, int | None]) -> list[Section]:
    return [Section(a, b, 1, "", t, Role.FRONT, p) for a, b, t, p in titled]


def test_titles_head_their_passages_and_are_none_themselves() -> None:
    text = "第一章 目标\n第一节 产量\n钛白粉12万吨。海绵钛3万吨。\n第二节 布局\n在园区布局。\n"
    second, third = text.index("第一节"), text.index("第二节")
    found = passages(
        text, sections((0, len(text), "目标", None), (second, third, "产量", 0), (third, len(text), "布局", 0))
    )
    assert [(text[p.start : p.end], p.path) for p in found] == [
        ("钛白粉12万吨。", ("目标", "产量")), ("海绵钛3万吨。", ("目标", "产量")), ("在园区布局。", ("目标", "布局")),
    ]  # fmt: skip
    assert found[0].block == found[1].block != found[2].block


def test_a_title_on_its_sentence_is_cut_off() -> None:
    text = "1.创新能力提升。建成三家中心，取得一批成果。\n"
    found = passages(text, sections((0, len(text), "创新能力提升", None)))
    assert [text[p.start : p.end] for p in found] == ["建成三家中心，取得一批成果。"]


def test_wrapped_lines_are_one_sentence() -> None:
    line = "加快推进示例园区基础设施建设，完善供水供电供气和污水处理等配套条件并"
    text = "\n\n".join([line] * 6) + "达到标准。\n\n下一段从这里开始，说的是别的事情，不再接着上面。\n"
    assert usual_width(text) == len(line)
    found = passages(text)
    assert text[found[-1].start : found[-1].end].startswith("下一段")
    assert usual_width("短\n行\n") == 0


def test_a_short_line_heads_what_follows_it() -> None:
    text = "1. 示例试验区。\n着力建设六大园区：示例甲园区、示例乙园区和示例丙园区。\n2、第一项很短。\n3、第二项也很短，但是没有标题。\n"
    found = {text[p.start : p.end]: p.path for p in passages(text)}
    assert found["着力建设六大园区：示例甲园区、示例乙园区和示例丙园区。"] == ("示例试验区",)
    assert found["3、第二项也很短，但是没有标题。"] == ()


def test_rows_of_tables_have_their_heads_above_them() -> None:
    text = "表1 产量\n产品 2020年\n硫酸 120\n烧碱 30\n以上为实绩。\n"
    rows = [(text.index("硫酸"), text.index("烧碱") - 1), (text.index("烧碱"), text.index("以上") - 1), (5, 5)]
    found = passages(text, (), table_rows([(0, "表1 产量", ["产品", "2020年"], rows)]))
    assert [(text[p.start : p.end], p.path) for p in found] == [
        ("硫酸 120", ("表1 产量", "产品 2020年")), ("烧碱 30", ("表1 产量", "产品 2020年")), ("以上为实绩。", ()),
    ]  # fmt: skip


def test_rows_that_overlap_or_lie_outside_are_left_out() -> None:
    text = "硫酸 120 吨每年\n"
    found = passages(text, (), [(0, 6, ("a",)), (3, 8, ("b",)), (5, 99, ("c",)), (4, 2, ("d",))])
    assert found[0] == Passage(0, 6, ("a",), 1)
    assert all(p.path in ((), ("a",)) for p in found)


def test_a_long_sentence_is_cut_at_commas() -> None:
    text = "，".join(["推进示例项目建设"] * 100)
    found = passages(text)
    assert max(p.end - p.start for p in found) <= LONGEST
    assert all(text[p.start : p.end].startswith("推进") for p in found)
    endless = passages("钛" * 10_000)
    assert sum(p.end - p.start for p in endless) == 10_000


def test_hostile_texts_end_soon() -> None:
    start = time.process_time()
    for text in ("钛" * 300_000, "，" * 300_000, "\n" * 300_000, "1." * 150_000, "（" * 300_000, " \n" * 150_000):
        lone = Index([Held("x", "x", text, passages(text))])
        ask("钛白粉产能是多少？" + text[:400], lone)
    assert time.process_time() - start < 20


def test_a_document_weighs_what_it_holds() -> None:
    text = "钛白粉产能12万吨。" * 500
    found = indexed(Held("x", "x", text, passages(text)))
    assert found.size == 500
    assert found.weight > 2 * len(text)
    assert found.bounds[-1] == len(found.units)
    assert np.all(np.diff(found.keys.astype(np.int64)) > 0)
    large = "钛白粉产能。" * 70_000
    assert indexed(Held("x", "x", large, passages(large))).units.dtype == np.uint32


def test_keys_of_words() -> None:
    assert len(keys_of("钛精矿")) == 2
    assert len(keys_of("钛")) == 1
    assert len(keys_of("的")) == 0


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("产能有多少", Want.FIGURE), ("谁负责", Want.BODY), ("为什么这么低", Want.REASON), ("哪些园区", Want.PLACE),
        ("哪些产品", Want.LIST), ("哪个文件要求的", Want.TITLE), ("什么时候建成", Want.WHEN), ("钛材", Want.ANY),
        ("钛材产能", Want.FIGURE), ("how much steel", Want.FIGURE), ("why is it low", Want.REASON),
    ],
)  # fmt: skip
def test_what_a_question_wants(question: str, want: Want) -> None:
    assert taken_apart(question, Vocabulary()).want is want


def test_a_question_taken_apart() -> None:
    asked = taken_apart("“十四五”末攀枝花海绵钛产能不低于5万吨吗？", field_vocabulary())
    assert asked.years == {2025}
    assert asked.periods == ("十四五",)
    assert [p.name for p in asked.places] == ["攀枝花"]
    assert {"海绵钛", "产能", "下限"} <= {c.word for c in asked.concepts}
    assert next(c for c in asked.concepts if c.word == "海绵钛").needs == "钛"
    assert taken_apart("十五年的企业", Vocabulary()).years == frozenset()


def test_names_of_the_vocabulary_are_words() -> None:
    vocabulary = Vocabulary(words=frozenset({"酸溶性钛渣"}), materials={"chloride-grade ilmenite": "氯化级钛精矿"})
    assert "酸溶性钛渣" in {c.word for c in taken_apart("酸溶性钛渣产量", vocabulary).concepts}
    assert "氯化级钛精矿" in {c.word for c in taken_apart("chloride-grade ilmenite output", vocabulary).concepts}
    assert "frobnicator" in {c.word for c in taken_apart("frobnicator output", vocabulary).concepts}
