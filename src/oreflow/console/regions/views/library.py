"""The reference library: materials, processes, and what the guard doubts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from .. import access, library, library_tables
from ..presenters import said, style_of
from .pages import register_page, show


@require_GET
def materials(request: HttpRequest, region_id: str) -> HttpResponse:
    """Every material."""
    region = access.region(region_id)
    register = library_tables.materials(region, style_of(request))
    return register_page(request, region, register, region.library.materials.values(), "regions/materials.html")


@require_GET
def processes(request: HttpRequest, region_id: str) -> HttpResponse:
    """Every process."""
    region = access.region(region_id)
    register = library_tables.processes(region, style_of(request))
    return register_page(request, region, register, region.library.processes.values(), "regions/processes.html")


@require_GET
def doubtful(request: HttpRequest, region_id: str) -> HttpResponse:
    """Rows of the library that the stoichiometric guard cannot confirm."""
    region = access.region(region_id)
    report = access.guarded(region)
    register = library_tables.doubts(region, style_of(request))
    return register_page(
        request, region, register, [*report.refused, *report.doubtful], "regions/doubtful.html",
        clean=len(report.clean), processes=len(region.library.processes),
    )  # fmt: skip


@require_GET
def material(request: HttpRequest, region_id: str, material_id: str) -> HttpResponse:
    """One material: contents, conversions, who makes and uses it."""
    region, style = access.region(region_id), style_of(request)
    found = access.one(region.library.materials, material_id)
    context = {
        "material": found,
        "name": said(found.name, style),
        "unit": style.unit(found.unit),
        "contents": library.contents(found),
        "conversions": library.conversions(found),
        "makers": library.makers(region, found, style),
        "users": library.users(region, found, style),
        "groups": [said(g.name, style) for g in region.library.groups.values() if found.id in g.members],
    }
    return show(request, "regions/material.html", region, context)


@require_GET
def process(request: HttpRequest, region_id: str, process_id: str) -> HttpResponse:
    """One process: flows, burdens, recoveries, element closure, sources."""
    region, style = access.region(region_id), style_of(request)
    found = access.one(region.library.processes, process_id)
    report = access.guarded(region)
    context = {
        "process": found,
        "name": said(found.name, style),
        "product": region.library.materials.get(found.product),
        "product_unit": style.unit(found.product_unit),
        "flows": library.flows(region, found, style),
        "burdens": library.burdens(found, style),
        "recoveries": library.recoveries(region, found, style),
        "closures": library.closures(region, report, found, style),
        "doubts": [f for f in (*report.refused, *report.doubtful) if found.id in f.cells],
        "references": library.references(region, found.sources, style),
        "chain_word": library.chain_word(found),
    }
    return show(request, "regions/process.html", region, context)
