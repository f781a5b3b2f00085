"""Schemas of the data interface for each register, made from its fields: titles in English, never translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from oreflow.console.api_ground import StrictSchema, TextOut

from . import spec
from .registry import REGISTERS
from .spec import FieldKind, Register

OF_THE_RECORD = ("id", "version", "valid_from", "valid_to", "simulated", "created_at", "updated_at")
OF_THE_REQUEST = ("version", "reason", "q", "as_of", "sort", "limit", "cursor")
KEYS = {FieldKind.ORGANISATION, FieldKind.PARK, FieldKind.FACILITY}
LARGEST_ID = 2**63 - 1
MOST_ROWS = 500
NAMES = {
    "organisations": "Authority",  # an organisation of any kind is the people's word
    "targets": "PlanTarget", "clauses": "PlanClause", "tasks": "PlanTask", "projects": "PlanProject",
}  # fmt: skip
NO_NAMESPACES = ConfigDict(protected_namespaces=())

Verdict = Literal["add", "change", "same", "error"]
RecordId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Reason = Annotated[str, Field(max_length=500, description="why; stands in the history")]
NeededReason = Annotated[str, Field(min_length=1, max_length=500, description="why; stands in the history")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="the version that was read")]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="rows of a page")]
Cursor = Annotated[str, Field(max_length=2_000, description="`next` of the page before; empty for the first page")]


class RefOut(Schema):
    """A record of another register that a field points to."""

    id: int
    name: str


class ChoiceOut(Schema):
    """One of the values that a field may have."""

    value: str
    label: TextOut


class FieldOut(Schema):
    """One field of a register: what it means, who keeps it, who sees it."""

    key: str
    label: TextOut
    kind: str
    unit: str
    help: TextOut
    choices: list[ChoiceOut]
    required: bool
    sortable: bool
    filterable: bool
    searched: bool
    approval: bool = Field(description="a change by the enterprise waits for a decision")
    owner: str
    source: TextOut
    data_class: str
    duties: list[str] = Field(description="bureaus of these duties see it; all where empty")
    decimals: int | None


class RegisterOut(Schema):
    """A register with the fields that the caller sees."""

    key: str
    name: TextOut
    purpose: TextOut
    identity: list[str] = Field(description="fields that name a row in an imported file")
    may_create: bool
    why_not_create: TextOut | None
    fields: list[FieldOut]


class DiffOut(Schema):
    """What a field was and became, as values travel: exact numbers and ids as strings."""

    field: str
    before: Any
    after: Any


class HistoryOut(Schema):
    """One entry of a record's history."""

    at: datetime
    kind: Literal["created", "changed", "deleted"]
    version: int
    by: str
    organisation: str
    door: str
    source: str
    reason: str
    changes: list[DiffOut]


class HistoryPage(Schema):
    """Entries of a history, the newest first."""

    items: list[HistoryOut]
    next: str | None


class AttachmentOut(Schema):
    """A file kept with a record."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    note: str
    added_at: datetime
    added_by: str


class EndIn(StrictSchema):
    """The end of a record's validity."""

    on: date = Field(description="first day on which it no longer holds")
    reason: NeededReason
    version: Version | None = None


class RemoveIn(StrictSchema):
    """Why a file is taken away."""

    reason: NeededReason


class ImportRunOut(Schema):
    """An uploaded file on its way into a register."""

    id: int
    register_key: str
    file_name: str
    state: Literal["reading", "preview", "writing", "done", "failed", "discarded"]
    progress: int
    total: int
    adds: int
    changes: int
    same: int
    errors: int
    message: dict[str, Any]
    created_at: datetime
    written_at: datetime | None


class ImportLineOut(Schema):
    """One row of an upload: what it would add or change, or what is wrong with it."""

    line: int
    verdict: Verdict
    record_id: int | None
    named: dict[str, Any] = Field(description="what the row calls itself")
    values: dict[str, Any]
    before: dict[str, Any]
    problems: list[Any]


class ImportLinePage(Schema):
    """Rows of an upload in the order of the file."""

    items: list[ImportLineOut]
    next: str | None


class ImportRunPage(Schema):
    """Imports, the newest first."""

    items: list[ImportRunOut]
    next: str | None


@dataclass(frozen=True, slots=True)
class Shapes:
    """The schemas of one register."""

    out: type[Schema]
    page: type[Schema]
    given: type[Schema]
    change: type[Schema]
    changed: type[Schema]
    asked: type[Schema]
    exported: type[Schema]


def shapes_of(register: Register) -> Shapes:
    """The schemas of a register, named after one of its records: `EquipmentOut`, `EquipmentIn`, …"""
    one = singular(register.key)
    clash = {f.key for f in register.fields} & {*OF_THE_RECORD, *OF_THE_REQUEST}
    if clash:
        raise ValueError(f"fields of {register.key} bear names of the interface: {', '.join(sorted(clash))}")
    read = {f.key: (_read(f) | None, _said(f, None)) for f in register.fields}
    out = _model(
        f"{one}Out", f"A record of the register {register.key}; fields kept from the caller are absent.",
        {**_record_columns(), **read},
    )  # fmt: skip
    page = _model(
        f"{one}Page", f"Records of the register {register.key}.",
        {"items": (list[out], ...),  # type: ignore[valid-type]
         "next": (str | None, Field(description="cursor of the next page; null at the end"))},
    )  # fmt: skip
    changed = _model(
        f"{one}Changed", "The record as it stands now, and what waits for a decision.",
        {"record": (out, ...),
         "waiting": (dict[str, Any], Field(description="values that wait for a decision, by field")),
         "case": (str | None, Field(description="number of the case that asks for them"))},
    )  # fmt: skip
    new = {f.key: _written(f, new=True) for f in register.fields}
    given = _model(
        f"{one}In", f"A new record of the register {register.key}.", {**new, "reason": (Reason, "")}, StrictSchema
    )
    some = {f.key: _written(f, new=False) for f in register.fields}
    change = _model(
        f"{one}Change", "The fields to be changed; what is not named stays.",
        {**some, "reason": (Reason, ""), "version": (Version | None, None)}, StrictSchema,
    )  # fmt: skip
    exported = _model(f"{one}Exported", "Filters of an export.", _filters(register))
    asked = _model(f"{one}Asked", "Filters of a list.", {
        **_filters(register), "limit": (Limit, 100), "cursor": (Cursor, ""),
    })  # fmt: skip
    return Shapes(out, page, given, change, changed, asked, exported)


def singular(key: str) -> str:
    """facilities → Facility, equipment → Equipment."""
    if key in NAMES:
        return NAMES[key]
    word = re.sub(r"ies$", "y", key) if key.endswith("ies") else key.removesuffix("s")
    return "".join(part.capitalize() for part in word.split("-"))


def _model(name: str, doc: str, columns: dict[str, Any], base: type[Schema] = Schema) -> type[Schema]:
    base = type(base.__name__, (base,), {"model_config": NO_NAMESPACES, "__module__": __name__})
    return create_model(name, __base__=base, __doc__=doc, **columns)


def _record_columns() -> dict[str, Any]:
    return {
        "id": (int, ...), "version": (int, Field(description="rises by one with every change")),
        "valid_from": (date | None, ...), "valid_to": (date | None, ...),
        "simulated": (bool, Field(description="made up, for demonstration")),
        "created_at": (datetime, ...), "updated_at": (datetime, ...),
    }  # fmt: skip


def _filters(register: Register) -> dict[str, Any]:
    sortable = [f.key for f in register.fields if f.sortable]
    orders = Literal[tuple(name for key in sortable for name in (key, f"-{key}"))]  # type: ignore[valid-type]
    return {
        "q": (Annotated[str, Field(max_length=120, description="words or pinyin of the searched fields")], ""),
        "as_of": (Annotated[date | None, Field(description="what is valid on this day; today where left out")], None),
        "sort": (Annotated[orders, Field(description="a sortable field, with - before it for descending")],
                 register.default_sort),
        **{f.key: (_filter(f), None) for f in register.fields if f.filterable},
    }  # fmt: skip


def _filter(field: spec.Field) -> Any:
    said = Field(description="only rows with this value; an organisation, park or facility by id")
    if field.kind in KEYS:
        return Annotated[RecordId | None, said]
    if field.kind is FieldKind.CHOICE:
        return Annotated[_literal(field) | None, said]
    if field.kind is FieldKind.AREA:
        return Annotated[
            str | None,
            Field(pattern=r"^[1-9][0-9]{5}$", description="only this county, or all of this city or province"),
        ]
    return Annotated[str | None, Field(max_length=60, description=said.description)]


def _read(field: spec.Field) -> Any:
    if field.kind in KEYS:
        return RefOut
    if field.kind is FieldKind.CHOICE:
        return _literal(field)
    return {
        FieldKind.INTEGER: int, FieldKind.DATE: date, FieldKind.ATTRIBUTES: dict[str, Any],
    }.get(field.kind, str)  # fmt: skip


def _written(field: spec.Field, *, new: bool) -> tuple[Any, Any]:
    kind: Any = {
        FieldKind.INTEGER: Annotated[int, Field(ge=-(2**31), le=2**31 - 1)], FieldKind.DATE: date,
        FieldKind.ATTRIBUTES: dict[str, Any], FieldKind.DECIMAL: Annotated[str, Field(max_length=60)],
    }.get(field.kind, Annotated[str, Field(max_length=10_000)])  # fmt: skip
    if field.kind in KEYS:
        kind = RecordId
    elif field.kind is FieldKind.CHOICE:
        kind = _literal(field)
    if field.required and not (new and _prefilled(field)):
        return (kind, _said(field, ... if new else None)) if new else (kind, _said(field, None))
    return (kind | None, _said(field, None))


def _prefilled(field: spec.Field) -> bool:
    """Whether a new record may leave it out: filled from the caller's organisation, or by the column."""
    return field.kind in (FieldKind.ORGANISATION, FieldKind.AREA) or field.key == "status"


def _literal(field: spec.Field) -> Any:
    return Literal[tuple(value for value, _label in field.choices)]


def _said(field: spec.Field, default: Any) -> Any:
    parts = [field.label.en, f"({field.unit})" if field.unit else "", field.help.en and f"- {field.help.en}"]
    if field.kind is FieldKind.DECIMAL:
        parts.append(f"- exact, at most {field.decimals} decimals")
    extra: dict[str, Any] = {
        "x-kind": field.kind.value, "x-class": field.data_class.value, "x-owner": field.owner.value,
        "x-approval": field.approval, "x-duties": sorted(d.value for d in field.duties),
    }  # fmt: skip
    if field.unit:
        extra["x-unit"] = field.unit
    return Field(default, description=" ".join(p for p in parts if p), json_schema_extra=extra)


SHAPES: dict[str, Shapes] = {key: shapes_of(register) for key, register in REGISTERS.items()}
