"""What can be taken away from a document: its items, its file, and what was accepted as a pack."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading import access, packs
from oreflow.console.reading.models import Document
from oreflow.console.reading.pages import exporting
from oreflow.console.reading.pages.desk import Trial
from oreflow.console.reading.pages.held import held
from oreflow.console.refusals import Refused
from oreflow.console.registers.attachments import path_of

from .desk import kept, page


@require_GET
@signed_in
def export(request: HttpRequest, document_id: int, form: str) -> HttpResponseBase:
    """All items of a document as JSON lines, CSV or workbook."""
    viewer = viewer_of(request)
    row = kept(viewer, document_id)
    if form not in exporting.FORMS or row.state != Document.State.READY:
        raise Http404
    items = access.items_of(viewer, row)
    content = exporting.FORMS[form]
    if form == "json":
        response: HttpResponseBase = StreamingHttpResponse(
            exporting.json_lines(row, items.iterator()), content_type=content
        )
        response["Content-Disposition"] = _attached(f"{row.key}.jsonl")
        return response
    found = list(items)
    text = held(row.pk, row.text_sha256)
    places = {i.pk: text.label_of(i.start) for i in found}
    if form == "csv":
        response = StreamingHttpResponse(exporting.csv_lines(row, found, places), content_type=content)
    else:
        response = FileResponse(exporting.workbook(row, found, places), content_type=content)
    response["Content-Disposition"] = _attached(f"{row.key}.{form}")
    return response


def _attached(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


@require_GET
@signed_in
def file(request: HttpRequest, document_id: int) -> FileResponse:
    """The file as it was handed in."""
    row = kept(viewer_of(request), document_id)
    path = path_of(row.sha256)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=row.file_name, content_type=row.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
@signed_in
def pack(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """What was accepted from a document, as a pack."""
    viewer = viewer_of(request)
    row = kept(viewer, document_id)
    try:
        name, content = packs.document_pack(viewer, document_id)
    except Refused as error:
        return page(request, row, Trial("document", said=error.text), error)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = _attached(name)
    return response
