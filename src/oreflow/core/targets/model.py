"""What attainment and paths of targets say, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.quantity import Quantity


class State(StrEnum):
    """Whether a target is met. No data, no number and no given value are all `missing`, never met."""

    MET = "met"
    NOT_MET = "not-met"
    MISSING = "missing"

    @property
    def text(self) -> Text:
        """The state as readers see it."""
        return _STATE_TEXTS[self]


_STATE_TEXTS = {
    State.MET: Text("完成", "met"),
    State.NOT_MET: Text("未完成", "not met"),
    State.MISSING: Text("缺数据", "missing"),
}


@dataclass(frozen=True, slots=True)
class Attainment:
    """How an actual value stands to a target.

    Attributes
    ----------
    state
        Met, not met, or missing.
    required
        What the actual value has to reach or keep below, in its unit; for a range its lower end.
    actual
        The value judged, as given.
    ratio
        How much of the task is done: for a target with a base the way from base to target (1 is
        met, more is beyond, negative is away from it); without a base actual over required (required
        over actual for a cap).
    distance
        What is still lacking, in the unit of `required`: positive is short of the target, zero or
        negative is met, for caps and reductions as well.
    beyond
        Whether a range was left at its upper end.
    why
        The arithmetic, or what is missing, in both languages.
    """

    target: str
    state: State
    required: Quantity | None
    actual: Quantity | None
    ratio: Fraction | None
    distance: Quantity | None
    beyond: bool
    why: Text


@dataclass(frozen=True, slots=True)
class PathPoint:
    """One year of the path to a target; `high` equals `low` except for a range."""

    year: int
    low: Quantity
    high: Quantity
