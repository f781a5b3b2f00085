# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Counts in words against what is listed, and periods against their years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from ..frame import FIVE_YEARS
from .facts import Facts
from .numerals import count_of
from .wording import finding

_NUMERAL = r"(?P<n>[两二三四五六七八九]|十[一二三四五六七八九]?|\d{1,2})"
_COUNTED = re.compile(
    rf"(?<![第\d.〇零十百千万]){_NUMERAL}\s*(?:大|个|类|种|项|条|方面|家|座|方)(?P<what>[\u4e00-\u9fff\s]{{2,14}}?)[：:](?P<list>[^。！？；：:]{{3,400}})(?=[。；\n])"
)
_FIRSTS = re.compile(
    rf"(?<![第\d.十]){_NUMERAL}(?:大|个|方面|项|类)(?:方面|问题|挑战|突破|转变|特点|优势|任务)[^。]{{0,12}}[：:。]\s*(?P<list>一是[^\n]{{10,1500}})"
)
_TITLED = re.compile(rf"{_NUMERAL}(?:大|项|个)(?:专项|重点|重大)?(?P<what>工程|行动|计划)(?!师|机械)")
_BOX = re.compile(r"^\s*专栏\s*(?P<k>\d{1,2}|[一二三四五六七八九十]{1,3})[：:\s]*(?P<t>[^\n]{2,40})$", re.MULTILINE)
_PERIOD = re.compile(
    r"(?P<w>[“\"]?(?P<f>十[一二三四五六]|[七八九十])五[”\"]?)(?:时期|期间|规划期)?[（(]?\s?(?P<a>(?:19|20)\d{2})\s?年?\s?[—－\-–~至到]{1,2}\s?(?P<b>(?:19|20)\d{2})\s?年"
)
_SPAN = re.compile(
    r"(?P<n>[两二三四五六七八九十]|\d{1,2})年(?:行动|攻坚|计划|滚动|提升|倍增)[\u4e00-\u9fff]{0,12}[（(]\s?(?P<a>(?:19|20)\d{2})\s?年?\s?[—－\-–~至到]{1,2}\s?(?P<b>(?:19|20)\d{2})\s?年?"
)
_ORDINALS = "一二三四五六七八九十"
_LAST = re.compile(r"和|及|以及|与")


def check_lists(facts: Facts) -> Iterator[AnchoredFinding]:
    """三大基地：甲、乙、丙: the count in words and the things that follow the colon."""
    for found in _COUNTED.finditer(facts.text):
        stated = count_of(found["n"])
        least, most = _length(found["list"])
        if stated is None or most < 2 or stated > 40:
            continue
        yield from _told(facts, found.start("n"), found.end(), stated, least, most, found["what"].strip())
    for found in _FIRSTS.finditer(facts.text):
        stated = count_of(found["n"])
        listed = _ordinals(found["list"])
        if stated is not None and listed >= 2:
            yield from _told(facts, found.start("n"), found.start("list") + 2, stated, listed, listed, "“一是、二是”")


def _length(words: str) -> tuple[int, int]:
    """How many things a list may name: 和 in the last term joins two, or stands inside a name."""
    bare = re.sub(r"（[^（）]*）|\([^()]*\)|“[^“”]*”|\s", "", words)
    cut = re.split(r"，", bare)
    if len(cut) > 1 and all("、" not in c for c in cut[1:]) and "、" in cut[0]:
        bare = cut[0]
    elif len(cut) > 1:
        return 0, 0
    terms = [t for t in bare.split("、") if t]
    if len(terms) < 2 and not _LAST.search(bare):
        return 0, 0
    if any(len(t) > 30 for t in terms):
        return 0, 0
    last = terms[-1] if terms else ""
    extra = len(_LAST.findall(last)) if re.search(r"[和及与]", last) else 0
    tail = 1 if last.endswith("等") or "等" in last[-6:] else 0
    if tail:
        return 0, 0
    return len(terms), len(terms) + extra


def _ordinals(words: str) -> int:
    """How far 一是, 二是, 三是 runs."""
    at, count = 0, 0
    for char in _ORDINALS:
        found = words.find(f"{char}是", at)
        if found < 0:
            break
        at, count = found + 2, count + 1
    return count


def _told(
    facts: Facts, start: int, end: int, stated: int, least: int, most: int, what: str
) -> Iterator[AnchoredFinding]:
    ok = least <= stated <= most
    listed = least if stated < least else most
    yield finding(
        facts, "count", FindingClass.HOLDS if ok else FindingClass.INFORMATION,
        Text(f"文中说 {stated} 个{what}，" + ("列举数目相符。" if ok else f"列出的是 {listed} 个。"),
             f"The text speaks of {stated} ({what}); " + ("as many are listed." if ok else f"{listed} are listed.")),
        Text("请补齐、删减或改数目。" if not ok else "", "Add, remove or change the number." if not ok else ""),
        [], found=Fraction(stated), expected=Fraction(stated if ok else listed), anchors=[facts.piece(start, end)],
    )  # fmt: skip


def check_boxes(facts: Facts) -> Iterator[AnchoredFinding]:
    """八大专项工程: as many boxes whose titles end so?"""
    boxes: dict[str, list[re.Match[str]]] = {}
    for found in _BOX.finditer(facts.text):
        title = found["t"].strip()
        for what in ("工程", "行动", "计划"):
            if title.endswith(what):
                boxes.setdefault(what, []).append(found)
    seen: set[tuple[str, int]] = set()
    for found in _TITLED.finditer(facts.text):
        stated, held = count_of(found["n"]), boxes.get(found["what"], [])
        numbers = {m["k"] for m in held}
        if stated is None or len(numbers) < 3 or (found["what"], stated) in seen:
            continue
        seen.add((found["what"], stated))
        ok = stated == len(numbers)
        if not ok and abs(stated - len(numbers)) > max(2, stated // 3):
            continue
        yield finding(
            facts, "count", FindingClass.HOLDS if ok else FindingClass.INFORMATION,
            Text(f"文中说“{found[0]}”，以“{found['what']}”为题的专栏有 {len(numbers)} 个。",
                 f"The text speaks of “{found[0]}”; {len(numbers)} boxes are titled so."),
            Text("数目相符。" if ok else "请补齐专栏，或改正数目。", "They agree." if ok else "Add the missing box or change the number."),
            [], found=Fraction(stated), expected=Fraction(len(numbers)),
            anchors=[facts.piece(found.start(), found.end()), *(facts.piece(m.start("t"), m.end("t")) for m in held)],
        )  # fmt: skip


def check_periods(facts: Facts) -> Iterator[AnchoredFinding]:
    """“十四五”（2021—2025年）, 三年行动（2021—2023年）: names and years of periods."""
    for found in _PERIOD.finditer(facts.text):
        end = FIVE_YEARS.get(found["f"])
        if end is None:
            continue
        first, last = int(found["a"]), int(found["b"])
        ok = (first, last) in ((end - 4, end), (end - 5, end))
        yield _period(facts, found, ok, f"{end - 4}—{end}")
    for found in _SPAN.finditer(facts.text):
        years = count_of(found["n"])
        if years is None:
            continue
        length = int(found["b"]) - int(found["a"]) + 1
        yield _period(facts, found, length == years, f"{years} 年")


def _period(facts: Facts, found: re.Match[str], ok: bool, expected: str) -> AnchoredFinding:
    words = "".join(found[0].split())
    return finding(
        facts, "period", FindingClass.HOLDS if ok else FindingClass.ERROR,
        Text(f"“{words}”" + ("名称与年份相符。" if ok else f"名称与年份不符，应为 {expected}。"),
             f"“{words}”: " + ("name and years agree." if ok else f"name and years disagree; it should be {expected}.")),
        Text("请核对起止年份。" if not ok else "", "Check the years." if not ok else ""),
        [], anchors=[facts.piece(found.start(), found.end())],
    )  # fmt: skip
