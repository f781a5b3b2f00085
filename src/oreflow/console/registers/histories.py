"""What became of a record: who changed what, when, through which door, for whom and why; and how it was on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from oreflow.console.people.access import Viewer
from oreflow.console.records import Door

from . import approvals, parsing, presenting
from .access import fields_for
from .presenting import MODELS, Names
from .spec import Field, Register

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One field's old and new value."""

    label: str
    unit: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as the history shows it."""

    id: int
    kind: str
    at: datetime
    who: str
    organisation: str
    door: str
    source: str
    reason: str
    version: int
    differences: list[Difference]
    ended: date | None
    current: bool
    case_id: int | None = None


def rows(record: Any) -> QuerySet[Any]:
    """A record's history, the newest first."""
    return record.history.order_by("-history_id")


def entry_row(record: Any, history_id: int) -> Any:
    """One row of a record's history, or 404."""
    found = rows(record).filter(history_id=history_id).first()
    if found is None:
        raise Http404
    return found


def on_day(record: Any, day: date) -> Any | None:
    """How the record stood at the end of a day; None where it was not there yet."""
    after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return rows(record).filter(history_date__lt=after).first()


def entries(register: Register, viewer: Viewer, found: Sequence[Any], newest: bool = True) -> list[Entry]:
    """Changes between neighbouring rows; the last row of `found` is what the others are compared with,
    unless it is the first of all."""
    fields = fields_for(register, viewer)
    values = [parsing.plain_values(register, row, [f.key for f in fields]) for row in found]
    names = Names().look_up((f.kind, v[f.key]) for v in values for f in fields if f.kind in MODELS)
    users = get_user_model().objects.in_bulk({row.history_user_id for row in found if row.history_user_id})
    cases = _cases(viewer, found)
    result = []
    for at, row in enumerate(found):
        first = row.history_type == "+" or at + 1 == len(found)
        before = None if first else values[at + 1]
        user = users.get(row.history_user_id)
        result.append(
            Entry(
                id=row.history_id, kind=row.history_type, at=row.history_date, who=str(user) if user else "",
                organisation=row.history_organisation, door=row.get_history_door_display(), source=row.history_source,
                reason=row.history_change_reason or "", version=row.version,
                differences=differences(fields, before, values[at], names) if before is not None else [],
                ended=row.valid_to if before is not None and row.valid_to != found[at + 1].valid_to else None,
                current=newest and at == 0, case_id=cases.get(row.history_source) if _by_case(row) else None,
            )
        )  # fmt: skip
    return result


def _by_case(row: Any) -> bool:
    return bool(row.history_door == Door.CASE and row.history_source)


def _cases(viewer: Viewer, found: Sequence[Any]) -> dict[str, int]:
    """The cases behind these rows that the viewer sees, by number."""
    numbers = {row.history_source for row in found if _by_case(row)}
    if not numbers:
        return {}
    return approvals.in_place().by_number(viewer, numbers)


def differences(fields: Iterable[Field], before: Any, after: Any, names: Names) -> list[Difference]:
    """The fields that differ between two states, as people read them."""
    return [
        Difference(
            presenting.said(f.label),
            presenting.said_unit(presenting.unit_of(f, after)),
            presenting.text_of(f, before[f.key], names, before),
            presenting.text_of(f, after[f.key], names, after),
        )
        for f in fields
        if before[f.key] != after[f.key]
    ]
