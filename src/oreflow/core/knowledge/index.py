"""The index: every document by itself, so that adding and removing one touches no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .folding import Folded, fold, folded, pairs, singles
from .model import Fact, Held, Vocabulary

LONGEST_TERM = 16
_WORD = re.compile(r"[\w-]{2,24}")


@dataclass(frozen=True, slots=True)
class Indexed:
    """One document ready to be asked.

    Units are its passages, then its distinct title paths, then the document's own title and region. `keys` are
    sorted; the units that hold `keys[i]` are `units[bounds[i]:bounds[i + 1]]`.
    """

    id: str
    title: str
    region: str
    text: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    blocks: NDArray[np.int32]
    path_of: NDArray[np.int32]
    paths: tuple[tuple[str, ...], ...]
    keys: NDArray[np.uint32]
    bounds: NDArray[np.int32]
    units: NDArray[np.uint16] | NDArray[np.uint32]
    facts: tuple[Fact, ...]
    fact_passage: NDArray[np.int32]
    fact_year: NDArray[np.int16]
    years: frozenset[int]
    terms: frozenset[str]

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self.starts)

    @property
    def weight(self) -> int:
        """The memory that it takes, in bytes, roughly."""
        arrays = (self.starts, self.ends, self.blocks, self.path_of, self.keys, self.bounds, self.units)
        return sum(a.nbytes for a in arrays) + 2 * len(self.text) + 300 * len(self.facts) + 80 * len(self.terms)


def indexed(held: Held) -> Indexed:
    """Prepare a document for questions."""
    kept = [p for p in held.passages if p.start < p.end <= len(held.text)]
    paths = {path: i for i, path in enumerate(dict.fromkeys(p.path for p in kept))}
    starts = np.array([p.start for p in kept], dtype=np.int32)
    ends = np.array([p.end for p in kept], dtype=np.int32)
    keys, bounds, units = _postings(held, starts, ends, list(paths))
    order = np.argsort(starts, kind="stable")
    facts = tuple(sorted(held.facts, key=lambda f: (f.start, f.end)))
    where = _passage_of(facts, starts[order], ends[order])
    years = np.array([f.year or 0 for f in facts], dtype=np.int16)
    return Indexed(
        held.id, held.title, held.region, held.text, starts, ends,
        np.array([p.block for p in kept], dtype=np.int32), np.array([paths[p.path] for p in kept], dtype=np.int32),
        tuple(paths), keys, bounds, units, facts, np.where(where >= 0, order[where] if len(kept) else -1, -1), years,
        frozenset(int(y) for y in years if y), _terms(held, paths),
    )  # fmt: skip


def _terms(held: Held, paths: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The names that the document gives, and its short titles, in the one spelling."""
    titles = {folded(t) for path in paths for t in path if 2 < len(t) <= LONGEST_TERM}
    return frozenset(t for t in titles | {folded(t) for t in held.terms} if _WORD.fullmatch(t))


def _passage_of(facts: tuple[Fact, ...], starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int32]:
    """The passage in which each figure begins, -1 for none."""
    if not len(starts) or not facts:
        return np.full(len(facts), -1, dtype=np.int32)
    at = np.array([f.start for f in facts], dtype=np.int32)
    found = np.searchsorted(starts, at, side="right").astype(np.int32) - 1
    inside = (found >= 0) & (at < ends[np.maximum(found, 0)])
    return np.where(inside, found, -1).astype(np.int32)


def _postings(
    held: Held, starts: NDArray[np.int32], ends: NDArray[np.int32], paths: list[tuple[str, ...]]
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.uint16] | NDArray[np.uint32]]:
    body = fold(held.text)
    unit = np.full(len(body.codes), -1, dtype=np.int64)
    firsts, lasts = np.searchsorted(body.places, starts), np.searchsorted(body.places, ends)
    for i, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        unit[first:last] = i
    found = [_keys(body, unit)]
    heads = [" ".join(p) for p in paths] + [f"{held.title} {held.region}"]
    for i, head in enumerate(heads):
        line = fold(head)
        found.append(_keys(line, np.full(len(line.codes), len(starts) + i, dtype=np.int64)))
    together = np.unique(np.concatenate(found))
    keys, first_at = np.unique((together >> np.uint64(32)).astype(np.uint32), return_index=True)
    total = len(starts) + len(heads)
    units = (together & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    bounds = np.append(first_at, len(together)).astype(np.int32)
    return keys, bounds, units.astype(np.uint16) if total < 1 << 16 else units


def _keys(line: Folded, unit: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Key and unit as one number, for pairs within one unit and for single characters that are words."""
    if not len(line.codes):
        return np.zeros(0, dtype=np.uint64)
    alone = singles(line.codes) & (unit >= 0)
    ones = line.codes[alone].astype(np.uint64) << np.uint64(32) | unit[alone].astype(np.uint64)
    inside = (unit[:-1] == unit[1:]) & (unit[:-1] >= 0)
    twos = pairs(line.codes)[inside].astype(np.uint64) << np.uint64(32) | unit[:-1][inside].astype(np.uint64)
    return np.concatenate([ones, twos])


class Index:
    """Documents to be asked; each is added and removed by itself."""

    def __init__(self, documents: Iterable[Held] = (), vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self._held: dict[str, Indexed] = {}
        for document in documents:
            self.add(document)

    def add(self, document: Held | Indexed) -> Indexed:
        """Take a document in, in place of the one with the same id."""
        ready = document if isinstance(document, Indexed) else indexed(document)
        self._held[ready.id] = ready
        return ready

    def remove(self, document_id: str) -> None:
        """Forget a document; nothing happens where it is not held."""
        self._held.pop(document_id, None)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._held

    def __iter__(self) -> Iterator[Indexed]:
        return iter(self._held.values())

    def get(self, document_id: str) -> Indexed | None:
        """One document, or None."""
        return self._held.get(document_id)
