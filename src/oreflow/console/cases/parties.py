"""Who stands in which role of a case: the tables of procedures speak of roles, memberships of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation, Role
from oreflow.core.provenance import Text
from oreflow.core.workflow import PROCEDURES, Case, Event, Option, Procedure, options
from oreflow.core.workflow.procedures import ACCEPTOR, APPLICANT, BODY, DECIDER, REVIEWER, SYSTEM

from .models import CaseEvent, CaseFile


@dataclass(frozen=True, slots=True)
class Party:
    """The column of a case that names the organisation in a role, and what its people need to act in it."""

    column: str
    membership: Any


PARTIES: Mapping[str, Party] = {
    APPLICANT: Party("organisation", Role.CLERK),
    ACCEPTOR: Party("acceptor", Role.ACCEPTOR),
    DECIDER: Party("decider", Role.DECIDER),
    REVIEWER: Party("reviewer", Role.REVIEWER),
    BODY: Party("", Role.OPINION),
}


def procedure_of(case: CaseFile) -> Procedure:
    """The table that a case follows."""
    return PROCEDURES[case.procedure]


def events_of(case: CaseFile) -> list[CaseEvent]:
    """The events of a case in order, with who and the bodies asked; four queries whatever their number."""
    rows = case.events.select_related("by", "organisation", "body").prefetch_related("bodies__organisation", "letter")
    return list(rows.order_by("sequence"))


def replayed(case: CaseFile, events: Iterable[CaseEvent]) -> Case:
    """The case as the core knows it, rebuilt from its events; bodies go by their organisation's id."""
    return Case(
        case.procedure,
        timezone.localtime(case.opened_at),
        tuple(
            Event(
                step=e.step,
                state=e.state,
                by=str(e.by_id or SYSTEM),
                role=e.role,
                at=timezone.localtime(e.at),
                reason=e.reason,
                bodies=tuple(str(b.organisation_id) for b in e.bodies.all()),
                body=str(e.body_id or ""),
                agrees=e.agrees,
            )
            for e in events
        ),
        procedure_of(case).start,
    )


def names_of(events: Iterable[CaseEvent]) -> dict[str, str]:
    """Names of the bodies asked, by id, for the texts of the core."""
    return {str(b.organisation_id): b.organisation.name for e in events for b in e.bodies.all()}


def roles_in(case: CaseFile, organisation: Organisation | None, asked: Iterable[str]) -> tuple[str, ...]:
    """The roles that an organisation has in a case."""
    if organisation is None:
        return ()
    found = [
        role
        for role, party in PARTIES.items()
        if party.column and getattr(case, f"{party.column}_id") == organisation.pk
    ]
    return (*found, BODY) if str(organisation.pk) in set(asked) else tuple(found)


def in_role(case: CaseFile, role: str, bodies: Iterable[str] = ()) -> list[Organisation]:
    """The organisations that stand in a role of a case."""
    party = PARTIES.get(role)
    if party is None:
        return []
    if not party.column:
        return list(Organisation.objects.filter(pk__in=[int(b) for b in bodies]).order_by("name", "pk"))
    found = getattr(case, party.column)
    return [found] if found is not None else []


def all_asked(core: Case) -> set[str]:
    """Every body that was ever asked."""
    return {b for e in core.events for b in e.bodies}


def offered(case: CaseFile, core: Case, names: Mapping[str, str], viewer: Viewer) -> list[Option]:
    """What the viewer's organisation could do in this case: open, or closed with the reason why."""
    procedure = procedure_of(case)
    if case.closed_at is not None or viewer.organisation is None:
        return []
    out = []
    for role in roles_in(case, viewer.organisation, all_asked(core)):
        for option in options(procedure, core, (role,), str(viewer.organisation.pk), names=names, every=True):
            if option.open and not viewer.has(PARTIES[role].membership):
                out.append(Option(option.step, False, lacks(role)))
            else:
                out.append(option)
    return out


def lacks(role: str) -> Text:
    """What a person without the membership is told."""
    needed = PARTIES[role].membership
    zh, en = MEMBERSHIPS[needed]
    return Text(
        f"须有本单位的“{zh}”权限。请联系本单位管理员。",
        f"This needs the role of {en} in your organisation. Ask its administrator.",
    )


MEMBERSHIPS: Mapping[Any, tuple[str, str]] = {
    Role.CLERK: ("经办", "clerk"),
    Role.ACCEPTOR: ("受理", "acceptor"),
    Role.DECIDER: ("审批", "decider"),
    Role.REVIEWER: ("评审", "expert reviewer"),
    Role.OPINION: ("答复意见", "opinion giver"),
    Role.VIEWER: ("查看", "viewer"),
    Role.ADMINISTRATOR: ("单位管理员", "administrator"),
}
