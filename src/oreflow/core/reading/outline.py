"""The section tree: numbered headings, run-on titles, boxes and annexes; contents pages are no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .letters import Line
from .lexicon import SECTION_ROLES
from .model import Role, Section
from .numerals import figure

_N = "[一二三四五六七八九十百零〇]{1,5}"
_STYLES: tuple[tuple[int, str], ...] = (
    (1, rf"第(?P<n1>{_N}|\d{{1,3}})(?:编|篇|部分)"),
    (2, rf"第(?P<n2>{_N}|\d{{1,3}})章"),
    (3, rf"第(?P<n3>{_N}|\d{{1,3}})节"),
    (4, rf"(?P<n4>{_N})[、.．]"),
    (5, rf"（(?P<n5>{_N})）"),
    (6, r"(?P<n6>\d{1,2})(?:[、．]|\.(?!\d)|\.(?=\s)|(?=\s{1,3}[\u4e00-\u9fff]))"),
    (6, r"(?P<n9>\d{1,2}(?:\.\d{1,2}){1,3})(?=[\s\u4e00-\u9fff、])"),
    (7, r"（(?P<n7>\d{1,2})）"),
    (8, r"(?P<n8>[①②③④⑤⑥⑦⑧⑨⑩])"),
)
_HEADING = re.compile(r"\s*(?:" + "|".join(f"(?P<s{i}>{p})" for i, (_, p) in enumerate(_STYLES)) + ")")
_FIRST = frozenset("第一二三四五六七八九十（(0123456789①②③④⑤⑥⑦⑧⑨⑩—专附 \t\u3000")
_BOX = re.compile(r"专栏\s{0,3}(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?[：:\s]*(?P<t>.{0,40})$")
_ANNEX = re.compile(r"附(?:件|录|表)\s{0,3}(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?[：:\s]*(?P<t>.{0,40})$")
_DASHED = re.compile(r"(?:——|--|—)\s*(?P<t>[^。；，：—]{2,25})[。：]")
_CONTENTS = re.compile(r"(?:\.{3,}|…{2,}|·{3,})\s*[-—－]?\s*\d{1,3}\s*[-—－]?$")
_LABEL = re.compile(r"(?P<t>[\u4e00-\u9fff]{1,10}(?P<k>类|行业|领域))")
_TITLE_END = re.compile(r"[。：；]")
_LONGEST_RUN_ON = 22
_FRONT_TITLES = ("前言", "目录", "引言", "序言", "结语", "附则", "总则")
_LONGEST_TITLE = 44


def role_of(title: str) -> Role | None:
    """What a title says its section is about; None where it says nothing."""
    for role, words in SECTION_ROLES:
        if any(word in title for word in words):
            return role
    return None


def contents_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines that belong to a contents page (dotted leaders, or the run after 目录)."""
    skip = {i for i, line in enumerate(lines) if line.end - line.start < 80 and _CONTENTS.search(line.text)
            and (_HEADING.match(line.text) or "…" in line.text or "..." in line.text)}  # fmt: skip
    for i, line in enumerate(lines[:400]):
        if re.sub(r"\s", "", line.text) != "目录":
            continue
        seen: set[str] = set()
        for j in range(i + 1, min(len(lines), i + 200)):
            bare = re.sub(r"[\s.…·\d-]", "", lines[j].text)
            if (
                len(bare) > _LONGEST_TITLE
                or bare in seen
                or (bare and not _HEADING.match(lines[j].text) and j not in skip)
            ):
                break
            seen.add(bare)
            skip.add(j)
        skip.add(i)
        break
    return skip


def heading(line: Line) -> tuple[int, str, str, int] | None:
    """Level, number, title and the length of the heading within the line; None for other lines."""
    text = line.text
    if text[0] not in _FIRST:
        if len(text) <= 14 and (found := _LABEL.fullmatch(text)):
            return 7 if found["k"] == "类" else 8, "", found["t"].strip(), len(text)
        bare = re.sub(r"\s", "", text) if len(text) < 12 else ""
        return (2, "", bare, len(text)) if bare in _FRONT_TITLES else None
    for pattern, level, name in ((_BOX, 7, "专栏"), (_ANNEX, 2, "附件")):
        if text[0] in "专附" and (found := pattern.match(text)) and not text.endswith(("。", "；", "，")):
            return level, name + (found["n"] or ""), found["t"].strip(), len(text)
    if found := _DASHED.match(text):
        return 8, "——", found["t"].strip(), found.end()
    return _numbered(text)


def _numbered(text: str) -> tuple[int, str, str, int] | None:
    found = _HEADING.match(text)
    if not found:
        return None
    style = next(i for i in range(len(_STYLES)) if found[f"s{i}"])
    level = _STYLES[style][0]
    rest = text[found.end() :]
    stop = _TITLE_END.search(rest, 0, _LONGEST_TITLE)
    if stop is None:
        if len(rest) > _LONGEST_TITLE or rest.endswith(("，", "、")) or not rest.strip():
            return None
        return level, found[f"s{style}"].strip(), rest.strip(), len(text)
    title = rest[: stop.start()].strip()
    if level >= 6 and (
        stop[0] == "；" or len(title) > _LONGEST_RUN_ON or (any(c.isdigit() for c in title) and stop.end() < len(rest))
    ):
        return None
    if level >= 6 and stop.end() >= len(rest) and (len(title) > 12 or any(c.isdigit() for c in title)):
        return None
    if "，" in title and level > 3 and (level > 5 or stop[0] != "。"):
        return level, found[f"s{style}"].strip(), "", found.end()
    return level, found[f"s{style}"].strip(), title, found.end() + stop.end()


def outline(lines: Sequence[Line], skip: set[int], end: int) -> tuple[tuple[Section, ...], dict[int, int]]:
    """Sections in order, and for each line index that is a heading the section's index."""
    found: list[tuple[int, Line, int, str, str]] = []
    for i, line in enumerate(lines):
        if i in skip:
            continue
        head = heading(line)
        if head is not None and (head[2] or head[0] >= 6):
            found.append((i, line, head[0], head[1], head[2]))
    return _tree(found, end)


def _tree(found: list[tuple[int, Line, int, str, str]], end: int) -> tuple[tuple[Section, ...], dict[int, int]]:
    sections: list[Section] = []
    at_line: dict[int, int] = {}
    open_: list[int] = []
    last: dict[tuple[int | None, str], int] = {}
    ends = [end] * len(found)
    for index, (i, line, level, number, title) in enumerate(found):
        if level == 6 and any(sections[k].level in (7, 8) and not sections[k].number for k in open_):
            level = 9
        while open_ and sections[open_[-1]].level >= level:
            ends[open_.pop()] = line.start
        parent = open_[-1] if open_ else None
        note = _numbering(last, parent, number)
        role = _role(title, level, sections[parent].role if parent is not None else Role.FRONT)
        sections.append(Section(line.start, end, level, number, title, role, parent, note))
        at_line[i] = index
        open_.append(index)
    done = tuple(
        Section(s.start, ends[k], s.level, s.number, s.title, s.role, s.parent, s.note) for k, s in enumerate(sections)
    )
    return done, at_line


_WEAK = frozenset({Role.TASK, Role.MEASURE, Role.FRONT})


def _role(title: str, level: int, above: Role) -> Role:
    """A section's own role where it is telling; within goals, facts, conditions the small ones inherit."""
    own = role_of(title)
    if above in _WEAK:
        return above if own is Role.MEASURE and above is Role.TASK and level >= 6 else own or above
    if level >= 6 or own is None or own in _WEAK:
        return above
    return own


def _numbering(last: dict[tuple[int | None, str], int], parent: int | None, number: str) -> str:
    """A note where a number is skipped or repeated among its siblings."""
    digits = re.sub(r"[^一二三四五六七八九十百零〇\d]", "", number)
    value = figure(digits) if digits and "." not in number.strip(".") else None
    if value is None or number.startswith(("专栏", "附")):
        return ""
    key = (parent, re.sub(r"[一二三四五六七八九十百零〇\d]+", "#", number))
    before = last.get(key)
    last[key] = int(value)
    if before is None or value == before + 1 or value == 1:
        return "" if before is not None or value == 1 else f"missing: starts with {number}"
    return f"repeated: {number}" if value <= before else f"skipped: {number} after {before}"
