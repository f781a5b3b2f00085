"""The region's report as a download."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from oreflow.console.report import ReportError, render_pdf, render_report
from oreflow.core.provenance import Text

from .. import access
from ..forms import year_of
from ..presenters import style_of

_TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@lru_cache(maxsize=8)
def printed(region_id: str, year: int, language: str, form: str) -> bytes:
    """The report of a built-in region, which does not change while the console runs."""
    page = render_report(access.region(region_id), year, language)
    return render_pdf(page) if form == "pdf" else page.encode()


@require_GET
def report(request: HttpRequest, region_id: str, form: str) -> HttpResponse:
    """The report in the reader's language, as HTML or PDF."""
    region = access.region(region_id)
    if form not in _TYPES:
        raise Http404(form)
    year, language = year_of(region, request.GET), style_of(request).language
    try:
        body = printed(region.id, year, language, form)
    except ReportError as error:
        said = Text(str(error), str(error))
        return render(request, "console/error.html", {"status": 503, "said": said}, status=503)
    response = HttpResponse(body, content_type=_TYPES[form])
    name = f"{region.id}-{year}-report.{language}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
