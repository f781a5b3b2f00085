"""What is wrong with a pack: problems that name the place, the value and the way out.

Tree of errors::

    PackErrors          every problem of one pack at once
    PlanTextError       the text of a plan is not at hand, or is another edition
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from oreflow.core.provenance import Text

from .limits import DEFAULT
from .messages import MESSAGES

_SHOWN = 80
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One problem of a pack.

    Attributes
    ----------
    code
        Stable identifier of the kind of problem, e.g. `unknown-unit`.
    file_or_sheet
        The file (`figures.csv`), sheet (`figures`) or path it stands in.
    row
        The row as a spreadsheet counts it (the header is row 1); None if it is about no single row.
    column, value
        The name of the column and the offending value; empty if it is about none.
    message, remedy
        What is wrong, and what would mend it.
    """

    code: str
    file_or_sheet: str
    row: int | None
    column: str
    value: str
    message: Text
    remedy: Text

    @property
    def place(self) -> Text:
        """File or sheet, row and column, as a reader would say them."""
        zh, en = self.file_or_sheet, self.file_or_sheet
        if self.row is not None:
            zh, en = f"{zh} 第 {self.row} 行", f"{en}, row {self.row}"
        if self.column:
            zh, en = f"{zh} {self.column} 列", f"{en}, column {self.column}"
        return Text(zh, en)

    def __str__(self) -> str:
        return f"{self.place.en}: {self.message.en} {self.remedy.en} [{self.code}]"


class PackErrors(Exception):
    """A pack that was not loaded, with every problem that was found in it (`problems`, never empty)."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems: list[PackProblem] = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlanTextError(Exception):
    """The text of a document could not be found, or is not the edition that lines refer to.

    `code` is `plan-text-missing`, `plan-text-other-edition` or `plan-text-unknown`. `message` and
    `remedy` name no path, so they may stand on a page; the string of the error names the folder.
    """

    def __init__(self, code: str, message: Text, remedy: Text, folder: object = "") -> None:
        self.code = code
        self.message = message
        self.remedy = remedy
        place = f"{visible(str(folder))}: " if folder else ""
        super().__init__(f"{place}{message.en} {remedy.en} [{code}]")


class Problems(list[PackProblem]):
    """Collects the problems of one pack; stops listing at the limit and says so."""

    def __init__(self, limit: int = DEFAULT.problems) -> None:
        super().__init__()
        self.limit = limit

    def add(
        self,
        code: str,
        where: str,
        row: int | None = None,
        column: str = "",
        value: object = "",
        **facts: object,
    ) -> None:
        """Note a problem; `facts` fill the message of `code`."""
        if len(self) > self.limit:
            return
        if len(self) == self.limit:
            code, row, column, value, facts = "more-problems", None, "", "", {"limit": self.limit}
        message, remedy = MESSAGES[code]
        column = one_line(column)
        facts = {k: visible(v) if isinstance(v, str) else v for k, v in facts.items()}
        facts = {"column": column, "value": shown(value), **facts}
        filled = [t.format(**facts) for t in (message.zh, message.en, remedy.zh, remedy.en)]
        place, text = one_line(where), visible(str(value))
        self.append(PackProblem(code, place, row, column, text, Text(*filled[:2]), Text(*filled[2:])))


def shown(value: object) -> str:
    """A value as it stands in a message: on one line, cut where it is long."""
    text = one_line(str(value))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def one_line(text: str) -> str:
    """A text without hidden characters, its line ends shown."""
    return visible(text.replace("\n", "⏎"))


def visible(text: str) -> str:
    """A text whose control and format characters are shown by their numbers, except tab and line feed."""
    if text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_unseen(c) else c for c in text)


def _is_unseen(character: str) -> bool:
    return character not in "\t\n" and unicodedata.category(character) in _UNSEEN


def suggestion(word: str, known: Collection[str]) -> dict[str, Any]:
    """The nearest known word as a sentence in both languages (empty if none is near)."""
    folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(shown(word).casefold(), folded, n=1, cutoff=0.6)
    if not near:
        return {"suggestion_zh": "", "suggestion_en": ""}
    best = folded[near[0]]
    return {"suggestion_zh": f"是否应为“{best}”？", "suggestion_en": f"Did you mean “{best}”? "}
