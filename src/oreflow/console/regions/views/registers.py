"""Targets, actual figures, allotments, checks, and the search over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region

from .. import access, library_tables, tables
from ..presenters import Style, said, style_of
from .pages import register_page, show

_HITS = 12


@require_GET
def targets(request: HttpRequest, region_id: str) -> HttpResponse:
    """Every target with its form, base, binding and line."""
    region = access.region(region_id, viewer_of(request))
    register = tables.targets(region, style_of(request))
    return register_page(request, region, register, region.targets.values(), "regions/targets.html")


@require_GET
def figures(request: HttpRequest, region_id: str) -> HttpResponse:
    """Every actual figure, capacity and output told apart."""
    region = access.region(region_id, viewer_of(request))
    register = tables.figures(region, style_of(request))
    return register_page(request, region, register, region.figures.values(), "regions/figures.html")


@require_GET
def allotments(request: HttpRequest, region_id: str) -> HttpResponse:
    """Published allotments of rare earths."""
    region = access.region(region_id)
    register = tables.allotments(style_of(request))
    return register_page(request, region, register, region.quotas, "regions/allotments.html")


@require_GET
def checks(request: HttpRequest, region_id: str) -> HttpResponse:
    """What the checks found, errors first; what holds is counted, and shown when asked for."""
    region = access.region(region_id, viewer_of(request))
    found = access.findings(region)
    counts = {kind: sum(f.kind is kind for f in found) for kind in FindingClass}
    asked = any(request.GET.get(name) for name in ("class", "q", "check", "all", "format"))
    rows = found if asked else [f for f in found if f.kind is not FindingClass.HOLDS]
    register = tables.checks(region, style_of(request))
    return register_page(
        request, region, register, rows, "regions/checks.html",
        counts=counts, folded=0 if asked else counts[FindingClass.HOLDS], everything=len(found),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a search found."""

    label: str
    note: str
    url: str


@require_GET
def search(request: HttpRequest, region_id: str) -> HttpResponse:
    """Targets, figures, materials, processes and findings that hold every word asked for."""
    region, style = access.region(region_id, viewer_of(request)), style_of(request)
    words = request.GET.get("q", "").strip()[:80]
    groups = (
        [(title, list(_first(hits))) for title, hits in _searches(region, style, words.casefold().split())]
        if words
        else []
    )
    return show(
        request,
        "regions/search.html",
        region,
        {
            "search_words": words,
            "groups": [g for g in groups if g[1]],
            "limit": _HITS,
        },
    )


def _first(hits: Iterable[Hit]) -> Iterator[Hit]:
    for count, hit in enumerate(hits):
        if count == _HITS:
            return
        yield hit


def _searches(region: Region, style: Style, words: list[str]) -> Iterator[tuple[str, Iterator[Hit]]]:
    yield _("Targets"), _hits(tables.targets(region, style), region.targets.values(), words)
    yield _("Actual figures"), _hits(tables.figures(region, style), region.figures.values(), words)
    yield _("Checks"), _hits(tables.checks(region, style), access.findings(region), words)
    yield _("Materials"), _hits(library_tables.materials(region, style), region.library.materials.values(), words)
    yield _("Processes"), _hits(library_tables.processes(region, style), region.library.processes.values(), words)
    yield (
        _("Plan texts"),
        (
            Hit(said(d.title, style), said(d.issuer, style), tables.link("source", region, document_id=d.id))
            for d in region.documents.values()
            if all(w in f"{d.id} {d.title.zh} {d.title.en}".casefold() for w in words)
        ),
    )


def _hits(register: Any, rows: Iterable[Any], words: list[str]) -> Iterator[Hit]:
    first = register.columns[0]
    for row in rows:
        if all(w in register.text(row).casefold() for w in words):
            cell = first.cell(row)
            year = getattr(row, "year", "")
            yield Hit(cell.text, " · ".join(str(x) for x in (cell.note, year) if x), cell.href)
