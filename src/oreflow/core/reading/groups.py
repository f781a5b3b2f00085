"""The figures of a paragraph that state something, those of one list together with the words at their sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .accept import accepted, bare_level
from .numbers import Figure, figures
from .senses import Group, Sentence
from .years import Year

CLAUSE = re.compile(r"[，；：。！？]")
_LIST_JOIN = re.compile(r"[、和及与/]|以及")
_BASIS = re.compile(r"（(折合?[^（）]{1,12}|按[^（）]{1,12}|金属量|岩金|实物量|标准吨)）")
_LIST_HEAD = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d{2}年))|[（(]\d{1,2}[）)]|\d{1,2}[）)])"
)


_HEAD_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9fff])")


def kept_figures(text: str, named: list[Year], *, headed: bool = False) -> list[Figure]:
    """Figures that are not years, dates, titles or list numbers; a `headed` paragraph may begin with its number."""
    out: list[Figure] = []
    spans = [(y.start, y.end) for y in named]
    k = 0
    head = _LIST_HEAD.match(text) or (_HEAD_NUMBER.match(text) if headed else None)
    for figure in figures(text):
        if head and figure.start < head.end():
            continue
        while k < len(spans) and spans[k][1] <= figure.start:
            k += 1
        if k < len(spans) and spans[k][0] < figure.end and figure.start < spans[k][1]:
            continue
        if figure.sort == "bare" and text[figure.end : figure.end + 1] in "年月号届期":
            continue
        if out and text[figure.start - 3 : figure.start] == "（不含" and figure.low == out[-1].low:
            out[-1] = replace(out[-1], excluded=True)  # 400立方米以上（不含400立方米）
            continue
        if out and text[figure.start - 2 : figure.start] == "（含" and figure.low == out[-1].low:
            out[-1] = replace(out[-1], included=True)  # 85%以上（含85%）
            continue
        if figure.inner:
            out += _inner(text, figure)
        out.append(figure)
    return sorted(out, key=lambda f: f.start) if any(f.inner for f in out) else out


def _inner(text: str, figure: Figure) -> list[Figure]:
    """Figures in the bracket between a figure and its 以下: 100吨（合金钢50吨）以下."""
    at = text.index("（", figure.start)
    inner = [f for f in figures(figure.inner) if f.sort == "measure"]
    return [replace(f, start=f.start + at, end=f.end + at, unit_end=f.unit_end + at, post=figure.post) for f in inner]


def groups_of(text: str, sentence: Sentence, found: list[Figure]) -> Iterator[Group]:
    """Accepted figures, those of one list together."""
    index = 0
    previous_end = sentence.start
    while index < len(found):
        members = [found[index]]
        while (
            index + 1 < len(found)
            and _LIST_JOIN.fullmatch(text[members[-1].end : found[index + 1].start])
            and (_alike(members[-1], found[index + 1]) or _apportioned(text, members[0]))
        ):
            index += 1
            members.append(found[index])
        index += 1
        members = _of_one_unit(members)
        first, last = members[0], members[-1]
        begin = clause_start(text, sentence.start, first.start, previous_end)
        left = text[begin : first.start]
        stop = found[index].start if index < len(found) else sentence.end
        right = text[last.end : min(stop, last.end + 60)]
        end = CLAUSE.search(text, last.end, min(sentence.end, last.end + 60))
        clause = text[begin : end.start() if end else min(sentence.end, last.end + 60)]
        paired = previous_end > sentence.start and _PAIR_AFTER.fullmatch(text[previous_end : first.start])
        if all(accepted(f, left[-24:], right) or paired or bare_level(f, left) or _bare_pair(f, text) for f in members):
            if len(members) == 1 and not first.unit and index < len(found) and _bare_pair(first, text):
                members = _of_one_unit([first, found[index]])[:1]
            yield Group(tuple(members), left, right, begin, clause)
            previous_end = last.end


_PAIR_AFTER = re.compile(
    r"(?:提高|提升|增加|上升|降低|下降|减少|压缩|压减|扩大|发展|增长|降|升|减)(?:到|至|为)(?=\d|$)"
)


def _bare_pair(figure: Figure, text: str) -> bool:
    return (
        figure.sort == "bare"
        and text[figure.start - 1 : figure.start] in ("由", "从")
        and bool(_PAIR_AFTER.match(text[figure.end : figure.end + 6]))
    )


def _of_one_unit(members: list[Figure]) -> list[Figure]:
    """Bare figures of a list take the unit of its last: 分别提高2.3和3.1个百分点."""
    last = members[-1]
    if last.sort != "measure" or all(f.unit for f in members):
        return members
    return [f if f.unit else replace(f, unit=last.unit, sort=last.sort, scale=last.scale) for f in members]


def _apportioned(text: str, first: Figure) -> bool:
    """Whether 分别 stands before a list, which may then mix units."""
    return "分别" in text[max(0, first.start - 14) : first.start]


def _alike(a: Figure, b: Figure) -> bool:
    return (a.unit == b.unit or (a.sort == "bare" and not a.unit and b.unit != "")) and a.sort != "time"


def clause_start(text: str, low: int, at: int, previous: int) -> int:
    """Where the words that belong to a figure begin: after the last clause mark, or after the figure before."""
    begin = max(low, at - 90)
    depth = 0
    for k in range(at - 1, begin - 1, -1):
        char = text[k]
        if char == "）":
            depth += 1
        elif char == "（":
            if depth == 0:
                return k + 1
            depth -= 1
        elif (depth == 0 and char in "，；：。！？") or (k < previous and depth == 0):
            return k + 1
    return begin


def basis_of(left: str) -> tuple[str, str]:
    if left.endswith("）") and (found := _BASIS.search(left)) and found.end() == len(left):
        return left[: found.start()], found[1]
    if left.endswith("）"):
        at = left.rfind("（")
        if at > 0 and len(left) - at < 16:
            return left[:at], ""
    return left, ""
