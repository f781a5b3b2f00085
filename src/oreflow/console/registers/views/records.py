"""One record: its fields with their origin, what belongs to it, its files, its open cases, its history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from oreflow.console import clock
from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.people.changes import why_not_change
from oreflow.console.people.models import Organisation

from .. import access, approvals, histories, parsing, presenting
from ..grouping import grouped
from ..links import linked
from ..listing import as_of
from ..presenting import Names, Shown
from ..registry import REGISTERS
from ..spec import FieldKind, Register
from .pages import desk, show

RECENT = 3


@require_GET
@desk
def record(request: HttpRequest, key: str, record_id: int) -> HttpResponse:
    """A record as it stands, or as it stood on the day that `as_of` names."""
    register, viewer = access.register_of(key), viewer_of(request)
    found = access.find(register, viewer, record_id)
    day, given, problem = as_of(request.GET)
    past = histories.on_day(found, day) if given and problem is None and day < clock.today() else None
    if given and problem is None and day < clock.today() and past is None:
        return show(request, "registers/not_yet.html", _base(register, found) | {"day": day})
    context = _base(register, found) | {
        "groups": shown_groups(register, viewer, past or found),
        "past": past, "day": day, "as_of_problem": problem,
        "title": getattr(past or found, register.title),
    }  # fmt: skip
    if past is None:
        context |= _around(register, viewer, found)
    return show(request, "registers/record.html", context)


def _base(register: Register, found: Any) -> dict[str, Any]:
    return {"register": register, "record": found, "title": getattr(found, register.title), "today": clock.today()}


def _around(register: Register, viewer: Viewer, found: Any) -> dict[str, Any]:
    """What stands beside the fields of a record of today."""
    recent = list(histories.rows(found)[: RECENT + 1])
    return {
        "linked": linked(register, viewer, found),
        "attachments": access.attachments_of(register, found),
        "cases": approvals.in_place().open_about(viewer, register.key, found.pk),
        "entries": histories.entries(register, viewer, recent)[:RECENT],
        "more_history": len(recent) > RECENT,
        "why_not_edit": why_not_edit(register, viewer),
        "why_not_end": access.why_not_end(register, viewer, found),
        "why_not_attach": access.why_not_attach(register, viewer),
        "changes_url": _changes_url(viewer, found),
    }


def _changes_url(viewer: Viewer, found: Any) -> str:
    """Where an organisation is renamed, merged and split, and was before; for those who may change it."""
    if not isinstance(found, Organisation) or why_not_change(viewer, found) is not None:
        return ""
    return reverse("organisation-changes", args=(found.pk,))


def why_not_edit(register: Register, viewer: Viewer) -> Any:
    """Why nothing of a record may be changed by the viewer; None where something may."""
    reasons = [access.why_not_change(register, viewer, f) for f in access.fields_for(register, viewer)]
    return None if None in reasons else reasons[0]


def shown_groups(register: Register, viewer: Viewer, state: Any) -> list[tuple[str, list[Shown]]]:
    """A record's fields in groups, or those of an entry of its history."""
    fields = access.fields_for(register, viewer)
    values = parsing.plain_values(register, state, [f.key for f in fields])
    names = Names().look_up((f.kind, values[f.key]) for f in fields if f.kind in presenting.MODELS)
    return [(title, [_shown(viewer, f, values, names) for f in part]) for title, part in grouped(register, fields)]


def _shown(viewer: Viewer, field: Any, values: dict[str, Any], names: Names) -> Shown:
    value = values[field.key]
    rows: list[tuple[str, str]] = []
    if field.kind is FieldKind.ATTRIBUTES:
        rows = presenting.attribute_rows(str(values.get("type") or ""), value or {})
    unit = presenting.said_unit(presenting.unit_of(field, values))
    return Shown(
        field, presenting.said(field.label), presenting.text_of(field, value, names, values), unit,
        presenting.hint_of(field), _target(viewer, field, value), tuple(rows),
        presenting.STATUS_TONES.get(value, "") if field.key == "status" else "",
    )  # fmt: skip


def _target(viewer: Viewer, field: Any, value: Any) -> str:
    """The page of what a field points to, where the viewer may open it."""
    key = presenting.KEYS.get(field.kind)
    if key is None or not value:
        return ""
    keys = (key, "organisations") if key == "enterprises" else (key,)
    for each in keys:
        if access.visible_to(REGISTERS[each], viewer).filter(pk=int(value)).exists():
            return reverse("record", args=(each, int(value)))
    return ""
