"""Chinese working days: from the maintained package, and from official lists that an operator loads."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from oreflow.core.workflow import WorkCalendar

_KINDS = ("holiday", "workday")


class CalendarError(ValueError):
    """A list of holidays that cannot be read; the message names file, row, value and remedy."""


def work_calendar(*lists: Path) -> WorkCalendar:
    """The calendar that deadlines are counted in.

    The package knows the State Council's yearly notices up to its own release. A list is a CSV file with
    the columns `date` (2027-01-01) and `kind` (`holiday` or `workday`); a year that a list speaks of is
    taken from the list alone. Other years fall back to weekends and are provisional.

    Raises
    ------
    CalendarError
        For a list with a missing column, an unreadable date or an unknown kind.
    """
    from chinese_calendar.constants import holidays, workdays

    off, on = set(holidays), set(workdays)
    years = {day.year for day in off}
    for path in lists:
        days = read_list(path)
        listed = {day.year for day, _ in days}
        off = {d for d in off if d.year not in listed} | {d for d, kind in days if kind == "holiday"}
        on = {d for d in on if d.year not in listed} | {d for d, kind in days if kind == "workday"}
        years |= listed
    return WorkCalendar(frozenset(off), frozenset(on), frozenset(years))


def read_list(path: Path) -> list[tuple[date, str]]:
    """The days of a list with their kind, `holiday` or `workday`; raises `CalendarError`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"date", "kind"} <= set(rows.fieldnames or ()):
            raise CalendarError(f"{path.name}, row 1: the columns date and kind are needed. 需要 date 与 kind 两列。")
        out = []
        for number, row in enumerate(rows, 2):
            try:
                day = date.fromisoformat((row["date"] or "").strip())
            except ValueError:
                raise CalendarError(
                    f"{path.name}, row {number}, column date: “{row['date']}” is no date; write 2027-01-01. "
                    "日期写作 2027-01-01。"
                ) from None
            if row["kind"] not in _KINDS:
                raise CalendarError(
                    f"{path.name}, row {number}, column kind: “{row['kind']}”; use holiday or workday. "
                    "填 holiday 或 workday。"
                )
            out.append((day, row["kind"]))
    return out
