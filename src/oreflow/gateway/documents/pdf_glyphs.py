"""The characters of PDF pages with their boxes, from pdfium; turned upright."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .pdf_rulings import rulings_of

_UNKNOWN = "\ufffd"
_HYPHEN = "\x02"  # how pdfium gives a hyphen at the end of a line
_SLANT = 0.12  # radians off the vertical or horizontal that still count as straight
_PRIVATE = ("\ue000", "\uf8ff")
_MOST_OBJECTS = 3_000


class Glyph(NamedTuple):
    """A character; left, bottom, right and top once its text is turned upright; its place in the file."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    at: int

    @property
    def height(self) -> float:
        """How high its font stands."""
        return self.y1 - self.y0


@dataclass(slots=True)
class RawPage:
    """What one page holds: glyphs by the quarter turns of their text, and what could not be read."""

    number: int
    box: tuple[float, float, float, float]
    turned: dict[int, list[Glyph]] = field(default_factory=dict)
    rulings: list[tuple[float, float, float, float]] = field(default_factory=list)
    slanted: int = 0
    unknown: int = 0
    characters: int = 0
    pictured: bool = False


def raw_page(page: Any, number: int) -> RawPage:
    """Read one page of pypdfium2."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    out = RawPage(number, (left, bottom, right, top))
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        box, rectangle = pdfium.FS_RECTF(), ctypes.byref
        high = ""
        for i in range(text_page.count_chars()):
            code = pdfium.FPDFText_GetUnicode(handle, i)
            if pdfium.FPDFText_IsGenerated(handle, i) == 1 or code in (10, 13):
                continue
            text = chr(code) if code < 0x110000 else _UNKNOWN
            if "\ud800" <= text <= "\udbff":
                high = text
                continue
            if "\udc00" <= text <= "\udfff":
                text = _pair(high, text)
                high = ""
            if not pdfium.FPDFText_GetLooseCharBox(handle, i, rectangle(box)):
                continue
            quarter = _quarter(pdfium.FPDFText_GetCharAngle(handle, i))
            if pdfium.FPDFText_HasUnicodeMapError(handle, i) == 1:
                text = _UNKNOWN
            _add(out, _plain(text), quarter, box, i)
    finally:
        text_page.close()
    out.rulings = rulings_of(page)
    if out.characters < 20:
        out.pictured = _pictured(page, abs(right - left) * abs(top - bottom))
    return out


def _add(out: RawPage, text: str, quarter: int | None, box: Any, at: int) -> None:
    blank = not text.strip()
    out.characters += not blank
    out.unknown += text == _UNKNOWN
    if quarter is None:
        out.slanted += not blank
        return
    sides = (box.left, box.bottom, box.right, box.top)
    if not all(map(math.isfinite, sides)):
        return
    x0, y0, x1, y1 = upright((min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]),
                              max(sides[1], sides[3])), quarter)  # fmt: skip
    if y1 - y0 > 0.5:
        out.turned.setdefault(quarter, []).append(Glyph(text, x0, y0, x1, y1, at))


def upright(box: tuple[float, float, float, float], quarter: int) -> tuple[float, float, float, float]:
    """A box in the coordinates in which text turned by so many quarters runs to the right."""
    x0, y0, x1, y1 = box
    return ((x0, y0, x1, y1), (y0, -x1, y1, -x0), (-x1, -y1, -x0, -y0), (-y1, x0, -y0, x1))[quarter]


def turned_back(box: tuple[float, float, float, float], quarter: int) -> tuple[float, float, float, float]:
    """The box on the page of an upright one."""
    return upright(box, -quarter % 4)


def _quarter(angle: float) -> int | None:
    """Quarter turns to the left of a text's direction (pdfium counts to the right), None for slanted text."""
    if angle < 0 or not math.isfinite(angle):
        return 0
    turns = angle / (math.pi / 2)
    return -round(turns) % 4 if abs(turns - round(turns)) < _SLANT else None


def _pair(high: str, low: str) -> str:
    if not high:
        return _UNKNOWN
    return chr(0x10000 + ((ord(high) - 0xD800) << 10) + ord(low) - 0xDC00)


def _plain(text: str) -> str:
    """A character as it is written: radicals and compatibility forms by their own, ligatures parted."""
    if text == _HYPHEN:
        return "-"
    if text < "\u2e80":
        return text if text >= " " else (" " if text == "\t" else _UNKNOWN)
    if "\u2e80" <= text <= "\u2fdf" or "\uf900" <= text <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    if _PRIVATE[0] <= text <= _PRIVATE[1]:
        return "•" if text in "\uf06c\uf06e\uf0b7\uf0d8\uf0fc\uf075\uf076" else _UNKNOWN
    return _UNKNOWN if "\ufffe" <= text <= "\uffff" else text


def _pictured(page: Any, area: float) -> bool:
    """Whether pictures cover a good part of the page."""
    import pypdfium2.raw as pdfium

    covered = 0.0
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        x0, y0, x1, y1 = item.get_bounds()
        covered += abs(x1 - x0) * abs(y1 - y0)
        if covered > 0.3 * area or count > _MOST_OBJECTS:
            return True
    return False


def dominant(page: RawPage) -> list[int]:
    """The directions of a page's text, the most frequent first."""
    sizes = Counter({quarter: len(glyphs) for quarter, glyphs in page.turned.items()})
    return [quarter for quarter, _ in sizes.most_common()]
