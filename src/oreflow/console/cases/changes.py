"""What a case asks for: field by field from what to what, its editing, its words, and its coming true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation, Park
from oreflow.console.records import Record
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.registers import actions, equipment_types, forms, references
from oreflow.console.registers.access import needs_approval
from oreflow.console.registers.models import Facility
from oreflow.console.registers.parsing import label_in, plain, plain_values
from oreflow.console.registers.presenting import number
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.spec import Field, FieldKind, Register
from oreflow.core.provenance import Text

from .models import CaseFile

NOTHING = Text("（空）", "(empty)")
_NAMED: Mapping[FieldKind, type[models.Model]] = {
    FieldKind.ORGANISATION: Organisation,
    FieldKind.PARK: Park,
    FieldKind.FACILITY: Facility,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change as people read it; `now` is what stands where that is no longer what was read."""

    key: str
    label: Text
    unit: str
    before: Text
    after: Text
    now: Text | None = None


def register_of(case: CaseFile) -> Register | None:
    """The register of the case's record."""
    return REGISTERS.get(case.register)


def record_of(case: CaseFile) -> Record | None:
    """The record that a case is about, without regard to who is looking: the case's own door was passed."""
    register = register_of(case)
    if register is None or case.record_id is None:
        return None
    return register.model._default_manager.filter(pk=case.record_id).first()


def wanted(case: CaseFile) -> dict[str, dict[str, Any]]:
    """The changes asked for, by field."""
    return dict(case.payload.get("changes", {}))


def lines(case: CaseFile, *, compare: bool = True) -> list[Line]:
    """The changes in words; with `compare`, beside what the record holds now where that differs."""
    register = register_of(case)
    if register is None:
        return []
    record, asked = record_of(case), wanted(case)
    known = {f.key: f for f in register.fields}
    live = compare and case.closed_at is None and record is not None
    now = plain_values(register, record, [k for k in asked if k in known]) if live else {}
    out = []
    for key, change in asked.items():
        field = known.get(key)
        if field is None:
            continue
        moved = live and now[key] not in (change["from"], change["to"])
        out.append(
            Line(
                key,
                field.label,
                unit_of(field, record),
                said(field, change["from"], record),
                said(field, change["to"], record),
                said(field, now[key], record) if moved else None,
            )
        )
    return out


def unit_of(field: Field, record: Record | None) -> str:
    """The unit of a field; the size of equipment is in that of its type."""
    kind = getattr(record, "type", "")
    return field.unit or (equipment_types.unit_of(kind) if field.key == "size" and kind else "")


def said(field: Field, value: Any, record: Record | None = None) -> Text:
    """A travelling value in both languages."""
    if value in ("", None, {}):
        return NOTHING
    if field.kind is FieldKind.CHOICE:
        label = dict(field.choices).get(value, value)
        return Text(label_in(label, "zh-hans"), label_in(label, "en"))
    if field.kind is FieldKind.EQUIPMENT_TYPE:
        return equipment_types.name_of(str(value))
    if field.kind is FieldKind.MATERIAL:
        return references.material_name(str(value))
    if field.kind is FieldKind.ATTRIBUTES and isinstance(value, Mapping):
        return _attributes(value, getattr(record, "type", ""))
    if field.kind in _NAMED:
        found = _NAMED[field.kind]._default_manager.filter(pk=value).first() if str(value).isdigit() else None
        return Text(str(found or value), getattr(found, "name_en", "") or str(found or value))
    if field.numeric:
        return Text(number(value), number(value))
    return Text(str(value), str(value))


def _attributes(value: Mapping[str, Any], kind: str) -> Text:
    rows = equipment_types.shown(kind, value)
    zh = [
        f"{label.zh} {label_in(v, 'zh') if isinstance(v, Text) else plain(v)} {unit}".strip() for label, v, unit in rows
    ]
    en = [
        f"{label.en} {label_in(v, 'en') if isinstance(v, Text) else plain(v)} {unit}".strip() for label, v, unit in rows
    ]
    return Text("；".join(zh), "; ".join(en))


def editable_fields(case: CaseFile, viewer: Viewer) -> list[Field]:
    """The fields that a case may ask for: those whose change waits for a decision."""
    register = register_of(case)
    return [] if register is None else [f for f in register.fields if needs_approval(f, viewer)]


def standing(field: Field, record: Record | None) -> Any:
    """What a record holds now, as it travels."""
    register = next((r for r in REGISTERS.values() if isinstance(record, r.model) and field in r.fields), None)
    return plain_values(register, record, [field.key])[field.key] if register and record is not None else ""


def edited(case: CaseFile, viewer: Viewer, values: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with new values; what stands now is read again.

    Raises
    ------
    Invalid
        For a field that needs no decision, a value that cannot stand, and where nothing is left to change.
    """
    register, record = register_of(case), record_of(case)
    if register is None or record is None:
        raise Refused(Text("本案没有可修改的记录。", "This case has no record to change."))
    allowed = {f.key for f in editable_fields(case, viewer)}
    strange = {key: _direct(register, key) for key in values if key not in allowed}
    if strange:
        raise Invalid(strange)
    given = {key: change["to"] for key, change in wanted(case).items()} | dict(values)
    cleaned = forms.clean(register, viewer, given, record)
    now = plain_values(register, record, list(cleaned))  # also what follows from what was given
    after = {key: plain(value) for key, value in cleaned.items()}
    changes = {key: {"from": now[key], "to": after[key]} for key in cleaned if now[key] != after[key]}
    if not changes:
        raise Invalid(
            {
                "": Text(
                    "与现值相同，没有要变更的内容。如不再需要，请撤回。",
                    "Nothing differs from what stands. Withdraw the case if it is no longer needed.",
                )
            }
        )
    return {**case.payload, "changes": changes, "version": record.version}


def _direct(register: Register, key: str) -> Text:
    if key not in {f.key for f in register.fields}:
        return Text(f"{register.name.zh}没有字段“{key[:40]}”。", f"{register.name.en} have no field “{key[:40]}”.")
    label = register.get(key).label
    return Text(
        f"“{label.zh}”的变更无须审批，请直接在记录中修改。",
        f"“{label.en}” needs no decision: change it in the record itself.",
    )


def apply(case: CaseFile, viewer: Viewer) -> None:
    """Write what was approved into the record.

    Raises
    ------
    Refused
        Where the record no longer holds what the applicant saw; the text says both values and the way out.
    """
    register, record = register_of(case), record_of(case)
    if register is None or record is None:
        return
    asked = wanted(case)
    now = plain_values(register, record, list(asked))
    for key, change in asked.items():
        if now[key] not in (change["from"], change["to"]):
            raise Refused(_moved(register.get(key), change["from"], now[key], record))
    actions.apply_approved(
        case.register, record.pk, asked, user=viewer.user, organisation=viewer.organisation, case_number=case.number
    )


def _moved(field: Field, before: Any, now: Any, record: Record) -> Text:
    then, today = said(field, before, record), said(field, now, record)
    return Text(
        f"“{field.label.zh}”在申请时为 {then.zh}，现为 {today.zh}，不能按原申请批准。"
        "请不予批准并写明理由，由申请单位按现值重新提出。",
        f"“{field.label.en}” was {then.en} when this was asked for and is {today.en} now, so it cannot be approved"
        " as it stands. Refuse it with that reason; the applicant can ask again from the present value.",
    )
