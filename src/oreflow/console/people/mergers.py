"""What a merger carries over to the successor on its day: records, members of a group, open cases.

A merger entered for today or an earlier day carries at once; one entered ahead is carried by the scheduler on its day.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from oreflow.console import clock
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from . import events
from .access import successor_on
from .models import Kind, Organisation, Role, Succession

if TYPE_CHECKING:
    from oreflow.console.registers.bulk import Said

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Carried:
    """How many records (by register), members of the group, open cases and documents passed to the successor."""

    records: dict[str, int] = field(default_factory=dict)
    members: int = 0
    cases: int = 0
    documents: int = 0


def check(old: Organisation, new: Organisation, day: date) -> None:
    """Refuse a merger whose work could not be carried over, before anything is written.

    Raises
    ------
    Invalid
        For numbers that both organisations gave, and for a group's members that would have no group.
    """
    from oreflow.console.registers import handing_over  # the registers stand on people

    problems = {}
    if taken := handing_over.collisions(old, new, day):
        problems["numbers"] = Text(
            f"“{new.name}”已有相同编号：{'；'.join(t.zh for t in taken)}。请先在其中一方改用另外的编号。",
            f"{new.name} has the same numbers: {'; '.join(t.en for t in taken)}. Give other ones on one side first.",
        )
    if new.kind != Kind.GROUP and _members(old, day).exclude(pk=new.pk).exists():
        problems["successor"] = Text(
            "该集团有成员单位，承继单位须是集团类单位；或先调整成员单位的所属集团。",
            "This group has members: its successor must be a group, unless they are given another group first.",
        )
    if problems:
        raise Invalid(problems)


def carry(step: Succession, new: Organisation, *, door: str, acting: str = "") -> Carried:
    """Pass what the merged organisation had to `new`, each record with its entry; within the caller's transaction.

    Raises
    ------
    Invalid
        As `check` does; then nothing was written.
    """
    from oreflow.console.cases import handing_over as cases
    from oreflow.console.reading import handing_over as documents
    from oreflow.console.registers import bulk
    from oreflow.console.registers import handing_over as records

    old = step.predecessor
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=(old.pk, new.pk)).order_by("pk"))
    check(old, new, step.effective)
    said = bulk.Said(
        at=clock.now(), user_id=step.recorded_by_id, door=door, source=f"merger:{step.pk}", organisation=acting[:120],
        reason=f"合并 / merger：{old.name} → {new.name}，{step.effective}：{step.reason}",
    )  # fmt: skip
    done = Carried(
        records=records.hand_over(old, new, step.effective, said),
        members=_members_move(old, new, step.effective, said),
        cases=cases.hand_over(old, new, _goes_on(old, new, step.effective), f"merger:{step.pk}", said.at),
        documents=documents.hand_over(old, new),
    )
    if done != Carried():
        passed: dict[str, Any] = {**done.records, "members": done.members, "cases": done.cases}
        passed |= {"documents": done.documents} if done.documents else {}
        events.note(
            "merger-carried", actor=step.recorded_by, organisation=new, predecessor=old.name,
            effective=step.effective.isoformat(), **passed,
        )  # fmt: skip
    return done


def carry_due(day: date) -> int:
    """Carry what mergers effective by a day have not carried yet, each in its own transaction; how many did.

    Where numbers collide by now, nothing passes and the successor is told once; the next turn tries again.
    """
    count = 0
    for step in _waiting(day):
        new = successor_on(step.predecessor, day)
        if new is None or new.pk == step.predecessor_id:
            continue
        try:
            with transaction.atomic():
                carry(step, new, door=str(Door.COMMAND))
        except Invalid as refusal:
            logger.warning("merger %s is not carried over: %s", step.pk, refusal.text.en)
            _ask(step, new, refusal.text)
        else:
            count += 1
    return count


def _waiting(day: date) -> list[Succession]:
    """The mergers whose predecessor still has something; as many queries as there are tables."""
    from oreflow.console.cases import handing_over as cases
    from oreflow.console.reading import handing_over as documents
    from oreflow.console.registers import handing_over as records

    due = Succession.objects.filter(manner=Succession.Manner.MERGER, effective__lte=day)
    gone = Organisation.objects.filter(pk__in=due.values("predecessor"))
    members = Organisation.objects.filter(_standing(day), parent__in=gone).values_list("parent", flat=True)
    left = records.holders(gone, day) | cases.holders(gone) | documents.holders(gone) | set(members)
    rows = due.filter(predecessor__in=left).select_related("predecessor", "recorded_by")
    return list(rows.order_by("effective", "pk")) if left else []


def _standing(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)


def _members(old: Organisation, day: date) -> QuerySet[Organisation]:
    return Organisation.objects.filter(_standing(day), parent=old)


def _members_move(old: Organisation, new: Organisation, day: date, said: Said) -> int:
    """Give a group's members the successor as their group; a member that is the successor has none then."""
    from oreflow.console.registers.bulk import write_history

    rows = _members(old, day)
    ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if ids:
        stamps: dict[str, Any] = {"version": F("version") + 1, "updated_at": said.at}
        rows.filter(pk=new.pk).update(parent=None, **stamps)
        rows.update(parent=new, **stamps)
        write_history(Organisation, ids, "~", said)
    return len(ids)


def _goes_on(old: Organisation, new: Organisation, day: date) -> Text:
    return Text(
        f"“{old.name}”已于 {day} 并入“{new.name}”，本案由后者承继。",
        f"{old.name} merged into {new.name} on {day}, which takes its place in this case.",
    )


def _ask(step: Succession, new: Organisation, why: Text) -> None:
    """Tell the successor once why nothing could pass."""
    from oreflow.console.cases.models import Notice

    head = Text(
        f"“{step.predecessor.name}”并入的登记与办件尚未转入：",
        f"Records and cases of {step.predecessor.name} have not passed to you yet: ",
    )
    Notice.objects.get_or_create(
        key=f"merger:{step.pk}:{new.pk}:waits",
        defaults={
            "organisation": new, "role": Role.CLERK, "kind": Notice.Kind.ESCALATION, "at": clock.now(),
            "text_zh": head.zh + why.zh, "text_en": head.en + why.en,
        },
    )  # fmt: skip


__all__ = ["Carried", "carry", "carry_due", "check"]
