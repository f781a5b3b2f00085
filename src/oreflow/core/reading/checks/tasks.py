# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tasks and chains of an upper text that a lower one names or is silent about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from oreflow.core.provenance import Anchor, Text

from ..model import Chain, Role, Section
from .facts import Facts
from .matrix import Pair, Relation

_ROLES = (Role.TASK, Role.PROJECT, Role.MEASURE)
_PLAIN = re.compile(
    r"进一步|加快|加强|加大|推进|推动|促进|强化|深化|提升|提高|完善|健全|优化|做好|积极|着力|大力|全面|有序|实施|建设|发展|构建|打造|培育|鼓励|支持|严格|落实|依法|力度|水平|能力|体系|机制|工作|重点任务|主要任务|保障措施|组织|[的和与及、，。：“”（）()\s\d]"
)
_SPLIT = re.compile(r"[，、；：和与及]")
_ENOUGH = 0.6
_LEAST = 3
_WORD = 4
_LONGEST = 30
_OFTEN = 0.08


def compare_tasks(above: Facts, below: Facts) -> Iterator[Pair]:
    """The tasks of the upper outline, each with the lower section that answers to it, or with silence."""
    index: dict[str, set[int]] = defaultdict(set)
    grams: list[set[str]] = []
    lower = [s for s in below.reading.outline if 4 <= len(s.title) <= _LONGEST]
    common = _common([s.title for s in (*lower, *above.reading.outline)])
    for k, section in enumerate(lower):
        found = _grams(section.title) - common
        grams.append(found)
        for gram in found:
            index[gram].add(k)
    wording = "".join(below.text.split()) if below.given else ""
    parents = {s.parent for s in above.reading.outline}
    for k, section in enumerate(above.reading.outline):
        if section.role not in _ROLES or k in parents or not 4 <= len(section.title) <= _LONGEST:
            continue
        own = _grams(section.title) - common
        if own:
            yield _task(above, below, section, own, lower, grams, index, wording)


def _common(titles: list[str]) -> set[str]:
    """What too many titles share to tell one from another: 稀土, 材料."""
    found = Counter(gram for title in titles for gram in _grams(title))
    return {gram for gram, count in found.items() if count > max(4, len(titles) * _OFTEN)}


def _grams(title: str) -> set[str]:
    out: set[str] = set()
    for piece in _PLAIN.sub(" ", title).split():
        out |= {piece[i : i + 2] for i in range(len(piece) - 1)}
    return out


def _task(
    above: Facts, below: Facts, section: Section, own: set[str], lower: list[Section], grams: list[set[str]],
    index: dict[str, set[int]], wording: str,
) -> Pair:  # fmt: skip
    hits = Counter(k for gram in own for k in index.get(gram, ()))
    best = max(hits, key=lambda k: (hits[k] / max(len(own), len(grams[k])), hits[k]), default=None)
    if best is not None and hits[best] >= min(_LEAST, len(own)) and hits[best] >= _ENOUGH * len(own):
        other = lower[best]
        return _named(
            above,
            section,
            Anchor(below.reading.doc, other.start, other.start + len(other.title), other.title),
            other.title,
        )
    if words := _said(section.title, own, wording):
        at = _find(below.text, words)
        return _named(above, section, Anchor(below.reading.doc, at[0], at[1], words) if at else None, words)
    return Pair(
        "task", Relation.SILENT, section.title, _place(above, section), None,
        Text(f"上位任务“{section.title}”：下位未提及。", f"Upper task “{section.title}”: the lower text is silent."),
        Text("按标题与用词比对；如已换用其他说法，请人工确认。", "Compared by titles and words; confirm by eye if it is worded otherwise."),
    )  # fmt: skip


def _named(above: Facts, section: Section, anchor: Anchor | None, words: str) -> Pair:
    return Pair(
        "task", Relation.SUPPORTS, section.title, _place(above, section), anchor,
        Text(f"上位任务“{section.title}”：下位有“{words}”。", f"Upper task “{section.title}”: the lower text has “{words}”."),
        Text("用词相符，内容是否落实请阅读原文。", "The words match; read the text to see whether it is carried out."),
    )  # fmt: skip


def _place(facts: Facts, section: Section) -> Anchor:
    return Anchor(facts.reading.doc, section.start, section.start + len(section.title), section.title)


def _said(title: str, own: set[str], wording: str) -> str:
    """The longest beginning or end of a term of the title that the other text uses and that holds most of its sense."""
    terms = [t for piece in _SPLIT.split(title) for t in _PLAIN.sub(" ", piece).split() if len(t) >= _WORD]
    pieces = {t[:k] for t in terms for k in range(_WORD, len(t) + 1)} | {
        t[-k:] for t in terms for k in range(_WORD, len(t))
    }
    for piece in sorted(pieces, key=lambda p: (-len(p), p)):
        if len(_grams(piece) & own) < max(1, len(own) * _ENOUGH):
            return ""
        if piece in wording:
            return piece
    return ""


def _find(text: str, words: str) -> tuple[int, int] | None:
    found = re.search(r"\s*".join(map(re.escape, words)), text)
    return (found.start(), found.end()) if found else None


def compare_chains(above: Facts, below: Facts) -> Iterator[Pair]:
    """The chains of the upper text, each with the lower chain that shares most of its nodes."""
    index: dict[str, set[int]] = defaultdict(set)
    lower = below.reading.chains
    for k, chain in enumerate(lower):
        for node in _nodes(chain):
            index[node].add(k)
    for chain in above.reading.chains:
        own = _nodes(chain)
        hits = Counter(k for node in own for k in index.get(node, ()))
        best = max(hits, key=lambda k: (hits[k], -k), default=None)
        upper = Anchor(above.reading.doc, chain.start, chain.end, chain.quote)
        name = "—".join(stage[0] for stage in chain.stages)
        if best is None or hits[best] < 2:
            yield Pair("chain", Relation.SILENT, name, upper, None,
                       Text(f"上位产业链“{name}”：下位未提及。", f"Upper chain “{name}”: the lower text is silent."),
                       Text("没有共有两个以上环节的产业链。", "No lower chain shares two of its links."))  # fmt: skip
            continue
        other = lower[best]
        shared = sorted(own & _nodes(other))
        yield Pair("chain", Relation.SUPPORTS, name, upper, Anchor(below.reading.doc, other.start, other.end, other.quote),
                   Text(f"上位产业链“{name}”：下位产业链共有 {len(shared)} 个环节。", f"Upper chain “{name}”: a lower chain shares {len(shared)} links."),
                   Text(f"共有环节：{'、'.join(shared)}。", f"Shared: {', '.join(shared)}."))  # fmt: skip


def _nodes(chain: Chain) -> set[str]:
    return {re.sub(r"[（(].*?[）)]|[\s“”]", "", node) for stage in chain.stages for node in stage} - {""}
