"""What printing does to numbers: last places, half units, ranges that rounding leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.quantity import Basis, Quantity, unit


@dataclass(frozen=True, slots=True)
class Range:
    """What a value may be, given what is printed: `low` ≤ value ≤ `high`."""

    low: Fraction
    high: Fraction

    def meets(self, other: Range) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


class Agreement(StrEnum):
    """How a printed value agrees with the recomputed one."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    NO = "no"


def around(value: Fraction, half: Fraction) -> Range:
    """The values that print as `value` when half a unit of its last place is `half`."""
    return Range(value - half, value + half)


def agreement(printed: Fraction, computed: Fraction, possible: Range, half: Fraction) -> Agreement:
    """Compare a printed ratio with the recomputed one.

    `possible` is what the ratio may be given the rounding of its printed terms; `half` is half a
    unit of the last printed place of the ratio. Ratios are printed rounded, or cut off or adjusted
    by less than one unit of the last place so that a column closes at 100 %: neither is an error.
    """
    if round_to(computed, half) == printed:
        return Agreement.EXACT if computed == printed else Agreement.ROUNDED
    if around(printed, half).meets(possible):
        return Agreement.ROUNDED
    whole = around(printed, 2 * half)
    if whole.low < possible.high and possible.low < whole.high:
        return Agreement.TRUNCATED
    return Agreement.NO


def round_to(value: Fraction, half: Fraction) -> Fraction:
    """`value` rounded half up to the place whose half unit is `half`; itself where `half` is 0."""
    if half == 0:
        return value
    step = 2 * half
    return (value / step + Fraction(1, 2)).__floor__() * step


def quotient(above: Range, below: Range) -> Range | None:
    """The possible values of a quotient of two ranges; None where the divisor may be 0."""
    if below.low <= 0 <= below.high:
        return None
    corners = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return Range(min(corners), max(corners))


def in_unit(amount: Quantity, symbol: str) -> Fraction:
    """The number of units `symbol` in `amount`; raises `DimensionMismatch` naming both."""
    return amount.value_in(symbol)


def unit_of(amount: Quantity | None) -> str:
    """The unit's symbol in tables; empty for a dash."""
    return "" if amount is None else amount.unit.symbol


def half_unit(amount: Quantity, places: int, symbol: str) -> Fraction:
    """Half a unit of the last printed place, in units `symbol`; 0 for things counted one by one."""
    if is_counted(amount):
        return Fraction(0)
    return Fraction(1, 2 * 10**places) * amount.unit.conversion(unit(symbol))


def is_counted(amount: Quantity) -> bool:
    """Whether the unit counts whole things one by one (户, 个), so that nothing was rounded."""
    return amount.unit.factor == 1 and any(b.startswith("count:") for b in amount.unit.dimension.bases)


def same_basis(left: Quantity | None, right: Quantity | None) -> bool:
    """Whether two values say the same about their basis; unsaid equals only unsaid."""
    return left is None or right is None or left.basis == right.basis


def basis_word(amount: Quantity | None) -> Text:
    """The basis in words; empty where none is said."""
    words = Basis() if amount is None else amount.basis
    return Text(words.zh, words.en)


def yearly(ratio: Fraction, years: int) -> Fraction:
    """The average yearly growth that compounds to `ratio`, to nine decimals (for print only)."""
    return Fraction(round((float(ratio) ** (1 / years) - 1) * 10**9), 10**9)
