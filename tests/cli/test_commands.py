"""Every command: what it prints, its JSON, its exit status, its speed, its help as recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oreflow.cli.app import app, run
from oreflow.core.provenance import Text

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_check_reports_the_error_and_the_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = say(capsys, "check", "panxi")
    assert status == 1
    assert "155.6" in out
    assert "[misfit]" in out
    status, out, _ = say(capsys, "check", "panxi", "--lang", "zh", "--class", "error")
    assert status == 1
    assert "海绵钛" in out
    assert "错误 1" in out
    status, out, _ = say(capsys, "check", "panxi", "--class", "holds")
    assert status == 1
    assert "✓" in out
    status, out, _ = say(capsys, "check", "panxi", "--class", "overshoot")
    assert status == 1  # the status speaks of the plan, not of what is listed
    assert "265 billion" in out


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = say(capsys, "check", "panxi", "--json")
    told = json.loads(out)
    assert status == 1
    assert told["hash"].startswith("sha256:")
    error = next(f for f in told["findings"] if f["kind"] == "error")
    assert set(error["title"]) == {"zh", "en"}
    assert error["sources"][0] == {"document": "panzhihua-parks-2021", "lines": "204"}
    assert len(told["sentences"]["2025"]) == 5


def test_chain_commands(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = say(capsys, "chain", "require", "panxi", "--year", "2025")
    assert status == 0
    assert "sulfuric acid" in out
    assert "electricity" in out
    status, out, _ = say(capsys, "chain", "require", "panxi", "-y", "2025", "--json", "--share", "tio2_sulfate=1")
    told = json.loads(out)
    assert told["scenario"]["shares"] == {"tio2_sulfate": 1.0}
    assert told["balances"]["h2so4"]["need"]["value"] == pytest.approx(5.95e6, rel=0.01)
    status, out, _ = say(capsys, "chain", "compare", "panxi", "-y", "2025", "--buy", "v_slag=450000", "-u", "0.3")
    assert status == 0
    assert "holds" in out
    assert "misfit" in say(capsys, "chain", "compare", "panxi", "-y", "2025")[1]
    assert json.loads(say(capsys, "chain", "compare", "panxi", "-y", "2025", "--json")[1])[0]["comparison"] == "acid"
    status, out, _ = say(capsys, "chain", "explain", "panxi", "h2so4", "-y", "2025", "--lang", "zh")
    assert status == 0
    assert "3.9" in out
    assert (
        json.loads(say(capsys, "chain", "explain", "panxi", "h2so4", "-y", "2025", "--json")[1])["need"]["unit"] == "t"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chain", "require", "panxi", "--year", "1999"], "2025"),
        (["chain", "require", "panxi", "-y", "2025", "--share", "tio2_sulfate"], "NAME=NUMBER"),
        (["chain", "require", "panxi", "-y", "2025", "-u", "3"], "between 0 and 1"),
        (["chain", "explain", "panxi", "beer", "-y", "2025"], "materials show"),
        (["check", "atlantis"], "atlantis"),
        (["pack", "validate", "/nowhere/at/all"], "/nowhere/at/all"),
        (["materials", "show", "unobtainium"], "unobtainium"),
        (["report", "panxi", "--lang", "fr"], "fr"),
        (["nonsense"], "nonsense"),
        (["check", "panxi", "--lang", "fr"], "fr"),
        (["chain", "require", "panxi", "-y", "2025", "--buy", "foo=1"], "materials show"),
        (["chain", "require", "panxi", "-y", "2024", "--lang", "zh"], "可选年份"),
    ],
)
def test_bad_input_ends_with_two_and_a_way_out(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    status, out, err = say(capsys, *arguments)
    assert status == 2
    assert words in out + err
    assert "Traceback" not in out + err


def test_packs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert say(capsys, "pack", "list")[1].split() == ["panxi"]
    assert json.loads(say(capsys, "pack", "list", "--json")[1]) == ["panxi"]
    book = tmp_path / "panxi.xlsx"
    status, out, _ = say(capsys, "pack", "export", "panxi", str(book))
    assert status == 0
    assert say(capsys, "pack", "validate", str(book))[0] == 0
    again = json.loads(say(capsys, "check", str(book), "--json")[1])["hash"]
    assert again in out
    assert say(capsys, "pack", "export", "panxi", str(book))[0] == 2
    blank = tmp_path / "new.xlsx"
    assert say(capsys, "pack", "new", str(blank))[0] == 0
    assert say(capsys, "pack", "new", str(blank))[0] == 2
    status, out, _err = say(capsys, "pack", "validate", str(blank), "--json")
    assert status == 2
    assert json.loads(out)["problems"]


def test_a_broken_pack_names_every_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    say(capsys, "pack", "export", "panxi", str(folder))
    figures = folder / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[5], "many", 1)
    figures.write_text("\n".join(lines), encoding="utf-8")
    (folder / "targets.csv").write_text("id\nx\nx\n", encoding="utf-8")
    status, out, err = say(capsys, "check", str(folder))
    assert status == 2
    assert out == ""
    assert "figures.csv" in err
    assert "many" in err
    assert "targets.csv" in err
    assert "nothing was loaded" in err


def test_materials(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = say(capsys, "materials", "show", "V2O5")
    assert status == 0
    assert "0.56" in out
    assert "v2o5_na" in out
    told = json.loads(say(capsys, "materials", "show", "钒渣", "--json")[1])
    assert any(x["material"]["id"] == "v_slag" for x in told)
    assert say(capsys, "materials", "show", "slag", "--lang", "zh")[0] == 0
    status, out, _ = say(capsys, "materials", "guard")
    assert status == 0
    assert "0 refused" in out
    assert json.loads(say(capsys, "materials", "guard", "--json")[1])["refused"] == []


def test_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = say(capsys, "report", "panxi", "--out", str(tmp_path), "--no-pdf")
    assert status == 0
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == ["panxi-2025-report.en.html", "panxi-2025-report.zh.html"]
    assert len(out.split()) == 2


def test_a_chain_that_cannot_be_computed_is_a_finding(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from oreflow.core import chain

    def fail(*_: object) -> None:
        raise chain.NoBalance(Text("算不出", "no balance"))

    monkeypatch.setattr(chain, "compare", fail)
    status, out, _ = say(capsys, "check", "panxi", "--json")
    assert status == 1
    assert "no balance" in out
    assert "sponge" in out


def test_an_unexpected_failure_is_told_as_such(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from oreflow.core import chain

    def fail(*_: object) -> None:
        raise ValueError("singular")

    monkeypatch.setattr(chain, "require", fail)
    status, _, err = say(capsys, "chain", "require", "panxi", "-y", "2025")
    assert status == 3
    assert "singular" in err


def test_json_holds_numbers_only(capsys: pytest.CaptureFixture[str]) -> None:
    for extra in ([], ["-u", "0"], ["--share", "waste_acid_conc=1"]):
        out = say(capsys, "chain", "compare", "panxi", "-y", "2025", "--json", *extra)[1]
        assert "NaN" not in out
        assert "Infinity" not in out


def test_version_and_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(capsys, "--version")[1].startswith("oreflow ")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "错误" in say(capsys, "check", "panxi", "-c", "error")[1]
    assert "问题" in say(capsys, "pack", "validate", "/nowhere")[2] + say(capsys, "pack", "validate", "/nowhere")[1]
    assert Text("甲", "a").in_language("zh") == "甲"


def _leaves(command: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    children = getattr(command, "commands", None)
    if not children:
        return [path]
    return [leaf for name, child in sorted(children.items()) for leaf in _leaves(child, (*path, name))]


def test_help_is_recorded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line changes in the diff or not at all; OREFLOW_UPDATE_SNAPSHOTS=1 writes the record anew."""
    import typer.main

    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    leaves = _leaves(typer.main.get_command(app))
    text = "\n".join(f"$ oreflow {' '.join(x)} --help\n{say(capsys, *x, '--help')[1]}" for x in [(), *leaves])
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    record = HERE / "help.txt"
    if os.environ.get("OREFLOW_UPDATE_SNAPSHOTS"):
        record.write_text(text, encoding="utf-8")
    assert record.read_text(encoding="utf-8") == text


def _fastest(arguments: list[str], tries: int = 3) -> float:
    best = float("inf")
    for _ in range(tries):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "oreflow", *arguments], capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.timing
def test_help_is_quick() -> None:
    assert _fastest(["--help"]) < 0.4


@pytest.mark.timing
def test_check_is_quick() -> None:
    assert _fastest(["check", "panxi"]) < 2.0


def test_pack_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Brackets in names are no markup, and control characters are shown as a mark."""
    from oreflow.cli.output import put, put_table

    put_table(
        "",
        [("[bold]head", "left")],
        [("Sichuan [draft] [/red] [link=https://example.org]x[/link]",), ("a\x1b]0;t\x07b",)],
    )
    put("bell\x9b\u202e")
    out = capsys.readouterr().out
    assert "[draft] [/red] [link=https://example.org]x[/link]" in out
    assert "[bold]head" in out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "\u202e" not in out
