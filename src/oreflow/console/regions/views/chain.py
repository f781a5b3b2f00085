"""The chain of a year: flow picture, balances, activities, burdens, assumptions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from .. import access, balances, chain_tables, plan
from ..forms import setting_of
from ..presenters import said, style_of
from .pages import as_file, show


@require_GET
def page(request: HttpRequest, region_id: str) -> HttpResponse:
    """From ore to product in one year, for everything or for one product group."""
    region, style = access.region(region_id), style_of(request)
    setting = setting_of(region, request.GET)
    group = request.GET.get("group", "")
    products = balances.products(region, setting.year, style)
    if group and group not in dict(products):
        raise Http404(group)
    needed = access.requirements(region, setting.year, setting.scenario)
    drawn = access.picture(region, setting.year, setting.scenario, group)
    context: dict[str, Any] = {
        "setting": setting,
        "years": access.chain_years(region),
        "group": group,
        "group_name": dict(products).get(group, ""),
        "products": products,
        "picture": plan.picture_data(drawn, style),
        "flows": plan.flow_rows(drawn, style),
        "unit": style.scale("t")[1],
        "cut": balances.cut_flows(drawn, region, style),
        "balances": balances.rows(region, needed, setting, style, balances.inside(drawn) if group else None),
        "activities": balances.activities(region, needed, style),
        "burdens": balances.burdens(region, needed, setting, style),
        "assumptions": [said(t, style) for t in needed.assumptions],
        "mark": said(needed.mark.text, style),
    }
    return show(request, "regions/chain.html", region, context)


@require_GET
def export(request: HttpRequest, region_id: str, form: str) -> HttpResponse:
    """The balances as a file."""
    region = access.region(region_id)
    setting = setting_of(region, request.GET)
    needed = access.requirements(region, setting.year, setting.scenario)
    rows = sorted(needed.balances.values(), key=lambda b: b.material)
    return as_file(request, region, chain_tables.balances(style_of(request)), rows, form)


@require_GET
def flows_csv(request: HttpRequest, region_id: str) -> HttpResponse:
    """The flows of the picture as CSV, in t per year."""
    region, style = access.region(region_id), style_of(request)
    setting = setting_of(region, request.GET)
    group = request.GET.get("group", "")
    if group and group not in dict(balances.products(region, setting.year, style)):
        raise Http404(group)
    drawn = access.picture(region, setting.year, setting.scenario, group)
    return as_file(request, region, chain_tables.flows(drawn, style), list(drawn.links), "csv")
