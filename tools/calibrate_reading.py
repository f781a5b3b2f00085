"""Count how often readings of each make are right on annotated plans, and how reliable that is elsewhere.

    python tools/calibrate_reading.py GOLD_FOLDER PLANS_FOLDER

Prints the counts that `oreflow.core.reading.confidence.SEEN` holds, and the reliability: each plan
is rated with the counts of the other plans only.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import defaultdict
from pathlib import Path

from oreflow.core.reading import Statement, read
from oreflow.core.reading.confidence import chance, make

Counts = dict[str, tuple[int, int]]
Judged = tuple[Statement, bool]
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4}


def plain(value: float, unit: str) -> tuple[float, str]:
    """A value without the scale of its unit."""
    for scale, size in SCALES.items():
        if unit.startswith(scale):
            return round(value * size, 6), unit[len(scale) :]
    return round(value, 6), unit


def judged(gold: list[dict[str, object]], text: str) -> list[Judged]:
    """Every statement read, and whether value, comparator and year agree with an annotation at its place."""
    out = []
    for s in read(text).statements:
        at = [g for g in gold if g["start"] < s.end and s.start < g["end"]]  # type: ignore[operator]
        out.append((s, any(agrees(s, g) for g in at)))
    return out


def agrees(s: Statement, g: dict[str, object]) -> bool:
    values = g["value"] if isinstance(g["value"], list) else [g["value"], g["value"]]
    mine = [plain(float(v), s.unit)[0] for v in (s.low, s.high)]
    theirs = [plain(float(v), str(g["unit"]))[0] for v in values]
    return mine == theirs and s.comparator.value == g["comparator"] and s.year == g["year"]


def counts(parts: list[list[Judged]]) -> Counts:
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for part in parts:
        for s, right in part:
            tally[make(s)][0] += right
            tally[make(s)][1] += 1
    return {name: (a, b) for name, (a, b) in sorted(tally.items())}


def reliability(plans: dict[str, list[Judged]]) -> list[tuple[float, float, int, float, float]]:
    rated = []
    for name, part in plans.items():
        seen = counts([other for key, other in plans.items() if key != name])
        rated += [(chance(s, seen), right) for s, right in part]
    out = []
    for low, high in itertools.pairwise(EDGES):
        inside = [(c, r) for c, r in rated if low <= c < high]
        if inside:
            out.append(
                (
                    low,
                    min(high, 1.0),
                    len(inside),
                    sum(c for c, _ in inside) / len(inside),
                    sum(r for _, r in inside) / len(inside),
                )
            )
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("plans", type=Path)
    given = parser.parse_args()
    plans = {}
    for path in sorted(given.gold.glob("*.json")):
        if ".chains" in path.name:
            continue
        text = (given.plans / f"{path.stem}.txt").read_text(encoding="utf-8")
        plans[path.stem] = judged(json.loads(path.read_text(encoding="utf-8")), text)
    for name, (right, seen) in counts(list(plans.values())).items():
        print(f'    "{name}": ({right}, {seen}),')
    print("confidence    statements  mean confidence  right")
    for low, high, number, said, was in reliability(plans):
        print(f"{low:.2f}-{high:.2f} {number:12} {said:16.3f} {was:6.3f}")


if __name__ == "__main__":
    main()
