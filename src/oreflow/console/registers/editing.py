"""A record's form: each field with its value, its widget, why it cannot be changed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from oreflow.console import clock
from oreflow.console.people.access import Viewer, visible_organisations
from oreflow.console.people.models import ENTERPRISES, Kind
from oreflow.core.provenance import Text
from oreflow.gateway.codes import load_areas

from . import equipment_types, forms, parsing, presenting, references
from .access import fields_for, needs_approval, why_not_change
from .equipment_types import AttributeKind
from .filters import area_root
from .grouping import grouped
from .presenting import said
from .spec import Field, FieldKind, Register

MOST_OPTIONS = 200
PREFIX = "attributes."
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormField:
    """One input. `options` make it a choice, `suggestions` offer values to type."""

    name: str
    label: str
    value: str
    kind: str = "text"
    unit: str = ""
    hint: str = ""
    required: bool = False
    disabled: str = ""
    approval: bool = False
    problem: Text | None = None
    options: Sequence[Option] = ()
    suggestions: Sequence[Option] = ()
    shown: str = ""
    attributes: Sequence[FormField] = ()
    longest: int = 0

    @property
    def id(self) -> str:
        """The input's id in the page."""
        return f"id_{self.name}".replace(".", "-")


def given_in(register: Register, viewer: Viewer, posted: QueryDict) -> dict[str, Any]:
    """The plain values that a form posted, attributes as one; those of another type are left behind."""
    given: dict[str, Any] = {}
    for field in fields_for(register, viewer):
        if field.kind is FieldKind.ATTRIBUTES:
            marked = f"{PREFIX}type"
            if marked in posted:
                given[field.key] = attributes_in(posted)
        elif field.key in posted:
            given[field.key] = posted[field.key]
    return given


def attributes_in(posted: QueryDict) -> dict[str, str]:
    """The attributes that a form posted, those of the type it chose; others are left behind."""
    kind = equipment_types.TYPES.get(posted.get("type", posted[f"{PREFIX}type"]))
    if kind is None:
        return {}
    return {a.key: posted[PREFIX + a.key] for a in kind.attributes if posted.get(PREFIX + a.key)}


def form(
    register: Register,
    viewer: Viewer,
    record: Any,
    given: Mapping[str, Any],
    problems: Mapping[str, Text],
) -> list[tuple[str, list[FormField]]]:
    """The form in groups: what was given, else what stands, else what a new record starts with."""
    fields = fields_for(register, viewer)
    start = parsing.plain_values(register, record) if record is not None else forms.prefill(register, viewer)
    closed = {f.key for f in fields if _why_closed(register, viewer, f, record) is not None}
    values = {f.key: start.get(f.key, "") for f in fields}
    values |= {key: value for key, value in given.items() if key in values and key not in closed}
    inputs = {f.key: _input(register, viewer, f, values, record, problems.get(f.key)) for f in fields}
    return [(title, [inputs[f.key] for f in part]) for title, part in grouped(register, fields)]


def _why_closed(register: Register, viewer: Viewer, field: Field, record: Any) -> Text | None:
    """Why an input cannot be filled; a new record's required fields always can."""
    return None if record is None and field.required else why_not_change(register, viewer, field)


def _input(
    register: Register, viewer: Viewer, field: Field, values: Mapping[str, Any], record: Any, problem: Text | None
) -> FormField:
    why = _why_closed(register, viewer, field, record)
    value = values[field.key]
    if field.kind is FieldKind.ATTRIBUTES:
        parts = attribute_inputs(str(values.get("type") or ""), value, disabled=why is not None)
        return FormField(
            "attributes", said(field.label), "", "attributes", attributes=parts, disabled=said(why) if why else "",
            approval=record is not None and needs_approval(field, viewer), problem=problem,
            hint=presenting.hint_of(field), shown=str(values.get("type") or ""),
        )  # fmt: skip
    options = _options(field, viewer, values, record)
    typed = str(value)
    return FormField(
        name=field.key,
        label=said(field.label),
        value=_typed(field, typed, options),
        kind=_kind(field, typed, options),
        unit=presenting.said_unit(presenting.unit_of(field, values)),
        hint=presenting.hint_of(field),
        required=field.required,
        disabled=said(why) if why else "",
        approval=record is not None and needs_approval(field, viewer),
        problem=problem,
        options=options,
        suggestions=_suggestions(field, viewer),
        shown=_shown(field, typed, values) if why or field.kind is FieldKind.AREA else "",
        longest=getattr(register.model._meta.get_field(field.key), "max_length", None) or 40,
    )


def _kind(field: Field, value: str, options: Sequence[Option]) -> str:
    if options:
        return "choice"
    if field.kind is FieldKind.DATE and (not value or _is_iso(value)):
        return "date"
    return "number" if field.numeric else "text"


def _is_iso(value: str) -> bool:
    try:
        return parsing.day(value).isoformat() == value
    except parsing.Unreadable:
        return False


def _options(field: Field, viewer: Viewer, values: Mapping[str, Any], record: Any) -> Sequence[Option]:
    found: list[Option] = []
    if field.kind is FieldKind.CHOICE:
        found = [(value, said(label)) for value, label in field.choices]
    elif field.kind is FieldKind.EQUIPMENT_TYPE:
        found = [(t.id, said(t.name)) for t in equipment_types.TYPES.values()]
    elif field.kind is FieldKind.MATERIAL:
        found = [(key, said(name)) for key, name in references.materials()]
    elif field.kind is FieldKind.PARK:
        found = _few(references.References(viewer).parks())
    elif field.kind is FieldKind.FACILITY:
        owner = _id(values.get("organisation")) or getattr(record, "organisation_id", None)
        seen = references.References(viewer).facilities()
        found = _few(seen.filter(organisation=owner).order_by("name", "pk")) if owner else []
    elif field.kind is FieldKind.ORGANISATION:
        kinds = [str(Kind.GROUP)] if field.key == "parent" else [str(k) for k in ENTERPRISES]
        found = _few(visible_organisations(viewer).filter(kind__in=kinds).order_by("name", "pk"))
    return found


def _few(rows: Any) -> list[Option]:
    """Rows as options; none where they are too many to choose from: then a code is typed."""
    found = [(str(row.pk), str(row)) for row in rows[: MOST_OPTIONS + 1]]
    return found if len(found) <= MOST_OPTIONS else []


def _id(value: Any) -> int | None:
    written = str(value or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def _suggestions(field: Field, viewer: Viewer) -> Sequence[Option]:
    if field.kind is FieldKind.INDUSTRY:
        return [(code, said(name)) for code, name in references.industries()]
    if field.kind is not FieldKind.AREA:
        return ()
    tree, today, root = load_areas(), clock.today(), area_root(viewer)
    if not root:
        return [(a.code, presenting.area_name(a.code)) for a in tree.children("", today)]
    found = [tree.get(root, today), *tree.subordinates(root, today)]
    return [(a.code, presenting.area_name(a.code)) for a in found[: MOST_OPTIONS + 100]]


def _typed(field: Field, value: str, options: Sequence[Option]) -> str:
    """What the input holds; a choice by its words becomes the choice."""
    if field.kind in (FieldKind.CHOICE, FieldKind.EQUIPMENT_TYPE) and value not in dict(options):
        return next((key for key, label in options if label == value), value)
    return value


def _shown(field: Field, value: str, values: Mapping[str, Any]) -> str:
    names = presenting.Names()
    if field.kind in presenting.MODELS:
        names.look_up([(field.kind, value)])
    return presenting.text_of(field, value, names, values)


def attribute_inputs(type_id: str, values: Any, *, disabled: bool = False) -> list[FormField]:
    """The inputs of a type's attributes, each with its unit."""
    kind, given = equipment_types.TYPES.get(type_id), values if isinstance(values, Mapping) else {}
    if kind is None:
        return []
    return [_attribute_input(a, given.get(a.key, ""), disabled) for a in kind.attributes]


def written(value: Any) -> str:
    """An attribute's value as its input holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attribute_input(attribute: equipment_types.Attribute, value: Any, disabled: bool) -> FormField:
    options: list[Option] = [(code, said(label)) for code, label in attribute.codes]
    if attribute.kind is AttributeKind.BOOLEAN:
        options = [("true", said(Text("是", "yes"))), ("false", said(Text("否", "no")))]
    return FormField(
        PREFIX + attribute.key, said(attribute.label), written(value), "choice" if options else "number",
        unit=equipment_types.shown_unit(attribute.unit), options=options, disabled="–" if disabled else "", longest=40,
    )  # fmt: skip
