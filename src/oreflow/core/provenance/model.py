"""Values that say where a figure comes from, how good it is, and what a finding claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Text:
    """One statement written in both languages; neither is a translation key of the other."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese text for `zh…` codes, the English one for every other code."""
        return self.zh if language.lower().startswith("zh") else self.en


class Mark(IntEnum):
    """Quality mark of a value, from the strongest to the weakest; a result bears the weakest."""

    DEFINITION = 0
    STOICHIOMETRIC = 1
    PLAN = 2
    PAPER = 3
    PAGE = 4
    PAGE_ROUNDED = 5
    COMPUTED = 6
    MEMORY = 7
    INFERRED = 8
    ASSUMED = 9

    @property
    def code(self) -> str:
        """The word used in tables: `definition` … `assumed`."""
        return self.name.lower().replace("_", "-")

    @property
    def text(self) -> Text:
        """The mark as readers see it."""
        return _MARK_TEXTS[self]

    @classmethod
    def from_code(cls, code: str) -> Mark:
        """Read a table's word; raises `KeyError` for a word that is no mark."""
        return cls[code.upper().replace("-", "_")]


_MARK_TEXTS = {
    Mark.DEFINITION: Text("定义", "definition"),
    Mark.STOICHIOMETRIC: Text("化学计量", "stoichiometric"),
    Mark.PLAN: Text("规划原文", "printed in the plan"),
    Mark.PAPER: Text("论文", "paper"),
    Mark.PAGE: Text("公开网页", "public page"),
    Mark.PAGE_ROUNDED: Text("公开网页（已取整）", "public page, rounded"),
    Mark.COMPUTED: Text("推算", "computed"),
    Mark.MEMORY: Text("行业常识（未核）", "industry knowledge, unverified"),
    Mark.INFERRED: Text("推断", "inferred"),
    Mark.ASSUMED: Text("假设", "assumed"),
}


def weakest(marks: Iterable[Mark]) -> Mark:
    """The weakest of some marks; a result without any marked input is a definition."""
    return max(marks, default=Mark.DEFINITION)


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document: `document` is a key of the pack's documents, lines count from 1.

    `lines` is written as in the tables: `810`, `808-810` or `767,793`; empty for a whole document.
    """

    document: str
    lines: str = ""

    @property
    def first_line(self) -> int | None:
        """The first line named, or None for a whole document."""
        head = self.lines.replace("-", ",").split(",")[0].strip()
        return int(head) if head else None

    def __str__(self) -> str:
        return f"{self.document}:{self.lines}" if self.lines else self.document


@dataclass(frozen=True, slots=True)
class Validity:
    """When something is true (`valid_from` ≤ day < `valid_to`) and since when that is known."""

    valid_from: date | None = None
    valid_to: date | None = None
    known_at: date | None = None

    def holds(self, day: date, known_by: date | None = None) -> bool:
        """Whether it is in force on `day`, as far as was known by `known_by`."""
        if known_by is not None and self.known_at is not None and self.known_at > known_by:
            return False
        after_start = self.valid_from is None or self.valid_from <= day
        return after_start and (self.valid_to is None or day < self.valid_to)


class FindingClass(StrEnum):
    """What a finding claims (never mixed up: an overshoot is no error)."""

    ERROR = "error"
    CONFLICT = "conflict"
    SCOPE = "scope-difference"
    OVERSHOOT = "overshoot"
    INFORMATION = "information"
    HOLDS = "holds"

    @property
    def text(self) -> Text:
        """The class as readers see it."""
        return _CLASS_TEXTS[self]

    @property
    def fails(self) -> bool:
        """Whether a command that reports it ends with exit status 1."""
        return self in (FindingClass.ERROR, FindingClass.CONFLICT)


_CLASS_TEXTS = {
    FindingClass.ERROR: Text("错误", "error"),
    FindingClass.CONFLICT: Text("矛盾", "conflict"),
    FindingClass.SCOPE: Text("口径不同", "scope difference"),
    FindingClass.OVERSHOOT: Text("超出", "overshoot"),
    FindingClass.INFORMATION: Text("提示", "information"),
    FindingClass.HOLDS: Text("成立", "holds"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim about a region, with everything needed to check it by hand.

    Attributes
    ----------
    code
        Stable identifier of the finding within a region, e.g. `growth.out.sponge.2020`.
    check
        The rule that made it, e.g. `sum`, `share`, `growth`.
    title, detail
        What is claimed, and the calculation or the remedy, in both languages.
    found, expected
        The printed and the recomputed value in `unit`; None where a comparison has no number.
    cells
        Ids of the figures and targets that went in.
    mark
        The weakest quality mark of what went in.
    """

    code: str
    check: str
    kind: FindingClass
    title: Text
    detail: Text
    cells: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    found: Fraction | None = None
    expected: Fraction | None = None
    unit: str = ""
    mark: Mark = Mark.PLAN

    @property
    def gap(self) -> Fraction | None:
        """Printed minus recomputed, in `unit`."""
        if self.found is None or self.expected is None:
            return None
        return self.found - self.expected


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters of a held text: `text[start:end]` of `document`, with what stands there."""

    document: str
    start: int
    end: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class AnchoredFinding(Finding):
    """A finding about texts: `anchors` are the characters that it was made from, the claim first."""

    anchors: tuple[Anchor, ...] = ()
