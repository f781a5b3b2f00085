"""Headers on every answer, and the reader's units on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from oreflow.core.chain import ChainError

Responder = Callable[[HttpRequest], HttpResponse]

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
    """Answers HEAD as GET without a body, refuses long queries, and keeps answers apart by their cookies."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return render(request, "console/error.html", {"status": 400}, status=400)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Cache-Control", "private, no-cache")
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
