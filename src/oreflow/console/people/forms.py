"""What people type, read into plain values; what is wrong is said per field."""

from __future__ import annotations

import re
from datetime import date

from django.http import QueryDict

from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def day(given: QueryDict, key: str, *, required: bool = False) -> date | None:
    """A date as browsers write it; None for an empty one.

    Raises
    ------
    Invalid
        For anything else.
    """
    said = given.get(key, "").strip()
    if not said and not required:
        return None
    try:
        return date.fromisoformat(said if DAY.match(said) else "")
    except ValueError as error:
        raise Invalid({key: Text("请填写日期，例如 2026-11-22。", "Give a date such as 2026-11-22.")}) from error


def needed_day(given: QueryDict, key: str) -> date:
    """A date that may not be missing."""
    said = day(given, key, required=True)
    if said is None:
        raise AssertionError(key)
    return said


def number(given: QueryDict, key: str) -> int:
    """A whole number; 0 for anything else, which is no id."""
    said = given.get(key, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 15 else 0


def numbers(given: QueryDict, key: str) -> list[int]:
    """The whole numbers given several times."""
    return [int(v) for v in given.getlist(key)[:50] if v.isascii() and v.isdigit() and len(v) <= 15]


def text(given: QueryDict, key: str, longest: int = 2000) -> str:
    """Text without NUL, which databases refuse."""
    return given.get(key, "")[:longest].replace("\0", "")
