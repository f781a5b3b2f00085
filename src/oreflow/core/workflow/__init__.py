"""Procedures: states, steps, deadlines in working days, opinions, escalation."""

from .advance import advance, check_procedure, open_case, options
from .calendar import WorkCalendar
from .deadlines import deadline
from .errors import BadProcedure, MissingReason, NotAllowed, StepNotOpen, UnknownStep, WorkflowError
from .model import Case, Clock, Deadline, Event, Limit, Option, Procedure, State, Step, Urgency
from .procedures import FILING, PROCEDURES

__all__ = [
    "FILING",
    "PROCEDURES",
    "BadProcedure",
    "Case",
    "Clock",
    "Deadline",
    "Event",
    "Limit",
    "MissingReason",
    "NotAllowed",
    "Option",
    "Procedure",
    "State",
    "Step",
    "StepNotOpen",
    "UnknownStep",
    "Urgency",
    "WorkCalendar",
    "WorkflowError",
    "advance",
    "check_procedure",
    "deadline",
    "open_case",
    "options",
]
