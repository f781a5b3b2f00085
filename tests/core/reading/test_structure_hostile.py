# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Structure out of long, deep and damaged texts: a result in linear time, whatever the text."""

from __future__ import annotations

import itertools
import re
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.core.reading import Grid, GridCell, read

from .table_texts import LAYOUTS

MARKS = st.sampled_from(
    [*"—－-→、/（）“”；。：，|\t \n0123456789年月%①", "产业链", "表1", "专栏2", "第一章", "（一）", "1.", "1.1", "合计", "其中：", "铝", "锂盐", "负责", "牵头单位：", "省工信厅", "以下简称", "有限公司", "产业园", "项目", "技术", "除外", "禁止", "不低于", "以下", "目录"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKS, max_size=160).map("".join))
def test_any_mixture_is_read(text: str) -> None:
    reading = read(text, materials={"锂盐": "li_salt"})
    for item in (*reading.outline, *reading.tables, *reading.chains, *reading.clauses, *reading.duties):
        assert 0 <= item.start <= item.end <= len(text)
    for entity in reading.entities:
        assert all(0 <= m.start < m.end <= len(text) for m in entity.mentions)
    for table in reading.tables:
        for row in table.rows:
            assert all(0 <= c.column < max(1, len(table.columns)) for c in row.cells)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_grid_is_read(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([k.text for k in LAYOUTS]))
    places = st.integers(0, len(text))
    cell = st.builds(lambda a, b, x, y: GridCell(min(a, b), max(a, b), x, y), places, places, st.integers(-1, 9), st.integers(-1, 9))  # fmt: skip
    rows = st.lists(st.lists(cell, max_size=6).map(tuple), max_size=8).map(tuple)
    grids = data.draw(st.lists(st.builds(lambda a, b, r: Grid(min(a, b), max(a, b), r), places, places, rows), max_size=3))  # fmt: skip
    for s in read(text, grids=grids).statements:
        assert 0 <= s.start < s.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([k.text for k in LAYOUTS]), st.integers(0, 400), st.integers(0, 40))
def test_a_table_with_a_piece_missing(text: str, start: int, length: int) -> None:
    assert read(text[:start] + text[start + length :]).doc == ""


HOSTILE: dict[str, Callable[[int], str]] = {
    "chapters": lambda n: "".join(f"第{k}章 标题\n" for k in range(n // 8)),
    "nested lists": lambda n: "一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n" * (n // 22),
    "decimals": lambda n: "".join(f"{k % 99}.{k % 97}.{k % 89} 标题\n" for k in range(n // 12)),
    "dotted": lambda n: "目录\n" + "第一章 甲……………1\n" * (n // 14),
    "list points": lambda n: "".join(f"{k % 99}.5万吨以下高炉\n" for k in range(n // 12)),
    "chains": lambda n: "铝土矿—氧化铝—电解铝、" * (n // 12),
    "joints": lambda n: "矿—铝和矿—铝和" * (n // 8),
    "dash words": lambda n: "铝—" * (n // 2),
    "arrows": lambda n: "→" * n,
    "brackets in chains": lambda n: "铝（钢）—" * (n // 6),
    "open brackets": lambda n: "（省工信厅、" * (n // 6),
    "bodies": lambda n: "（省工信厅、省财政厅负责" * (n // 12),
    "leads": lambda n: "牵头单位：省工信厅；配合单位：" * (n // 15),
    "by": lambda n: "由省工信厅负责，省财政厅" * (n // 13),
    "short names": lambda n: "示例公司（以下简称公司）" * (n // 12),
    "firms": lambda n: "依托示例集团有限公司" * (n // 10),
    "long name": lambda n: "示例" * (n // 2) + "公司",
    "verbs": lambda n: "推进建设发展" * (n // 6) + "项目",
    "lists of firms": lambda n: "依托示例铝业、示例铜业、" * (n // 12),
    "products": lambda n: "产品包括铝、铜、" * (n // 8),
    "clauses": lambda n: "不低于5万吨；" * (n // 7),
    "exceptions": lambda n: "除甲外，" * (n // 4),
    "places": lambda n: "在甲区域" * (n // 4),
    "rows": lambda n: "钢 10 20\n" * (n // 8),
    "tabs": lambda n: "钢\t10\t20\n" * (n // 8),
    "bars": lambda n: "|钢|10|20|\n" * (n // 10),
    "years": lambda n: "2020 2021 2022\n" * (n // 15),
    "cells": lambda n: "指标\n2020年\n" + "产量\n10\n" * (n // 6),
    "heads": lambda n: "产品\t" * (n // 3) + "\n",
    "groups": lambda n: "甲\t1\t2\n一、乙\n" * (n // 10),
}


@pytest.mark.slow
@pytest.mark.timing
@pytest.mark.parametrize("name", HOSTILE)
def test_linear_time(name: str) -> None:
    prefix = "示例行业规范条件\n" if name in ("clauses", "exceptions", "places") else ""
    times = []
    for size in (40_000, 160_000):
        text = prefix + HOSTILE[name](size)
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    assert times[1] < 20
    assert times[1] < 10 * times[0] + 0.5, times  # four times the text; squared time would be sixteen


@pytest.mark.slow
@pytest.mark.timing
def test_a_line_of_ten_megabytes() -> None:
    sentence = "打造铝土矿—氧化铝—电解铝产业链，（省工信厅负责）依托示例铝业有限公司建设，"
    text = sentence * 90_000
    assert len(text.encode()) > 10_000_000
    start = time.process_time()
    reading = read(text)
    assert time.process_time() - start < 200
    assert len(reading.chains) == len(reading.duties) == 90_000
    assert len([e for e in reading.entities if e.kind == "enterprise"]) == 1


MODULES = ("cells", "chain_words", "chains", "clauses", "columns", "drafts", "duties", "entities", "grids", "matrix", "name_words",
           "outline", "paragraphs", "reading", "table_facts", "table_statements", "tables", "totals")  # fmt: skip
PATTERNS = {
    f"{module}.{name}": value
    for module in MODULES
    for name, value in vars(import_module(f"oreflow.core.reading.{module}")).items()
    if isinstance(value, re.Pattern)
}
NASTY = [unit * (4_000 // len(unit)) for unit in (
    "（", "）", "甲", "甲、", "1", "1.", "—", "铝—", "的", " ", "\t", "一、", "公司", "有限公司和", "推进", "除外", "在区域内", "2025年", "（以下简称",
    "负责，", "牵头单位：甲", "由甲负责，", "年产5万吨", "项目", "技术", "产业园", "不低于5", "第一条", "专栏1", "表1", "……", "。", "；", "[", "〔", "A", "a1-",
)]  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_do_not_go_astray(name: str) -> None:
    start = time.process_time()
    for text in NASTY:
        PATTERNS[name].search(text)
        PATTERNS[name].search(text + "甲。")
    assert time.process_time() - start < 12


@pytest.mark.slow
@pytest.mark.timing
def test_a_table_of_a_hundred_thousand_rows() -> None:
    rows = [f"矿{k}\t{k % 97 + 1}\t{k % 89 + 1}" for k in range(100_000)]
    text = "表1 产量（万吨）\n产品\t2019年\t2020年\n" + "\n".join(rows)
    (table,) = read(text).tables
    assert len(table.rows) == 100_000


@pytest.mark.slow
@pytest.mark.timing
def test_memory_grows_with_the_text() -> None:
    sample = "\n".join(k.text for k in LAYOUTS) + "打造铝土矿—氧化铝产业链。（省工信厅负责）\n"
    peaks = []
    for times in (5, 20):
        tracemalloc.start()
        read(sample * times)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert all(b < 6 * a for a, b in itertools.pairwise(peaks))
