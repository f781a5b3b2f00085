"""How a form's action is answered: what went wrong stands on the page, what went well is said after a redirect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from oreflow.console.errors import ConsoleError
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from ..models import User


def spoken(text: Text) -> str:
    """A text in the reader's language."""
    return text.in_language(get_language() or "en")


def me(request: HttpRequest) -> User:
    """The signed-in person."""
    return cast(User, request.user)


def done(request: HttpRequest, act: Callable[[], Any], said: str, back: str) -> HttpResponse:
    """Do it, say that it is done or why not, and go back to the page."""
    try:
        act()
    except Invalid as problem:
        for text in problem.problems.values():
            messages.error(request, spoken(text))
    except ConsoleError as refusal:
        messages.error(request, spoken(refusal.text))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(back)


def problems_of(refusal: ConsoleError) -> dict[str, str]:
    """What is wrong by field, in the reader's language; "whole" for what concerns no field."""
    if isinstance(refusal, Invalid):
        return {key or "whole": spoken(text) for key, text in refusal.problems.items()}
    return {"whole": spoken(refusal.text)}


def unseen(response: HttpResponse) -> HttpResponse:
    """An answer with a secret on it: kept nowhere."""
    response.headers["Cache-Control"] = "no-store"
    return response
