"""Organisations that are renamed, merged or split: from which day, why, and what becomes of their people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from oreflow.console import clock
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.provenance import Text

from . import events, former_names, mergers, rules
from .access import Viewer, found, visible_organisations
from .models import AUTHORITIES, Kind, Membership, Organisation, Role, Succession

LONGEST_ORGANISATION_NAME = 120
PAGE = str(Door.PAGE)
MERGER, SPLIT, RENAME = (str(manner) for manner in Succession.Manner.values)
FARTHEST = timedelta(days=366)


def why_not_change(viewer: Viewer, organisation: Organisation) -> Text | None:
    """Why a viewer may not rename, merge or split an organisation that it sees; None where it may."""
    if viewer.is_system:
        return None
    decides = viewer.organisation is not None and viewer.organisation.kind == Kind.BUREAU and viewer.has(Role.DECIDER)
    if decides and organisation.kind not in AUTHORITIES:
        return None
    return Text(
        "单位变更由所在地主管部门的审批人或系统管理员办理。",
        "Changes of organisations are made by a decider of the bureau in whose area they lie, or by the"
        " installation's administrator.",
    )


@transaction.atomic
def rename(
    viewer: Viewer,
    organisation_id: int,
    version: int,
    name: str,
    effective: date,
    reason: str,
    *,
    door: str = PAGE,
) -> Organisation:
    """Give an organisation a new name from a day on; it stays the same organisation and its former name is kept.

    Raises
    ------
    Invalid
        For an empty or unchanged name, or a day in the future or before the last renaming.
    """
    organisation, said = _opened(viewer, organisation_id, version, reason)
    new = rules.plain(name, LONGEST_ORGANISATION_NAME + 1)
    problems = {}
    if not new or len(new) > LONGEST_ORGANISATION_NAME:
        problems["name"] = Text("请填写新名称，不超过 120 个字。", "Give a new name of at most 120 characters.")
    elif new == organisation.name:
        problems["name"] = Text("新名称与现名称相同。", "The new name is the present one.")
    last = organisation.successions.filter(manner=RENAME).order_by("-effective").first()
    if effective > clock.today():
        problems["effective"] = Text("更名日期不得晚于今天。", "A new name holds from today or an earlier day.")
    elif last is not None and effective <= last.effective:
        problems["effective"] = Text(
            f"更名日期须晚于上次更名（{last.effective}）。",
            f"The day must be later than the last renaming ({last.effective}).",
        )
    if problems:
        raise Invalid(problems)
    former, organisation.name = organisation.name, new
    organisation.words = _words(organisation, former)
    _enter(viewer, organisation, organisation, RENAME, effective, said, former)
    _save(viewer, organisation, said, door)
    events.note("organisation-renamed", actor=viewer.user, organisation=organisation, before=former, after=new)
    return organisation


def _words(organisation: Organisation, former: str) -> str:
    """Search terms of the new name beside all that found the organisation before."""
    from oreflow.console.registers import search  # the registers stand on people

    fresh = search.terms((organisation.name, former))
    return former_names.together(fresh, organisation.name, organisation.words, former)


@transaction.atomic
def merge(
    viewer: Viewer, organisation_id: int, version: int, successor_id: int, effective: date, reason: str, *,
    move_people: bool, door: str = PAGE,
) -> Organisation:  # fmt: skip
    """End an organisation on a day in favour of another; its people move there, or their roles end.

    Its running records, the members of its group and its open cases pass to the successor on that day: at once
    where the day has come, else by the scheduler.

    Raises
    ------
    Invalid
        Also for numbers of records that both organisations gave; nothing is written then.
    """
    organisation, said = _opened(viewer, organisation_id, version, reason)
    successor = _successors(viewer, organisation, [successor_id], effective)[0]
    mergers.check(organisation, successor, effective)
    step = _end(viewer, organisation, [successor], MERGER, effective, said, door)[0]
    if effective <= clock.today():
        mergers.carry(step, successor, door=door, acting=viewer.organisation.name if viewer.organisation else "")
    _people(organisation, successor if move_people else None, effective)
    events.note(
        "organisation-merged", actor=viewer.user, organisation=organisation, successor=successor.name,
        moved=move_people, effective=effective.isoformat(),
    )  # fmt: skip
    return organisation


@transaction.atomic
def split(
    viewer: Viewer, organisation_id: int, version: int, successor_ids: Sequence[int], effective: date, reason: str, *,
    people_to: int | None = None, door: str = PAGE,
) -> Organisation:  # fmt: skip
    """End an organisation on a day in favour of several; its people move to one of them, or their roles end.

    Records and cases stay: which of them belongs to whom is for those who keep the registers to say.
    """
    organisation, said = _opened(viewer, organisation_id, version, reason)
    asked = list(dict.fromkeys(successor_ids))
    if len(asked) < 2:
        raise Invalid({"successors": Text("分立须有至少两个承继单位。", "A split needs at least two successors.")})
    successors = _successors(viewer, organisation, asked, effective)
    heir = next((s for s in successors if s.pk == people_to), None)
    if people_to and heir is None:
        raise Invalid({"people_to": Text("人员只能转入承继单位之一。", "People move to one of the successors only.")})
    _end(viewer, organisation, successors, SPLIT, effective, said, door)
    _people(organisation, heir, effective)
    events.note(
        "organisation-split", actor=viewer.user, organisation=organisation, successors=[s.name for s in successors],
        moved=heir is not None, effective=effective.isoformat(),
    )  # fmt: skip
    return organisation


def _opened(viewer: Viewer, organisation_id: int, version: int, reason: str) -> tuple[Organisation, str]:
    rules.writable(viewer)
    mine = visible_organisations(viewer).select_for_update(of=("self",))
    organisation = found(mine, pk=organisation_id)
    why = why_not_change(viewer, organisation)
    if why:
        raise Refused(why)
    if organisation.valid_to is not None:
        raise Refused(
            Text(
                f"该单位已定于 {organisation.valid_to} 终止，不能再变更。",
                f"This organisation ends on {organisation.valid_to}; it cannot be changed any more.",
            )
        )
    if organisation.version != version:
        raise Stale(version, organisation.version)
    return organisation, rules.own_reason(reason)


def _successors(viewer: Viewer, old: Organisation, ids: Sequence[int], effective: date) -> list[Organisation]:
    rows = visible_organisations(viewer).filter(pk__in=ids).exclude(pk=old.pk)
    standing = {
        o.pk: o
        for o in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=effective))
        if why_not_change(viewer, o) is None
    }
    if len(standing) != len(ids):
        raise Invalid(
            {
                "successors": Text(
                    "承继单位须是另一个在生效日仍存续、且在您管辖范围内的单位。",
                    "A successor is another organisation within your reach that still stands on that day.",
                )
            }
        )
    if not clock.today() - FARTHEST <= effective <= clock.today() + FARTHEST:
        raise Invalid({"effective": Text("生效日期须在今天前后一年以内。", "The day lies within a year of today.")})
    return [standing[i] for i in ids]


def _end(
    viewer: Viewer, old: Organisation, successors: Sequence[Organisation], manner: str, effective: date, reason: str,
    door: str,
) -> list[Succession]:  # fmt: skip
    if old.valid_from is not None and effective <= old.valid_from:
        raise Invalid(
            {
                "effective": Text(
                    f"生效日期须晚于该单位的设立日期 {old.valid_from}。",
                    f"The day must be later than {old.valid_from}, when the organisation began.",
                )
            }
        )
    old.valid_to = effective
    steps = [_enter(viewer, old, successor, manner, effective, reason, "") for successor in successors]
    _save(viewer, old, reason, door)
    return steps


def _enter(
    viewer: Viewer, old: Organisation, new: Organisation, manner: str, effective: date, reason: str, former: str
) -> Succession:
    return Succession.objects.create(
        predecessor=old, successor=new, manner=manner, former_name=former, effective=effective, reason=reason,
        recorded_at=clock.now(), recorded_by=viewer.user,
    )  # fmt: skip


def _save(viewer: Viewer, organisation: Organisation, reason: str, door: str) -> None:
    organisation._history_user = viewer.user
    organisation._change_reason = reason
    organisation._door = door
    organisation._acting = viewer.organisation.name if viewer.organisation else ""
    organisation.version += 1
    organisation.updated_at = clock.now()
    organisation.save()


def _people(old: Organisation, heir: Organisation | None, effective: date) -> None:
    """End the roles in the old organisation the day before; where there is an heir, own ones go on there."""
    last_day = effective - timedelta(days=1)
    running = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=effective), organisation=old)
    for membership in list(running):
        if heir is not None and membership.delegated_by_id is None:
            _carry(membership, heir, effective)
    running.update(valid_to=last_day)


def _carry(membership: Membership, heir: Organisation, effective: date) -> None:
    start = max(effective, membership.valid_from or effective)
    held = Membership.objects.filter(
        user=membership.user_id, organisation=heir, role=membership.role, delegated_by=None
    ).first()
    if held is None:
        Membership.objects.create(
            user_id=membership.user_id, organisation=heir, role=membership.role, valid_from=start,
            valid_to=membership.valid_to, reason=membership.reason,
        )  # fmt: skip
    elif held.valid_to is not None and (membership.valid_to is None or membership.valid_to > held.valid_to):
        if held.valid_to < clock.today():  # one row a role: what has ended begins anew, what still holds goes on
            held.valid_from = start
        held.valid_to = membership.valid_to
        held.save(update_fields=["valid_from", "valid_to"])
