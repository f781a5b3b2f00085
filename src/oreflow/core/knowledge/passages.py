"""A text cut into passages: sentences with the titles above them, and rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from .model import Passage

LONGEST = 240
SHORTEST = 4
_ENDED = "。！？；：!?;:"
_STOP = re.compile(r"[。！？；!?;]+[”’」）)\"']*|[^\S\r\n]*(?:\r\n?|\n|\u2028|\u2029|\f)\s*")
_COMMA = re.compile(r"[，,、]")
_NUMBER = re.compile(
    r"(?:\d{1,2}[.、．)）]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*(?!\d)"
)
_NUMBERING = re.compile(
    r"(?:第?[一二三四五六七八九十百零〇\d]{1,5}[编篇章节条部分]{0,2}|专栏|附[件录表]|[——.、．（）()①-⑩\d-])*"
)
_LONGEST_LEAD = 36
_BLANK = re.compile(r"\s+")
_USUAL_WRAP = 70
_LONGEST_TITLE = 24


class Titled(Protocol):
    """A section of an outline: where it starts and ends, its title, and the index of the section above."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def parent(self) -> int | None: ...


def passages(
    text: str, sections: Sequence[Titled] = (), rows: Sequence[tuple[int, int, tuple[str, ...]]] = ()
) -> tuple[Passage, ...]:
    """The passages of a text in order; every character that is no blank or bare title is in at most one.

    Parameters
    ----------
    sections
        The outline in the order of the text.
    rows
        Rows of tables: start, end, and the titles that head them (caption, columns); no titles at all leave the
        piece out (the head of a table, which stands in the titles of its rows).
    """
    paths = _paths(sections)
    starts = [s.start for s in sections]
    wrap = usual_width(text)
    out: list[Passage] = []
    block = 0
    cuts = [*starts, *(e for s in sections if (e := _title_end(text, s)))]
    for start, end, heads in _pieces(text, cuts, _apart(rows, len(text))):
        at = bisect_right(starts, start) - 1
        path = paths[at] if at >= 0 else ()
        if heads is not None:
            block += 1
            if heads:
                out.append(Passage(start, end, (*path, *(h for h in heads if h)), block))
            continue
        paragraphs = list(_paragraphs(text, start, end, wrap))
        leads = _leads(text, paragraphs)
        for paragraph, lead in zip(paragraphs, leads, strict=True):
            block += 1
            under = (*path, lead) if lead else path
            found = [(a, b) for s, e in paragraph for a, b in _clauses(text, s, e) if not _is_title(text[a:b], path)]
            out.extend(Passage(a, b, under, block) for a, b in found)
    return tuple(out)


def _apart(rows: Sequence[tuple[int, int, tuple[str, ...]]], end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """The rows in order, without those that overlap one before or lie outside of the text."""
    out: list[tuple[int, int, tuple[str, ...]]] = []
    for row in sorted(rows):
        if row[0] < row[1] <= end and (not out or row[0] >= out[-1][1]):
            out.append(row)
    return out


def _title_end(text: str, section: Titled) -> int:
    """Where the title of a section ends in the text, its full stop included; 0 where it is not found."""
    title = _BLANK.sub("", section.title)
    if not title or len(title) > _LONGEST_TITLE:
        return 0
    pattern = r"\s*".join(map(re.escape, title)) + r"[。：:]?"
    found = re.compile(pattern).search(text, section.start, section.start + 3 * len(title) + 24)
    return found.end() if found else 0


def _paths(sections: Sequence[Titled]) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    for i, section in enumerate(sections):
        above = paths[section.parent] if section.parent is not None and section.parent < i else ()
        title = _BLANK.sub(" ", section.title).strip()
        paths.append((*above, title) if title else above)
    return paths


def _pieces(
    text: str, starts: Sequence[int], rows: Sequence[tuple[int, int, tuple[str, ...]]]
) -> Iterator[tuple[int, int, tuple[str, ...] | None]]:
    """The text between the starts of sections and the rows of tables, and the rows themselves."""
    cuts = sorted({0, len(text), *(s for s in starts if 0 < s < len(text))})
    at = 0
    for start, end, heads in rows:
        for cut in cuts[bisect_right(cuts, at) :]:
            if cut >= start:
                break
            yield at, cut, None
            at = cut
        if at < start:
            yield at, start, None
        yield start, end, heads
        at = end
    for cut in cuts[bisect_right(cuts, at) :]:
        yield at, cut, None
        at = cut


def usual_width(text: str) -> int:
    """The usual line length of a hard-wrapped text, 0 for texts with one line per paragraph."""
    long = [line for line in map(str.strip, text[:400_000].splitlines()) if len(line) >= 12]
    if len(long) < 4:
        return 0
    usual = sorted(map(len, long))[len(long) * 3 // 4]
    open_ = sum(1 for line in long if line[-1] not in _ENDED)
    return usual if usual <= _USUAL_WRAP and open_ * 5 >= len(long) * 2 else 0


def _paragraphs(text: str, start: int, end: int, wrap: int) -> Iterator[list[tuple[int, int]]]:
    """The sentences between two places, paragraph by paragraph."""
    gathered: list[tuple[int, int]] = []
    at, line = start, start
    for stop in _STOP.finditer(text, start, end):
        broken = "\n" in stop[0] or "\r" in stop[0] or stop[0].isspace()
        if broken and _goes_on(text, line, stop.start(), wrap):
            line = stop.end()
            continue
        if text[at : stop.end()].strip():
            gathered.append((at, stop.start() if broken else stop.end()))
        at = stop.end()
        if broken:
            line = at
            if gathered:
                yield gathered
            gathered = []
    if text[at:end].strip():
        gathered.append((at, end))
    if gathered:
        yield gathered


def _leads(text: str, paragraphs: Sequence[list[tuple[int, int]]]) -> list[str]:
    """For each paragraph the short line before it that heads it, though the outline does not have it."""
    out: list[str] = []
    lead = ""
    for i, paragraph in enumerate(paragraphs):
        out.append(lead)
        body = text[paragraph[0][0] : paragraph[-1][1]].strip()
        numbered = _NUMBER.match(body)
        heads = len(body) <= _LONGEST_LEAD and "，" not in body and (numbered or body[-1] in "：:")
        if heads and i + 1 < len(paragraphs):
            after = text[paragraphs[i + 1][0][0] : paragraphs[i + 1][-1][1]].strip()
            if not _NUMBER.match(after) and len(after) > len(body):
                lead = body[numbered.end() if numbered else 0 :].strip("。：: \u3000")
                out[-1] = ""
        elif numbered:
            lead = out[-1] = ""
    return out


def _goes_on(text: str, line: int, end: int, wrap: int) -> bool:
    """Whether a line was cut in the midst of a sentence."""
    last = text[end - 1] if end > line else ""
    if last and last in "，、（":
        return True
    return bool(wrap) and bool(last) and last not in _ENDED and end - line >= wrap * 0.6


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at commas where it is very long; outer blanks stripped, crumbs left out."""
    while end - start > LONGEST:
        commas = [m.end() for m in _COMMA.finditer(text, start + LONGEST // 3, start + LONGEST)]
        cut = commas[-1] if commas else start + LONGEST
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    end -= len(body) - len(body.rstrip())
    if end - start >= SHORTEST:
        yield start, end


def _is_title(body: str, path: tuple[str, ...]) -> bool:
    """Whether this is the bare title of its section, with or without its number."""
    if not path:
        return False
    bare, title = _BLANK.sub("", body).rstrip("。：:"), _BLANK.sub("", path[-1])
    if len(title) > _LONGEST_TITLE or not bare.endswith(title):
        return False
    return _NUMBERING.fullmatch(bare[: len(bare) - len(title)]) is not None
