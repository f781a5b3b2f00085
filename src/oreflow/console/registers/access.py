"""The one door for reads of the registers: which rows, which fields, and what may be done to them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from oreflow.console.people.access import Breadth, Viewer, found, reach, sees_duty
from oreflow.console.people.models import AUTHORITIES, Kind, Role
from oreflow.console.records import Record
from oreflow.core.provenance import Text

from .models import Attachment
from .registry import REGISTERS
from .spec import DataClass, Field, Owner, Register

RELATED = ("organisation", "park", "facility", "parent")


def register_of(key: str) -> Register:
    """A register by key; unknown ones answer 404."""
    if key not in REGISTERS:
        raise Http404
    return REGISTERS[key]


def visible_to(register: Register, viewer: Viewer, as_of: date | None = None) -> QuerySet[Record]:
    """The rows of a register that a viewer may see; with `as_of`, those valid on that day."""
    rows = register.model._default_manager.filter(**register.kept)
    condition = reach(viewer, owner=register.owner, park=register.park, place=register.place)
    if condition is None:
        return rows.none()
    rows = (
        rows.filter(pk__in=register.model._default_manager.filter(condition).values("pk"))
        if (_several_owners(register))
        else rows.filter(condition)
    )
    if as_of is not None:
        rows = rows.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=as_of), Q(valid_to__isnull=True) | Q(valid_to__gt=as_of)
        )
    return rows


def _several_owners(register: Register) -> bool:
    """Whether the owners of a row are many, so that a join would repeat it."""
    return register.owner != "pk" and bool(register.model._meta.get_field(register.owner).one_to_many)


def with_related(register: Register, rows: QuerySet[Record]) -> QuerySet[Record]:
    """The same rows with what the table shows of other registers, in one query."""
    names = {f.name for f in register.model._meta.concrete_fields}
    return rows.select_related(*(name for name in RELATED if name in names))


def find(register: Register, viewer: Viewer, record_id: int) -> Record:
    """One row, or 404: absent and forbidden answer alike."""
    return found(with_related(register, visible_to(register, viewer)), pk=record_id)


def fields_for(register: Register, viewer: Viewer) -> tuple[Field, ...]:
    """The fields that a viewer sees: bureaus and ministries those of their duty."""
    return tuple(f for f in register.fields if sees_duty(viewer, f.duties))


def exportable(register: Register, viewer: Viewer) -> tuple[Field, ...]:
    """The fields that a viewer may take away: no core data, important data by authorities and owners only."""
    kept = {DataClass.CORE, DataClass.IMPORTANT} if viewer.breadth is Breadth.GROUP else {DataClass.CORE}
    return tuple(f for f in fields_for(register, viewer) if f.data_class not in kept)


def hat(viewer: Viewer) -> Owner | None:
    """As whose hand a viewer writes; None where it may not write at all."""
    if viewer.is_system:
        return Owner.SYSTEM
    if viewer.organisation is None or not viewer.has(Role.CLERK, Role.DECIDER):
        return None
    kind = viewer.organisation.kind
    if kind == Kind.PARK_COMMITTEE:
        return Owner.PARK
    return Owner.BUREAU if kind in AUTHORITIES else Owner.ENTERPRISE


def why_not_create(register: Register, viewer: Viewer) -> Text | None:
    """Why a viewer may not add a row; None where it may."""
    writes = hat(viewer)
    if writes is Owner.SYSTEM or writes in register.creators:
        return None
    if writes is None:
        return Text("新增须有经办权限。请联系本单位管理员。", "Adding needs the role of clerk. Ask your administrator.")
    return Text(
        f"{register.name.zh}由主管部门或园区登记。", f"{register.name.en} are entered by the authorities or the park."
    )


def why_not_change(register: Register, viewer: Viewer, field: Field) -> Text | None:
    """Why a viewer may not change a field; None where it may (perhaps waiting for approval)."""
    del register
    writes = hat(viewer)
    if writes is Owner.SYSTEM or writes is field.owner:
        return None
    if writes is None:
        return Text(
            "修改须有经办权限。请联系本单位管理员。", "Changing needs the role of clerk. Ask your administrator."
        )
    if field.owner is Owner.ENTERPRISE and writes in (Owner.PARK, Owner.BUREAU):
        return None
    owners = {
        Owner.ENTERPRISE: Text("企业", "the enterprise"),
        Owner.PARK: Text("园区", "the park"),
        Owner.BUREAU: Text("主管部门", "the authorities"),
        Owner.SYSTEM: Text("系统管理员", "the installation's administrator"),
    }
    if field.owner is Owner.PARK and writes is Owner.BUREAU:
        return None
    return Text(
        f"“{field.label.zh}”由{owners[field.owner].zh}维护。",
        f"“{field.label.en}” is kept by {owners[field.owner].en}.",
    )


def why_not_end(register: Register, viewer: Viewer, record: Record) -> Text | None:
    """Why a viewer may not end a record; None where it may."""
    if record.valid_to is not None:
        return Text(f"该记录已于 {record.valid_to} 终止。", f"The record has already ended, on {record.valid_to}.")
    writes = hat(viewer)
    if writes is Owner.SYSTEM or writes in register.creators:
        return None
    if writes is None:
        return Text("终止须有经办权限。请联系本单位管理员。", "Ending needs the role of clerk. Ask your administrator.")
    return Text(
        f"{register.name.zh}由主管部门或园区终止。", f"{register.name.en} are ended by the authorities or the park."
    )


def why_not_attach(register: Register, viewer: Viewer) -> Text | None:
    """Why a viewer may not add or remove a record's files; None where it may."""
    if hat(viewer) is None:
        return Text(
            "附件须由经办人员添加或移除。请联系本单位管理员。", "Files need the role of clerk. Ask your administrator."
        )
    if any(why_not_change(register, viewer, f) is None for f in fields_for(register, viewer)):
        return None
    return Text(
        f"{register.name.zh}的附件由维护该登记的单位添加或移除。",
        f"Files of {register.name.en} are added and removed by those who keep the register.",
    )


def attachments_of(register: Register, record: Record) -> QuerySet[Attachment]:
    """The files of a record that was found for the viewer, removed ones last."""
    rows = Attachment.objects.filter(register=register.key, record_id=record.pk)
    return rows.select_related("added_by", "removed_by").order_by(F("removed_at").asc(nulls_first=True), "-pk")


def attachment(register: Register, viewer: Viewer, record_id: int, attachment_id: int) -> Attachment:
    """One file that stands with a record, or 404."""
    record = find(register, viewer, record_id)
    return found(
        Attachment.objects.filter(register=register.key, record_id=record.pk, removed_at=None), pk=attachment_id
    )


def needs_approval(field: Field, viewer: Viewer) -> bool:
    """Whether a change of this field by this viewer waits for a decision."""
    return field.approval and hat(viewer) is Owner.ENTERPRISE
