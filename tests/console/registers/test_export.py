"""Exports: what a viewer may take away, harmless in a spreadsheet, and fit to be imported again."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from openpyxl import load_workbook

from oreflow.console import clock
from oreflow.console.people.models import SecurityEvent
from oreflow.console.registers import exporting
from oreflow.console.registers.access import visible_to
from oreflow.console.registers.imports import runs, spelling
from oreflow.console.registers.listing import narrowed
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.template import template
from tests.console.world import NOW, STAMPS, World

from .test_import import counts, nothing, problems, uploaded, written

NASTY = ["=1+1", "+86 10", "-示例", "@sum", "'=1", "''x", "＝1", "\u3000=2", 'a,b"c', "-5", "_x000D_"]


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(NOW):
        yield


def exported(world: World, person: str, key: str, form: str, language: str = "en") -> bytes:
    register, viewer = REGISTERS[key], world.viewer(person)
    made = exporting.Export(register, viewer, visible_to(register, viewer), language)
    if form == "csv":
        return b"".join(exporting.csv_lines(made))
    with exporting.workbook(made) as file:
        return file.read()


def fill(world: World) -> None:
    """Machines with every kind of value, and texts that a spreadsheet would run."""
    world.records["alpha-equipment"].attributes = {"bf_product": "foundry_pig_iron", "meets_safety_standard": True}
    world.records["alpha-equipment"].save()
    alpha = world.organisations["alpha"]
    for number, text in enumerate(NASTY):
        Equipment.objects.create(
            organisation=alpha, park=alpha.park, area_code="510411", number=f"N-{number}", name=text.strip(),
            type="converter", size="123456789012.3456" if number == 0 else "1.5", maker=text.strip(),
            commissioned="2001-02-03", status="suspended", **STAMPS,
        )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("key", list(REGISTERS))
def test_an_export_imported_again_changes_nothing(world: World, key: str, form: str, language: str) -> None:
    fill(world)
    rows = visible_to(REGISTERS[key], world.viewer("decider")).count()
    data = exported(world, "decider", key, form, language)
    run = uploaded(world, "decider", data, key, f"a.{form}")
    assert problems(run) == []
    assert (run.message, counts(run)) == ({"sheet": run.message["sheet"]}, (0, 0, rows, 0))


def test_text_that_a_spreadsheet_would_run_is_harmless_and_comes_back(world: World) -> None:
    fill(world)
    table = list(csv.reader(io.StringIO(exported(world, "clerk", "equipment", "csv").decode("utf-8-sig"))))
    makers = [row[table[0].index("Maker")] for row in table[1:]]
    assert "'=1+1" in makers
    assert not [m for m in makers if m[:1] in "=+@＝" and m]
    for text in NASTY:
        assert spelling.plainly(spelling.escaped(text)) == text
        assert spelling.plainly(spelling.marked(text)) == text or not text.startswith("'")


def test_a_workbook_holds_no_formula_and_says_its_class_and_that_it_is_made_up(world: World) -> None:
    fill(world)
    book = load_workbook(io.BytesIO(exported(world, "clerk", "equipment", "xlsx")))
    sheet = book["equipment"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.row_dimensions[2].hidden
    assert sheet.freeze_panes == "B3"
    heads = [c.value for c in sheet[1]]
    assert sheet.cell(3, heads.index("Simulated") + 1).value == "simulated"
    assert "about" in book.sheetnames


def test_nobody_takes_away_what_it_does_not_see(world: World) -> None:
    data = exported(world, "rival", "equipment", "csv").decode("utf-8-sig")
    assert world.organisations["alpha"].name not in data
    assert data.count("\n") == 2
    revenue = "Annual revenue (万元)"
    assert revenue in exported(world, "decider", "enterprises", "csv").decode()
    assert revenue not in exported(world, "environment", "enterprises", "csv").decode()


def test_important_data_leaves_an_entry_in_the_security_log(world: World) -> None:
    exported(world, "decider", "equipment", "csv")
    assert not SecurityEvent.objects.filter(act="export").exists()
    exported(world, "decider", "enterprises", "xlsx")
    entry = SecurityEvent.objects.get(act="export")
    assert entry.actor == world.people["decider"]
    assert "revenue" in entry.detail["fields"]


def test_an_export_holds_what_the_list_was_filtered_to(world: World) -> None:
    register, viewer = REGISTERS["equipment"], world.viewer("decider")
    fill(world)
    rows = narrowed(register, viewer, QueryDict("status=operating"))[0]
    lines = list(exporting.Export(register, viewer, rows, "en").lines())
    assert len(lines) == 2


def test_an_export_reads_in_pieces(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    fill(world)
    monkeypatch.setattr(exporting, "PART", 5)
    made = exporting.Export(REGISTERS["equipment"], world.viewer("clerk"), Equipment.objects.all(), "en")
    with django_assert_num_queries(4):
        lines = list(made.lines())
    assert [row[0] for row in lines] == list(Equipment.objects.order_by("pk").values_list("number", flat=True))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", list(REGISTERS))
def test_the_template_is_read_and_its_example_passed_over(world: World, key: str, language: str) -> None:
    out = io.BytesIO()
    template(REGISTERS[key], world.viewer("decider"), language).save(out)
    book = load_workbook(io.BytesIO(out.getvalue()))
    sheet = book[key]
    assert sheet.row_dimensions[2].hidden
    assert all(cell.comment for cell in sheet[1])
    lists = sheet.data_validations.dataValidation
    assert len(lists) >= 1 or key in ("products", "projects")
    run = uploaded(world, "decider", out.getvalue(), key, "t.xlsx")
    assert (run.state, run.total, run.message) == ("preview", 0, {"sheet": key})


def test_a_filled_in_template_is_imported(world: World) -> None:
    book = template(REGISTERS["equipment"], world.viewer("clerk"), "zh")
    sheet = book["equipment"]
    keys = [c.value for c in sheet[2]]
    row = {"number": "E-2", "name": "示例转炉", "type": "转炉", "status": "operating", "area_code": 510411, "size": 120}
    row["organisation"] = world.organisations["alpha"].uscc
    for key, value in row.items():
        sheet.cell(4, keys.index(key) + 1, value)
    with translation.override("zh-hans"):
        status = exporting.parsing.label_in(REGISTERS["equipment"].get("status").choices[2][1], "zh-hans")
    sheet.cell(4, keys.index("status") + 1, status)
    out = io.BytesIO()
    book.save(out)
    run = uploaded(world, "clerk", out.getvalue(), name="filled.xlsx")
    assert problems(run) == []
    written(world, "clerk", run)
    assert Equipment.objects.get(number="E-2").size == 120


def test_an_upload_stands_under_its_digest_and_is_read_again_from_there(world: World) -> None:
    run = uploaded(world, "clerk", exported(world, "clerk", "equipment", "csv"))
    runs.again(world.viewer("clerk"), run.pk, nothing)
    runs.preview(run.pk)
    run.refresh_from_db()
    assert counts(run) == (0, 0, 1, 0)
