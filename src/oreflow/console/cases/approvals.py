"""What the desk of cases does for the registers; its app puts it in place when it is ready."""

from __future__ import annotations

from .access import by_number, open_about
from .actions import open_change

__all__ = ["by_number", "open_about", "open_change"]
