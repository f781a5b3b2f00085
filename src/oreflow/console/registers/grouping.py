"""A record's fields in groups, as pages and forms show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .spec import Field, FieldKind, Register

WHAT, WHERE, HOW_MUCH, WHEN = (
    gettext_noop("What it is"),
    gettext_noop("Owner and place"),
    gettext_noop("Figures"),
    gettext_noop("Life"),
)
_PLACES = (FieldKind.ORGANISATION, FieldKind.PARK, FieldKind.FACILITY, FieldKind.AREA)
_CONTACT = ("address", "representative", "phone")


def group_of(field: Field) -> str:
    """The group that a field stands in."""
    if field.kind in _PLACES or field.key in _CONTACT:
        return WHERE
    if field.numeric or field.kind is FieldKind.ATTRIBUTES:
        return HOW_MUCH
    return WHEN if field.kind is FieldKind.DATE or field.key == "status" else WHAT


def grouped(register: Register, fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """Groups in reading order with their fields in the register's order; empty ones are left out."""
    order = {f.key: at for at, f in enumerate(register.fields)}
    parts: dict[str, list[Field]] = {name: [] for name in (WHAT, HOW_MUCH, WHERE, WHEN)}
    for field in sorted(fields, key=lambda f: order[f.key]):
        parts[group_of(field)].append(field)
    return [(_(name), part) for name, part in parts.items() if part]
