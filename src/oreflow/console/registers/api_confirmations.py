"""The yearly confirmation of an enterprise's own record in the data interface."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from oreflow.console.api_ground import StrictSchema, TextOut, both, needs
from oreflow.console.people.access import Viewer, viewer_of

from . import access, actions, confirmations
from .registry import ENTERPRISE

router = Router(tags=["registers"])


class ConfirmationLine(Schema):
    """A field to confirm: what it holds, and where its confirmation stands."""

    field: str
    label: TextOut
    value: str = Field(description="as people read it")
    standing: Literal["confirmed", "changed", "due", "never"]
    confirmed_at: datetime | None
    confirmed_by: str
    changed_at: datetime | None


class ConfirmationsOut(Schema):
    """The caller's enterprise with every field to confirm."""

    record: int
    version: int
    lines: list[ConfirmationLine]


class ConfirmationsIn(StrictSchema):
    """Fields that hold as they stand."""

    version: int = Field(ge=1, le=2**31 - 1, description="the version of the record that was looked at")
    fields: list[str] = Field(min_length=1, max_length=200)


@router.get("/confirmations", response=ConfirmationsOut, summary="What to confirm", operation_id="readConfirmations")
@needs("registers:read")
def read(request: HttpRequest) -> Any:
    """The fields of the caller's own enterprise, with when each was confirmed last; absent for others."""
    return _lines(viewer_of(request))


@router.post("/confirmations", response=ConfirmationsOut, summary="Confirm fields", operation_id="confirmFields")
@needs("registers:write")
def confirm(request: HttpRequest, given: ConfirmationsIn) -> Any:
    """Confirm fields of one's own enterprise as they stand."""
    actions.confirm(viewer_of(request), given.version, given.fields)
    return _lines(viewer_of(request))


def _lines(viewer: Viewer) -> dict[str, Any]:
    own = confirmations.own_enterprise(viewer)
    if own is None:
        raise Http404
    record = access.find(ENTERPRISE, viewer, own.pk)
    lines = [
        {
            "field": line.field.key, "label": both(line.field.label), "value": line.text,
            "standing": line.standing.value, "confirmed_at": line.confirmed_at, "confirmed_by": line.confirmed_by,
            "changed_at": line.changed_at,
        }
        for line in confirmations.lines(viewer, record)
    ]  # fmt: skip
    return {"record": record.pk, "version": record.version, "lines": lines}
