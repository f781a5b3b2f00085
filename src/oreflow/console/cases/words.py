"""Words for the pages of cases, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from oreflow.core.provenance import Text
from oreflow.core.workflow import PROCEDURES, Clock, Procedure, Urgency

URGENCIES: dict[str, Any] = {
    Urgency.OVERDUE: _("overdue"),
    Urgency.SOON: _("due soon"),
    Urgency.CALM: _("in time"),
    Urgency.STOPPED: _("clock stopped"),
    Urgency.NONE: _("no limit"),
}
TONES: dict[str, str] = {Urgency.OVERDUE: "break", Urgency.SOON: "at-risk", Urgency.STOPPED: "stopped"}
KINDS: dict[str, Any] = {
    "task": _("task"),
    "reminder": _("reminder"),
    "escalation": _("escalation"),
    "result": _("result"),
}
KIND_TONES = {"escalation": "break", "reminder": "at-risk", "result": "information", "task": "information"}


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def said(text: Text) -> str:
    """A text in the reader's language."""
    return text.in_language(language())


def state(procedure_id: str, state_id: str) -> str:
    """A state's name."""
    procedure = PROCEDURES.get(procedure_id)
    return said(procedure.states[state_id].name) if procedure and state_id in procedure.states else state_id


def state_tone(procedure: Procedure, state_id: str, urgency: str = "") -> str:
    """How a state is coloured: green for granted, grey for over, red and amber by urgency, else blue."""
    found = procedure.states[state_id]
    if found.clock is Clock.OVER:
        return "holds" if found.grants else "over"
    return TONES.get(urgency, "information")


def left(due: date | None, days: int) -> str:
    """How many working days are left until a day, or how many have passed."""
    if due is None:
        return ""
    if days < 0:
        return ngettext("%(n)s working day over", "%(n)s working days over", -days) % {"n": -days}
    return ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}
