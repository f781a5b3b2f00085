"""Imports: what the preview says is what the write does, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from oreflow.console import clock
from oreflow.console.people.models import Membership, Role
from oreflow.console.registers import actions
from oreflow.console.registers.access import visible_to
from oreflow.console.registers.imports import runs
from oreflow.console.registers.models import Equipment, ImportLine, ImportRun
from oreflow.console.registers.registry import REGISTERS
from tests.console.world import NOW, World

HEAD = ["number", "name", "type", "size", "organisation", "status", "area_code"]


def nothing(run_id: int) -> None:
    """Nobody is at work; tests call the worker's functions themselves."""


def table(rows: Sequence[Sequence[Any]], header: Sequence[str] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def uploaded(world: World, person: str, data: bytes, key: str = "equipment", name: str = "machines.csv") -> ImportRun:
    run = runs.start(REGISTERS[key], world.viewer(person), name, data, nothing)
    runs.preview(run.pk)
    run.refresh_from_db()
    return run


def written(world: World, person: str, run: ImportRun) -> ImportRun:
    runs.order_write(world.viewer(person), run.pk, nothing)
    runs.write(run.pk)
    run.refresh_from_db()
    return run


def machine(world: World, number: str, owner: str = "alpha", **changes: str) -> list[str]:
    row = {
        "number": number, "name": "示例转炉", "type": "converter", "size": "120", "status": "operating",
        "organisation": world.organisations[owner].uscc, "area_code": "510411", **changes,
    }  # fmt: skip
    return [str(row[key]) for key in HEAD]


def problems(run: ImportRun) -> list[Mapping[str, Any]]:
    lines = ImportLine.objects.filter(run=run, verdict="error").order_by("line")
    return [{"line": line.line, **problem} for line in lines for problem in line.problems]


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.adds, run.changes, run.same, run.errors


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(NOW):
        yield


def test_adds_changes_and_unchanged_rows_are_told_apart_and_written_with_their_history(world: World) -> None:
    standing = world.records["alpha-equipment"]
    rows = [
        machine(world, "E-1", name="示例一号高炉", type="blast-furnace", size="1200"),
        machine(world, "E-2"),
        machine(world, "E-1", "beta", name="示例1号高炉", type="blast-furnace", size="1200"),
    ]
    run = uploaded(world, "decider", table(rows))
    assert (run.state, counts(run), problems(run)) == ("preview", (1, 1, 1, 0), [])
    change = ImportLine.objects.get(run=run, verdict="change")
    assert change.values == {"name": "示例一号高炉"}
    assert change.before["name"] == "示例1号高炉"
    assert Equipment.objects.count() == 3, "nothing is written before somebody says so"

    run = written(world, "decider", run)
    assert (run.state, run.progress) == ("done", 100)
    standing.refresh_from_db()
    assert (standing.name, standing.version) == ("示例一号高炉", 2)
    added = Equipment.objects.get(number="E-2")
    assert (added.version, added.city_code, added.simulated, added.size) == (1, "510400", True, 120)
    entry = standing.history.order_by("-history_id").first()
    assert (entry.history_type, entry.name, entry.version) == ("~", "示例一号高炉", 2)
    assert (entry.history_door, entry.history_source) == ("import", f"import:{run.pk}")
    assert entry.history_organisation == "示例市经信局"
    assert entry.history_user_id == world.people["decider"].pk
    assert added.history.get().history_type == "+"


def test_an_imported_row_is_just_like_one_entered_on_a_page(world: World) -> None:
    given = dict(zip(HEAD, machine(world, "E-7"), strict=True)) | {"organisation": str(world.organisations["alpha"].pk)}
    entered = actions.create(REGISTERS["equipment"], world.viewer("decider"), given, door="page")
    written(world, "decider", uploaded(world, "decider", table([machine(world, "E-8")])))
    imported = Equipment.objects.get(number="E-8")
    differing = {
        f.attname
        for f in Equipment._meta.concrete_fields
        if getattr(entered, f.attname) != getattr(imported, f.attname)
    }
    assert differing - {"id", "number", "words"} == set()
    assert imported.words == entered.words.replace("e-7", "e-8").replace(" 7 ", " 8 ") or "8" in imported.words
    assert imported.created_at == imported.updated_at == NOW


def test_an_imported_row_has_the_search_words_of_its_own_text(world: World) -> None:
    from oreflow.console.registers.search import words_of

    rows = [machine(world, "E-1", name="示例新高炉", type="blast-furnace", size="1200"), machine(world, "E-9")]
    written(world, "decider", uploaded(world, "decider", table(rows)))
    for row in Equipment.objects.filter(number__in=("E-9",)) | Equipment.objects.filter(name="示例新高炉"):
        assert row.words == words_of(REGISTERS["equipment"], row)


def test_an_enterprise_changes_its_own_fields_only(world: World) -> None:
    rows = [
        machine(world, "E-1", name="示例1号高炉", type="blast-furnace", size="1300"),
        machine(world, "E-2"),
        machine(world, "E-1", "beta"),
        machine(world, "E-1", "gamma"),
    ]
    run = uploaded(world, "clerk", table(rows))
    assert counts(run) == (1, 0, 0, 3)
    found = problems(run)
    assert [(p["line"], p["field"]) for p in found] == [(2, "size"), (4, "organisation"), (5, "organisation")]
    assert "change case" in found[0]["en"]
    assert world.organisations["beta"].name not in str(found)
    assert found[1]["en"].replace(found[1]["value"], "") == found[2]["en"].replace(found[2]["value"], "")


def test_who_may_not_write_may_not_import(world: World) -> None:
    for person in ("looker", "minister", "reviewer", "nobody"):
        with pytest.raises(runs.Refused):
            runs.start(REGISTERS["equipment"], world.viewer(person), "a.csv", b"number", nothing)
    assert not ImportRun.objects.exists()


def test_nobody_sees_another_ones_import(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    for person in ("rival", "looker", "alpha-admin", "decider", "system", "nobody"):
        with pytest.raises(runs.Http404):
            runs.find(world.viewer(person), run.pk)
        with pytest.raises(runs.Http404):
            runs.order_write(world.viewer(person), run.pk, nothing)


def test_errors_keep_the_whole_file_out(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2"), machine(world, "E-3", size="many")]))
    assert counts(run) == (1, 0, 0, 1)
    with pytest.raises(runs.Refused):
        runs.order_write(world.viewer("clerk"), run.pk, nothing)
    assert Equipment.objects.count() == 3


def test_a_record_changed_after_the_preview_stops_the_write_and_is_named(world: World) -> None:
    run = uploaded(
        world, "decider", table([machine(world, "E-1", type="blast-furnace", size="1300", name="示例1号高炉")])
    )
    row = world.records["alpha-equipment"]
    actions.change(
        REGISTERS["equipment"], world.viewer("decider"), row.pk, 1, {"maker": "示例厂"}, door="page", reason="x"
    )
    run = written(world, "decider", run)
    assert run.state == "failed"
    assert "2" in run.message["en"]
    row.refresh_from_db()
    assert (row.version, row.size) == (2, 1200)
    runs.again(world.viewer("decider"), run.pk, nothing)
    runs.preview(run.pk)
    run.refresh_from_db()
    assert written(world, "decider", run).state == "done"


def test_a_record_added_after_the_preview_stops_the_write(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2"), machine(world, "E-3")]))
    given = dict(zip(HEAD, machine(world, "E-3"), strict=True)) | {"organisation": str(world.organisations["alpha"].pk)}
    actions.create(REGISTERS["equipment"], world.viewer("clerk"), given, door="page")
    run = written(world, "clerk", run)
    assert (run.state, Equipment.objects.count()) == ("failed", 4)


def test_rights_that_ended_after_the_preview_stop_the_write(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    runs.order_write(world.viewer("clerk"), run.pk, nothing)
    Membership.objects.filter(user=world.people["clerk"]).update(role=Role.VIEWER)
    runs.write(run.pk)
    run.refresh_from_db()
    assert (run.state, Equipment.objects.count()) == ("failed", 3)


def test_two_rows_of_one_identity_are_both_named(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2"), machine(world, "E-3"), machine(world, "E-2")]))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "number"), (4, "number")]
    assert run.adds == 1
    standing = machine(world, "E-1", type="blast-furnace", size="1200", status="suspended")
    run = uploaded(world, "clerk", table([standing, standing]))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "number"), (3, "number")]


def test_what_stands_is_no_change_even_where_it_could_not_be_entered_today(world: World) -> None:
    alpha = world.organisations["alpha"]
    header = ["uscc", "name", "kind", "area_code", "park"]
    data = table([[alpha.uscc, alpha.name, "smelting", "510411", "P-01"]], header)
    run = uploaded(world, "clerk", data, "enterprises")
    assert (counts(run), problems(run)) == ((0, 0, 1, 0), [])


def test_a_write_is_done_once(world: World) -> None:
    run = uploaded(world, "clerk", table([machine(world, "E-2")]))
    written(world, "clerk", run)
    runs.write(run.pk)
    assert Equipment.objects.count() == 4
    with pytest.raises(runs.Refused):
        runs.order_write(world.viewer("clerk"), run.pk, nothing)


def test_own_organisation_need_not_be_named(world: World) -> None:
    rows = [[cell for i, cell in enumerate(machine(world, "E-5")) if i != 4]]
    run = uploaded(world, "clerk", table(rows, [h for h in HEAD if h != "organisation"]))
    written(world, "clerk", run)
    assert Equipment.objects.get(number="E-5").organisation == world.organisations["alpha"]
    assert visible_to(REGISTERS["equipment"], world.viewer("rival")).count() == 1


def test_another_type_keeps_only_the_attributes_that_it_knows(world: World) -> None:
    """A file that says nothing of attributes must not leave a converter with a blast furnace's product."""
    furnace = world.records["alpha-equipment"]
    furnace.attributes = {"bf_product": "ferromanganese"}
    furnace.save()
    rows = [machine(world, "E-1", name=furnace.name, size="1200"), machine(world, "E-9")]
    run = uploaded(world, "system", table(rows))
    assert counts(run) == (1, 1, 0, 0), problems(run)
    written(world, "system", run)
    furnace.refresh_from_db()
    assert (furnace.type, furnace.attributes) == ("converter", {})
    assert Equipment.objects.get(number="E-9").attributes == {}
