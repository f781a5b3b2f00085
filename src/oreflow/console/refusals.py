"""Why an action did not happen, for pages, data interface and commands alike.

ConsoleError ← Refused (403), Invalid (422), Stale (409), TooMany (429)

What the viewer may not even see is no refusal but a 404.
"""

from __future__ import annotations

from collections.abc import Mapping

from oreflow.core.provenance import Text

from .errors import ConsoleError


class Refused(ConsoleError):
    """The viewer sees the thing but may not do this to it, or not now; the text says why and who may."""

    code = "refused"


class Invalid(ConsoleError):
    """Some values cannot stand; `problems` says per field what is wrong and what would be right.

    The key "" holds what is wrong with the whole.
    """

    code = "invalid"

    def __init__(self, problems: Mapping[str, Text]) -> None:
        first = next(iter(problems.values()))
        super().__init__(first)
        self.problems = dict(problems)


class Stale(ConsoleError):
    """Somebody else changed the record since it was read."""

    code = "stale"

    def __init__(self, given: int, now: int) -> None:
        super().__init__(
            Text(
                f"您打开后，这条记录已被修改（您的版本 {given}，现为 {now}）。请重新打开，再作修改。",
                f"The record was changed after you opened it (your version {given}, now {now})."
                " Open it again and repeat your change.",
            )
        )
        self.given, self.now = given, now


class TooMany(ConsoleError):
    """More requests than the limit allows; `seconds` until the next one is answered."""

    code = "too-many"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            Text(f"请求过于频繁。请 {seconds} 秒后再试。", f"Too many requests. Try again in {seconds} seconds.")
        )
        self.seconds = seconds
