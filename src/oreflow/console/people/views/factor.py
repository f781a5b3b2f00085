"""The second factor: set up with a picture, confirmed with a code, recovery codes told once."""

from __future__ import annotations

import io
from base64 import b32encode
from collections.abc import Callable

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oreflow.console.errors import ConsoleError

from .. import account, lockout, rules
from ..forms import text
from ..guard import own_account
from .answers import me, problems_of, unseen


@own_account
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the picture and the key; a right code takes the device into use."""
    user, problems = me(request), {}
    if rules.has_factor(user):
        return HttpResponseRedirect(reverse("account"))
    if request.method == "POST":
        try:
            codes = account.confirm_factor(user, text(request.POST, "code", 60))
        except ConsoleError as refusal:
            problems = problems_of(refusal)
        else:
            return unseen(render(request, "people/codes.html", {"codes": codes, "fresh": True}))
    device = account.factor_in_setup(user)
    key = b32encode(device.bin_key).decode()
    grouped = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
    status = 422 if problems else 200
    return unseen(render(request, "people/factor.html", {"key": grouped, "problems": problems}, status=status))


@own_account
@never_cache
@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the device in set-up, as an image of its own."""
    user = me(request)
    if rules.has_factor(user) or not user.totpdevice_set.filter(confirmed=False).exists():
        raise Http404
    out = io.BytesIO()
    segno.make(account.factor_in_setup(user).config_url, error="m").save(
        out, kind="svg", scale=5, border=4, light="#fff"
    )
    return unseen(HttpResponse(out.getvalue(), content_type="image/svg+xml"))


@own_account
@sensitive_post_parameters()
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off."""
    user = me(request)
    if _proven(request, lambda: account.drop_factor(user, request.POST.get("password", ""))) is not None:
        messages.success(request, _("The second factor is off."))
    return HttpResponseRedirect(reverse("account"))


@own_account
@sensitive_post_parameters()
@never_cache
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes."""
    user = me(request)
    codes = _proven(request, lambda: account.renew_codes(user, request.POST.get("password", "")))
    if codes is None:
        return HttpResponseRedirect(reverse("account"))
    return unseen(render(request, "people/codes.html", {"codes": codes}))


def _proven(request: HttpRequest, act: Callable[[], list[str] | None]) -> list[str] | None:
    """What a deed that needs the password gives; None where it was refused, which is said and counted."""
    user = me(request)
    if not lockout.allowed(request, user):
        return None
    try:
        return act() or []
    except ConsoleError as refusal:
        problems = problems_of(refusal)
    for said in problems.values():
        messages.error(request, said)
    if "password" in problems:
        lockout.failed(request, user)
    return None
