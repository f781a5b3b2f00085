# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Industry chains: stages joined by dashes or arrows; not ranges, compounds, places or names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .letters import Paragraph
from .model import Chain
from .numbers import either

_DASH = r"(?:——|--|[—–－‐→⇒➝➔➜⟶►▶~\-]>?|=>)"
_CUT = re.compile(_DASH)
_QUICK = re.compile(r"[—–－‐→⇒➝➔➜⟶►▶~>\-]")
_NODE = r"(?:[^\s。；：，！？“”《》—–－‐→⇒➝➔➜⟶►▶~=>\-（）\"]|（[^（）]{0,40}）)"
_SEQUENCE = re.compile(rf"{_NODE}{{1,120}}(?:{_DASH}{_NODE}{{1,120}})+")
_WINDOW = 6000

_LEADS = (
    "构建集", "打造集", "推进集", "发展集", "培育集", "形成集", "构建", "布局", "打造", "做优", "做强", "做大", "优化", "推动", "推进", "采用", "发展", "培育", "形成",
    "探索", "完善", "延伸", "围绕", "实施", "建立", "按照", "依托", "拓展", "壮大", "建设", "产业链为", "链条为", "路线为", "流程为", "路径为", "工艺为", "支持", "鼓励", "促进", "实现", "走", "采取", "集",
    "为", "即", "如", "以", "从", "加快", "加强", "拉长", "建成", "打通", "补齐", "贯通", "开展", "推广", "继续", "重点", "包括", "有", "将", "建链", "构筑", "打造了", "形成了", "构建了", "等",
)  # fmt: skip
_LEAD = re.compile(rf"^.*(?:{either(_LEADS)})(?=.)")
_END = re.compile(
    r"(?:(?:全|完整|循环|的|等|较为完整|一条龙|这一|这条|上下游|特色|主导|优势)*(?:产业链|产业链条|链条|链式|价值链|供应链|循环链)|为?一体|一体化|为主线|为主体|为代表|为重点|为核心|为主|联产|联营|联动|路线|路径|模式|工艺(?!品)|流程|循环(?!利用)|全流程|三者|两者|的|产业体系|产业集群|产业基地|发展格局|之路|耦合|梯级).*$"
)
_ETC = re.compile(r"等(?P<t>[^、]{0,16})$")
_GENERIC_TAIL = re.compile(r"(?:[^、]{0,10}(?:应用|产业|领域|方面|行业|产业链|链条|下游|环节|项目|深加工).*)?$")
_CUES = re.compile(
    r"产业链|链条|链式|一体|为主线|联产|联营|路径|循环|价值链|产业化路线|工艺路线|技术路线|流程|下游|上游|延伸|梯次|创新链|供应链|耦合"
)
_PLACE_END = re.compile(
    r"(?:省|市|县|州|盟|旗|镇|乡|村|新区|城区|片区|园区|开发区|高新区|经开区|港|站|机场|口岸|区域)(?:（[^（）]*）)?$"
)
_PLACE_AFTER = re.compile(
    r"^[”\"]?(?:、“[^”]{1,24}”)*(?:片区|走廊|高速|铁路|公路|沿线|一带|集聚区|经济带|城市|段|线|航线|地区|输电|管道|产业带|两大|通道|城际|区域)"
)
_PLACE_LEAD = re.compile(r"(?:位于|高速|铁路|公路|沿|贯穿|连接|往返|途经)$")
_GOODS = re.compile(
    r"[矿钢铁铝钛钒锰铜锌铅镍钴锂稀硅碳石材料电油酸盐粉渣煤焦气化合金器机品池冶炼加工剂液膜纤件车轮线缆板管棒丝箔锭砖泥瓦肥]|制造|服务|开采|回收|利用|研发|设计"
)
_FIGURE_SIDE = re.compile(r"^[\d.%％‰万亿]+$|\d$")
_LATIN = re.compile(r"^[A-Za-z0-9α-ωγβ+/.]+$")
_PROCESS = re.compile(r"开采|冶炼|加工|制造|勘探|焙烧|浸出|萃取|轧制|铸造|熔炼|分离|精炼|采选|回收|利用")
_OTHER = re.compile(
    r"设计|服务|孵化|加速器|企业|工厂|车间|人才|研发|成果|公司|园区|专业|金融|平台|政府|科研|创新|市场|产学研|信息|投资|高校|转化|标准|众创"
)
_GENERIC_NAME = re.compile(r"材料(?:-|$)")


def read_chains(body: Paragraph, titles: str = "") -> Iterator[Chain]:
    """The chains of a paragraph; `titles` are the titles above it."""
    text = body.text
    if not _QUICK.search(text):
        return
    for found in _SEQUENCE.finditer(text):
        if found.end() - found.start() > _WINDOW:
            continue
        yield from _sequence(text, found.start(), found.end(), body, titles)


def _sequence(text: str, start: int, end: int, body: Paragraph, titles: str) -> Iterator[Chain]:
    quoted = text[max(0, start - 1) : start] in ("“", '"', "：") and (
        text[end : end + 1] in ("”", '"') or text[start - 1] == "："
    )
    around = text[max(0, start - 14) : start] + "|" + text[end : end + 16]
    for a, b in _parted(text[start:end]):
        piece, at = text[start + a : start + b], start + a
        cut = piece if quoted and a == 0 else _led(piece, quoted)
        at += len(piece) - len(cut)
        cue = (
            bool(_CUES.search(around) or _CUES.search(text[start:end]))
            or "产业链" in titles
            or (quoted and text[start - 1] == "：")
        )
        cut, at = _restarted(cut, at)
        kept = _tailed(cut)
        stages = _stages(kept)
        if len(stages) < 2 or not _is_chain(
            stages, cue, quoted, text[at - 8 : at], text[at + len(kept) : at + len(kept) + 40]
        ):
            continue
        first, last = body.span(at, at + len(kept))
        yield Chain(first, last, kept, tuple(tuple(s) for s in stages), _kind(stages))


def _split_top(text: str, marks: str) -> list[tuple[int, int]]:
    """Pieces between marks that stand outside brackets."""
    out, depth, start = [], 0, 0
    for k, char in enumerate(text):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth -= 1
        elif depth == 0 and char in marks:
            out.append((start, k))
            start = k + 1
    out.append((start, len(text)))
    return out


def _parted(text: str) -> list[tuple[int, int]]:
    """Several chains in one run: each enumerated piece a chain, or a later one that begins like the first."""
    pieces = _split_top(text, "、")
    if len(pieces) > 1 and all(_CUT.search(text[a:b]) for a, b in pieces):
        return pieces
    dash = _CUT.search(text)
    if dash is None:
        return [(0, len(text))]
    first = _led(text[: dash.end()], quoted=False)[: -len(dash[0])]
    for joint in ("及", "和", "与", "、", "以及"):
        again = text.find(joint + first, len(first))
        if again > 0 and _CUT.match(text, again + len(joint) + len(first)):
            return [
                (0, again),
                *((a + again + len(joint), b + again + len(joint)) for a, b in _parted(text[again + len(joint) :])),
            ]
    return [(0, len(text))]


def _led(piece: str, quoted: bool) -> str:
    """Without the verb before the first node: 构建集铝矿开采… → 铝矿开采…"""
    dash = _CUT.search(piece)
    if dash is None or quoted:
        return piece
    head = piece[: dash.start()]
    bare = _SPLIT_BRACKETS.sub(lambda m: "□" * len(m[0]), head)
    found = _LEAD.match(bare)
    return piece[found.end() :] if found else piece


_SPLIT_BRACKETS = re.compile(r"（[^（）]*）")


def _restarted(piece: str, at: int) -> tuple[str, int]:
    """A place pair before the chain is passed over: 兴仁市—义龙新区布局电解铝—铝加工."""
    for found in _CUT.finditer(piece):
        again = _AGAIN.match(piece, found.end())
        if again and _CUT.search(piece, again.end()):
            return piece[again.end() :], at + again.end()
    return piece, at


_AGAIN = re.compile(r"[^、—–－\-]{1,12}(?:省|市|县|州|区)(?:布局|建设|打造|构建|发展|形成|培育)")


def _tailed(piece: str) -> str:
    """Without the words after the last node: …铝加工为一体 → …铝加工."""
    last = None
    for dash in _CUT.finditer(piece):
        last = dash
    if last is None:
        return piece
    head, tail = piece[: last.end()], piece[last.end() :]
    bare = _SPLIT_BRACKETS.sub(lambda m: "□" * len(m[0]), tail)
    if (found := _END.search(bare)) and found.start() > 0:
        tail, bare = tail[: found.start()], bare[: found.start()]
    if (
        (found := _ETC.search(bare))
        and found.start() > 0
        and (("、" in bare[: found.start()] and len(found["t"]) < 8) or _GENERIC_TAIL.fullmatch(found["t"]))
    ):
        tail = tail[: found.start()]
    return head + tail


def _stages(piece: str) -> list[list[str]]:
    stages: list[list[str]] = []
    for stage in _cut_top(piece):
        for part in _missing_dash(stage):
            nodes = [part[a:b].strip('“”"等，') for a, b in _split_top(part, "、/")]
            kept = [n for n in nodes if n]
            if kept:
                stages.append(kept)
    return stages


def _cut_top(piece: str) -> list[str]:
    masked = _SPLIT_BRACKETS.sub(lambda m: "□" * len(m[0]), piece)
    out, at = [], 0
    for found in _CUT.finditer(masked):
        out.append(piece[at : found.start()])
        at = found.end()
    out.append(piece[at:])
    return [p for p in out if p]


def _missing_dash(stage: str) -> list[str]:
    """氧化钒（精细化工产品）钒氮、钒铝: after a closed bracket words follow, where a dash was lost."""
    at = stage.find("）")
    if 0 < at < len(stage) - 2 and "、" in stage[at:] and "、" not in stage[:at]:
        return [stage[: at + 1], stage[at + 1 :]]
    return [stage]


def _is_chain(stages: list[list[str]], cue: bool, quoted: bool, before: str, behind: str) -> bool:
    nodes = [re.sub(r"（[^（）]*）", "", n) for s in stages for n in s]
    if any(not n or len(n) > 30 for n in nodes) or any(_FIGURE_SIDE.search(n) for n in nodes):
        return False
    places = sum(1 for n in nodes if _PLACE_END.search(n))
    goods = sum(1 for n in nodes if _GOODS.search(n))
    if not goods and sum(1 for n in nodes if _OTHER.search(n)) * 2 < len(nodes):
        return False
    if (places and goods * 2 < len(nodes)) or _PLACE_AFTER.match(behind) or _PLACE_LEAD.search(before):
        return False
    if all(_LATIN.match(n) for n in nodes):
        return False
    if len(stages) == 2:
        short = min(len(n) for n in nodes) < 2
        return cue and not (short and not quoted)
    return cue or quoted or all(len(n) >= 2 for n in nodes)


def _kind(stages: list[list[str]]) -> str:
    nodes = [n for s in stages for n in s]
    other = sum(1 for n in nodes if _OTHER.search(n))
    if other * 2 > len(nodes):
        return "other"
    if all(len(n) <= 2 for n in nodes) or sum(1 for n in nodes if _PROCESS.search(n)) * 3 >= len(nodes) * 2:
        return "process"
    return "material"


def linked(chain: Chain, names: dict[str, str]) -> Chain:
    """The chain with the material ids of its nodes; `names` maps names to ids."""
    found = []
    for stage in chain.stages:
        for node in stage:
            identity = _link(_SPLIT_BRACKETS.sub("", node), tuple(sorted(names.items())))
            found.extend([(node, identity)] if identity else [])
    return Chain(chain.start, chain.end, chain.quote, chain.stages, chain.kind, tuple(found))


@lru_cache(maxsize=2048)
def _link(node: str, names: tuple[tuple[str, str], ...]) -> str:
    """The id of the material that a node names: exactly, else its longest name inside or around the node."""
    table = dict(names)
    if node in table:
        return table[node]
    near = [n for n in table if len(n) >= 3 and (n in node or (len(node) >= 3 and node in n))]
    return table[max(near, key=lambda n: (len(n) if n in node else 0, -abs(len(n) - len(node))))] if near else ""
