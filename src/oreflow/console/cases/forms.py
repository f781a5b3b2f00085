"""What the forms of a case send, read without trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from oreflow.console.registers import editing, equipment_types, references
from oreflow.console.registers.parsing import label_in
from oreflow.console.registers.spec import FieldKind
from oreflow.core.provenance import Text

from . import changes
from .models import CaseFile
from .words import language

AGREES = {"yes": True, "no": False}
MOST_BODIES = 50


def whole_number(value: str) -> int | None:
    """A positive whole number, or None for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def given_step(post: QueryDict) -> dict[str, Any]:
    """What a step's form says: reason, bodies, verdict, version."""
    bodies = [whole_number(v) for v in post.getlist("bodies")[:MOST_BODIES]]
    return {
        "reason": post.get("reason", "").replace("\x00", ""),
        "bodies": [b if b is not None else -1 for b in bodies if b != 0],
        "agrees": AGREES.get(post.get("agrees", "")),
        "version": whole_number(post.get("version", "")),
    }


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form that edits what a case asks for."""

    key: str
    label: Text
    unit: str
    help: Text
    kind: str
    now: Text
    value: Any
    choices: list[tuple[str, str]]
    asked: bool
    problem: Text | None = None
    type: str = ""
    parts: Sequence[editing.FormField] = ()


def inputs(
    case: CaseFile, viewer: Any, given: Mapping[str, Any] | None = None, problems: Mapping[str, Text] | None = None
) -> list[Input]:
    """The fields that a case may ask for, with what stands and what is asked."""
    record, asked = changes.record_of(case), changes.wanted(case)
    wished = {key: change["to"] for key, change in asked.items()} | dict(given or {})
    type_id = str(wished.get("type") or getattr(record, "type", ""))
    out = []
    for field in changes.editable_fields(case, viewer):
        stands = changes.standing(field, record)
        value, table = wished.get(field.key, stands), field.kind is FieldKind.ATTRIBUTES
        out.append(
            Input(
                key=field.key,
                label=field.label,
                unit=changes.unit_of(field, record),
                help=field.help,
                kind=_input_kind(field.kind),
                now=changes.said(field, stands, record),
                value=_shown(value),
                choices=_choices(field),
                asked=field.key in asked,
                problem=(problems or {}).get(field.key),
                type=type_id if table else "",
                parts=editing.attribute_inputs(type_id, value) if table else (),
            )
        )
    return out


def given_values(case: CaseFile, viewer: Any, post: QueryDict) -> dict[str, Any]:
    """The fields that differ from what stands, or were asked for: others stay out of the case."""
    record, asked = changes.record_of(case), changes.wanted(case)
    out = {}
    for field in changes.editable_fields(case, viewer):
        if field.kind is FieldKind.ATTRIBUTES and f"{editing.PREFIX}type" in post:
            table = {key: text.replace("\x00", "").strip() for key, text in editing.attributes_in(post).items()}
            if field.key in asked or table != _written(changes.standing(field, record)):
                out[field.key] = table
        if field.key not in post or field.kind is FieldKind.ATTRIBUTES:
            continue
        value = post[field.key].replace("\x00", "").strip()
        if field.key in asked or value != _shown(changes.standing(field, record)):
            out[field.key] = value
    return out


def _input_kind(kind: FieldKind) -> str:
    if kind in (FieldKind.CHOICE, FieldKind.EQUIPMENT_TYPE, FieldKind.MATERIAL):
        return "select"
    if kind is FieldKind.DATE:
        return "date"
    return "attributes" if kind is FieldKind.ATTRIBUTES else "text"


def _choices(field: Any) -> list[tuple[str, str]]:
    if field.kind is FieldKind.EQUIPMENT_TYPE:
        return [(t.id, t.name.in_language(language())) for t in equipment_types.TYPES.values()]
    if field.kind is FieldKind.MATERIAL:
        return [(key, name.in_language(language())) for key, name in references.materials()]
    return [(value, label_in(label, language())) for value, label in field.choices]


def _written(values: Any) -> dict[str, str]:
    return {key: editing.written(value) for key, value in (values or {}).items()}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
