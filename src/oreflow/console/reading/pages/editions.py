"""Two editions of a plan side by side: items the same, changed, added and removed, and the text by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from oreflow.console.reading.models import Document, Item
from oreflow.core.reading.packing import editions

from . import fields, rows, words
from .held import held

LONGEST_CLOSE = 600
MOST_SHOWN = 400
CONTEXT = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the earlier edition and what stands in its place; None where one side has nothing."""

    kind: str
    subject: str
    before: Item | None
    after: Item | None
    changes: list[tuple[Any, str, str]]
    said_before: str = ""
    said_after: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """All items of two editions, told apart."""

    same: int
    changed: list[Pair]
    added: list[Pair]
    removed: list[Pair]


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of text: `kind` is same, changed, added or removed; each side in pieces (text, altered)."""

    kind: str
    before: list[list[tuple[str, bool]]]
    after: list[list[tuple[str, bool]]]
    skipped: int = 0
    at_before: int = 0
    at_after: int = 0


def compared(before: Sequence[Item], after: Sequence[Item]) -> Compared:
    """Pair the items of two editions."""
    old, new = ([editions.Entry(i.kind, i.values, i.quote) for i in side] for side in (before, after))
    same = 0
    changed: list[Pair] = []
    added: list[Pair] = []
    removed: list[Pair] = []
    for pair in editions.pairs(old, new):
        left = before[pair.old] if pair.old >= 0 else None
        right = after[pair.new] if pair.new >= 0 else None
        if left is not None and right is not None:
            changes = fields.changed(left.values, right.values, left.kind)
            same += not changes
            changed += [_pair(left, right, changes)] if changes else []
        else:
            (added if left is None else removed).append(_pair(left, right, []))
    return Compared(same, *(sorted(rows, key=_place) for rows in (changed, added, removed)))


def _place(pair: Pair) -> tuple[int, int]:
    item = pair.after or pair.before
    return (list(words.KINDS).index(item.kind), item.start) if item is not None else (0, 0)


def _pair(before: Item | None, after: Item | None, changes: list[tuple[Any, str, str]]) -> Pair:
    item = after or before
    assert item is not None  # noqa: S101 - a pair has a side
    said = [_line(i) if i is not None else "" for i in (before, after)]
    return Pair(item.kind, rows.said(item)[0] or item.quote[:60], before, after, changes, *said)


def _line(item: Item) -> str:
    _subject, claim, year, _sort = rows.said(item)
    return " · ".join(p for p in (claim, year) if p)


def text_changes(before: Document, after: Document) -> tuple[list[Change], int]:
    """The texts by paragraph, runs of unchanged ones folded; and how many changes were left out as too many."""
    left, right = _paragraphs(before), _paragraphs(after)
    plain_left, plain_right = [p for p, _s in left], [p for p, _s in right]
    matcher = SequenceMatcher(None, plain_left, plain_right, autojunk=len(left) + len(right) > 4_000)
    found = list(_stretches(matcher, left, right))
    return found[:MOST_SHOWN], max(0, sum(c.kind != "same" for c in found[MOST_SHOWN:]))


def _paragraphs(document: Document) -> list[tuple[str, int]]:
    text = held(document.pk, document.text_sha256)
    out = []
    for number, start in enumerate(text.lines):
        end = text.lines[number + 1] - 1 if number + 1 < len(text.lines) else len(text.text)
        line = text.text[start:end].strip()
        if line:
            out.append((line, start))
    return out


def _stretches(
    matcher: SequenceMatcher[str], left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]]
) -> Iterator[Change]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from _same(left[a:b], right[c:d])
        elif tag == "replace":
            yield from _replaced(left[a:b], right[c:d])
        else:
            yield from (_one(p, "removed") for p in left[a:b])
            yield from (_one(p, "added") for p in right[c:d])


def _same(left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]]) -> Iterator[Change]:
    """Unchanged paragraphs: the first and last as context, those between counted."""
    if len(left) <= 2 * CONTEXT + 1:
        shown = list(zip(left, right, strict=True))
        yield from (Change("same", [[(a, False)]], [[(b, False)]], 0, i, j) for (a, i), (b, j) in shown)
        return
    (a, i), (b, j) = left[0], right[0]
    yield Change("same", [[(a, False)]], [[(b, False)]], 0, i, j)
    yield Change("same", [], [], len(left) - 2 * CONTEXT)
    (a, i), (b, j) = left[-1], right[-1]
    yield Change("same", [[(a, False)]], [[(b, False)]], 0, i, j)


def _replaced(left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]]) -> Iterator[Change]:
    for old, new in zip(left, right, strict=False):
        before, after = _close(old[0], new[0])
        yield Change("changed", [before], [after], 0, old[1], new[1])
    yield from (_one(p, "removed") for p in left[len(right) :])
    yield from (_one(p, "added") for p in right[len(left) :])


def _one(paragraph: tuple[str, int], kind: str) -> Change:
    text, start = paragraph
    side = [[(text, False)]]
    return Change("removed", side, [], 0, start, 0) if kind == "removed" else Change("added", [], side, 0, 0, start)


def _close(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two paragraphs with the characters that differ marked; long ones as a whole."""
    if len(old) > LONGEST_CLOSE or len(new) > LONGEST_CLOSE:
        return [(old, True)], [(new, True)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:  # hardly a common character
        return [(old, True)], [(new, True)]
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if b > a:
            before.append((old[a:b], tag != "equal"))
        if d > c:
            after.append((new[c:d], tag != "equal"))
    return before, after
