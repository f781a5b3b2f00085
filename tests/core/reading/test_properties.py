# ruff: noqa: E501 -- Chinese characters count as two columns each
"""What holds for any text: offsets, joining, spelling, no failure, linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.core.reading import read, statements_and_chains
from oreflow.core.reading.letters import same_length

from .variations import VARIATIONS

SENTENCES = st.sampled_from([v.text for v in VARIATIONS])
PIECES = st.sampled_from([*"0123456789.,，。；：（）〔〕《》“”—－-~→%、 \t\n年万亿吨元由从至到以上下内第一二十百千分之×", "2025年", "以上", "“十四五”", "[bookmark: _Toc1]", "表1", "翻番"])  # fmt: skip


def bare(text: str) -> str:
    return "".join(same_length(text).split())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.lists(PIECES, max_size=120).map("".join))
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    for s in reading.statements:
        assert 0 <= s.start < s.end <= len(text)
        assert s.low <= s.high
        assert 0 <= s.confidence <= 1
    for item in (*reading.chains, *reading.clauses, *reading.duties, *reading.outline):
        assert 0 <= item.start <= item.end <= len(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=8))
def test_offsets_hold_the_quote(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    for s in read(text).statements:
        assert s.quote.replace(" ", "") in bare(text[s.start : s.end]) or bare(text[s.start : s.end]) == s.quote
    starts = [s.start for s in read(text).statements]
    assert starts == sorted(starts)


@settings(max_examples=80, deadline=None)
@given(SENTENCES, SENTENCES)
def test_paragraphs_add_up(one: str, other: str) -> None:
    head = "示例省规划（2021—2025年）\n一、发展目标\n"
    apart = [len(read(head + t).statements) for t in (one, other)]
    assert len(read(head + one + "\n" + other).statements) == sum(apart)


@settings(max_examples=80, deadline=None)
@given(SENTENCES)
def test_full_width_letters_change_nothing(sentence: str) -> None:
    wide = sentence.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    told = [[(s.low, s.unit, s.comparator, s.year) for s in read(t).statements] for t in (sentence, wide)]
    assert told[0] == told[1]


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.integers(1, 3))
def test_blanks_between_characters_change_nothing(sentence: str, blanks: int) -> None:
    if any("a" <= c.lower() <= "z" for c in sentence):
        return
    spaced = (" " * blanks).join(sentence)
    told = [[(s.low, s.unit, s.comparator, s.year) for s in statements_and_chains(t)[0]] for t in (sentence, spaced)]
    assert told[0] == told[1]


HOSTILE = {
    "digits": "1" * 200_000,
    "figures": "产量达到10万吨" * 30_000,
    "no marks": "钢铁产业高质量发展" * 25_000,
    "brackets": "（" * 100_000 + "5万吨" + "）" * 100_000,
    "square brackets": "[" * 200_000,
    "dashes": "铁—" * 100_000,
    "ranges": "10—20—" * 40_000,
    "lists": "一、" * 100_000,
    "items": "（1）甲\n" * 40_000,
    "numerals": "一二三四五六七八九十百千万亿" * 15_000,
    "shares": "占全国的" * 50_000 + "5%",
    "fractions": "百分之" * 70_000,
    "blanks": " " * 100_000 + "\t" * 100_000,
    "cells": "1\t" * 100_000,
    "rows": "钢 10 20 30\n" * 15_000,
    "duties": "（负责" * 60_000,
    "leads": "由甲牵头，" * 40_000,
    "years": "2020年" * 40_000,
    "titles": "《" * 100_000,
    "firms": "示例集团公司" * 30_000,
    "short names": "以下简称" * 50_000,
    "controls": "\x00\x0b\x0c\u2028\u200b" * 40_000,
}


@pytest.mark.slow
@pytest.mark.timing
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_linear_time(name: str) -> None:
    text = HOSTILE[name]
    times = []
    for part in (text[: len(text) // 4], text):
        start = time.process_time()
        read(part)
        times.append(time.process_time() - start)
    assert times[1] < 12
    assert times[1] < 10 * times[0] + 0.5, times  # four times the text; squared time would be sixteen


@pytest.mark.timing
def test_a_line_without_an_end() -> None:
    text = "到2025年，全省粗钢产量达到2000万吨以上，" * 45_000
    assert len(text) > 1_000_000
    statements, _ = statements_and_chains(text[:1_000_000])
    assert len(statements) > 40_000
    assert all(a.end <= b.start for a, b in pairwise(statements))
