"""Puts the viewer on every request: who it is, and for which organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from oreflow.console import clock

from . import events, sessions
from .access import NOBODY, SESSION_ORGANISATION, viewer_for
from .guard import moved
from .models import User

OPEN_BEFORE_CHANGE = ("account-password", "sign-out", "preferences")


class ActingViewer:
    """Sets `request.viewer` from the signed-in person and the organisation chosen in the session.

    Whoever must change its password sees nothing else before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = NOBODY
        events.seen_from(events.address_of(request))
        if not request.user.is_authenticated:
            return self.get_response(request)
        user = cast(User, request.user)
        if user.must_change_password and request.path not in {reverse(name) for name in OPEN_BEFORE_CHANGE}:
            api = request.path.startswith("/api/")
            return self.get_response(request) if api else moved(request, reverse("account-password"))
        sessions.see(request)
        chosen = request.session.get(SESSION_ORGANISATION)
        request.viewer = viewer_for(user, chosen, clock.today())
        return self.get_response(request)
