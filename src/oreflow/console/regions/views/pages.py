"""What the pages share: rendering as a page or in the side panel, registers and their exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from oreflow.console.exports import FORMATS, exported
from oreflow.console.tables import Register, listing, plain_rows
from oreflow.core.region import Region

from ..presenters import Style, style_of


def in_panel(request: HttpRequest) -> bool:
    """Whether the side panel asks."""
    return request.headers.get("HX-Target") == "panel-body"


def show(
    request: HttpRequest, template: str, region: Region, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a region; the side panel gets its content without the frame."""
    layout = "console/panel.html" if in_panel(request) else "console/base.html"
    whole = {"region": region, "style": style_of(request), "layout": layout, **context}
    response = render(request, template, whole, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response


def register_page(
    request: HttpRequest, region: Region, register: Register[Any], rows: Iterable[Any], template: str, **more: Any
) -> HttpResponse:
    """A register as a page, or as a file where `format` asks for one."""
    form = request.GET.get("format", "")
    shown = listing(register, rows, request.GET)
    if form:
        return as_file(request, region, register, shown.rows, form)
    return show(request, template, region, {"list": shown, **more})


def as_file(request: HttpRequest, region: Region, register: Register[Any], rows: list[Any], form: str) -> HttpResponse:
    """Rows of a register as CSV or workbook; other formats answer 404."""
    if form not in FORMATS:
        raise Http404(form)
    header, plain = plain_rows(register, rows)
    return exported(region, register.name, form, _language(style_of(request)), header, plain)


def _language(style: Style) -> str:
    return style.language
