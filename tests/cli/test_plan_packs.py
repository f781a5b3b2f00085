"""`oreflow plans pack` and `oreflow plans reproduce`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oreflow.cli.app import run as main
from oreflow.gateway import load_pack

PLAN = """攀枝花市示例规划（2021—2025年）

2020年，东区海绵钛产量2.3万吨。
到2025年，东区海绵钛产能达到8.0万吨以上。
"""


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "own-plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["pack", "pack.xlsx"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_plan_becomes_a_pack_that_gives_it_back(
    plan: Path, tmp_path: Path, name: str, whole: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    status, said, _err = run(
        ["plans", "pack", str(plan), "-o", str(out), "--json", *(["--whole"] if whole else [])], capsys
    )
    told = json.loads(said)
    assert status == 0
    assert told["hash"] == load_pack(out).hash
    assert len(told["added"]) == 2
    status, said, _err = run(["plans", "reproduce", str(out), str(plan), "--json"], capsys)
    told = json.loads(said)
    assert (status, told["total"], told["same"], told["differences"]) == (0, 2, 2, [])


def test_differences_end_with_status_1(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack"
    run(["plans", "pack", str(plan), "-o", str(out)], capsys)
    plan.write_text(PLAN.replace("以上", ""), encoding="utf-8")
    status, said, _err = run(["plans", "reproduce", str(out), str(plan), "--lang", "en"], capsys)
    assert status == 1
    assert "comparator" in said
    assert "2 cells, 1 alike, 1 differ" in said


def test_what_is_left_out_is_listed(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, _err = run(
        ["plans", "pack", str(plan), "-o", str(tmp_path / "p"), "--at-least", "1", "--lang", "en"], capsys
    )
    assert status == 0
    assert said.count("not sure enough") == 2


def test_bad_input_is_told(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.txt")
    assert run(["plans", "pack", missing, "-o", str(tmp_path / "p")], capsys)[0] == 2
    assert run(["plans", "pack", str(plan), "-o", str(plan)], capsys)[0] == 2
    assert run(["plans", "pack", str(plan), "-o", str(tmp_path / "p"), "--region", "nowhere"], capsys)[0] == 2
    status, _out, err = run(["plans", "reproduce", "panxi", str(plan), "--lang", "en"], capsys)
    assert status == 2
    assert "panzhihua-parks-2021" in err
    assert not (tmp_path / "p").exists()
