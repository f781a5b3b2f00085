"""Elements, materials and processes as frozen values; amounts stay exact decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from oreflow.core.provenance import Mark, Text, weakest

NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A value with its range, both in `unit`; `low` ≤ `value` ≤ `high`.

    A value without a printed range has `low == value == high`: the range is unknown, not zero-wide
    knowledge, and results built on it say so through their mark.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    mark: Mark
    source: str = ""
    note: Text = NO_TEXT


class Role(StrEnum):
    """What a flow is to its process, per unit of the reference product."""

    INPUT = "input"
    BY_PRODUCT = "by-product"
    WASTE = "waste"


@dataclass(frozen=True, slots=True)
class Flow:
    """An input, by-product or waste of a process: `amount` per unit of the reference product."""

    material: str
    role: Role
    amount: Coefficient


class Burden(StrEnum):
    """What a process draws or emits besides materials, per unit of the reference product."""

    ELECTRICITY = "electricity"  # kWh
    ENERGY = "energy"  # kgce, basis in Process.energy_basis
    WATER = "water"  # m3 of fresh water
    CO2 = "co2"  # t, direct


@dataclass(frozen=True, slots=True)
class Recovery:
    """Part of an element of the inputs that reaches `into` (a material id); 0 … 1, stage basis."""

    element: str
    into: str
    value: Coefficient


@dataclass(frozen=True, slots=True)
class Process:
    """One way of making one reference product (`product`, in `product_unit`).

    `feed` is empty for processes that run as far as their product is needed. For a recovery route
    it names the by-product that limits it (waste acid, scrap): such a process runs only as far as
    that feed arises and its product is used.
    """

    id: str
    name: Text
    chain: str
    product: str
    product_unit: str
    feed: str
    flows: tuple[Flow, ...]
    burdens: Mapping[Burden, Coefficient]
    recoveries: tuple[Recovery, ...]
    sources: tuple[str, ...]
    energy_includes_electricity: bool | None
    note: Text

    @property
    def inputs(self) -> tuple[Flow, ...]:
        return tuple(f for f in self.flows if f.role is Role.INPUT)

    @property
    def by_products(self) -> tuple[Flow, ...]:
        return tuple(f for f in self.flows if f.role is Role.BY_PRODUCT)

    @property
    def wastes(self) -> tuple[Flow, ...]:
        return tuple(f for f in self.flows if f.role is Role.WASTE)

    @property
    def mark(self) -> Mark:
        """The weakest mark of all values of the process."""
        return weakest(
            [f.amount.mark for f in self.flows]
            + [c.mark for c in self.burdens.values()]
            + [r.value.mark for r in self.recoveries]
        )


@dataclass(frozen=True, slots=True)
class Material:
    """Something that is counted: `unit` is t, kg, m3, Nm3, kWh or piece.

    `contents` are mass fractions of elements (and of the assay item REO). `complete` says whether
    an element that is not listed is known to be absent; otherwise its content is unknown, not zero.
    `density` is t per unit of volume for materials counted in m3 or Nm3.
    """

    id: str
    name: Text
    category: str
    unit: str
    formula: str
    contents: Mapping[str, Coefficient]
    complete: bool
    density: Decimal | None
    mark: Mark
    hs6: str
    cn8: str
    note: Text


@dataclass(frozen=True, slots=True)
class Group:
    """Materials that a plan names as one product (titania by two routes)."""

    id: str
    name: Text
    members: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of the library: its key and citation."""

    key: str
    citation: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """A conversion or emission factor; `basis` tells e.g. equivalent from equal value energy."""

    id: str
    name: Text
    value: Coefficient
    basis: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Library:
    """Every material, process, group, factor and rare-earth distribution, by id."""

    materials: Mapping[str, Material]
    processes: Mapping[str, Process]
    groups: Mapping[str, Group]
    factors: Mapping[str, Factor] = field(default_factory=dict)
    distributions: Mapping[str, Mapping[str, Coefficient]] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
