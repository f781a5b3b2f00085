"""The one door for reads of operations: for the installation's administrator alone."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django_tasks_db.models import DBTaskResult

from oreflow.console.people.access import Viewer, viewer_of
from oreflow.console.web import is_loopback

from .models import Heartbeat

TASK_STATES = ("READY", "RUNNING", "FAILED", "SUCCESSFUL")
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def only_system(viewer: Viewer) -> None:
    """For everybody else there is nothing here."""
    if not viewer.is_system:
        raise Http404


def visible_tasks(viewer: Viewer, state: str = "") -> QuerySet[DBTaskResult]:
    """Tasks, latest first."""
    only_system(viewer)
    rows = DBTaskResult.objects.order_by("-enqueued_at", "pk")
    return rows.filter(status=state) if state in TASK_STATES else rows


def visible_heartbeats(viewer: Viewer) -> QuerySet[Heartbeat]:
    """Who is or was alive."""
    only_system(viewer)
    return Heartbeat.objects.exclude(name="backups").order_by("name")


def may_read_metrics(request: HttpRequest) -> bool:
    """This machine itself, the installation's administrator, or whoever brings the token.

    A request that a proxy passed on is not from this machine, even where the proxy is.
    """
    if viewer_of(request).is_system:
        return True
    token = settings.CONFIGURATION.text("metrics_token")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    passed_on = any(name in request.META for name in _FORWARDED)
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return not passed_on and is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(host)
