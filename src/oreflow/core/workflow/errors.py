"""Errors of a procedure: WorkflowError ← UnknownStep, StepNotOpen, NotAllowed, MissingReason, BadProcedure."""

from __future__ import annotations

from oreflow.core.provenance import Text


class WorkflowError(ValueError):
    """Base of every error of a procedure; `code` is stable, `text` says what is wrong and the way out."""

    code = "workflow"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnknownStep(WorkflowError):
    """The procedure has no such step."""

    code = "workflow.step"


class StepNotOpen(WorkflowError):
    """The step exists but cannot be taken now (state, used up, opinions missing)."""

    code = "workflow.not-open"


class NotAllowed(WorkflowError):
    """The role may not take the step."""

    code = "workflow.role"


class MissingReason(WorkflowError):
    """The step needs something said with it; `what` is reason, bodies or agrees."""

    code = "workflow.reason"

    def __init__(self, text: Text, what: str = "reason") -> None:
        super().__init__(text)
        self.what = what


class BadProcedure(WorkflowError):
    """The table of a procedure contradicts itself."""

    code = "workflow.procedure"
