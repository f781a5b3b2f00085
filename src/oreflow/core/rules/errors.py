"""Tables of editions that contradict themselves."""

from __future__ import annotations

from oreflow.core.provenance import Text


class RuleError(ValueError):
    """Base of what can be wrong with editions; `text` says it in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class BadEdition(RuleError):
    """An edition that names an unknown successor, ends before it begins, or stands twice."""
