"""Element closure of one process: what enters, what leaves, and what the recoveries should be.

Method: the element balance of a metallurgical account (AMIRA International 2007, P754 Metal Accounting
Code, release 3; Wills & Finch 2016, Wills' Mineral Processing Technology, 8th ed., ch. 3; recovery =
product mass × grade / Σ feed mass × grade), taken per unit of the reference product, with the ends of
all amounts and contents carried along (interval arithmetic, exact fractions). Masses are t.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .convert import REO_OXIDES, reo_factor
from .formula import mass_fractions
from .model import Burden, Coefficient, Flow, Material, Process, Recovery

TOLERANCE = Fraction(1, 200)
"""Relative play of a balance: contents and amounts are typed to three to five digits."""

AIR = frozenset({"O", "N"})
"""Elements that a process may draw from the air without a listed flow."""

AIR_WORD, WATER_WORD, GROUND_WORD = "air", "water", "ground"
"""Sources outside the list of flows, as they stand among the unknown inputs of a balance."""

_MINED = "ore"

ASSAY_REO = "REO"

_WATER = mass_fractions("H2O")
_DIOXIDE = mass_fractions("CO2")
_MASSLESS = "kWh"


class Closure(StrEnum):
    """How an element closes over a process."""

    CONSERVED = "conserved"  # inputs and outputs meet within their ranges
    LOST = "lost"  # outputs short at every end: an outlet that is not listed
    DOUBTFUL = "doubtful"  # created at the stated values, possible inside the ranges
    IMPOSSIBLE = "impossible"  # created even at the favourable ends of all that is known
    UNKNOWN = "unknown"  # a content that decides is not known: unknown is not zero


@dataclass(frozen=True, slots=True)
class Span:
    """A value with both ends; exact."""

    value: Fraction = Fraction(0)
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)

    @classmethod
    def of(cls, c: Coefficient) -> Span:
        return cls(Fraction(c.value), Fraction(c.low), Fraction(c.high))

    def __add__(self, other: Span) -> Span:
        return Span(self.value + other.value, self.low + other.low, self.high + other.high)

    def __mul__(self, other: Span) -> Span:
        return Span(self.value * other.value, self.low * other.low, self.high * other.high)


ONE = Span(Fraction(1), Fraction(1), Fraction(1))


@dataclass(frozen=True, slots=True)
class ElementBalance:
    """One element over one process, in t of element per unit of the reference product.

    `entering` and `leaving` hold the known part; `unknown_in` and `unknown_out` name the materials
    (or `air`, `water`, `ground`) whose content of the element is not known.
    """

    process: str
    element: str
    kind: Closure
    entering: Span
    leaving: Span
    unknown_in: tuple[str, ...]
    unknown_out: tuple[str, ...]

    @property
    def gap(self) -> Fraction:
        """Entering minus leaving at the stated values; negative where the element is created."""
        return self.entering.value - self.leaving.value


@dataclass(frozen=True, slots=True)
class RecoveryCheck:
    """A stated recovery beside the one that the grades give; `recomputed` is None if they cannot.

    `kind` is conserved (within the stated range), doubtful (outside it), impossible or unknown;
    `partial` names inputs of unknown content, which were counted as nothing.
    """

    process: str
    recovery: Recovery
    kind: Closure
    recomputed: Span | None
    partial: tuple[str, ...]


def content(material: Material, element: str) -> Span | None:
    """Mass fraction of an element (or the assay item REO); None where it is not known.

    REO that is not assayed follows from the listed rare earths, which then count as all of them.
    """
    if element in material.contents:
        return Span.of(material.contents[element])
    rare_earths = sorted(REO_OXIDES.keys() & material.contents.keys())
    if element != ASSAY_REO or not rare_earths:
        return Span() if material.complete else None
    found = Span()
    for rare_earth in rare_earths:
        factor = reo_factor(rare_earth)
        found += Span.of(material.contents[rare_earth]) * Span(factor, factor, factor)
    return found


def mass(material: Material, amount: Span) -> Span | None:
    """Mass in t of an amount in the material's unit; None if its density is not known."""
    if material.unit == "t":
        return amount
    if material.density is None:
        return Span() if material.unit == _MASSLESS else None
    density = Fraction(material.density)
    return amount * Span(density, density, density)


def _element_mass(material: Material, amount: Span, element: str) -> Span | None:
    if material.unit == _MASSLESS:
        return Span()
    share, tonnes = content(material, element), mass(material, amount)
    if share is not None and share.high == 0:
        return Span()
    return None if share is None or tonnes is None else share * tonnes


def _sum(flows: Iterable[tuple[str, Span]], materials: Mapping[str, Material], element: str) -> tuple[Span, list[str]]:
    """Known mass of an element in some amounts, and the materials whose content is unknown."""
    total, unknown = Span(), []
    for material, amount in flows:
        found = _element_mass(materials[material], amount, element)
        if found is None:
            unknown.append(material)
        else:
            total += found
    return total, unknown


def _amounts(flows: Iterable[Flow]) -> list[tuple[str, Span]]:
    return [(f.material, Span.of(f.amount)) for f in flows]


def outputs(process: Process) -> list[tuple[str, Span]]:
    """Product (1 unit), by-products and wastes of a process with their amounts."""
    return [(process.product, ONE), *_amounts(process.by_products), *_amounts(process.wastes)]


def elements_of(process: Process, materials: Mapping[str, Material]) -> tuple[str, ...]:
    """All elements (and REO) that any flow of the process is known to hold, sorted."""
    names = {process.product, *(f.material for f in process.flows)}
    return tuple(sorted({e for name in names for e in materials[name].contents}))


def balance(process: Process, materials: Mapping[str, Material], element: str) -> ElementBalance:
    """Close one element over one process and class the result (see `Closure`).

    Fresh water of the water burden counts as an input of H and O; air may add oxygen and nitrogen to
    anything, the ground everything to a mined ore. A content that is not known is at most what the
    known contents of its material leave. Two outlets are known without a flow: carbon leaves with the
    direct carbon dioxide of the burdens, and water that comes in as such leaves as vapour or effluent.
    Anything else that is no flow shows up as a loss.
    """
    entering, unknown_in = _sum(_amounts(process.inputs), materials, element)
    leaving, unknown_out = _sum(outputs(process), materials, element)
    outside = _outside(process, materials, element)
    if element in _WATER and WATER_WORD not in outside:
        share = _WATER[element]
        entering += Span.of(process.burdens[Burden.WATER]) * Span(share, share, share)
    most = None if outside else _most(process, materials, unknown_in)
    out = _outlets(process, materials, element)
    kind = _closure(entering, leaving, most, bool(unknown_in or outside), bool(unknown_out), out)
    return ElementBalance(process.id, element, kind, entering, leaving, (*unknown_in, *outside), tuple(unknown_out))


def _outside(process: Process, materials: Mapping[str, Material], element: str) -> tuple[str, ...]:
    """Sources of an element that are no listed flow and have no bound."""
    found = []
    if element in AIR:
        found.append(AIR_WORD)
    if element in _WATER and Burden.WATER not in process.burdens:
        found.append(WATER_WORD)
    if materials[process.product].category == _MINED:
        found.append(GROUND_WORD)
    return tuple(found)


def _outlets(process: Process, materials: Mapping[str, Material], element: str) -> Fraction:
    """The most (t) that leaves with direct CO2, as vapour or as effluent, none of which is a flow."""
    most = Fraction(0)
    if element in _DIOXIDE and Burden.CO2 in process.burdens:
        most += Span.of(process.burdens[Burden.CO2]).high * _DIOXIDE[element]
    if element in _WATER:
        if Burden.WATER in process.burdens:
            most += Span.of(process.burdens[Burden.WATER]).high * _WATER[element]
        for flow in process.inputs:
            material = materials[flow.material]
            tonnes = mass(material, Span.of(flow.amount)) if material.formula == "H2O" else None
            most += tonnes.high * _WATER[element] if tonnes is not None else 0
    return most


def _most(process: Process, materials: Mapping[str, Material], unknown: list[str]) -> Fraction | None:
    """The most that inputs of unknown content can bring (t); None if a mass is not known."""
    total = Fraction(0)
    for flow in process.inputs:
        if flow.material not in unknown:
            continue
        material = materials[flow.material]
        tonnes = mass(material, Span.of(flow.amount))
        if tonnes is None:
            return None
        known = sum((Fraction(c.low) for e, c in material.contents.items() if e != ASSAY_REO), Fraction(0))
        total += tonnes.high * max(1 - known, Fraction(0))
    return total


def _closure(
    entering: Span, leaving: Span, most: Fraction | None, open_in: bool, open_out: bool, outlets: Fraction
) -> Closure:
    room = 1 + TOLERANCE
    if most is not None and leaving.low > (entering.high + most) * room:
        return Closure.IMPOSSIBLE
    if open_in:
        return Closure.UNKNOWN
    if leaving.value > entering.value * room:
        return Closure.DOUBTFUL
    if open_out:
        return Closure.UNKNOWN
    return Closure.LOST if (leaving.high + outlets) * room < entering.low else Closure.CONSERVED


def check_process(process: Process, materials: Mapping[str, Material]) -> list[ElementBalance]:
    """Close every element over one process; `materials` must hold all its materials (by id)."""
    return [balance(process, materials, element) for element in elements_of(process, materials)]


def check_recovery(process: Process, materials: Mapping[str, Material]) -> list[RecoveryCheck]:
    """Recompute every recovery of a process from grades and amounts (stage basis).

    A recovery is impossible if it is stated outside 0 … 1, or if all inputs are known and the grades
    cannot give it even at the ends of their ranges.
    """
    return [_recovery(process, materials, r) for r in process.recoveries]


def _recovery(process: Process, materials: Mapping[str, Material], recovery: Recovery) -> RecoveryCheck:
    stated = Span.of(recovery.value)
    into = [(m, a) for m, a in outputs(process) if m == recovery.into]
    reached, unknown_out = _sum(into, materials, recovery.element)
    fed, unknown_in = _sum(_amounts(process.inputs), materials, recovery.element)
    if not 0 <= stated.low <= stated.value <= stated.high <= 1 or not into:
        return RecoveryCheck(process.id, recovery, Closure.IMPOSSIBLE, None, tuple(unknown_in))
    if unknown_out or fed.low <= 0:
        return RecoveryCheck(process.id, recovery, Closure.UNKNOWN, None, tuple(unknown_in))
    found = Span(reached.value / fed.value, reached.low / fed.high, reached.high / fed.low)
    kind = Closure.CONSERVED
    if found.value > stated.high + TOLERANCE or found.value < stated.low - TOLERANCE:
        kind = Closure.DOUBTFUL
        apart = found.low > stated.high + TOLERANCE or found.high < stated.low - TOLERANCE
        if apart and not unknown_in:
            kind = Closure.IMPOSSIBLE
    return RecoveryCheck(process.id, recovery, kind, found, tuple(unknown_in))
