"""Administration of people: list, one account with its roles, security log."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from oreflow.console import clock
from oreflow.console.errors import ConsoleError

from .. import actions, events, rules
from ..access import Viewer, found, managed_organisations, managed_users, viewer_of, visible_events
from ..forms import day, number, text
from ..guard import View, signed_in
from ..models import Membership, Organisation, Role, User
from .answers import done, problems_of, unseen

PAGE_SIZE = 50
STATES = ("active", "inactive", "no-factor")
SORTS = {"name": "name", "username": "username", "last": "last_login"}
MOST_CHOICES = 500


def administrators(view: View) -> View:
    """A page for those who manage people; it is not there for others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = viewer_of(request)
        if not viewer.is_system and not viewer.has(Role.ADMINISTRATOR):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(guarded)


@administrators
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the viewer manages."""
    viewer = viewer_of(request)
    rows = _filtered(managed_users(viewer), request, viewer)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "viewer": viewer, "roles": Role.choices, "q": _words(request),
        "role": request.GET.get("role", ""), "state": request.GET.get("state", ""),
        "organisation": _asked_organisation(request, viewer), "sort": request.GET.get("sort", ""),
    }  # fmt: skip
    return render(request, "people/people.html", context)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:80].replace("\0", "")


def _asked_organisation(request: HttpRequest, viewer: Viewer) -> Organisation | None:
    wish = number(request.GET, "organisation")
    return managed_organisations(viewer).filter(pk=wish).first() if wish else None


def _filtered(rows: QuerySet[User], request: HttpRequest, viewer: Viewer) -> QuerySet[User]:
    today, params = clock.today(), request.GET
    for word in _words(request).split():
        rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word))
    held = Membership.objects.valid_on(today).filter(user=OuterRef("pk"))
    if not viewer.is_system:
        held = held.filter(organisation=viewer.organisation)
    if params.get("role") in Role.values:
        rows = rows.filter(Exists(held.filter(role=params["role"])))
    if params.get("organisation"):
        rows = rows.filter(Exists(held.filter(organisation=number(params, "organisation"))))
    devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    rows = rows.annotate(factor=Exists(devices))
    state = {"active": Q(is_active=True), "inactive": Q(is_active=False), "no-factor": Q(factor=False, is_active=True)}
    rows = rows.filter(state.get(params.get("state", ""), Q()))
    shown = Membership.objects.filter(pk__in=_shown_memberships(viewer, today)).select_related("organisation")
    wish = params.get("sort", "")
    column = SORTS.get(wish.lstrip("-"), "name")
    order = f"-{column}" if wish.startswith("-") else column
    return rows.prefetch_related(
        Prefetch("memberships", shown.order_by("organisation__name", "role"), "shown")
    ).order_by(order, "pk")


def _shown_memberships(viewer: Viewer, today: Any) -> QuerySet[Membership]:
    return Membership.objects.valid_on(today).filter(organisation__in=managed_organisations(viewer)).values("pk")


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a person; the one-time password is shown once."""
    viewer, problems = viewer_of(request), {}
    if request.method == "POST":
        given = request.POST
        try:
            user, password = actions.create_user(
                viewer, text(given, "username", 80).strip(), text(given, "name"), number(given, "organisation"),
                given.getlist("roles"), day(given, "valid_from"), day(given, "valid_to"),
            )  # fmt: skip
        except ConsoleError as refusal:
            problems = problems_of(refusal)
        else:
            return unseen(
                render(request, "people/one_time.html", {"person": user, "password": password, "added": True})
            )
    context = {
        "problems": problems, "given": request.POST, "chosen": request.POST.getlist("roles"), "roles": Role.choices,
        "organisations": managed_organisations(viewer).order_by("name")[:MOST_CHOICES], "viewer": viewer,
    }  # fmt: skip
    return render(request, "people/add.html", context, status=422 if problems else 200)


@administrators
@require_GET
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: roles, state, what happened to it."""
    viewer, today = viewer_of(request), clock.today()
    user = found(managed_users(viewer), pk=user_id)
    roles = Membership.objects.filter(user=user, organisation__in=managed_organisations(viewer))
    log = visible_events(viewer).filter(subject=user).select_related("actor").order_by("-at", "-pk")[:30]
    context = {
        "person": user,
        "roles": list(
            roles.select_related("organisation", "delegated_by").order_by("organisation__name", "role", "pk")
        ),
        "today": today,
        "why_not_manage": rules.why_not_manage(viewer, user),
        "why_not_deactivate": rules.why_not_deactivate(viewer, user, today),
        "factor": rules.has_factor(user),
        "role_choices": Role.choices,
        "organisations": managed_organisations(viewer).order_by("name")[:MOST_CHOICES],
        "log": events.told(log),
        "viewer": viewer,
    }
    return render(request, "people/person.html", context)


@administrators
@require_POST
def act(request: HttpRequest, user_id: int, what: str) -> HttpResponse:
    """Change the name, switch off or on, end a pause, take a lost second factor away, grant a role."""
    viewer, given, back = viewer_of(request), request.POST, reverse("person", kwargs={"user_id": user_id})
    reason = text(given, "reason")
    deeds = {
        "name": (lambda: actions.change_user(viewer, user_id, text(given, "name")), _("The name is changed.")),
        "deactivate": (lambda: actions.deactivate(viewer, user_id, reason), _("The account is deactivated.")),
        "reactivate": (lambda: actions.reactivate(viewer, user_id, reason), _("The account is active again.")),
        "unlock": (lambda: actions.unlock(viewer, user_id), _("Sign-in is open again.")),
        "factor": (lambda: actions.remove_factor(viewer, user_id, reason), _("The second factor is removed.")),
        "grant": (lambda: _grant(viewer, user_id, given), _("The role is granted.")),
    }
    if what not in deeds:
        raise Http404
    deed, words = deeds[what]
    return done(request, deed, words, back)


def _grant(viewer: Viewer, user_id: int, given: Any) -> None:
    actions.grant(
        viewer, user_id, number(given, "organisation"), text(given, "role", 16), day(given, "valid_from"),
        day(given, "valid_to"), text(given, "reason"),
    )  # fmt: skip


@administrators
@require_POST
def withdraw(request: HttpRequest, user_id: int, membership_id: int) -> HttpResponse:
    """Take a role away."""
    viewer, reason = viewer_of(request), text(request.POST, "reason")
    back = reverse("person", kwargs={"user_id": user_id})
    return done(request, lambda: actions.withdraw(viewer, membership_id, reason), _("The role is withdrawn."), back)


@administrators
@never_cache
@require_POST
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a one-time password, shown once."""
    viewer = viewer_of(request)
    try:
        password = actions.reset_password(viewer, user_id)
    except ConsoleError as refusal:
        messages.error(request, " ".join(problems_of(refusal).values()))
        return HttpResponseRedirect(reverse("person", kwargs={"user_id": user_id}))
    user = found(managed_users(viewer), pk=user_id)
    return unseen(render(request, "people/one_time.html", {"person": user, "password": password}))


@administrators
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The security log, latest first."""
    viewer, asked = viewer_of(request), request.GET.get("act", "")
    rows = visible_events(viewer).select_related("actor", "subject", "organisation").order_by("-at", "-pk")
    if asked in events.ACTS:
        rows = rows.filter(act=asked)
    for word in _words(request).split():
        rows = rows.filter(Q(subject__username__icontains=word) | Q(actor__username__icontains=word))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": events.told(page.object_list),
        "acts": events.ACTS,
        "asked": asked,
        "q": _words(request),
    }
    return render(request, "people/log.html", context)
