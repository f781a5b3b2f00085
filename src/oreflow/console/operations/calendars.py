"""Official lists of holidays that an administrator loads: read, looked at, then stored."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text
from oreflow.gateway.calendars import CalendarError, read_list, work_calendar

from .models import Holiday

LONGEST_LIST = 200_000  # bytes
HOLIDAY, WORKDAY = "holiday", "workday"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a list, and what stands for it now: new, same or changed."""

    day: date
    works: bool
    before: str


def read_days(content: bytes, name: str) -> list[tuple[date, bool]]:
    """The days of a CSV file with the columns `date` and `kind`.

    Raises
    ------
    Invalid
        For a file that is too large or cannot be read, or a day that stands in it twice.
    """
    if len(content) > LONGEST_LIST:
        raise Invalid(
            {"file": Text("文件过大：假日表只有几十行。", "The file is too large: a list has some dozen rows.")}
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "list.csv")
        path.write_bytes(content)
        try:
            days = read_list(path)
        except CalendarError as error:
            raise Invalid({"file": Text(str(error), str(error))}) from error
        except (UnicodeDecodeError, ValueError) as error:
            wanted = Text("请存为 UTF-8 编码的 CSV 文件。", "Save it as a CSV file in UTF-8.")
            raise Invalid({"file": wanted}) from error
    return _once([(day, kind == WORKDAY) for day, kind in days])


def _once(days: list[tuple[date, bool]]) -> list[tuple[date, bool]]:
    twice = [day for day, count in Counter(day for day, _ in days).items() if count > 1]
    if twice:
        said = twice[0].isoformat()
        raise Invalid(
            {"file": Text(f"{said} 出现了不止一次，请只留一行。", f"{said} stands more than once; keep one row.")}
        )
    if not days:
        raise Invalid({"file": Text("表中没有一天。", "There is no day in the list.")})
    return sorted(days)


def preview(days: list[tuple[date, bool]]) -> list[Day]:
    """Each day beside what is stored."""
    stored = dict(Holiday.objects.filter(day__in=[day for day, _ in days]).values_list("day", "works"))
    return [
        Day(day, works, "new" if day not in stored else "same" if stored[day] == works else "changed")
        for day, works in days
    ]


def known_years() -> dict[int, str]:
    """Years whose holidays are known, and from where: the package or a loaded list."""
    loaded = {day.year for day in Holiday.objects.values_list("day", flat=True)}
    known = dict.fromkeys(work_calendar().years, "package")
    return dict(sorted({**known, **dict.fromkeys(loaded, "list")}.items()))


def as_rows() -> list[dict[str, Any]]:
    """Every loaded day."""
    rows = Holiday.objects.order_by("day").values_list("day", "works", "name")
    return [{"date": day.isoformat(), "kind": WORKDAY if works else HOLIDAY, "name": name} for day, works, name in rows]
