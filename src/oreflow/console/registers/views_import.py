"""Pages of imports, the template and the export of a register."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl import Workbook

from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text
from oreflow.gateway.limits import MB

from . import exporting, tasks
from .access import register_of
from .imports import presenting, runs
from .imports.reading import LIMITS
from .listing import narrowed
from .models import ImportRun
from .presenting import reading_language
from .template import template as template_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 50
_WORKING = (ImportRun.State.READING, ImportRun.State.WRITING)
View = Callable[..., HttpResponseBase]


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Start an import: template, file, and the imports before."""
    register, viewer = register_of(key), viewer_of(request)
    refusal = runs.why_not_import(register, viewer)
    context: dict[str, Any] = {
        "register": register, "refusal": refusal, "rows": LIMITS.rows, "megabytes": LIMITS.file_bytes // MB,
        "recent": runs.visible_runs(viewer).filter(register=key).order_by("-pk")[:5],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "registers/import_upload.html", context)
    given = request.FILES.get("file")
    if given is None:
        return render(request, "registers/import_upload.html", {**context, "problem": _NO_FILE}, status=422)
    try:
        run = runs.start(register, viewer, given.name or "", given.read(), tasks.enqueue_preview)
    except Refused as error:
        return render(request, "registers/import_upload.html", {**context, "refusal": error.text}, status=403)
    except Invalid as error:
        return render(request, "registers/import_upload.html", {**context, "problem": error.text}, status=422)
    return HttpResponseRedirect(reverse("import", args=[run.pk]))


_NO_FILE = Text("请选择一个 .xlsx 或 .csv 文件。", "Choose an .xlsx or .csv file.")


@signed_in
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The reader's imports, newest first."""
    found = list(runs.visible_runs(viewer_of(request)).order_by("-pk")[:RECENT])
    return render(request, "registers/imports.html", {"runs": [(run, register_of(run.register)) for run in found]})


@signed_in
@require_GET
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import: its progress, or its preview row by row."""
    run = runs.find(viewer_of(request), run_id)
    return render(request, "registers/import.html", _context(request, run))


@signed_in
@require_GET
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far the work is; once it is done the whole page is loaded anew."""
    run = runs.find(viewer_of(request), run_id)
    if run.state not in _WORKING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "registers/import_progress.html", {"run": run, "percent": runs.progress(run)})


def _context(request: HttpRequest, run: ImportRun, refusal: Any = None) -> dict[str, Any]:
    register, viewer = register_of(run.register), viewer_of(request)
    context: dict[str, Any] = {
        "run": run, "register": register, "refusal": refusal, "working": run.state in _WORKING,
        "percent": runs.progress(run), "said": _said(run), "problems": _problems(run),
        "writable": run.state == run.State.PREVIEW and not run.errors and bool(run.adds + run.changes),
    }  # fmt: skip
    if run.state in (run.State.PREVIEW, run.State.DONE):
        query = request.GET
        context["preview"] = presenting.preview(register, viewer, run, query.get("tab", ""), query.get("page", ""))
    return context


def _said(run: ImportRun) -> str:
    return str(run.message.get(reading_language(), ""))


def _problems(run: ImportRun) -> list[str]:
    return [p[reading_language()] for p in run.message.get("problems", ())]


def _act(act: Callable[[HttpRequest, int], str]) -> View:
    """An act on an import: back to its page, which says what happened or why not."""

    @wraps(act)
    def view(request: HttpRequest, run_id: int) -> HttpResponse:
        try:
            said = act(request, run_id)
        except Refused as error:
            run = runs.find(viewer_of(request), run_id)
            return render(request, "registers/import.html", _context(request, run, error.text), status=409)
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(reverse("import", args=[run_id]))

    return signed_in(require_POST(view))


@_act
def write(request: HttpRequest, run_id: int) -> str:
    """Have a previewed import written."""
    runs.order_write(viewer_of(request), run_id, tasks.enqueue_write)
    return ""


@_act
def again(request: HttpRequest, run_id: int) -> str:
    """Compare the upload with the register anew."""
    runs.again(viewer_of(request), run_id, tasks.enqueue_preview)
    return ""


@_act
def discard(request: HttpRequest, run_id: int) -> str:
    """Give up an import."""
    runs.discard(viewer_of(request), run_id)
    return _("The import was discarded; nothing was written.")


@signed_in
@require_GET
def errors(request: HttpRequest, run_id: int) -> HttpResponse:
    """The problems of an import as a workbook."""
    run = runs.find(viewer_of(request), run_id)
    if not run.errors:
        raise Http404
    return _book(presenting.errors_workbook(register_of(run.register), run), f"errors-{run.pk}.xlsx")


@signed_in
@require_GET
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The workbook to fill in."""
    register = register_of(key)
    return _book(template_of(register, viewer_of(request), reading_language()), f"{key}-template.xlsx")


@signed_in
@require_GET
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The register as filtered, as CSV or workbook."""
    register, viewer = register_of(key), viewer_of(request)
    rows, _filters, _words = narrowed(register, viewer, request.GET)
    wanted = exporting.Export(register, viewer, rows, reading_language())
    try:
        if form == "csv":
            response: HttpResponseBase = StreamingHttpResponse(
                exporting.csv_lines(wanted), content_type="text/csv; charset=utf-8"
            )
        else:
            response = FileResponse(exporting.workbook(wanted), content_type=XLSX)
    except ConsoleError as error:
        return render(request, "console/error.html", {"status": 422, "said": error.text}, status=422)
    response["Content-Disposition"] = _attached(f"{key}.{form}")
    return response


def _book(book: Workbook, name: str) -> HttpResponse:
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = _attached(name)
    return response


def _attached(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
