# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Clauses of lists and entry conditions: object, bounds, exceptions, place and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .context import Place
from .model import Clause, Comparator, Kind, Limit, Role, Statement
from .paragraphs import Block
from .subjects import right_noun

C = Comparator
_ITEM = re.compile(r"[^；。]+[；。]?")
_HEAD = re.compile(r"^(?:\d{1,2}[、.．]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|[①②③④⑤⑥⑦⑧⑨⑩])+")
_EXCEPT = re.compile(
    r"（([^（）]{2,60}?)除外）|（不(?:含|包括)([^（）]{2,60})）|除([^，。；（）]{2,40}?)(?:以)?外(?!部|资|商)|([^，。；（）]{2,30}?)除外"
)
_PLACE = re.compile(
    r"(?:在|位于)([^，。；（）]{2,30}?(?:区域|地区|流域|河道|林区|农田|保护区|红线|范围|园区|城区|周边|公里)(?:以?内|中)?)"
)
_PLACE_BRACKET = re.compile(r"（([^（）]{2,40}?地区)[，、]")
_TIME = re.compile(
    r"((?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?(?:以?前|以?后|起|之前|之后))|(本(?:条件|规范|公告)(?:发布|实施|施行)(?:之日)?(?:前|后|起))"
)
_CATEGORY = (
    ("淘汰", "eliminated"), ("禁止", "forbidden"), ("限制", "restricted"), ("鼓励", "encouraged"), ("准入", "entry"), ("规范条件", "entry"), ("负面清单", "restricted"),
)  # fmt: skip
_BRACKET = re.compile(r"（[^（）]*）")
_OBJECT = re.compile(r"(?:以上|以下|以内|及以上|及以下)(?:的)?(?P<o>[^，；。、（0-9]{2,30})")


def category_of(place: Place, text: str) -> str:
    """encouraged, restricted, eliminated, forbidden or entry, from the titles above, else from the words."""
    listed = place.role is Role.CONDITION
    for words in (place.category, place.titles[-40:] if listed else "", text[:30] if listed else ""):
        for mark, name in _CATEGORY:
            if mark in words:
                return name
    return "entry"


def read_clauses(block: Block, place: Place, statements: Sequence[tuple[int, Statement]]) -> Iterator[Clause]:
    """The clauses of one paragraph; `statements` are those of the paragraph with their indexes."""
    in_list = place.role is Role.CONDITION
    text = block.body.text
    limits = [(i, s) for i, s in statements if s.kind is Kind.THRESHOLD]
    if not in_list and not limits:
        return
    at = 0
    for found in _ITEM.finditer(text, block.head if block.head < len(text) else 0):
        body = found[0].rstrip("；。")
        bare = _HEAD.sub("", body)
        if len(bare) < 4:
            continue
        start, end = block.body.span(found.end() - len(found[0]) + len(body) - len(bare), found.start() + len(body))
        inside = []
        while at < len(limits) and limits[at][1].start < end:
            if limits[at][1].start >= start:
                inside.append(limits[at])
            at += 1
        if not inside and not (
            in_list and len(bare) <= 90 and place.category and not (place.titles.endswith(bare) and body == found[0])
        ):
            continue
        made = tuple(limit for i, s in inside for limit in _limits(i, s))
        yield Clause(start, end, category_of(place, bare), _object(bare, inside), made, *_conditions(bare))


def _limits(index: int, s: Statement) -> Iterator[Limit]:
    if s.comparator is C.BETWEEN:
        upper = not re.search(r"以下$", s.quote) or bool(re.search(r"及以下$", s.quote))
        yield Limit(s.subject, C.AT_LEAST, s.low, s.unit, True, index)
        yield Limit(s.subject, C.AT_MOST if upper else C.LESS, s.high, s.unit, upper, index)
    else:
        yield Limit(s.subject, s.comparator, s.low, s.unit, s.comparator not in (C.LESS, C.MORE), index)


def _object(text: str, inside: Sequence[tuple[int, Statement]]) -> str:
    bare = _BRACKET.sub("", text)
    if (found := _OBJECT.search(bare)) and inside:
        thing = found["o"].removeprefix("的")
        if not thing.startswith(("但", "未", "且")):
            return thing
        return right_noun(bare[found.start("o") :]) or inside[0][1].subject
    if not inside:
        return bare[:60]
    return inside[0][1].subject


def _conditions(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    exceptions = tuple(next(g for g in m.groups() if g) for m in _EXCEPT.finditer(text))
    places = tuple(m[1] for m in _PLACE.finditer(text)) + tuple(m[1] for m in _PLACE_BRACKET.finditer(text))
    times = tuple(m[1] or m[2] for m in _TIME.finditer(text))
    return exceptions, places, times
