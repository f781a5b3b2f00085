"""The data interface described on a page of our own: no script from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.views.decorators.http import require_GET

from oreflow.console.api import api
from oreflow.console.errors_api import CODES

from . import access

PLACES = {
    "path": pgettext_lazy("interface", "path"),
    "query": pgettext_lazy("interface", "query"),
    "header": pgettext_lazy("interface", "header"),
}
DONE = (200, 201, 202, 204)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    place: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the interface, with one method."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    takes: str
    returns: str
    example: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and what it returns, grouped by tag."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(path, method.upper(), operation))
    language = get_language() or "en"
    codes = [(code, text.in_language(language)) for code, text in CODES.items()]
    context = {"groups": groups.items(), "schemas": _schemas(schema), "codes": codes}
    return render(request, "regions/api_docs.html", context)


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    example = path.replace("{region_id}", access.default_region_id())
    answer: dict[str, Any] = next((operation["responses"][s] for s in DONE if s in operation["responses"]), {})
    return Operation(
        method=method,
        path=path,
        summary=operation["summary"],
        description=_in_words(operation.get("description", "")),
        parameters=[
            Parameter(p["name"], str(PLACES.get(p["in"], p["in"])), p["required"], _in_words(p.get("description", "")))
            for p in operation.get("parameters", [])
        ],
        takes=_content(operation.get("requestBody", {})),
        returns=_content(answer),
        example="" if "{" in example or method != "GET" else example,
    )


def _content(described: dict[str, Any]) -> str:
    """What a body is, in a few words: its schema, else its media type."""
    for media_type, content in described.get("content", {}).items():
        of = _type(content["schema"])
        return of if media_type == "application/json" else f"{media_type}"
    return ""


def _in_words(text: str) -> str:
    """A text of the schema in the reader's language; an empty one stays empty."""
    return gettext(text) if text else ""


def _schemas(schema: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (name, model.get("description", ""), [(f, _type(t)) for f, t in model.get("properties", {}).items()])
        for name, model in sorted(schema["components"]["schemas"].items())
    ]


def _type(schema: dict[str, Any]) -> str:
    """A JSON schema in a few words: text, number, list of X, X or null."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_type(s) for s in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return str(schema.get("type", "any"))
