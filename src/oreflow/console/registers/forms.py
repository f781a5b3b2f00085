"""From what somebody wrote to values of a record: one parser for pages, files and the data interface.

Every problem is collected by field, each with its way out; nothing is guessed or rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from oreflow.console.people.access import Viewer
from oreflow.console.people.models import ENTERPRISES, Kind
from oreflow.console.records import Record
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from . import equipment_types, parsing, references
from .access import fields_for
from .parsing import Unreadable, plain, plain_values, same
from .references import References
from .spec import Field, FieldKind, Owner, Register

Parser = Callable[["Reading", Field, Any], Any]


class Reading:
    """One record being read: what stands, what was given, what came out so far."""

    def __init__(self, register: Register, found: References, record: Record | None) -> None:
        self.register, self.found, self.record = register, found, record
        self.values: dict[str, Any] = {}
        self.problems: dict[str, Text] = {}

    def value(self, key: str) -> Any:
        """What the field will hold: as read, else as it stands."""
        if key in self.values:
            return self.values[key]
        return getattr(self.record, key, None) if self.record is not None else None

    def column(self, field: Field) -> Any:
        """The column behind a field."""
        return self.register.model._meta.get_field(field.key)

    def read(self, field: Field, given: Any) -> None:
        """Read one field; a problem is kept beside the others."""
        try:
            self.values[field.key] = self._read(field, given)
        except Unreadable as error:
            self.problems[field.key] = error.text

    def _read(self, field: Field, given: Any) -> Any:
        if given is None or (isinstance(given, str) and not given.strip()) or given == {}:
            if field.required:
                raise Unreadable(_required(field))
            return _nothing(self.column(field))
        if isinstance(given, (list, tuple, set)) or (isinstance(given, Mapping) != _is_table(field, given)):
            raise Unreadable(Text("须是一个值，不是一组值。", "One value is wanted, not several."))
        return _PARSERS[field.kind](self, field, given)


def clean(
    register: Register,
    viewer: Viewer,
    given: Mapping[str, Any],
    record: Record | None = None,
    *,
    found: References | None = None,
) -> dict[str, Any]:
    """Values for the model from plain ones.

    Parameters
    ----------
    given
        Plain values by field key. For a change only what is named is read; for a new record what is
        missing is taken from the viewer's organisation, else left empty.
    record
        The record to be changed; None for a new one.
    found
        What earlier rows pointed to, for files of many rows.

    Raises
    ------
    Invalid
        With every problem by field.
    """
    reading = Reading(register, found or References(viewer), record)
    fields = {f.key: f for f in fields_for(register, viewer)}
    for key in given:
        if key not in fields:
            reading.problems[str(key)] = _unknown(register, str(key), fields)
    whole = {**_prefilled(register, viewer, given), **given} if record is None else given
    _read_in_order(reading, [f for f in fields.values() if record is None or f.key in given], whole)
    return finished(reading)


def restored(register: Register, given: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Values that were checked before (those of an approved case), without regard to who is acting."""
    reading = Reading(register, References(None), record)
    _read_in_order(reading, [f for f in register.fields if f.key in given], given)
    return finished(reading)


def finished(reading: Reading) -> dict[str, Any]:
    """The values, after the rules over several fields.

    Raises
    ------
    Invalid
        Where there is any problem.
    """
    register, record = reading.register, reading.record
    _facility_moves_along(reading)
    _attributes_follow_the_type(reading)
    if not reading.problems:
        standing = {f.key: getattr(record, f.key) for f in register.fields} if record is not None else {}
        for check in register.checks:
            for key, problem in check({**standing, **reading.values}).items():
                reading.problems.setdefault(key, problem)
    if reading.problems:
        raise Invalid(reading.problems)
    return reading.values


def _facility_moves_along(reading: Reading) -> None:
    """A facility stays one of the record's own organisation."""
    facility, organisation = reading.value("facility"), reading.value("organisation")
    if facility is not None and organisation is not None and facility.organisation_id != organisation.pk:
        reading.problems.setdefault(
            "facility",
            Text(
                "所属设施是另一单位的。请选择本单位的设施。",
                "The facility is another organisation's. Choose one of its own.",
            ),
        )


def _attributes_follow_the_type(reading: Reading) -> None:
    """Another type leaves only those attributes that it knows; where new ones were given, they stand alone."""
    kind = equipment_types.TYPES.get(str(reading.values.get("type") or ""))
    standing = getattr(reading.record, "attributes", None)
    if kind is None or not standing or {"attributes"} & {*reading.values, *reading.problems}:
        return
    kept = equipment_types.known_to(kind, standing)
    if kept != standing:
        reading.values["attributes"] = kept


def prefill(register: Register, viewer: Viewer) -> dict[str, Any]:
    """Plain values that a new record starts with: filled once, taken from the viewer's organisation."""
    return {key: plain(value) for key, value in _prefilled(register, viewer, {}).items()}


def _prefilled(register: Register, viewer: Viewer, given: Mapping[str, Any]) -> dict[str, Any]:
    own, keys = viewer.organisation, {f.key for f in fields_for(register, viewer)}
    values = {f.key: _column_default(register, f) for f in register.fields if f.kind is FieldKind.CHOICE}
    if own is not None and "organisation" in keys and own.kind in {str(k) for k in ENTERPRISES}:
        values |= {"organisation": own, "park": own.park, "area_code": own.area_code}
    if own is not None and own.kind == Kind.PARK_COMMITTEE:
        values |= {"park": own.park, "area_code": own.area_code}
    if own is not None and "organisation" in keys and Owner.ENTERPRISE not in register.creators:
        values |= {"organisation": own, "area_code": own.area_code}
    return {key: value for key, value in values.items() if value and key in keys and key not in given}


def _column_default(register: Register, field: Field) -> Any:
    column = register.model._meta.get_field(field.key)
    return column.get_default() if column.has_default() else None


def _read_in_order(reading: Reading, fields: list[Field], given: Mapping[str, Any]) -> None:
    """Organisation and type first: facility and attributes depend on them."""
    late = (FieldKind.FACILITY, FieldKind.ATTRIBUTES)
    for field in sorted(fields, key=lambda f: f.kind in late):
        reading.read(field, given.get(field.key))


def _required(field: Field) -> Text:
    return Text(f"“{field.label.zh}”必填。", f"“{field.label.en}” is required.")


def _unknown(register: Register, key: str, fields: Mapping[str, Field]) -> Text:
    known = ", ".join(fields)
    return Text(
        f"{register.name.zh}没有字段“{key[:40]}”。可用字段：{known}。",
        f"{register.name.en} have no field “{key[:40]}”. There are: {known}.",
    )


def _nothing(column: Any) -> Any:
    if column.null:
        return None
    return column.get_default() if isinstance(column, models.JSONField) else ""


def _is_table(field: Field, given: Any) -> bool:
    return field.kind is FieldKind.ATTRIBUTES and isinstance(given, Mapping)


def _decimal(reading: Reading, field: Field, given: Any) -> Decimal:
    column = reading.column(field)
    places = min(column.decimal_places, field.decimals)
    return parsing.decimal(given, column.max_digits - column.decimal_places + places, places, field.minimum)


def _attributes(reading: Reading, field: Field, given: Any) -> dict[str, Any]:
    del field
    kind = equipment_types.TYPES.get(str(reading.value("type") or ""))
    if kind is None:
        raise Unreadable(
            Text("须先填设备类型，才能填技术参数。", "Attributes follow from the type: give the equipment type first.")
        )
    return equipment_types.read(kind, parsing.table(given))


_PARSERS: dict[FieldKind, Parser] = {
    FieldKind.TEXT: lambda r, f, v: parsing.text(v, r.column(f).max_length or 10_000),
    FieldKind.CHOICE: lambda _r, f, v: parsing.choice(f, v),
    FieldKind.INTEGER: lambda _r, f, v: parsing.integer(v, f.minimum),
    FieldKind.DECIMAL: _decimal,
    FieldKind.DATE: lambda _r, _f, v: parsing.day(v),
    FieldKind.AREA: lambda _r, _f, v: references.area(v),
    FieldKind.INDUSTRY: lambda _r, _f, v: references.industry(v),
    FieldKind.USCC: lambda _r, _f, v: parsing.credit(v),
    FieldKind.MATERIAL: lambda _r, _f, v: references.material(v),
    FieldKind.EQUIPMENT_TYPE: lambda _r, _f, v: equipment_types.find(v),
    FieldKind.ATTRIBUTES: _attributes,
    FieldKind.ORGANISATION: lambda r, _f, v: r.found.organisation(v),
    FieldKind.PARK: lambda r, _f, v: r.found.park(v),
    FieldKind.FACILITY: lambda r, _f, v: r.found.facility(v, r.value("organisation")),
}

__all__ = ["References", "clean", "plain", "plain_values", "prefill", "restored", "same"]
