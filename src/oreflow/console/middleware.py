"""Every request: its trace and figures, the size it may have, headers on the answer, the reader's units."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from oreflow.core.chain import ChainError
from oreflow.core.provenance import Text

from . import errors_api
from .operations import logs, metrics
from .people.access import viewer_of
from .web import LARGEST_UPLOAD

Responder = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("oreflow.requests")
MEGABYTE = 1024 * 1024
LARGEST_BODY = 2 * MEGABYTE
UPLOADS = re.compile(r"^/(?:api/)?(?:imports|documents)(?:/|$)|/import(?:s|/|$)|/attach(?:ments?)?(?:/|$)")

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

UNIT_COOKIE = "oreflow_unit"
LONGEST_QUERY = 8_192
UNIT_MODES = ("wan", "unit")


class Traced:
    """Gives each request a number that stands in the log, in the answer and on an error page; counts and times it."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)
        logs.start(request_id=request.request_id, request=request)
        started, queries = time.perf_counter(), Queries()
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
            seconds = time.perf_counter() - started
            view = _view_name(request)
            metrics.observe(view, request.method or "", response.status_code, seconds, queries.count)
            if logger.isEnabledFor(logging.INFO):
                facts = (request.method, view, response.status_code, seconds * 1000, queries.count)
                logger.info("%s %s %s %.1f ms, %d queries", *facts)
        finally:
            logs.start()
        response.headers["X-Request-Id"] = request.request_id
        return response


class Queries:
    """Counts the statements that a request sends to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count and go on."""
        self.count += 1
        return execute(sql, params, many, context)


def _view_name(request: HttpRequest) -> str:
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


class BodyLimits:
    """Uploads may be large where files are expected; everywhere else a body is small."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("CONTENT_LENGTH") or "0"
        limit = LARGEST_UPLOAD if UPLOADS.search(request.path) else LARGEST_BODY
        if given.isdigit() and int(given) <= limit:
            return self.get_response(request)
        text = Text(
            f"请求内容过大：这里最多 {limit // MEGABYTE} MB。请缩小文件，或分几次上传。",
            f"The request is too large: at most {limit // MEGABYTE} MB here. Make it smaller, or send it in parts.",
        )
        if request.path.startswith("/api/"):
            said = {
                "type": "about:blank", "title": "Content Too Large", "status": 413, "code": "too-large",
                "detail": text.en, "message": {"zh": text.zh, "en": text.en}, "problems": {},
            }  # fmt: skip
            return JsonResponse(said, status=413, content_type="application/problem+json")
        return HttpResponse(f"{text.zh}\n{text.en}\n", status=413, content_type="text/plain; charset=utf-8")


class SecurityHeaders:
    """Puts the same strict headers on every answer, static files and errors included."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PlainRequests:
    """Answers HEAD as GET without a body, refuses long queries and addresses that no database takes.

    Keeps answers apart by their cookies.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY or "\0" in request.path:
            if request.path.startswith("/api/"):
                return errors_api.plain(400)
            return render(request, "console/error.html", {"status": 400}, status=400)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        signed_in = viewer_of(request).user is not None
        response.headers.setdefault("Cache-Control", "private, no-store" if signed_in else "private, no-cache")
        if head and not response.streaming:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


class SaidErrors:
    """What the engines cannot answer for a setting becomes a page that says why, not a failure."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with the error's own text for errors of the chain; others go their way."""
        if not isinstance(exception, ChainError):
            return None
        return render(request, "console/error.html", {"status": 422, "said": exception.text}, status=422)


class PreferredUnits:
    """Sets `request.unit_mode`: `?unit=` in the URL, else the cookie, else 万吨 (`wan`)."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("unit") or request.COOKIES.get(UNIT_COOKIE, "")
        request.unit_mode = asked if asked in UNIT_MODES else UNIT_MODES[0]
        return self.get_response(request)
