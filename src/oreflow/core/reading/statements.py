"""Statements of running text: each accepted figure with what its clause, sentence and section say of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import sides
from .accept import accepted, bare_level
from .context import Place, kind_of
from .model import Comparator, Frame, Kind, Role, Statement
from .numbers import Figure, figures
from .outline import role_of
from .paragraphs import Block
from .senses import Group, Sentence, comparator_of, completed_unit, explicit_year, follow, year_of
from .subjects import attribute, cleaned, distributed, right_noun, scope_of, subject
from .years import Year, years

C = Comparator
HINT = re.compile(
    r"\d|[一二三四五六七八九十两][\u4e00-\u9fff]{0,3}[吨元亩%人户家座年个项番成倍米公千万亿百条台套种处所]|分之|百余|十余|[“\"]十[一二三四五六]?五"
)
_LEAD_TITLE = re.compile(r"([^，。；：\d]{2,14})：")
_SENTENCE = re.compile(r"[。！？]")
_LONGEST_SENTENCE = 3000
_CLAUSE = re.compile(r"[，；：。！？]")
_LIST_JOIN = re.compile(r"[、和及与/]|以及")
_BASIS = re.compile(r"（(折合?[^（）]{1,12}|按[^（）]{1,12}|金属量|岩金|实物量|标准吨)）")
_LIST_HEAD = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d{2}年))|[（(]\d{1,2}[）)]|\d{1,2}[）)])"
)


def read_block(block: Block, place: Place, frame: Frame) -> Iterator[Statement]:
    """The statements of a paragraph."""
    text = block.body.text
    if not HINT.search(text):
        return
    if place.role is Role.FRONT and (lead := _LEAD_TITLE.match(text)) and (role := role_of(lead[1])):
        place = replace(place, role=role)
    named = years(text)
    found = _kept(text, named)
    if not found:
        return
    carry: int | None = None
    of_project = False
    ends = _sentence_ends(text)
    start = at = 0
    for end in ends:
        inside = []
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            at += 1
        own = _years_of(named, start, end)
        if inside:
            sentence = Sentence(start, end, own)
            made = list(_sentence(text, sentence, inside, block, place, frame, carry))
            yield from (
                _as_project(m) if of_project and m.kind is Kind.TARGET and m.year_inherited else m for m in made
            )
            of_project = of_project or any(m.kind is Kind.OTHER for m in made)
        loud = [y.year for y in own if not y.quiet]
        carry = _kept_year(loud, carry, frame)
        start = end


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end; endless ones are cut at a clause mark, so that time stays linear."""
    ends: list[int] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE.finditer(text)), len(text)]:
        while end - start > _LONGEST_SENTENCE:
            mark = _CLAUSE.search(text, start + _LONGEST_SENTENCE, end)
            start = mark.end() if mark else end
            ends.append(start)
        if end > start:
            ends.append(end)
            start = end
    return ends


def _kept_year(loud: list[int], carry: int | None, frame: Frame) -> int | None:
    """The year that later sentences inherit: the last one named, or the plan's end where that was named."""
    if not loud:
        return carry
    if frame.horizon in loud or (carry == frame.horizon and frame.base is not None and loud[-1] > frame.base):
        return frame.horizon
    return loud[-1]


def _as_project(s: Statement) -> Statement:
    """总投资, 年产值 of the project named in the sentence before."""
    if not re.search(r"总投资|投资|年产值|占地|规模|销售收入|利税", s.subject):
        return s
    return replace(s, kind=Kind.OTHER, year=None, year_inherited=False)


def _years_of(named: list[Year], start: int, end: int) -> list[Year]:
    low = bisect_left(named, start, key=lambda y: y.start)
    high = bisect_left(named, end, key=lambda y: y.start)
    return named[low:high]


def _kept(text: str, named: list[Year]) -> list[Figure]:
    """Figures that are not years, dates, titles or list numbers."""
    out = []
    spans = [(y.start, y.end) for y in named]
    k = 0
    head = _LIST_HEAD.match(text)
    for figure in figures(text):
        if head and figure.start < head.end():
            continue
        while k < len(spans) and spans[k][1] <= figure.start:
            k += 1
        if k < len(spans) and spans[k][0] < figure.end and figure.start < spans[k][1]:
            continue
        if figure.sort == "bare" and text[figure.end : figure.end + 1] in "年月号届期":
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


def _groups(text: str, sentence: Sentence, found: list[Figure]) -> Iterator[Group]:
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
        first, last = members[0], members[-1]
        begin = _clause_start(text, sentence.start, first.start, previous_end)
        left = text[begin : first.start]
        stop = found[index].start if index < len(found) else sentence.end
        right = text[last.end : min(stop, last.end + 60)]
        end = _CLAUSE.search(text, last.end, min(sentence.end, last.end + 60))
        clause = text[begin : end.start() if end else min(sentence.end, last.end + 60)]
        paired = previous_end > sentence.start and _PAIR_AFTER.fullmatch(text[previous_end : first.start])
        if all(accepted(f, left[-24:], right) or paired or bare_level(f, left) or _bare_pair(f, text) for f in members):
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


def _apportioned(text: str, first: Figure) -> bool:
    """Whether 分别 stands before a list, which may then mix units."""
    return "分别" in text[max(0, first.start - 14) : first.start]


def _alike(a: Figure, b: Figure) -> bool:
    return (a.unit == b.unit or (a.sort == "bare" and not a.unit and b.unit != "")) and a.sort != "time"


def _clause_start(text: str, low: int, at: int, previous: int) -> int:
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


def _sentence(
    text: str, s: Sentence, found: list[Figure], block: Block, place: Place, frame: Frame, carry: int | None
) -> Iterator[Statement]:
    pending: Statement | None = None
    for group in _groups(text, s, found):
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


@dataclass(frozen=True, slots=True)
class _Sense:
    """What the words around a list of figures make of all of them."""

    side: sides.Side
    kind: Kind
    comparator: Comparator
    bound: Comparator | None
    direction: str
    year: int | None
    inherited: bool


def _sense(text: str, s: Sentence, group: Group, left: str, place: Place, frame: Frame, carry: int | None) -> _Sense:
    last = group.members[-1]
    side = sides.before(left)
    follow(s, left, side, group, text)
    explicit = explicit_year(text, s, group, side)
    said = text[s.start : min(s.end, s.start + 400)]
    kind = kind_of(last, group.left, group.clause, said, group.right, explicit, place, frame)
    kind = _kind_beside(text, s, group, side, kind, explicit, place)
    comparator, bound, direction = comparator_of(s, side, sides.after(last), last, kind, left, group)
    year, inherited = year_of(text, s, explicit, side, kind, carry, place, frame, group)
    return _Sense(side, kind, comparator, bound, direction, year, inherited)


def _kind_beside(
    text: str, s: Sentence, group: Group, side: sides.Side, kind: Kind, explicit: int | None, place: Place
) -> Kind:
    """The kind in view of the figure before in the sentence: limits and aims go on."""
    before = s.last.kind if s.last is not None else None
    last = group.members[-1]
    if before is Kind.THRESHOLD and kind is Kind.TARGET and not explicit and side.comparator:
        kind = Kind.THRESHOLD
    if before is Kind.THRESHOLD and last.post and _ALONG.fullmatch(text[s.last_end : group.members[0].start]):
        kind = Kind.THRESHOLD
    if before is Kind.TARGET and kind is Kind.ACTUAL and place.role is Role.FRONT and not explicit:
        kind = Kind.TARGET
    return Kind.ACTUAL if side.role == "from" and kind is Kind.TARGET else kind


def _answering(s: Sentence, group: Group, sense: _Sense, named: str) -> list[str]:
    """Subjects of a list that answers the figures before it: A 680亿元、B 42亿元，分别增长35%和28%."""
    count = len(group.members)
    if count < 2 or len(s.recent) < count or "分别" not in group.left:
        return []
    base = named[: named.rfind("占")] if sense.side.share_of and "占" in named else named
    if cleaned(base):
        return []
    tail = f"占{sense.side.share_of}比重" if sense.side.share_of else ""
    return [name + tail for name in s.recent[-count:]]


def _outer_comma(words: str) -> int:
    """Where the last 、 outside brackets stands, or -1."""
    at = words.rfind("、")
    return -1 if at >= 0 and "）" in words[at:] and "（" not in words[at:] else at


def _group_statements(
    text: str, s: Sentence, group: Group, block: Block, place: Place, frame: Frame, carry: int | None
) -> list[Statement]:
    left, basis = _basis(group.left)
    if s.last is not None and group.clause_start == s.last_end and 0 < _outer_comma(left) < len(left) - 1:
        left = left[_outer_comma(left) + 1 :]  # what stands before it belongs to the figure before
    sense = _sense(text, s, group, left, place, frame, carry)
    named = sense.side.left
    if _ONLY_YEAR.fullmatch(named) or not (cleaned(named) or s.subject or right_noun(group.right)):
        named = _clause_before(text, s, group) or named
    last = group.members[-1]
    name = subject(named, sense.side.share_of, group.right, last, sense.kind, s.subject, basis)
    names = distributed(name, len(group.members)) if len(group.members) > 1 else [name]
    names = _answering(s, group, sense, named) or names
    scope = scope_of(group.left or s.subject, place.category or frame.region, place.park)
    pairs = zip(group.members, names, strict=True)
    out = [_statement(text, s, group, figure, each, scope, sense, block) for figure, each in pairs]
    if not (s.subject and name.startswith(s.subject)):
        s.subject = name or s.subject
    s.last, s.last_end = out[-1], last.end
    s.recent = [*s.recent[-6:], *names]
    return out


_ALONG = re.compile(r"[^，。；：]*、[^，。；：]{0,12}")
_ONLY_YEAR = re.compile(r"(?:到|至)?(?:[12]\d{3}|[一二][九〇○零][一二三四五六七八九〇○零]{2})年(?:末|底)?")


def _clause_before(text: str, s: Sentence, group: Group) -> str:
    """The clause before, where a subject stands alone: 钢产量，一九八五年达到…"""
    end = group.clause_start - 1
    if end <= max(s.start, s.last_end) or text[end] not in "，：":
        return ""
    begin = _clause_start(text, max(s.start, s.last_end), end, s.last_end)
    return text[begin:end] if end - begin <= 24 else ""


def _basis(left: str) -> tuple[str, str]:
    if left.endswith("）") and (found := _BASIS.search(left)) and found.end() == len(left):
        return left[: found.start()], found[1]
    if left.endswith("）"):
        at = left.rfind("（")
        if at > 0 and len(left) - at < 16:
            return left[:at], ""
    return left, ""


def _statement(
    text: str, s: Sentence, group: Group, figure: Figure, name: str, scope: str, sense: _Sense, block: Block
) -> Statement:
    start, end = block.body.span(figure.start, figure.end)
    went = s.last is not None and s.last.role == "from" and sense.side.level
    doubts = []
    if figure is not group.members[-1] and group.members[-1].post:
        doubts.append("bound of a list")
    if figure.sort in ("bare", "scaled"):
        doubts.append("unit not printed")
    if figure.worded:
        doubts.append("in words")
    return Statement(
        start, end, text[figure.start : figure.end], name, scope, sense.comparator, figure.low, figure.high,
        completed_unit(figure, group.left, s), sense.year, sense.kind, sense.inherited, sense.bound, sense.direction,
        sense.side.role or ("to" if went else ""), "", figure.times, None, block.section, tuple(doubts),
    )  # fmt: skip
