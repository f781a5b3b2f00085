"""A record's history in pages, and the way back to earlier values."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from oreflow.console.people.access import viewer_of
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from .. import access, actions, histories, parsing, presenting
from .pages import desk, show
from .writing import say_what_became, version_in

NEEDS_REASON = Text("请写明理由，它将记入历史。", "Give a reason; it stays in the history.")


@require_GET
@desk
def history(request: HttpRequest, key: str, record_id: int) -> HttpResponse:
    """Every change of a record, the newest first."""
    register, viewer = access.register_of(key), viewer_of(request)
    found = access.find(register, viewer, record_id)
    wish = request.GET.get("page", "")
    page = int(wish) if wish.isascii() and wish.isdigit() and 0 < len(wish) < 6 else 1
    start = (max(page, 1) - 1) * histories.PAGE_SIZE
    rows = list(histories.rows(found)[start : start + histories.PAGE_SIZE + 1])
    entries = histories.entries(register, viewer, rows, newest=start == 0)[: histories.PAGE_SIZE]
    context = {
        "register": register, "record": found, "title": getattr(found, register.title), "entries": entries,
        "page": page, "more": len(rows) > histories.PAGE_SIZE, "may_restore": access.hat(viewer) is not None,
    }  # fmt: skip
    return show(request, "registers/history.html", context)


@require_http_methods(["GET", "POST"])
@desk
def restore(request: HttpRequest, key: str, record_id: int, history_id: int) -> HttpResponse:
    """Bring back the values of an earlier state, as a new change with a reason."""
    register, viewer = access.register_of(key), viewer_of(request)
    found = access.find(register, viewer, record_id)
    row = histories.entry_row(found, history_id)
    fields = [f for f in access.fields_for(register, viewer) if access.why_not_change(register, viewer, f) is None]
    keys = [f.key for f in fields]
    then, now = parsing.plain_values(register, row, keys), parsing.plain_values(register, found, keys)
    problems: dict[str, Text] = {}
    if request.method == "POST":
        try:
            return _restored(request, register, found, then)
        except Invalid as error:
            problems = error.problems
    names = presenting.Names().look_up(
        (f.kind, v[f.key]) for f in fields if f.kind in presenting.MODELS for v in (then, now)
    )
    context = {
        "register": register, "record": found, "title": getattr(found, register.title), "row": row,
        "differences": histories.differences(fields, now, then, names), "problems": list(problems.values()),
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return show(request, "registers/restore.html", context, 422 if problems else 200)


def _restored(request: HttpRequest, register: Any, found: Any, then: dict[str, Any]) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise Invalid({"reason": NEEDS_REASON})
    done = actions.change(
        register, viewer_of(request), found.pk, version_in(request), then, door=str(Door.PAGE), reason=reason
    )
    say_what_became(request, done, _("The earlier values stand again."))
    if done.record.version == found.version and not done.waiting:
        messages.info(request, _("These values stood already; nothing was changed."))
    return HttpResponseRedirect(reverse("record", args=(register.key, found.pk)))
