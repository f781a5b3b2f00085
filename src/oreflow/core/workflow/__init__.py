"""Procedures: states, steps, deadlines in working days, opinions, escalation."""

from .advance import advance, check_procedure, open_case, options, waiting
from .calendar import WorkCalendar
from .deadlines import deadline, lapse, stops
from .errors import BadProcedure, MissingReason, NotAllowed, StepNotOpen, UnknownStep, WorkflowError
from .model import Case, Clock, Deadline, Event, Lapse, Limit, Option, Procedure, State, Step, Urgency
from .procedures import FILING, PROCEDURES, ROLES

__all__ = [
    "FILING",
    "PROCEDURES",
    "ROLES",
    "BadProcedure",
    "Case",
    "Clock",
    "Deadline",
    "Event",
    "Lapse",
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
    "lapse",
    "open_case",
    "options",
    "stops",
    "waiting",
]
