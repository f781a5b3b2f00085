"""Organisations renamed, merged and split, accounts reset, roles delegated: through the data interface and commands."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from oreflow.cli import organisations as command
from oreflow.cli.output import Exit, forget_language
from oreflow.console.people.models import Kind, Membership, Organisation, Role, Succession, User

from ..world import CITY, COUNTY, NOW, STAMPS, World
from .test_api import Program

TODAY = NOW.date()


def _body(**more: object) -> dict[str, object]:
    return {"version": 1, "effective": TODAY.isoformat(), "reason": "示例变更", **more}


@pytest.fixture
def heir(world: World) -> Organisation:
    """An enterprise of the county without records of its own."""
    return Organisation.objects.create(
        name="示例新冶炼厂", kind=Kind.SMELTING, area_code=COUNTY, uscc="91510400000000005X", words="", **STAMPS
    )


def test_a_decider_renames_and_a_clerk_may_not(world: World) -> None:
    alpha = world.organisations["alpha"]
    address, body = f"/organisations/{alpha.pk}/rename", _body(name="示例钒业公司")
    assert Program(world, "clerk").post(address, body).status_code == 403
    assert Program(world, "stranger").post(address, body).status_code == 404
    assert Program(world, "decider", "people:read").post(address, body).status_code == 403
    done = Program(world, "decider").post(address, body)
    assert done.status_code == 200
    assert (done.json()["name"], done.json()["changes"][0]["former_name"]) == ("示例钒业公司", "示例钒钛冶炼厂")
    assert Program(world, "decider").post(address, body).json()["code"] == "stale"


def test_a_merger_passes_records_and_people(world: World, heir: Organisation) -> None:
    alpha = world.organisations["alpha"]
    done = Program(world, "decider").post(f"/organisations/{alpha.pk}/merge", _body(successor=heir.pk))
    assert done.status_code == 200, done.json()
    assert done.json()["valid_to"] == TODAY.isoformat()
    world.records["alpha-equipment"].refresh_from_db()
    assert world.records["alpha-equipment"].organisation_id == heir.pk
    assert Membership.objects.filter(user=world.people["clerk"], organisation=heir, role=Role.CLERK).exists()


def test_a_split_needs_two_successors_and_says_where_people_go(world: World, heir: Organisation) -> None:
    alpha, beta = world.organisations["alpha"], world.organisations["beta"]
    address = f"/organisations/{alpha.pk}/split"
    program = Program(world, "decider")
    assert program.post(address, _body(successors=[heir.pk])).status_code == 422
    wrong = program.post(address, _body(successors=[heir.pk, beta.pk], people_to=world.organisations["gamma"].pk))
    assert "people_to" in wrong.json()["problems"]
    done = program.post(address, _body(successors=[heir.pk, beta.pk], people_to=beta.pk))
    assert done.status_code == 200
    assert Succession.objects.filter(predecessor=alpha, manner="split").count() == 2
    assert Membership.objects.filter(user=world.people["clerk"], organisation=beta).exists()


def test_an_administrator_resets_unlocks_and_removes_a_factor(world: World) -> None:
    program, clerk = Program(world, "alpha-admin"), world.people["clerk"]
    done = program.post(f"/people/{clerk.pk}/reset-password")
    assert User.objects.get(pk=clerk.pk).check_password(done.json()["one_time_password"])
    assert program.post(f"/people/{clerk.pk}/unlock").json()["username"] == "clerk"
    assert program.post(f"/people/{clerk.pk}/remove-factor", {"reason": "手机丢失"}).json()["second_factor"] is False
    for address in ("reset-password", "unlock"):
        assert program.post(f"/people/{world.people['rival'].pk}/{address}").status_code == 404
        assert Program(world, "looker").post(f"/people/{clerk.pk}/{address}").status_code in (403, 404)


def test_a_role_is_delegated_and_taken_back(world: World) -> None:
    program, looker = Program(world, "clerk"), world.people["looker"]
    asked = {
        "colleague": looker.pk, "role": "clerk", "valid_from": TODAY.isoformat(),
        "valid_to": (TODAY + timedelta(days=10)).isoformat(),
    }  # fmt: skip
    given = program.post("/me/delegations", asked)
    assert given.status_code == 201
    assert given.json()["delegated_by"] == "clerk"
    assert program.post("/me/delegations", asked | {"colleague": world.people["rival"].pk}).status_code == 404
    assert Program(world, "looker").post(f"/me/delegations/{given.json()['id']}/withdraw").status_code == 404
    assert program.post(f"/me/delegations/{given.json()['id']}/withdraw").status_code == 204
    assert Membership.objects.get(pk=given.json()["id"]).valid_to < TODAY


def _run(*arguments: str) -> int:
    forget_language()
    return int(command.app(args=[*arguments, "--lang", "en"], standalone_mode=False) or 0)


def test_the_same_from_the_command_line(world: World, heir: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    alpha, beta, on = world.organisations["alpha"], world.organisations["beta"], ("--on", TODAY.isoformat())
    why = ("--reason", "示例变更")
    assert _run("rename", alpha.uscc or "", "示例钒业公司", *on, *why, "--json") == Exit.FINE
    assert json.loads(capsys.readouterr().out)["name"] == "示例钒业公司"
    assert _run("merge", "示例钒业公司", heir.name, *on, *why, "--no-people") == Exit.FINE
    assert "merges into" in capsys.readouterr().out
    assert Membership.objects.filter(organisation=heir).count() == 0
    assert _run("split", beta.name, heir.name, "没有的单位", *on, *why) == Exit.BAD_INPUT
    assert "unified social credit code" in capsys.readouterr().err
    other = Organisation.objects.create(name="示例再生厂", kind=Kind.RECYCLING, area_code=CITY, words="", **STAMPS)
    assert _run("split", beta.name, heir.name, other.name, *on, *why, "--people-to", other.name) == Exit.FINE
    beta.refresh_from_db()
    assert beta.valid_to == date.fromisoformat(on[1])
