"""Lines of a PDF run together to paragraphs where one was only broken for the width of its column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .pdf_furniture import Page, PageLine

BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}[编篇章节条]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|——|[①-⑳•●■▲★◆·]|注[：:]|[表图]\s?\d|专栏|附[件表录])"
)
_LEAST_CHARS = 8  # of a line that is as wide as its column
_FLUSH = 0.7  # characters off the left edge at which a line still reaches it
_FULL, _SHORT = 1.2, 3.0  # off the right one, for a line that ends a sentence and for others
_LATIN = 0.6  # width of a Latin letter or digit
_WORD = re.compile(r"[!-~]{1,12}")
_SAME_SIZE = 0.08
_WIDEST_PITCH = 4.0  # characters from the top of a line to that of the next one
_LOOSER = 1.25  # times the usual pitch at which a new paragraph begins
_OFTEN = 3  # lines that make an edge
_ENDED = ("。", "！", "？", "：", "；")

_Line = tuple[int, PageLine]
_MARGIN = 1.6  # times the left margin that the right one may have


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the lines of a column begin and end, and whether its paragraphs begin with an indent."""

    left: float = 0.0
    right: float = 0.0
    indented: bool = False


_Key = tuple[int, int, int]


def paragraphs(pages: list[Page]) -> Iterator[list[tuple[int, PageLine, str]]]:
    """Groups of (page, line, its text with the blank that belongs before it); a table is a group of its own."""
    edges = _edges(pages)
    before: Edges = Edges()
    now: list[tuple[int, PageLine, str]] = []
    pitch = 0.0  # of the last two lines that run on
    for page in pages:
        for line in page.lines:
            after = edges.get(_key(page, line), Edges())
            if now and _runs_on(now[-1][:2], (page.number, line), (before, after), pitch):
                step = _pitch(now[-1][1], line)
                pitch = step if now[-1][0] == page.number and step > 0 else pitch
                now.append((page.number, line, joint(now[-1][1].text, line.text) + line.text))
            else:
                if now:
                    yield now
                now, pitch = [(page.number, line, line.text)], 0.0
            before = after
    if now:
        yield now


def _key(page: Page, line: PageLine) -> _Key:
    """Lines of one column of pages of one width, left and right pages apart."""
    return line.line.column, page.number % 2, round(page.sides[1] - page.sides[0])


def _edges(pages: list[Page]) -> dict[_Key, Edges]:
    """The edges of each column: the outermost places at which several lines begin and end."""
    held: dict[_Key, list[PageLine]] = defaultdict(list)
    widest: dict[_Key, float] = {}
    for page in pages:
        for line in (x for x in page.lines if x.line.table is None):
            key = _key(page, line)
            held[key].append(line)
            if not line.line.column:
                margin = line.line.box[0] - page.sides[0]
                bound = page.sides[1] - _MARGIN * max(margin, 0.0)
                widest[key] = max(widest.get(key, bound), bound)
    return {key: _edges_of(lines, widest.get(key, 0.0)) for key, lines in held.items()}


def _edges_of(lines: list[PageLine], bound: float) -> Edges:
    left = _outermost([line.line.box[0] for line in lines])
    right = max(-_outermost([-line.line.box[2] for line in lines]), bound)
    indents = sum(1.5 < (line.line.box[0] - left) / line.line.em < 2.6 for line in lines)
    return Edges(left, right, indents >= _OFTEN - 1)


def _outermost(values: list[float]) -> float:
    """The smallest value that is near to several others, or the smallest where none is."""
    ordered = sorted(values)
    for k in range(len(ordered) - _OFTEN + 1):
        if ordered[k + _OFTEN - 1] - ordered[k] < 2.0:
            return ordered[k]
    return ordered[0]


def _runs_on(before: _Line, after: _Line, edges: tuple[Edges, Edges], pitch: float) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    a, b = before[1].line, after[1].line
    if a.table is not None or b.table is not None:
        return False
    if not a.whole or len(a.text) < _LEAST_CHARS or abs(a.em - b.em) > _SAME_SIZE * max(a.em, b.em):
        return False
    left, slack = (b.box[0] - edges[1].left) / b.em, (edges[0].right - a.box[2]) / a.em
    if left > _FLUSH or slack > _room(a.text, b.text) or BEGINS.match(b.text):
        return False
    if a.text.endswith(_ENDED) and not edges[1].indented:
        return False
    step = _pitch(before[1], after[1])
    if before[0] != after[0] or step <= 0:  # the next page, the top of the next column
        return after[0] <= before[0] + 1
    return step < _WIDEST_PITCH * a.em and (not pitch or step < _LOOSER * pitch)


def _room(before: str, after: str) -> float:
    """How many characters a line may fall short of the right edge since the next word did not fit."""
    if before.endswith(_ENDED):
        return _FULL
    word = _WORD.match(after)
    return _SHORT + (_LATIN * len(word[0]) if word else 0.0)


def _pitch(a: PageLine, b: PageLine) -> float:
    """How much further down the page the bottom of a line stands."""
    return a.line.box[1] - b.line.box[1]


def joint(a: str, b: str) -> str:
    """A blank between words of Latin letters, none within Chinese text and numbers."""
    left, right = a[-1], b[0]
    if left == "-" or left > "\x7f" or right > "\x7f" or (left.isdigit() and right.isdigit()):
        return ""
    return " " if left.isalnum() or left in ",.;:)" else ""
