"""The mutations of cases: open, edit a draft, take a step, and what time itself brings about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from oreflow.console import clock
from oreflow.console.people.access import Viewer, found
from oreflow.console.people.models import Organisation, User
from oreflow.console.records import Record
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.console.registers import attachments, parsing
from oreflow.console.registers.models import Attachment
from oreflow.core.provenance import Text
from oreflow.core.workflow import FILING, PROCEDURES, Case, MissingReason, StepNotOpen, UnknownStep, advance
from oreflow.core.workflow.model import Step
from oreflow.core.workflow.procedures import APPLICANT

from . import access, changes, effects, numbers, parties, routing
from .models import CaseEvent, CaseFile, Notice, NoticeSeen
from .ticking import Tick, tick

__all__ = ["Tick", "attach", "detach", "edit", "mark_seen", "open_change", "take", "tick"]

LONGEST_REASON = 4000
FILES = access.FILES


def open_change(
    viewer: Viewer, register_key: str, record: Record, changes: Mapping[str, Any], *, note: str
) -> CaseFile:
    """A draft that asks for changes of a record, with its route; within the transaction of the change, if any.

    Raises
    ------
    Refused
        Where the viewer is not of the record's organisation, where nobody is on record to accept or decide,
        and where an open case asks for one of the same fields already.
    """
    applicant = record if isinstance(record, Organisation) else record.organisation
    if viewer.user is None or viewer.organisation is None or viewer.organisation.pk != applicant.pk:
        raise Refused(
            Text(
                f"变更由“{applicant.name}”自己提出。请以该单位的身份登录。",
                f"“{applicant.name}” asks for this change itself. Sign in for that organisation.",
            )
        )
    with transaction.atomic():
        _refuse_second(register_key, record.pk, changes)
        return _drafted(viewer.user, register_key, record, applicant, changes, note)


def _drafted(
    user: User,
    register_key: str,
    record: Any,
    applicant: Organisation,
    asked: Mapping[str, Any],
    note: str,
) -> CaseFile:
    park = getattr(record, "park", None)
    way = routing.route(record.area_code, park)
    now = clock.now()
    case = CaseFile(
        number=numbers.case_number(clock.today(), way.decider),
        procedure=FILING.id,
        title=str(record)[:200],
        register=register_key,
        record_id=record.pk,
        payload={"changes": {k: dict(v) for k, v in asked.items()}, "version": record.version},
        note=note.strip()[:LONGEST_REASON],
        organisation=applicant,
        park=park,
        acceptor=way.acceptor,
        decider=way.decider,
        state=FILING.start,
        opened_at=now,
        changed_at=now,
        opened_by=user,
        simulated=bool(applicant.simulated or record.simulated),
        area_code=record.area_code,
    )
    case.place()
    case.save()
    effects.announce(case, (), now, key="open")
    return case


def _refuse_second(register_key: str, record_id: int | None, changes: Mapping[str, Any], but: int = 0) -> None:
    """One open case a field: two would be decided against each other."""
    rows = CaseFile.objects.filter(register=register_key, record_id=record_id, closed_at__isnull=True)
    for case in rows.exclude(pk=but).order_by("pk"):
        if set(case.payload.get("changes", {})) & set(changes):
            raise Refused(
                Text(
                    f"同一字段的变更已在办理：{case.number}。请在该案中修改，或先撤回它。",
                    f"A change of the same field is under way: {case.number}. Change it there, or withdraw that first.",
                )
            )


def edit(viewer: Viewer, case_id: int, version: int, values: Mapping[str, Any], *, note: str | None = None) -> CaseFile:
    """Change what a draft, or a case waiting for supplements, asks for.

    Raises
    ------
    Refused, Invalid, Stale
        Http404 for what the viewer may not see.
    """
    with transaction.atomic():
        case = _locked(viewer, case_id, version)
        refused = why_not_edit(viewer, case)
        if refused is not None:
            raise Refused(refused)
        case.payload = changes.edited(case, viewer, values)
        _refuse_second(case.register, case.record_id, changes.wanted(case), but=case.pk)
        if note is not None:
            case.note = note.strip()[:LONGEST_REASON]
        case.changed_at = clock.now()
        case.version += 1
        case.save(update_fields=("payload", "note", "changed_at", "version"))
    return case


def why_not_edit(viewer: Viewer, case: CaseFile) -> Text | None:
    """Why the viewer may not change what a case asks for; None where it may."""
    applicant = parties.PARTIES[APPLICANT]
    if viewer.organisation is None or viewer.organisation.pk != case.organisation_id:
        return Text("只有申请单位可以修改申请内容。", "Only the applicant changes what is asked for.")
    if not viewer.has(applicant.membership):
        return parties.lacks(APPLICANT)
    state = parties.procedure_of(case).states[case.state]
    if not state.editable:
        return Text(
            f"“{state.name.zh}”时不能修改申请内容。",
            f"What is asked for cannot be changed while the case is {state.name.en}.",
        )
    return None


def take(
    viewer: Viewer,
    case_id: int,
    step: str,
    *,
    reason: str = "",
    bodies: Sequence[int] = (),
    agrees: bool | None = None,
    version: int | None = None,
) -> CaseFile:
    """Take a step of a case: event, letter, opinions asked, notices, deadline, and the change once approved.

    `bodies` are ids of organisations: those asked for an opinion, or the one reviewer of a step that refers.

    Raises
    ------
    Refused
        The viewer has no role for the step, or it is not open now; the text says why.
    Invalid
        A reason, a body or a verdict is missing, or the step does not exist.
    Stale
        The case changed since `version` was read.
    """
    with transaction.atomic():
        case = _locked(viewer, case_id, version)
        events = parties.events_of(case)
        core = parties.replayed(case, events)
        planned = _planned(viewer, case, core, step)
        asked = _chosen(case, planned, bodies)
        after = _advanced(viewer, case, core, events, planned, reason[:LONGEST_REASON], asked, agrees)
        effects.happen(case, events, after, planned, viewer, asked)
    return case


def _locked(viewer: Viewer, case_id: int, version: int | None) -> CaseFile:
    """The case with its row held until the end of the transaction, after the door of reads let it through."""
    found(access.visible_to(viewer), pk=case_id)
    case = CaseFile.objects.select_for_update().get(pk=case_id)
    if version is not None and version != case.version:
        raise Stale(version, case.version)
    return case


def _planned(viewer: Viewer, case: CaseFile, core: Case, step_id: str) -> Step:
    """The step as the table has it, if the viewer has a role for it."""
    procedure = PROCEDURES[case.procedure]
    step = procedure.steps.get(step_id)
    if step is None:
        known = "、".join(procedure.steps)
        raise Invalid(
            {"step": Text(f"没有“{step_id}”这一步；可选：{known}。", f"No step “{step_id}”; there are: {known}.")}
        )
    roles = [r for r in parties.roles_in(case, viewer.organisation, parties.all_asked(core)) if r in step.roles]
    if not roles:
        names = [procedure.roles.get(r, Text(r, r)) for r in step.roles]
        raise Refused(
            Text(
                f"“{step.name.zh}”由{'、'.join(n.zh for n in names)}办理。",
                f"“{step.name.en}” is for the {' or '.join(n.en for n in names)}.",
            )
        )
    if not any(viewer.has(parties.PARTIES[r].membership) for r in roles):
        raise Refused(parties.lacks(roles[0]))
    return step


def _chosen(case: CaseFile, step: Step, bodies: Sequence[int]) -> list[Organisation]:
    """The organisations that a step names, each of them one that may be named."""
    if not (step.asks or step.refers):
        return []
    among = routing.askable(case) if step.asks else routing.reviewers(case)
    wanted = list(dict.fromkeys(bodies))
    known = {o.pk: o for o in among.filter(pk__in=[b for b in wanted if 0 < b <= access.BIGGEST_ID])}
    strange = [b for b in wanted if b not in known]
    if strange:
        raise Invalid(
            {
                "bodies": Text(
                    "所选单位不在本案可选范围内。请从列表中选择。",
                    "One of the bodies cannot be chosen for this case. Choose from the list.",
                )
            }
        )
    if step.refers and not wanted:
        known = {o.pk: o for o in among[:2]} if among.count() == 1 else {}
        wanted = list(known)
    if step.refers and len(wanted) != 1:
        raise Invalid({"bodies": Text("请选择一个评审机构。", "Choose one expert body.")})
    return [known[b] for b in wanted]


def _advanced(
    viewer: Viewer,
    case: CaseFile,
    core: Case,
    events: Sequence[CaseEvent],
    step: Step,
    reason: str,
    asked: Sequence[Organisation],
    agrees: bool | None,
) -> Case:
    """The core's case after the step; its refusals in the console's words."""
    organisation, user = viewer.organisation, viewer.user
    assert organisation is not None  # noqa: S101 - roles_in found a role for it
    assert user is not None  # noqa: S101 - same
    held = parties.roles_in(case, organisation, parties.all_asked(core))
    role = next(r for r in held if r in step.roles and viewer.has(parties.PARTIES[r].membership))
    try:
        return advance(
            PROCEDURES[case.procedure],
            core,
            step.id,
            by=str(user.pk),
            role=role,
            at=timezone.localtime(clock.now()),
            reason=reason,
            bodies=tuple(str(o.pk) for o in asked) if step.asks else (),
            body=str(organisation.pk),
            agrees=agrees,
            names=parties.names_of(events),
        )
    except MissingReason as error:
        raise Invalid({error.what: error.text}) from error
    except (StepNotOpen, UnknownStep) as error:
        raise Refused(error.text) from error


def attach(viewer: Viewer, case_id: int, name: str, content: BinaryIO, *, note: str = "") -> Attachment:
    """Keep a file with a case, in the states in which its applicant may change it.

    Raises
    ------
    Refused, Invalid
    """
    with transaction.atomic():
        case = _locked(viewer, case_id, None)
        refused = why_not_edit(viewer, case)
        if refused is not None:
            raise Refused(refused)
        kept = attachments.keep(name, content)
        try:
            said = parsing.text(note, 200)
        except parsing.Unreadable as error:
            raise Invalid({"note": error.text}) from error
        return Attachment.objects.create(
            register=FILES,
            record_id=case.pk,
            name=kept.name,
            media_type=kept.media_type,
            size=kept.size,
            sha256=kept.sha256,
            note=said,
            added_at=clock.now(),
            added_by=viewer.user,
        )


def detach(viewer: Viewer, case_id: int, attachment_id: int, reason: str) -> Attachment:
    """Take a file away from a case; the entry stays, with who removed it and why.

    Raises
    ------
    Refused, Invalid
        Http404 where there is no such file.
    """
    with transaction.atomic():
        case = _locked(viewer, case_id, None)
        refused = why_not_edit(viewer, case)
        if refused is not None:
            raise Refused(refused)
        kept = found(access.attachments(case), pk=attachment_id)
        if not reason.strip():
            raise Invalid({"reason": Text("请写明移除的理由。", "Say why it is removed.")})
        kept.removed_at, kept.removed_by, kept.removed_reason = (
            clock.now(),
            viewer.user,
            reason.strip()[:LONGEST_REASON],
        )
        kept.save(update_fields=("removed_at", "removed_by", "removed_reason"))
    return kept


def mark_seen(viewer: Viewer, notice_ids: Sequence[int] | None = None) -> int:
    """Mark notices as seen by the viewer, all where none is named; the number that are newly seen."""
    if viewer.user is None:
        return 0
    rows = access.unseen(viewer)
    if notice_ids is not None:
        rows = rows.filter(pk__in=[n for n in notice_ids if 0 < n <= access.BIGGEST_ID])
    wanted: list[Notice] = list(rows)
    now = clock.now()
    NoticeSeen.objects.bulk_create(
        [NoticeSeen(notice=n, user=viewer.user, at=now) for n in wanted], ignore_conflicts=True
    )
    return len(wanted)
