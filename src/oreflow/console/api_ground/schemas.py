"""Schemas that every desk's answers share."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from oreflow.console.regions.schemas import TextOut


class ProblemOut(Schema):
    """An error (RFC 9457): what is wrong, where, and the way out, in both languages."""

    type: str = Field(description="where the code is explained, or about:blank")
    title: str = Field(description="the kind of error, in the reader's language")
    status: int
    code: str = Field(description="stable; programs decide by it")
    detail: str = Field(description="the message in the reader's language")
    message: TextOut
    problems: dict[str, TextOut] = Field(description="what is wrong per field; empty where no field is at fault")


__all__ = ["ProblemOut", "TextOut"]
