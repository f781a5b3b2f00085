"""What is wrong with an uploaded table: with the file as a whole, or with one of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from oreflow.console.errors import ConsoleError
from oreflow.core.provenance import Text
from oreflow.gateway.errors import shown

MOST_PROBLEMS = 10_000


class FileRefused(ConsoleError):
    """The file cannot be read as rows of this register; `problems` says everything that is wrong with it."""

    code = "import.file"

    def __init__(self, problems: Iterable[Text]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems[0])


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the field's key (empty for the row), the value, and the way out."""

    key: str
    value: str
    text: Text

    def plain(self) -> dict[str, Any]:
        """As it is kept with the line."""
        return {"field": self.key, "value": shown(self.value), "zh": self.text.zh, "en": self.text.en}


Problems = dict[int, list[Problem]]  # by position of the row


def note(problems: Problems, position: int, key: str, value: object, text: Text) -> None:
    """Add a problem of a row."""
    problems.setdefault(position, []).append(Problem(key, "" if value is None else str(value), text))
