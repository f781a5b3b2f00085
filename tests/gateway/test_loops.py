"""Loops that cannot carry themselves are refused at loading, whether or not anything needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oreflow.gateway import builtin_packs, validate_pack, write_pack
from oreflow.gateway.loading import load_pack

from .packs import PackText, assert_says_the_way_out, only, problems_of

LOOP = {"lp1": ("waste_rock", "bentonite"), "lp2": ("bentonite", "waste_rock")}


def add(file: Path, header: str, rows: list[str]) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else header + "\n"
    file.write_text(text + "".join(row + "\n" for row in rows), encoding="utf-8")


def panxi_with_loop(folder: Path, amount: str) -> Path:
    """The built-in pack with two routes that only need each other; no goal asks for either product."""
    assert "panxi" in builtin_packs()
    path = write_pack(load_pack("panxi"), folder / "p")
    add(
        path / "processes.csv",
        "id,name_zh,name_en,chain,product,product_unit,sources",
        [f"{p},循环,loop,Ti,{product},t,mem" for p, (product, _) in LOOP.items()],
    )
    add(
        path / "flows.csv",
        "process,material,role,amount,unit,mark",
        [f"{p},{used},input,{amount},t,memory" for p, (_, used) in LOOP.items()],
    )
    with (path / "routes.csv").open(encoding="utf-8") as stream:
        columns = stream.readline().strip().split(",")
    cells = [{"product": made, "process": p, "share": "1", "mark": "assumed"} for p, (made, _) in LOOP.items()]
    add(path / "routes.csv", "", [",".join(row.get(c, "") for c in columns) for row in cells])
    return path


def test_a_loop_that_nothing_needs_is_refused(tmp_path: Path) -> None:
    problem = only(validate_pack(panxi_with_loop(tmp_path, "2")))
    assert (problem.code, problem.file_or_sheet, problem.column) == ("loop", "routes.csv", "process")
    assert {"lp1", "lp2"} <= set(problem.value.split(" → "))
    assert_says_the_way_out(problem)


def test_a_loop_that_carries_itself_loads(tmp_path: Path) -> None:
    assert validate_pack(panxi_with_loop(tmp_path, "0.5")) == []


@pytest.mark.parametrize("amount", ["2", "1"])
def test_a_loop_in_a_pack_of_its_own_is_refused(pack: PackText, written, amount: str) -> None:
    pack.add_row("flows", process="acid_making", material="lime", role="input", amount=amount, unit="t", mark="memory")
    pack.add_row(
        "materials", id="lime", name_zh="石灰", name_en="lime", category="reagent", unit="t", complete="no",
        mark="memory",
    )  # fmt: skip
    pack.add_row(
        "processes", id="liming", name_zh="烧石灰", name_en="liming", chain="S", product="lime", product_unit="t",
        sources="mem",
    )  # fmt: skip
    pack.add_row("flows", process="liming", material="acid", role="input", amount="1", unit="t", mark="memory")
    pack.add_row("routes", product="acid", process="acid_making", share="1", mark="assumed")
    pack.add_row("routes", product="lime", process="liming", share="1", mark="assumed")
    assert only(problems_of(written(pack))).code == "loop"
