"""Changing records: permissions, versions, approval, history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from oreflow.console.cases.models import CaseFile
from oreflow.console.people.models import Organisation
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.console.registers import access, actions
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS
from oreflow.core.codes import make_uscc

from ..world import World

EQUIPMENT, ENTERPRISES = REGISTERS["equipment"], REGISTERS["enterprises"]
NEW = {"number": "E-9", "name": "示例2号转炉", "type": "converter", "size": "120", "status": "operating"}


def change(world: World, person: str, values: dict[str, Any], record: Any = None, **more: Any) -> actions.Changed:
    record = record or world.records["alpha-equipment"]
    given = {"version": record.version, "door": "page", "reason": "核对铭牌", **more}
    return actions.change(EQUIPMENT, world.viewer(person), record.pk, given.pop("version"), values, **given)


def test_a_new_record_takes_place_and_owner_from_its_organisation(world: World) -> None:
    record = actions.create(EQUIPMENT, world.viewer("clerk"), NEW, door="page", reason="新购")
    record.refresh_from_db()
    alpha = world.organisations["alpha"]
    assert (record.organisation_id, record.park_id, record.area_code) == (alpha.pk, alpha.park_id, alpha.area_code)
    assert (record.version, record.simulated, record.city_code) == (1, True, "510400")
    entry = record.history.get()
    assert (entry.history_door, entry.history_change_reason) == ("page", "新购")
    assert entry.history_user_id == world.people["clerk"].pk
    assert entry.history_organisation == alpha.name


@pytest.mark.parametrize("person", ["looker", "reviewer", "nobody", "minister"])
def test_who_is_no_clerk_adds_nothing(world: World, person: str) -> None:
    with pytest.raises((Refused, Invalid)):
        actions.create(EQUIPMENT, world.viewer(person), NEW, door="page")
    assert not Equipment.objects.filter(number="E-9").exists()


def test_nobody_adds_to_an_organisation_out_of_reach(world: World) -> None:
    for given in (world.organisations["beta"].pk, world.organisations["beta"].uscc):
        with pytest.raises(Invalid) as refused:
            actions.create(EQUIPMENT, world.viewer("clerk"), {**NEW, "organisation": str(given)}, door="api")
        assert set(refused.value.problems) == {"organisation"}


def test_a_taken_number_is_said_with_the_field(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create(EQUIPMENT, world.viewer("clerk"), {**NEW, "number": "E-1"}, door="page")
    assert set(refused.value.problems) == {"number"}


def test_only_authorities_add_enterprises_and_the_park_may_not_fill_the_bureaus_fields(world: World) -> None:
    code = make_uscc("9", "1", "510411", 1)
    given = {"name": "示例新材料厂", "uscc": code, "kind": "smelting", "area_code": "510411"}
    with pytest.raises(Refused):
        actions.create(ENTERPRISES, world.viewer("clerk"), given, door="page")
    with pytest.raises(Refused):
        actions.create(ENTERPRISES, world.viewer("acceptor"), {**given, "hazard_level": "red"}, door="page")
    record = actions.create(ENTERPRISES, world.viewer("decider"), {**given, "hazard_level": "red"}, door="page")
    assert record.hazard_level == "red"
    assert record.simulated


def test_direct_fields_are_saved_and_approval_fields_open_one_case(world: World) -> None:
    record = world.records["alpha-equipment"]
    done = change(world, "clerk", {"maker": "示例机械厂", "size": "1350", "commissioned": "2019年6月1日"})
    record.refresh_from_db()
    assert (record.maker, record.size, record.commissioned, record.version) == ("示例机械厂", Decimal(1200), None, 2)
    assert done.waiting == {
        "size": {"from": "1200", "to": "1350"},
        "commissioned": {"from": "", "to": "2019-06-01"},
    }
    case = CaseFile.objects.get(number=done.case_number)
    assert case.payload["changes"] == done.waiting
    assert (case.register, case.record_id) == ("equipment", record.pk)


def test_what_is_approved_is_written_with_the_case_as_its_source(world: World) -> None:
    record = world.records["alpha-equipment"]
    waiting = change(world, "clerk", {"size": "1350"}).waiting
    city = world.organisations["city"]
    actions.apply_approved(
        "equipment", record.pk, waiting, user=world.people["decider"], organisation=city, case_number="C-1"
    )
    record.refresh_from_db()
    entry = record.history.first()
    assert record.size == Decimal(1350)
    assert (entry.history_door, entry.history_source, entry.history_organisation) == ("case", "C-1", city.name)


def test_an_approval_overtaken_by_another_change_is_refused(world: World) -> None:
    record = world.records["alpha-equipment"]
    waiting = change(world, "clerk", {"size": "1350"}).waiting
    change(world, "decider", {"size": "1400"})
    with pytest.raises(Refused) as refused:
        actions.apply_approved("equipment", record.pk, waiting, user=None, organisation=None, case_number="C-1")
    assert all(value in refused.value.text.zh for value in ("1200", "1400", "1350"))
    record.refresh_from_db()
    assert record.size == Decimal(1400)


def test_authorities_change_approval_fields_directly(world: World) -> None:
    done = change(world, "decider", {"size": "1350"})
    assert done.case_number is None
    assert done.record.size == Decimal(1350)


def test_an_old_version_is_refused_and_nothing_written(world: World) -> None:
    change(world, "clerk", {"maker": "示例机械厂"})
    with pytest.raises(Stale) as refused:
        change(world, "clerk", {"maker": "另一厂"})
    assert (refused.value.given, refused.value.now) == (1, 2)
    assert Equipment.objects.get(pk=world.records["alpha-equipment"].pk).maker == "示例机械厂"


@pytest.mark.parametrize("person", ["rival", "far", "stranger", "nobody", "reviewer"])
def test_forbidden_is_absent(world: World, person: str) -> None:
    with pytest.raises(Http404):
        change(world, person, {"maker": "x"})


def test_fields_of_others_are_refused_and_fields_as_they_stand_are_not(world: World) -> None:
    alpha, viewer = world.organisations["alpha"], world.viewer("clerk")
    with pytest.raises(Refused) as refused:
        actions.change(ENTERPRISES, viewer, alpha.pk, 1, {"hazard_level": "red"}, door="page", reason="")
    assert "主管部门" in refused.value.text.zh
    same = {"hazard_level": "", "uscc": alpha.uscc, "kind": "smelting", "phone": "0812-0000000"}
    done = actions.change(ENTERPRISES, viewer, alpha.pk, 1, same, door="page", reason="")
    assert done.record.phone == "0812-0000000"


def test_nothing_changed_is_no_new_version(world: World) -> None:
    done = change(world, "clerk", {"name": "示例1号高炉", "size": "1200.0000"})
    assert done.record.version == 1
    assert done.record.history.count() == 1


def test_every_problem_is_said_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        change(world, "clerk", {"size": "1,350", "retired": "2026-13-01", "type": "oven", "colour": "red", "name": ""})
    assert set(refused.value.problems) == {"size", "retired", "type", "colour", "name"}
    assert "1350" in refused.value.problems["size"].en


def test_a_hidden_field_does_not_exist_for_those_without_the_duty(world: World) -> None:
    alpha = world.organisations["alpha"]
    with pytest.raises(Invalid) as refused:
        actions.change(ENTERPRISES, world.viewer("environment"), alpha.pk, 1, {"tax": "1"}, door="api", reason="")
    assert "tax" in refused.value.problems
    assert "tax" not in {f.key for f in access.fields_for(ENTERPRISES, world.viewer("environment"))}


def test_an_ended_record_leaves_the_lists_and_keeps_its_history(world: World) -> None:
    record, viewer = world.records["alpha-equipment"], world.viewer("clerk")
    for on, reason, wrong in (("soon", "拆除", {"on"}), ("2026-03-02", " ", {"reason"})):
        with pytest.raises(Invalid) as refused:
            actions.end(EQUIPMENT, viewer, record.pk, 1, on, reason, door="page")
        assert set(refused.value.problems) == wrong
    ended = actions.end(EQUIPMENT, viewer, record.pk, 1, "2026-03-02", "拆除", door="page")
    assert record not in access.visible_to(EQUIPMENT, viewer, date(2026, 3, 2))
    assert record in access.visible_to(EQUIPMENT, viewer, date(2026, 3, 1))
    with pytest.raises(Refused):
        actions.end(EQUIPMENT, viewer, record.pk, ended.version, "2026-03-03", "再次", door="page")


def test_a_park_with_several_organisations_is_listed_once(world: World) -> None:
    group = world.organisations["alpha"]
    Organisation.objects.filter(pk=group.pk).update(kind="group")
    Organisation.objects.filter(pk=world.organisations["beta"].pk).update(parent=group)
    assert len(access.visible_to(REGISTERS["parks"], world.viewer("clerk"))) == 1
