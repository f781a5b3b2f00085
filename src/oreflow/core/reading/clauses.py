# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Clauses of lists and entry conditions: object, bounds, exceptions, place and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .context import Place
from .model import Clause, Comparator, Kind, Limit, Role, Statement
from .paragraphs import Block

C = Comparator
_Told = Sequence[tuple[int, Statement]]
_ITEM = re.compile(r"[^；。]+[；。]?")
_HEAD = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[条类]|\d{1,2}[、.．](?!\d)|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|[①②③④⑤⑥⑦⑧⑨⑩]|\d{1,2}）)+"
)
_TITLE = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章节类]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]*$"
)
_EXCEPT = re.compile(
    r"（([^（）]{2,60}?)(?:情形|情况)?除外(?:，[^（）]{0,80})?）|（不(?:含|包括)([^（）]{2,60})）|除([^，。；（）]{2,40}?)(?:以)?外(?!部|资|商|援|观|销|购)"
    r"|([^，。；（）]{2,30}?)除外|([^，。；（）]{2,40}?)(?:不受此限|不在此限|不适用本条|可不受)"
)
_LEFT_OUT = re.compile(r"^(?:但|但是|其中|对)(?=[\u4e00-\u9fff])")
_PLACE = re.compile(
    r"(?:在|位于|处于|距离?)((?:[^，。；（）]|（[^（）]{1,20}）){2,60}?(?:范围|公里|千米|米|区域|地区|流域|河道|岸线|红线|农田|林区|保护区|园区|城区|区))(?:以内|之内|内|中(?!心)|周边|以外|外(?!商|资))(?:\d[\d.]{0,6}(?:公里|千米|米)(?:范围)?(?:以内|之内|内)?)?"
    r"|(?:在|位于|处于)([^，。；（）]{2,30}?(?:区域|地区|流域|河道|林区|农田|保护区|红线|范围|园区|城区|周边|公里|岸线))"
)
_PLACE_BRACKET = re.compile(r"（([^（）]{2,40}?地区)[，、]")
_TIME = re.compile(
    r"(自?(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?(?:以前|以后|之?前|之?后|起))|(自?本(?:条件|规范|规范条件|公告|办法|清单|通知|标准)(?:发布|实施|施行|公布|印发)(?:之日)?(?:前|后|起)(?:\d{1,2}(?:个月|年|日)内)?)"
)
_CATEGORY = (
    ("淘汰", "eliminated"), ("禁止", "forbidden"), ("严禁", "forbidden"), ("限制", "restricted"), ("鼓励", "encouraged"),
)  # fmt: skip
_BY_WORDS = (
    (re.compile(r"禁止|严禁|不得(?!低于|超过|少于|高于|大于|小于|多于|突破|超出|短于)|不再(?:新增|审批|新建|核准|备案|建设|受理)|不予(?:备案|核准|审批)|一律不"), "forbidden"),
    (re.compile(r"(?:限期|立即|依法|予以|应当?|逐步|加快|全部|必须)[^，。；]{0,6}淘汰|(?:限期|依法)(?:关停|拆除|退出)|^淘汰"), "eliminated"),
    (re.compile(r"^限制|严格(?:限制|控制)新"), "restricted"),
    (re.compile(r"^(?:鼓励|支持|优先)"), "encouraged"),
)  # fmt: skip
_FORBIDS = re.compile(
    r"(?:禁止|严禁|一律不得|不得)(?:新建|扩建|改建|建设|采用|使用|生产|引进|新增|在|审批|核准|投资|从事|开采|进口|出口|擅自|以任何)"
)
_NORM = re.compile(
    r"应当?|须|必须|不得|禁止|严禁|不再|不予|鼓励|限期|淘汰|方可|要求|具备|符合|达到|除外|完成|退出|配套|不低于|不高于"
)
_BRACKET = re.compile(r"（[^（）]*）")
_TAIL = re.compile(
    r"^(?:（[^（）]{0,30}）)?(?:及|和)?(?:以上|以下|以内)?(?:（[^（）]{0,30}）)?(?:规模)?(?:及以[上下])?(?:的)?(?P<o>[^，；。（）]{2,40})"
)
_NO_OBJECT = re.compile(
    r"^(?:但|未|且|应|须|必须|不|达|方可|为|即|淘汰|退出|并|其中|需|要|可|均|以|时|者|进行|完成|停止|和|、|及)|(?:淘汰|退出|除外)$"
)
_VERBS = re.compile(
    r"^(?:(?:禁止|严禁|不得|不再|限制|鼓励|支持|严格控制|对|新增|新建|扩建|改建|建设|投资|审批|核准|采用|使用|生产|从事|开展|引进|发展|在此|和|、|或|、)+)(?=[\u4e00-\u9fffA-Za-z0-9])"
)
_ATTRIBUTE = re.compile(
    r"(?:单位产品|单位|有效|公称|使用|单套|单线|单台|单系列|单条|单炉|年|日|吨|综合|交流|工序|总|设计|生产|平均|炭化室|资源|亩均|选矿|冶炼|采选|矿石|开采|产品|新水|循环)*(?:综合能耗|能耗|电耗|水耗|煤耗|新水消耗|消耗量?|产能|能力|产量|规模|容积|容量|面积|高度|直径|长度|宽度|电流强度|电流|功率|回收率|回采率|贫化率|利用率|合格率|品率|品位|纯度|含量|浓度|排放量|排放浓度|占比|比例|比重|强度|税收|产值|温度|压力|密度|寿命|容积率|人数|投资|装炉量|放散率|重复利用率|重量|数量|率)$"
)
_LONGEST_NORM, _LONGEST_OBJECT = 300, 60


def category_of(place: Place, text: str) -> str:
    """encouraged, restricted, eliminated, forbidden or entry, from the titles above, else from the words."""
    listed = place.role is Role.CONDITION
    for words in (place.category, place.titles[-40:] if listed else ""):
        for mark, name in _CATEGORY:
            if mark in words:
                return name
    bare = _BRACKET.sub("", text)
    return next((name for pattern, name in _BY_WORDS if pattern.search(bare)), "entry") if listed else _plain(bare)


def _plain(text: str) -> str:
    """The category in running text of a plan."""
    if _FORBIDS.match(text):
        return "forbidden"
    return next((name for mark, name in _CATEGORY if mark in text[:30]), "entry")


def read_clauses(block: Block, place: Place, statements: _Told) -> Iterator[Clause]:
    """The clauses of one paragraph; `statements` are those of the paragraph with their indexes."""
    in_list = place.role is Role.CONDITION
    text = block.body.text
    told = [(i, s) for i, s in statements if s.kind is Kind.THRESHOLD or (in_list and s.kind is not Kind.ACTUAL)]
    if not in_list and not told and "禁" not in text and "不得" not in text:
        return
    at = 0
    for found in _ITEM.finditer(text, block.head if block.head < len(text) else 0):
        body = found[0].rstrip("；。")
        bare = _HEAD.sub("", body)
        if len(bare) < 4:
            continue
        first = found.start() + len(body) - len(bare)
        start, end = block.body.span(first, found.start() + len(body))
        inside = []
        while at < len(told) and told[at][1].start < end:
            if told[at][1].start >= start:
                inside.append(told[at])
            at += 1
        clause = _clause(block, place, bare, (first, start, end), inside, found[0])
        if clause is not None:
            yield clause


def _clause(
    block: Block, place: Place, bare: str, at: tuple[int, int, int], inside: _Told, whole: str
) -> Clause | None:
    first, start, end = at
    limits = [(i, s) for i, s in inside if s.kind is Kind.THRESHOLD and not _beside(bare, _offset(block, s, first))]
    in_list = place.role is Role.CONDITION
    title = place.titles.endswith(bare) and (bare == whole or bool(_TITLE.match(whole)))
    entry = in_list and not title and len(bare) <= _LONGEST_NORM and (
        (bool(place.category) and len(bare) <= 90) or bool(_NORM.search(bare))
    )  # fmt: skip
    if not limits and not entry and not _FORBIDS.match(bare):
        return None
    thing = _object(bare, [(_offset(block, s, first), s) for _, s in limits])
    made = tuple(limit for i, s in limits for limit in limits_of(i, s, thing))
    return Clause(start, end, category_of(place, bare), thing, made, *conditions(bare))


def _offset(block: Block, s: Statement, first: int) -> tuple[int, int]:
    """Where a statement stands in the words of its clause."""
    begin = _index(block, s.start) - first
    return begin, begin + len(s.quote)


def _index(block: Block, offset: int) -> int:
    """The character of the paragraph that stands at an offset of the text."""
    body = block.body
    low, high = 0, len(body.places)
    while low < high:
        middle = (low + high) // 2
        if body.places[middle] <= offset:
            low = middle + 1
        else:
            high = middle
    return body.starts[low - 1] + offset - body.places[low - 1] if low else 0


def _beside(text: str, span: tuple[int, int]) -> bool:
    """Whether a figure only says where, or repeats the end of a bound (含95%)."""
    if text[max(0, span[0] - 2) : span[0]].endswith(("（含", "不含")):
        return True
    return any(m.start() <= span[0] and span[1] <= m.end() + 2 for m in _PLACE.finditer(text))


def limits_of(index: int, s: Statement, thing: str = "") -> Iterator[Limit]:
    """The bounds of one statement; its attribute is named without the thing it is an attribute of."""
    rest = s.subject.removeprefix(thing) if thing else s.subject
    name = rest if len(rest) > 1 else s.subject
    if s.comparator is C.BETWEEN:
        upper = not re.search(r"以下$", s.quote) or bool(re.search(r"及以下$", s.quote))
        yield Limit(name, C.AT_LEAST, s.low, s.unit, True, index)
        yield Limit(name, C.AT_MOST if upper else C.LESS, s.high, s.unit, upper, index)
    else:
        yield Limit(name, s.comparator, s.low, s.unit, s.comparator not in (C.LESS, C.MORE), index)


def _object(text: str, limits: Sequence[tuple[tuple[int, int], Statement]]) -> str:
    """What a clause is about: the thing behind its last bound, else the one before its first."""
    if not limits:
        bare = _VERBS.sub("", _BRACKET.sub("", _places_out(text)))
        return bare[:_LONGEST_OBJECT]
    tail = _TAIL.match(text[limits[-1][0][1] :])
    if tail and not _NO_OBJECT.search(tail["o"]):
        return _VERBS.sub("", tail["o"].removeprefix("的"))[:_LONGEST_OBJECT]
    if len(limits) > 1 and (first := _TAIL.match(text[limits[0][0][1] :])) and not _NO_OBJECT.search(first["o"]):
        return first["o"][:_LONGEST_OBJECT]
    named = limits[0][1].subject
    attribute = _ATTRIBUTE.search(named)
    return _VERBS.sub("", named[: attribute.start()].rstrip("的") if attribute and attribute.start() > 1 else named)


def _places_out(text: str) -> str:
    """Without the place that a prohibition names first: 在…范围内."""
    found = _PLACE.search(text)
    return (
        text[: found.start()] + text[found.end() :] if found and len(text) - (found.end() - found.start()) > 4 else text
    )


def conditions(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Exceptions, places and times that a clause names."""
    exceptions = tuple(_LEFT_OUT.sub("", next(g for g in m.groups() if g)) for m in _EXCEPT.finditer(text))
    places = tuple(m[1] or m[2] for m in _PLACE.finditer(text)) + tuple(m[1] for m in _PLACE_BRACKET.finditer(text))
    times = tuple(m[1] or m[2] for m in _TIME.finditer(text))
    return exceptions, places, times
