"""The data interface described on a page of our own: no script from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from . import access
from .api import api

# What the interface says of itself in English, gathered here for translation; the schema itself stays English.
SAID = (
    lazy("Every region that this console shows."),
    lazy("One region with its edition and hash."),
    lazy("Printed actual values."),
    lazy("Targets of the plans."),
    lazy("What the checks of figures and targets found, errors first."),
    lazy("Balances, activities and burdens of a year."),
    lazy("Sentences, comparisons, sliders and flows for one setting."),
    lazy("Both sides and the gap of a comparison, or need and arising of a material or burden."),
    lazy("Materials of the library."),
    lazy("One material with its contents."),
    lazy("Processes of the library."),
    lazy("One process with its flows, burdens and recoveries."),
    lazy("Documents that figures and targets come from."),
    lazy("id, as in the lists"),
    lazy("keep only this id; empty for all"),
    lazy("year; for chains the last one by default"),
    lazy("rows of a page"),
    lazy("rows left out before the page"),
    lazy("route shares as process:share, 0 to 1"),
    lazy("utilisation of stated capacity, 0 to 1"),
    lazy("purchases as material:amount in the material's unit"),
)
PLACES = {"path": pgettext_lazy("interface", "path"), "query": pgettext_lazy("interface", "query")}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    place: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the interface."""

    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    returns: str
    example: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and what it returns, grouped by tag."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            groups.setdefault(operation["tags"][0], []).append(_operation(path, operation))
    return render(request, "regions/api_docs.html", {"groups": groups.items(), "schemas": _schemas(schema)})


def _operation(path: str, operation: dict[str, Any]) -> Operation:
    example = path.replace("{region_id}", access.default_region_id())
    returned = operation["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        path=path,
        summary=operation["summary"],
        description=_in_words(operation.get("description", "")),
        parameters=[
            Parameter(p["name"], str(PLACES.get(p["in"], p["in"])), p["required"], _in_words(p.get("description", "")))
            for p in operation.get("parameters", [])
        ],
        returns=_type(returned),
        example="" if "{" in example else example,
    )


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
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return str(schema.get("type", "any"))
