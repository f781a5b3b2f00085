"""Former names: on record and found by search, whichever door gave the organisation its new one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from oreflow.console import clock
from oreflow.console.cases import actions as cases_actions
from oreflow.console.people.access import name_on
from oreflow.console.people.models import Organisation, Succession
from oreflow.console.registers import actions
from oreflow.console.registers.registry import REGISTERS

from ..cases.spine import on, take
from ..registers.test_import import table, uploaded, written
from ..world import World

TODAY = date(2026, 3, 2)
OLD, NEW = "示例钒钛冶炼厂", "示例攀西钒业公司"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    """Files are kept in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "attachments"


def renamed(world: World) -> Organisation:
    """The enterprise as it stands, with the one rename on record."""
    row = Organisation.objects.get(pk=world.organisations["alpha"].pk)
    step = Succession.objects.get()
    assert (step.manner, step.former_name, step.predecessor, step.successor) == ("rename", OLD, row, row)
    assert step.effective == clock.today()
    assert row.name == NEW
    assert name_on(row, step.effective) == NEW
    assert name_on(row, step.effective - timedelta(days=1)) == OLD
    assert {"钒钛", "钒业"} <= set(row.words.split())
    return row


def change(world: World, person: str, values: dict[str, str], version: int = 1) -> actions.Changed:
    """A change of the enterprise's record."""
    pk = world.organisations["alpha"].pk
    return actions.change(
        REGISTERS["enterprises"], world.viewer(person), pk, version, values, door="page", reason="营业执照变更"
    )


def test_an_authority_renames_in_the_register(world: World) -> None:
    change(world, "decider", {"name": NEW})
    renamed(world)
    step = Succession.objects.get()
    assert (step.reason, step.recorded_by) == ("营业执照变更", world.people["decider"])


def test_an_approved_case_renames(world: World) -> None:
    with on(0):
        done = change(world, "clerk", {"name": NEW})
        assert done.case_id is not None
        assert not Succession.objects.exists()
        viewer = world.viewer("clerk")
        case = cases_actions.take(viewer, done.case_id, "submit")
    with on(1):
        take(world, case, "acceptor", "accept")
    with on(2):
        take(world, case, "decider", "approve")
        renamed(world)
    assert case.number in Succession.objects.get().reason


def test_an_import_renames(world: World) -> None:
    alpha = world.organisations["alpha"]
    Organisation.objects.filter(pk=alpha.pk).update(uscc="91510400000000008C")
    data = table([["91510400000000008C", NEW, "smelting", "510411"]], ["uscc", "name", "kind", "area_code"])
    run = uploaded(world, "decider", data, "enterprises")
    assert (run.changes, run.errors) == (1, 0), list(run.lines.values("problems"))
    written(world, "decider", run)
    renamed(world)


def test_other_changes_leave_no_name_and_lose_none(world: World) -> None:
    change(world, "decider", {"name": NEW})
    change(world, "clerk", {"name_en": "Example Vanadium", "address": "一号路"}, version=2)
    row = renamed(world)
    assert (row.version, row.address) == (3, "一号路")
    assert "vanadium" in row.words.split()
