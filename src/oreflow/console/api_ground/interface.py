"""The data interface itself: one gate before every operation, and a description that tells all its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from oreflow.console.errors_api import MEDIA_TYPE, TEXTS, ApiError, problem
from oreflow.console.people.access import viewer_of
from oreflow.core.provenance import Text

from . import answers, idempotency
from .bodies import StrictParser, check_size_and_type
from .limits import Allowance
from .schemas import ProblemOut
from .signing_in import SAFE, BearerToken, SessionCookie, admit

Function = TypeVar("Function", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]
SCOPE, TOLD_ONCE = "_oreflow_scope", "_oreflow_told_once"
EVERYWHERE = (400, 401, 403, 404, 422, 429, 503)
ON_WRITES = (409, 413, 415)
SAYS = {
    400: "The request cannot be read.", 401: "Neither signed in nor a valid token.", 403: "Visible, but not allowed.",
    404: "Absent, or not within reach.", 409: "The record was changed, or the step is not open.",
    413: "The body is too large.", 415: "The body has the wrong format.", 422: "Values that cannot stand.",
    429: "More requests than the limit.", 503: "The database is busy.",
}  # fmt: skip


def needs(scope: str, *, told_once: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Mark an operation with the scope that a token must have; browsers need none.

    `told_once` names fields of the answer, such as a password, that a repeated answer does not tell again.
    """

    def marked(function: Function) -> Function:
        setattr(function, SCOPE, scope)
        setattr(function, TOLD_ONCE, told_once)
        return function

    return marked


class Readable(JSONRenderer):
    """JSON in which Chinese stays Chinese."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Interface(NinjaAPI):
    """A NinjaAPI whose every operation passes the gate: size, caller, rate, scope, `Idempotency-Key`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(auth=[BearerToken(), SessionCookie()], parser=StrictParser(), renderer=Readable(), **options)
        self.add_decorator(_gated, mode="view")
        answers.install(self)

    def _get_urls(self) -> list[Any]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _said_methods(pattern.callback)
        return patterns

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description, with every problem that the gate may answer."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["ProblemOut"] = _plain_schema(ProblemOut)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _describe(operation, method)
        return schema


def _gated(run: Run) -> Run:
    operation: Operation = run.__self__  # type: ignore[attr-defined] # bound; operations carry no other decorators

    def answered(request: HttpRequest, **given: Any) -> HttpResponseBase:
        left: Allowance | None = None
        try:
            check_size_and_type(request, [m.__ninja_param_source__ for m in operation.models])
            left = admit(request, open_to_all=not operation.auth_callbacks)
            _check_scope(request, operation)
            response = _run(request, operation, run, given)
        except Exception as error:  # noqa: BLE001 - handed to the handlers, which raise what they do not know
            response = operation.api.on_exception(request, error)
        for name, value in left.headers().items() if left else ():
            response.headers[name] = value
        return response

    return answered


def _run(request: HttpRequest, operation: Operation, run: Run, given: dict[str, Any]) -> HttpResponseBase:
    if request.method in SAFE:
        return run(request, **given)
    told_once = getattr(operation.view_func, TOLD_ONCE, ())
    return idempotency.once(request, lambda: run(request, **given), told_once)


def _check_scope(request: HttpRequest, operation: Operation) -> None:
    scope = getattr(operation.view_func, SCOPE, None)
    if scope is not None and not viewer_of(request).may(scope):
        raise ApiError(
            403, "scope",
            Text(f"令牌没有权限范围“{scope}”。请签发含此范围的令牌。",
                 f"The token lacks the scope {scope}. Issue one that has it."),
        )  # fmt: skip


def _said_methods(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, with a problem in place of a bare 405."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code != 405 or response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        said = problem(405, "http.405", TEXTS[405])
        said.headers["Allow"] = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
        return said

    answered.csrf_exempt = True  # type: ignore[attr-defined] # browsers are checked at the gate, tokens need not be
    return answered


def _describe(operation: dict[str, Any], method: str) -> None:
    open_to_all = not operation.get("security")
    writes = method.upper() not in SAFE
    has_path = any(p["in"] == "path" for p in operation.get("parameters", ()))
    for status in (*EVERYWHERE, *(ON_WRITES if writes else ())):
        if open_to_all and (status in (401, 403) or (status == 404 and not has_path)):
            continue
        operation["responses"].setdefault(status, {"description": SAYS[status]})
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    if writes:
        operation.setdefault("parameters", []).append(
            {
                "in": "header", "name": idempotency.HEADER, "required": False,
                "description": "any new value for each request; the same value again gives the same answer",
                "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[!-~]+$"},
            }
        )  # fmt: skip


def _plain_schema(model: Any) -> dict[str, Any]:
    schema = dict(model.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization"))
    schema.pop("$defs", None)
    return schema


__all__ = ["Interface", "needs"]
