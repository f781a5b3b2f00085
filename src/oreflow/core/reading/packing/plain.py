"""What was read as plain JSON values, and back: how items travel between desk, files and data interface.

Figures are strings: a decimal where it is exact ("12.5"), else a fraction ("1/3").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..model import Chain, Clause, Duty, Entity, Statement

_FIGURE = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,20})?(?:/\d{1,20})?", re.ASCII)


def number_text(value: Fraction) -> str:
    """A figure as text: in decimals where they are exact, else as a fraction."""
    twos, rest = 0, value.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        twos = max(twos, power)
    if rest != 1 or twos > 18:
        return f"{value.numerator}/{value.denominator}"
    scaled = value * 10**twos
    return format(Decimal(scaled.numerator).scaleb(-twos), "f") if twos else str(value.numerator)


def read_number(text: str) -> Fraction:
    """The figure of a text.

    Raises
    ------
    ValueError
        For what is no figure, naming it.
    """
    given = str(text).strip()
    if not _FIGURE.fullmatch(given) or given.endswith("/0"):
        raise ValueError(f"{given[:40]!r} is no figure")
    top, _slash, bottom = given.partition("/")
    return Fraction(Fraction(top), int(bottom) if bottom else 1)


def statement_values(s: Statement) -> dict[str, Any]:
    """A statement without its place in the text."""
    return {
        "subject": s.subject, "scope": s.scope, "comparator": s.comparator.value, "low": number_text(s.low),
        "high": number_text(s.high), "unit": s.unit, "year": s.year, "year_inherited": s.year_inherited,
        "kind": s.kind.value, "bound": s.bound.value if s.bound else "", "direction": s.direction, "role": s.role,
        "binding": s.binding, "multiplicity": s.multiplicity, "table": s.table, "section": s.section,
    }  # fmt: skip


def chain_values(c: Chain) -> dict[str, Any]:
    """A chain: its stages, each a list of alternatives, and the materials that its nodes name."""
    return {"stages": [list(s) for s in c.stages], "kind": c.kind, "materials": dict(c.materials)}


def clause_values(c: Clause) -> dict[str, Any]:
    """A clause with its limits."""
    return {
        "category": c.category, "object": c.object, "exceptions": list(c.exceptions), "places": list(c.places),
        "times": list(c.times),
        "limits": [
            {"attribute": k.attribute, "comparator": k.comparator.value, "value": number_text(k.value), "unit": k.unit,
             "inclusive": k.inclusive}
            for k in c.limits
        ],
    }  # fmt: skip


def duty_values(d: Duty) -> dict[str, Any]:
    """A task with its bodies."""
    return {
        "task": d.task, "lead": list(d.lead), "support": list(d.support), "deadline": d.deadline, "section": d.section
    }  # fmt: skip


def entity_values(e: Entity) -> dict[str, Any]:
    """Something named, with its spellings."""
    return {"kind": e.kind, "name": e.name, "spellings": list(e.spellings), "capacity": e.capacity, "money": e.money,
            "mentions": len(e.mentions)}  # fmt: skip


def edges_of(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The links of a chain given as plain values: each node of a stage to each of the next."""
    stages = [list(stage) for stage in values.get("stages", ())]
    return [(a, b) for left, right in pairwise(stages) for a in left for b in right]
