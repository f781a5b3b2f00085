"""Partitions: which printed cells make up which printed whole, and what rounding allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from oreflow.core.region import Part, Region

from .cells import Cell, Key, by_key, figure_cells, pick, target_cells
from .numbers import unit_of


@dataclass(frozen=True, slots=True)
class Addition:
    """One whole of one year with its parts; `missing` are parts that nothing is printed for."""

    partition: str
    relation: str
    whole: Cell
    parts: tuple[Cell, ...]
    missing: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)

    @property
    def unit(self) -> str:
        return unit_of(self.whole.quantity)

    @property
    def total(self) -> Fraction:
        """Sum of the printed parts in the unit of the whole; a dash counts nothing."""
        return sum((p.amount(self.unit) for p in self.parts if p.quantity is not None), Fraction(0))

    @property
    def tolerance(self) -> Fraction:
        """How far sum and whole may lie apart by rounding alone, in the unit of the whole.

        Actual values are rounded for print. Targets are set, not rounded: only a whole that is printed
        coarser than its parts may stand for a rounded sum.
        """
        if not self.whole.is_target:
            return sum((c.half(self.unit) for c in self.cells), Fraction(0))
        half = self.whole.half(self.unit)
        coarser = self.whole.is_exact and any(p.half(self.unit) < half for p in self.parts)
        return half if coarser else Fraction(0)

    @property
    def code(self) -> str:
        return f"{self.partition}.{self.whole.id}"


def additions(region: Region, relation: str) -> Iterator[Addition]:
    """Every partition of the relation with a printed whole and at least one printed part."""
    groups: dict[tuple[str, str, str], list[Part]] = {}
    for part in sorted(region.parts, key=lambda p: (p.partition, p.part_area, p.part_indicator)):
        if part.relation == relation:
            groups.setdefault((part.partition, part.whole_area, part.whole_indicator), []).append(part)
    for cells in (by_key(figure_cells(region)), by_key(target_cells(region))):
        for (partition, area, indicator), parts in groups.items():
            for key in sorted(cells):
                if key[:2] == (area, indicator):
                    yield from _addition(partition, relation, parts, key, cells)


def _addition(
    partition: str, relation: str, parts: list[Part], key: Key, cells: Mapping[Key, tuple[Cell, ...]]
) -> Iterator[Addition]:
    for whole in cells[key]:
        if whole.quantity is None:
            continue
        keys = [(p.part_area, p.part_indicator, key[2]) for p in parts]
        found = {k: pick(cells, k, whole.source.document) for k in keys}
        present = tuple(c for c in found.values() if c is not None and c.quantity is not None)
        present = tuple(sorted(present, key=_place))
        inside = {k[0] for k in keys}
        dashes = tuple(c for c in found.values() if c is not None and c.quantity is None and c.included_in in inside)
        known = {c.key for c in (*present, *dashes)}
        if present:
            yield Addition(partition, relation, whole, (*present, *dashes), tuple(k for k in keys if k not in known))


def _place(cell: Cell) -> tuple[str, int, str]:
    """Cells in the order in which their document prints them."""
    return cell.source.document, cell.source.first_line or 0, cell.id
