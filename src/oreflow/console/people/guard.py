"""Who may open a page at all: signed in, acting for somebody, or the installation's administrator."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .access import Breadth, viewer_of

View = Callable[..., HttpResponse]
LONGEST_NEXT = 500


def signed_in(view: View) -> View:
    """A page for people who are signed in and act for somebody; others are sent to sign in, or told why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if viewer_of(request).breadth is Breadth.NOTHING and not viewer_of(request).roles:
            return render(request, "people/no_membership.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def own_account(view: View) -> View:
    """A page about oneself: open without any membership, too."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return guarded


def needs_system(view: View) -> View:
    """A page for the installation's administrator; it is not there for others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not viewer_of(request).is_system:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to where the reader was; requests of a page's part move the whole page."""
    here = _here(request)
    address = f"{reverse('sign-in')}?{urlencode({'next': here})}" if here != "/" else reverse("sign-in")
    return moved(request, address)


def moved(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that htmx follows with the whole page."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _here(request: HttpRequest) -> str:
    if request.headers.get("HX-Request") == "true":
        parts = urlsplit(request.headers.get("HX-Current-URL", ""))
        return safe_next(request, f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return safe_next(request, request.get_full_path()) if request.method in ("GET", "HEAD") else "/"


def safe_next(request: HttpRequest, wish: str) -> str:
    """The address within this console that is asked for, else the first page."""
    parts = _split(wish)
    if parts is None or not url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}):
        return "/"
    if any(ord(c) < 32 or c == "\\" for c in wish) or not wish.startswith("/") or wish.startswith("//"):
        return "/"
    return "/" if parts.path in (reverse("sign-in"), reverse("sign-out")) else wish


def _split(wish: str) -> Any:
    if not wish or len(wish) > LONGEST_NEXT:
        return None
    try:
        return urlsplit(wish)
    except ValueError:
        return None
