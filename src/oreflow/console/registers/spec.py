"""A register as data: its fields say how they are shown, filtered, edited, imported, exported and who sees them.

Pages, forms, the template workbook, import, export, the data interface, the register of fields and its
help all come from this one table. Adding a register is a model, a `Register` and a migration; see
`docs/how-to/add-a-register.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from oreflow.console.records import Record
from oreflow.core.provenance import Text


class FieldKind(StrEnum):
    """How a field's value is written and compared."""

    TEXT = "text"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    AREA = "area"  # GB/T 2260
    INDUSTRY = "industry"  # GB/T 4754
    USCC = "uscc"
    MATERIAL = "material"  # id in the reference library
    EQUIPMENT_TYPE = "equipment-type"
    ATTRIBUTES = "attributes"  # by equipment type, each with its unit
    ORGANISATION = "organisation"  # by unified social credit code in files
    PARK = "park"  # by code in files
    FACILITY = "facility"  # by number within the organisation in files


class DataClass(StrEnum):
    """Class of data; exports follow it. Classified information (涉密) may not be entered at all."""

    GENERAL = "general"  # 一般
    IMPORTANT = "important"  # 重要: exported by authorities and the owner only, each export on record
    CORE = "core"  # 核心: never exported


class Owner(StrEnum):
    """Who answers for a field's value and may change it."""

    ENTERPRISE = "enterprise"
    PARK = "park"
    BUREAU = "bureau"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register.

    `approval` says that a change by the owner waits for a decision by the authorities. `duties` keep a
    field for bureaus and ministries of these duties (empty: all); owners and parks see it.
    """

    key: str
    label: Text
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    help: Text = field(default_factory=lambda: Text("", ""))
    choices: tuple[tuple[str, Any], ...] = ()
    required: bool = False
    listed: bool = True
    sortable: bool = False
    filterable: bool = False
    searched: bool = False
    approval: bool = False
    owner: Owner = Owner.ENTERPRISE
    source: Text = field(default_factory=lambda: Text("单位自报", "stated by the organisation"))
    data_class: DataClass = DataClass.GENERAL
    duties: frozenset[Any] = frozenset()
    decimals: int = 4
    minimum: Decimal | None = Decimal(0)

    @property
    def numeric(self) -> bool:
        """Whether it is right-aligned and compared as a number."""
        return self.kind in (FieldKind.INTEGER, FieldKind.DECIMAL)


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its model, its fields in order, and what identifies a row in a file.

    Parameters
    ----------
    key
        Part of every address, `/registers/<key>/` and `/api/registers/<key>`.
    identity
        Fields that name a row in an imported file: a row with a known identity is a change.
    default_sort
        A sortable field, with `-` before it for descending.
    owner, park, place
        Names of the columns that decide who sees a row, as `people.access.reach` takes them.
    kept
        Values that every row of this register has, such as the kinds of organisations that are enterprises.
    checks
        Rules over several fields: values in, problems out by field.
    """

    key: str
    model: type[Record]
    name: Text
    purpose: Text
    icon: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    default_sort: str
    title: str = "name"
    owner: str = "organisation"
    park: str = "park"
    place: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict)
    creators: tuple[Owner, ...] = (Owner.ENTERPRISE, Owner.PARK, Owner.BUREAU)
    checks: tuple[Callable[[Mapping[str, Any]], Mapping[str, Text]], ...] = ()

    def get(self, key: str) -> Field:
        """A field by key.

        Raises
        ------
        KeyError
            Where there is none; the message lists what there is.
        """
        for item in self.fields:
            if item.key == key:
                return item
        raise KeyError(f"{self.key} has no field {key}; there are: {', '.join(f.key for f in self.fields)}")
