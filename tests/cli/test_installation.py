"""Commands on an installation, where there is none yet and where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _oreflow(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OREFLOW_", "DJANGO_"))}
    environment |= {"OREFLOW_DATA": str(folder), "LANG": "C.UTF-8", "COLUMNS": "200"}
    code = "from oreflow.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("command", [["user", "list"], ["case", "list"], ["case", "show", "x"]])
def test_without_an_installation_the_way_out_is_said(tmp_path: Path, command: list[str]) -> None:
    said = _oreflow(tmp_path / "nowhere", *command)
    assert said.returncode == 2
    assert "oreflow up" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "nowhere").exists()


def test_the_first_account_is_made_once(tmp_path: Path) -> None:
    """A database made by migrations alone is enough for the commands."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OREFLOW_", "DJANGO_"))}
    environment |= {"OREFLOW_DATA": str(tmp_path)}
    migrate = [sys.executable, "-m", "django", "migrate", "--settings", "oreflow.console.settings", "-v", "0"]
    subprocess.run(migrate, check=True, env=environment)
    made = _oreflow(tmp_path, "user", "administrator", "admin", "--draw", "--lang", "en")
    assert made.returncode == 0, made.stderr
    assert "One-time password" in made.stdout
    again = _oreflow(tmp_path, "user", "administrator", "admin", "--draw", "--lang", "en")
    assert again.returncode == 2
    assert "taken" in again.stderr
    listed = _oreflow(tmp_path, "user", "list", "--json")
    assert '"admin"' in listed.stdout
    assert _oreflow(tmp_path, "case", "show", "2026-510400-000001", "--lang", "en").returncode == 2
