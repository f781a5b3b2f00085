"""The registers there are, and the list of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from oreflow.console.people.access import viewer_of

from ..access import register_of, why_not_create
from ..listing import listing
from ..presenting import said
from ..registry import REGISTERS
from .pages import desk, show

FORMATS = ("csv", "xlsx")


@require_GET
@desk
def registers(request: HttpRequest) -> HttpResponse:
    """Every register with what it is for."""
    return show(request, "registers/registers.html", {"registers": list(REGISTERS.values())})


@require_GET
@desk
def register(request: HttpRequest, key: str) -> HttpResponse:
    """A register's list: filtered, searched, sorted and paged as the address says."""
    found, viewer = register_of(key), viewer_of(request)
    if request.GET.get("format"):
        return _export(request, key)
    context = {
        "register": found,
        "list": listing(found, viewer, request.GET),
        "caption": said(found.name),
        "why_not_create": why_not_create(found, viewer),
        "export_urls": [(form, _export_url(request, key, form)) for form in FORMATS],
    }
    return show(request, "registers/list.html", context)


def _export(request: HttpRequest, key: str) -> HttpResponse:
    """The same rows as a file; unknown formats answer 404."""
    form = request.GET.get("format", "")
    url = _export_url(request, key, form) if form in FORMATS else ""
    if not url:
        raise Http404
    return HttpResponseRedirect(url)


def _export_url(request: HttpRequest, key: str, form: str) -> str:
    params = request.GET.copy()
    for name in ("page", "format"):
        params.pop(name, None)
    try:
        address = reverse(f"register-export-{form}", args=(key,))
    except NoReverseMatch:
        return ""
    return f"{address}?{params.urlencode()}" if params else address
