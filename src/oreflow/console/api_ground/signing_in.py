"""Who calls the data interface: a program by its token, or a browser by its session."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from oreflow.console import clock
from oreflow.console.errors_api import TEXTS, ApiError
from oreflow.console.people import access
from oreflow.console.people.access import NOBODY, Viewer, viewer_of

from .limits import BUCKETS, Allowance

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class BearerToken(AuthBase):
    """`Authorization: Bearer ofl_…`, a token issued on the account page."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token issued on the account page, with scopes and an end."

    def __call__(self, request: HttpRequest) -> Viewer | None:
        return _admitted(request)


class SessionCookie(AuthBase):
    """The cookie of a signed-in browser; writes need the header X-CSRFToken."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "oreflow_session"
    openapi_description = "A signed-in browser; writes need the header X-CSRFToken."

    def __call__(self, request: HttpRequest) -> Viewer | None:
        return _admitted(request)


def _admitted(request: HttpRequest) -> Viewer | None:
    viewer = viewer_of(request)
    return viewer if viewer.user is not None else None


def admit(request: HttpRequest, *, open_to_all: bool) -> Allowance | None:
    """Set the request's viewer and count the request; what is left of the caller's rate, None for no limit.

    Raises
    ------
    AuthenticationError, ApiError, TooMany
    """
    raw = _token(request)
    if raw is None:
        return _admit_session(request, open_to_all)
    viewer = access.viewer_for_token(raw, clock.now())
    if viewer is None or viewer.user is None:
        _take(f"address {request.META.get('REMOTE_ADDR', '')}")
        raise AuthenticationError(message="invalid_token")
    request.viewer = viewer
    return _take(f"token {hashlib.sha256(raw.encode()).hexdigest()}")


def _token(request: HttpRequest) -> str | None:
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, raw = header.partition(" ")
    return raw.strip() if scheme.lower() == "bearer" else ""


def _admit_session(request: HttpRequest, open_to_all: bool) -> Allowance | None:
    viewer = viewer_of(request)
    if viewer.user is None:
        left = _take(f"address {request.META.get('REMOTE_ADDR', '')}")
        if not open_to_all:
            raise AuthenticationError
        request.viewer = NOBODY
        return left
    left = _take(f"session {request.session.session_key}")
    if request.method not in SAFE and check_csrf(request) is not None:
        raise ApiError(403, "csrf", TEXTS[403])
    return left


def _take(caller: str) -> Allowance | None:
    limit = settings.OREFLOW_RATE_LIMIT
    return BUCKETS.take(caller, limit) if limit else None
