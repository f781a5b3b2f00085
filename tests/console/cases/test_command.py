"""`oreflow case` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oreflow.cli import cases
from oreflow.cli.output import Exit
from oreflow.console.cases.models import Letter

from ..world import World
from .spine import on, opened, submitted


def run(*arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(cases.app, [*arguments], standalone_mode=False)
    if found.exception is not None:
        raise found.exception
    return int(found.return_value or 0), found.output


def test_list_and_show(world: World) -> None:
    case = submitted(world)
    with on(0):
        draft = opened(world, changes={"commissioned": {"from": "", "to": "2020-01-01"}})
    status, said = run("list", "--lang", "en")
    assert status == Exit.FINE
    assert case.number in said
    assert draft.number not in said
    with on(30):
        assert json.loads(run("list", "--overdue", "--json")[1])[0]["number"] == case.number
    assert json.loads(run("list", "--state", "approved", "--json")[1]) == []
    shown = run("show", case.number, "--lang", "en")[1]
    assert "1200 → 1350 m³" in shown
    assert "2026-03-02 09:00  submit" in shown  # Beijing's time, as on the pages
    assert json.loads(run("show", case.number, "--json")[1])["events"][0]["step"] == "submit"
    assert run("show", draft.number)[0] == Exit.BAD_INPUT


def test_time_passes_by_hand(world: World) -> None:
    submitted(world)
    done = json.loads(run("tick", "--at", "2026-03-10T09:00", "--json")[1])
    assert (done["looked"], done["escalations"]) == (1, 2)
    assert "0 escalations" in run("tick", "--at", "2026-03-10T09:00", "--lang", "en")[1]
    with pytest.raises(Exception, match="no moment"):
        run("tick", "--at", "soon")


def test_a_letter_is_written_once(world: World, tmp_path: Path) -> None:
    submitted(world)
    path = tmp_path / "receipt.pdf"
    assert run("letter", str(Letter.objects.get().pk), str(path), "--lang", "zh")[0] == Exit.FINE
    assert path.read_bytes().startswith(b"%PDF")
    with pytest.raises(Exception, match="exists already"):
        run("letter", str(Letter.objects.get().pk), str(path))
    assert run("letter", "999999", str(tmp_path / "none.pdf"))[0] == Exit.BAD_INPUT
