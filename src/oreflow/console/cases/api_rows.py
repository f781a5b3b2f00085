"""Cases and notices as the data interface gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oreflow.console import clock
from oreflow.console.api_ground import both
from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation
from oreflow.core.provenance import Text
from oreflow.core.workflow import PROCEDURES, deadline, lapse, waiting

from . import changes, letters, parties
from .models import CaseEvent, CaseFile, Notice, NoticeSeen
from .workdays import calendar


def organisation_out(organisation: Organisation | None) -> dict[str, Any] | None:
    """An organisation by id and name."""
    return None if organisation is None else {"id": organisation.pk, "name": organisation.name}


def case_out(case: CaseFile) -> dict[str, Any]:
    """A case as lists show it."""
    names = (
        "number", "procedure", "title", "register", "record_id", "state", "due", "urgency", "opened_at", "changed_at",
        "submitted_at", "closed_at", "simulated", "version",
    )  # fmt: skip
    own = {name: getattr(case, name) for name in names}
    state = PROCEDURES[case.procedure].states[case.state].name
    return own | {"id": case.pk, "organisation": organisation_out(case.organisation), "state_name": both(state)}


def detail_out(case: CaseFile, viewer: Viewer) -> dict[str, Any]:
    """A case with everything that belongs to it."""
    procedure, events = parties.procedure_of(case), parties.events_of(case)
    core, days = parties.replayed(case, events), calendar()
    ends = lapse(procedure, core, days) if case.closed_at is None else None
    return case_out(case) | {
        "note": case.note,
        "acceptor": organisation_out(case.acceptor),
        "decider": organisation_out(case.decider),
        "reviewer": organisation_out(case.reviewer),
        "changes": _changes(case),
        "deadline": _deadline(case, core, days),
        "lapses_after": ends.last if ends else None,
        "waiting_for": list(waiting(procedure, core)),
        "events": [_event(case, e) for e in events],
        "opinions": _opinions(events),
        "letters": [_letter(e.letter) for e in events if hasattr(e, "letter")],
        "options": [_option(o) for o in parties.offered(case, core, parties.names_of(events), viewer)],
    }


def _changes(case: CaseFile) -> list[dict[str, Any]]:
    asked = changes.wanted(case)
    return [
        {
            "field": line.key, "label": both(line.label), "unit": line.unit, "before": asked[line.key]["from"],
            "after": asked[line.key]["to"],
        }
        for line in changes.lines(case, compare=False)
    ]  # fmt: skip


def _deadline(case: CaseFile, core: Any, days: Any) -> dict[str, Any] | None:
    found = deadline(parties.procedure_of(case), core, days, clock.today())
    if not found.phase:
        return None
    return {
        "phase": found.phase, "days": found.days, "used": found.used, "left": found.left, "due": found.due,
        "urgency": found.urgency.value, "provisional": found.provisional, "ground": both(found.ground),
    }  # fmt: skip


def _event(case: CaseFile, event: CaseEvent) -> dict[str, Any]:
    step = parties.procedure_of(case).steps[event.step]
    return {
        "sequence": event.sequence, "step": event.step, "step_name": both(step.name), "state": event.state,
        "at": event.at, "role": event.role, "by": event.by.name if event.by else None,
        "organisation": organisation_out(event.organisation), "reason": event.reason, "agrees": event.agrees,
        "asked": [organisation_out(b.organisation) for b in event.bodies.all()],
    }  # fmt: skip


def _opinions(events: list[CaseEvent]) -> list[dict[str, Any]]:
    out = []
    for position, event in enumerate(events):
        for asked in event.bodies.all():
            answer = next((e for e in events[position + 1 :] if e.body_id == asked.organisation_id), None)
            out.append(
                {
                    "organisation": organisation_out(asked.organisation), "asked_at": event.at,
                    "answered_at": answer.at if answer else None, "agrees": answer.agrees if answer else None,
                    "text": answer.reason if answer else "",
                }
            )  # fmt: skip
    return out


def _letter(letter: Any) -> dict[str, Any]:
    return {
        "id": letter.pk, "kind": letter.kind, "title": both(letters.KINDS[letter.kind].title),
        "number": letter.number, "issued_at": letter.issued_at, "facts": letter.facts,
    }  # fmt: skip


def _option(option: Any) -> dict[str, Any]:
    step = option.step
    return {
        "step": step.id, "name": both(step.name), "open": option.open,
        "why_not": both(option.why_not) if option.why_not else None, "needs_reason": step.reason,
        "needs_bodies": step.asks or step.refers, "needs_verdict": step.opinion,
    }  # fmt: skip


def notices_out(viewer: Viewer, rows: Iterable[Notice]) -> list[dict[str, Any]]:
    """Notices, each with whether the caller has seen it."""
    found = list(rows)
    seen = set(NoticeSeen.objects.filter(user=viewer.user, notice__in=found).values_list("notice_id", flat=True))
    return [
        {
            "id": n.pk, "case": n.case_id, "kind": n.kind, "role": n.role, "text": both(Text(n.text_zh, n.text_en)),
            "at": n.at, "done": n.done_at is not None, "seen": n.pk in seen,
        }
        for n in found
    ]  # fmt: skip
