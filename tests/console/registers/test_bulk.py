"""The bulk writer and the column parser against what pages do row by row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oreflow.console import clock
from oreflow.console.people.models import Organisation
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.registers import bulk, forms, synthetic
from oreflow.console.registers.access import fields_for
from oreflow.console.registers.imports.parsing_columns import parse
from oreflow.console.registers.imports.reading import Upload
from oreflow.console.registers.models import Equipment, ImportLine
from oreflow.console.registers.parsing import plain
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.search import words_of
from oreflow.console.registers.spec import FieldKind
from tests.console.world import NOW, World

from .test_import import HEAD, machine, problems, table, uploaded, written

SAID = bulk.Said(at=datetime(2026, 3, 2, tzinfo=UTC), user_id=None, door="command", source="x", organisation="示例")


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(NOW):
        yield


def test_rows_written_in_bulk_equal_rows_saved_one_by_one(world: World) -> None:
    alpha = world.organisations["alpha"]
    values = {"number": "B-1", "name": "示例", "type": "converter", "size": "12.5", "attributes": {"a": "1"}}
    saved = Equipment.objects.create(
        organisation=alpha, **{**values, "number": "B-0"}, created_at=SAID.at, updated_at=SAID.at
    )
    columns = {key: [value] for key, value in {**values, "organisation_id": alpha.pk}.items()}
    (pk,) = bulk.insert(Equipment, columns, SAID)
    made = Equipment.objects.get(pk=pk)
    for column in Equipment._meta.concrete_fields:
        if column.name not in ("id", "number"):
            saved.refresh_from_db()
            assert getattr(made, column.attname) == getattr(saved, column.attname), column.name
    entry, model = made.history.get(), saved.history.get()
    for column in type(entry)._meta.concrete_fields:
        if column.name.startswith("history_") or column.name in ("id", "number"):
            continue
        assert getattr(entry, column.attname) == getattr(model, column.attname), column.name
    assert (entry.history_type, entry.history_door, entry.history_date) == ("+", "command", SAID.at)


def test_after_a_bulk_write_single_rows_get_free_ids(world: World) -> None:
    alpha = world.organisations["alpha"]
    columns = {
        "number": ["B-1", "B-2"],
        "name": ["a", "b"],
        "type": ["converter"] * 2,
        "organisation_id": [alpha.pk] * 2,
    }
    ids = bulk.insert(Equipment, columns, SAID)
    Equipment.objects.filter(pk=ids[-1]).delete()
    later = Equipment.objects.create(
        organisation=alpha, number="B-3", name="c", type="converter", created_at=SAID.at, updated_at=SAID.at
    )
    assert later.pk > max(ids)
    assert bulk.insert(Equipment, {k: v[:1] for k, v in columns.items()} | {"number": ["B-4"]}, SAID)[0] > later.pk


def test_a_version_that_moved_on_is_not_overwritten(world: World) -> None:
    row, other = world.records["alpha-equipment"], world.records["beta-equipment"]
    assert bulk.change(Equipment, ["name"], [(row.pk, 1, "示例甲"), (other.pk, 7, "示例乙")], SAID) == 1
    other.refresh_from_db()
    assert other.name == "示例1号高炉"


def test_ids_of_any_shape_are_found(world: World) -> None:
    ids = sorted(Equipment.objects.values_list("pk", flat=True))
    for chosen in ([ids[0]], ids, [ids[0], ids[2]], [ids[2], ids[0], ids[1]], [ids[0], ids[0] + 10_000]):
        condition, given_ = bulk.among(chosen)
        found = Equipment.objects.raw(f"SELECT id FROM registers_equipment WHERE {condition}", given_)  # noqa: S608 - own names
        assert {row.pk for row in found} == set(chosen) & set(ids)


def test_a_row_that_cannot_stand_takes_the_others_with_it(world: World) -> None:
    alpha = world.organisations["alpha"]
    columns = {
        "number": ["B-1", "E-1"],
        "name": ["a", "b"],
        "type": ["converter"] * 2,
        "organisation_id": [alpha.pk] * 2,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Equipment, columns, SAID)
    assert Equipment.objects.count() == 3


WORDS = st.one_of(
    st.sampled_from(
        ["", " ", "1", "１２", "1,200", "1.50", "-3", "1e5", "0", "nan", "converter", "转炉", "Converter", "operating",
         "2020-02-29", "2021-02-29", "2020年1月2日", "２０２０/1/2", "510411", "51041",
         "9151040000000000", "P-01", "F-1",
         "3140", "C3140", "a\u200bb", "x" * 200, "示例", "钒渣", "mining", "采矿许可证", "steel_grade=carbon_steel",
         "用途=炼钢", "{}", "{\"converter_use\": \"steelmaking\"}", "NaN", "'", "true", "\x00", "12345678901234567"]
    ),
    st.text(max_size=12),
)  # fmt: skip


@pytest.mark.parametrize("key", list(REGISTERS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data())
def test_columns_are_parsed_exactly_as_pages_parse_single_values(world: World, key: str, data: st.DataObject) -> None:
    """Value by value: the same value, or the same problem."""
    register, viewer = REGISTERS[key], world.viewer("decider")
    independent = [f for f in fields_for(register, viewer) if f.kind not in (FieldKind.FACILITY, FieldKind.ATTRIBUTES)]
    texts = [{f.key: data.draw(WORDS).strip().lstrip("'") for f in independent} for _ in range(3)]
    upload = Upload("t", [2, 3, 4], {f.key: [row[f.key] for row in texts] for f in independent})
    values = parse(register, viewer, upload)
    for position, row in enumerate(texts):
        cleaned, wrong = cleaned_one_by_one(register, viewer, row)
        found = {p.key: p.text for p in upload.problems.get(position, ())}
        assert {k: t.en for k, t in found.items()} == {k: t.en for k, t in wrong.items()}
        for name, value in cleaned.items():
            assert values.plain[name][position] == plain(value), name


def cleaned_one_by_one(register: Any, viewer: Any, row: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    reading = forms.Reading(register, forms.References(viewer, by_code=True), None)
    for item in register.fields:
        if item.key in row:
            reading.read(item, row[item.key])
    return reading.values, reading.problems


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(rows=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3), st.sampled_from(["a", "b"])), max_size=8))
def test_what_the_preview_says_is_what_the_write_does(world: World, rows: list[tuple[int, int, str]]) -> None:
    with transaction.atomic():
        lines = [machine(world, f"R-{n}", size=str(s), name=f"示例{w}") for n, s, w in rows]
        before = {m.number: (m.version, m.name) for m in Equipment.objects.all()}
        run = uploaded(world, "decider", table(lines, HEAD))
        if problems(run) or not run.adds + run.changes:
            assert len({n for n, _s, _w in rows}) < len(rows) or not run.adds + run.changes
            return
        run = written(world, "decider", run)
        assert run.state == "done", (rows, run.message)
        after = {m.number: (m.version, m.name) for m in Equipment.objects.all()}
        assert len(after) - len(before) == run.adds
        changed = {n for n, (version, _name) in after.items() if n in before and before[n][0] != version}
        assert len(changed) == run.changes
        assert Equipment.history.filter(history_source=f"import:{run.pk}").count() == run.adds + run.changes
        assert ImportLine.objects.filter(run=run).count() == run.total == len(rows)


def test_made_up_rows_stay_out_of_real_data(world: World, settings: Any) -> None:
    for demonstration, real in ((False, False), (True, True), (False, True)):
        settings.OREFLOW_DEMONSTRATION = demonstration
        Organisation.objects.filter(name="示例部").update(simulated=not real)
        with pytest.raises(Refused):
            synthetic.synthesise(1, 1, 1, lambda *_: None)
    assert Equipment.objects.count() == 3


def test_made_up_rows_could_have_been_entered(db: None, settings: Any) -> None:
    settings.OREFLOW_DEMONSTRATION = True
    told: list[tuple[str, int, int]] = []
    synthetic.synthesise(40, 60, 7, lambda *said: told.append(said))
    assert {"enterprises", "equipment"} <= {name for name, _done, _all in told}
    for key, model in (
        (k, REGISTERS[k].model) for k in ("enterprises", "equipment", "facilities", "products", "licences", "parks")
    ):
        register = REGISTERS[key]
        rows = list(model.objects.all())
        assert len(rows) >= 40, key
        assert all(r.simulated and "示例" in str(getattr(r, register.title)) for r in rows), key
        assert model.history.count() == len(rows)
        for row in rows[:20]:
            given_ = forms.plain_values(register, row)
            assert row.words == words_of(register, row)
            try:
                forms.restored(register, given_, row)
            except Invalid as error:
                raise AssertionError((key, given_, error.problems)) from error
    assert Equipment.objects.count() == 60
