"""Lines joined to paragraphs: hard-wrapped text is run together, lists and headings stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .letters import Line, Paragraph, paragraph
from .outline import heading

_ENDED = re.compile(r"[。；！？：”）》…;:!?]\s*$|[。；]\s*[”）]$")
_PAGE = re.compile(r"[-－—–·\s]*(?:第\s?)?\d{1,4}(?:\s?页)?[-－—–·\s]*")
_ITEM = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、．](?!\d)|——|[①②③④⑤⑥⑦⑧⑨⑩]|注[：:]|表\s?\d|图\s?\d|专栏|附件|[◆●■▲★·•])"
)
_OPEN_CHAIN = re.compile(r"[—→－–-][^—→－–\-。；，：\s]{1,12}$")  # a chain cut inside a node
_GOES_ON = re.compile(r"[\u4e00-\u9fff]{1,12}[—→－–\-](?=[\u4e00-\u9fff])")
_LONGEST_WRAP = 70


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, the section it stands in, and how many of its characters are a heading's."""

    body: Paragraph
    section: int | None
    head: int = 0


_LIST_DOT = re.compile(
    r"(?m)^[ \t\u3000]*(?P<n>\d{1,2})(?P<d>[.．])(?=\d[\d.]*[×xX*\d.]*[万亿千百吨立平方公米座台套户条个座kKmM])"
)
_LIST_LINE = re.compile(r"(?m)^[ \t\u3000]*(?P<n>\d{1,2})[.．、](?!\d{1,2}[ \t\u3000.])")


def listed(plain: str) -> str:
    """The text with the point behind a list's number told from a decimal point: 1.100立方米… below 2.400立方米…"""
    if not _LIST_DOT.search(plain):
        return plain
    numbers = [(m.start("n"), int(m["n"])) for m in _LIST_LINE.finditer(plain)]
    order = {at: k for k, (at, _) in enumerate(numbers)}
    marks = []
    for found in _LIST_DOT.finditer(plain):
        k = order.get(found.start("n"))
        if k is None:
            continue
        near = [numbers[j][1] - numbers[k][1] for j in (k - 1, k + 1) if 0 <= j < len(numbers)]
        if (near and near[0] == -1 and k) or near[-1:] == [1]:
            marks.append(found.start("d"))
    pieces, at = [], 0
    for mark in marks:
        pieces += [plain[at:mark], "、"]
        at = mark + 1
    return "".join([*pieces, plain[at:]]) if marks else plain


def wrapped(lines: Sequence[Line]) -> int:
    """The usual line length of a hard-wrapped text, 0 for texts with one line per paragraph."""
    long = [line for line in lines[:4000] if len(line.text) >= 12]
    if len(long) < 4:
        return 0
    lengths = sorted(len(line.text) for line in long)
    usual = lengths[len(lengths) * 3 // 4]
    open_ = sum(1 for line in long if not _ENDED.search(line.text))
    return usual if usual <= _LONGEST_WRAP and open_ * 5 >= len(long) * 2 else 0


def blocks(lines: Sequence[Line], taken: set[int], heads: dict[int, int]) -> Iterator[Block]:
    """The paragraphs outside tables, each with its section."""
    usual = wrapped(lines)
    section: int | None = None
    gathered: list[Line] = []
    head = 0
    for i, line in enumerate(lines):
        if i in taken:
            if gathered:
                yield Block(paragraph(gathered), section, head)
                gathered, head = [], 0
            if i in heads:
                section = heads[i]
            continue
        starts = i in heads or _ITEM.match(line.text) is not None
        if usual and _PAGE.fullmatch(line.text):
            continue
        if gathered and (starts or not _continues(gathered[-1], line, usual)):
            yield Block(paragraph(gathered), section, head)
            gathered, head = [], 0
        if i in heads:
            section = heads[i]
            found = heading(line)
            head = len(re.sub(r"\s", "", line.text[: found[3]])) if found else 0
        gathered.append(line)
    if gathered:
        yield Block(paragraph(gathered), section, head)


def _continues(before: Line, line: Line, usual: int) -> bool:
    """Whether `line` goes on where the line before was cut."""
    last = before.text[-1]
    if last in "，、（—" or (last == "-" and line.text[:1].isdigit()):
        return True
    if _OPEN_CHAIN.search(before.text) and _GOES_ON.match(line.text):
        return True
    if not usual or last in "。！？" or (last == "；" and len(before.text) < usual * 0.9):
        return False
    if last in "：”）》":
        return len(before.text) >= usual * 0.8
    return len(before.text) >= usual * 0.6 or (line.text[:1] in "，。；、）%")
