"""A text as it is put together: lines, their places, the grids of tables, notes; bounded as it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from oreflow.core.provenance import Text

from .errors import DocumentError
from .limits import DocumentLimits
from .model import Place

if TYPE_CHECKING:
    from oreflow.core.reading import Grid

DraftGrid = tuple[int, int, list[list[tuple[int, int, int, int]]]]
"""A grid before it is one: start, end, rows of cells (start, end, across, down)."""
_LONG = 30  # a paragraph of a cell with this many characters is running text


@dataclass(frozen=True, slots=True)
class Mark:
    """What a place says of its piece of text, before the offsets are known; `joins` what goes on in a cell."""

    label: str = ""
    page: int | None = None
    line: int | None = None
    box: tuple[float, float, float, float] | None = None
    joins: bool = False


@dataclass(slots=True)
class DraftCell:
    """A cell: its paragraphs, and how many columns and rows it spans."""

    paragraphs: list[tuple[str, Mark]]
    across: int = 1
    down: int = 1

    @property
    def filled(self) -> bool:
        """Whether it holds any text."""
        return any(text.strip() for text, _ in self.paragraphs)


@dataclass(slots=True)
class Draft:
    """The text so far. Every line ends with a line feed; places are in order."""

    limits: DocumentLimits
    pieces: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    grids: list[DraftGrid] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    length: int = 0
    cells: int = 0

    @property
    def text(self) -> str:
        """The text."""
        return "".join(self.pieces)

    def note(self, zh: str, en: str) -> None:
        """Tell once what was left out or mended."""
        said = Text(zh, en)
        if said not in self.notes:
            self.notes.append(said)

    def line(self, text: str, mark: Mark) -> None:
        """A line (or paragraph with line feeds of its own) with its place; blank ones are left out."""
        if text.strip():
            self._piece(text, mark)
            self._raw("\n")

    def paragraph(self, lines: Sequence[tuple[str, Mark]]) -> None:
        """Lines that run on into each other, each with its place."""
        for text, mark in lines:
            self._piece(text, mark)
        self._raw("\n")

    def table(self, rows: Sequence[Sequence[DraftCell]]) -> None:
        """A table: each row a line, cells between tabs, cells that span counted in each column; and its grid."""
        start = self.length
        laid: list[list[tuple[int, int, int, int]]] = []
        hanging: dict[int, int] = {}  # column → rows that a cell above still takes
        for row in rows:
            laid.append(self._row(row, hanging))
            self._raw("\n")
        if any(end > begin for row in laid for begin, end, _, _ in row):
            self.grids.append((start, self.length - 1, laid))

    def _row(self, row: Sequence[DraftCell], hanging: dict[int, int]) -> list[tuple[int, int, int, int]]:
        """Write one row; a column that a cell above takes stays empty."""
        taken = set(hanging)
        for column in taken:
            hanging[column] -= 1
            if not hanging[column]:
                del hanging[column]
        out: list[tuple[int, int, int, int]] = []
        column = 0
        for cell in row:
            while column in taken:
                column += 1
                self._raw("\t")
            out.append(self._cell(cell))
            across = max(1, min(cell.across, self.limits.columns - column))
            self._raw("\t" * across)
            if cell.down > 1:
                hanging.update(dict.fromkeys(range(column, column + across), cell.down - 1))
            column += across
        self._raw("\t" * (max(taken, default=0) - column + 1))
        self._drop_last_tab()
        return out

    def _drop_last_tab(self) -> None:
        while self.pieces and not self.pieces[-1]:
            self.pieces.pop()
        if self.pieces and self.pieces[-1].endswith("\t"):
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1

    def _cell(self, cell: DraftCell) -> tuple[int, int, int, int]:
        self.cells += 1
        if self.cells > self.limits.cells:
            raise DocumentError("document-cells", limit=self.limits.cells, value=_label(cell))
        paragraphs = [(text.replace("\t", " "), mark) for text, mark in cell.paragraphs if text.strip()]
        running = len(paragraphs) > 1 and any(len(text) >= _LONG for text, _ in paragraphs)
        start = self.length
        for k, (text, mark) in enumerate(paragraphs):
            if k and not mark.joins:
                self._raw("\n" if running else " ")
            self._piece(text if running else text.replace("\n", " "), mark)
        across = min(cell.across, self.limits.columns)
        return start, self.length, across, cell.down

    def _piece(self, text: str, mark: Mark) -> None:
        start = self.length
        self._raw(text)
        self.places.append(Place(start, self.length, mark.page, mark.label, mark.line, mark.box))

    def _raw(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        if self.length > self.limits.chars:
            raise DocumentError("document-too-long", limit=self.limits.chars)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it, to pass from one process to another."""
        return {
            "text": self.text,
            "places": [[p.start, p.end, p.page, p.label, p.line, p.box] for p in self.places],
            "grids": self.grids,
            "notes": [[n.zh, n.en] for n in self.notes],
        }


def _label(cell: DraftCell) -> str:
    return cell.paragraphs[0][1].label if cell.paragraphs else ""


def from_plain(told: dict[str, Any]) -> tuple[str, tuple[Place, ...], tuple[Grid, ...], tuple[Text, ...]]:
    """Text, places, grids and notes of `Draft.plain`."""
    from oreflow.core.reading import Grid, GridCell

    places = tuple(
        Place(start, end, page, label, line, tuple(box) if box else None)
        for start, end, page, label, line, box in told["places"]
    )
    grids = tuple(
        Grid(start, end, tuple(tuple(GridCell(*cell) for cell in row) for row in rows))
        for start, end, rows in told["grids"]
    )
    return told["text"], places, grids, tuple(Text(zh, en) for zh, en in told["notes"])
