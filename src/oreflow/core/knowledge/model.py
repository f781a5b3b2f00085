"""Held documents, and answers that are pieces of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from oreflow.core.provenance import Text

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a row of a table: `text[start:end]`.

    `path` are the titles above it, outermost first; passages of one paragraph have the same `block`.
    """

    start: int
    end: int
    path: tuple[str, ...] = ()
    block: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a document with what it is about; `kind` is actual, target, threshold or other."""

    start: int
    end: int
    subject: str = ""
    scope: str = ""
    year: int | None = None
    kind: str = ""
    value: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    comparator: str = "="

    @property
    def figure(self) -> str:
        """The figure as people write it, such as `>= 150 万吨` or `5–10 %`."""
        if self.value is None:
            return ""
        ends = [self.value] if self.high is None or self.high == self.value else [self.value, self.high]
        said = "–".join(_written(v) for v in ends)
        return f"{_SIGNS.get(self.comparator, '')}{said} {self.unit}".strip()


_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


@dataclass(frozen=True, slots=True)
class Held:
    """A document as it is held: its text, the passages and figures in it, and names that it uses as words.

    `region` is what its figures are about where a sentence does not say so (四川省, 全国, or empty).
    """

    id: str
    title: str
    text: str
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    region: str = ""
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words from outside the documents: places by any of their names, materials by Chinese or English name.

    `places` leads from any name of a place to its short Chinese name and its area code (攀枝花, 510400), `materials`
    from an English name to the Chinese word for it; `words` are names that segmentation must not cut.
    """

    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Support:
    """A passage that speaks to a question: where it stands, how well (0 … 1), and what of the question it has."""

    doc: str
    title: str
    start: int
    end: int
    path: tuple[str, ...]
    score: float
    why: Text
    marks: tuple[tuple[int, int], ...] = ()
    facts: tuple[Fact, ...] = ()


class Lack(StrEnum):
    """Why nothing supports an answer."""

    NOTHING_HELD = "nothing-held"
    NO_QUESTION = "no-question"
    UNKNOWN_TERM = "unknown-term"
    PLACE = "place"
    YEAR = "year"
    FIGURE = "figure"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Answer:
    """The best-supported passages with their figures, or a refusal with its reason and what would help.

    `near` are the passages that come nearest to a refused question; they do not answer it.
    """

    question: str
    supported: bool
    passages: tuple[Support, ...]
    reason: Text
    lack: Lack | None = None
    missing: tuple[str, ...] = ()
    help: Text = NOTHING
    near: tuple[Support, ...] = ()

    @property
    def facts(self) -> tuple[tuple[Support, Fact], ...]:
        """The figures in the answer's passages, each with the passage it stands in."""
        return tuple((s, f) for s in self.passages for f in s.facts)
