"""Pages of operations, health and metrics."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from oreflow.console.clock import now
from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import viewer_of
from oreflow.console.people.guard import needs_system
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from . import access, actions, calendars, metrics
from . import health as signs
from .backups import backups_made
from .doctor import settings_shown

PAGE_SIZE = 50
SALT = "oreflow.calendar"
PATIENCE = 3600  # seconds between looking at a list and storing it


@require_GET
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Liveness alone where `?live` is asked, else readiness with its reasons: 200 or 503."""
    if "live" in request.GET:
        return JsonResponse({"live": True})
    found = signs.health()
    return JsonResponse(found, status=200 if found["ready"] else 503, json_dumps_params={"ensure_ascii": False})


@require_GET
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; for others there is nothing here."""
    if not access.may_read_metrics(request):
        raise Http404
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


@needs_system
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Health, parts, tasks, backups, calendars and settings on one page."""
    return render(request, "operations/overview.html", _context(request))


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    viewer, state = viewer_of(request), request.GET.get("state", "")
    page = Paginator(access.visible_tasks(viewer, state), PAGE_SIZE).get_page(request.GET.get("page"))
    found = signs.health()
    return {
        "health": found,
        "signs": [{**s, "text": Text(**s["reason"]) if s["reason"] else None} for s in found["signs"]],
        "heartbeats": access.visible_heartbeats(viewer),
        "tasks": page,
        "states": access.TASK_STATES,
        "state": state,
        "backups": backups_made(),
        "years": calendars.known_years(),
        "settings": [{**s, "meaning": Text(s["zh"], s["en"])} for s in settings_shown()],
        **more,
    }


@needs_system
@require_GET
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One task with its error."""
    found = access.visible_tasks(viewer_of(request)).filter(pk=task_id).first()
    if found is None:
        raise Http404
    return render(request, "operations/task.html", {"task": found})


@needs_system
@require_POST
def retry(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Try a failed task again."""
    try:
        actions.retry(viewer_of(request), task_id)
    except ConsoleError as refusal:
        messages.error(request, _said(refusal.text))
    else:
        messages.success(request, _("The task waits to be run again."))
    return HttpResponseRedirect(reverse("operations"))


@needs_system
@require_POST
def look_at_calendar(request: HttpRequest) -> HttpResponse:
    """Show what a list of holidays would change, before anything is stored."""
    file = request.FILES.get("file")
    try:
        content = file.read(calendars.LONGEST_LIST + 1) if file else b""
        days = calendars.read_days(content, file.name if file else "")
    except Invalid as problem:
        said = _said(next(iter(problem.problems.values())))
        return render(request, "operations/overview.html", _context(request, calendar_problem=said), status=422)
    token = signing.dumps([(day.isoformat(), works) for day, works in days], salt=SALT, compress=True)
    shown = calendars.preview(days)
    context = {
        "days": shown,
        "token": token,
        "years": sorted({d.day.year for d in shown}),
        "name": file.name if file else "",
    }
    return render(request, "operations/calendar.html", context)


@needs_system
@require_POST
def store_calendar(request: HttpRequest) -> HttpResponse:
    """Store the list that was looked at."""
    try:
        kept = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=PATIENCE)
        days = [(date.fromisoformat(day), bool(works)) for day, works in cast(list[tuple[str, bool]], kept)]
        years = actions.load_holidays(viewer_of(request), days, now())
    except signing.BadSignature:
        messages.error(request, _("This list is too old to be stored. Choose the file again."))
    except ConsoleError as refusal:
        messages.error(request, _said(refusal.text))
    else:
        messages.success(request, _("Stored the holidays of %(years)s.") % {"years": ", ".join(map(str, years))})
    return HttpResponseRedirect(reverse("operations"))


def _said(text: Text) -> str:
    from django.utils.translation import get_language

    return text.in_language(get_language() or "en")
