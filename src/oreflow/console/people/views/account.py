"""One's own account: profile, acting organisation, password, sessions, tokens, delegation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oreflow.console import clock
from oreflow.console.errors import ConsoleError

from .. import account, actions, events, lockout, rules, sessions
from ..access import INSTALLATION, SESSION_ORGANISATION, memberships, viewer_of
from ..forms import needed_day, number, text
from ..guard import own_account, safe_next, signed_in
from ..models import Membership, Role, SecurityEvent, User
from .answers import done, me, problems_of, unseen

OWN_EVENTS = 50


@own_account
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, for whom I act, and how safe the account is."""
    user, today = me(request), clock.today()
    held = list(memberships(user, today).select_related("delegated_by", "organisation", "organisation__park"))
    context = {
        "person": user,
        "held": held,
        "organisations": list({m.organisation_id: m.organisation for m in held}.values()),
        "installation": INSTALLATION if user.is_superuser else None,
        "factor": rules.has_factor(user),
        "codes_left": account.codes_left(user),
        "warn": rules.needs_factor(user, today),
    }
    return render(request, "people/account.html", context)


@own_account
@require_POST
def acting(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organisations from now on."""
    user, wish = me(request), request.POST.get("organisation", "")
    back = safe_next(request, request.POST.get("next", "")) if request.POST.get("next") else reverse("account")
    wanted = number(request.POST, "organisation") if wish.isdigit() else None
    held = {m.organisation_id: m.organisation for m in memberships(user, clock.today())}
    if wanted not in held and not (wanted == INSTALLATION and user.is_superuser):
        raise Http404
    request.session[SESSION_ORGANISATION] = wanted
    events.note("acting-changed", actor=user, subject=user, organisation=held.get(wanted or 0))
    return HttpResponseRedirect(back)


@own_account
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password."""
    user, problems = me(request), {}
    if request.method == "POST" and lockout.allowed(request, user):
        given = [request.POST.get(key, "") for key in ("old", "new", "again")]
        try:
            here = sessions.digest(request.session.session_key or "")
            changed = account.change_password(user, *given, session_digest=here)
        except ConsoleError as refusal:
            problems = problems_of(refusal)
            if "old" in problems:
                lockout.failed(request, user)
        else:
            return _new_key(request, changed, here)
    status = 422 if problems else 200
    return render(request, "people/password.html", {"problems": problems, "person": user}, status=status)


def _new_key(request: HttpRequest, user: User, old_digest: str) -> HttpResponse:
    update_session_auth_hash(request, user)
    user.open_sessions.filter(key_digest=old_digest).delete()
    sessions.follow(request, user)
    messages.success(request, _("The password is changed. Other browsers are signed out."))
    return HttpResponseRedirect(reverse("account"))


@own_account
@require_GET
def open_sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, and what happened to my account."""
    user = me(request)
    context = {
        "sessions": [(row, sessions.browser_of(row.agent)) for row in sessions.open_sessions(user)],
        "here": sessions.digest(request.session.session_key or ""),
        "events": events.told(
            SecurityEvent.objects.filter(subject=user).select_related("actor").order_by("-at", "-pk")[:OWN_EVENTS]
        ),
    }
    return render(request, "people/sessions.html", context)


@own_account
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this."""
    user, asked = me(request), text(request.POST, "session", 64)
    here, back = sessions.digest(request.session.session_key or ""), reverse("account-sessions")
    if asked == "others":
        return done(request, lambda: account.end_other_sessions(user, here), _("All other sessions are ended."), back)
    return done(request, lambda: account.end_session(user, asked), _("The session is ended."), back)


@signed_in
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens of the data interface; issue a new one."""
    viewer, context = (
        viewer_of(request),
        {"problems": {}, "given": request.POST, "chosen": request.POST.getlist("scopes")},
    )
    if request.method == "POST":
        days = number(request.POST, "days")
        try:
            token, raw = account.issue_token(viewer, text(request.POST, "name"), request.POST.getlist("scopes"), days)
            context |= {"raw": raw, "token": token, "given": {}, "chosen": []}
        except ConsoleError as refusal:
            context["problems"] = problems_of(refusal)
    context |= {
        "tokens": me(request).tokens.select_related("organisation").order_by("-created_at"),
        "scopes": list(account.usable_scopes(viewer).items()),
        "now": clock.now(),
        "longest": account.LONGEST_LIFE,
        "viewer": viewer,
    }
    status = 422 if context["problems"] else 200
    return unseen(render(request, "people/tokens.html", context, status=status))


@signed_in
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token."""
    viewer, back = viewer_of(request), reverse("account-tokens")
    return done(request, lambda: actions.revoke_token(viewer, token_id), _("The token is revoked."), back)


@signed_in
@require_http_methods(["GET", "POST"])
def delegation(request: HttpRequest) -> HttpResponse:
    """Roles that I gave to colleagues for a time; give one."""
    viewer, problems, today = viewer_of(request), {}, clock.today()
    if request.method == "POST":
        try:
            given = request.POST
            account.delegate(
                viewer, number(given, "colleague"), text(given, "role", 16), needed_day(given, "valid_from"),
                needed_day(given, "valid_to"), text(given, "reason"),
            )  # fmt: skip
        except ConsoleError as refusal:
            problems = problems_of(refusal)
        else:
            messages.success(request, _("The role is delegated."))
            return HttpResponseRedirect(reverse("account-delegation"))
    context = {
        **_delegable(viewer, today), "problems": problems, "given": request.POST, "today": today,
        "longest": account.LONGEST_DELEGATION, "viewer": viewer,
    }  # fmt: skip
    return render(request, "people/delegation.html", context, status=422 if problems else 200)


def _delegable(viewer: Any, today: Any) -> dict[str, Any]:
    """What may be given to whom, and what is given."""
    given = Membership.objects.filter(delegated_by=viewer.user).select_related("user", "organisation")
    if viewer.organisation is None:
        return {"roles": [], "colleagues": [], "delegations": given.order_by("-valid_to")[:100]}
    own = Membership.objects.valid_on(today).filter(
        user=viewer.user, organisation=viewer.organisation, delegated_by=None
    )
    colleagues = User.objects.filter(rules.members_of(viewer.organisation, today)).exclude(pk=viewer.user.pk)
    return {
        "roles": [(m.role, Role(m.role).label) for m in own.order_by("role")],
        "colleagues": colleagues.order_by("name", "pk")[:500],
        "delegations": given.order_by("-valid_to", "-pk")[:100],
    }


@signed_in
@require_POST
def withdraw_delegation(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a delegation back."""
    viewer, back = viewer_of(request), reverse("account-delegation")
    return done(
        request, lambda: actions.withdraw_delegation(viewer, membership_id), _("The delegation is withdrawn."), back
    )
