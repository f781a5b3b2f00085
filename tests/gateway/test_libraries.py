"""The reference library, and packs that extend, override or replace it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from oreflow.gateway import PackErrors, load_library, load_pack

from .packs import PackText, assert_says_the_way_out, only, problems_of

LIBRARY = ("references", "materials", "contents", "groups", "processes", "flows", "burdens", "recoveries",
           "distributions", "factors")  # fmt: skip


@pytest.fixture
def reference(pack: PackText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small reference library in the place of the built-in one."""
    folder = pack.copy().write_directory(tmp_path / "packs" / "reference")
    for file in folder.iterdir():
        if file.stem not in LIBRARY:
            file.unlink()
    monkeypatch.setattr("oreflow.gateway.loading.PACKS", tmp_path / "packs")
    return folder


@pytest.fixture
def region_only(pack: PackText) -> PackText:
    """A pack without library tables."""
    for name in LIBRARY:
        del pack.tables[name]
    del pack.facts["library"]
    return pack


def test_the_built_in_library_loads() -> None:
    library = load_library()
    assert len(library.materials) > 100
    assert len(library.processes) > 50
    assert load_library() is library, "it is read once"


def test_a_changed_library_is_read_anew(reference: Path) -> None:
    before = load_library()
    assert load_library() is before
    file = reference / "materials.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("钛渣", "高钛渣"), encoding="utf-8")
    assert load_library().materials["slag"].name.zh == "高钛渣"


def test_a_pack_without_library_uses_the_reference(reference: Path, region_only: PackText, written) -> None:
    assert load_pack(written(region_only)).library is load_library()


def test_a_process_that_the_pack_lists_replaces_all_its_rows(reference: Path, region_only: PackText, written) -> None:
    header = PackText().tables
    region_only.tables["processes"] = [header["processes"][0]]
    region_only.add_row(
        "processes", id="sulfate", name_zh="改", name_en="changed", chain="Ti", product="pig_s",
        product_unit="t", sources="mem",
    )  # fmt: skip
    region_only.tables["flows"] = [header["flows"][0]]
    region_only.add_row("flows", process="sulfate", material="slag", role="input", amount="2", unit="t", mark="paper")
    del region_only.tables["comparisons"][1]  # asks about acid, which this route does not use
    library = load_pack(written(region_only)).library
    sulfate = library.processes["sulfate"]
    assert [(f.material, f.amount.value) for f in sulfate.flows] == [("slag", Decimal(2))]
    assert (sulfate.burdens, sulfate.recoveries) == ({}, ())
    assert library.processes["chloride"].flows == load_library().processes["chloride"].flows


def test_single_rows_replace_or_are_added(reference: Path, region_only: PackText, written) -> None:
    header = PackText().tables
    region_only.tables["flows"] = [header["flows"][0]]
    region_only.add_row("flows", process="sulfate", material="acid", role="input", amount="3.2", unit="t", mark="paper")
    region_only.add_row("flows", process="chloride", material="acid", role="input", amount="1", unit="t", mark="paper")
    region_only.tables["materials"] = [header["materials"][0]]
    region_only.add_row(
        "materials", id="coke", name_zh="焦炭", name_en="coke", category="fuel", unit="t", complete="no", mark="memory"
    )
    library = load_pack(written(region_only)).library
    assert {f.material: f.amount.value for f in library.processes["sulfate"].flows} == {
        "slag": Decimal("1.5"), "waste": Decimal(6), "acid": Decimal("3.2"),
    }  # fmt: skip
    assert len(library.processes["chloride"].flows) == 2
    assert library.materials["coke"].name.en == "coke"
    assert library.materials["slag"] == load_library().materials["slag"]


def test_rows_of_a_pack_library_are_checked_in_their_file(reference: Path, region_only: PackText, written) -> None:
    region_only.tables["flows"] = [PackText().tables["flows"][0]]
    region_only.add_row("flows", process="sulfat", material="acid", role="input", amount="1", unit="t", mark="paper")
    problem = only(problems_of(written(region_only)))
    assert (problem.code, problem.file_or_sheet, problem.row) == ("broken-reference", written.name("flows"), 2)
    assert "“sulfate”" in problem.remedy.en


def test_own_library_needs_all_its_tables(pack: PackText, written) -> None:
    del pack.tables["burdens"]
    problem = only(problems_of(written(pack)))
    assert (problem.code, problem.file_or_sheet) == ("missing-table", written.name("burdens"))


def test_impossible_rows_are_refused_in_their_place(pack: PackText, written) -> None:
    """More titanium in the pigment than the slag brings."""
    pack.tables["contents"].append(["pig_s", "Ti", "0.59", "", "", "stoichiometric", ""])
    pack.set("flows", 2, "amount", "0.5")
    pack.set("flows", 2, "low", "")
    pack.set("flows", 2, "high", "")
    for row in pack.tables["materials"][1:]:
        row[6] = "yes"
    problems = problems_of(written(pack))
    assert {p.code for p in problems} == {"guard"}
    assert (problems[0].file_or_sheet, problems[0].row, problems[0].value) == (written.name("processes"), 2, "sulfate")
    assert_says_the_way_out(problems[0])


def test_a_loop_that_cannot_carry_itself_is_refused(pack: PackText, written) -> None:
    """Acid made from pigment that needs acid: 3 t of acid a t, 0.5 t of pigment for a t of acid."""
    pack.tables["routes"].append(["acid", "acid_making", "1", "", "", "assumed", "", ""])
    pack.tables["flows"].append(["acid_making", "pig_s", "input", "2.5", "", "", "t", "memory", "", "", ""])
    for row in pack.tables["goals"][1:]:
        row[3] = "compare"
    problem = only(problems_of(written(pack)))
    assert (problem.code, problem.file_or_sheet, problem.column) == ("loop", written.name("routes"), "process")
    assert "acid_making" in problem.value
    assert "sulfate" in problem.value
    assert_says_the_way_out(problem)


def test_a_broken_library_says_every_problem(reference: Path) -> None:
    for table in ("materials", "flows"):
        file = reference / f"{table}.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("memory", "hearsay"), encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        load_library()
    assert {p.file_or_sheet for p in caught.value.problems} == {"materials.csv", "flows.csv"}
    assert {p.code for p in caught.value.problems} == {"unknown-mark"}


def test_a_broken_reference_library_does_not_hide_the_pack(reference: Path, region_only: PackText, written) -> None:
    file = reference / "materials.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("memory", "hearsay"), encoding="utf-8")
    region_only.set("figures", 2, "value", "许多")
    problems = problems_of(written(region_only))
    assert {(p.file_or_sheet, p.code) for p in problems} == {
        ("reference/materials.csv", "unknown-mark"), (written.name("figures"), "not-a-number"),
    }  # fmt: skip
