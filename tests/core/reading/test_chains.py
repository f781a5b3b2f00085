"""Chains in sentences of many industries, and sentences that hold none."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from oreflow.core.reading import read
from oreflow.core.reading.letters import same_length

from .chain_sentences import CHAINS, NO_CHAINS


def bare(node: str) -> str:
    return re.sub(r"（.*?）|[“”\"\s]|等$", "", same_length(node))


def edges_told(chain: str) -> set[tuple[str, str]]:
    stages = [[bare(n) for n in s.split("|")] for s in chain.split("→")]
    return {(a, b) for left, right in pairwise(stages) for a in left for b in right}


def edges_read(text: str) -> set[tuple[str, str]]:
    return {(bare(a), bare(b)) for c in read("二、主要任务\n" + text).chains for a, b in c.edges}


def test_chains_of_many_industries() -> None:
    right = told = got = 0
    for text, chains in CHAINS:
        wanted = set().union(*(edges_told(c) for c in chains))
        found = edges_read(text)
        right, told, got = right + len(wanted & found), told + len(wanted), got + len(found)
    got += sum(len(edges_read(text)) for text in NO_CHAINS)
    assert right >= 0.97 * told
    assert right >= 0.97 * got


@pytest.mark.parametrize("text", NO_CHAINS)
def test_no_chain(text: str) -> None:
    assert edges_read(text) == set()


@pytest.mark.parametrize("dash", ["—", "——", "–", "-", "－", "─", "→", "⇒", "->", "=>", "～", " — ", "--", "↓", ">"])
def test_every_dash_and_arrow(dash: str) -> None:
    text = f"打造“铝土矿{dash}氧化铝{dash}电解铝{dash}铝型材”产业链。"
    assert edges_read(text) == edges_told("铝土矿→氧化铝→电解铝→铝型材")


def test_chains_are_linked_to_materials() -> None:
    (chain,) = read("打造钛精矿—高钛渣—海绵钛产业链。", materials={"海绵钛": "ti_sponge", "高钛渣": "ti_slag"}).chains
    assert dict(chain.materials) == {"海绵钛": "ti_sponge", "高钛渣": "ti_slag"}


def test_the_quote_is_the_text() -> None:
    for text, _ in CHAINS:
        for chain in read(text).chains:
            assert "".join(same_length(text[chain.start : chain.end]).split()) == chain.quote
