"""New records, changes and ends of records, from pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from oreflow.console import clock
from oreflow.console.people.access import viewer_of
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.provenance import Text

from .. import access, actions, editing, histories, parsing, presenting
from ..spec import Register
from .pages import desk, show

REASON = Text("请写明理由，它将记入历史。", "Give a reason; it stays in the history.")


@require_http_methods(["GET", "POST"])
@desk
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a record; place and owner are filled in from one's own organisation."""
    register, viewer = access.register_of(key), viewer_of(request)
    refusal = access.why_not_create(register, viewer)
    if refusal:
        raise Refused(refusal)
    given = editing.given_in(register, viewer, request.POST)
    problems: dict[str, Text] = {}
    if request.method == "POST" and "refresh" not in request.POST:
        try:
            record = actions.create(
                register, viewer, given, door=str(Door.PAGE), reason=request.POST.get("reason", "").strip()
            )
        except (Invalid, Refused) as error:
            problems = _problems(error)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": getattr(record, register.title)})
            return HttpResponseRedirect(reverse("record", args=(register.key, record.pk)))
    return _form(request, register, None, given, problems)


@require_http_methods(["GET", "POST"])
@desk
def edit(request: HttpRequest, key: str, record_id: int) -> HttpResponse:
    """Change a record; what needs approval becomes the draft of a case."""
    register, viewer = access.register_of(key), viewer_of(request)
    record = access.find(register, viewer, record_id)
    given = editing.given_in(register, viewer, request.POST)
    problems: dict[str, Text] = {}
    if request.method == "POST" and "refresh" not in request.POST:
        try:
            return _changed(request, register, record, given)
        except Stale as error:
            return _conflict(request, register, record, given, error)
        except (Invalid, Refused) as error:
            problems = _problems(error)
    return _form(request, register, record, given, problems)


def _changed(request: HttpRequest, register: Register, record: Any, given: Mapping[str, Any]) -> HttpResponse:
    viewer, reason = viewer_of(request), request.POST.get("reason", "").strip()
    version = version_in(request)
    if version == record.version and not reason:
        problems = {"reason": REASON}
        try:
            actions.differing(register, viewer, record, given)
        except Invalid as error:
            problems = {**error.problems, **problems}
        raise Invalid(problems)
    done = actions.change(register, viewer, record.pk, version, given, door=str(Door.PAGE), reason=reason)
    saved = done.record.version != version
    say_what_became(request, done, _("Saved.") if saved else "")
    if not saved and not done.waiting:
        messages.info(request, _("Nothing was changed: every value is as it stood."))
    return HttpResponseRedirect(reverse("record", args=(register.key, record.pk)))


def say_what_became(request: HttpRequest, done: actions.Changed, saved: str) -> None:
    """Tell what was saved and what waits for approval, with the way to the draft."""
    if saved and (not done.waiting or done.record.version > 1):
        messages.success(request, saved)
    if done.waiting:
        messages.success(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                _("%(count)s fields wait for approval in a draft. Check it and submit it:")
                % {"count": len(done.waiting)},
                reverse("case", args=(done.case_id,)),
                done.case_number,
            ),
        )


def version_in(request: HttpRequest) -> int:
    """The version that the form was filled from."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


@require_http_methods(["GET", "POST"])
@desk
def end(request: HttpRequest, key: str, record_id: int) -> HttpResponse:
    """End a record's validity, with a day and a reason."""
    register, viewer = access.register_of(key), viewer_of(request)
    record = access.find(register, viewer, record_id)
    refusal = access.why_not_end(register, viewer, record)
    if refusal:
        raise Refused(refusal)
    problems: dict[str, Text] = {}
    if request.method == "POST":
        on, reason = request.POST.get("on", ""), request.POST.get("reason", "")
        try:
            actions.end(register, viewer, record.pk, version_in(request), on, reason, door=str(Door.PAGE))
        except Stale as error:
            problems = {"": error.text}
        except Invalid as error:
            problems = error.problems
        else:
            messages.success(request, _("The record has ended; it stays, with its history."))
            return HttpResponseRedirect(reverse("record", args=(register.key, record.pk)))
    context = {
        "register": register, "record": record, "title": getattr(record, register.title), "problems": problems,
        "problem_on": problems.get("on"), "problem_reason": problems.get("reason"), "problem": problems.get(""),
        "on": request.POST.get("on", clock.today().isoformat()), "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return show(request, "registers/end.html", context, 422 if problems else 200)


@require_GET
@desk
def attributes(request: HttpRequest, key: str) -> HttpResponse:
    """The inputs of a type's attributes, for a form whose type was just chosen."""
    access.register_of(key)
    type_id = request.GET.get("type", "")
    return show(
        request, "registers/attributes.html", {"inputs": editing.attribute_inputs(type_id, {}), "type": type_id}
    )


def _problems(error: Invalid | Refused) -> dict[str, Text]:
    return error.problems if isinstance(error, Invalid) else {"": error.text}


def _form(
    request: HttpRequest, register: Register, record: Any, given: Mapping[str, Any], problems: Mapping[str, Text]
) -> HttpResponse:
    viewer = viewer_of(request)
    groups = editing.form(register, viewer, record, given, problems)
    inputs = [i for _title, part in groups for i in part]
    named = {i.name: i for i in inputs}
    context = {
        "register": register,
        "record": record,
        "title": getattr(record, register.title) if record is not None else "",
        "groups": groups,
        "problems": [(named.get(k), text) for k, text in problems.items() if k != "reason"],
        "problem_reason": problems.get("reason"),
        "waits": any(i.approval and not i.disabled for i in inputs),
        "reason": request.POST.get("reason", ""),
        "version": version_in(request) if request.method == "POST" else getattr(record, "version", 0),
    }
    return show(request, "registers/form.html", context, 422 if problems else 200)


def _conflict(
    request: HttpRequest, register: Register, record: Any, given: Mapping[str, Any], error: Stale
) -> HttpResponse:
    """What the reader opened, what stands now and what the reader wrote, side by side."""
    viewer = viewer_of(request)
    fields = [f for f in access.fields_for(register, viewer) if f.key in given]
    keys = [f.key for f in fields]
    base = histories.rows(record).filter(version=error.given).first()
    now = parsing.plain_values(register, record, keys)
    opened = parsing.plain_values(register, base, keys) if base is not None else now
    states = (opened, now, {k: parsing.plain(v) for k, v in given.items()})
    names = presenting.Names().look_up(
        (f.kind, s[f.key]) for s in states[:2] for f in fields if f.kind in presenting.MODELS
    )
    names.look_up(((f.kind, states[2][f.key]) for f in fields if f.kind in presenting.MODELS), within=viewer)
    rows = [
        (presenting.said(f.label), *(presenting.text_of(f, s[f.key], names, s) for s in states))
        for f in fields
        if not parsing.same(states[1][f.key], states[2][f.key])
    ]
    mine = {k: v for k, v in states[2].items() if not parsing.same(opened[k], v)}
    context = {
        "register": register, "record": record, "title": getattr(record, register.title), "rows": rows,
        "text": error.text, "mine": _as_posted(mine, given), "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return show(request, "registers/conflict.html", context, 409)


def _as_posted(mine: Mapping[str, Any], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """One's own changes as hidden inputs, to be laid over the record as it stands now."""
    found = []
    for key, value in mine.items():
        if isinstance(value, Mapping):
            found += [(f"{editing.PREFIX}type", str(given.get("type", "")))]
            found += [(editing.PREFIX + name, str(item)) for name, item in value.items()]
        else:
            found.append((key, str(value)))
    return found
