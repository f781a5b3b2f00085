"""`oreflow task` and `oreflow calendar`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oreflow.cli import upkeep
from oreflow.cli.output import Exit, forget_language
from oreflow.console.operations.models import Holiday

from ..world import World
from .test_pages import failed_task


def _run(app: Any, *arguments: str) -> int:
    forget_language()
    return int(app(args=[*arguments, "--lang", "en"], standalone_mode=False) or 0)


def test_a_failed_task_is_tried_again(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    task = failed_task()
    assert _run(upkeep.tasks, "list", "--failed", "--json") == Exit.FINE
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [str(task.pk)]
    assert _run(upkeep.tasks, "retry", str(task.pk)) == Exit.FINE
    task.refresh_from_db()
    assert task.status == "READY"
    assert _run(upkeep.tasks, "retry", str(task.pk)) == Exit.BAD_INPUT
    assert "Only a task that failed" in capsys.readouterr().err


def test_a_list_of_holidays_is_looked_at_then_stored(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,kind\n2031-01-01,holiday\n2031-01-04,workday\n", encoding="utf-8")
    assert _run(upkeep.calendar, "load", str(file)) == Exit.FINE
    assert not Holiday.objects.exists()
    assert "Not stored" in capsys.readouterr().out
    assert _run(upkeep.calendar, "load", str(file), "--write", "--json") == Exit.FINE
    assert json.loads(capsys.readouterr().out)["days"][0]["before"] == "new"
    assert Holiday.objects.count() == 2
    assert _run(upkeep.calendar, "show", "--json") == Exit.FINE
    assert json.loads(capsys.readouterr().out)["years"]["2031"] == "list"
    file.write_text("date,kind\n2031-01-01,holiday\n2031-01-01,workday\n", encoding="utf-8")
    assert _run(upkeep.calendar, "load", str(file), "--write") == Exit.BAD_INPUT
    assert "more than once" in capsys.readouterr().err
