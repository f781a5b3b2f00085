"""The text of a document as the desk shows it: one window at a time, every item marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from oreflow.console.reading.models import Item

from . import words
from .held import Held, Part, where
from .wish import Wish

MOST_MARKS = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """An item as it is marked in the text."""

    pk: int
    kind: str
    state: str
    start: int
    end: int
    doubtful: bool
    hint: str

    @property
    def css(self) -> str:
        """Kind, state and doubt as classes."""
        return f"mark {self.kind} {self.state}{' unsure' if self.doubtful else ''}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: plain, or a link to the item marked there; `within` are the other items that hold it."""

    text: str
    css: str = ""
    url: str = ""
    item: int = 0
    hint: str = ""
    first: bool = False

    @property
    def html(self) -> SafeString | str:
        """Its words, as a link where an item stands there; the first piece of an item bears its id."""
        if not self.item:
            return self.text
        named = format_html(' id="mark-{}"', self.item) if self.first else ""
        link = '<a class="{}"{} href="{}" data-item="{}" title="{}">{}</a>'
        return format_html(link, self.css, named, self.url, self.item, self.hint, self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: its number, the place of the file that begins with it, its heading's level, its pieces."""

    start: int
    number: int
    place: str
    heading: int
    pieces: list[Piece]

    @property
    def html(self) -> SafeString:
        """The pieces as links and words, with nothing between them: offsets count these characters."""
        return format_html_join("", "{}", ((p.html,) for p in self.pieces))


@dataclass(frozen=True, slots=True)
class Pane:
    """A window of the text, and the addresses of its neighbours."""

    lines: list[Line]
    start: int
    end: int
    number: int
    windows: int
    before: str
    after: str


def mark_of(item: Item) -> Mark:
    """An item as a mark."""
    unsure = words.doubtful(item) and item.state == Item.State.OPEN
    said = [str(words.KIND[item.kind]), str(item.get_state_display())]
    if unsure:
        said.append(words.percent(item.confidence))
    return Mark(item.pk, item.kind, item.state, item.start, item.end, unsure, " · ".join(said))


def pane(held: Held, index: int, items: Iterable[Item], wish: Wish) -> Pane:
    """The window with this index, with the marks of the items in it."""
    start, end = held.window(index)
    marks = [mark_of(i) for i in items]
    return Pane(
        lines=_lines(held, start, end, marks, wish),
        start=start,
        end=end,
        number=index + 1,
        windows=held.windows,
        before=wish.url(at=held.window(index - 1)[0], item=None, do="") if index else "",
        after=wish.url(at=end, item=None, do="") if index + 1 < held.windows else "",
    )


def _lines(held: Held, start: int, end: int, marks: Sequence[Mark], wish: Wish) -> list[Line]:
    headings = {s.start: s for s in held.sections if start <= s.start < end}
    ordered = sorted(marks, key=lambda m: (m.start, -m.end))
    first, number, place = held.line_of(start) - 1, held.line_of(start), ""
    out: list[Line] = []
    here = 0
    active: list[Mark] = []
    for index in range(first, len(held.lines)):
        begin = max(held.lines[index], start)
        if begin >= end:
            break
        stop = min(held.lines[index + 1] - 1 if index + 1 < len(held.lines) else len(held.text), end)
        number = index + 1
        while here < len(ordered) and ordered[here].start < stop:
            active.append(ordered[here])
            here += 1
        active = [m for m in active if m.end > begin]
        text = held.text[begin:stop]
        if not text.strip():
            continue
        label = where(held.place_of(begin))
        heading = _heading(headings, begin, text)
        shown = label if label != place else ""
        out.append(Line(begin, number, shown, heading, _pieces(held.text, begin, stop, active, wish)))
        place = label
    return out


def _heading(headings: dict[int, Part], begin: int, text: str) -> int:
    section = headings.get(begin) or headings.get(begin + len(text) - len(text.lstrip()))
    titled = section is not None and len(text.strip()) <= len(section.title) + 3  # a title by itself, no run-on one
    return min(section.level, 6) if section is not None and titled else 0


def _pieces(text: str, begin: int, stop: int, active: Sequence[Mark], wish: Wish) -> list[Piece]:
    """A line cut where marks begin and end; the shortest item that holds a piece is the one it leads to."""
    touching = [m for m in active if m.start < stop and m.end > begin]
    if not touching:
        return [Piece(text[begin:stop])]
    cuts = sorted({begin, stop, *(max(m.start, begin) for m in touching), *(min(m.end, stop) for m in touching)})
    seen: set[int] = set()
    out = []
    for left, right in pairwise(cuts):
        over = [m for m in touching if m.start <= left and m.end >= right]
        if not over:
            out.append(Piece(text[left:right]))
            continue
        nearest = min(over, key=lambda m: (m.end - m.start, m.pk))
        around = " ".join(f"in-{m.kind}" for m in over if m is not nearest)
        chosen = " chosen" if any(m.pk == wish.item for m in over) else ""
        first = nearest.pk not in seen and nearest.start >= begin
        seen.add(nearest.pk)
        url = wish.url(item=nearest.pk, at=None, do="", kind=nearest.kind, merge=())
        out.append(
            Piece(text[left:right], f"{nearest.css} {around}{chosen}".strip(), url, nearest.pk, nearest.hint, first)
        )
    return out
