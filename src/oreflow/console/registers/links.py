"""What belongs to a record: an enterprise's facilities, machines, products, licences; a facility's machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.tables import Cell

from .access import visible_to, with_related
from .presenting import said
from .registry import REGISTERS
from .spec import Register
from .tables import Column, Table, cells, columns_for

FEW = 8
# register of the record: the registers linked to it, and the field that points to it
LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "enterprises": (
        ("facilities", "organisation"), ("equipment", "organisation"), ("products", "organisation"),
        ("licences", "organisation"),
    ),
    "organisations": (("facilities", "organisation"), ("licences", "organisation")),
    "facilities": (("equipment", "facility"), ("licences", "facility")),
    "parks": (("enterprises", "park"), ("facilities", "park"), ("equipment", "park")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head without sorting."""

    column: Column
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The first rows of another register that belong to this record, and the address of them all."""

    title: str
    key: str
    icon: str
    register: Table
    headings: list[Head]
    shown: list[list[tuple[Cell, bool]]]
    more: bool
    url: str


def linked(register: Register, viewer: Viewer, record: Any) -> list[Linked]:
    """What belongs to a record, within the viewer's reach; empty parts are left out."""
    parts = [_part(REGISTERS[key], viewer, field, record) for key, field in LINKS.get(register.key, ())]
    return [part for part in parts if part.shown]


def _part(register: Register, viewer: Viewer, field: str, record: Any) -> Linked:
    rows = visible_to(register, viewer, clock.today()).filter(**{field: record.pk})
    found = list(with_related(register, rows).order_by("pk")[: FEW + 1])
    columns = [c for c in columns_for(register, viewer) if c.key not in (field, "organisation", "park", "area_code")][
        :5
    ]
    filtered = any(f.key == field and f.filterable for f in register.fields)
    return Linked(
        title=said(register.name), key=register.key, icon=register.icon, register=Table(register.key),
        headings=[Head(c) for c in columns], shown=cells(register, columns, found[:FEW]), more=len(found) > FEW,
        url=f"{reverse('register', args=(register.key,))}?{field}={record.pk}" if filtered else "",
    )  # fmt: skip
