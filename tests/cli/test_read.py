"""`oreflow read`: rows in the fields that the scorer takes, tables for people, bad files beside good ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from oreflow.cli.app import run
from tests.gateway.documents.plan import Plan

SORTS = ("--chains", "--tables", "--outline", "--clauses", "--duties", "--entities")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nested").mkdir()
    (tmp_path / "a.txt").write_bytes(Plan().txt())
    (tmp_path / "nested" / "b.docx").write_bytes(Plan().docx())
    (tmp_path / "nested" / "notes.log").write_text("not a document", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("到2025年，产能达到1万吨。", encoding="utf-8")
    return tmp_path


def say(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = run(["read", *(str(a) for a in arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_statements_as_json_lines(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, err = say(capsys, folder, "--json")
    assert (status, err) == (0, "")
    found = rows(out)
    assert {row["doc"] for row in found} == {"a", "b"}
    mine = [row for row in found if row["doc"] == "a"]
    text = Plan().txt().decode()
    row = next(r for r in mine if r["value"] == 800)
    assert {k: row[k] for k in ("comparator", "unit", "year", "kind")} == {
        "comparator": ">", "unit": "亿元", "year": 2025, "kind": "target",
    }  # fmt: skip
    assert "800亿元" in text[row["start"] : row["end"]]
    assert row["place"].startswith("l. ")
    assert next(r for r in found if r["doc"] == "b")["place"].startswith("¶ ")
    same = [[r["value"] for r in found if r["doc"] == doc] for doc in ("a", "b")]
    assert same[0] == same[1]


def test_every_sort_as_json_and_as_a_table(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    plan = folder / "a.txt"
    chains = rows(say(capsys, plan, "--chains", "--json")[1])
    assert ["高钛渣", "海绵钛"] in [edge for chain in chains for edge in chain["edges"]]
    assert {"doc", "edges", "nodes", "quote", "type", "start", "end"} <= set(chains[0])
    cells = rows(say(capsys, plan, "--tables", "--json")[1])
    figure = next(c for c in cells if c["text"] == "72.5")
    assert (figure["sort"], figure["label"], figure["head"], figure["doubtful"]) == (
        "figure",
        "钛白粉",
        "2025年产量（万吨）",
        False,
    )
    outline = rows(say(capsys, plan, "--outline", "--json")[1])
    assert [s["title"] for s in outline][:4] == ["发展基础", "发展目标", "重点任务", "保障措施"]
    assert outline[0]["parent"] is None
    together = rows(say(capsys, plan, *SORTS, "--json")[1])
    assert len(together) > len(chains) + len(cells) + len(outline)
    assert all(0 <= row["start"] <= row["end"] for row in together)
    status, out, _ = say(capsys, plan, *SORTS)
    assert status == 0
    assert "钛精矿 → 高钛渣 → 海绵钛 → 钛材" in out
    status, out, _ = say(capsys, plan, "--lang", "zh")
    assert "a.txt · txt" in out
    assert "数值表述" in out
    assert "386.5" in out


def test_clauses_duties_and_entities(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = tmp_path / "c.txt"
    plan.write_text(
        "示例市钒钛产业准入条件\n一、总则\n新建高钛渣项目单台矿热炉容量不得低于2.5万千伏安。\n二、任务\n"
        "（一）建设示例产业园。（责任单位：示例市经济和信息化局、示例市财政局）\n示例钒钛有限公司建设年产3万吨海绵钛项目。\n",
        encoding="utf-8",
    )
    found = rows(say(capsys, plan, "--clauses", "--duties", "--entities", "--json")[1])
    limit = next(r["limits"][0] for r in found if r.get("limits"))
    assert (limit["comparator"], limit["value"], limit["unit"], limit["inclusive"]) == (">=", 2.5, "万千伏安", True)
    assert next(r for r in found if "lead" in r)["lead"] == ["示例市经济和信息化局"]
    assert any(r.get("name") == "示例钒钛有限公司" for r in found)


def test_one_bad_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04broken")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    status, out, err = say(capsys, folder, "--json", "--lang", "zh")
    assert status == 2
    assert {row["doc"] for row in rows(out)} == {"a", "b"}
    assert "bad.docx" in err
    assert "old.doc" in err
    assert "另存为" in err
    assert "2 个文件未读" in err
    assert "Traceback" not in err


def test_several_processes_give_the_same_in_the_same_order(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    for k in range(3):
        (folder / f"p{k}.html").write_bytes(Plan().html())
    (folder / "p1.pdf").write_bytes(b"%PDF-1.4 broken")
    one = say(capsys, folder, "--json", "--jobs", 1)
    two = say(capsys, folder, "--json", "--jobs", 2)
    assert one == two
    assert one[0] == 2


def test_output_to_a_file(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    status, printed, _ = say(capsys, folder / "a.txt", "--json", "-o", out)
    assert (status, printed) == (0, "")
    assert rows(out.read_text(encoding="utf-8")) == rows(say(capsys, folder / "a.txt", "--json")[1])
    say(capsys, folder / "a.txt", "-o", out)
    assert "386.5" in out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.glob(".*.part")] == []
    status, _, err = say(capsys, folder / "a.txt", "-o", folder / "a.txt")
    assert status == 2
    assert "choose another" in err
    assert (folder / "a.txt").read_bytes() == Plan().txt()
    assert say(capsys, folder / "a.txt", "-o", tmp_path / "no" / "such" / "place")[0] == 2


def test_nothing_to_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = say(capsys, tmp_path)
    assert status == 2
    assert "no document" in err
    status, _, err = say(capsys, tmp_path / "nowhere.txt")
    assert status == 2
    assert "nowhere.txt" in err


def test_traditional_characters_on_request(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan = tmp_path / "t.txt"
    plan.write_text("到2025年，鋼鐵產業產值達到800億元。", encoding="utf-8")
    found = rows(say(capsys, plan, "--json", "--simplify")[1])
    assert found[0]["subject"] == "钢铁产业产值"


def test_an_unexpected_failure_is_told_and_the_rest_read(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oreflow.cli import read_files
    from oreflow.gateway import documents

    whole = documents.read_path

    def fail(path: str, **rest: Any) -> Any:
        if path.endswith("a.txt"):
            raise ValueError("singular")
        return whole(path, **rest)

    monkeypatch.setattr(documents, "read_path", fail)
    assert read_files.processes_for([folder / "a.txt"], None) == 1
    status, out, err = say(capsys, folder, "--json", "-j", 1)
    assert status == 3
    assert "singular" in err
    assert {row["doc"] for row in rows(out)} == {"b"}


def test_a_reader_that_is_killed_takes_only_its_file(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that ends while it reads one file: that file is named, the others are read."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    from oreflow.cli import read_files

    class Pool:
        def __init__(self, *_: object, **__: object) -> None:
            self.broken = False

        def __enter__(self) -> Pool:
            return self

        def __exit__(self, *_: object) -> None: ...

        def shutdown(self, **_: object) -> None: ...

        def submit(self, work: Any, path: str, number: int, asked: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self.broken = self.broken or path.endswith("a.txt")
            if self.broken:
                future.set_exception(BrokenProcessPool("killed"))
            else:
                future.set_result(work(path, number, asked))
            return future

    monkeypatch.setattr(read_files, "ProcessPoolExecutor", Pool)
    status, out, err = say(capsys, folder, "--json", "--jobs", 2)
    assert status == 2
    assert "killed" in err
    assert {row["doc"] for row in rows(out)} == {"b"}


def test_the_scorer_takes_the_rows(capsys: pytest.CaptureFixture[str], shared: Path, tmp_path: Path) -> None:
    """The five plans through the command: what the page about reading says of them."""
    statements, chains = tmp_path / "s.jsonl", tmp_path / "c.jsonl"
    assert say(capsys, shared / "plans", "--json", "-o", statements)[0] == 0
    assert say(capsys, shared / "plans", "--chains", "--json", "-o", chains)[0] == 0
    gold = shared / "gold"
    report = tmp_path / "report.json"
    subprocess.run(
        [sys.executable, gold / "score.py", "--pred", statements, "--gold", gold, "--docs", shared / "plans",
         "--chains", chains, "--json", report],
        check=True, capture_output=True,
    )  # fmt: skip
    told = json.loads(report.read_text(encoding="utf-8"))
    total, edges = Counter(told["TOTAL"]), Counter(told["chains"])
    for found in (total, edges):
        assert found["tp"] >= 0.95 * (found["tp"] + found["fn"])
        assert found["tp"] >= 0.95 * (found["tp"] + found["fp"])
    assert total["tp"] > 400
    assert total["all4"] >= 0.9 * total["tp"]
    assert edges["neg"] == 0
