"""How each error becomes a problem: one handler per kind, both languages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from oreflow.console.errors import ConsoleError
from oreflow.console.errors_api import TEXTS, ApiError, problem
from oreflow.console.refusals import Invalid, Refused, Stale, TooMany
from oreflow.core.provenance import Text
from oreflow.core.workflow import BadProcedure, MissingReason, NotAllowed, StepNotOpen, UnknownStep, WorkflowError

from .places import problems_of

LOG = logging.getLogger("django.request")
REALM = 'Bearer realm="oreflow"'
BUSY_SECONDS = 5

_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Refused, 403), (Invalid, 422), (Stale, 409), (TooMany, 429), (ConsoleError, 422),
    (NotAllowed, 403), (UnknownStep, 422), (MissingReason, 422), (StepNotOpen, 409), (BadProcedure, 500),
    (WorkflowError, 409),
)  # fmt: skip


def install(api: NinjaAPI) -> None:
    """Put the handlers on an interface."""
    handlers: tuple[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]], ...] = (
        (ApiError, _said), (ConsoleError, _with_text), (WorkflowError, _with_text), (Http404, _absent),
        (PermissionDenied, _absent), (ValidationError, _not_accepted), (AuthenticationError, _unknown_caller),
        (HttpError, _http), (RequestDataTooBig, _too_large), (SuspiciousOperation, _unreadable),
        (MultiPartParserError, _unreadable), (BadRequest, _unreadable), (OperationalError, _busy),
    )  # fmt: skip
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


def _said(_request: HttpRequest, error: ApiError) -> HttpResponse:
    return problem(error.status, error.code, error.text, error.problems)


def _with_text(_request: HttpRequest, error: ConsoleError | WorkflowError) -> HttpResponse:
    status = next(number for kind, number in _STATUS if isinstance(error, kind))
    problems = {error.what: error.text} if isinstance(error, MissingReason) else getattr(error, "problems", None)
    response = problem(status, error.code, error.text, problems)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _absent(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(404, "not-found", TEXTS[404])


def _not_accepted(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = problems_of(error.errors)
    text = Text(
        "参数不合要求：" + "；".join(f"{place}：{said.zh}" for place, said in found.items()),
        "Parameters not accepted: " + "; ".join(f"{place}: {said.en}" for place, said in found.items()),
    )
    return problem(422, "parameters", text, found)


def _unknown_caller(_request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, "unauthenticated", TEXTS[401])
    invalid = error.message == "invalid_token"
    response.headers["WWW-Authenticate"] = f'{REALM}, error="invalid_token"' if invalid else REALM
    return response


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ApiError):
        return _said(request, error.__cause__)
    return problem(error.status_code, f"http.{error.status_code}", TEXTS.get(error.status_code, TEXTS[400]))


def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(413, "too-large", TEXTS[413])


def _unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(400, "body", TEXTS[400])


def _busy(_request: HttpRequest, error: OperationalError) -> HttpResponse:
    LOG.error("the database did not answer: %s", error)
    response = problem(503, "busy", TEXTS[503])
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response
