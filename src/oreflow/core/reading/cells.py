# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Cells of flattened tables: splitting lines, telling figures from words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .letters import Line
from .numbers import COUNT, FIGURE, MEASURE, Figure, figures

_GAP = re.compile(r"[\s|│┃¦]+")
_TAB_GAP = re.compile(r"[ \u3000]{0,60}[\t|│┃]+[ \u3000]*")
_BRACKETED = re.compile(r"（[^（）]*）|\[[^\[\]]*\]|〔[^〔〕]*〕")
_PROSE = re.compile(r"[，。；？！]")
_LOOKS = re.compile(r"(?:^|[\s|│])[\[〔（]?[<>≥≤约]{0,2}\s?[-－−]?\d")
_FOOTNOTE = re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩*※]+$")
_YEAR_CELL = re.compile(r"(?:19|20)\d{2}(?:年(?:末|底)?|末|底)")
EMPTY = frozenset({"—", "-", "－", "——", "--", "/", "…", "–", "无"})
BINDING = {"约束性": "约束性", "预期性": "预期性", "约束": "约束性", "预期": "预期性"}
_YEAR_SPAN = re.compile(r"(?:19|20)\d{2}年?(?:\d{1,2}月?)?[—–－\-~至到]{1,2}(?:19|20)?\d{2}(?:年(?:\d{1,2}月?)?)?")
_DATE_CELL = re.compile(r"(?:19|20)\d{2}(?:年\d{1,2}月?(?:\d{1,2}日?)?|([./-])\d{1,2}\1\d{1,2})")
_BOUND = re.compile(
    r"(?:不得?(?:低于|高于|超过|少于|大于|小于|多于)|大于等于|小于等于|大于或等于|小于或等于|大于|小于|超过|低于|高于|约|近|至少|≥|≤|<=|>=|<|>)"
)
_CHANGE = re.compile(
    r"^(?:年均|累计|比[^\d]{0,8})?(?P<v>减少|下降|降低|提高|增加|增长|上升|压减|提升|新增)(?:到|至)?(?=[\d约超不<>≥≤近])|^(?:达到?|力争达?到?|控制在|保持在?|为)(?=[\d约超不<>≥≤近])"
)
_TAIL = re.compile(r"（[^（）]{1,16}）$")
_UNIT_ONLY = re.compile(rf"（?(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?(?:{MEASURE}|{COUNT})）?")
_BEHIND = frozenset({"%", "以上", "以下", "以内", "左右", "及以上", "及以下"})
_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as found: its text without blanks, where it stands, and which of its line's cells it is."""

    text: str
    start: int
    end: int
    line: int
    place: int
    last: bool
    number: Figure | None = None
    prefix: str = ""
    bracket: bool = False

    @property
    def counts(self) -> bool:
        """Whether it fills a figure's column (a figure or a dash)."""
        return self.number is not None or self.text in EMPTY


def is_prose(text: str) -> bool:
    """Whether a line is running text rather than cells."""
    bare = _BRACKETED.sub("", text) if ("（" in text or "[" in text) else text
    return len(text) > _LONGEST_LINE or bool(_PROSE.search(bare))


def may_hold_figures(text: str) -> bool:
    return bool(_LOOKS.search(text))


def split(line: Line, index: int) -> list[Piece]:
    """The cells of a line; letters set apart (东 区) are one cell."""
    gap = _TAB_GAP if "\t" in line.text or "|" in line.text else _GAP
    spans: list[tuple[int, int]] = []
    at = 0
    for found in gap.finditer(line.text):
        if found.start() > at:
            spans.append((at, found.start()))
        at = found.end()
    if at < len(line.text):
        spans.append((at, len(line.text)))
    joined = _joined(spans, line.text)
    pieces = []
    for place, (start, end) in enumerate(joined):
        text = re.sub(r"\s", "", line.text[start:end])
        pieces.append(_piece(text, line.start + start, line.start + end, index, place, place == len(joined) - 1))
    return pieces


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out:
            before = text[out[-1][0] : out[-1][1]]
            lone = end - start == 1 and "\u4e00" <= text[start] <= "\u9fff"
            if (lone and len(before.replace(" ", "")) <= 2 and "\u4e00" <= before[-1] <= "\u9fff" and out[-1][1] - out[-1][0] < 12 and len(before) == 1) or before in (
                "<", ">", "≥", "≤", "[", "〔", "约"
            ) or text[start:end] in ("]", "〕") or (text[start:end] in _BEHIND and (before[-1].isdigit() or before[-1] == "%")):  # fmt: skip
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return out


@lru_cache(maxsize=4096)
def _numeric(text: str) -> tuple[Figure | None, str, bool]:
    body = _FOOTNOTE.sub("", text)
    bracket = len(body) > 2 and body[0] in "[〔" and body[-1] in "]〕"
    if bracket:
        body = body[1:-1]
    found = _BOUND.match(body)
    prefix = found[0] if found else ""
    body = body[len(prefix) :].replace("－", "-") if len(body) < 30 else body
    if not body or not (body[0].isdigit() or body[0] in "-−+") or _YEAR_CELL.fullmatch(body):
        return None, prefix, bracket
    if _YEAR_SPAN.fullmatch(body) or _DATE_CELL.fullmatch(body):
        return None, prefix, bracket
    body = body.lstrip("+")
    whole = FIGURE.fullmatch(body)
    if whole is None:
        return None, prefix, bracket
    figure = next(iter(figures(body)), None)
    if figure is None or figure.start != 0 or (figure.sort == "time" and figure.unit == "年" and figure.low > 1900):
        return None, prefix, bracket
    return figure, prefix, bracket


def _piece(text: str, start: int, end: int, line: int, place: int, last: bool) -> Piece:
    number, prefix, bracket = _numeric(text) if len(text) < 30 else (None, "", False)
    return Piece(text, start, end, line, place, last, number, prefix, bracket)


def cell_piece(plain: str, start: int, end: int, row: int) -> Piece:
    """The cell `plain[start:end]` of a table whose cells are known."""
    body = plain[start:end]
    first = start + len(body) - len(body.lstrip())
    last = max(first, end - len(body) + len(body.rstrip()))
    return _piece(re.sub(r"\s", "", body), first, last, row, 0, False)


def number_inside(piece: Piece) -> Piece:
    """A cell of a known table with its verb of change and its bracketed remark set aside: 减少5, 30（不含税）."""
    if piece.number is not None or piece.text in EMPTY or len(piece.text) > 40:
        return piece
    verb = _CHANGE.match(piece.text)
    body = _TAIL.sub("", piece.text[verb.end() :] if verb else piece.text)
    if body == piece.text or not body:
        return piece
    number, prefix, bracket = _numeric(body) if len(body) < 30 else (None, "", False)
    said = (verb["v"] or "") if verb else ""
    return piece if number is None else replace(piece, number=number, prefix=said + prefix, bracket=bracket)


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and nothing else."""
    return bool(_UNIT_ONLY.fullmatch(text))


def year_like(piece: Piece) -> bool:
    """Whether a bare figure may be a year in a header."""
    n = piece.number
    return n is not None and n.sort == "bare" and n.low == n.high and 1949 <= n.low <= 2060 and n.low.denominator == 1


def runs(lines: Sequence[Line], stop: set[int]) -> list[tuple[int, int]]:
    """Index ranges of lines that look like table bodies with their headers."""
    found: list[tuple[int, int]] = []
    i, total = 0, len(lines)
    while i < total:
        if is_prose(lines[i].text) or i in stop:
            i += 1
            continue
        j, figures_seen = i, 0
        while j < total and j not in stop and not is_prose(lines[j].text):
            if may_hold_figures(lines[j].text):
                figures_seen += sum(1 for p in split(lines[j], j) if p.number is not None)
            j += 1
        if figures_seen >= 4:
            found.append((i, j))
        i = max(j, i + 1)
    return found
