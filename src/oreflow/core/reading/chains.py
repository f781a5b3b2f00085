"""Industry chains: stages joined by dashes or arrows; not ranges, compounds, places or names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import chain_words as w
from .letters import Paragraph
from .model import Chain

_ARROWS = "→⇒⇨⟹➝➔➜➞⟶►▶▷↓»"
_DASH = rf"(?:[—–－‐﹣~\-{_ARROWS}]+>?|=>|>+)"
_CUT = re.compile(_DASH)
_QUICK = re.compile(rf"[—–－‐﹣~>\-{_ARROWS}]")
_BRACKETS = re.compile(r"（[^（）]{0,60}）")
_BREAKS = frozenset(" \t\n。；：，！？“”‘’《》\"'（）=…■●◆★□\u3000")
_HIDDEN = "\ue000"
_LONGEST_NODE = 60
_LONGEST_END = 120
_LONGEST_CHAIN = 3000
_MOST_CHAINS = 40
_LONGEST_DASH = 4
_HYPHENS = frozenset("-－–~‐﹣")
_SHORT_BEFORE = re.compile(r"[A-Z]{3,6}$")
_SHORT_AFTER = re.compile(r"[A-Z]{3,6}(?![A-Za-z0-9])")
_ALNUM = re.compile(r"[A-Za-z0-9]")
_LIST_NUMBER = re.compile(
    r"^(?:\d{1,2}[.、．)）]|[①②③④⑤⑥⑦⑧⑨⑩]|[一二三四五六七八九十]、|[一二三四五六七八九]是|其[一二三四五])"
)
_LATIN = re.compile(r"^[A-Za-z0-9α-ωγβ+/.]+$")
_OF_TECHNOLOGY = re.compile(r"[^，。；、”]{0,16}技术")  # a pair that names a technology
_AGAIN = re.compile(r"[^、—–－\-]{1,12}(?:省|市|县|州|区)(?:布局|建设|打造|构建|发展|形成|培育)")
_JOINTS = ("以及", "及", "和", "与")


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside a run of nodes."""

    cue: bool
    strong: bool
    quoted: bool


def read_chains(body: Paragraph, titles: str = "") -> Iterator[Chain]:
    """The chains of a paragraph; `titles` are the titles above it."""
    text = body.text
    if not _QUICK.search(text):
        return
    hidden = _BRACKETS.sub(_hide, text)
    for start, end in _runs(hidden):
        if end - start <= _LONGEST_CHAIN:
            yield from _sequence(text, hidden, start, end, body, titles)


def _hide(found: re.Match[str]) -> str:
    """A bracket between nodes, hidden unless it holds a chain itself."""
    return found[0] if any(_real(found[0], *m.span()) for m in _CUT.finditer(found[0])) else _HIDDEN * len(found[0])


def _real(text: str, start: int, end: int) -> bool:
    """Whether a dash may join nodes: not between letters or digits (5-10, Al-Si), nor a locant (1,4-…)."""
    if start == 0 or end >= len(text) or end - start > _LONGEST_DASH:
        return False
    before, after = text[start - 1], text[end]
    if before in _BREAKS or after in _BREAKS:
        return False
    if before.isdigit() and (after.isdigit() or after in "～~"):
        return False
    if text[start:end] in _HYPHENS and _ALNUM.match(before) and _ALNUM.match(after):
        return bool(_SHORT_BEFORE.search(text, max(0, start - 8), start) and _SHORT_AFTER.match(text, end))
    if before.isdigit():
        at = start - 1
        while at > 0 and (text[at - 1].isdigit() or text[at - 1] in ",，."):
            at -= 1
        return at > 0 and not _QUICK.match(text[at - 1]) and text[at - 1] not in _BREAKS
    return True


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of nodes joined by dashes."""
    cuts = [m.span() for m in _CUT.finditer(text) if _real(text, *m.span())]
    k = 0
    while k < len(cuts):
        last = k
        while last + 1 < len(cuts) and _is_node(text, cuts[last][1], cuts[last + 1][0]):
            last += 1
        start = cuts[k][0]
        while start > max(0, cuts[k][0] - _LONGEST_END) and text[start - 1] not in _BREAKS:
            start -= 1
        end = cuts[last][1]
        while end < min(len(text), cuts[last][1] + _LONGEST_END) and text[end] not in _BREAKS:
            end += 1
        yield start, end
        k = last + 1


def _is_node(text: str, start: int, end: int) -> bool:
    return 0 < end - start <= _LONGEST_NODE * 2 and not any(c in _BREAKS for c in text[start:end])


def _cuts(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _CUT.finditer(text) if _real(text, *m.span())]


def _sequence(text: str, hidden: str, start: int, end: int, body: Paragraph, titles: str) -> Iterator[Chain]:
    before = text[max(0, start - 1) : start]
    closing = text[end : end + 1] in ("”", '"', "’")
    quoted = (before in ("“", '"', "‘") and closing) or before == "："
    near = text[max(0, start - 14) : start] + "|" + text[end : end + 16]
    run = hidden[start:end]
    listed = before == "：" or "产业链" in titles
    around = _Around(bool(w.CUES.search(near) or w.CUES.search(run)) or listed,
                     bool(w.STRONG_CUES.search(near) or w.STRONG_CUES.search(run)) or listed, quoted)  # fmt: skip
    for a, b in _parted(run, text[end : end + 12]):
        yield from _one(text, hidden, start + a, start + b, body, around, a == 0)


def _one(
    text: str, hidden: str, start: int, end: int, body: Paragraph, around: _Around, first: bool
) -> Iterator[Chain]:
    piece = hidden[start:end]
    numbered = _LIST_NUMBER.match(piece)
    at = start + (numbered.end() if numbered and _cuts(piece[numbered.end() :]) else 0)
    if not (around.quoted and first) or numbered:
        at += _led(hidden[at:end])
    if (numbered := _LIST_NUMBER.match(hidden[at:end])) and _cuts(hidden[at + numbered.end() : end]):
        at += numbered.end()
    at += _restarted(hidden[at:end])
    stop = at + _tailed(hidden[at:end])
    stages = _stages(text[at:stop], hidden[at:stop])
    if len(stages) < 2 or not _is_chain(stages, around, text[max(0, at - 8) : at], text[stop : stop + 40]):
        return
    begin, last = body.span(at, stop)
    yield Chain(begin, last, text[at:stop], tuple(tuple(s) for s in stages), _kind(stages))


def _split_top(text: str, marks: str) -> list[tuple[int, int]]:
    """Pieces between marks."""
    out, start = [], 0
    for k, char in enumerate(text):
        if char in marks:
            out.append((start, k))
            start = k + 1
    out.append((start, len(text)))
    return out


def _parted(run: str, behind: str) -> list[tuple[int, int]]:
    """The chains of one run: enumerated ones, and a later one after 和 that begins anew."""
    pieces = _split_top(run, "、")
    if len(pieces) > 1 and all(_cuts(run[a:b]) for a, b in pieces):
        joined = [pieces[0]]
        for a, b in pieces[1:]:
            if _begins_anew(run[slice(*joined[-1])], run[a:b], behind):
                joined.append((a, b))
            else:
                joined[-1] = (joined[-1][0], b)
        return [part for a, b in joined for part in _after_joint(run, a, b, behind)]
    return _after_joint(run, 0, len(run), behind)


def _begins_anew(before: str, piece: str, behind: str) -> bool:
    """Whether an enumerated piece is a chain of its own, rather than an alternative that goes on."""
    left, right = _cuts(before), _cuts(piece)
    if len(left) == len(right) == 1 or w.SEVERAL.search(piece[right[-1][1] :] + behind):
        return True
    head, own, last = before[_led(before) : left[0][0]], piece[: right[0][0]], before[left[-1][1] :]
    if own == head or w.RAW.search(own) or "产业链" in last:
        return True
    kin = own[:1] == last[:1] or own[-1:] == last[-1:]
    return not kin and len(right) > 1


def _after_joint(run: str, start: int, end: int, behind: str) -> list[tuple[int, int]]:
    """A run parted where 和 joins two chains: the second begins anew, with a raw material, or several are said."""
    out: list[tuple[int, int]] = []
    while len(out) < _MOST_CHAINS and (cut := _joint(run, start, end, behind)) is not None:
        out.append((start, cut[0]))
        start = cut[1]
    return [*out, (start, end)]


def _joint(run: str, start: int, end: int, behind: str) -> tuple[int, int] | None:
    """Where the first of two joined chains ends and the second begins."""
    cuts = [(a + start, b + start) for a, b in _cuts(run[start:end])]
    if len(cuts) < 2:
        return None
    head = run[start + _led(run[start : cuts[0][1] + 1]) : cuts[0][0]]
    several = end == len(run) and bool(w.SEVERAL.search(run[cuts[-1][1] : end][-12:] + behind))
    for (_, left), (right, _) in itertools.pairwise(cuts):
        node = run[left:right]
        for joint in _JOINTS:
            at = node.rfind(joint)
            if 0 < at < len(node) - len(joint) and _two(node[:at], node[at + len(joint) :], head, several):
                return left + at, left + at + len(joint)
    return None


def _two(last: str, own: str, head: str, several: bool) -> bool:
    """Whether `last` ends one chain and `own` begins another."""
    anew = own == head or (several and len(own) > 1)
    return anew or "产业链" in last or bool(w.RAW.search(own) and not w.RAW.search(last))


def _led(piece: str) -> int:
    """How many characters the verb before the first node takes: 构建集|铝矿开采…"""
    cuts = _cuts(piece)
    if not cuts:
        return 0
    found = w.LEAD.match(piece[: cuts[0][0]])
    return found.end() if found else 0


def _restarted(piece: str) -> int:
    """A place pair before the chain is passed over: 兴仁市—义龙新区布局电解铝—铝加工."""
    for _, end in _cuts(piece):
        again = _AGAIN.match(piece, end)
        if again and _cuts(piece[again.end() :]):
            return again.end()
    return 0


def _tailed(piece: str) -> int:
    """Where the last node ends: …铝加工|为一体."""
    cuts = _cuts(piece)
    if not cuts:
        return len(piece)
    begin = cuts[-1][1]
    tail = piece[begin:]
    if (found := w.END.search(tail)) and found.start() > 0:
        tail = tail[: found.start()]
    if (found := w.ETC.search(tail)) and found.start() > 0:
        listed = "、" in tail[: found.start()] and len(found["t"]) < 8
        if listed or w.GENERIC_TAIL.fullmatch(found["t"]):
            tail = tail[: found.start()]
    while (found := w.TAIL.search(tail)) and found.start() > 1:
        tail = tail[: found.start()]
    return begin + len(tail)


def _stages(text: str, hidden: str) -> list[list[str]]:
    stages: list[list[str]] = []
    at = 0
    for start, end in [*_cuts(hidden), (len(hidden), len(hidden))]:
        for a, b in _missing_dash(hidden, at, start):
            nodes = [text[a + x : a + y].strip('“”"等，和与及') for x, y in _split_top(hidden[a:b], "、/")]
            if kept := [n for n in nodes if n]:
                stages.append(kept)
        at = end
    return stages


def _missing_dash(hidden: str, start: int, end: int) -> list[tuple[int, int]]:
    """氧化钒（精细化工产品）钒氮、钒铝: after a closed bracket words follow, where a dash was lost."""
    stage = hidden[start:end]
    at = stage.find(_HIDDEN)
    while 0 < at < len(stage) and stage[at] == _HIDDEN:
        at += 1
    if 1 < at < len(stage) - 1 and "、" in stage[at:] and "、" not in stage[:at] and stage[at] not in "、/等":
        return [(start, start + at), (start + at, end)]
    return [(start, end)]


def _is_chain(stages: list[list[str]], around: _Around, before: str, behind: str) -> bool:
    nodes = [_BRACKETS.sub("", n) for s in stages for n in s]
    if any(not n or len(n) > 30 or w.DATED.search(n) or w.QUANTITY.match(n) for n in nodes):
        return False
    if _of_places(nodes, before, behind) or _compound(nodes) or all(_LATIN.match(n) for n in nodes):
        return False
    goods = sum(1 for n in nodes if w.GOODS.search(n) or _LATIN.match(n))
    other = sum(1 for n in nodes if w.OTHER.search(n))
    abstract = sum(1 for n in nodes if w.ABSTRACT.match(n))
    if abstract == len(nodes) or (abstract * 2 > len(nodes) and goods < len(nodes)):
        return False
    if len(stages) == 2:
        single = min(len(n) for n in nodes) < 2
        if not around.quoted and _OF_TECHNOLOGY.match(behind):
            return False
        return around.cue and not single and (goods == len(nodes) or (around.quoted and around.strong))
    if goods * 2 < len(nodes):
        return (around.strong and (around.quoted or other * 2 >= len(nodes))) or (
            around.quoted and other * 2 >= len(nodes)
        )
    if other * 2 > len(nodes):
        return around.cue or around.quoted
    return around.cue or around.quoted or all(len(n) >= 2 for n in nodes)


def _of_places(nodes: list[str], before: str, behind: str) -> bool:
    places = sum(1 for n in nodes if w.PLACE_END.search(n))
    goods = sum(1 for n in nodes if w.GOODS.search(n) and not w.PLACE_END.search(n))
    return (
        bool(places and goods * 2 < len(nodes))
        or bool(w.PLACE_AFTER.match(behind) or (w.PLACE_LEAD.search(before) and goods * 2 < len(nodes)))
        or bool(w.PLACE_TAIL.search(nodes[-1]))
    )


def _compound(nodes: list[str]) -> bool:
    """镍-钴-锰三元材料, 铁-铬-铝电热合金: elements and what they make."""
    return all(n in w.ELEMENT for n in nodes[:-1]) and bool(w.COMPOUND_END.match(nodes[-1]))


def _kind(stages: list[list[str]]) -> str:
    nodes = [n for s in stages for n in s]
    other = sum(1 for n in nodes if w.OTHER.search(n))
    if other * 2 > len(nodes):
        return "other"
    if all(len(n) <= 2 for n in nodes) or sum(1 for n in nodes if w.UNIT_PROCESS.search(n)) * 3 >= len(nodes) * 2:
        return "process"
    return "material"


def linked(chain: Chain, names: dict[str, str]) -> Chain:
    """The chain with the material ids of its nodes; `names` maps names to ids."""
    table = tuple(sorted(names.items()))
    found = []
    for stage in chain.stages:
        for node in stage:
            identity = _link(_BRACKETS.sub("", node), table)
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
