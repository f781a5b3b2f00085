"""Signed-in browsers: noted when they sign in, so that their owner sees and ends them."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest

from oreflow.console import clock

from . import events
from .models import OpenSession, User

SEEN_EVERY = timedelta(minutes=5)
_SEEN = "seen"
# in this order: each names those after it, too
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def digest(key: str) -> str:
    """What names a session in addresses and forms; the key itself never leaves the server."""
    return sha256(key.encode()).hexdigest()


@receiver(user_logged_in)
def note_start(request: HttpRequest, user: User, **_others: Any) -> None:
    """Note a browser that signed in, with its session's new key."""
    events.seen_from(events.address_of(request))
    if request.session.session_key is None:
        request.session.create()
    follow(request, user)
    events.note("signed-in", actor=user, subject=user)


@receiver(user_logged_out)
def note_end(request: HttpRequest, user: User | None, **_others: Any) -> None:
    """Forget a browser that signed out."""
    if user is None:
        return
    OpenSession.objects.filter(key_digest=digest(request.session.session_key or "")).delete()
    events.note("signed-out", actor=user, subject=user)


def follow(request: HttpRequest, user: User) -> None:
    """Note the session under the key it has now, and forget those that ran out."""
    now, key = clock.now(), request.session.session_key or ""
    request.session[_SEEN] = now.isoformat()
    user.open_sessions.filter(seen_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE) - SEEN_EVERY).delete()
    OpenSession.objects.update_or_create(
        key_digest=digest(key),
        defaults={
            "user": user, "session_key": key, "address": events.address_of(request), "started_at": now, "seen_at": now,
            "agent": "".join(c for c in request.headers.get("User-Agent", "") if c.isprintable())[:200],
        },
    )  # fmt: skip


def see(request: HttpRequest) -> None:
    """Note every few minutes that a browser is still in use."""
    now = clock.now()
    try:
        last = datetime.fromisoformat(request.session.get(_SEEN, ""))
    except (TypeError, ValueError):
        last = None
    if last is None or abs(now - last) >= SEEN_EVERY:
        request.session[_SEEN] = now.isoformat()
        OpenSession.objects.filter(key_digest=digest(request.session.session_key or "")).update(seen_at=now)


def end(user: User, *, only: str = "", but: str = "") -> int:
    """End sessions of a person at once: `only` the one with this digest, or all `but` one; how many were ended."""
    rows = OpenSession.objects.filter(user=user).exclude(key_digest=but)
    if only:
        rows = rows.filter(key_digest=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def open_sessions(user: User) -> list[OpenSession]:
    """The sessions of a person that have not run out, latest first."""
    rows = list(user.open_sessions.order_by("-seen_at"))
    alive = Session.objects.filter(session_key__in=[r.session_key for r in rows], expire_date__gt=clock.now())
    keys = set(alive.values_list("session_key", flat=True))
    return [r for r in rows if r.session_key in keys]


def browser_of(agent: str) -> str:
    """A browser and its system in two words, from what it says of itself; the whole of that where unknown."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) if browser else agent
