"""An enterprise's yearly word that its own record is right: field by field, against the value it was given for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.people.models import ENTERPRISES, Organisation

from . import histories, parsing, presenting
from .access import fields_for, hat
from .models import Confirmation
from .registry import ENTERPRISE
from .spec import Field, Owner

MOST_ENTRIES = 200


class Standing(StrEnum):
    """Where the confirmation of a field stands."""

    CONFIRMED = "confirmed"  # this year, and the value is the same
    CHANGED = "changed"  # the value changed since
    DUE = "due"  # last confirmed in an earlier year
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Line:
    """A field to confirm: what it holds, who answers for it, when it changed and was confirmed last."""

    field: Field
    label: str
    text: str
    unit: str
    owner: str
    source: str
    changed_at: datetime | None
    changed_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Summary:
    """How far an enterprise has come this year."""

    organisation: Organisation
    confirmed: int
    changed: int
    total: int
    last: datetime | None


def own_enterprise(viewer: Viewer) -> Organisation | None:
    """The enterprise whose record the viewer may confirm."""
    own = viewer.organisation
    return own if own is not None and own.kind in {str(k) for k in ENTERPRISES} else None


def may_confirm(viewer: Viewer) -> bool:
    """Whether the viewer may confirm at all: a clerk of the enterprise."""
    return own_enterprise(viewer) is not None and hat(viewer) is Owner.ENTERPRISE


def digest(value: Any) -> str:
    """What stands for a value: equal for equal values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def lines(viewer: Viewer, record: Any) -> list[Line]:
    """Every field of an enterprise's record that the viewer sees, with its confirmation."""
    fields = fields_for(ENTERPRISE, viewer)
    values = parsing.plain_values(ENTERPRISE, record, [f.key for f in fields])
    last = latest([record.pk])
    changed = _last_changes(record, fields)
    names = presenting.Names().look_up((f.kind, values[f.key]) for f in fields if f.kind in presenting.MODELS)
    users = get_user_model().objects.in_bulk(
        {c.by_id for c in last.values() if c.by_id}
        | {row.history_user_id for row in changed.values() if row.history_user_id}
    )
    return [_line(f, values, names, last.get((record.pk, f.key)), changed.get(f.key), users) for f in fields]


def _line(
    field: Field, values: Mapping[str, Any], names: Any, given: Confirmation | None, row: Any, users: Mapping[int, Any]
) -> Line:
    return Line(
        field=field,
        label=presenting.said(field.label),
        text=presenting.text_of(field, values[field.key], names, values),
        unit=presenting.said_unit(presenting.unit_of(field, values)),
        owner=presenting.said(presenting.OWNERS[field.owner]),
        source=presenting.said(field.source),
        changed_at=row.history_date if row is not None else None,
        changed_by=str(users.get(row.history_user_id, "")) if row is not None else "",
        confirmed_at=given.confirmed_at if given else None,
        confirmed_by=str(users.get(given.by_id, "")) if given and given.by_id else "",
        standing=standing(given, values[field.key]),
    )


def standing(given: Confirmation | None, value: Any) -> Standing:
    """Where a field's confirmation stands against the value of today."""
    if given is None:
        return Standing.NEVER
    if given.value_digest != digest(value):
        return Standing.CHANGED
    this_year = timezone.localtime(given.confirmed_at).year == clock.today().year
    return Standing.CONFIRMED if this_year else Standing.DUE


def _last_changes(record: Any, fields: Iterable[Field]) -> dict[str, Any]:
    """The history row that gave each field its present value."""
    rows = list(histories.rows(record)[:MOST_ENTRIES])
    keys = [f.key for f in fields]
    states = [parsing.plain_values(ENTERPRISE, row, keys) for row in rows]
    found: dict[str, Any] = {}
    for at, row in enumerate(rows):
        before = states[at + 1] if at + 1 < len(rows) else None
        for key in keys:
            if key not in found and (before is None or before[key] != states[at][key]):
                found[key] = row
    return found


def latest(record_ids: Sequence[int]) -> dict[tuple[int, str], Confirmation]:
    """The last confirmation of each field of some enterprises' records."""
    rows = Confirmation.objects.filter(register=ENTERPRISE.key, record_id__in=record_ids)
    return {(row.record_id, row.field): row for row in rows.order_by("confirmed_at", "pk")}


def summaries(viewer: Viewer, organisations: Sequence[Organisation]) -> list[Summary]:
    """How far each of some enterprises has come."""
    fields = fields_for(ENTERPRISE, viewer)
    last = latest([o.pk for o in organisations])
    result = []
    for organisation in organisations:
        values = parsing.plain_values(ENTERPRISE, organisation, [f.key for f in fields])
        given = {f.key: last.get((organisation.pk, f.key)) for f in fields}
        states = [standing(given[f.key], values[f.key]) for f in fields]
        days = [c.confirmed_at for c in given.values() if c is not None]
        result.append(
            Summary(
                organisation, states.count(Standing.CONFIRMED), states.count(Standing.CHANGED), len(fields),
                max(days, default=None),
            )
        )  # fmt: skip
    return result
