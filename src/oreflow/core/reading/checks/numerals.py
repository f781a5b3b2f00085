"""Counts written in words."""

from __future__ import annotations

from oreflow.core.quantity import QuantityError, parse_number


def count_of(word: str) -> int | None:
    """三, 两, 12 as a number."""
    try:
        return int(parse_number("二" if word == "两" else word))
    except QuantityError:
        return None
