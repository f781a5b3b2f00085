"""The first page: sentences, sliders, the table of misfits and the flow picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from oreflow.core.region import Region

from .. import access, chain_tables, plan
from ..forms import Setting, setting_of, view_of
from ..presenters import style_of
from .pages import as_file, show


def _context(request: HttpRequest, region: Region, setting: Setting) -> dict[str, Any]:
    style = style_of(request)
    view = view_of(region, setting)
    return {
        "setting": setting,
        "years": access.chain_years(region),
        "tally": plan.tally(view),
        "sentences": plan.sentences(region, view, setting, style),
        "sliders": plan.sliders(region, view, style),
        "misfits": plan.misfits(region, view, setting, style),
        "unit": style.scale("t")[1],
        "picture": plan.picture_data(view.picture, style),
        "picture_title": plan.picture_title(view),
        "flows": plan.flow_rows(view.picture, style),
        "view": view,
    }


@require_GET
def page(request: HttpRequest, region_id: str) -> HttpResponse:
    """Can the targets of the year hold together?"""
    region = access.region(region_id)
    return show(request, "regions/first.html", region, _context(request, region, setting_of(region, request.GET)))


@require_GET
def answer(request: HttpRequest, region_id: str) -> HttpResponse:
    """What changes when a slider moves, as fragments; the address bar gets the slider state."""
    region = access.region(region_id)
    setting = setting_of(region, request.GET)
    response = show(request, "regions/answer.html", region, _context(request, region, setting) | {"moved": True})
    response["HX-Replace-Url"] = f"{reverse('first', kwargs={'region_id': region.id})}?{setting.query}"
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
def export(request: HttpRequest, region_id: str, form: str) -> HttpResponse:
    """The table of misfits as a file."""
    region = access.region(region_id)
    setting = setting_of(region, request.GET)
    register = chain_tables.answers(style_of(request))
    return as_file(request, region, register, list(view_of(region, setting).answers), form)
