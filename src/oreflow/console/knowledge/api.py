"""Questions in the data interface."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from oreflow.console.api_ground import needs
from oreflow.console.cases.access import BIGGEST_ID
from oreflow.console.people.access import viewer_of
from oreflow.core.knowledge import Fact
from oreflow.core.reading.packing import number_text

from .api_schemas import AnswerOut
from .asking import LONGEST, MOST, Answered, Cited, Figure, answered

router = Router(tags=["documents"])


@router.get("/ask", response=AnswerOut, summary="Ask the documents", operation_id="askDocuments")
@needs("documents:read")
def ask(
    request: HttpRequest,
    question: Annotated[str, Query(min_length=1, max_length=LONGEST, description="what is asked, Chinese or English")],
    document: Annotated[int | None, Query(ge=1, le=BIGGEST_ID, description="ask this document alone")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="the most passages")] = 5,
) -> Any:
    """Passages that answer a question, from documents that the caller may see; or the reason why nothing does."""
    found = answered(viewer_of(request), question, document_id=document, limit=limit)
    return _answer(found)


def _answer(found: Answered) -> dict[str, Any]:
    answer = found.answer
    return {
        "question": answer.question,
        "supported": answer.supported,
        "reason": answer.reason,
        "lack": answer.lack,
        "missing": list(answer.missing),
        "help": answer.help,
        "passages": [_passage(p) for p in found.passages],
        "near": [_passage(p) for p in found.near],
        "waiting": found.waiting,
        "beyond": found.beyond,
    }


def _passage(cited: Cited) -> dict[str, Any]:
    return {
        "document": cited.document, "title": cited.title, "keeper": cited.keeper, "start": cited.start,
        "end": cited.end, "place": cited.place, "path": list(cited.path), "text": cited.text, "score": cited.score,
        "why": cited.why, "statements": [_figure(f) for f in cited.figures],
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    fact: Fact = figure.fact
    return {
        "item": figure.item, "state": figure.state, "start": fact.start, "end": fact.end, "subject": fact.subject,
        "scope": fact.scope, "comparator": fact.comparator, "unit": fact.unit, "year": fact.year, "kind": fact.kind,
        "low": None if fact.value is None else number_text(fact.value),
        "high": None if fact.high is None else number_text(fact.high),
    }  # fmt: skip
