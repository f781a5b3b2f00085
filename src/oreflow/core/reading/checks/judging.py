"""Printed against recomputed: what rounding, cutting off and closing a column may cause is no error."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """What a value may be, given what is printed."""

    low: Fraction
    high: Fraction

    def meets(self, other: Span) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def around(value: Fraction, half: Fraction) -> Span:
    """The values that print as `value`."""
    return Span(value - half, value + half)


def quotient(above: Span, below: Span) -> Span | None:
    """The possible quotients; None where the divisor may be 0."""
    if below.low <= 0 <= below.high:
        return None
    corners = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return Span(min(corners), max(corners))


def agrees(printed: Fraction, half: Fraction, possible: Span) -> bool:
    """Whether a ratio rounded or cut off to its last printed place may be the recomputed one."""
    whole = around(printed, 2 * half)
    return around(printed, half).meets(possible) or (whole.low < possible.high and possible.low < whole.high)


def powered(span: Span, years: int) -> Span:
    """The yearly factor that compounds to a ratio, as fractions to nine places."""
    low, high = (
        Fraction(round(float(max(v, Fraction(0))) ** (1 / years) * 10**9), 10**9) for v in (span.low, span.high)
    )
    return Span(low, high)
