"""Signing in and out: password, then the second factor where there is one."""

from __future__ import annotations

import time
from typing import Any

import django_otp
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from oreflow.console import clock
from oreflow.core.provenance import Text

from .. import account, lockout, rules
from ..access import holding
from ..forms import text
from ..guard import safe_next
from ..models import Role, User

PENDING = "sign_in"
PENDING_FOR = 300  # seconds between password and code
BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_SHOWN = 60


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password."""
    wish = safe_next(request, request.POST.get("next", "") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(wish)
    if request.method == "GET":
        return _page(request, wish)
    name, password = (
        text(request.POST, "username", 60).strip(),
        text(request.POST, "password", rules.LONGEST_PASSWORD + 1),
    )
    user = authenticate(request, username=name, password=password)
    if user is None:
        return _page(request, wish, name, _("User name or password is wrong. Check both and try again."))
    if rules.has_factor(user):
        request.session.cycle_key()
        request.session[PENDING] = {
            "user": user.pk, "at": int(time.time()), "next": wish, "hash": user.get_session_auth_hash(),
        }  # fmt: skip
        return HttpResponseRedirect(reverse("sign-in-code"))
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(wish)


def _page(request: HttpRequest, wish: str, name: str = "", problem: str = "") -> HttpResponse:
    context = {
        "next": wish,
        "username": name,
        "problem": problem,
        "demonstration": _accounts() if settings.OREFLOW_DEMONSTRATION else None,
    }
    return render(request, "people/sign_in.html", context, status=422 if problem else 200)


def _accounts() -> list[tuple[str, list[Any]]]:
    """The made-up accounts by role, without passwords."""
    rows = (
        holding(clock.today()).filter(user__simulated=True, user__is_active=True).select_related("user", "organisation")
    )
    by_role: dict[str, list[Any]] = {}
    for membership in rows.order_by("organisation__name", "user__username")[:MOST_SHOWN]:
        by_role.setdefault(membership.role, []).append(membership)
    system = User.objects.filter(simulated=True, is_superuser=True, is_active=True).order_by("username")[:5]
    shown = [(label, by_role[role]) for role, label in Role.choices if role in by_role]
    return [*shown, (_("installation administrator"), [{"user": u} for u in system])] if system else shown


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the app's code or a recovery code."""
    user, wish = _pending(request)
    if user is None:
        return HttpResponseRedirect(reverse("sign-in"))
    if request.method == "GET":
        return render(request, "people/code.html", {})
    allowed = lockout.allowed(request, user)
    device = account.second_factor(user, text(request.POST, "code", 60)) if allowed else None
    if device is None:
        if allowed:
            lockout.failed(request, user)
        said = _("The code is wrong or too old. Wait for the next one, or use a recovery code.")
        return render(request, "people/code.html", {"problem": said}, status=422)
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    django_otp.login(request, device)
    return HttpResponseRedirect(wish)


def _pending(request: HttpRequest) -> tuple[User | None, str]:
    """Who has given the right password, not long ago, and nothing changed since."""
    kept = request.session.get(PENDING) or {}
    user = User.objects.filter(pk=kept.get("user"), is_active=True).first()
    fresh = 0 <= time.time() - kept.get("at", 0) <= PENDING_FOR
    if user is None or not fresh or kept.get("hash") != user.get_session_auth_hash():
        request.session.pop(PENDING, None)
        return None, "/"
    return user, safe_next(request, kept.get("next", ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say that sign-in is paused, and until when; the data interface gets a problem document."""
    del response
    name = (credentials or {}).get("username") or text(request.POST, "username", 60)
    again = timezone.localtime(lockout.try_again_at(request, name))
    seconds = max(1, int((again - clock.now()).total_seconds()) + 1)
    if request.path.startswith("/api/"):
        answer: HttpResponse = _problem(again.strftime("%H:%M"))
    else:
        answer = render(request, "people/locked.html", {"again": again}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _problem(again: str) -> JsonResponse:
    said = Text(
        f"失败次数过多，登录已暂停。请于 {again} 后再试。",
        f"Too many failures; sign-in is paused. Try again after {again}.",
    )
    body = {
        "type": "about:blank", "title": "Too Many Requests", "status": 429, "code": "locked-out", "detail": said.en,
        "message": {"zh": said.zh, "en": said.en}, "problems": {},
    }  # fmt: skip
    return JsonResponse(
        body, status=429, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


__all__ = ["code", "locked_out", "sign_in", "sign_out"]
