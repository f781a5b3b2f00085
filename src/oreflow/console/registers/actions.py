"""What may be done to a record: each act checks permission, opens the transaction, writes history.

Values come in plain (see `forms.clean`), from whichever door. A change of fields that need approval does not
touch the record: it opens one change case, whose approval comes back through `apply_approved`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.http import Http404

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation, User
from oreflow.console.records import Door, Record
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.provenance import Text

from . import access, approvals, attachments, confirmations, forms, parsing, placing, saving
from .models import Attachment, Confirmation
from .registry import ENTERPRISE, REGISTERS
from .spec import Register

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change: the record as it stands, and what waits for approval under which case."""

    record: Any
    case_number: str | None = None
    waiting: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    case_id: int | None = None


def create(
    register: Register, viewer: Viewer, values: Mapping[str, Any], *, door: str, reason: str = "", source: str = ""
) -> Any:
    """Add a record.

    Raises
    ------
    Refused, Invalid
    """
    refusal = access.why_not_create(register, viewer)
    if refusal:
        raise Refused(refusal)
    cleaned = forms.clean(register, viewer, values)
    _refuse_for_new(register, viewer, cleaned)
    placing.check(register, viewer, cleaned)
    record = register.model(valid_from=clock.today(), **{**_kept(register), **cleaned})
    record.simulated = _simulated(register, viewer, record)
    record.created_at = clock.now()
    record.version = 0
    saving.check_free(register, record)
    with transaction.atomic():
        saving.write(register, record, viewer.user, _acting(viewer), door=door, reason=_said(reason), source=source)
    return record


def change(
    register: Register,
    viewer: Viewer,
    record_id: int,
    version: int,
    values: Mapping[str, Any],
    *,
    door: str,
    reason: str,
    source: str = "",
) -> Changed:
    """Change some fields; those that need approval are asked for in one case instead.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        record = locked(register, viewer, record_id)
        if record.version != version:
            raise Stale(version, record.version)
        changes = differing(register, viewer, record, values)
        refuse(register, viewer, changes)
        placing.check(register, viewer, changes, record)
        waiting = {key: value for key, value in changes.items() if _waits(register, viewer, key)}
        direct = {key: value for key, value in changes.items() if key not in waiting}
        asked = {key: {"from": _standing(record, key), "to": parsing.plain(value)} for key, value in waiting.items()}
        if direct:
            _set(record, direct)
            saving.check_free(register, record)
            saving.write(register, record, viewer.user, _acting(viewer), door=door, reason=_said(reason), source=source)
        if not asked:
            return Changed(record)
        case = approvals.in_place().open_change(viewer, register.key, record, asked, note=_said(reason))
        return Changed(record, case.number, asked, case.pk)


def end(register: Register, viewer: Viewer, record_id: int, version: int, on: Any, reason: str, *, door: str) -> Any:
    """End a record's validity: it stays, with its history, and is gone from lists after that day.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    with transaction.atomic():
        record = locked(register, viewer, record_id)
        refusal = access.why_not_end(register, viewer, record)
        if refusal:
            raise Refused(refusal)
        if record.version != version:
            raise Stale(version, record.version)
        day = _last_day(record, on, reason)
        record.valid_to = day
        saving.write(register, record, viewer.user, _acting(viewer), door=door, reason=_said(reason))
    return record


def apply_approved(
    register_key: str,
    record_id: int,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    user: User | None,
    organisation: Organisation | None,
    case_number: str,
) -> Any:
    """Write what a case approved; called by the workflow inside its own transaction.

    Raises
    ------
    Http404
        Where the record is gone.
    Refused
        Where a value has changed since the case was opened; both values are named.
    Invalid
        Where a value can no longer stand.
    """
    register = access.register_of(register_key)
    with transaction.atomic():
        rows = register.model._default_manager.filter(**register.kept).select_for_update(of=("self",))
        record = rows.filter(pk=record_id).first()
        if record is None:
            raise Http404
        _refuse_overtaken(register, record, changes)
        _set(record, forms.restored(register, {key: change["to"] for key, change in changes.items()}, record))
        saving.check_free(register, record)
        reason = f"{case_number} 批准 / approved"
        acting = organisation.name if organisation else ""
        saving.write(register, record, user, acting, door=str(Door.CASE), reason=reason, source=case_number)
    return record


def attach(
    register: Register, viewer: Viewer, record_id: int, name: str, content: BinaryIO, *, note: str = ""
) -> Attachment:
    """Keep a file with a record.

    Raises
    ------
    Http404, Refused, Invalid
    """
    record = access.find(register, viewer, record_id)
    refusal = access.why_not_attach(register, viewer)
    if refusal:
        raise Refused(refusal)
    kept = attachments.keep(name, content)
    try:
        said = parsing.text(note, 200)
    except parsing.Unreadable as error:
        raise Invalid({"note": error.text}) from error
    return Attachment.objects.create(
        register=register.key, record_id=record.pk, name=kept.name, media_type=kept.media_type, size=kept.size,
        sha256=kept.sha256, note=said, added_at=clock.now(), added_by=viewer.user,
    )  # fmt: skip


def detach(register: Register, viewer: Viewer, record_id: int, attachment_id: int, reason: str) -> Attachment:
    """Take a file away from a record; the entry stays, with who removed it and why.

    Raises
    ------
    Http404, Refused, Invalid
    """
    refusal = access.why_not_attach(register, viewer)
    with transaction.atomic():
        kept = access.attachment(register, viewer, record_id, attachment_id)
        if refusal:
            raise Refused(refusal)
        if not reason.strip():
            raise Invalid({"reason": _NEEDS_REASON})
        kept.removed_at, kept.removed_by, kept.removed_reason = clock.now(), viewer.user, _said(reason)
        kept.save(update_fields=("removed_at", "removed_by", "removed_reason"))
    return kept


def confirm(viewer: Viewer, version: int, keys: Iterable[str]) -> int:
    """Confirm fields of one's own enterprise's record as they stand; how many.

    Raises
    ------
    Http404, Stale, Refused, Invalid
    """
    own = confirmations.own_enterprise(viewer)
    if own is None:
        raise Http404
    if not confirmations.may_confirm(viewer):
        raise Refused(
            Text(
                "确认须有经办权限。请联系本单位管理员。", "Confirming needs the role of clerk. Ask your administrator."
            )
        )
    known = {f.key for f in access.fields_for(ENTERPRISE, viewer)}
    wanted = [key for key in dict.fromkeys(keys) if key in known]
    if not wanted:
        raise Invalid({"confirm": Text("请至少勾选一个字段。", "Tick at least one field.")})
    with transaction.atomic():
        record = locked(ENTERPRISE, viewer, own.pk)
        if record.version != version:
            raise Stale(version, record.version)
        values = parsing.plain_values(ENTERPRISE, record, wanted)
        now = clock.now()
        Confirmation.objects.bulk_create(
            Confirmation(
                organisation=own, register=ENTERPRISE.key, record_id=record.pk, field=key,
                value_digest=confirmations.digest(values[key]), confirmed_at=now, by=viewer.user,
            )
            for key in wanted
        )  # fmt: skip
    return len(wanted)


def locked(register: Register, viewer: Viewer, record_id: int) -> Any:
    """A record that the viewer sees, held until the transaction ends; 404 otherwise."""
    record = access.visible_to(register, viewer).select_for_update(of=("self",)).filter(pk=record_id).first()
    if record is None:
        raise Http404
    return record


def differing(register: Register, viewer: Viewer, record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that would change, as read; a field given as it stands is no change.

    What stands is left unread: it may have been right under earlier rules.
    """
    known = {f.key for f in access.fields_for(register, viewer)}
    given = {k: v for k, v in values.items() if k not in known or not _as_it_stands(record, k, v)}
    if not given:
        return {}
    cleaned = forms.clean(register, viewer, given, record)
    return {key: value for key, value in cleaned.items() if not parsing.same(_standing(record, key), value)}


def refusals(register: Register, viewer: Viewer, keys: Iterable[str]) -> dict[str, Text]:
    """Why the viewer may not change some of these fields."""
    found = {key: access.why_not_change(register, viewer, register.get(key)) for key in keys}
    return {key: text for key, text in found.items() if text is not None}


def refuse(register: Register, viewer: Viewer, keys: Iterable[str]) -> None:
    """Raise where one of these fields may not be changed by the viewer.

    Raises
    ------
    Refused
    """
    problems = list(refusals(register, viewer, keys).values())
    if problems:
        raise Refused(Text("".join(p.zh for p in problems), " ".join(p.en for p in problems)))


def _as_it_stands(record: Record, key: str, value: Any) -> bool:
    return parsing.same(_standing(record, key), value.strip() if isinstance(value, str) else value)


def _standing(record: Any, key: str) -> Any:
    column = record._meta.get_field(key)
    return parsing.plain(getattr(record, column.attname))


def _waits(register: Register, viewer: Viewer, key: str) -> bool:
    return access.needs_approval(register.get(key), viewer)


def _set(record: Any, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        setattr(record, key, value)


def _kept(register: Register) -> dict[str, Any]:
    return {key: value for key, value in register.kept.items() if "__" not in key}


def _refuse_for_new(register: Register, viewer: Viewer, cleaned: Mapping[str, Any]) -> None:
    """Whoever adds a record fills what it needs; other fields of others stay as they start."""
    start = forms.prefill(register, viewer)
    foreign = [
        f.key
        for f in register.fields
        if not f.required
        and not parsing.same(cleaned.get(f.key), start.get(f.key, ""))
        and not parsing.same(cleaned.get(f.key), {})
    ]
    refuse(register, viewer, foreign)


def _simulated(register: Register, viewer: Viewer, record: Any) -> bool:
    owner = record.organisation if register.owner == "organisation" else viewer.organisation
    return bool(settings.OREFLOW_DEMONSTRATION or (owner is not None and owner.simulated))


def _acting(viewer: Viewer) -> str:
    return viewer.organisation.name if viewer.organisation else ""


def _said(reason: str) -> str:
    try:
        return parsing.text(reason.replace("\r\n", " ").replace("\n", " "), LONGEST_REASON)
    except parsing.Unreadable as error:
        raise Invalid({"reason": error.text}) from error


_NEEDS_REASON = Text("请写明理由。", "Give a reason.")


def _last_day(record: Any, on: Any, reason: str) -> date:
    problems: dict[str, Text] = {}
    try:
        day = parsing.day(on)
    except parsing.Unreadable as error:
        problems["on"], day = error.text, clock.today()
    if record.valid_from and day < record.valid_from and "on" not in problems:
        problems["on"] = Text(
            f"{day} 早于生效日期 {record.valid_from}。请填之后的日期。",
            f"{day} is before {record.valid_from}, from which the record is valid. Give a later day.",
        )
    if not reason.strip():
        problems["reason"] = _NEEDS_REASON
    if problems:
        raise Invalid(problems)
    return day


def _refuse_overtaken(register: Register, record: Any, changes: Mapping[str, Mapping[str, Any]]) -> None:
    for key, change in changes.items():
        now = _standing(record, key)
        if not parsing.same(now, change["from"]) and not parsing.same(now, change["to"]):
            label = register.get(key).label
            raise Refused(
                Text(
                    f"“{label.zh}”在申请后已由“{change['from']}”改为“{now}”，不能再改为“{change['to']}”。"
                    "请退回申请，由申请人按现值重新填报。",
                    f"“{label.en}” has changed from “{change['from']}” to “{now}” since the application, so it cannot"
                    f" become “{change['to']}”. Return the case, and let the applicant start from today's value.",
                )
            )


__all__ = [
    "REGISTERS", "Changed", "apply_approved", "attach", "change", "confirm", "create", "detach", "differing", "end",
    "locked",
    "refusals", "refuse",
]  # fmt: skip
