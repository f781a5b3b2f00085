"""Single values back to the text of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from oreflow.core.materials import Coefficient, Process
from oreflow.core.provenance import Source, Text
from oreflow.core.quantity import Quantity

TableRows = list[dict[str, str]]
"""Rows of one table: the text of each cell by column, empty cells left out."""


def filled_cells(row: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in row.items() if text}


def pair_cells(stem: str, text: Text) -> dict[str, str]:
    return {f"{stem}_zh": text.zh, f"{stem}_en": text.en}


def yes_text(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def whole_text(number: int | None) -> str:
    return "" if number is None else str(number)


def day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def decimal_text(number: Decimal) -> str:
    """A decimal in plain digits, with the decimals it has."""
    return format(number, "f")


def printed_text(value: Fraction, decimals: int) -> str:
    """A printed value with its number of decimals; it was read from one, so nothing is rounded."""
    scaled = value * 10**decimals
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {decimals} decimals")
    return format(Decimal(scaled.numerator).scaleb(-decimals), "f") if decimals else str(scaled.numerator)


def coefficient_cells(name: str, value: Coefficient) -> dict[str, str]:
    ranged = not value.low == value.value == value.high
    return {
        name: decimal_text(value.value),
        "low": decimal_text(value.low) if ranged else "",
        "high": decimal_text(value.high) if ranged else "",
        "mark": value.mark.code,
    }


def note_cells(value: Coefficient) -> dict[str, str]:
    return pair_cells("note", value.note)


def source_cells(value: Coefficient, process: Process | None = None) -> dict[str, str]:
    usual = " ".join(process.sources) if process else ""
    return {"source": "" if value.source == usual else value.source}


def document_cells(source: Source | None) -> dict[str, str]:
    return {"document": source.document, "lines": source.lines} if source else {}


def quantity_cells(value: Quantity | None, decimals: int) -> dict[str, str]:
    if value is None:
        return {}
    return {
        "value": printed_text(value.value, decimals),
        "unit": value.unit.symbol,
        "basis": value.basis.words,
    }
