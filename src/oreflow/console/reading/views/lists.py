"""The list of documents, and handing in new ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.people.guard import signed_in
from oreflow.console.reading import access, actions
from oreflow.console.reading.models import Document
from oreflow.console.reading.pages import listing
from oreflow.console.reading.pages.wish import whole
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.regions.access import region_ids
from oreflow.core.provenance import Text

MOST_FILES = 50
ENDINGS = ".txt,.docx,.pdf,.html,.htm,.xlsx"
Failed = list[tuple[str, Text]]
_NO_FILE = Text("请选择要存入的文件。", "Choose the files to hand in.")
_NO_DAY = Text("印发日期请按 2026-11-22 的格式填写。", "Write the day of issue as 2026-11-22.")
_NO_REGION = Text("请选择文件所属的地区。", "Choose the region that the document is about.")
_TOO_MANY = Text(
    f"一次最多 {MOST_FILES} 个文件。请分几次存入。", f"At most {MOST_FILES} files at once. Send them in parts."
)


@require_http_methods(["GET", "POST"])
@signed_in
def documents(request: HttpRequest) -> HttpResponse:
    """The documents within reach; a POST hands in new ones."""
    if request.method == "POST":
        return _handed_in(request)
    return _page(request)


def _page(request: HttpRequest, failed: Failed | None = None, status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    shown = {
        "list": listing.listing(viewer, request.GET),
        "refusal": access.why_not_add(viewer),
        "regions": listing.regions(),
        "given": request.POST,
        "failed": failed or [],
        "endings": ENDINGS,
        "mine": _own(viewer),
    }
    return render(request, "reading/documents.html", shown, status=status)


def _own(viewer: Viewer) -> list[tuple[int, str]]:
    """The documents that a new one may be an edition of: first editions of the viewer's organisation."""
    if viewer.organisation is None or access.why_not_add(viewer) is not None:
        return []
    rows = access.listed_documents(viewer).filter(organisation=viewer.organisation, edition_of=None)
    return list(rows.values_list("pk", "title")[:200])


def _handed_in(request: HttpRequest) -> HttpResponse:
    kept, failed = _keep(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return _one(kept, failed)
    if not kept:
        return _page(request, failed, 403 if access.why_not_add(viewer_of(request)) else 422)
    said = ngettext("%(n)s document is being read.", "%(n)s documents are being read.", len(kept)) % {"n": len(kept)}
    messages.success(request, said)
    if failed:
        return _page(request, failed)
    address = listing.address(kept[0]) if len(kept) == 1 else reverse("documents")
    return HttpResponseRedirect(address)


def _one(kept: list[Document], failed: Failed) -> JsonResponse:
    """The answer for one file of many, sent one by one."""
    if kept:
        return JsonResponse({"title": kept[0].title, "url": listing.address(kept[0]), "said": _("being read")})
    language = get_language() or "en"
    return JsonResponse({"problem": " ".join(t.in_language(language) for _n, t in failed)}, status=200)


def _keep(request: HttpRequest) -> tuple[list[Document], Failed]:
    """Hand the files of a form in: one with its title and edition, or many."""
    files = [f for f in request.FILES.getlist("file") if isinstance(f, UploadedFile)]
    problem = _NO_FILE if not files else _TOO_MANY if len(files) > MOST_FILES else None
    region = request.POST.get("region", "")
    if problem is None and region not in region_ids():
        problem = _NO_REGION
    issued, bad_day = _day(request.POST.get("issued", ""))
    if problem or bad_day:
        return [], [("", problem or _NO_DAY)]
    options: dict[str, Any] = {
        "region": region, "public": "public" in request.POST, "simplify": "simplify" in request.POST,
    }  # fmt: skip
    if len(files) > 1:
        pairs = [(f.name or "", f.file) for f in files]
        try:
            return actions.add_documents(viewer_of(request), pairs, **options)
        except (Refused, Invalid) as error:
            return [], [("", error.text)]
    options |= {
        "title": request.POST.get("title", "").replace("\x00", "").strip()[:300], "issued": issued,
        "edition_of": whole(request.POST.get("edition_of")),
    }  # fmt: skip
    return _single(viewer_of(request), files[0], options)


def _single(viewer: Viewer, file: UploadedFile, options: dict[str, Any]) -> tuple[list[Document], Failed]:
    try:
        return [actions.add_document(viewer, file.name or "", file.file, **options)], []
    except Invalid as error:
        return [], [(file.name or "", text) for text in error.problems.values()]
    except ConsoleError as error:
        return [], [(file.name or "", error.text)]


def _day(written: str) -> tuple[date | None, bool]:
    """A day, and whether what was written is none."""
    if not written.strip():
        return None, False
    try:
        return date.fromisoformat(written.strip()), False
    except ValueError:
        return None, True
