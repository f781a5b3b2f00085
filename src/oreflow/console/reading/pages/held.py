"""A document's text as the pages use it: lines, places in the file, outline; kept in memory for the next click."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from oreflow.console.reading.models import Document

WINDOW = 12_000


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the outline with what stands under it."""

    index: int
    start: int
    end: int
    level: int
    title: str
    note: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """The text with its line starts, the places of its file in order, its windows' edges and its outline."""

    text: str
    lines: tuple[int, ...]
    starts: tuple[int, ...]
    places: tuple[Mapping[str, Any], ...]
    edges: tuple[int, ...]
    sections: tuple[Part, ...]

    def line_of(self, offset: int) -> int:
        """The number of the line that holds a character, from 1."""
        return bisect_right(self.lines, offset)

    def place_of(self, offset: int) -> Mapping[str, Any]:
        """Where in the file a character stands; empty where the file says nothing."""
        position = bisect_right(self.starts, offset) - 1
        return self.places[position] if position >= 0 else {}

    def section_of(self, offset: int) -> Part | None:
        """The innermost section that holds a character."""
        found = None
        for section in self.sections:
            if section.start > offset:
                break
            if offset < section.end:
                found = section
        return found

    def path_of(self, offset: int) -> list[Part]:
        """The sections around a character, the outermost first."""
        out: list[Part] = []
        section = self.section_of(offset)
        while section is not None and section not in out:
            out.insert(0, section)
            section = self.sections[section.parent] if section.parent is not None else None
        return out

    def label_of(self, offset: int) -> str:
        """The place in words: the file's own page or paragraph, else the line."""
        return where(self.place_of(offset)) or gettext("line %s") % self.line_of(offset)

    def window_of(self, offset: int) -> int:
        """Which window of the text holds a character, from 0."""
        return min(max(bisect_right(self.edges, offset) - 1, 0), self.windows - 1)

    def window(self, index: int) -> tuple[int, int]:
        """Start and end of a window: whole lines where they are not endless."""
        return self.edges[index], self.edges[index + 1]

    @property
    def windows(self) -> int:
        """How many windows the text has, each shown at once."""
        return len(self.edges) - 1


def where(place: Mapping[str, Any]) -> str:
    """A place of the file in words: page, else the file's own name for it; empty for a plain line."""
    if place.get("page"):
        return gettext("p. %s") % place["page"]
    return "" if place.get("line") else str(place.get("label") or "")


def edges(lines: Sequence[int], length: int) -> tuple[int, ...]:
    """Where windows of about WINDOW characters begin, and where the last one ends: at lines, or within endless ones."""
    found = [0]
    for start in (*lines[1:], length):
        while start - found[-1] > 2 * WINDOW:
            found.append(found[-1] + WINDOW)
        if start - found[-1] >= WINDOW:
            found.append(start)
    if found[-1] < length or len(found) == 1:
        found.append(length)
    return tuple(found)


def held(document_id: int, text_sha256: str) -> Held:
    """The text of a document that the viewer was let through to."""
    return _held(document_id, text_sha256)


@lru_cache(maxsize=6)
def _held(document_id: int, text_sha256: str) -> Held:
    del text_sha256  # a text that was read anew has another
    row = Document.objects.only("text", "places", "outline").get(pk=document_id)
    lines = [0]
    position = row.text.find("\n")
    while position >= 0:
        lines.append(position + 1)
        position = row.text.find("\n", position + 1)
    places = tuple(sorted((_place(p) for p in row.places), key=lambda p: int(p["start"])))
    starts, parts = tuple(int(p["start"]) for p in places), tuple(_parts(row.outline))
    return Held(row.text, tuple(lines), starts, places, edges(lines, len(row.text)), parts)


def _place(raw: Any) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        return raw
    names = ("start", "end", "page", "label", "line", "box")
    return dict(zip(names, raw, strict=False))


def _parts(outline: Sequence[Mapping[str, Any]]) -> list[Part]:
    return [
        Part(
            index, int(s["start"]), int(s["end"]), int(s.get("level", 1)),
            f"{s.get('number', '')} {s.get('title', '')}".strip(), str(s.get("note", "")), s.get("parent"),
        )
        for index, s in enumerate(outline)
    ]  # fmt: skip
