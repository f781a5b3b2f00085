"""Statements made comparable: base units, printed places, names taken apart, and an index over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from oreflow.core.provenance import Anchor, Mark, Source
from oreflow.core.quantity import QuantityError, unit

from ..letters import same_length
from ..model import Comparator, Kind, Reading, Statement
from .naming import Name, name_of

C = Comparator
LEVELS = frozenset({C.EQUAL, C.AT_LEAST, C.AT_MOST, C.LESS, C.MORE, C.ABOUT})
_PRINTED = re.compile(r"\d[\d,，]*(?:\.(\d+))?")
_GAP = 400
_STOP = re.compile(r"[。！？]")


@lru_cache(maxsize=2048)
def scale(symbol: str) -> tuple[str, Fraction]:
    """The dimension and the factor of a unit; capacity per year is compared as the amount."""
    bare = symbol.removesuffix("/年")
    if bare in ("户", "家"):
        return "count:户", Fraction(1)
    try:
        found = unit(bare)
    except QuantityError:
        return bare, Fraction(1)
    return (bare if bare in ("%", "个百分点") else repr(found.dimension)), found.factor


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A statement with what comparing needs; `half` is half a unit of the last printed place, in its unit."""

    index: int
    said: Statement
    name: Name
    dimension: str
    factor: Fraction
    half: Fraction
    inside: bool = False

    @property
    def value(self) -> Fraction:
        """The value in base units."""
        return self.said.low * self.factor

    @property
    def level(self) -> bool:
        """Whether it states a level (not a change or a rate) by one number."""
        return self.said.comparator in LEVELS and self.said.low == self.said.high and self.said.multiplicity == 1

    @property
    def summable(self) -> bool:
        """Whether it states one amount, as a level or as an amount of change (淘汰120万吨)."""
        changed = self.said.comparator in (C.CHANGE, C.CUMULATIVE) and self.dimension not in ("%", "个百分点")
        return self.level or (changed and self.said.low == self.said.high and self.said.multiplicity == 1)

    @property
    def exact(self) -> bool:
        """Whether it states the level itself rather than a bound."""
        return self.summable and (self.said.bound or self.said.comparator) in (C.EQUAL, C.CHANGE, C.CUMULATIVE)

    @property
    def floor(self) -> bool:
        """Whether it states a lower bound."""
        return (self.said.bound or self.said.comparator) in (C.AT_LEAST, C.MORE)

    @property
    def cap(self) -> bool:
        """Whether it states an upper bound."""
        return (self.said.bound or self.said.comparator) in (C.AT_MOST, C.LESS)

    @property
    def slack(self) -> Fraction:
        """Half a unit of its last printed place, in base units."""
        return self.half * self.factor

    @property
    def doubtful(self) -> bool:
        """Whether the figure or its column could only be guessed."""
        return any(d in ("column guessed", "letters mended", "bound of a list") for d in self.said.doubts)

    @property
    def mark(self) -> Mark:
        """The plan's own print, or an inference where the reading had doubts or the year stands elsewhere."""
        return Mark.INFERRED if self.said.doubts or self.said.year_inherited else Mark.PLAN


def half_of(quote: str, dimension: str) -> Fraction:
    """Half a unit of the last printed place; counts of things are never rounded."""
    found = _PRINTED.search(quote)
    if found is None or (dimension.startswith(("count", "Dimension(exponents=(('count")) and not found[1]):
        return Fraction(0)
    return Fraction(1, 2 * 10 ** len(found[1] or ""))


class Facts:
    """The statements of one reading, with the text they stand in where it is at hand."""

    def __init__(self, reading: Reading, text: str = "") -> None:
        self.reading = reading
        self.text = same_length(text)
        self.given = bool(text)
        self.all = tuple(self._fact(i, s) for i, s in enumerate(reading.statements))
        self.by_start = {f.said.start: f for f in self.all}
        self._lines: list[int] = []

    def _fact(self, index: int, said: Statement) -> Fact:
        dimension, factor = scale(said.unit)
        quote = same_length(said.quote)
        half = Fraction(0) if "in words" in said.doubts else half_of(quote, dimension)
        inside = "其中" in self.gap_before(index, said)
        return Fact(index, said, name_of(said.subject, said.unit), dimension, factor, half, inside)

    def gap_before(self, index: int, said: Statement) -> str:
        """The words between the figure before and this one, back to the sentence's start."""
        if not self.given or said.table is not None:
            return ""
        before = self.reading.statements[index - 1].end if index else 0
        words = self.text[max(before, said.start - _GAP, 0) : said.start]
        return "".join(_STOP.split(words)[-1].split())

    def gap(self, left: Statement, right: Statement) -> str | None:
        """The words between two figures without blanks; None where they are not at hand or far apart."""
        if not self.given or right.start - left.end > _GAP or right.start < left.end:
            return None
        return "".join(self.text[left.end : right.start].split())

    def sentence_before(self, said: Statement) -> str:
        """The words of its sentence before the figure, its section's title left out."""
        if not self.given:
            return ""
        begin = max(0, said.start - _GAP)
        at = bisect_right(self._heads, said.start) - 1
        if at >= 0 and self._heads[at] > begin:
            line = self.text.find("\n", self._heads[at])
            begin = line if 0 <= line < said.start else self._heads[at]
        return "".join(_STOP.split(self.text[begin : said.start])[-1].split())

    @cached_property
    def _heads(self) -> list[int]:
        return [s.start for s in self.reading.outline]

    @cached_property
    def prose(self) -> tuple[Fact, ...]:
        """The facts of running text, in order."""
        return tuple(f for f in self.all if f.said.table is None)

    @cached_property
    def levels(self) -> dict[tuple[str, str, str], list[Fact]]:
        """Levels of facts and aims by object, kind of measure and dimension."""
        out: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in self.all:
            if fact.level and fact.said.kind in (Kind.ACTUAL, Kind.TARGET) and not self._describes(fact):
                out[(fact.name.object, fact.name.family, fact.dimension)].append(fact)
        return out

    def _describes(self, fact: Fact) -> bool:
        """Whether it only says which things the next figure counts (产值超百亿元企业3户)."""
        after = self.reading.statements[fact.index + 1 : fact.index + 2]
        return any(same_length(fact.said.quote) in s.subject for s in after)

    @cached_property
    def by_object(self) -> dict[str, list[Fact]]:
        """Levels of facts and aims by object alone."""
        out: dict[str, list[Fact]] = defaultdict(list)
        for group in self.levels.values():
            out[group[0].name.object] += group
        return out

    def anchor(self, item: Fact | Statement) -> Anchor:
        """The characters of a figure."""
        said = item.said if isinstance(item, Fact) else item
        return Anchor(self.reading.doc, said.start, said.end, said.quote)

    def piece(self, start: int, end: int) -> Anchor:
        """Any piece of the text."""
        return Anchor(self.reading.doc, start, end, self.text[start:end])

    def source(self, start: int) -> Source:
        """The line that a character stands on, where the text is at hand."""
        if not self.given:
            return Source(self.reading.doc)
        if not self._lines:
            self._lines = [m.start() for m in re.finditer("\n", self.text)]
        return Source(self.reading.doc, str(bisect_right(self._lines, start - 1) + 1 if start else 1))


def marks(items: Iterable[Fact]) -> Mark:
    """The weakest mark of some facts."""
    return max((i.mark for i in items), default=Mark.PLAN)
