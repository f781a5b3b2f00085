"""Procedures as tables, cases as frozen histories.

A procedure is a set of steps; a step leads from some states to one state, may be taken by some
roles, and says what it does to the clock. A case is nothing but its events in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from oreflow.core.provenance import Text


class Clock(StrEnum):
    """What a state means for the deadline."""

    RUNS = "runs"
    STOPPED = "stopped"  # supplement, expert review: the time does not count
    OVER = "over"


@dataclass(frozen=True, slots=True)
class State:
    """A state of a procedure.

    `phase` names the limit that this state draws on: states with the same phase share one clock.
    In an `editable` state the applicant may still change what is asked for. A state with a `term`
    lapses that many calendar days after it was entered: its automatic step is taken on the next day.
    A case that ends in a state that `grants` has what it asked for.
    """

    id: str
    name: Text
    clock: Clock
    phase: str = ""
    editable: bool = False
    term: int = 0
    grants: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody may do.

    `once` steps may be taken at most once in a case (one supplement only). `asks` steps name the
    bodies whose opinion they wait for; `opinions` steps are open only when all opinions are in.
    `letter` is the id of the letter it issues. A step that `refers` names the one reviewer who goes on;
    the reason of one that `lists` holds one thing a line; a `voluntary` step is open, but nobody waits for it.
    """

    id: str
    name: Text
    before: tuple[str, ...]
    after: str
    roles: tuple[str, ...]
    reason: bool = False
    once: bool = False
    asks: bool = False
    opinion: bool = False
    needs_opinions: bool = False
    letter: str = ""
    automatic: bool = False
    refers: bool = False
    lists: bool = False
    voluntary: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal limit of working days for a phase, with what it rests on and the role that answers for it."""

    phase: str
    days: int
    ground: Text
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A table of states, steps and limits. `start` is the state of a new case; `roles` says their names."""

    id: str
    name: Text
    start: str
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    limits: Mapping[str, Limit]
    roles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One step taken: who, in which role, when, why, and for opinions from which body and how."""

    step: str
    state: str
    by: str
    role: str
    at: datetime
    reason: str = ""
    bodies: tuple[str, ...] = ()
    body: str = ""
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a procedure: its events; everything else follows from them."""

    procedure: str
    opened: datetime
    events: tuple[Event, ...] = ()
    start: str = ""

    @property
    def state(self) -> str:
        """The state after the last event."""
        return self.events[-1].state if self.events else self.start

    @property
    def asked(self) -> tuple[str, ...]:
        """Bodies whose opinion was asked last, in order."""
        asked = [e.bodies for e in self.events if e.bodies]
        return asked[-1] if asked else ()

    @property
    def opinions(self) -> Mapping[str, Event]:
        """The latest opinion of each body asked since the last request."""
        position = max((k for k, e in enumerate(self.events) if e.bodies), default=len(self.events))
        return {e.body: e for e in self.events[position:] if e.body}

    @property
    def missing(self) -> tuple[str, ...]:
        """Bodies asked that have not answered."""
        given = self.opinions
        return tuple(b for b in self.asked if b not in given)


@dataclass(frozen=True, slots=True)
class Option:
    """A step as offered to a role: open, or not and why."""

    step: Step
    open: bool
    why_not: Text | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """The last day of a state's term, and the automatic step that is due after it."""

    last: date
    step: Step


class Urgency(StrEnum):
    """How a deadline stands."""

    NONE = "none"
    CALM = "calm"
    SOON = "soon"  # reminder: three working days or fewer
    OVERDUE = "overdue"  # escalation (督办)
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limit of the phase a case is in.

    `due` is None while no limit runs. `left` counts working days (negative when overdue). `used` are
    the working days counted so far, without stopped time. `provisional` says that the holidays of a
    year in between are not known yet.
    """

    phase: str
    days: int
    used: int
    due: date | None
    left: int
    urgency: Urgency
    provisional: bool
    ground: Text = field(default_factory=lambda: Text("", ""))
