# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Statements of running text: each accepted figure with what its clause, sentence and section say of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from .context import Place
from .groups import CLAUSE, basis_of, groups_of, kept_figures
from .meaning import Sense, sense_of
from .model import Comparator, Frame, Kind, Role, Statement
from .naming import names_of, scopes_of
from .numbers import Figure
from .outline import role_of
from .paragraphs import Block
from .senses import Group, Said, Sentence, completed_unit, milestone
from .subjects import attribute
from .years import Year, years

C = Comparator
HINT = re.compile(
    r"\d|[一二三四五六七八九十两][\u4e00-\u9fff]{0,3}[吨元亩%人户家座年个项番成倍米公千万亿百条台套种处所]|分之|百余|十余|[百千]亿元|一半|过半|[“\"]十[一二三四五六]?五"
)
_LEAD_TITLE = re.compile(r"([^，。；：\d]{2,14})：")
_AIM = re.compile(r"(?:总体|发展|主要|奋斗|工作|预期)?目标(?:任务)?(?:是|为|：)")
_TO_DO = re.compile(
    r"(?:各[^，。]{0,8})?(?:要|应|须|需|着力|大力|加快|支持|推进|严格|加强|优化|提升|设立|实施|鼓励|引导|力争)"
)
_SENTENCE = re.compile(r"[。！？]")
_LONGEST_SENTENCE = 3000


def read_block(block: Block, place: Place, frame: Frame) -> Iterator[Statement]:
    """The statements of a paragraph."""
    text = block.body.text
    if not HINT.search(text):
        return
    if place.role is Role.FRONT and (role := _own_role(text)):
        place = replace(place, role=role)
    named = years(text)
    found = kept_figures(text, named, headed=block.head > 0)
    if not found:
        return
    carry: int | None = None
    of_project = False
    said = Said()
    ends = _sentence_ends(text)
    start = at = 0
    for end in ends:
        inside = []
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            at += 1
        own = _years_of(named, start, end)
        if inside:
            sentence = Sentence(start, end, own, yearly=frame.facts, said=said)
            made = list(_sentence(text, sentence, inside, block, place, frame, carry))
            yield from (
                _as_project(m) if of_project and m.kind is Kind.TARGET and m.year_inherited else m for m in made
            )
            of_project = of_project or any(m.kind is Kind.OTHER for m in made)
        loud = [y.year for y in own if not y.quiet and not milestone(text, y)]
        carry = _kept_year(loud, carry, frame)
        start = end


def _own_role(text: str) -> Role | None:
    """What a paragraph outside all sections is about, from its first words."""
    if _AIM.match(text):
        return Role.GOAL
    if _TO_DO.match(text):
        return Role.TASK
    lead = _LEAD_TITLE.match(text)
    return role_of(lead[1]) if lead else None


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end; endless ones are cut, at a clause mark if there is one, so that time stays linear."""
    ends: list[int] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE.finditer(text)), len(text)]:
        while end - start > _LONGEST_SENTENCE:
            furthest = min(end, start + 2 * _LONGEST_SENTENCE)
            mark = CLAUSE.search(text, start + _LONGEST_SENTENCE, furthest)
            start = mark.end() if mark else furthest
            ends.append(start)
        if end > start:
            ends.append(end)
            start = end
    return ends


def _kept_year(loud: list[int], carry: int | None, frame: Frame) -> int | None:
    """The year that later sentences inherit: the last one named, or the plan's end where that was named."""
    if not loud:
        return carry
    if carry is not None and carry == frame.base and loud[-1] < carry:
        return carry  # a look further back
    if frame.horizon in loud or (carry == frame.horizon and frame.base is not None and loud[-1] > frame.base):
        return frame.horizon
    return loud[-1]


_OF_PROJECT = re.compile(
    r"总投资|(?:计划|估算|概算|预计)?投资(?!项目|强度)|年产值|年(?:新增|销售)|占地|规模|销售收入|利税|工期"
)


def _as_project(s: Statement) -> Statement:
    """总投资, 年产值 of the project named in the sentence before."""
    if s.comparator is C.CUMULATIVE or not _OF_PROJECT.search(s.subject):
        return s
    return replace(s, kind=Kind.OTHER, year=None, year_inherited=False)


def _years_of(named: list[Year], start: int, end: int) -> list[Year]:
    low = bisect_left(named, start, key=lambda y: y.start)
    high = bisect_left(named, end, key=lambda y: y.start)
    return named[low:high]


def _sentence(
    text: str, s: Sentence, found: list[Figure], block: Block, place: Place, frame: Frame, carry: int | None
) -> Iterator[Statement]:
    pending: Statement | None = None
    for group in groups_of(text, s, found):
        made = _group_statements(text, s, group, block, place, frame, carry)
        for statement in made:
            merged = _merge_bounds(text, pending, statement)
            if merged is not None:
                pending = merged
                continue
            if pending is not None:
                yield pending
            pending = statement
    if pending is not None:
        yield pending


def _merge_bounds(text: str, a: Statement | None, b: Statement) -> Statement | None:
    """400立方米以上1200立方米以下 is one range; at most one character and blanks stand between its halves."""
    if a is None or b.start < a.end or a.unit != b.unit or b.high <= a.low:
        return None
    if len(text[a.end : b.start].strip()) > 1:
        return None
    if a.comparator in (C.AT_LEAST, C.MORE) and b.comparator in (C.AT_MOST, C.LESS):
        return replace(
            a,
            end=b.end,
            quote=a.quote + b.quote,
            comparator=C.BETWEEN,
            high=b.high,
            subject=_both(a.subject, b.subject, attribute(b.unit)),
            kind=b.kind,
        )
    return None


def _both(named: str, thing: str, implied: str) -> str:
    """The subject of a range from its two halves: the thing after it with the attribute before it."""
    if not named or named in thing:
        return thing
    return thing.removesuffix(implied) + named if implied else thing + named


_YEAR_LIST = re.compile(r"(?:19|20)\d{2}年?(?:[、和及与](?:19|20)\d{2}年?)+")


def _years_apart(text: str, s: Sentence, group: Group) -> list[int]:
    """A year for each figure: 到2023年和2025年，占比分别达到15%和25%."""
    if len(group.members) < 2 or "分别" not in group.left:
        return []
    lists = _YEAR_LIST.findall(text, s.start, group.members[0].start)
    years_named = [int(y) for y in re.findall(r"\d{4}", lists[-1])] if lists else []
    return years_named if len(years_named) == len(group.members) else []


def _outer_comma(words: str) -> int:
    """Where the last 、 outside brackets stands, or -1."""
    at = words.rfind("、")
    return -1 if at >= 0 and "）" in words[at:] and "（" not in words[at:] else at


def _group_statements(
    text: str, s: Sentence, group: Group, block: Block, place: Place, frame: Frame, carry: int | None
) -> list[Statement]:
    left, basis = basis_of(group.left)
    if s.last is not None and group.clause_start == s.last_end and 0 < _outer_comma(left) < len(left) - 1:
        left = left[_outer_comma(left) + 1 :]  # what stands before it belongs to the figure before
    sense = sense_of(text, s, group, left, place, frame, carry)
    carried = names_of(text, s, group, sense, left, basis)
    names, scopes = scopes_of(carried, s, group, sense.kind, place, frame)
    rows = zip(group.members, names, scopes, strict=True)
    out = [_statement(text, s, group, figure, name, scope, sense, block) for figure, name, scope in rows]
    if each := _years_apart(text, s, group):
        out = [replace(made, year=year, year_inherited=False) for made, year in zip(out, each, strict=True)]
    name = carried[0] if len(carried) > 1 and carried[0] == carried[-1] else carried[-1]
    if not (s.subject and name.startswith(s.subject)):
        s.subject = name or s.subject
    s.last, s.last_end, s.clause = out[-1], group.members[-1].end, group.clause_start
    s.recent = [*s.recent[-6:], *names]
    return out


def _statement(
    text: str, s: Sentence, group: Group, figure: Figure, name: str, scope: str, sense: Sense, block: Block
) -> Statement:
    start, end = block.body.span(figure.start, figure.end)
    went = s.last is not None and s.last.role == "from" and sense.side.level
    doubts = []
    if figure is not group.members[-1] and group.members[-1].post:
        doubts.append("bound of a list")
    if figure.sort in ("bare", "scaled"):
        doubts.append("unit not printed")
    if sense.guessed:
        doubts.append("period guessed")
    if figure.worded:
        doubts.append("in words")
    return Statement(
        start, end, text[figure.start : figure.end], name, scope, sense.comparator, figure.low, figure.high,
        completed_unit(figure, group.left, sense.side.left, s), sense.year, sense.kind, sense.inherited, sense.bound, sense.direction,
        sense.side.role or ("to" if went else ""), "", figure.times, None, block.section, tuple(doubts),
    )  # fmt: skip
