"""Open cases that pass from one organisation to the one it merged into.

Events are never touched: who took a step stays who it was. What changes is who stands in the case from now on: the
columns of its parties, and the bodies asked that have not answered yet, so that a replay finds the successor asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from oreflow.console.people.models import Organisation, Role
from oreflow.core.provenance import Text
from oreflow.core.workflow.procedures import APPLICANT

from . import effects, parties
from .models import AskedBody, CaseFile, Notice

COLUMNS = {party.column: party.membership for party in parties.PARTIES.values() if party.column}


def concerned(organisations: QuerySet[Organisation]) -> QuerySet[CaseFile]:
    """The open cases in which one of these organisations applies, accepts, decides, reviews or owes an opinion."""
    part = Q(pk__in=_owed(organisations).values("case"))
    for column in COLUMNS:
        part |= Q(**{f"{column}__in": organisations})
    return CaseFile.objects.filter(part, closed_at__isnull=True)


def holders(organisations: QuerySet[Organisation]) -> set[int]:
    """Which of these organisations still stand in an open case."""
    found = set(_owed(organisations).values_list("organisation", flat=True))
    for column in COLUMNS:
        rows = CaseFile.objects.filter(closed_at__isnull=True, **{f"{column}__in": organisations})
        found.update(rows.values_list(column, flat=True))
    return found


def hand_over(old: Organisation, new: Organisation, text: Text, key: str, now: datetime) -> int:
    """Put the successor where the old organisation stood, and tell those concerned; how many cases.

    Called within the transaction of the merger. `key` says which merger it was, so that nobody is told twice.
    """
    rows = concerned(Organisation.objects.filter(pk=old.pk))
    cases = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not cases:
        return 0
    roles = {case.pk: _roles(case, old) for case in cases}
    rows.update(version=F("version") + 1, changed_at=now)
    owing = _asked_instead(old, new, roles)
    for column in COLUMNS:
        CaseFile.objects.filter(closed_at__isnull=True, **{column: old}).update(**{column: new})
    open_ones = Notice.objects.filter(organisation=old, done_at__isnull=True, case__in=list(roles))
    open_ones.exclude(kind=Notice.Kind.RESULT).update(organisation=new)
    _tell(cases, roles, new, text, key, now)
    _announce(owing, key, now)
    return len(cases)


def _owed(organisations: QuerySet[Organisation]) -> QuerySet[AskedBody]:
    """Opinions asked of these organisations in open cases and not given."""
    return AskedBody.objects.filter(
        organisation__in=organisations, answered_at__isnull=True, case__closed_at__isnull=True
    )


def _roles(case: CaseFile, old: Organisation) -> set[str]:
    return {str(membership) for column, membership in COLUMNS.items() if getattr(case, f"{column}_id") == old.pk}


def _asked_instead(old: Organisation, new: Organisation, roles: dict[int, set[str]]) -> set[int]:
    """Have the successor owe the opinions; where the same step asked it too, one opinion is enough.

    Returns the cases where that left one body less to wait for.
    """
    mine = _owed(Organisation.objects.filter(pk=old.pk))
    for case_id in mine.values_list("case", flat=True):
        roles[case_id].add(str(Role.OPINION))
    twice = mine.filter(Exists(AskedBody.objects.filter(event=OuterRef("event"), organisation=new)))
    fewer = set(twice.values_list("case", flat=True))
    AskedBody.objects.filter(pk__in=list(twice.values_list("pk", flat=True))).delete()
    mine.update(organisation=new)
    return fewer


def _tell(
    cases: Iterable[CaseFile], roles: dict[int, set[str]], new: Organisation, text: Text, key: str, now: datetime
) -> None:
    """One notice a role of the successor, and one to an applicant whose case another authority goes on with."""
    clerk = str(parties.PARTIES[APPLICANT].membership)
    rows = []
    for case in cases:
        told = {(new.pk, role) for role in roles[case.pk]}
        if case.submitted_at is not None and clerk not in roles[case.pk]:
            told.add((case.organisation_id, clerk))
        rows += [
            Notice(
                case=case, organisation_id=organisation, role=role, kind=Notice.Kind.RESULT, at=now,
                text_zh=f"{case.number}“{case.title}”：{text.zh}", text_en=f"{case.number} “{case.title}”: {text.en}",
                key=f"{key}:{case.pk}:{organisation}:{role}",
            )
            for organisation, role in sorted(told)
        ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _announce(owing: set[int], key: str, now: datetime) -> None:
    """A case that no longer waits for a second opinion of the same body may be the decider's turn now."""
    for case in CaseFile.objects.filter(pk__in=owing).order_by("pk"):
        effects.announce(case, parties.events_of(case), now, key=key)


__all__ = ["concerned", "hand_over", "holders"]
