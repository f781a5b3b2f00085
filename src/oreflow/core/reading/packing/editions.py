"""Two editions of a plan: which of their items are the same, which changed, which are new or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .matching import folded, likeness

CLOSE = 0.72
MOST_LIKENED = 4_000  # pairs of what is left over that are compared name by name
_SAYING = ("comparator", "low", "high", "bound", "direction", "kind", "binding", "multiplicity", "role")
_KEPT_APART = {"table", "section", "year_inherited", "mentions"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an edition: its kind, plain values and words."""

    kind: str
    values: Mapping[str, Any]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An item in both editions, by position; `kind` is same or changed, or added or removed with one side -1."""

    kind: str
    old: int
    new: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRow:
    """A run of lines: `kind` is same, changed, added or removed; lines count from 0, ends are exclusive."""

    kind: str
    old: tuple[int, int]
    new: tuple[int, int]


def pairs(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair]:
    """Each item of both editions once, in the order of the new one; what is gone comes last.

    Items are the same where they say the same of the same subject, unit and year. Of the rest, those of one subject
    are paired by unit and year, then by unit, then by how alike their subjects are.
    """
    left, right = dict(enumerate(old)), dict(enumerate(new))
    found: list[Pair] = []
    for key in (_whole, _named_in_year, _named):
        found += _matched(left, right, key)
    found += _likened(left, right)
    found += [Pair("added", -1, j) for j in right]
    found.sort(key=lambda p: p.new)
    return found + [Pair("removed", i, -1) for i in left]


def _matched(left: dict[int, Entry], right: dict[int, Entry], key: Callable[[Entry], Hashable]) -> list[Pair]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for i, entry in left.items():
        places[key(entry)].append(i)
    out = []
    for j, entry in list(right.items()):
        waiting = places.get(key(entry))
        if waiting:
            out.append(_pair(left, right, waiting.pop(0), j))
    return out


def _pair(left: dict[int, Entry], right: dict[int, Entry], i: int, j: int) -> Pair:
    differing = differing_fields(left.pop(i), right.pop(j))
    return Pair("changed" if differing else "same", i, j, differing)


def differing_fields(one: Entry, other: Entry) -> tuple[str, ...]:
    """The fields in which two items say different things; where they stand does not count."""
    keys = [k for k in {**one.values, **other.values} if k not in _KEPT_APART]
    return tuple(k for k in keys if (one.values.get(k) or "") != (other.values.get(k) or ""))


def _whole(entry: Entry) -> Hashable:
    if entry.kind != "statement":
        return entry.kind, _title(entry), repr(_plain(entry.values))
    said = tuple(str(entry.values.get(k) or "") for k in _SAYING)
    return (*_subject(entry), entry.values.get("unit"), entry.values.get("year"), said)


def _named_in_year(entry: Entry) -> Hashable:
    if entry.kind != "statement":
        return entry.kind, _title(entry)
    return (*_subject(entry), entry.values.get("unit"), entry.values.get("year"), entry.values.get("kind"))


def _named(entry: Entry) -> Hashable:
    if entry.kind != "statement":
        return entry.kind, _title(entry)
    return (*_subject(entry), entry.values.get("unit"), entry.values.get("kind"))


def _subject(entry: Entry) -> tuple[str, str, str]:
    return entry.kind, folded(str(entry.values.get("subject") or "")), str(entry.values.get("scope") or "")


def _title(entry: Entry) -> str:
    values = entry.values
    for key in ("task", "name", "object"):
        if values.get(key):
            return folded(str(values[key]))
    stages = values.get("stages") or []
    return "→".join("、".join(map(str, s)) for s in (stages[:1] + stages[-1:])) or entry.quote[:80]


def _plain(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted((k, v) for k, v in values.items() if k not in _KEPT_APART)


def _likened(left: dict[int, Entry], right: dict[int, Entry]) -> list[Pair]:
    """What is left over, paired where unit and year agree and the subjects are almost the same."""
    if len(left) * len(right) > MOST_LIKENED:
        return []
    ranked = sorted(
        (
            (-likeness(str(a.values.get("subject") or ""), str(b.values.get("subject") or "")), i, j)
            for i, a in left.items() for j, b in right.items()
            if a.kind == b.kind == "statement" and a.values.get("unit") == b.values.get("unit")
            and a.values.get("year") == b.values.get("year")
        )
    )  # fmt: skip
    return [_pair(left, right, i, j) for score, i, j in ranked if -score >= CLOSE and i in left and j in right]


def text_rows(old: str, new: str) -> list[TextRow]:
    """The texts line by line, blank lines and blanks at the ends apart."""
    a, b = [line.strip() for line in old.split("\n")], [line.strip() for line in new.split("\n")]
    kinds = {"equal": "same", "replace": "changed", "insert": "added", "delete": "removed"}
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) + len(b) > 4_000)
    return [TextRow(kinds[tag], (i, k), (j, m)) for tag, i, k, j, m in matcher.get_opcodes()]
