"""Records as the data interface gives them, and what a list was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import translation

from oreflow.console import clock
from oreflow.console.api_ground import ApiError, both, page
from oreflow.console.people.access import Viewer
from oreflow.console.people.models import User
from oreflow.console.records import Record
from oreflow.core.provenance import Text

from . import access, filters, parsing, search
from .api_schemas import KEYS, OF_THE_RECORD
from .spec import Field, FieldKind, Register

KINDS = {"+": "created", "~": "changed", "-": "deleted"}


def record_out(register: Register, viewer: Viewer, record: Any) -> dict[str, Any]:
    """A record with the fields that the viewer sees."""
    own = {name: getattr(record, name) for name in OF_THE_RECORD}
    return own | {f.key: _value(f, record) for f in access.fields_for(register, viewer)}


def _value(field: Field, record: Any) -> Any:
    value = getattr(record, field.key)
    if field.kind in KEYS:
        return None if value is None else {"id": value.pk, "name": str(value)}
    if field.kind is FieldKind.CHOICE:
        return value or None
    if field.kind is FieldKind.DECIMAL:
        return None if value is None else parsing.plain(value)
    return parsing.plain(value) if isinstance(value, Mapping) else value


def plain_given(given: Mapping[str, Any]) -> dict[str, Any]:
    """A body's values as they travel between doors: strings, nothing as ""."""
    return {key: value if isinstance(value, dict) else parsing.plain(value) for key, value in given.items()}


def register_out(register: Register, viewer: Viewer) -> dict[str, Any]:
    """A register with the fields that the viewer sees."""
    why = access.why_not_create(register, viewer)
    return {
        "key": register.key, "name": both(register.name), "purpose": both(register.purpose),
        "identity": list(register.identity), "may_create": why is None,
        "why_not_create": both(why) if why else None,
        "fields": [_field_out(f) for f in access.fields_for(register, viewer)],
    }  # fmt: skip


def _field_out(field: Field) -> dict[str, Any]:
    return {
        "key": field.key, "label": both(field.label), "kind": field.kind.value, "unit": field.unit,
        "help": both(field.help), "choices": [{"value": v, "label": both(_label(said))} for v, said in field.choices],
        "required": field.required, "sortable": field.sortable, "filterable": field.filterable,
        "searched": field.searched, "approval": field.approval, "owner": field.owner.value,
        "source": both(field.source), "data_class": field.data_class.value,
        "duties": sorted(d.value for d in field.duties),
        "decimals": field.decimals if field.kind is FieldKind.DECIMAL else None,
    }  # fmt: skip


def _label(said: Any) -> Text:
    if isinstance(said, Text):
        return said
    with translation.override("zh-hans"):
        zh = str(said)
    with translation.override("en"):
        return Text(zh, str(said))


def check_names(request: HttpRequest, known: set[str]) -> None:
    """Refuse a parameter that is not described: a misspelt filter must not answer with everything.

    Raises
    ------
    ApiError
    """
    strange = sorted(set(request.GET) - known)
    if strange:
        said = Text("没有这个参数", "there is no such parameter")
        listed = ", ".join(sorted(known))
        text = Text(
            f"没有参数“{strange[0][:40]}”。可用：{listed}。",
            f"There is no parameter “{strange[0][:40]}”. There are: {listed}.",
        )
        raise ApiError(422, "parameters", text, {name[:60]: said for name in strange[:20]})


def selected(register: Register, viewer: Viewer, asked: Any) -> QuerySet[Any]:
    """The rows that a list asked for, not yet in order.

    Raises
    ------
    ApiError
        Where it sorts or filters by a field kept from the viewer: the order would tell its values.
    """
    shown = {f.key for f in access.fields_for(register, viewer)}
    wanted = {f.key: str(getattr(asked, f.key)) for f in register.fields if f.filterable and getattr(asked, f.key)}
    for key in (asked.sort.lstrip("-"), *wanted):
        if key not in shown:
            said = Text(f"字段“{key}”不对您开放。", f"The field {key} is not open to you.")
            raise ApiError(422, "parameters", said, {key: said})
    rows = filters.apply(register, viewer, access.visible_to(register, viewer, asked.as_of or clock.today()), wanted)
    return access.with_related(register, search.matching(rows, asked.q, (asked.sort, "pk")))


def asked_as_text(asked: Any) -> str:
    """What a list was asked for besides its order and place, to bind cursors to it."""
    given = asked.model_dump(mode="json", exclude={"cursor", "limit", "sort"}, exclude_none=True)
    return json.dumps(given, sort_keys=True, ensure_ascii=False)


def history_page(register: Register, viewer: Viewer, record: Record, limit: int, cursor: str) -> dict[str, Any]:
    """Entries of a record's history, the newest first, each with what it changed of the fields that the viewer sees."""
    entries = record.history.model.objects.filter(id=record.pk)
    found = page(entries, "-history_id", limit, cursor, query=str(record.pk))
    last = found.items[-1].history_id if found.items else 0
    older = entries.filter(history_id__lt=last).order_by("-history_id").first()
    keys = [f.key for f in access.fields_for(register, viewer)]
    befores = [*found.items[1:], older]
    people = User.objects.in_bulk({e.history_user_id for e in found.items if e.history_user_id})
    items = [_entry(register, keys, entry, before, people) for entry, before in zip(found.items, befores, strict=False)]
    return {"items": items, "next": found.next}


def _entry(register: Register, keys: list[str], entry: Any, before: Any, people: Mapping[int, Model]) -> dict[str, Any]:
    now = parsing.plain_values(register, entry, keys)
    then = parsing.plain_values(register, before, keys) if before is not None else dict.fromkeys(keys, "")
    changes = [{"field": k, "before": then[k], "after": now[k]} for k in keys if (then[k] or "") != (now[k] or "")]
    if before is not None and before.valid_to != entry.valid_to:
        changes.append(
            {"field": "valid_to", "before": parsing.plain(before.valid_to), "after": parsing.plain(entry.valid_to)}
        )
    return {
        "at": entry.history_date, "kind": KINDS[entry.history_type], "version": entry.version,
        "by": str(people.get(entry.history_user_id, "")), "organisation": entry.history_organisation,
        "door": entry.history_door, "source": entry.history_source, "reason": entry.history_change_reason or "",
        "changes": changes,
    }  # fmt: skip
