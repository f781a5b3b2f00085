"""Printed values of a region by place, indicator and year, whether figure or target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from oreflow.core.provenance import Mark, Source
from oreflow.core.quantity import Quantity
from oreflow.core.region import Comparator, Figure, Form, Region, Target

from .numbers import half_unit, in_unit

Key = tuple[str, str, int]

_LEVELS = (Form.LEVEL, Form.FLOOR, Form.CAP)
_EXACT = (Comparator.EQUAL, Comparator.ABOUT)
_LOWER = (Comparator.AT_LEAST, Comparator.MORE)
_UPPER = (Comparator.AT_MOST, Comparator.LESS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed value, or a printed dash (`quantity` is None), with what is needed to compare it."""

    id: str
    area: str
    indicator: str
    year: int
    comparator: Comparator
    quantity: Quantity | None
    places: int
    is_target: bool
    is_share: bool
    included_in: str
    source: Source
    mark: Mark

    @property
    def key(self) -> Key:
        return self.area, self.indicator, self.year

    @property
    def is_exact(self) -> bool:
        """Whether it is a value, not a bound or a dash."""
        return self.quantity is not None and self.comparator in _EXACT

    @property
    def is_lower_bound(self) -> bool:
        return self.quantity is not None and self.comparator in _LOWER

    @property
    def is_upper_bound(self) -> bool:
        return self.quantity is not None and self.comparator in _UPPER

    def amount(self, unit: str) -> Fraction:
        """The printed number in `unit`; raises `ValueError` for a dash."""
        if self.quantity is None:
            raise ValueError(f"{self.id}: no value is printed")
        return in_unit(self.quantity, unit)

    def half(self, unit: str) -> Fraction:
        """Half a unit of the last printed place, in `unit`; 0 for things counted one by one."""
        return Fraction(0) if self.quantity is None else half_unit(self.quantity, self.places, unit)


def cell_of_figure(figure: Figure) -> Cell:
    """The cell of a printed actual value."""
    return Cell(
        id=figure.id,
        area=figure.area,
        indicator=figure.indicator,
        year=figure.year,
        comparator=figure.comparator,
        quantity=figure.value,
        places=figure.places,
        is_target=False,
        is_share=bool(figure.of),
        included_in=figure.included_in,
        source=figure.source,
        mark=figure.mark,
    )


def cell_of_target(target: Target) -> Cell:
    """The cell of a target that states a level, floor or cap."""
    return Cell(
        id=target.id,
        area=target.area,
        indicator=target.indicator,
        year=target.year,
        comparator=target.comparator,
        quantity=target.value,
        places=target.places,
        is_target=True,
        is_share=False,
        included_in="",
        source=target.source,
        mark=Mark.PLAN,
    )


def figure_cells(region: Region) -> tuple[Cell, ...]:
    """All printed actual values, dashes included."""
    return tuple(cell_of_figure(f) for f in region.figures.values())


def target_cells(region: Region) -> tuple[Cell, ...]:
    """All targets that state a level, floor or cap for their year."""
    return tuple(
        cell_of_target(t)
        for t in region.targets.values()
        if t.form in _LEVELS and t.value is not None and t.comparator is not Comparator.BETWEEN
    )


def by_key(cells: Iterable[Cell]) -> Mapping[Key, tuple[Cell, ...]]:
    """Cells by (area, indicator, year); several where documents print the same thing."""
    found: dict[Key, tuple[Cell, ...]] = {}
    for cell in sorted(cells, key=lambda c: c.id):
        found[cell.key] = (*found.get(cell.key, ()), cell)
    return found


def pick(cells: Mapping[Key, tuple[Cell, ...]], key: Key, document: str = "") -> Cell | None:
    """The cell at `key`, preferably from `document`."""
    candidates = cells.get(key, ())
    own = [c for c in candidates if c.source.document == document]
    return next(iter(own or candidates), None)


def areas_around(region: Region, area: str) -> tuple[str, ...]:
    """The areas that contain `area`, from the nearest outward."""
    around: list[str] = []
    while (area := region.areas[area].within if area in region.areas else "") and area not in around:
        around.append(area)
    return tuple(around)


def sources_of(cells: Iterable[Cell]) -> tuple[Source, ...]:
    """The places where cells are printed, each once."""
    return tuple(dict.fromkeys(c.source for c in cells))
