"""Working days from the package and from official lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from oreflow.gateway.calendars import CalendarError, work_calendar


def test_the_package_knows_the_notices() -> None:
    calendar = work_calendar()
    assert not calendar.is_workday(date(2025, 10, 1))
    assert calendar.is_workday(date(2025, 9, 28))  # a Sunday that was worked for the National Day of 2025
    assert calendar.add(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert calendar.is_known(date(2026, 5, 1))
    assert not calendar.is_known(date(2040, 1, 1))
    assert calendar.is_workday(date(2040, 10, 1))  # weekends only, and provisional


def test_a_list_rules_its_years(tmp_path: Path) -> None:
    path = tmp_path / "2040.csv"
    path.write_text("date,kind\n2040-10-01,holiday\n2040-10-06,workday\n", encoding="utf-8")
    calendar = work_calendar(path)
    assert calendar.is_known(date(2040, 1, 1))
    assert not calendar.is_workday(date(2040, 10, 1))
    assert calendar.is_workday(date(2040, 10, 6))
    assert not calendar.is_workday(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [("day\n2040-10-01\n", "date"), ("date,kind\nsoon,holiday\n", "soon"), ("date,kind\n2040-10-01,feast\n", "feast")],
)
def test_mistakes_are_placed(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CalendarError, match=words) as caught:
        work_calendar(path)
    assert "list.csv, row" in str(caught.value)
