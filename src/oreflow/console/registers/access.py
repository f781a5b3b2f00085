"""The one door for reads of the registers: which rows, which fields, and what may be done to them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from oreflow.console.people.access import Viewer, found, reach, sees_duty
from oreflow.console.people.models import AUTHORITIES, Kind, Role
from oreflow.console.records import Record
from oreflow.core.provenance import Text

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
    rows = rows.filter(condition)
    if as_of is not None:
        rows = rows.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=as_of), Q(valid_to__isnull=True) | Q(valid_to__gt=as_of)
        )
    return rows


def with_related(register: Register, rows: QuerySet[Record]) -> QuerySet[Record]:
    """The same rows with what the table shows of other registers, in one query."""
    names = {f.name for f in register.model._meta.get_fields()}
    return rows.select_related(*(name for name in RELATED if name in names))


def find(register: Register, viewer: Viewer, record_id: int) -> Record:
    """One row, or 404: absent and forbidden answer alike."""
    return found(with_related(register, visible_to(register, viewer)), pk=record_id)


def fields_for(register: Register, viewer: Viewer) -> tuple[Field, ...]:
    """The fields that a viewer sees: bureaus and ministries those of their duty."""
    return tuple(f for f in register.fields if sees_duty(viewer, f.duties))


def exportable(register: Register, viewer: Viewer) -> tuple[Field, ...]:
    """The fields that a viewer may take away: no core data, important data by authorities and owners only."""
    return tuple(f for f in fields_for(register, viewer) if f.data_class is not DataClass.CORE)


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


def needs_approval(field: Field, viewer: Viewer) -> bool:
    """Whether a change of this field by this viewer waits for a decision."""
    return field.approval and hat(viewer) is Owner.ENTERPRISE
