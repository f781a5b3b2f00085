"""What the pages of the registers share: page or side panel, and refusals said as pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from oreflow.console.people.guard import signed_in
from oreflow.console.refusals import Invalid, Refused, Stale

View = Callable[..., HttpResponse]
_STATUS: dict[type[Exception], int] = {Invalid: 422, Stale: 409}


def in_panel(request: HttpRequest) -> bool:
    """Whether the side panel asks."""
    return request.headers.get("HX-Target") == "panel-body"


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page; the side panel gets its content without the frame."""
    layout = "console/panel.html" if in_panel(request) else "console/base.html"
    response = render(request, template, {"layout": layout, **context}, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response


def desk(view: View) -> View:
    """A page of the registers: for those who are signed in; a refusal becomes a page that says why."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Refused, Invalid, Stale) as refusal:
            status = _STATUS.get(type(refusal), 403)
            texts = list(refusal.problems.values()) if isinstance(refusal, Invalid) else [refusal.text]
            return show(request, "registers/refused.html", {"texts": texts}, status)

    return signed_in(answered)
