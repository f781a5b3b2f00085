"""How a change that needs approval becomes a case.

Cases stand on the registers; so that no register has to import them, they say here, once, what they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from oreflow.console.people.access import Viewer


class Approvals(Protocol):
    """What a register asks of the desk of cases."""

    def open_change(
        self, viewer: Viewer, register_key: str, record: Any, changes: Mapping[str, Mapping[str, Any]], *, note: str
    ) -> Any:
        """Open one case that asks for these changes."""

    def open_about(self, viewer: Viewer, register_key: str, record_id: int) -> list[Any]:
        """The open cases about a record that the viewer sees, newest first."""

    def by_number(self, viewer: Viewer, numbers: Iterable[str]) -> dict[str, int]:
        """Keys of the cases with these numbers that the viewer sees."""


_in_place: list[Approvals] = []


def use(approvals: Approvals) -> None:
    """Put a desk of cases in place; called when its app is ready."""
    _in_place[:] = [approvals]


def in_place() -> Approvals:
    """The desk of cases."""
    return _in_place[0]
