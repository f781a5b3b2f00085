"""The columns of a register's list, as the viewer sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from oreflow.console.people.access import Viewer
from oreflow.console.tables import Cell

from .access import fields_for
from .presenting import Names, cell_of, label_of
from .spec import Field, Register


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: what the shared table template asks of one."""

    key: str
    label: str
    numeric: bool
    sortable: bool
    field: Field


@dataclass(frozen=True, slots=True)
class Table:
    """What the shared table template calls a register."""

    name: str


def columns_for(register: Register, viewer: Viewer) -> list[Column]:
    """Listed fields that the viewer sees; what names the row comes first."""
    listed = [f for f in fields_for(register, viewer) if f.listed]
    listed.sort(key=lambda f: f.key != register.title)
    return [Column(f.key, label_of(f), f.numeric, f.sortable, f) for f in listed]


def cells(register: Register, columns: Sequence[Column], rows: Sequence[Any]) -> list[list[tuple[Cell, bool]]]:
    """The rows of a table; the first cell of each opens the record."""
    names = Names().keep(register, rows)
    return [[_cell(register, column, row, names) for column in columns] for row in rows]


def _cell(register: Register, column: Column, row: Any, names: Names) -> tuple[Cell, bool]:
    cell = cell_of(column.field, row, names)
    if column.key == register.title:
        cell = replace(cell, kind="link", href=record_url(register.key, row.pk), panel=True, hint=cell.text)
    return cell, column.numeric


def record_url(key: str, record_id: int) -> str:
    """The page of a record."""
    return reverse("record", args=(key, record_id))
