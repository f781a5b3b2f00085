"""A document as it is held: its text, and where every piece of the text stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from oreflow.core.provenance import Text

if TYPE_CHECKING:
    from oreflow.core.reading import Grid

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Place:
    """Where `text[start:end]` stands in the file.

    `label` names it for readers: `p. 3`, `¶ 12`, `¶ 40 (2!B3)` for the cell B3 of a Word file's second table,
    `Sheet1!B4`, `l. 7`. `box` is (left, bottom, right, top) in points from the lower left corner of the page,
    as PDF counts them.
    """

    start: int
    end: int
    page: int | None = None
    label: str = ""
    line: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class HeldText:
    """The text of a document. All offsets count characters of `text`; `places` are sorted by start.

    `notes` tell what was left out or mended; `grids` are tables that the file itself lays out.
    """

    name: str
    format: str
    text: str
    places: tuple[Place, ...]
    grids: tuple[Grid, ...]
    notes: tuple[Text, ...]
    sha256: str

    def place_at(self, offset: int) -> Place | None:
        """The place that character `offset` comes from, or the last one before it; None in an empty text."""
        at = bisect_right(self.places, offset, key=_START) - 1
        return self.places[max(at, 0)] if self.places else None

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """The places that `text[start:end]` runs over."""
        first = max(bisect_right(self.places, start, key=_START) - 1, 0)
        last = bisect_right(self.places, max(end - 1, start), key=_START)
        return self.places[first:last]
