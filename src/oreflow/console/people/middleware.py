"""Puts the viewer on every request: who it is, and for which organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .access import NOBODY, SESSION_ORGANISATION, viewer_for
from .models import User


class ActingViewer:
    """Sets `request.viewer` from the signed-in person and the organisation chosen in the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = NOBODY  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            today = timezone.localdate()
            chosen = request.session.get(SESSION_ORGANISATION)
            request.viewer = viewer_for(cast(User, request.user), chosen, today)  # type: ignore[attr-defined]
        return self.get_response(request)
