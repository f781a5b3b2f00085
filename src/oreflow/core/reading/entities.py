"""Enterprises, parks, products, technologies and projects that a text names; near-duplicates are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import name_words as w
from .model import Entity, Span
from .paragraphs import Block
from .subjects import cleaned

_Sort = tuple[str, re.Pattern[str], tuple[str, ...]]
_SORTS: tuple[_Sort, ...] = (
    ("enterprise", w.FIRM, ("公司", "集团", "厂")),
    ("park", w.PARK, ("区", "园")),
    ("technology", w.TECHNOLOGY, ("技术", "工艺")),
    ("project", w.PROJECT, ("项目", "工程", "生产线")),
)
_MIN = 3
_MOST_PIECE = 120
_SHORTEST_KEY = 4
_CITY = re.compile(r"^[\u4e00-\u9fff]{2,5}?[市县区州]")
_JOINED = re.compile(r"^(?:了|的|和|及|与|或|对|在|为|使|其|向|由|将|把|从|以)+(?=[\u4e00-\u9fff])")


@dataclass(slots=True)
class _Hits:
    """What was found under one key."""

    names: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    capacity: str = ""
    money: str = ""
    listed: Entity | None = None

    def add(self, name: str, span: Span) -> None:
        self.names.append(name)
        self.mentions.append(span)


_Found = dict[tuple[str, str], _Hits]


def read_entities(
    blocks: Sequence[Block],
    limits: Sequence[Block],
    names: Mapping[str, str],
    short: Mapping[str, str] | None = None,
    listed: Iterable[Entity] = (),
) -> tuple[Entity, ...]:
    """All entities in order of first mention, each with its spellings and mentions.

    `limits` are paragraphs of conditions, which name no projects or technologies of their own; `names` are
    products known beforehand, `short` the short names that the text defines, `listed` the
    projects that tables list.
    """
    found: _Found = {}
    products = Finder(n for n in names if len(n) > 1)
    for block in blocks:
        _read_block(block, found, products, _SORTS)
    for block in limits:
        _read_block(block, found, products, _SORTS[:2])
    for entity in listed:
        hits = found.setdefault((entity.kind, key_of(entity.kind, entity.name)), _Hits())
        hits.names.insert(0, entity.name)
        hits.mentions += entity.mentions
        hits.listed = entity
    _again([*blocks, *limits], found, short or {})
    return _merged(found)


def _read_block(block: Block, found: _Found, products: Finder, sorts: Sequence[_Sort]) -> None:
    text = block.body.text
    skip = block.head if block.head < len(text) else 0
    for sort, name, start, end in (*_named(text, skip, sorts), *_in_lists(text, skip)):
        hits = found.setdefault((sort, key_of(sort, name)), _Hits())
        hits.add(name, Span(*block.body.span(start, end)))
        if sort == "project":
            rest = re.split("[。；]", text[end : end + 80])[0]
            hits.money = hits.money or (m[1] if (m := w.MONEY.search(rest)) else "")
            hits.capacity = hits.capacity or (m[0] if (m := w.CAPACITY.search(name)) else "")
    for name, start in products.find(text):
        found.setdefault(("product", name), _Hits()).add(name, Span(*block.body.span(start, start + len(name))))


class Finder:
    """Finds the longest of many names at every place of a text, by their first two characters."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_head: dict[str, list[str]] = {}
        for name in sorted(set(names), key=len, reverse=True):
            self.by_head.setdefault(name[:2], []).append(name)
        heads = "|".join(re.escape(h) for h in sorted(self.by_head, key=len, reverse=True))
        self.pattern = re.compile(heads) if heads else None

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """The names with where they start, never one inside another."""
        at = 0
        while self.pattern is not None and (head := self.pattern.search(text, at)):
            name = next((n for n in self.by_head[head[0]] if text.startswith(n, head.start())), "")
            if name:
                yield name, head.start()
            at = head.start() + (len(name) or 1)


def key_of(sort: str, name: str) -> str:
    """What two spellings of one name share."""
    if sort == "park":
        bare = re.sub(r"（[^（）]*）", "", name)
        bare = re.sub(r"高新技术产业(?:开发区|园区?)$", "高新区", bare)
        return re.sub(r"经济技术开发区$", "经开区", bare)
    if sort != "enterprise":
        return re.sub(r"（[^（）]*）$", "", name)
    bare = w.REGION.sub("", w.LEGAL.sub("", name))
    return bare if len(bare) >= 2 else name


def _named(text: str, skip: int, sorts: Sequence[_Sort]) -> Iterator[tuple[str, str, int, int]]:
    for sort, pattern, marks in sorts:
        if not any(mark in text for mark in marks):
            continue
        for piece in w.PIECE.finditer(text, skip):
            body = piece[0][:_MOST_PIECE]
            if not any(mark in body for mark in marks):
                continue
            for m in pattern.finditer(body):
                name = plain_name(m["n"], sort)
                if name:
                    end = piece.start() + m.end("n")
                    yield sort, name, end - len(name), end


def plain_name(words: str, sort: str) -> str:
    """The name without the verbs before it; empty where nothing but a kind of thing is left."""
    found = w.LEADS.match(words)
    bare = cleaned(words[found.end() :] if found else words)
    bare = _JOINED.sub("", bare)
    if bare.startswith("）") or bare.count("（") != bare.count("）"):
        bare = bare[bare.rfind("）") + 1 :] if bare.count("）") > bare.count("（") else ""
    if sort in ("enterprise", "park"):
        bare = re.sub(r"^[\d.]+|^(?:[省市县区]属|国有|当地|本地)(?:企业)?", "", bare)
    if not words.endswith(bare) or len(bare) < _MIN + 1 or w.GENERIC.match(bare) or w.BROKEN.search(bare):
        return ""
    return "" if sort in ("technology", "project") and len(bare) < 5 else bare


def _in_lists(text: str, skip: int) -> Iterator[tuple[str, str, int, int]]:
    """Firms without a legal form in a list that ends in 企业, and products in one that 产品包括 begins."""
    if "企业" in text:
        for found in w.LISTED.finditer(text, skip):
            at = found.start("l")
            for part in found["l"].split("、"):
                name = part.removesuffix("等")
                if w.SHORT_FIRM.fullmatch(name) and not (w.GENERIC.match(name) or w.NOT_LISTED.search(name)):
                    yield "enterprise", name, at, at + len(name)
                at += len(part) + 1
    if "产品" in text:
        for found in w.PRODUCTS.finditer(text, skip):
            at = found.start("l")
            for part in found["l"].split("、"):
                if 2 <= len(part) <= 14 and not re.search(r"[\d的了]", part):
                    yield "product", part, at, at + len(part)
                at += len(part) + 1


def _again(blocks: Sequence[Block], found: _Found, short: Mapping[str, str]) -> None:
    """Mentions of firms and parks by their short names: those the text defines, and firms without legal form."""
    known: dict[str, tuple[str, str]] = {}
    for sort, key in found:
        if (
            sort == "enterprise"
            and len(key) >= _SHORTEST_KEY
            and not (w.GENERIC.match(key) or w.COMMON_KEY.search(key))
        ):
            known[key] = (sort, key)
    aliases = Counter(a for sort, key in found if sort == "enterprise" and (a := _CITY.sub("", key)) != key)
    for sort, key in list(found):
        alias = _CITY.sub("", key)
        if sort == "enterprise" and alias != key and len(alias) >= _SHORTEST_KEY and aliases[alias] == 1:
            known.setdefault(alias, (sort, key))
    for brief, full in short.items():
        for sort in ("enterprise", "park"):
            if (sort, key_of(sort, full)) in found:
                known[brief] = (sort, key_of(sort, full))
    if not known:
        return
    finder = Finder(known)
    taken = {(s.start, s.end) for (sort, _), h in found.items() if sort in ("enterprise", "park") for s in h.mentions}
    starts = {s for s, _ in taken}
    for block in blocks:
        for name, at in finder.find(block.body.text):
            span = Span(*block.body.span(at, at + len(name)))
            if span.start not in starts and not _goes_on(block.body.text, at + len(name)):
                found[known[name]].add(name, span)


def _goes_on(text: str, end: int) -> bool:
    """Whether a short name is only the beginning of another one."""
    return bool(re.match(r"[\u4e00-\u9fff]{0,6}(?:公司|集团|开发区|园区|工业园)", text[end : end + 10]))


def _merged(found: _Found) -> tuple[Entity, ...]:
    out = []
    for (sort, _), hits in found.items():
        spellings = tuple(sorted(set(hits.names), key=lambda n: (-len(n), n)))
        mentions = tuple(sorted(set(hits.mentions), key=lambda s: (s.start, s.end)))
        made = Entity(sort, spellings[0], spellings, mentions, hits.capacity, hits.money)
        if hits.listed is not None:
            told = hits.listed
            made = replace(
                made, name=told.name, capacity=told.capacity or made.capacity, money=told.money or made.money,
                period=told.period, content=told.content, bodies=told.bodies,
            )  # fmt: skip
        out.append(made)
    return tuple(sorted(out, key=lambda e: e.mentions[0].start))
