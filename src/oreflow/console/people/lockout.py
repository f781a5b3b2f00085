"""When sign-in pauses: few failures for a name from one address, more for a name from all, many from one address.

A stranger cannot keep somebody out: failures from all addresses together pause a name only at addresses from
which that person has not signed in lately, attempts during a pause do not lengthen it, and every pause ends by
itself after `AXES_COOLOFF_TIME`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest

from oreflow.console import clock

from . import events
from .models import User

NAME_LIMIT = 30  # failures for a name from all addresses
ADDRESS_LIMIT = 100  # failures from one address for all names
KNOWN_FOR = timedelta(days=90)

Credentials = dict[str, Any] | None


class Lockout(AxesDatabaseHandler):
    """The limits on top of those for a name at one address, and the entries in the security log."""

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Failures that count against AXES_FAILURE_LIMIT; the limit itself where a wider one is reached."""
        counted = int(super().get_failures(request, credentials))
        limit = int(settings.AXES_FAILURE_LIMIT)
        if counted >= limit:
            return counted
        lately = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        address, name = request.axes_ip_address, get_client_username(request, credentials)
        if _sum(lately.filter(ip_address=address)) >= ADDRESS_LIMIT:
            return limit
        if _sum(lately.filter(username=name)) >= NAME_LIMIT and not _known(name, address):
            return limit
        return counted

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count the failure and log it; attempts during a pause leave no entry."""
        paused = request is None or bool(request.axes_locked_out)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None or paused:
            return
        subject = User.objects.filter(username=credentials.get("username") or "").first()
        events.note("sign-in-failed", actor=None, subject=subject)
        if request.axes_locked_out:
            events.note("locked-out", actor=None, subject=subject)


def _sum(attempts: QuerySet[AccessAttempt]) -> int:
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def _known(name: str | None, address: str | None) -> bool:
    since = clock.now() - KNOWN_FOR
    return AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gte=since).exists()


def allowed(request: HttpRequest, user: User) -> bool:
    """Whether codes and passwords of this person are looked at here; during a pause the answer is the pause's page."""
    credentials = {"username": user.username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return True
    request.axes_locked_out, request.axes_credentials = True, credentials
    return False


def failed(request: HttpRequest, user: User) -> None:
    """Count a wrong code, or a wrong password given on an account page, like a failed sign-in."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def try_again_at(request: HttpRequest, name: str | None) -> datetime:
    """When sign-in works again for a name at this address; no more than one pause from now."""
    pause: timedelta = get_cool_off(request) or timedelta(0)
    address = events.address_of(request)
    last = AccessAttempt.objects.filter(Q(ip_address=address) | Q(username=name)).aggregate(at=Max("attempt_time"))[
        "at"
    ]
    now = clock.now()
    return min(last, now) + pause if last else now + pause


def unlock(name: str) -> int:
    """Forget the failures for a name; the number of entries forgotten."""
    return int(AccessAttempt.objects.filter(username=name).delete()[0])
