"""Exact quantities with unit and basis, and their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .bases import AXES, UNSAID, Basis, basis
from .errors import BasisMismatch, DimensionMismatch
from .numerals import exact, parse_number
from .unit_text import unit
from .units import ONE, Unit, dimension_mismatch, multiply

Number = int | Fraction | Decimal

# an axis speaks of these base dimensions; once they cancel out of a product, it has no meaning left
_SPEAKS_OF = {
    "energy": {"coal", "energy"},
    "content": {"mass"},
    "moisture": {"mass"},
    "turnover": {"money", "dollar"},
    "price": {"money", "dollar"},
    "tax": {"money", "dollar"},
}


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact number of a unit on a basis.

    Equality is of meaning: 150 万吨 equals 1 500 kt on the same basis. Order, sum and difference
    need the same dimension and the same basis; products and quotients follow the dimensions.

    Raises
    ------
    InexactNumber
        (a `TypeError`) when the value or a factor is a float.
    DimensionMismatch, BasisMismatch
        Each names both sides.
    """

    value: Fraction
    unit: Unit = ONE
    basis: Basis = UNSAID

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact(self.value))

    @property
    def in_base_units(self) -> Fraction:
        """The value in base units of the dimension (kg, m, J, 元, …)."""
        return self.value * self.unit.factor

    def to(self, target: Unit | str) -> Quantity:
        """The same quantity in another unit of its dimension."""
        wanted = unit(target) if isinstance(target, str) else target
        return Quantity(self.value * self.unit.conversion(wanted), wanted, self.basis)

    def value_in(self, target: Unit | str) -> Fraction:
        """The number of `target` units it is."""
        return self.to(target).value

    def rebase(self, new_basis: Basis) -> Quantity:
        """The same number declared on another basis: an explicit decision, never a conversion."""
        return Quantity(self.value, self.unit, new_basis)

    def points_over(self, other: Quantity) -> Quantity:
        """The difference of two ratios (%, ‰) in percentage points."""
        _require(self, other)
        if not self.unit.dimension.is_number:
            raise dimension_mismatch(self.unit, unit("%"))
        return Quantity((self.in_base_units - other.in_base_units) * 100, unit("百分点"), self.basis)

    def plus_points(self, points: Quantity) -> Quantity:
        """A ratio raised by percentage points, in the unit of the ratio."""
        if not self.unit.dimension.is_number:
            raise dimension_mismatch(self.unit, unit("%"))
        return self + Quantity(points.value_in("百分点"), unit("%"), points.basis)

    def __add__(self, other: Quantity) -> Quantity:
        _require(self, other)
        return Quantity(self.value + other.value * other.unit.conversion(self.unit), self.unit, self.basis)

    def __radd__(self, other: int) -> Quantity:
        """Lets `sum` start from the integer 0; no other number is added."""
        if type(other) is int and other == 0:
            return self
        raise _no_quantity(self, other)

    def __sub__(self, other: Quantity) -> Quantity:
        _require(self, other)
        return self + -other

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.unit, self.basis)

    def __pos__(self) -> Quantity:
        return self

    def __abs__(self) -> Quantity:
        return Quantity(abs(self.value), self.unit, self.basis)

    def __mul__(self, other: Quantity | Number) -> Quantity:
        if isinstance(other, Quantity):
            number, made = multiply(self.unit, other.unit)
            return Quantity(self.value * other.value * number, made, _joined(self, other, made))
        return Quantity(self.value * exact(other), self.unit, self.basis)

    def __rmul__(self, other: Number) -> Quantity:
        return self * other

    def __truediv__(self, other: Quantity | Number) -> Quantity:
        if not isinstance(other, Quantity):
            return Quantity(self.value / exact(other), self.unit, self.basis)
        if self.unit.dimension == other.unit.dimension:
            _require(self, other)
            return Quantity(self.in_base_units / other.in_base_units)
        number, made = multiply(self.unit, other.unit, -1)
        return Quantity(self.value / other.value * number, made, _joined(self, other, made))

    def __rtruediv__(self, other: Number) -> Quantity:
        return Quantity(exact(other)) / self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.in_base_units, self.unit.dimension, self.basis

    def __lt__(self, other: Quantity) -> bool:
        return _difference(self, other) < 0

    def __le__(self, other: Quantity) -> bool:
        return _difference(self, other) <= 0

    def __gt__(self, other: Quantity) -> bool:
        return _difference(self, other) > 0

    def __ge__(self, other: Quantity) -> bool:
        return _difference(self, other) >= 0

    def __repr__(self) -> str:
        more = f", {self.basis.words!r}" if self.basis.words else ""
        return f"quantity({str(self.value)!r}, {self.unit.symbol!r}{more})"


def _difference(left: Quantity, right: Quantity) -> Fraction:
    _require(left, right)
    return left.in_base_units - right.in_base_units


def _no_quantity(left: Quantity, right: object) -> DimensionMismatch:
    return DimensionMismatch(
        f"{left!r} 与没有单位的 {right!r} 不能相加减或比较",
        f"{left!r} and {right!r}, which has no unit, cannot be added or compared",
        "请给两边都写上单位，或用 value_in(单位) 取数",
        "Give both a unit, or take the number with value_in(unit)",
    )


def _require(left: Quantity, right: object) -> None:
    """A quantity of the same dimension and basis, or an error that names both."""
    if not isinstance(right, Quantity):
        raise _no_quantity(left, right)
    if left.unit.dimension != right.unit.dimension:
        raise dimension_mismatch(left.unit, right.unit)
    if left.basis != right.basis:
        raise basis_mismatch(left.basis, right.basis)


def basis_mismatch(left: Basis, right: Basis) -> BasisMismatch:
    """The error for two bases that are not the same."""
    return BasisMismatch(
        f"口径不同：“{left.zh or '未注明'}”与“{right.zh or '未注明'}”",
        f"Different bases: {left.words or 'unsaid'!r} and {right.words or 'unsaid'!r}",
        "请先换算到同一口径；若只是未注明，用 rebase 明确声明",
        "Convert to one basis first; if it was merely unsaid, declare it with rebase",
    )


def _joined(left: Quantity, right: Quantity, made: Unit) -> Basis:
    """The basis of a product: what either side says, while the result still has that dimension."""
    said: dict[str, str] = {}
    for axis in AXES:
        words = {getattr(q.basis, axis) for q in (left, right)} - {""}
        if len(words) > 1:
            raise basis_mismatch(left.basis, right.basis)
        if words and not _cancelled(axis, left, right, made):
            said[axis] = words.pop()
    return Basis(**said)


def _cancelled(axis: str, left: Quantity, right: Quantity, made: Unit) -> bool:
    about = _SPEAKS_OF.get(axis, set())
    spoken = [q for q in (left, right) if getattr(q.basis, axis)]
    return any(q.unit.dimension.bases & about for q in spoken) and not made.dimension.bases & about


def quantity(value: Number | str, unit_text: Unit | str, basis_text: Basis | str = "") -> Quantity:
    """A quantity from a number (or its text), a unit and a basis.

    Raises
    ------
    InexactNumber, UnreadableQuantity, UnknownUnit, UnknownBasis
        For a float, an unreadable number, an unknown unit, an unknown basis.
    """
    number = parse_number(value) if isinstance(value, str) else exact(value)
    made = unit(unit_text) if isinstance(unit_text, str) else unit_text
    return Quantity(number, made, basis(basis_text) if isinstance(basis_text, str) else basis_text)
