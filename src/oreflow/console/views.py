"""Pages that belong to no desk: help, about, switches, errors."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from oreflow.core.chain import Verdict
from oreflow.core.provenance import FindingClass, Mark, Text

from . import errors_api
from .assets import versions
from .home import page as home_page
from .middleware import UNIT_COOKIE, UNIT_MODES
from .regions import access, words

YEAR = 365 * 24 * 3600
FULL = Text(
    "存储空间已满，未保存任何内容。请管理员清理磁盘后重试。",
    "The storage is full; nothing was saved. An administrator must free some space, then try again.",
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs the reader; whoever is not signed in gets the open first page of the built-in region."""
    if request.user.is_authenticated:
        return home_page(request)
    return redirect("first", region_id=access.default_region_id())


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read the pages: marks, classes, verdicts, words."""
    context = {
        "marks": list(Mark),
        "verdicts": [(v.value, words.VERDICTS[v], words.VERDICT_HINTS[v]) for v in Verdict],
        "classes": [(k.value, k.text.in_language(get_language() or "en"), words.CLASS_HINTS[k]) for k in FindingClass],
    }
    return render(request, "console/help.html", context)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Version, regions with their hashes, licences of what is shipped."""
    regions = [access.region(region_id) for region_id in access.region_ids()]
    return render(request, "console/about.html", {"regions": regions, "assets": versions()})


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember language or units in a cookie and return to the same page."""
    response = HttpResponseRedirect(_same_page(request))
    language, unit = request.POST.get("language", ""), request.POST.get("unit", "")
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    if unit in UNIT_MODES:
        _remember(response, UNIT_COOKIE, unit)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True)


def _same_page(request: HttpRequest) -> str:
    """The page the switch stood on, without a `unit` that would overrule the new choice."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(back)
    path = "/" + parts.path.lstrip("/\\")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "unit"]
    return urlunsplit(("", "", path, urlencode(kept), ""))


def _error_page(status: int) -> Callable[..., HttpResponse]:
    def page(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
        del exception, reason  # what went wrong is for the console's output, not for the reader
        if request.path.startswith("/api/"):
            return errors_api.plain(status)
        return render(request, "console/error.html", {"status": status}, status=status)

    return page


bad_request = _error_page(400)
forbidden = _error_page(403)
not_found = _error_page(404)
_failed = _error_page(500)


def server_error(request: HttpRequest) -> HttpResponse:
    """A failure of ours; a database that does not answer, or a full disk, is said as such, without asking it again."""
    error = sys.exc_info()[1]
    if not isinstance(error, (OperationalError, InterfaceError)) and getattr(error, "errno", None) != errno.ENOSPC:
        return _failed(request)
    said = FULL if "full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC else errors_api.TEXTS[503]
    if request.path.startswith("/api/"):
        response = errors_api.plain(503)
    else:
        page = render_to_string("console/no_answer.html", {"zh": said.zh, "en": said.en})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = "5"
    return response
