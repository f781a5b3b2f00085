"""The register of fields: one field, one owner; where it comes from, who sees it, where it is used."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console.people.models import Duty
from oreflow.console.tables import Cell, Column, Filter, worded
from oreflow.console.tables import Register as Table

from .presenting import CLASSES, OWNERS, said, said_unit
from .registry import REGISTERS
from .spec import DataClass, Field, FieldKind, Owner, Register

KINDS = {
    FieldKind.TEXT: lazy("text"),
    FieldKind.CHOICE: lazy("choice"),
    FieldKind.INTEGER: lazy("whole number"),
    FieldKind.DECIMAL: lazy("number"),
    FieldKind.DATE: lazy("date"),
    FieldKind.AREA: lazy("area code"),
    FieldKind.INDUSTRY: lazy("industry code"),
    FieldKind.USCC: lazy("unified social credit code"),
    FieldKind.MATERIAL: lazy("material"),
    FieldKind.EQUIPMENT_TYPE: lazy("equipment type"),
    FieldKind.ATTRIBUTES: lazy("attributes of the type"),
    FieldKind.ORGANISATION: lazy("organisation"),
    FieldKind.PARK: lazy("park"),
    FieldKind.FACILITY: lazy("facility"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a register."""

    register: Register
    field: Field


def rows() -> list[Row]:
    """Every field of every register."""
    return [Row(register, field) for register in REGISTERS.values() for field in register.fields]


def uses(row: Row) -> list[str]:
    """Where a field is used."""
    field = row.field
    found = [_("form"), _("import")]
    found += [_("export")] if field.data_class is not DataClass.CORE else []
    found += [_("list")] if field.listed else []
    found += [_("filter")] if field.filterable else []
    found += [_("search")] if field.searched else []
    found += [_("change case")] if field.approval else []
    found += [_("yearly confirmation")] if row.register.key == "enterprises" else []
    return found


def seen_by(field: Field) -> str:
    """Who sees a field."""
    if not field.duties:
        return _("everybody within reach")
    duties = _(", ").join(sorted(str(Duty(d).label) for d in field.duties))
    return _("owner, park and authorities of: %(duties)s") % {"duties": duties}


def table() -> Table[Row]:
    """The register of fields as a table."""
    return Table(
        name="fields",
        columns=(
            Column("field", _("Field"), _field_cell, lambda r: said(r.field.label)),
            worded("register", _("Register"), lambda r: said(r.register.name)),
            worded("key", _("Key"), lambda r: r.field.key),
            worded("kind", _("Kind"), lambda r: str(KINDS[r.field.kind])),
            worded("unit", _("Unit"), lambda r: said_unit(r.field.unit)),
            worded("owner", _("Owner"), lambda r: said(OWNERS[r.field.owner])),
            worded("source", _("Source"), lambda r: said(r.field.source)),
            worded("class", _("Data class"), lambda r: said(CLASSES[r.field.data_class])),
            worded("seen", _("Seen by"), lambda r: seen_by(r.field)),
            worded("uses", _("Used in"), lambda r: ", ".join(uses(r))),
        ),
        filters=(
            Filter("register", _("Register"), lambda r: r.register.key, lambda k: said(REGISTERS[k].name)),
            Filter("owner", _("Owner"), lambda r: r.field.owner.value, lambda v: said(OWNERS[Owner(v)])),
            Filter("class", _("Data class"), lambda r: r.field.data_class.value, lambda v: said(CLASSES[DataClass(v)])),
        ),
        text=lambda r: f"{r.field.key} {r.field.label.zh} {r.field.label.en} {r.register.name.zh} {r.register.name.en}",
    )


def _field_cell(row: Row) -> Cell:
    note = _("waits for approval when the organisation changes it") if row.field.approval else ""
    return Cell(said(row.field.label), note=note, hint=said(row.field.help))
