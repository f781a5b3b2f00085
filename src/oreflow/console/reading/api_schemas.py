"""Shapes of the reading desk's part of the data interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from oreflow.console.api_ground import StrictSchema, TextOut

LARGEST_ID = 2**63 - 1
Kind = Literal["statement", "chain", "clause", "duty", "project", "name"]
State = Literal["open", "accepted", "rejected", "replaced"]
Act = Literal["accept", "correct", "reject", "reopen", "split", "merge", "add"]
Reading = Literal["reading", "ready", "failed"]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Version = Annotated[int | None, Field(ge=1, le=2**31 - 1, description="the version that was read")]
Reason = Annotated[str, Field(max_length=500, description="why; stands in the history")]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1, description="characters of the document's text")]


class KeeperOut(Schema):
    """The organisation that keeps a document."""

    id: int
    name: str


class ProblemTextOut(Schema):
    """Why a document could not be read, and what to do."""

    code: str
    message: TextOut
    remedy: TextOut


class DocumentOut(Schema):
    """A document as lists show it."""

    id: int
    key: str
    title: str
    region: str
    organisation: KeeperOut
    format: str
    file_name: str
    size: int
    sha256: str
    text_sha256: str = Field(description="of the text that offsets count characters of; empty until it is read")
    issued: date | None
    public: bool
    edition_of: int | None
    state: Reading
    progress: int = Field(description="percent")
    problem: ProblemTextOut | None
    simulated: bool
    added_at: datetime
    read_at: datetime | None


class DocumentsPage(Schema):
    """One page of documents, the newest first."""

    items: list[DocumentOut]
    next: str | None = Field(description="cursor of the next page; null at the end")


class CountOut(Schema):
    """How many items of a kind stand in a state."""

    kind: Kind
    state: State
    count: int


class DocumentDetailOut(DocumentOut):
    """A document with what it says of itself and how far it is decided about."""

    frame: dict[str, Any] = Field(description="title, region, years of the plan")
    notes: list[TextOut]
    counts: list[CountOut]
    may_decide: bool
    why_not: TextOut | None


class DocumentTextOut(Schema):
    """The text of a document, with the way back to the file."""

    text: str
    places: list[dict[str, Any]] = Field(description="start, end, and page, label, line, box where the file has them")
    outline: list[dict[str, Any]]


class WithdrawIn(StrictSchema):
    """Why a document is taken away."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ItemOut(Schema):
    """One thing that was read, tied to its characters."""

    id: int
    document: int
    kind: Kind
    start: int
    end: int
    quote: str
    values: dict[str, Any] = Field(description="figures as strings: decimals where exact, else fractions such as 1/3")
    confidence: float
    doubts: list[str]
    by_reader: bool
    corrected: bool
    state: State
    came_from: list[int]
    register_: str = Field(alias="register", description="register of the record that it became; empty for none")
    record_id: int | None
    version: int
    changed_at: datetime


class ItemsPage(Schema):
    """One page of items."""

    items: list[ItemOut]
    next: str | None = Field(description="cursor of the next page; null at the end")


class ItemsOut(Schema):
    """Some items."""

    items: list[ItemOut]


class ProposalOut(Schema):
    """What accepting a figure would write, and what to look at."""

    values: dict[str, Any] = Field(description="fields of the register targets; any may be set in `target`")
    new_area: bool
    new_indicator: bool
    confidence: float
    doubts: list[TextOut]
    refusal: TextOut | None


class DecisionOut(Schema):
    """One decision about an item."""

    act: Act
    at: datetime
    by: str
    organisation: str
    reason: str
    batch: str
    before: dict[str, Any]
    after: dict[str, Any]


class AcceptIn(StrictSchema):
    """An acceptance; `target` are values instead of the proposed ones."""

    version: Version = None
    target: dict[str, str] | None = None


class CorrectIn(StrictSchema):
    """The values that differ."""

    version: Version = None
    values: dict[str, Any]
    reason: Reason = ""


class ReasonIn(StrictSchema):
    """A decision with its reason."""

    version: Version = None
    reason: Reason = ""


class SplitIn(StrictSchema):
    """The parts, each with the values that differ from the item's, and `start` and `end` where they do."""

    version: Version = None
    parts: Annotated[list[dict[str, Any]], Field(max_length=50)]


class MergeIn(StrictSchema):
    """The items that become one, with the versions that were read."""

    items: Annotated[list[Id], Field(max_length=50)]
    versions: Annotated[list[Annotated[int, Field(ge=1, le=2**31 - 1)]], Field(max_length=50)]
    values: dict[str, Any] = Field(default_factory=dict)


class AddIn(StrictSchema):
    """An item that the reader missed."""

    kind: Kind
    start: Offset
    end: Offset
    values: dict[str, Any]


class AcceptManyIn(StrictSchema):
    """Which open items are accepted together."""

    kind: Kind
    at_least: Annotated[float, Field(ge=0, le=1, description="least confidence; corrected items are taken, too")]


class CarryIn(StrictSchema):
    """The earlier edition whose decisions are repeated."""

    edition: Id


class UndoIn(StrictSchema):
    """The bulk decision that is taken back."""

    batch: Annotated[str, Field(min_length=1, max_length=32)]


class RefusedItemOut(Schema):
    """An item that stayed open, and why."""

    item: int
    reason: TextOut


class BulkOut(Schema):
    """What became of a bulk decision."""

    batch: str
    accepted: int
    refused: list[RefusedItemOut]
    left: int = Field(0, description="items that qualify beyond what one request takes; ask again for them")


class UndoneOut(Schema):
    """How many items were opened again."""

    opened: int


class DiffItemOut(Schema):
    """An item in both editions, or in one."""

    change: Literal["same", "changed", "added", "removed"]
    old: int | None
    new: int | None
    fields: list[str]


class DiffLineOut(Schema):
    """A run of lines of both texts; lines count from 1, ends are inclusive; 0 to 0 for none."""

    change: Literal["changed", "added", "removed"]
    old_from: int
    old_to: int
    new_from: int
    new_to: int


class EditionsOut(Schema):
    """Two editions compared."""

    old: int
    new: int
    items: list[DiffItemOut]
    lines: list[DiffLineOut]


class AnchorOut(Schema):
    """Characters that a finding was made from."""

    start: int
    end: int
    quote: str


class TextFindingOut(Schema):
    """A finding inside a document, or of its region where the document takes part."""

    code: str
    check: str
    kind: str
    title: TextOut
    detail: TextOut
    cells: list[str]
    anchors: list[AnchorOut]


class ChecksOut(Schema):
    """What the checks say of a document."""

    document: list[TextFindingOut]
    region: list[TextFindingOut]
