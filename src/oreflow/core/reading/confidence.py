"""How sure a reading is: the share of right readings among statements of the same make.

`SEEN` holds, for each make, how many statements of the annotated plans were read and how many of
them had value, unit, comparator and year right (smoothed towards `PRIOR`).
`tools/calibrate_reading.py` recounts them and prints the reliability, leaving one plan out at a time.
"""

from __future__ import annotations

from dataclasses import replace

from .model import Comparator, Kind, Statement

DOUBT = 0.85  # what each named doubt leaves of the chance

SEEN: dict[str, tuple[int, int]] = {
    "actual, explicit, bounded": (5, 6),
    "actual, explicit, moved": (9, 9),
    "actual, explicit, pair": (4, 4),
    "actual, explicit, plain": (37, 37),
    "actual, inherited, bounded": (10, 13),
    "actual, inherited, moved": (7, 7),
    "actual, inherited, pair": (8, 8),
    "actual, inherited, plain": (16, 21),
    "actual, no year, bounded": (4, 4),
    "actual, no year, pair": (6, 6),
    "actual, no year, plain": (6, 6),
    "other, no year, plain": (16, 16),
    "table": (172, 172),
    "target, explicit, bounded": (9, 9),
    "target, explicit, moved": (6, 6),
    "target, explicit, plain": (41, 41),
    "target, inherited, bounded": (17, 18),
    "target, inherited, moved": (4, 4),
    "target, inherited, pair": (1, 1),
    "target, inherited, plain": (15, 15),
    "threshold, no year, bounded": (67, 68),
}

PRIOR = 0.88  # before anything is counted
WEIGHT = 6  # how many statements that is worth


def make(s: Statement) -> str:
    """The make of a statement: where it stands, how its year and its comparator were found."""
    if s.table is not None:
        return "table"
    year = "no year" if s.year is None else "inherited" if s.year_inherited else "explicit"
    moved = s.comparator in (Comparator.CHANGE, Comparator.RATE, Comparator.CUMULATIVE)
    form = "moved" if moved else "pair" if s.role else "plain" if s.comparator is Comparator.EQUAL else "bounded"
    return f"{s.kind.value if s.kind is not Kind.OTHER else 'other'}, {year}, {form}"


def chance(s: Statement, seen: dict[str, tuple[int, int]] | None = None) -> float:
    """The chance that value, unit, comparator and year are right."""
    right, read = (SEEN if seen is None else seen).get(make(s), (0, 0))
    base = (right + PRIOR * WEIGHT) / (read + WEIGHT)
    return round(base * DOUBT ** len(s.doubts), 3)


def rated(s: Statement) -> Statement:
    """The statement with its confidence."""
    return replace(s, confidence=chance(s))
