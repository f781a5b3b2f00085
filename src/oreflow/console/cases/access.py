"""The one door for reads of cases, letters and notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from oreflow.console.people.access import Viewer, found, reach
from oreflow.console.registers.models import Attachment
from oreflow.core.workflow import PROCEDURES, Procedure

from .models import AskedBody, CaseFile, Letter, Notice
from .parties import PARTIES

MOST_TASKS = 100
MOST_ABOUT = 10
BIGGEST_ID = 2**63 - 1
FILES = "cases"  # what the register of attachments calls this desk


def visible_to(viewer: Viewer) -> QuerySet[CaseFile]:
    """The cases that a viewer may see.

    One's own always; others once submitted: within reach, or with a role in them, or asked for an opinion.
    """
    rows = CaseFile.objects.all()
    within = reach(viewer)
    if viewer.organisation is None:
        return rows.none() if within is None else rows.filter(within, submitted_at__isnull=False)
    own = viewer.organisation.pk
    others = Q(acceptor=own) | Q(decider=own) | Q(reviewer=own) | Q(pk__in=_asked(own))
    if within is not None:
        others = others | within if within else within  # an empty condition keeps everything
    return rows.filter(Q(organisation=own) | (Q(submitted_at__isnull=False) & others))


def _asked(organisation: int) -> QuerySet[AskedBody]:
    return AskedBody.objects.filter(organisation=organisation).values("case_id")


def find(viewer: Viewer, case_id: int) -> CaseFile:
    """One case, or 404: absent and forbidden answer alike."""
    _checked(case_id)
    rows = visible_to(viewer).select_related("organisation", "park", "acceptor", "decider", "reviewer", "opened_by")
    return found(rows, pk=case_id)


def find_letter(viewer: Viewer, letter_id: int) -> Letter:
    """One letter of a case that the viewer sees, or 404."""
    _checked(letter_id)
    rows = Letter.objects.filter(case__in=visible_to(viewer)).select_related("case", "issuer", "addressee")
    return found(rows, pk=letter_id)


def _checked(number: int) -> None:
    if not 0 < number <= BIGGEST_ID:
        raise Http404


def attachments(case: CaseFile) -> QuerySet[Attachment]:
    """The files kept with a case that the viewer was let through to."""
    rows = Attachment.objects.filter(register=FILES, record_id=case.pk, removed_at__isnull=True)
    return rows.select_related("added_by").order_by("added_at", "pk")


def open_about(viewer: Viewer, register_key: str, record_id: int) -> list[CaseFile]:
    """The open cases about a record, newest first."""
    rows = visible_to(viewer).filter(register=register_key, record_id=record_id, closed_at=None)
    return list(rows.order_by("-changed_at", "-pk")[:MOST_ABOUT])


def by_number(viewer: Viewer, numbers: Iterable[str]) -> dict[str, int]:
    """Keys of the cases with these numbers that the viewer sees."""
    return dict(visible_to(viewer).filter(number__in=numbers).values_list("number", "pk"))


def tasks(viewer: Viewer) -> QuerySet[CaseFile]:
    """The cases that wait for a role of the viewer, oldest due first; from the tables of the procedures."""
    condition = task_condition(viewer)
    if condition is None:
        return CaseFile.objects.none()
    return CaseFile.objects.filter(condition, closed_at__isnull=True).order_by("due", "changed_at", "pk")


def count_tasks(viewer: Viewer) -> int:
    """How many cases wait for the viewer; counting stops at MOST_TASKS."""
    return tasks(viewer).order_by()[:MOST_TASKS].count() if viewer.organisation is not None else 0


def task_condition(viewer: Viewer) -> Q | None:
    """The condition under which a case waits for the viewer; None where none can."""
    if viewer.organisation is None:
        return None
    condition: Q | None = None
    for part in _parts(viewer, viewer.organisation.pk):
        condition = part if condition is None else condition | part
    return condition


def _parts(viewer: Viewer, own: int) -> Iterator[Q]:
    unanswered = AskedBody.objects.filter(case=OuterRef("pk"), answered_at__isnull=True)
    for procedure in PROCEDURES.values():
        for role, party in PARTIES.items():
            if not viewer.has(party.membership):
                continue
            anyway, after, asked = _states(procedure, role)
            mine = Q(**{party.column: own}) if party.column else Q()
            if anyway and party.column:
                yield Q(procedure=procedure.id, state__in=anyway) & mine
            if after and party.column:
                yield Q(procedure=procedure.id, state__in=after) & mine & ~Exists(unanswered)
            if asked:
                yield Q(procedure=procedure.id, state__in=asked) & Exists(unanswered.filter(organisation=own))


def _states(procedure: Procedure, role: str) -> tuple[list[str], list[str], list[str]]:
    """States in which a role has something to do: at once, when no opinion is missing, when asked for one."""
    anyway, after, asked = [], [], []
    for state in procedure.states:
        steps = [
            s
            for s in procedure.steps.values()
            if state in s.before and role in s.roles and not s.automatic and not s.voluntary
        ]
        if any(s.opinion for s in steps):
            asked.append(state)
        elif any(not s.needs_opinions for s in steps):
            anyway.append(state)
        elif steps:
            after.append(state)
    return anyway, after, asked


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer's organisation was told in a role of the viewer; escalations concern everybody in it."""
    if viewer.organisation is None or viewer.user is None:
        return Notice.objects.none()
    mine = Q(role__in=sorted(viewer.roles)) | Q(kind=Notice.Kind.ESCALATION)
    return Notice.objects.filter(mine, organisation=viewer.organisation).select_related("case")


def unseen(viewer: Viewer) -> QuerySet[Notice]:
    """The notices that the viewer has not seen and that are not settled, newest first."""
    if viewer.user is None:
        return Notice.objects.none()
    seen = Q(seen__user=viewer.user)
    return notices(viewer).filter(done_at__isnull=True).exclude(seen).order_by("-at", "-pk")
