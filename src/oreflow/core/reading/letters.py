"""The text in one spelling, character for character, and paragraphs freed of line breaks and blanks.

Every replacement keeps the length, so offsets stay those of the given text; only `Paragraph`
leaves characters out, and maps back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .mending import mended

_FULL = {
    code: code - 0xFEE0
    for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(start, end + 1)
}
_MARKS = {
    "％": "%", "﹪": "%", "＋": "+", "－": "－", "．": ".", "／": "/", "＜": "<", "＞": ">", "＝": "=",
    "﹤": "<", "﹥": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤",
    "(": "（", ")": "）", ";": "；", ":": "：", "?": "？", "!": "！", "﹝": "〔", "﹞": "〕", "［": "[", "］": "]",
    "【": "[", "】": "]", "✕": "×", "✖": "×", "╳": "×", "•": "·", "‧": "·", "∙": "·", "・": "·", "⋅": "·", "㎏": "㎏",
    "\u2012": "-", "\u2010": "-", "\u2011": "-", "−": "-", "﹣": "-", "\u2015": "—", "─": "—", "━": "—", "一": "一",
    "〜": "~", "∼": "~", "～": "~", "﹏": "~",
}  # fmt: skip
_TRADITIONAL = dict(
    zip(
        "億萬噸畝達約個產業區縣國發鋼鐵礦鈦釩鋁錳鋰銅鋅鉛鎳鈷稅點貳參兩項種戶條總規劃標準率長實現資額設備噴電爐轉煉處廢氣環開關園優勢動車貿價單專欄圖錄級類園從機構築團龍間內負責萬",
        "亿万吨亩达约个产业区县国发钢铁矿钛钒铝锰锂铜锌铅镍钴税点贰叁两项种户条总规划标准率长实现资额设备喷电炉转炼处废气环开关园优势动车贸价单专栏图录级类园从机构筑团龙间内负责万",
        strict=True,
    )
)
_TABLE = {**_FULL, **{ord(a): ord(b) for a, b in (_MARKS | _TRADITIONAL).items()}}

_DECIMAL_DOT = re.compile(r"(\d *)·(?= *\d)")
_LOOSE_COMMA = re.compile(r"(?<![\d ]),|,(?! *\d(?: *\d){2}(?! *\d))")
_LEFTOVER = re.compile(r"\[bookmark[：:] ?[^\]\n]{0,40}\]|HYPERLINK[ \"][^\n ]{0,80}")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2028\u2029\ufeff\u00ad\x00-\x1f]+")


_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def same_length(text: str) -> str:
    """The text in one spelling: half-width digits, Chinese punctuation, simplified measure words."""
    plain = text.translate(_TABLE)
    if "·" in plain:
        plain = _DECIMAL_DOT.sub(r"\1.", plain)
    if "," in plain:
        plain = _LOOSE_COMMA.sub("，", plain)
    if "[" in plain or "HYPER" in plain:
        plain = _LEFTOVER.sub(lambda found: " " * len(found[0]), plain)
    return mended(plain)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; `text` is in the one spelling, with blanks, outer ones stripped."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without blanks; `at(i)` is where its character `i` stands in the given text."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def at(self, index: int) -> int:
        """The offset in the given text of character `index` (< len(text))."""
        piece = bisect_right(self.starts, index) - 1
        return self.places[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the given text that characters start…end come from."""
        return self.at(start), self.at(end - 1) + 1


def lines_of(plain: str) -> Iterator[Line]:
    """The lines of a text that is in the one spelling; empty ones are left out."""
    position = 0
    for raw in plain.splitlines(keepends=True):
        body = raw.strip()
        if body:
            start = position + raw.index(body)
            yield Line(start, start + len(body), body)
        position += len(raw)


def _ends_word(text: str, end: int) -> bool:
    """Whether a Latin word or a formula (WO3) ends here."""
    return text[end - 1] in _LETTERS or (end > 1 and text[end - 1] in _DIGITS and text[end - 2] in _LETTERS)


def paragraph(lines: list[Line]) -> Paragraph:
    """Several lines run together, blanks taken out."""
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for line in lines:
        at = 0
        for blank in _BLANK.finditer(line.text):
            if blank.start() > at:
                pieces.append(line.text[at : blank.start()])
                starts.append(length)
                places.append(line.start + at)
                length += blank.start() - at
            at = blank.end()
            if (
                at < len(line.text)
                and blank.start()
                and line.text[at] in _DIGITS
                and _ends_word(line.text, blank.start())
            ):
                at -= 1  # one blank stays between a word and a figure: LNG 5000
        if at < len(line.text):
            pieces.append(line.text[at:])
            starts.append(length)
            places.append(line.start + at)
            length += len(line.text) - at
    return Paragraph("".join(pieces), tuple(starts), tuple(places))
