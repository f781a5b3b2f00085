# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The annotated plans: what is asked of the reading, plan by plan."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oreflow.core.reading import Reading, chain_rows, read, statement_rows

PLANS = (
    "guizhou-base-materials-2021",
    "liaoning-nonferrous-2016",
    "national-rare-earth-plan-2016",
    "panzhihua-parks-2021",
    "sichuan-vti-re-guide-2016",
)


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, Reading]:
    return {p: read((shared / "plans" / f"{p}.txt").read_text(encoding="utf-8"), doc=p) for p in PLANS}


@pytest.fixture(scope="module")
def scores(shared: Path, readings: dict[str, Reading], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the gold's own scorer counts."""
    folder = tmp_path_factory.mktemp("scores")
    for name, rows in (("statements", statement_rows), ("chains", chain_rows)):
        lines = [json.dumps(row, ensure_ascii=False) for r in readings.values() for row in rows(r)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    gold = shared / "gold"
    call = [sys.executable, str(gold / "score.py"), "--gold", str(gold), "--docs", str(shared / "plans"),
            "--pred", str(folder / "statements.jsonl"), "--chains", str(folder / "chains.jsonl"), "--json", str(folder / "s.json")]  # fmt: skip
    subprocess.run(call, check=True, capture_output=True)
    return dict(json.loads((folder / "s.json").read_text(encoding="utf-8")))


def f1(counts: dict[str, int], key: str = "tp") -> float:
    read_, gold = counts["tp"] + counts.get("fp", 0), counts["tp"] + counts.get("fn", 0)
    return 200 * counts.get(key, 0) / (read_ + gold)


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan(scores: dict[str, Any], plan: str) -> None:
    counts = scores[plan]
    assert f1(counts) >= 97
    assert f1(counts, "all4") >= 90
    assert f1(counts, "all6") >= 65  # the shortest plan has three statements


def test_all_plans(scores: dict[str, Any]) -> None:
    total = scores["TOTAL"]
    assert f1(total) >= 99
    assert f1(total, "all4") >= 98
    assert f1(total, "all6") >= 93
    assert total["scope"] >= 0.8 * total["tp"]
    assert total["t:table"] >= 0.95 * total["n:table"]
    assert total["yi"] >= 0.88 * total["yi_n"]


def test_chains(scores: dict[str, Any]) -> None:
    chains = scores["chains"]
    assert chains["tp"] > 100
    assert (chains.get("fp", 0), chains["fn"]) == (0, 0)
    assert chains["neg"] == 0


@pytest.mark.parametrize("plan", ["national-rare-earth-plan-2016", "panzhihua-parks-2021"])
def test_table_cells_one_by_one(shared: Path, readings: dict[str, Reading], plan: str) -> None:
    gold = json.loads((shared / "gold" / f"{plan}.json").read_text(encoding="utf-8"))
    cells = {(s.start, s.end): s for s in readings[plan].statements if s.table is not None}
    wanted = [g for g in gold if g.get("table")]
    assert len(wanted) > 30
    for g in wanted:
        found = next((s for (a, b), s in cells.items() if a < g["end"] and g["start"] < b), None)
        assert found is not None, g
        value = [float(found.low), float(found.high)] if found.low != found.high else float(found.low)
        assert (value, found.year, found.kind.value) == (g["value"], g["year"], g["kind"]), g


def test_totals_add_up(readings: dict[str, Reading]) -> None:
    totals = [t for table in readings["panzhihua-parks-2021"].tables for t in table.totals]
    assert len(totals) == 12
    assert all(t.agrees for t in totals)
    assert any(t.printed != t.summed for t in totals)  # the rounding of the first table stays visible


def test_duties(readings: dict[str, Reading]) -> None:
    duties = readings["liaoning-nonferrous-2016"].duties
    assert len(duties) == 11
    storage = next(d for d in duties if "有色金属商业储备" in d.task)
    assert storage.lead == ("省发展改革委",)
    assert storage.support[0] == "省财政厅"
    assert len(storage.support) == 5


def test_clauses(readings: dict[str, Reading]) -> None:
    clauses = readings["guizhou-base-materials-2021"].clauses
    furnace = next(c for c in clauses if c.object == "烧结机" and c.category == "restricted")
    assert [(x.comparator.value, int(x.value), x.unit, x.inclusive) for x in furnace.limits] == [
        ("<", 180, "平方米", False)
    ]
    assert furnace.exceptions == ("铁合金烧结机、铸造用生铁烧结机",)
    blast = next(c for c in clauses if len(c.limits) == 2 and c.limits[0].value == 400)
    assert [x.inclusive for x in blast.limits] == [True, False]
    assert {c.category for c in clauses} >= {"restricted", "eliminated", "entry"}


def test_offsets_point_at_what_was_read(shared: Path, readings: dict[str, Reading]) -> None:
    for plan, reading in readings.items():
        text = (shared / "plans" / f"{plan}.txt").read_text(encoding="utf-8")
        for item in (*reading.statements, *reading.chains):
            assert _bare(item.quote) == _bare(text[item.start : item.end])


def _bare(text: str) -> str:
    from oreflow.core.reading.letters import same_length

    return "".join(same_length(text).split())
