# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The section tree: numbered headings, run-on titles, boxes and annexes; contents pages are no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .letters import Line
from .lexicon import SECTION_ROLES
from .model import Role, Section
from .numerals import figure

_N = "[一二三四五六七八九十百零〇]{1,5}"
_NOT_A_COUNT = r"(?![万亿千百年月日号时个家户项吨元亩%‰度倍台套座条公平立分毫米])"
_STYLES: tuple[tuple[int, str], ...] = (
    (1, rf"第(?P<n1>{_N}|\d{{1,3}})\s?(?:编|篇|部分|部)(?=[\s：、]|$|[\u4e00-\u9fff])"),
    (2, rf"第\s?(?P<n2>{_N}|\d{{1,3}})\s?章(?![、至和及与所规的中])"),
    (2, rf"第(?P<n18>{_N})类(?=[\s：、]|[\u4e00-\u9fff]{{1,8}}类)"),
    (3, rf"第\s?(?P<n3>{_N}|\d{{1,3}})\s?节(?![、至和及与所规的中能水约日点电])"),
    (4, rf"第\s?(?P<n10>{_N}|\d{{1,3}})\s?条(?![、至和及与所规的中款项件例第])"),
    (3, r"(?P<n11>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]{1,3})[、.．\s]"),
    (4, rf"(?P<n4>{_N})\s?[、.．](?!\s?[一二三四五六七八九十]\s?[、.．是])"),
    (4, rf"(?P<n12>{_N})(?=[ \u3000]{{1,4}}[\u4e00-\u9fff]{{4,24}}$)"),
    (4, r"(?P<n13>[甲乙丙丁戊己庚辛])、(?=[\u4e00-\u9fff]{2,24}$)"),
    (5, rf"[（〔](?P<n5>{_N})[）〕](?![、至和及与项款])"),
    (5, r"(?P<n14>[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩])"),
    (6, rf"(?P<n6>\d{{1,2}})(?:[、．]|\.(?!\d)|\.(?=\s)|(?=\s{{1,3}}{_NOT_A_COUNT}[\u4e00-\u9fff]))"),
    (6, r"(?P<n15>[⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓])"),
    (6, r"(?P<n9>\d{1,2}(?:\.\d{1,2}){1,3})(?=[\s\u4e00-\u9fff、])" + _NOT_A_COUNT),
    (7, r"[（〔]?(?P<n7>\d{1,2})[）〕](?![、至和及与项款])"),
    (7, r"(?P<n16>[⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽])"),
    (7, r"(?P<n17>[A-H])[.、．](?=\s?[\u4e00-\u9fff])"),
    (8, r"(?P<n8>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫])"),
)
_HEADING = re.compile(r"\s{0,4}(?:" + "|".join(f"(?P<s{i}>{p})" for i, (_, p) in enumerate(_STYLES)) + ")")
_ARTICLE, _DECIMAL = "条", re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}$")
_FIRST = frozenset(
    "●◆■★第一二三四五六七八九十（〔(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫—专附 \t\u3000ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ甲乙丙丁戊己庚辛㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ABCDEFGH"
)
_BOX = re.compile(
    r"专\s?栏\s{0,3}(?P<n>\d{1,2}(?:[—－\-–.]\d{1,2})?|[一二三四五六七八九十]{1,3})?[：:\s]*(?P<t>.{0,40})$"
)
_ANNEX = re.compile(
    r"附\s?(?:件|录|表)\s{0,3}(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3}|[A-H](?![A-Za-z]))?[：:．.\s]*(?P<t>.{0,40})$"
)
_DASHED = re.compile(r"(?:——|--|—|●|◆|■|★)\s*(?P<t>[^。；，：—]{2,25})[。：]")
_CONTENTS = re.compile(
    r"(?:(?<!\.)\.{3,}|(?<!…)…{1,}|(?<!·)·{3,}|(?:\.\s){3,}|_{4,}|-{6,})\s*[-—－(（]?\s*\d{1,3}\s*[-—－)）]?$"
)
_PAGE_AT_END = re.compile(r"(?<![\s.…·])[\s.…·]*+[-—－(（]?\s*+\d{1,3}\s*+[-—－)）]?$")
_PAGE_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,})\s*\d{0,3}$")
_LABEL = re.compile(r"(?P<t>[\u4e00-\u9fff]{1,10}(?P<k>类|行业|领域))")
_TITLE_END = re.compile(r"[。：；]")
_LONGEST_RUN_ON = 22
_FRONT_TITLES = (
    "前言",
    "目录",
    "目次",
    "引言",
    "序言",
    "序",
    "结语",
    "结束语",
    "后记",
    "附则",
    "总则",
    "概述",
    "摘要",
    "编制说明",
    "导言",
    "绪论",
)
_LONGEST_TITLE = 44
_BOUND = re.compile(r"\d.{0,12}(?:以[上下内]|的)|(?:不?[得应]?(?:低于|高于|少于|多于|大于|小于|超过)|[≥≤<>]|达到)\s?\d")
_CONTENTS_REACH = 400
_FULL_LINE, _SHORT_REST = 20, 16
_NO_REST = re.compile(r"[。；：，！？\d]|^[表图附专单注（]")


def role_of(title: str) -> Role | None:
    """What a title says its section is about; None where it says nothing."""
    for role, words in SECTION_ROLES:
        if any(word in title for word in words):
            return role
    return None


def contents_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines that belong to a contents page: dotted leaders, the run after 目录, or titles that all come again."""
    skip = {i for i, line in enumerate(lines) if line.end - line.start < 80 and _CONTENTS.search(line.text)
            and (_HEADING.match(line.text) or "…" in line.text or "..." in line.text or "····" in line.text)}  # fmt: skip
    at = next(
        (i for i, line in enumerate(lines[:_CONTENTS_REACH]) if re.sub(r"\s", "", line.text) in ("目录", "目次")), None
    )
    if at is not None:
        skip |= _after_contents(lines, at, skip)
    return skip | _come_again(lines, skip)


def _after_contents(lines: Sequence[Line], at: int, dotted: set[int]) -> set[int]:
    """The run of titles below 目录, until one comes again or text begins."""
    out = {at}
    seen: set[str] = set()
    for j in range(at + 1, min(len(lines), at + 1 + _CONTENTS_REACH)):
        bare = _bare_title(lines[j].text)
        title = heading(lines[j]) is not None or _HEADING.match(lines[j].text) or bare in _FRONT_TITLES
        paged = bool(re.search(r"\s\d{1,3}$", lines[j].text))
        if bare in seen or len(bare) > _LONGEST_TITLE or (bare and not (title or paged or j in dotted)):
            break
        seen.add(bare)
        out.add(j)
    return out


def _bare_title(text: str) -> str:
    return re.sub(r"[\s.…·\d—_-]", "", _PAGE_AT_END.sub("", text))


def _come_again(lines: Sequence[Line], skip: set[int]) -> set[int]:
    """A run of headings near the beginning with nothing between them, most of which come again later."""
    reach = min(len(lines), _CONTENTS_REACH)
    marks = [i not in skip and len(lines[i].text) < 60 and bool(_HEADING.match(lines[i].text)) for i in range(reach)]
    i = 0
    while i < reach:
        j = i
        titles: list[str] = []
        while j < reach and marks[j] and (title := _bare_title(lines[j].text)) not in titles:
            titles.append(title)
            j += 1
        if j - i >= 4:
            later = {_bare_title(line.text) for line in lines[j : j + 6000] if len(line.text) < 60}
            if sum(t in later for t in titles) * 10 >= len(titles) * 7:
                return set(range(i, j))
        i = max(j, i + 1)
    return set()


def heading(line: Line) -> tuple[int, str, str, int] | None:
    """Level, number, title and the length of the heading within the line; None for other lines."""
    text = line.text
    bare = re.sub(r"\s", "", text) if len(text) < 12 else ""
    if bare in _FRONT_TITLES:
        return 2, "", bare, len(text)
    if text[0] not in _FIRST:
        if len(text) <= 14 and (found := _LABEL.fullmatch(text)):
            return 7 if found["k"] == "类" else 8, "", found["t"].strip(), len(text)
        return None
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
    number = found[f"s{style}"].strip()
    level = _level(_STYLES[style][0], number)
    rest = text[found.end() :]
    if number.startswith("第") and number.endswith(_ARTICLE):
        named = re.match(r"\s*\[([^\[\]]{2,20})\]|\s+([^\s，。；：]{2,20})(?:\s|$)", rest)
        return level, number, (named[1] or named[2]) if named else "", found.end() + (named.end() if named else 0)
    return _titled(text, rest, found.end(), level, number)


def _level(level: int, number: str) -> int:
    """Deeper for 1.1.1 than for 1.1."""
    return level + number.count(".") if _DECIMAL.match(number) else level


def _titled(text: str, rest: str, begin: int, level: int, number: str) -> tuple[int, str, str, int] | None:
    stop = _TITLE_END.search(rest, 0, _LONGEST_TITLE)
    if stop is None:
        if len(rest) > _LONGEST_TITLE or rest.endswith(("，", "、")) or not rest.strip():
            return None
        return level, number, _PAGE_LEADER.sub("", rest).strip(), len(text)
    title = rest[: stop.start()].strip()
    if level >= 4 and (stop[0] == "；" or stop.end() >= len(rest)) and _BOUND.search(title):
        return (level, number, "", begin) if level < 6 else None
    if level >= 6 and (
        stop[0] == "；" or len(title) > _LONGEST_RUN_ON or (any(c.isdigit() for c in title) and stop.end() < len(rest))
    ):
        return None
    if level >= 6 and stop.end() >= len(rest) and (len(title) > 12 or any(c.isdigit() for c in title)):
        return None
    if "，" in title and level > 3 and (level > 5 or stop[0] != "。"):
        return level, number, "", begin
    return level, number, title, begin + stop.end()


def outline(lines: Sequence[Line], skip: set[int], end: int) -> tuple[tuple[Section, ...], dict[int, int]]:
    """Sections in order, and for each line index that is a heading the section's index."""
    found: list[tuple[int, Line, int, str, str]] = []
    for i, line in enumerate(lines):
        if i in skip:
            continue
        head = heading(line)
        if head is None:
            continue
        title = head[2] + _continued(lines, i, skip, head)
        if title or head[0] >= 6 or head[1].endswith(_ARTICLE):
            found.append((i, line, head[0], head[1], title))
    return _tree(found, end)


def _continued(lines: Sequence[Line], i: int, skip: set[int], head: tuple[int, str, str, int]) -> str:
    """The rest of a title that was broken over two lines."""
    line = lines[i]
    named_below = not head[2] and head[1].startswith(("附", "专栏"))
    if not named_below and (head[0] > 5 or len(line.text) < _FULL_LINE):
        return ""
    if head[3] < len(line.text) or i + 1 >= len(lines) or i + 1 in skip:
        return ""
    rest = lines[i + 1].text
    goes_on = (
        len(rest) <= (_LONGEST_TITLE if named_below else _SHORT_REST)
        and not _NO_REST.search(rest)
        and heading(lines[i + 1]) is None
    )
    return re.sub(r"\s", "", rest) if goes_on else ""


def _tree(found: list[tuple[int, Line, int, str, str]], end: int) -> tuple[tuple[Section, ...], dict[int, int]]:
    sections: list[Section] = []
    at_line: dict[int, int] = {}
    open_: list[int] = []
    last: dict[tuple[int | None, str], int] = {}
    ends = [end] * len(found)
    for index, (i, line, level, number, title) in enumerate(found):
        if level == 6 and any(sections[k].level in (7, 8) and not sections[k].number for k in open_):
            level = 9
        if level in (7, 8) and not _DECIMAL.match(number):
            level = max([level, *(sections[k].level + 1 for k in open_ if _DECIMAL.match(sections[k].number))])
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


_AS_DIGITS = {
    ord(c): str(k + 1)
    for row in (
        "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
        "甲乙丙丁戊己庚辛",
        "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
        "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓",
        "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽",
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫",
    )
    for k, c in enumerate(row)
}
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
    own = number.rstrip(".、．").rpartition(".")[2].translate(_AS_DIGITS)
    digits = re.sub(r"[^一二三四五六七八九十百零〇\d]", "", own)
    value = figure(digits) if digits else None
    if value is None or number.startswith(("专栏", "附")):
        return ""
    stem = (
        re.sub(r"\d+$", "#", number) if _DECIMAL.match(number) else re.sub(r"[一二三四五六七八九十百零〇\d]+", "#", own)
    )
    key = (None if number.endswith(_ARTICLE) else parent, stem)
    before = last.get(key)
    last[key] = int(value)
    if before is None or value == before + 1 or value == 1:
        return "" if before is not None or value == 1 else f"missing: starts with {number}"
    return f"repeated: {number}" if value <= before else f"skipped: {number} after {before}"
