"""`oreflow register` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oreflow.cli.registers import app
from oreflow.console.registers.models import Equipment
from tests.console.world import World

from .test_import import machine, table


def run(*given: str) -> int:
    return int(app(args=list(given), standalone_mode=False) or 0)


def test_a_file_is_compared_then_written_and_exported(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(table([machine(world, "E-2")]))
    assert run("import", "equipment", str(file), "--as", "clerk", "--lang", "en") == 0
    assert "Not written: 1 new" in capsys.readouterr().out
    assert run("import", "equipment", str(file), "--as", "clerk", "--write", "--json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "done"
    assert Equipment.objects.filter(number="E-2").exists()
    for name in ("out.csv", "out.xlsx"):
        assert run("export", "equipment", str(tmp_path / name), "--as", "clerk", "--query", "status=operating") == 0
        assert run("import", "equipment", str(tmp_path / name), "--as", "clerk", "--lang", "en") == 0
        assert "2 unchanged" in capsys.readouterr().out
    assert run("template", "equipment", str(tmp_path / "t.xlsx"), "--as", "clerk") == 0


def test_what_is_wrong_is_said_with_its_exit_status(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(table([machine(world, "E-2", size="x")]))
    assert run("import", "equipment", str(file), "--as", "clerk", "--write", "--lang", "en") == 1
    assert "row 2, size" in capsys.readouterr().err
    assert run("import", "equipment", str(file), "--as", "looker") == 2
    assert run("import", "equipment", str(file), "--as", "nobody-at-all") == 2
    assert run("import", "nope", str(file), "--as", "clerk") == 2
    assert run("synth", "--enterprises", "1", "--equipment", "1") == 2
    assert Equipment.objects.count() == 3
