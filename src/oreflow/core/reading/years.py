"""Years of running text: explicit ones, periods, and those that are only a base of comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .frame import FIVE_YEARS

_ORDINAL = "十[一二三四五六]?|[一二三四五六七八九]"
_FIVE = (
    rf"[“\"「](?P<five>{_ORDINAL})[·.]?五[”\"」](?=(?P<what>时期|期间|规划|计划|期末|末|以来|初|中期|后期|前期|开局|目标|的|全|，))"
    rf"|(?<![零〇一二三四五六七八九十百千万亿点分之第至\d.])(?P<open>{_ORDINAL})[·.]?五(?=(?P<told>时期|期间|规划|计划|期末|末|以来|初|中期|后期|前期))"
)
_NUMERALS = "零〇○一二三四五六七八九十百千万亿点分之"
YEAR = re.compile(
    rf"(?<![\d.])(?P<from>(?:19|20)\d{{2}})年?[—–－\-~至到](?P<to>(?:19|20)\d{{2}})年"
    rf"|(?<![\d.])(?P<year>(?:19|20)\d{{2}})(?:年|(?=[—–－\-~至到]\d{{4}}年))(?P<tail>末|底|前|以前|之前|起|以来|后)?"
    rf"|{_FIVE}"
    r"|(?P<cn>(?:[一二]九[一二三四五六七八九][〇零○一二三四五六七八九]|二[〇零○]{1}[〇零○一二三四五六七八九]{2}))年"
    rf"|(?P<short>(?<![\d.年])[6-9]\d|(?<![{_NUMERALS}第])[六七八九][〇零○一二三四五六七八九])年(?=，|末|底|的|达|产|全|比|增|提|下|[\u4e00-\u9fff]{{1,6}}(?:产量|产值))"
)
_CN = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BASE_BEFORE = re.compile(r"(?:比|较|与|同|相比|以|对比|相对|是|为|相当于|按)$")
_BASE_AFTER = re.compile(
    r"^(?:末|底)?(?:的)?(?:相比|为基期|为基数|基础上|水平|不变价|价格|同期|[^，。；]{0,12}(?:为基期|为基数|相比|的[\d.、和及与]{1,40}倍|的[一二两三四五六七八九十]+倍|增长|提高|降低|下降|减少|增加|上升|翻))"
)
_PRICES = re.compile(r"的?(?:不变价|可比价|价格|基础上|水平(?!达|提|显|明|大|稳|进|持|不断))")
_BEFORE_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Year:
    """A year named at `start`…`end`; `quiet` ones are titles or bases of comparison."""

    start: int
    end: int
    year: int
    quiet: bool = False
    period: bool = False
    first: int | None = None


def years(text: str) -> list[Year]:
    """The years of a paragraph in order."""
    found = []
    quoted = _titles(text)
    for m in YEAR.finditer(text):
        start, end = m.span()
        if m["to"]:
            value, first, period = int(m["to"]), int(m["from"]), True
        elif m["year"]:
            value, first, period = int(m["year"]), None, False
        elif m["cn"]:
            value, first, period = int(m["cn"].translate(_CN)), None, False
        elif m["short"]:
            value, first, period = 1900 + int(m["short"].translate(_CN)), None, False
        else:
            what = m["what"] or m["told"]
            value = FIVE_YEARS.get(m["five"] or m["open"], 0)
            first, period = value - 4, what not in ("末", "期末")
            if what in ("规划", "计划", "初") or not value:
                continue
        quiet = _inside(quoted, start) or _base(text, start, end, m)
        found.append(Year(start, end, value, quiet, period, first))
    return found


def _base(text: str, start: int, end: int, m: re.Match[str]) -> bool:
    if m["tail"] in ("以来", "起"):
        return False
    if _PRICES.match(text, end):
        return True
    before = text[max(0, start - _BEFORE_WINDOW) : start]
    found = _BASE_BEFORE.search(before)
    if not found:
        return False
    return found[0] not in ("是", "为", "以", "与", "按") or bool(_BASE_AFTER.match(text[end : end + 24]))


def _titles(text: str) -> list[tuple[int, int]]:
    """Spans of 《…》 titles and of document numbers 〔…〕."""
    spans = []
    for opening, closing in (("《", "》"), ("〔", "〕")):
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at)
            if end < 0:
                break
            spans.append((at, end))
            at = text.find(opening, end)
    spans.sort()
    return spans


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(s <= at < e for s, e in spans) if spans else False
