"""Questions answered with passages of held documents, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from .folding import keys_of
from .index import Index, Indexed
from .judging import Judged, judged
from .model import Answer, Lack, Support
from .question import UNTOLD, Asked, taken_apart
from .ranking import candidates, find_keys, sought
from .wording import help_for, reason_for, supported_by, why

LOOKED_AT = 60
NEAR, NEAR_ENOUGH = 3, 0.25
CLOSE = 0.75  # weaker passages than this part of the best one do not belong to the answer
MOST_ANSWERS = 50


def ask(question: str, index: Index, limit: int = 5, among: Collection[str] | None = None) -> Answer:
    """Answer a question with the best-supported passages, or refuse where nothing supports an answer.

    Parameters
    ----------
    limit
        The most passages of the answer (1 … 50).
    among
        Ids of the documents that may be used; nothing of the others has any part in the answer. None for all.
    """
    limit = max(1, min(limit, MOST_ANSWERS))
    documents = [d for d in index if among is None or d.id in among]
    if not documents:
        return _refused(question, Lack.NOTHING_HELD)
    asked = taken_apart(question, index.vocabulary, _named_in(documents), _said_in(documents))
    if not asked.concepts:
        return _refused(question, Lack.NO_QUESTION)
    found, counts = candidates(asked, documents)
    looked = [judged(asked, c.document, c.passage, counts) for c in found[:LOOKED_AT]]
    looked.sort(key=lambda j: (-j.score, j.document.id, j.passage))
    good = [j for j in looked if j.lack is None]
    if good:
        good = [j for j in good if j.score >= CLOSE * good[0].score]
        passages = tuple(_support(j, asked) for j in good[:limit])
        return Answer(question, True, passages, supported_by(len(passages), len({p.doc for p in passages})))
    return _unsupported(question, asked, documents, looked)


def _named_in(documents: Sequence[Indexed]) -> Callable[[str], bool]:
    return lambda name: any(name in d.terms for d in documents)


def _said_in(documents: Sequence[Indexed]) -> Callable[[str], bool]:
    def said(word: str) -> bool:
        keys = keys_of(word)
        return bool(len(keys)) and any(len(d.keys) and (find_keys(d, keys) >= 0).all() for d in documents)

    return said


def _unsupported(question: str, asked: Asked, documents: Sequence[Indexed], looked: Sequence[Judged]) -> Answer:
    near = tuple(_support(j, asked) for j in looked[:NEAR] if j.share >= NEAR_ENOUGH)
    unknown = _never_said(asked, documents)
    if unknown:
        return _refused(question, Lack.UNKNOWN_TERM, unknown, near, asked)
    closest = max(looked, key=lambda j: j.share, default=None)
    if closest is None or closest.lack is None:
        return _refused(question, Lack.APART, tuple(c.word for c in asked.concepts), near, asked)
    years = tuple(str(y) for y in sorted({y for j in looked[:10] for y in j.document.years}))
    return _refused(question, closest.lack, closest.missing, near, asked, years)


def _never_said(asked: Asked, documents: Sequence[Indexed]) -> tuple[str, ...]:
    """The terms that no document says, in any of their forms."""
    terms = sought(asked)
    said: set[int] = set()
    for document in documents:
        if not len(document.keys) or not len(terms.keys):
            continue
        at = find_keys(document, terms.keys)
        for form in range(len(terms.worth)):
            if (at[terms.bounds[form] : terms.bounds[form + 1]] >= 0).all():
                said.add(int(terms.concept_of[form]))
    return tuple(c.word for i, c in enumerate(asked.concepts) if i not in said and c.weight >= UNTOLD)


def _refused(
    question: str, lack: Lack, missing: tuple[str, ...] = (), near: tuple[Support, ...] = (),
    asked: Asked | None = None, years: tuple[str, ...] = (),
) -> Answer:  # fmt: skip
    return Answer(
        question, False, (), reason_for(lack, missing, asked), lack, missing, help_for(lack, missing, years), near
    )


def _support(found: Judged, asked: Asked) -> Support:
    document, i = found.document, found.passage
    return Support(
        document.id, document.title, int(document.starts[i]), int(document.ends[i]),
        document.paths[document.path_of[i]], round(min(found.score, 1.0), 3), why(found.matched, asked, found.facts),
        found.marks, found.facts,
    )  # fmt: skip
