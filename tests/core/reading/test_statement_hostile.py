# ruff: noqa: E501 -- Chinese characters count as two columns each
"""No expression of the room runs away, and hostile statements take linear time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from oreflow.core import reading
from oreflow.core.reading import read, statements_and_chains
from oreflow.core.reading.mending import mended

SEEDS = (
    "1", "1,000", "1.5", "10—20", "1×2×", "百分之", "一二三", "十百千万亿", "三分之", "一至", "二〇", "2020年", "2020—2025年", "“十四五”", "五年", "（", "）", "（甲）",
    "年", "年均", "提高到", "由从", "占全国的", "不低于", "以上", "吨", "吨/", "/吨", "万吨、", "、和及", "的", "甲的", "企业", "实现", "分别", "其中：", "，", "；", "。", " ", "\t", "Al", "l0O", "O", "0/0", "一 1", "全省", "示例公司", "产能", "综合综合", "项目", "等", "≥", "-", "·", "……", "—", "《", "[", "大型",
)  # fmt: skip
LENGTH = 240  # of one repeated seed: enough for anything worse than a square to show
MOST_SECONDS = 0.3


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled expression that a module of the room holds, in tuples and lists too."""
    for info in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for k, item in enumerate(_flat(value)):
                if isinstance(item, re.Pattern):
                    yield f"{info.name.removeprefix('oreflow.core.reading.')}.{name}[{k}]", item


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield from value.values()
    else:
        yield value


PATTERNS = dict(patterns())
MODULES = sorted({name.rpartition(".")[0] for name in PATTERNS})


def test_all_are_found() -> None:
    assert len(PATTERNS) > 150


@pytest.mark.parametrize("module", MODULES)
def test_no_expression_runs_away(module: str) -> None:
    """On repeats, which make expressions go back and forth, each is done at once."""
    for name, expression in PATTERNS.items():
        if name.rpartition(".")[0] == module:
            for seed in SEEDS:
                text = seed * (LENGTH // len(seed)) + "甲"
                assert _seconds(expression, text) < MOST_SECONDS, (name, seed)


def _seconds(expression: re.Pattern[str], text: str) -> float:
    """The best of three, unless the first is quick already."""
    best = MOST_SECONDS * 10
    for _ in range(3):
        start = time.process_time()
        for _found in expression.finditer(text):
            pass
        best = min(best, time.process_time() - start)
        if best < MOST_SECONDS / 10:
            break
    return best


HOSTILE = {
    "letters for digits": "2O1O年产量l2.5万吨" * 15_000,
    "letters only": "OolI丨〇" * 40_000,
    "percents broken": "1 0/0，" * 40_000,
    "halves": "占一半以上，" * 30_000,
    "great amounts": "突破千亿元，" * 30_000,
    "folds of folds": "是2000年的4.1、4.3、" * 20_000,
    "five-year plans": "“十五”期间" * 30_000,
    "bare names": "铜1万吨，" * 30_000,
    "names without end": "钒钛磁铁矿综合利用的" * 20_000 + "产量1万吨",
    "open brackets": "（甲1吨" * 30_000,
    "efforts": "通过五年" * 40_000,
    "bounds": "不低于年产1吨，" * 25_000,
    "topics": "吨钢新水消耗，高炉流程1吨，" * 15_000,
}


@pytest.mark.slow
@pytest.mark.timing
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_statements_take_linear_time(name: str) -> None:
    text = HOSTILE[name]
    times = []
    for part in (text[: len(text) // 4], text):
        start = time.process_time()
        read(part)
        times.append(time.process_time() - start)
    assert times[1] < 15
    assert times[1] < 10 * times[0] + 0.5, times  # four times the text; squared time would be sixteen


DAMAGED = {
    "2O1O年": "2010年", "7l2万吨": "712万吨", "2 1 8 万屯": "2 1 8 万吨", "l2.5%": "12.5%", "14 25O\n千瓦时": "14 250\n千瓦时",
    "l 000万吨": "1 000万吨", "lO万吨": "10万吨", "2×35O\nMW": "2×350\nMW", "12。5%": "12.5%", "12.5 0/0，": "12.5 %  ，", "30方吨": "30万吨",
    "3亿兀": "3亿元", "6OO一65O万吨": "600—650万吨", "2〇15年": "2015年",
}  # fmt: skip
UNHARMED = (
    "V2O5", "Al2O3", "H2O 5吨", "Fe3O4 65%", "O2浓度", "CO2", "I2", "O3前体", "10l/min", "二〇一〇年", "GB 18599-2020", "No.5", "Ol", "HIPO-10型",
    "完成。2015年", "第一步", "一、发展1 一", "3方面",
)  # fmt: skip


@pytest.mark.parametrize("damaged", DAMAGED)
def test_evident_damage_is_mended(damaged: str) -> None:
    assert mended(damaged) == DAMAGED[damaged]
    assert len(mended(damaged)) == len(damaged)


@pytest.mark.parametrize("words", UNHARMED)
def test_names_and_formulas_are_left_alone(words: str) -> None:
    assert mended(words) == words


def test_mended_figures_are_marked_doubtful() -> None:
    for words in ("2O25年，钢产量达到45O万吨。", "到2025年，钢产量达到l2.5万吨。", "到2025年，钢产量达到15 0万屯。"):
        (found,) = statements_and_chains(words)[0]
        assert "letters mended" in found.doubts, words
        assert found.confidence < 0.9
