"""A pack's plan-derived cells against what reading the same plans gives: alike, or listed with the reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.quantity import QuantityError
from oreflow.core.quantity import unit as unit_of
from oreflow.core.region import Comparator, Figure, Form, Member, Region, Target

from ..model import Statement
from .lists import read_lists
from .model import Around, Difference, Proposal, Reproduction, Source
from .plain import number_text, statement_values
from .proposals import propose

_WORDS = (Form.QUALITATIVE, Form.DELEGATED)
_LOST = {
    "missing": Text("这些行没有读出这一数值。", "No such figure was read in these lines."),
    "value": Text("读出的数值不同。", "The figure read is another one."),
    "unit": Text("读出的单位不能换算为区域包的单位。", "The unit read does not convert to the pack's."),
    "year": Text("读出的年份不同。", "The year read is another one."),
    "comparator": Text("读出的比较关系不同。", "The comparator read is another one."),
    "dash": Text("原文未印数值，读出了一个。", "The plan prints none; a figure was read."),
    "words": Text("文字目标，没有数值可读。", "A target in words: there is no figure to read."),
    "name": Text("这些行没有读出这一名称。", "No such name was read in these lines."),
    "computed": Text("数值不在所引行中：由编者推算或合并。", "Not printed in these lines: the editors' own."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """One statement with its lines and its terms."""

    statement: Statement
    first: int
    last: int
    terms: Proposal


class _Text:
    """A text by lines, and what was read in them."""

    def __init__(self, source: Source, region: Region) -> None:
        self.text = source.text
        self.starts = [0, *(i + 1 for i, c in enumerate(source.text) if c == "\n")]
        around = Around.of(source.reading.frame)
        self.read = [
            _Read(s, self.line(s.start), self.line(max(s.start, s.end - 1)),
                  propose(statement_values(s), region, around, quote=s.quote))
            for s in source.reading.statements
        ]  # fmt: skip
        self.names = [
            (name, self.line(m.start)) for e in source.reading.entities for name in (e.name, *e.spellings)
            for m in e.mentions
        ] + [(n.name, self.line(n.start)) for found in read_lists(source.text) for n in found.names]  # fmt: skip

    def line(self, offset: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self.starts, offset)

    def near(self, spans: Sequence[tuple[int, int]]) -> list[_Read]:
        """What was read in some lines."""
        return [r for r in self.read if any(r.first <= last and r.last >= first for first, last in spans)]

    def words(self, spans: Sequence[tuple[int, int]]) -> str:
        """The text of some lines."""
        ends = [*self.starts[1:], len(self.text) + 1]
        return "".join(self.text[self.starts[a - 1] : ends[min(b, len(ends)) - 1]] for a, b in spans)


def reproduce(region: Region, sources: Iterable[Source]) -> Reproduction:
    """Compare the figures, targets and names that a region takes from documents with what reading them gives.

    A cell comes back where a statement in its lines has its value, in a unit that converts to it, for its year and
    with its comparator. A printed dash comes back where nothing is read for its place and indicator. Every other
    cell is listed.
    """
    texts = {s.document: _Text(s, region) for s in sources}
    total, differences = 0, []
    cells: list[tuple[str, Figure | Target]] = [
        *(("figures", f) for f in region.figures.values()), *(("targets", t) for t in region.targets.values()),
    ]  # fmt: skip
    for table, cell in cells:
        if cell.source.document in texts:
            total += 1
            found = _compared(region, table, cell, texts[cell.source.document])
            differences += [found] if found else []
    for member in region.members:
        if member.source.document in texts:
            total += 1
            named = _named(member, texts[member.source.document])
            differences += [named] if named else []
    return Reproduction(total, total - len(differences), tuple(differences))


def _spans(lines: str) -> list[tuple[int, int]]:
    ends = [span.split("-") for span in lines.split(",") if span]
    return [(int(e[0]), int(e[-1])) for e in ends]


def _compared(region: Region, table: str, cell: Figure | Target, text: _Text) -> Difference | None:
    spans = _spans(cell.source.lines)
    near = text.near(spans)
    if isinstance(cell, Target) and cell.form in _WORDS:
        return _difference(region, table, cell, "words", "", editorial=False)
    if cell.value is None:
        read = [r for r in near if (r.terms.area, r.terms.indicator) == (cell.area, cell.indicator)
                and r.statement.year == cell.year]  # fmt: skip
        return _difference(region, table, cell, "dash", _said(read[0].statement)) if read else None
    return _nearest(region, table, cell, near, text.words(spans))


def _nearest(region: Region, table: str, cell: Figure | Target, near: list[_Read], words: str) -> Difference | None:
    """The first thing in which the best of what was read differs; None where all is alike."""
    best, rank = None, -1
    for read in near:
        agreed = _agreed(cell, read)
        if agreed == 4:
            return None
        if agreed > rank:
            best, rank = read, agreed
    if best is None or rank == 0:
        printed = any(re.search(rf"(?<![\d.]){re.escape(text)}(?!\d|\.\d)", words) for text in _spellings(cell))
        other = _said(best.statement) if best else ""
        kind = "missing" if printed else "computed"
        return _difference(region, table, cell, kind, "" if printed else other, editorial=not printed)
    kind = ("unit", "year", "comparator")[rank - 1]
    return _difference(region, table, cell, kind, _said(best.statement))


def _agreed(cell: Figure | Target, read: _Read) -> int:
    """How much agrees, in this order: value and unit, year, comparator; 0 where the number is another one."""
    low, high = _ends(cell, read)
    if low is None:
        same_digits = cell.value is not None and read.statement.low == cell.value.value
        return 1 if same_digits else 0
    wanted_high = cell.upper.value if isinstance(cell, Target) and cell.upper else cell.value.value  # type: ignore[union-attr]
    if (low, high) != (cell.value.value, wanted_high):  # type: ignore[union-attr]
        return 0
    if read.terms.year != cell.year:
        return 2
    return 4 if _same_bound(cell, read) else 3


def _ends(cell: Figure | Target, read: _Read) -> tuple[Fraction | None, Fraction | None]:
    """Both ends of a statement in the unit of the cell."""
    s = read.statement
    wanted = cell.value.unit if cell.value else None
    if wanted is None:
        return None, None
    try:
        given = unit_of(s.unit)
    except QuantityError:
        return None, None
    low, high = s.low, s.high
    if s.comparator == "change" and s.direction == "down":
        low, high = -abs(high), -abs(low)
    if isinstance(cell, Figure) and s.direction == "down" and cell.value and cell.value.value > 0:
        low, high = abs(low), abs(high)
    if given.dimension != wanted.dimension and s.unit.endswith("/年"):
        given = unit_of(s.unit.removesuffix("/年"))
    if given.dimension != wanted.dimension:
        alike = {given.zh, wanted.zh} <= {"%", "个百分点"} or {given.zh, wanted.zh} <= {"户", "家", "个"}
        return (low, high) if alike else (None, None)
    factor = given.conversion(wanted)
    return low * factor, high * factor


def _same_bound(cell: Figure | Target, read: _Read) -> bool:
    found = Comparator(read.terms.comparator)
    return found is cell.comparator


def _spellings(cell: Figure | Target) -> set[str]:
    """How the digits of a cell may be printed."""
    if cell.value is None:
        return set()
    text = number_text(abs(cell.value.value))
    places = cell.places
    padded = f"{text}{'.' if '.' not in text and places else ''}{'0' * max(0, places - len(text.partition('.')[2]))}"
    return {text, padded}


def _said(s: Statement) -> str:
    ends = number_text(s.low) if s.low == s.high else f"{number_text(s.low)}–{number_text(s.high)}"
    return f"{s.subject} {s.comparator.value} {ends} {s.unit} ({s.year or '—'})"


def _difference(
    region: Region, table: str, cell: Figure | Target, kind: str, found: str, *, editorial: bool = False
) -> Difference:
    value = f"{cell.comparator.value} {number_text(cell.value.value)} {cell.value.unit.symbol}" if cell.value else "—"
    expected = f"{region.indicators[cell.indicator].name.zh} {value} ({cell.year})"
    return Difference(cell.id, table, kind, expected, found, cell.source.lines, _LOST[kind], editorial)


def _named(member: Member, text: _Text) -> Difference | None:
    spans = _spans(member.source.lines)
    if any(_alike(member.name.zh, name) and any(a <= line <= b for a, b in spans) for name, line in text.names):
        return None
    return Difference(
        f"{member.indicator}.{member.area}.{member.number}", "members", "name", member.name.zh, "",
        member.source.lines, _LOST["name"],
    )  # fmt: skip


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 3 and (one in other or other in one))
