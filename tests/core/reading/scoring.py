# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Readings against annotated texts: detection, the four fields, all six, as the annotated plans are scored.

A statement is detected where its span overlaps an annotation and value and unit agree, one to one. Annotations that
are `optional` neither add nor cost anything.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from oreflow.core.reading import read, statement_rows

CASES = Path(__file__).parent / "cases"
Row = Mapping[str, Any]

_SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100}
_SPELT = (
    ("平方千米", "平方公里"), ("公斤", "千克"), ("标准煤", "标煤"), ("个百分点", "%"), ("千瓦时", "kWh"), ("吨/天", "吨/日"),
    ("家", "#"), ("户", "#"), ("个", "#"), ("项", "#"), ("座", "#"), ("种", "#"), ("处", "#"), ("件", "#"), ("起", "#"),
)  # fmt: skip
_WHOLE = ("千伏安", "千瓦", "千克", "千米", "kWh")


@dataclass(slots=True)
class Score:
    """Counts over one text or several."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    four: int = 0
    six: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def f1(self, number: int | None = None) -> float:
        found = self.right if number is None else number
        return 200 * found / (2 * self.right + len(self.missed) + len(self.spurious))

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.missed + other.missed, self.spurious + other.spurious,
            self.four + other.four, self.six + other.six, self.fields + other.fields,
        )  # fmt: skip


def names() -> list[str]:
    return sorted(path.stem for path in CASES.glob("*.json"))


def case(name: str) -> tuple[str, list[Row]]:
    """The text of a case and its annotations."""
    held = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return "\n".join(held["lines"]), held["statements"]


def plain(row: Row) -> tuple[tuple[float, ...], str]:
    """Value and unit freed of scale and spelling."""
    unit = str(row["unit"] or "").removesuffix("/年")
    size = 1
    for scale, times in _SCALES.items():
        if unit.startswith(scale) and not unit.startswith(_WHOLE):
            size, unit = times, unit.removeprefix(scale)
            break
    for spelling, usual in _SPELT:
        if usual != "#" or unit == spelling:
            unit = unit.replace(spelling, usual)
    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
    return tuple(round(float(v) * size, 6) for v in values), unit


def likeness(one: str, other: str) -> float:
    """How alike two names are: F1 over pairs of characters."""
    pairs = [Counter(a + b for a, b in pairwise(n)) for n in (_bare(one), _bare(other))]
    both = sum((pairs[0] & pairs[1]).values())
    return 2 * both / max(1, sum(map(sum, (p.values() for p in pairs))))


def _bare(name: str) -> str:
    return re.sub(r"[\s（）“”、，的]", "", name)


def score(text: str, gold: Iterable[Row]) -> Score:
    """Align what is read from a text with its annotations and count."""
    rows = list(statement_rows(read(text)))
    left = dict(enumerate(rows))
    out = Score()
    for want in gold:
        near = [k for k, r in left.items() if r["start"] < want["end"] and want["start"] < r["end"]]
        found = next((k for k in near if plain(left[k]) == plain(want)), None)
        if want.get("optional"):
            for k in near if found is None else [found]:
                left.pop(k)
        elif found is None:
            out.missed.append(want["quote"])
        else:
            _count(out, left.pop(found), want)
    out.spurious = [str(r["quote"]) for r in left.values()]
    return out


def _count(out: Score, found: Row, want: Row) -> None:
    same = {key: found.get(key) == want[key] for key in ("comparator", "year", "kind")}
    same["bound"] = "bound" not in want or found.get("bound") == want["bound"]
    same["subject"] = likeness(str(found["subject"]), str(want["subject"])) >= 0.5
    same["scope"] = likeness(str(found["scope"]), str(want["scope"])) >= 0.5
    four = same["comparator"] and same["year"]
    out.right += 1
    out.four += four
    out.six += four and same["kind"] and same["subject"]
    out.fields.update({key: 1 for key, agrees in same.items() if agrees})
