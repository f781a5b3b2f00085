# ruff: noqa: E501 -- Chinese characters count as two columns each
"""`oreflow plans check|compare|cited`: output, JSON, CSV, exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from oreflow.cli.app import run

SOUND = (
    "示例市“十四五”工业发展规划\n（2021—2025年）\n2020年，全市粗钢产量600万吨，其中示例钢铁400万吨、临江特钢200万吨。\n"
)
WRONG = SOUND.replace("临江特钢200万吨", "临江特钢300万吨") + "执行《危险废物贮存污染控制标准》（GB 18597-2001）。\n"
UPPER = "示例省“十四五”工业发展规划\n（2021—2025年）\n一、目标\n到2025年，粗钢产能控制在500万吨以内，铝灰综合利用率达到60%以上。\n"
LOWER = "示例市“十四五”工业发展规划\n（2021—2025年）\n一、目标\n到2025年，粗钢产能控制在800万吨以内。\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {"sound": SOUND, "wrong": WRONG, "upper": UPPER, "lower": LOWER, "empty": ""}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.txt") for name in texts} | {"missing": str(tmp_path / "missing.txt")}


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["plans", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_sound_plan_is_fine(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, err = say(capsys, "check", files["sound"])
    assert (status, err) == (0, "")
    assert "holds 1" in out
    assert "✓" not in out
    status, out, _ = say(capsys, "check", files["sound"], "--all")
    assert status == 0
    assert "✓" in out


def test_a_wrong_plan_is_told_with_its_line(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, _ = say(capsys, "check", files["sound"], files["wrong"], "--lang", "zh")
    assert status == 1
    assert "多 100万吨" in out
    assert "错误 1" in out
    status, out, _ = say(capsys, "check", files["wrong"], "--json")
    told = json.loads(out)
    assert status == 1
    (error,) = [f for f in told[0]["findings"] if f["kind"] == "error"]
    assert set(error["title"]) == {"zh", "en"}
    assert [a["quote"] for a in error["anchors"]] == ["600万吨", "400万吨", "300万吨"]
    assert error["sources"] == [{"document": "wrong", "lines": "3"}]


def test_check_looks_at_citations_when_given_a_day(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    _, out, _ = say(capsys, "check", files["wrong"], "--on", "2024-06-01", "--json")
    checks = {f["check"] for f in json.loads(out)[0]["findings"]}
    assert checks == {"sum", "currency"}


def test_cited(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, _ = say(capsys, "cited", files["wrong"], "--on", "2024-06-01", "--lang", "zh")
    assert status == 1
    assert "GB 18597-2023" in out
    status, out, _ = say(capsys, "cited", files["wrong"], "--on", "2022-06-01")
    assert status == 0
    assert "holds 1" in out
    status, out, _ = say(capsys, "cited", files["sound"])
    assert status == 0
    assert "nothing to check" in out


def test_compare(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, _ = say(capsys, "compare", files["upper"], files["lower"])
    assert status == 1
    assert "conflicts" in out
    assert "铝灰" not in out
    status, out, _ = say(capsys, "compare", files["upper"], files["lower"], "--all", "--lang", "zh")
    assert "铝灰" in out
    assert "未提及" in out
    status, out, _ = say(capsys, "compare", files["upper"], files["lower"], "--json")
    told = json.loads(out)
    assert told["counts"]["conflicts"] == 1
    assert told["pairs"][0]["gap"] == 300
    status, out, _ = say(capsys, "compare", files["upper"], files["upper"])
    assert status == 0


def test_compare_as_csv(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, _ = say(capsys, "compare", files["upper"], files["lower"], "--csv")
    assert status == 1
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (rows[0]["relation"], rows[0]["gap"], rows[0]["unit"]) == ("conflicts", "300", "万吨")
    assert UPPER[int(rows[0]["upper_start"]) : int(rows[0]["upper_end"])] == rows[0]["upper_quote"]
    assert {r["relation"] for r in rows} == {"conflicts", "silent"}
    assert not any(value and value[0] in "=+@" for r in rows for value in r.values())


@pytest.mark.parametrize("command", [("check",), ("cited", "--on", "2024-01-01"), ("compare",)])
def test_a_missing_file_is_bad_input(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], command: tuple[str, ...]
) -> None:
    status, _, err = say(capsys, *command, files["missing"], *([files["lower"]] if command == ("compare",) else []))
    assert status == 2
    assert "missing.txt" in err
    assert "Traceback" not in err


def test_an_unread_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    status, out, err = say(capsys, "check", files["missing"], files["wrong"])
    assert status == 2
    assert "error 1" in out
    assert "missing.txt" in err


def test_places_that_do_not_lie_in_each_other_are_not_compared(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    head = "“十四五”工业发展规划\n（2021—2025年）\n一、目标\n到2025年，粗钢产能控制在{}万吨以内。\n"
    upper, lower, other = (tmp_path / f"{n}.txt" for n in ("upper", "lower", "other"))
    upper.write_text("贵州省" + head.format(500), encoding="utf-8")
    lower.write_text("贵阳市" + head.format(800), encoding="utf-8")
    other.write_text("攀枝花市" + head.format(800), encoding="utf-8")
    assert say(capsys, "compare", str(upper), str(lower))[0] == 1
    status, out, _ = say(capsys, "compare", str(upper), str(other))
    assert status == 0
    assert "differing scope" in out
    nation = tmp_path / "nation.txt"
    nation.write_text("全国" + head.format(90000), encoding="utf-8")
    assert say(capsys, "compare", str(nation), str(lower))[0] == 0
    assert "nested" in say(capsys, "compare", str(nation), str(lower))[1]
    assert say(capsys, "compare", str(lower), str(nation))[0] == 0
