"""Where a number comes from: figures, targets, findings, answers, balances, burdens."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of
from oreflow.core.chain import UnknownMaterial
from oreflow.core.materials import Burden

from .. import access, opening, tables
from ..forms import setting_of, view_of
from ..presenters import basis_words, bounded, said, style_of
from .pages import show


@require_GET
def figure(request: HttpRequest, region_id: str, figure_id: str) -> HttpResponse:
    """An actual figure: what it counts, where it is printed, which checks use it."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    found = access.one(region.figures, figure_id)
    context = {
        "item": found,
        "indicator": region.indicators[found.indicator],
        "area": region.areas[found.area],
        "value": bounded(found.comparator, found.value, None, style, found.places),
        "basis": basis_words(found.value, style),
        "source": tables.source_cell(region, found.source, style),
        "of": opening.cell(region, found.of, style) if found.of else None,
        "checks": opening.findings_on(region, found.id, style),
        "used_by": opening.targets_from(region, found.id, style),
        "read_in": access.read_in(region_id, viewer_of(request), found.id),
    }
    return show(request, "regions/figure.html", region, context)


@require_GET
def target(request: HttpRequest, region_id: str, target_id: str) -> HttpResponse:
    """A target without loss of meaning, with its base, line, checks and place in the chain."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    found = access.one(region.targets, target_id)
    context = {
        "item": found,
        "indicator": region.indicators[found.indicator],
        "area": region.areas[found.area],
        "value": bounded(found.comparator, found.value, found.upper, style, found.places),
        "basis": basis_words(found.value, style),
        "form": opening.form_words(found),
        "binding": opening.binding_words(found),
        "comparator": tables.comparator_words(found.comparator),
        "source": tables.source_cell(region, found.source, style),
        "base": opening.cell(region, found.base, style) if found.base else None,
        "checks": opening.findings_on(region, found.id, style),
        "goals": opening.goals_of(region, found, style),
        "read_in": access.read_in(region_id, viewer_of(request), found.id),
    }
    return show(request, "regions/target.html", region, context)


@require_GET
def finding(request: HttpRequest, region_id: str, code: str) -> HttpResponse:
    """A finding with its calculation and the cells that went in."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    found = next((f for f in access.findings(region) if f.code == code), None)
    if found is None:
        raise Http404(code)
    context = {
        "finding": found,
        "unit": tables.finding_unit(found, style),
        "printed": tables.finding_number(found.found, found, style),
        "recomputed": tables.finding_number(found.expected, found, style),
        "gap": tables.finding_number(found.gap, found, style, signed=True),
        "cells": [c for key in found.cells if (c := opening.cell(region, key, style))],
        "sources": [tables.source_cell(region, s, style) for s in dict.fromkeys(found.sources)],
    }
    return show(request, "regions/finding.html", region, context)


@require_GET
def answer(request: HttpRequest, region_id: str, comparison_id: str) -> HttpResponse:
    """A comparison: both sides with every line that adds to them, break-evens, assumptions."""
    region, style = access.region(region_id), style_of(request)
    setting = setting_of(region, request.GET)
    view = view_of(region, setting)
    found = next((a for a in view.answers if a.comparison == comparison_id), None)
    if found is None:
        raise Http404(comparison_id)
    sides = access.answer_origins(region, setting.year, setting.scenario, comparison_id)
    context = {
        "answer": opening.answer(region, found, setting, style),
        "setting": setting,
        "sides": [opening.origin(region, sides[key], style, key) for key in ("required", "available") if key in sides],
        "formula": said(sides["gap"].formula, style),
        "assumptions": [said(t, style) for t in found.assumptions],
        "break_evens": opening.break_evens(view, found, style),
        "mark": said(found.mark.text, style),
        "sources": [tables.source_cell(region, s, style) for s in dict.fromkeys(found.sources)],
        "target": opening.cell(region, found.target, style) if found.target else None,
    }
    return show(request, "regions/origin_answer.html", region, context)


@require_GET
def balance(request: HttpRequest, region_id: str, material_id: str) -> HttpResponse:
    """How the need and the arising of a material come about in a year."""
    region, style = access.region(region_id), style_of(request)
    setting = setting_of(region, request.GET)
    try:
        sides = access.origins(region, setting.year, setting.scenario, material_id)
    except UnknownMaterial as error:
        raise Http404(material_id) from error
    needed = access.requirements(region, setting.year, setting.scenario)
    context = {
        "name": opening.material_name(region, material_id, style),
        "material_id": material_id if material_id in region.library.materials else "",
        "setting": setting,
        "balance": opening.balance(region, needed, material_id, setting, style),
        "sides": [opening.origin(region, o, style, key) for key, o in sides.items()],
        "assumptions": [said(t, style) for t in needed.assumptions],
    }
    return show(request, "regions/origin_balance.html", region, context)


@require_GET
def burden(request: HttpRequest, region_id: str, burden: str) -> HttpResponse:
    """How the electricity, energy, water or CO2 of a year comes about."""
    if burden not in {b.value for b in Burden}:
        raise Http404(burden)
    return balance(request, region_id, burden)
