"""What repeats from page to page: headers, footers and page numbers, left out of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .drafting import DraftCell
from .pdf_lines import TextLine

_MARGIN = 0.09  # share of the page's height in which headers and footers stand
_NUMBER_MARGIN = 0.13
_LEAST_PAGES = 3
_SHORT, _NARROW = 4, 0.07  # in a document of so few pages two are enough, in so narrow a margin
_LOOKED_AT = 4  # lines from the top and from the bottom
_FIGURES = re.compile(r"\d+")
_PAGE = re.compile(
    r"[-－—–―·•\s]*(?:第|Page|P\.?)?\s*(\d{1,4}|[ivxlcIVXLC]{1,7})\s*(?:页|頁)?\s*(?:[,，/／]?\s*(?:共|of)?\s*\d{1,4}\s*(?:页|頁)?)?[-－—–―·•\s]*"
)
_MARKED = re.compile(r"[-－—–―·]\s*\d|第\s*\d+\s*页|\d\s*[/／]\s*\d")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its box there, and how far down the page it stands (0 top, 1 bottom)."""

    line: TextLine
    box: tuple[float, float, float, float]
    down: float

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text


@dataclass(slots=True)
class Page:
    """A page's lines in reading order; its tables as the sides of their columns and their rows.

    `sides` are its left and right edge, seen upright.
    """

    number: int
    sides: tuple[float, float]
    tables: list[tuple[list[float], list[list[DraftCell]]]] = field(default_factory=list)
    lines: list[PageLine] = field(default_factory=list)


def without_furniture(pages: list[Page]) -> tuple[int, int]:
    """Take repeated headers, footers and page numbers off the pages; how many of both were taken."""
    numbers = _page_numbers(pages)
    _take(pages, numbers)
    repeated = _repeated(pages)
    _take(pages, repeated)
    return len(repeated), len(numbers)


def _take(pages: list[Page], lines: set[tuple[int, int]]) -> None:
    for p, page in enumerate(pages):
        page.lines = [line for k, line in enumerate(page.lines) if (p, k) not in lines]


def _outer(page: Page, margin: float) -> list[int]:
    """Indexes of the lines in the outer margins, the outermost first."""
    words = [k for k, line in enumerate(page.lines) if line.line.table is None]
    places = [k for k in words if page.lines[k].down < margin or page.lines[k].down > 1 - margin]
    return sorted(places, key=lambda k: abs(page.lines[k].down - 0.5), reverse=True)[: 2 * _LOOKED_AT]


def _page_numbers(pages: list[Page]) -> set[tuple[int, int]]:
    """Lines that count with the pages, at the outermost place of the page."""
    found: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for p, page in enumerate(pages):
        for k in _outer(page, _NUMBER_MARGIN)[:2]:
            said = _PAGE.fullmatch(page.lines[k].text)
            if said is None:
                continue
            number = int(said[1]) - page.number if said[1].isdigit() else "roman"
            found[number].append((p, k))
            if len(pages) == 1 and _MARKED.search(page.lines[k].text):
                found[number].append((p, k))
    return {place for places in found.values() if len(places) > 1 for place in places}


def _repeated(pages: list[Page]) -> set[tuple[int, int]]:
    """Lines of the margins that stand at the same place of several pages, but for the number of the page."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for p, page in enumerate(pages):
        for k in _outer(page, _MARGIN):
            line = page.lines[k]
            for key in {re.sub(r"\s", "", line.text), _counting(line.text, page.number)}:
                places[key, round(line.down * 100)].append((p, k))
    out: set[tuple[int, int]] = set()
    for (key, at), held in places.items():
        near = len({p for d in (-1, 0, 1) for p, _ in places.get((key, at + d), ())})
        narrow = len(pages) <= _SHORT and not _NARROW * 100 < at < 100 - _NARROW * 100
        if near >= (2 if narrow else _LEAST_PAGES):
            out.update(held)
    return out


def _counting(text: str, page: int) -> str:
    """A line with its last number told by how far it is from the page's."""
    bare = re.sub(r"\s", "", text)
    numbers = list(_FIGURES.finditer(bare))
    if not numbers or len(numbers[-1][0]) > 4:
        return bare
    last = numbers[-1]
    return f"{bare[: last.start()]}#{int(last[0]) - page}{bare[last.end() :]}"
