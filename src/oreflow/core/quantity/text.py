"""Printing numbers and quantities in Chinese and English."""

from __future__ import annotations

from fractions import Fraction

from .model import Quantity
from .numerals import exact
from .units import ONE, Unit

_TIGHT = ("%", "‰", "℃")


def format_number(
    value: Fraction | int, places: int | None = None, language: str = "zh", *, grouping: bool = True
) -> str:
    """A number in Arabic digits.

    Without `places` the print is exact: a decimal if it terminates, else a fraction (`2000/3`).
    With `places` it is rounded half to even and padded to that many decimals. Both languages
    separate thousands with a comma, which `grouping=False` leaves out.
    """
    del language  # digits are the same in both; the argument keeps one signature for all prints
    number = exact(value)
    comma = "," if grouping else ""
    if places is None:
        places = _decimals(number.denominator)
        if places is None:
            return f"{number.numerator}/{number.denominator}"
    scaled = round(number * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:{comma}}" + (f".{rest:0{places}}" if places else "")


def _decimals(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator takes, or None if it never ends."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def format_quantity(
    amount: Quantity, language: str = "zh", places: int | None = None, *, with_basis: bool = True
) -> str:
    """A quantity as its readers write it; `parse_quantity` reads it back to an equal quantity.

    Chinese counts in 万 and 亿 (150 万吨/年（折 V2O5，产能）), English in thousands (1,500 kt/a
    (as V2O5, capacity)); the change of scale is exact. `places` rounds in the printed unit. A pure
    ratio is marked 无量纲 / dimensionless.
    """
    chinese = language.lower().startswith("zh")
    shown = amount.to(amount.unit.in_language(language))
    number = format_number(shown.value, places, language)
    notes = [] if amount.unit != ONE else ["无量纲" if chinese else "dimensionless"]
    said = amount.basis.zh if chinese else amount.basis.en
    if with_basis and said:
        notes.append(said)
    body = _with_unit(number, shown.unit, chinese)
    if not notes:
        return body
    return f"{body}（{'，'.join(notes)}）" if chinese else f"{body} ({', '.join(notes)})"


def _with_unit(number: str, printed: Unit, chinese: bool) -> str:
    symbol = printed.zh if chinese else printed.en
    if printed == ONE:
        return number
    if symbol.startswith("1/"):
        return number + symbol[1:]
    return number + ("" if symbol.startswith(_TIGHT[:2]) else " ") + symbol
