"""The documentation is run: commands, Python, links; and nothing offered goes unnamed."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer.main

from oreflow.cli.app import app, run

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"])
NAMES = [str(p.relative_to(ROOT)) for p in PAGES]


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", [n for n in NAMES if "oreflow" in "".join(blocks(n, "sh"))])
def test_commands_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in "".join(blocks(page, "sh")).splitlines():
        command = line.split(" #")[0].strip()
        if command.startswith("oreflow ") and not command.startswith("oreflow up"):
            status = run(shlex.split(command)[1:])
            assert status in (0, 1), (command, capsys.readouterr().err)


@pytest.mark.parametrize("page", [n for n in NAMES if blocks(n, "python")])
def test_python_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scope: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, page, "exec"), scope)  # noqa: S102 - the project's own documentation


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def _leaves(command: object, path: tuple[str, ...] = ()) -> list[str]:
    children = getattr(command, "commands", None)
    if not children:
        return [" ".join(path)]
    return [leaf for name, child in children.items() for leaf in _leaves(child, (*path, name))]


def test_every_command_is_named() -> None:
    text = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    missing = [leaf for leaf in _leaves(typer.main.get_command(app)) if f"oreflow {leaf}" not in text]
    assert missing == []


def test_every_setting_is_named() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    used = set(re.findall(r"\bOREFLOW_[A-Z_]+\b", source)) - {"OREFLOW_REGIONS"}
    text = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert [name for name in sorted(used) if name not in text] == []


def test_every_address_is_named() -> None:
    described = json.loads((ROOT / "tests/console/openapi.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
    assert [path for path in described["paths"] if f"`{path}`" not in text] == []


def test_rows_that_work_are_named() -> None:
    text = (ROOT / "docs/reference/index.md").read_text(encoding="utf-8")
    for code in ("A02", "A03", "B01", "B05"):
        assert code in text


def test_every_room_and_check_is_documented() -> None:
    text = (ROOT / "docs/reference/checks.md").read_text(encoding="utf-8")
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src/oreflow/core/targets").glob("*.py"))
    for rule in set(re.findall(r'check="([a-z-]+)"', source)):
        assert rule in text, rule


def test_locks_name_no_registry() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    words = re.compile(r"(?<![\w.{}])/(?:root|home|Users)/")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".mo", ".xlsx"} and path != Path(__file__):
            found = words.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, (name, found)
