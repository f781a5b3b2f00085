"""Answers as programs get them."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from oreflow.console.api_ground import TextOut


class FigureOut(Schema):
    """A figure in a passage, as the reading desk has it now; figures are exact, as text."""

    item: int = Field(description="id of the item at the reading desk")
    state: Literal["open", "accepted"]
    start: int
    end: int
    subject: str
    scope: str
    comparator: str
    low: str | None
    high: str | None
    unit: str
    year: int | None
    kind: str


class PassageOut(Schema):
    """A passage of a document: `start` and `end` count characters of its text."""

    document: int
    title: str
    keeper: str = Field(description="who keeps the document")
    start: int
    end: int
    place: str = Field(description="page or line in the file, in the reader's language")
    path: list[str] = Field(description="the titles above it")
    text: str
    score: float = Field(description="how well it speaks to the question; the best first")
    why: TextOut
    statements: list[FigureOut]


class AnswerOut(Schema):
    """The passages that answer, or why nothing does and what would help."""

    question: str
    supported: bool
    reason: TextOut
    lack: Literal["nothing-held", "no-question", "unknown-term", "place", "year", "figure", "apart"] | None = Field(
        description="why nothing supports an answer; null where something does"
    )
    missing: list[str] = Field(description="terms, places or years of the question that the documents do not have")
    help: TextOut
    passages: list[PassageOut]
    near: list[PassageOut] = Field(description="the nearest passages of a refused question; they do not answer it")
    waiting: int = Field(description="documents that were not yet indexed; ask again to reach them")
    beyond: int = Field(description="documents that one question does not reach; name a document to ask it")
