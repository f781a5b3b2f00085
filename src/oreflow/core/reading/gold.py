# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Readings as rows in the gold's field names."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .model import Reading, Statement


def number(value: Fraction) -> int | float:
    """A fraction as JSON prints it."""
    return int(value) if value.denominator == 1 else float(value)


def statement_row(doc: str, s: Statement) -> dict[str, Any]:
    """One statement as a JSON object; absent fields are left out."""
    row: dict[str, Any] = {
        "doc": doc, "quote": s.quote, "subject": s.subject, "scope": s.scope, "comparator": s.comparator.value,
        "value": number(s.low) if s.low == s.high else [number(s.low), number(s.high)], "unit": s.unit, "year": s.year,
        "kind": s.kind.value, "start": s.start, "end": s.end,
    }  # fmt: skip
    more = {
        "year_inherited": s.year_inherited, "bound": s.bound.value if s.bound else "", "direction": s.direction, "role": s.role,
        "property": s.binding, "multiplicity": s.multiplicity if s.multiplicity > 1 else 0, "table": s.table is not None,
        "confidence": s.confidence, "doubts": list(s.doubts),
    }  # fmt: skip
    return row | {key: value for key, value in more.items() if value}


def statement_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """All statements in order."""
    for s in reading.statements:
        yield statement_row(reading.doc, s)


def chain_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """All chains in order."""
    for c in reading.chains:
        yield {"doc": reading.doc, "quote": c.quote, "nodes": [n for stage in c.stages for n in stage],
               "stages": [list(stage) for stage in c.stages], "edges": [list(e) for e in c.edges], "type": c.kind,
               "start": c.start, "end": c.end}  # fmt: skip
