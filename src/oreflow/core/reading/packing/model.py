"""What a reading becomes in a region: frozen proposals, packs and reproductions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from oreflow.core.provenance import Text
from oreflow.core.region import Region

from ..model import Frame, Reading


@dataclass(frozen=True, slots=True)
class Around:
    """What the whole document says, so that a statement can be placed: its area's name and its years."""

    region: str = ""
    start_year: int | None = None
    horizon: int | None = None
    base: int | None = None

    @classmethod
    def of(cls, frame: Frame | Mapping[str, Any]) -> Around:
        """From a frame, or from one as plain values."""
        if isinstance(frame, Frame):
            return cls(frame.region, frame.start_year, frame.horizon, frame.base)
        return cls(
            str(frame.get("region") or ""), frame.get("start_year"), frame.get("horizon"), frame.get("base")
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement in the terms of a region, as the register of targets takes it.

    `kind` is `target`, `threshold` or `actual`. `area` and `indicator` are ids; `new_area` and `new_indicator` say
    that the region has none yet. `value` and `upper` are decimals as text. `confidence` is the chance that the reading
    is right times how surely it was matched; `match` is the latter alone, 1 for what is new; `doubts` say what to look
    at, `refusal` why it cannot stand as it is.
    """

    kind: str
    area: str
    area_name: str
    indicator: str
    indicator_name: str
    form: str
    comparator: str
    value: str
    upper: str
    unit: str
    basis: str
    from_year: int | None
    year: int | None
    binding: str
    base: str
    printed: str
    decimals: int
    new_area: bool = False
    new_indicator: bool = False
    product: str = ""
    within: str = ""
    confidence: float = 1.0
    match: float = 1.0
    doubts: tuple[Text, ...] = ()
    refusal: Text | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A target or actual value that people accepted, in the terms of the register.

    `document` is a key of the documents that it is accepted from; `lines` are the lines of its text.
    """

    id: str
    kind: str
    area: str
    area_name: str
    indicator: str
    indicator_name: str
    form: str
    comparator: str
    value: Fraction | None
    upper: Fraction | None
    unit: str
    basis: str
    from_year: int | None
    year: int
    binding: str
    base: str
    printed: str
    decimals: int
    document: str
    lines: str
    product: str = ""
    within: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A document that something was accepted from."""

    id: str
    title: str
    issuer: str = ""
    issued: date | None = None
    period_from: int | None = None
    period_to: int | None = None
    lines: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Something accepted that the region could not take, and why."""

    id: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Merged:
    """A region with what was accepted, and what was left out; `added` pairs cells with what they were made from."""

    region: Region
    left: tuple[Left, ...] = ()
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A text with what was read from it, as reproduction takes it."""

    text: str
    reading: Reading
    document: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of a pack that reading the plans does not give alike.

    `kind` says in what it differs: `missing`, `value`, `unit`, `year`, `comparator`, `lines`, `dash`, `words`.
    `derived` says that the pack's value is an editor's (a name, a year the plan does not state), not a printed one.
    """

    cell: str
    table: str
    kind: str
    expected: str
    found: str
    lines: str
    reason: Text
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How much of a pack's plan-derived cells the reading gives back."""

    total: int
    same: int
    differences: tuple[Difference, ...] = field(default=())

    @property
    def share(self) -> float:
        """The share of cells that come back alike."""
        return self.same / self.total if self.total else 1.0
