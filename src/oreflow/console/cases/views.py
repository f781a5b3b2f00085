"""Pages of cases, letters and notices."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oreflow.console import clock
from oreflow.console.errors import ConsoleError
from oreflow.console.exports import harmless
from oreflow.console.people.access import found, viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.console.registers.attachments import path_of
from oreflow.console.report import ReportError, render_pdf
from oreflow.core.provenance import Text

from . import access, actions, forms, letters, pages, parties, tables, words

STATUS = {Refused: 403, Invalid: 422, Stale: 409}


@require_GET
@signed_in
def cases(request: HttpRequest) -> HttpResponse:
    """The register of cases."""
    viewer = viewer_of(request)
    form = request.GET.get("format", "")
    if form == "csv":
        params = request.GET.copy()
        params.pop("format")
        rows = tables.selected(viewer, params).select_related("organisation", "acceptor", "decider")
        return _csv(*tables.export(rows[: tables.MOST_EXPORTED]))
    if form:
        raise Http404
    return render(request, "cases/cases.html", {"list": tables.listing(viewer, request.GET)})


def _csv(header: list[str], rows: Iterator[list[str]]) -> StreamingHttpResponse:
    """A table that is sent while it is read."""

    class Line:
        def write(self, line: str) -> bytes:
            return line.encode()

    writer = csv.writer(Line(), lineterminator="\r\n")

    def lines() -> Iterator[bytes]:
        yield b"\xef\xbb\xbf"
        yield writer.writerow(header)
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cases-{clock.today()}.csv"'
    return response


@require_GET
@signed_in
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case."""
    return _page(request, case_id)


def _page(
    request: HttpRequest, case_id: int, error: ConsoleError | None = None, step: str = "", file: bool = False
) -> HttpResponse:
    viewer = viewer_of(request)
    shown = pages.context(access.find(viewer, case_id), viewer)
    shown |= {
        "refused": error.text if error and not isinstance(error, Invalid) else None,
        "problems": error.problems if isinstance(error, Invalid) else {},
        "tried": step,
        "file_problem": error.text if error and file else None,
        "given": forms.given_step(request.POST) if step else {},
    }
    return render(request, "cases/case.html", shown, status=STATUS.get(type(error), 200) if error else 200)


@require_POST
@signed_in
def step(request: HttpRequest, case_id: int, step_id: str) -> HttpResponse:
    """Take a step."""
    try:
        done = actions.take(viewer_of(request), case_id, step_id, **forms.given_step(request.POST))
    except (Refused, Invalid, Stale) as error:
        return _page(request, case_id, error, step_id)
    name = words.said(parties.procedure_of(done).steps[step_id].name)
    messages.success(request, _("Done: %(step)s.") % {"step": name})
    return HttpResponseRedirect(reverse("case", args=[case_id]))


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Change what a draft, or a case waiting for supplements, asks for."""
    viewer = viewer_of(request)
    row = access.find(viewer, case_id)
    refusal = actions.why_not_edit(viewer, row)
    if refusal is not None:
        return _page(request, case_id, Refused(refusal))
    if request.method == "GET":
        return _edit_page(request, row, {}, None)
    given = forms.given_values(row, viewer, request.POST)
    if "refresh" in request.POST:
        return _edit_page(request, row, given, None)
    version = forms.whole_number(request.POST.get("version", "")) or 0
    try:
        actions.edit(viewer, case_id, version, given, note=request.POST.get("note", "").replace("\x00", ""))
    except (Refused, Invalid, Stale) as error:
        return _edit_page(request, row, given, error)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("case", args=[case_id]))


def _edit_page(request: HttpRequest, row: Any, given: Mapping[str, Any], error: ConsoleError | None) -> HttpResponse:
    problems = error.problems if isinstance(error, Invalid) else {}
    whole = problems.get("") or (error.text if error and not problems else None)
    shown = {
        "case": row,
        "inputs": forms.inputs(row, viewer_of(request), given, problems),
        "note": request.POST.get("note", row.note),
        "refused": whole,
    }
    return render(request, "cases/edit.html", shown, status=STATUS.get(type(error), 200) if error else 200)


@require_POST
@signed_in
def attach(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep a file with a case."""
    sent = request.FILES.get("file")
    if sent is None:
        missing = Invalid({"file": Text("请选择要上传的文件。", "Choose a file.")})
        return _page(request, case_id, missing, file=True)
    try:
        actions.attach(viewer_of(request), case_id, sent.name or "", sent.file, note=request.POST.get("note", ""))
    except (Refused, Invalid) as error:
        return _page(request, case_id, error, file=True)
    messages.success(request, _("The file is kept with the case."))
    return HttpResponseRedirect(reverse("case", args=[case_id]))


@require_POST
@signed_in
def detach(request: HttpRequest, case_id: int, attachment_id: int) -> HttpResponse:
    """Take a file away from a case."""
    try:
        actions.detach(viewer_of(request), case_id, attachment_id, request.POST.get("reason", "").replace("\x00", ""))
    except (Refused, Invalid) as error:
        return _page(request, case_id, error, file=True)
    messages.success(request, _("The file was removed."))
    return HttpResponseRedirect(reverse("case", args=[case_id]))


@require_GET
@signed_in
def attachment(request: HttpRequest, case_id: int, attachment_id: int) -> FileResponse:
    """A file of a case."""
    row = access.find(viewer_of(request), case_id)
    kept = found(access.attachments(row), pk=attachment_id)
    path = path_of(kept.sha256)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
@signed_in
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter as it was issued."""
    row = access.find_letter(viewer_of(request), letter_id)
    return render(request, "cases/letter.html", {"letter": letters.written(row, words.language()), "row": row})


@require_GET
@signed_in
def letter_pdf(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter as PDF, in the reader's language."""
    row = access.find_letter(viewer_of(request), letter_id)
    try:
        body = pdf_of(row)
    except ReportError as error:
        said = Text(str(error), str(error))
        return render(request, "console/error.html", {"status": 503, "said": said}, status=503)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.case.number}-{row.kind}.pdf"'
    return response


def pdf_of(row: Any) -> bytes:
    """The bytes of a letter's PDF.

    Raises
    ------
    ReportError
        Where the libraries that write PDF are missing.
    """
    shown = {"letter": letters.written(row, words.language()), "row": row}
    return render_pdf(render_to_string("cases/letter_print.html", shown))


@require_POST
@signed_in
def notices_seen(request: HttpRequest) -> HttpResponse:
    """Mark notices as seen: those named, or all."""
    named = [forms.whole_number(v) or 0 for v in request.POST.getlist("notice")[:500]]
    actions.mark_seen(viewer_of(request), named or None)
    return HttpResponseRedirect(reverse("home"))
