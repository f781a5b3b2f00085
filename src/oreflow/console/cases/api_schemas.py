"""Shapes of the cases' part of the data interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from oreflow.console.api_ground import StrictSchema, TextOut
from oreflow.core.workflow import PROCEDURES, Urgency

STATES = tuple(dict.fromkeys(s for p in PROCEDURES.values() for s in p.states))


class OrganisationOut(Schema):
    """An organisation by id and name."""

    id: int
    name: str


class CaseOut(Schema):
    """A case as lists show it."""

    id: int
    number: str
    procedure: str
    title: str
    register_: str = Field(alias="register", description="key of the register of the record")
    record_id: int | None
    organisation: OrganisationOut = Field(description="the applicant")
    state: str
    state_name: TextOut
    due: date | None
    urgency: str = Field(description=f"one of {', '.join(u.value for u in Urgency)}")
    opened_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    simulated: bool
    version: int


class CasesPage(Schema):
    """One page of cases."""

    items: list[CaseOut]
    next: str | None = Field(description="cursor of the next page; null at the end")


class ChangeOut(Schema):
    """One field that a case asks to change."""

    field: str
    label: TextOut
    unit: str
    before: Any = Field(description="the value when it was asked for, as it travels")
    after: Any = Field(description="the value asked for")


class EventOut(Schema):
    """One step taken."""

    sequence: int
    step: str
    step_name: TextOut
    state: str
    at: datetime
    role: str
    by: str | None
    organisation: OrganisationOut | None
    reason: str
    agrees: bool | None
    asked: list[OrganisationOut]


class OpinionOut(Schema):
    """A body that was asked, and its answer."""

    organisation: OrganisationOut
    asked_at: datetime
    answered_at: datetime | None
    agrees: bool | None
    text: str


class LetterOut(Schema):
    """A letter that a step issued."""

    id: int
    kind: str
    title: TextOut
    number: str
    issued_at: datetime
    facts: dict[str, Any] = Field(description="what the letter says, frozen on the day it was issued")


class OptionOut(Schema):
    """A step that the caller's organisation could take: open, or why not."""

    step: str
    name: TextOut
    open: bool
    why_not: TextOut | None
    needs_reason: bool
    needs_bodies: bool
    needs_verdict: bool


class DeadlineOut(Schema):
    """How the limit of the case's phase stands."""

    phase: str
    days: int = Field(description="working days of the limit")
    used: int = Field(description="working days counted so far, without stopped time")
    left: int
    due: date | None
    urgency: str
    provisional: bool = Field(description="whether the holidays of a year in between are not announced yet")
    ground: TextOut


class CaseDetailOut(CaseOut):
    """A case with everything that belongs to it."""

    note: str
    acceptor: OrganisationOut | None
    decider: OrganisationOut | None
    reviewer: OrganisationOut | None
    changes: list[ChangeOut]
    deadline: DeadlineOut | None
    lapses_after: date | None = Field(description="last day to supply what is missing; null where no term runs")
    waiting_for: list[str] = Field(description="roles whose turn it is")
    events: list[EventOut]
    opinions: list[OpinionOut]
    letters: list[LetterOut]
    options: list[OptionOut]


class CasesAsked(StrictSchema):
    """Which cases, in which order."""

    q: str = Field("", max_length=80, description="words of number, subject or applicant")
    state: Literal[STATES] | None = None  # type: ignore[valid-type]
    urgency: Literal["none", "calm", "soon", "overdue", "stopped"] | None = None
    procedure: Literal[tuple(PROCEDURES)] | None = None  # type: ignore[valid-type]
    register_: str | None = Field(None, alias="register", max_length=24)
    record_id: int | None = Field(None, ge=1, le=2**63 - 1)
    mine: Literal["tasks", "part", "opened"] | None = None
    sort: Literal["due", "-due", "changed", "-changed", "number", "-number", "opened", "-opened"] = "-changed"
    limit: int = Field(50, ge=1, le=200)
    cursor: str = Field("", max_length=2_000)


class ChangeIn(StrictSchema):
    """A change of a record that needs a decision."""

    register_: str = Field(alias="register", max_length=24)
    record_id: int = Field(ge=1, le=2**63 - 1)
    version: int = Field(ge=1, le=2**31 - 1, description="the version of the record that was read")
    values: dict[str, Any] = Field(description="new values by field")
    note: str = Field("", max_length=4_000, description="why")


class EditIn(StrictSchema):
    """New values for a draft, or for a case waiting for supplements."""

    version: int | None = Field(None, ge=1, le=2**31 - 1)
    values: dict[str, Any] = Field(default_factory=dict)
    note: str | None = Field(None, max_length=4_000)


class StepIn(StrictSchema):
    """What is said with a step."""

    version: int | None = Field(None, ge=1, le=2**31 - 1, description="the version of the case that was read")
    reason: str = Field("", max_length=4_000)
    bodies: list[int] = Field(default_factory=list, max_length=50, description="ids of the bodies asked")
    agrees: bool | None = None


class NoticeOut(Schema):
    """Something a role of the caller's organisation should know."""

    id: int
    case: int | None
    kind: str
    role: str
    text: TextOut
    at: datetime
    done: bool
    seen: bool


class NoticesPage(Schema):
    """One page of notices."""

    items: list[NoticeOut]
    next: str | None


class SeenIn(StrictSchema):
    """Notices to mark as seen; all where none is named."""

    notices: list[int] | None = Field(None, max_length=500)


class SeenOut(Schema):
    """How many were newly seen."""

    seen: int


class HomeOut(Schema):
    """What needs the caller."""

    tasks: int = Field(description="cases that wait for the caller, counted up to 100")
    unseen: int = Field(description="notices not seen yet, counted up to 100")
    next_tasks: list[CaseOut]
