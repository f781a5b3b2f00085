"""The page of questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading.access import why_not_add
from oreflow.console.refusals import Invalid

from .asking import LONGEST, answered
from .examples import examples
from .holding import reachable

MOST_CHOICES = 300


@require_GET
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """A question and its answer; the question stands in the address."""
    viewer = viewer_of(request)
    question = request.GET.get("q", "").replace("\x00", "").strip()
    chosen = _whole(request.GET.get("document", ""))
    shown: dict[str, Any] = {"question": question[: 2 * LONGEST], "chosen": chosen, "longest": LONGEST}
    status = 200
    if question:
        try:
            shown["found"] = answered(viewer, question, document_id=chosen)
        except Invalid as problem:
            shown["problem"], status = problem.problems["question"], 422
    if request.headers.get("HX-Target") == "answer":
        return render(request, "knowledge/answer.html", shown | _begin(viewer, chosen, question), status=status)
    choices = list(reachable(viewer).values_list("pk", "title")[:MOST_CHOICES])
    shown |= {"choices": choices, "may_add": why_not_add(viewer) is None} | _begin(viewer, chosen, question)
    return render(request, "knowledge/ask.html", shown, status=status)


def _begin(viewer: Viewer, chosen: int | None, question: str) -> dict[str, Any]:
    """Example questions, where there is no question yet."""
    return {} if question else {"examples": examples(viewer, chosen)}


def _whole(given: str) -> int | None:
    """The number of a document; None for anything else, so that a broken address asks all documents."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
