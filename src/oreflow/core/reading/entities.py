"""Enterprises, parks, products, technologies and projects that a text names; near-duplicates are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .lexicon import PROVINCES
from .model import Entity, Span
from .paragraphs import Block
from .subjects import cleaned

_PIECE = re.compile(r"[^，。；、：“”！？《》]+")
_FIRM = re.compile(
    r"(?P<n>[\u4e00-\u9fffA-Za-z（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司|(?:控股|实业|钢铁|稀土|冶金)?集团(?:控股)?(?:股份)?(?:有限(?:责任)?)?(?:公司)?|股份公司|公司))"
)
_PARK = re.compile(
    r"(?P<n>[\u4e00-\u9fff]{2,20}?(?:高新技术产业开发区|经济技术开发区|高新技术产业园区?|经济开发区|循环经济(?:开)?发展?区|特色产业园区|工业园区|产业园区|开发区|高新区|经开区|工业园|产业园|工业区|科技园))"
)
_TECHNOLOGY = re.compile(r"(?P<n>[\u4e00-\u9fffA-Za-z0-9（）/\-]{3,30}?(?:技术|工艺))(?=及|和|等|的|$|（)")
_PROJECT = re.compile(r"(?P<n>[\u4e00-\u9fffA-Za-z0-9（）×./\-]{4,60}?(?:项目|工程))(?=建设|等|的|$|（)")
_MONEY = re.compile(r"(?:总投资|计划投资|投资额?|投资约)(?:约|达|为)?\s?(\d[\d,.]*\s?[万亿]+元)")
_CAPACITY = re.compile(
    r"(?:年产|年处理|年加工)?\d[\d,.]*(?:[万亿千百]*)(?:吨|立方米|m3|千瓦|平方米|只|台|套|件|t)(?:/[年日ad])?"
)
_GENERIC = re.compile(
    r"^(?:大型|重点|骨干|龙头|上市|各|该|本|其他|六大|两大|几|家|有关|相关|民营|国有|外资|中小|优势|企业|大|全国|国家|省级|市级|我|一批|关键|先进|共性|新|等|多|国内|国外|跨国|子|分|母|担保|投资|工业|特色|现有|所在|入园|化工|省|市)"
    r"(?:企业|集团|公司|企业集团|国有企业|园区|工业园区|产业园区|开发区|高新区|技术|工艺|项目|工程|级|家)*$|^(?:[一二三四五六七八九十]+(?:家|个|大|项)|\d+(?:家|个|大|项))"
)
_LEGAL = re.compile(r"有限责任公司|股份有限公司|有限公司|集团公司|股份公司|集团|公司|控股|（[^（）]*）")
_REGION = re.compile(rf"^(?:{'|'.join(PROVINCES)})(?:省|市|自治区)?")
_SORTS = (
    ("enterprise", _FIRM, ("公司", "集团")),
    ("park", _PARK, ("区", "园")),
    ("technology", _TECHNOLOGY, ("技术", "工艺")),
    ("project", _PROJECT, ("项目", "工程")),
)
_MIN = 3
_MOST_PIECE = 120


def read_entities(blocks: Sequence[Block], names: Mapping[str, str]) -> tuple[Entity, ...]:
    """All entities in order of first mention, each with its spellings and mentions."""
    found: dict[tuple[str, str], list[tuple[str, Span, str, str]]] = {}
    for block in blocks:
        text = block.body.text
        for sort, name, start, end in _named(text, block.head if block.head < len(text) else 0):
            first, last = block.body.span(start, end)
            money = capacity = ""
            if sort == "project":
                rest = re.split("[。；]", text[end : end + 60])[0]
                money = m[1] if (m := _MONEY.search(rest)) else ""
                capacity = m[0] if (m := _CAPACITY.search(name)) else ""
            found.setdefault((sort, key_of(sort, name)), []).append((name, Span(first, last), capacity, money))
        for name in _products(text, names):
            at = text.index(name)
            found.setdefault(("product", name), []).append((name, Span(*block.body.span(at, at + len(name))), "", ""))
    return _merged(found)


def key_of(sort: str, name: str) -> str:
    """What two spellings of one name share."""
    if sort != "enterprise":
        return re.sub(r"（[^（）]*）|高新技术产业开发区$", lambda m: "高新区" if "高新" in m[0] else "", name)
    bare = _REGION.sub("", _LEGAL.sub("", name))
    return bare if len(bare) >= 2 else name


def _named(text: str, skip: int) -> Iterator[tuple[str, str, int, int]]:
    for sort, pattern, marks in _SORTS:
        if not any(mark in text for mark in marks):
            continue
        for piece in _PIECE.finditer(text, skip):
            body = piece[0][:_MOST_PIECE]
            if not any(mark in body for mark in marks):
                continue
            for m in pattern.finditer(body):
                name = _plain(m["n"])
                if len(name) < _MIN or _GENERIC.match(name) or name.count("（") != name.count("）"):
                    continue
                end = piece.start() + m.end("n")
                yield sort, name, end - len(name), end


_LEADS = re.compile(
    r"^.*(?:依托|鼓励|支持|收购|控股(?!集|公司)|设立了?|除|继续|纳入|完善|选择|推动|向|以(?!上)|由|把|将|结合|提升|构建|建强|发展(?!区|有限)|布局|推进|大力|进一步|坚持|根据|关于|旨在|实施|开展|组织|落实|抓好|"
    r"研发|开发(?!区|有限)|推广|突破|优化|有实力的|具有|一批|即|全国|本地|市场前景好的|等|具备条件的|鼓励和|加强|采用|引入|催生|紧盯|谋划|招引|聚焦|严把|承担|狠抓|切实|通过|形成|打造|深入|积极|重点|第[一二三四五六七八九十]节|专栏\d+|"
    r"[一二两三四五六七八九十]大|\d+家|[六两几]家|家|启动|规划建设|建设(?!有限|集团)|完成|参与|分别|现有|逐步|其他)(?=[\u4e00-\u9fffA-Za-z0-9])"
)


def _plain(name: str) -> str:
    """The name without the verbs before it; empty where nothing but a kind of thing is left."""
    found = _LEADS.match(name)
    bare = cleaned(name[found.end() :] if found else name)
    bare = re.sub(r"^(?:了|的|和|及|与|或|有|对|在|为|使|其)+", "", bare)
    return bare if name.endswith(bare) and len(bare) >= _MIN + 1 else ""


def _products(text: str, names: Mapping[str, str]) -> Iterable[str]:
    return [n for n in names if len(n) >= 2 and n in text] if names else ()


def _merged(found: Mapping[tuple[str, str], list[tuple[str, Span, str, str]]]) -> tuple[Entity, ...]:
    out = []
    for (sort, _), hits in found.items():
        spellings = sorted({h[0] for h in hits}, key=len, reverse=True)
        mentions = tuple(sorted((h[1] for h in hits), key=lambda s: s.start))
        capacity = next((h[2] for h in hits if h[2]), "")
        money = next((h[3] for h in hits if h[3]), "")
        out.append(Entity(sort, spellings[0], tuple(spellings), mentions, capacity, money))
    return tuple(sorted(out, key=lambda e: e.mentions[0].start))
