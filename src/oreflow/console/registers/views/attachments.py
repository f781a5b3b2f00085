"""Files of records: added, served with nothing that could run, taken away with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oreflow.console.people.access import viewer_of
from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text

from .. import access, actions, attachments
from .pages import desk, show


@require_POST
@desk
def attach(request: HttpRequest, key: str, record_id: int) -> HttpResponse:
    """Keep a file with a record."""
    register = access.register_of(key)
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        access.find(register, viewer_of(request), record_id)
        raise Invalid({"file": Text("请先选择文件。", "Choose a file first.")})
    kept = actions.attach(
        register, viewer_of(request), record_id, given.name or "", given, note=request.POST.get("note", "")
    )
    messages.success(request, _("“%(name)s” was added.") % {"name": kept.name})
    return HttpResponseRedirect(reverse("record", args=(key, record_id)) + "#files")


@require_GET
@desk
def file(request: HttpRequest, key: str, record_id: int, attachment_id: int) -> Any:
    """A file of a record, always as a download."""
    kept = access.attachment(access.register_of(key), viewer_of(request), record_id, attachment_id)
    path = attachments.path_of(kept.sha256)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@desk
def remove(request: HttpRequest, key: str, record_id: int, attachment_id: int) -> HttpResponse:
    """Take a file away; who did and why stays on record."""
    register, viewer = access.register_of(key), viewer_of(request)
    kept = access.attachment(register, viewer, record_id, attachment_id)
    refusal = access.why_not_attach(register, viewer)
    if refusal:
        raise Refused(refusal)
    problem = None
    if request.method == "POST":
        try:
            actions.detach(register, viewer, record_id, attachment_id, request.POST.get("reason", ""))
        except Invalid as error:
            problem = error.problems["reason"]
        else:
            messages.success(request, _("The file was removed; its entry stays."))
            return HttpResponseRedirect(reverse("record", args=(key, record_id)) + "#files")
    record = access.find(register, viewer, record_id)
    context = {
        "register": register, "record": record, "title": getattr(record, register.title), "file": kept,
        "problem": problem, "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return show(request, "registers/remove_file.html", context, 422 if problem else 200)
