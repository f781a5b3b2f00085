"""`oreflow ask`: passages with file and line, JSON, refusals, exit status, broken files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oreflow.cli.app import run

PLAN = """示例市钛产业规划（2021—2025年）

第一章 发展目标

到2025年，全市钛白粉产能达到180万吨以上，海绵钛产能达到8万吨。
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "示例规划.txt"
    file.write_text(PLAN, encoding="utf-8")
    return str(file)


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["ask", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_an_answer_with_file_and_line(capsys: pytest.CaptureFixture[str], plan: str) -> None:
    status, out, _ = say(capsys, "2025年海绵钛产能是多少？", plan)
    assert status == 0
    assert f"{plan}:5" in out
    assert "海绵钛产能达到8万吨" in out
    assert "= 海绵钛产能 8 万吨, 2025" in out
    assert "supports an answer" in out
    status, out, _ = say(capsys, "2025年海绵钛产能是多少？", plan, "--lang", "zh")
    assert "1 份文件中有 1 处支持" in out


def test_a_refusal(capsys: pytest.CaptureFixture[str], plan: str) -> None:
    status, out, _ = say(capsys, "2035年海绵钛产能是多少？", plan)
    assert status == 1
    assert "not for 2035" in out
    assert "Nearest passages" in out
    status, out, _ = say(capsys, "钨精矿产量", plan, "--lang", "zh")
    assert status == 1
    assert "没有提到“钨精矿”" in out


def test_json(capsys: pytest.CaptureFixture[str], plan: str, tmp_path: Path) -> None:
    other = tmp_path / "二.txt"
    other.write_text("到2025年，海绵钛产能达到3万吨。\n", encoding="utf-8")
    status, out, _ = say(capsys, "2025年海绵钛产能", plan, str(other), plan, "--json", "--limit", "2")
    told = json.loads(out)
    assert status == 0
    assert {p["file"] for p in told["passages"]} == {plan, str(other)}
    for passage in told["passages"]:
        text = Path(passage["file"]).read_text(encoding="utf-8")
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert passage["line"] in (1, 5)
    assert {s["low"] for p in told["passages"] for s in p["statements"]} >= {3, 8}
    status, out, _ = say(capsys, "2035年海绵钛产能", plan, "--json")
    told = json.loads(out)
    assert (status, told["supported"], told["lack"], told["missing"]) == (1, False, "year", ["2035"])


def test_what_cannot_be_read_or_asked(capsys: pytest.CaptureFixture[str], plan: str, tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    status, _, err = say(capsys, "产能", str(broken))
    assert status == 2
    assert "坏.pdf" in err
    assert "Traceback" not in err
    assert say(capsys, "产能", str(tmp_path / "none.txt"))[0] == 2
    assert say(capsys, "  ", plan)[0] == 2
    assert say(capsys, "产能", plan, "--limit", "0")[0] == 2


def test_many_files_show_progress_to_a_terminal_only(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(5)]
    for n, file in enumerate(files):
        file.write_text(f"到2025年，海绵钛产能达到{n + 1}万吨。\n", encoding="utf-8")
    assert "100%" not in say(capsys, "海绵钛产能", *map(str, files))[2]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert say(capsys, "海绵钛产能", *map(str, files))[0] == 0
