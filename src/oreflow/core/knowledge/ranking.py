"""How well each passage of a document speaks to a question: terms in the passage, its paragraph, its titles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .folding import keys_of
from .index import Indexed
from .question import Asked

IN_BLOCK, IN_PATH, IN_DOCUMENT = 0.6, 0.85, 0.4
PARTLY, PARTS = 0.5, 0.6
YEAR_BONUS = 0.5
LENGTH_PENALTY = 0.12
USUAL_LENGTH = 40
BEST_DOCUMENTS = 40
BEST_PASSAGES = 12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sought:
    """The forms of all terms as keys: form `i` has `keys[bounds[i]:bounds[i + 1]]` and belongs to a concept."""

    keys: NDArray[np.uint32]
    bounds: NDArray[np.int32]
    concept_of: NDArray[np.int32]
    worth: Floats
    concepts: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of a document with its first score and how far it covers each term."""

    document: Indexed
    passage: int
    score: float


def sought(asked: Asked) -> Sought:
    """The question's terms as keys of the index."""
    keys: list[NDArray[np.uint32]] = []
    concept_of: list[int] = []
    worth: list[float] = []
    for number, concept in enumerate(asked.concepts):
        for form, value in concept.forms:
            found = keys_of(form)
            if len(found):
                keys.append(found)
                concept_of.append(number)
                worth.append(value)
        for part in concept.parts:
            keys.append(keys_of(part))
            concept_of.append(number)
            worth.append(PARTS * len(part) / sum(map(len, concept.parts)))
    bounds = np.cumsum([0, *map(len, keys)]).astype(np.int32)
    return Sought(
        np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint32), bounds,
        np.array(concept_of, dtype=np.int32), np.array(worth), len(asked.concepts),
    )  # fmt: skip


def find_keys(document: Indexed, keys: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Where each key stands in the document's list, -1 for those it does not have."""
    at = np.searchsorted(document.keys, keys)
    at[at == len(document.keys)] = 0
    return np.where(document.keys[at] == keys, at, -1).astype(np.int32)


def weights(asked: Asked, terms: Sought, documents: Sequence[Indexed]) -> tuple[Floats, Floats]:
    """What each term counts, by how rarely it is said, and how far each document has each term."""
    said = np.zeros(len(terms.worth))
    has = np.zeros((len(documents), terms.concepts))
    passages = 0
    for number, document in enumerate(documents):
        passages += document.size
        if not len(document.keys) or not len(terms.keys):
            continue
        at = find_keys(document, terms.keys)
        counts = np.where(at >= 0, document.bounds[at + 1] - document.bounds[at], 0)
        least = np.minimum.reduceat(counts, terms.bounds[:-1])
        said += least
        np.maximum.at(has[number], terms.concept_of, np.where(least > 0, terms.worth, 0.0))
    often = np.zeros(terms.concepts)
    np.maximum.at(often, terms.concept_of, said * (terms.worth >= 1.0))
    rare = np.log1p((passages - often + 0.5) / (often + 0.5)).clip(0.2)
    most = math.log1p(2.0 * passages + 1.0)
    return np.array([c.weight for c in asked.concepts]) * (0.35 + 0.65 * rare / most), has


def matched(document: Indexed, terms: Sought) -> Floats:
    """How far each unit of a document has each term (terms × units), by the best of its forms."""
    total = document.size + len(document.paths) + 1
    found = np.zeros((terms.concepts, total))
    at = find_keys(document, terms.keys) if len(document.keys) else np.full(len(terms.keys), -1)
    for form in range(len(terms.worth)):
        places = at[terms.bounds[form] : terms.bounds[form + 1]]
        hits = [document.units[document.bounds[p] : document.bounds[p + 1]] for p in places if p >= 0]
        if not hits:
            continue
        share = np.bincount(np.concatenate(hits), minlength=total) / len(places)
        value = np.where(share >= 1.0, 1.0, PARTLY * share * share) * terms.worth[form]
        row = terms.concept_of[form]
        np.maximum(found[row], value, out=found[row])
    return found


def covered(document: Indexed, found: Floats) -> Floats:
    """How far each passage has each term, with what its paragraph, titles and document lend to it."""
    own = found[:, : document.size]
    if not document.size:
        return own
    cuts = np.flatnonzero(np.diff(document.blocks, prepend=-1))
    lengths = np.diff(np.append(cuts, document.size))
    block = np.repeat(np.maximum.reduceat(own, cuts, axis=1), lengths, axis=1)
    path = found[:, document.size : -1][:, document.path_of]
    title = np.broadcast_to(IN_DOCUMENT * found[:, -1:], own.shape)
    best: Floats = np.maximum.reduce([own, IN_BLOCK * block, IN_PATH * path, title])
    return best


def candidates(asked: Asked, documents: Sequence[Indexed]) -> tuple[list[Candidate], Floats]:
    """The passages that may answer, best first, and what each term counts."""
    terms = sought(asked)
    counts, has = weights(asked, terms, documents)
    if not len(terms.worth):
        return [], counts
    order = np.argsort(-(has @ counts), kind="stable")[:BEST_DOCUMENTS]
    out: list[Candidate] = []
    for number in order.tolist():
        if has[number].any():
            out += _best(asked, documents[number], terms, counts)
    out.sort(key=lambda c: (-c.score, c.document.id, c.passage))
    return out, counts


def _best(asked: Asked, document: Indexed, terms: Sought, counts: Floats) -> list[Candidate]:
    if not document.size:
        return []
    scores = counts @ covered(document, matched(document, terms))
    longer = np.log(np.maximum((document.ends - document.starts) / USUAL_LENGTH, 1.0))
    scores = scores / (1.0 + LENGTH_PENALTY * longer)
    if asked.years and len(document.facts):
        told = document.fact_passage[np.isin(document.fact_year, list(asked.years)) & (document.fact_passage >= 0)]
        scores[np.unique(told)] += YEAR_BONUS * counts.max(initial=0.0)
    best = np.argsort(-scores, kind="stable")[:BEST_PASSAGES]
    return [Candidate(document, int(i), float(scores[i])) for i in best if scores[i] > 0]
