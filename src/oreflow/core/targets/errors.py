"""Errors of targets, each with a stable code, both languages and the way out.

::

    TargetError (ValueError)
    └── UnreadableTarget     targets.unreadable     a text that states no target value

`str(error)` is the English statement with its remedy; `error.text` holds both.
"""

from __future__ import annotations

from typing import ClassVar

from oreflow.core.provenance import Text


class TargetError(ValueError):
    """What is wrong with a target and what would mend it."""

    code: ClassVar[str] = "targets.error"

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    @property
    def text(self) -> Text:
        """Problem and remedy as whole statements."""
        return Text(f"{self.problem.zh}。{self.remedy.zh}。", f"{self.problem.en}. {self.remedy.en}.")

    def __str__(self) -> str:
        return self.text.en


class UnreadableTarget(TargetError):
    """A printed text that holds no number, or a number without a unit."""

    code = "targets.unreadable"
