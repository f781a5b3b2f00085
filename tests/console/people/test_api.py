"""The data interface of organisations and people: scopes, reach, administration, one's own tokens and sessions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oreflow.console.people import account
from oreflow.console.people.models import ApiToken, Membership, User

from ..world import World
from .conftest import enter, signed_in

ALL = ["people:read", "people:write"]


class Program:
    """A program with a token of a person."""

    def __init__(self, world: World, person: str, *scopes: str) -> None:
        self.token, self.raw = account.issue_token(world.viewer(person), "程序", scopes or ALL, 30)
        self.client = Client(headers={"authorization": f"Bearer {self.raw}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api{path}")

    def post(self, path: str, body: object = None) -> Any:
        return self.client.post(f"/api{path}", body or {}, content_type="application/json")


def test_me(world: World) -> None:
    said = Program(world, "clerk", "people:read").get("/me").json()
    assert (said["username"], said["roles"], said["breadth"], said["scopes"]) == (
        "clerk", ["clerk"], "own", ["people:read"],
    )  # fmt: skip
    assert said["organisation"]["name"] == "示例钒钛冶炼厂"
    assert Client().get("/api/me").status_code == 401
    assert Client(headers={"authorization": "Bearer ofl_x_y"}).get("/api/me").status_code == 401


def test_organisations_are_those_in_reach(world: World) -> None:
    names = {o["name"] for o in Program(world, "clerk").get("/organisations").json()["items"]}
    assert names == {"示例钒钛冶炼厂"}
    assert Program(world, "clerk").get(f"/organisations/{world.organisations['beta'].pk}").status_code == 404
    city = Program(world, "decider").get("/organisations?limit=3").json()
    assert len(city["items"]) == 3
    assert city["next"]


def test_an_organisation_on_a_day(world: World) -> None:
    from datetime import date

    from oreflow.console.people import actions

    alpha = world.organisations["alpha"]
    actions.rename(world.viewer("system"), alpha.pk, 1, "示例钒业公司", date(2026, 1, 1), "变更")
    said = Program(world, "clerk").get(f"/organisations/{alpha.pk}?as_of=2025-12-31").json()
    assert (said["name"], said["name_then"]) == ("示例钒业公司", "示例钒钛冶炼厂")
    assert [c["manner"] for c in said["changes"]] == ["rename"]


@pytest.mark.parametrize("path", ["/people", "/people/{clerk}", "/me/tokens", "/organisations"])
def test_reading_needs_its_scope(world: World, path: str) -> None:
    path = path.format(clerk=world.people["clerk"].pk)
    assert Program(world, "alpha-admin", "registers:read").get(path).status_code == 403
    assert Program(world, "alpha-admin", "people:read").get(path).status_code == 200


def test_people_are_there_for_administrators_of_their_organisation(world: World) -> None:
    listed = Program(world, "alpha-admin").get("/people").json()["items"]
    assert {p["username"] for p in listed} == {"clerk", "looker", "alpha-admin"}
    for person in ("clerk", "decider", "rival", "acceptor"):
        program = Program(world, person)
        assert program.get("/people").status_code == 404
        assert program.get(f"/people/{world.people['looker'].pk}").status_code == 404
    assert Program(world, "alpha-admin").get(f"/people/{world.people['rival'].pk}").status_code == 404


def test_adding_granting_withdrawing(world: World) -> None:
    alpha, admin = world.organisations["alpha"].pk, Program(world, "alpha-admin")
    given = {"username": "new-one", "name": "示例新员工", "organisation": alpha, "roles": ["viewer"]}
    assert Program(world, "alpha-admin", "people:read").post("/people", given).status_code == 403
    added = admin.post("/people", given)
    assert added.status_code == 201
    assert User.objects.get(username="new-one").check_password(added.json()["one_time_password"])
    again = admin.post("/people", given)
    assert again.status_code == 422
    assert list(again.json()["problems"]) == ["username"]
    assert admin.post("/people", {**given, "is_superuser": True}).status_code in (400, 422)
    one = f"/people/{added.json()['id']}"
    granted = admin.post(f"{one}/roles", {"organisation": alpha, "role": "clerk"})
    assert granted.status_code == 201
    elsewhere = {"organisation": world.organisations["beta"].pk, "role": "clerk"}
    assert admin.post(f"{one}/roles", elsewhere).status_code == 404
    withdrawn = admin.post(f"{one}/roles/{granted.json()['id']}/withdraw", {"reason": "调岗"})
    assert withdrawn.status_code == 200
    assert {r["role"]: bool(r["valid_to"]) for r in admin.get(one).json()["roles"]} == {"viewer": False, "clerk": True}
    theirs = Membership.objects.get(user=world.people["rival"])
    away = f"/people/{world.people['rival'].pk}/roles/{theirs.pk}/withdraw"
    assert admin.post(away, {"reason": "x"}).status_code == 404


def test_deactivation_stops_the_program_of_the_person(world: World) -> None:
    program, admin = Program(world, "clerk"), Program(world, "alpha-admin")
    assert program.get("/me").status_code == 200
    one = f"/people/{world.people['clerk'].pk}"
    assert admin.post(f"{one}/deactivate", {}).status_code in (400, 422)
    assert admin.post(f"{one}/deactivate", {"reason": "离职"}).json()["active"] is False
    assert program.get("/me").status_code == 401
    assert admin.post(f"{one}/reactivate", {"reason": "返岗"}).json()["active"] is True
    assert program.get("/me").status_code == 401
    own = f"/people/{world.people['alpha-admin'].pk}"
    assert admin.post(f"{own}/deactivate", {"reason": "x"}).status_code == 403


def test_tokens_are_ones_own_and_never_told_again(world: World) -> None:
    program, other = Program(world, "clerk"), Program(world, "rival")
    listed = program.get("/me/tokens")
    assert [t["prefix"] for t in listed.json()] == [program.token.prefix]
    assert program.raw not in listed.content.decode()
    assert ApiToken.objects.get(pk=program.token.pk).digest not in listed.content.decode()
    assert other.post(f"/me/tokens/{program.token.pk}/revoke").status_code == 404
    assert program.post(f"/me/tokens/{program.token.pk}/revoke").json()["revoked_at"]
    assert program.get("/me").status_code == 401


def test_sessions_are_ones_own(world: World, en: Client) -> None:
    from ..world import PASSWORD

    world.people["clerk"].set_password(PASSWORD)
    world.people["clerk"].save()
    enter(en, "clerk")
    program = Program(world, "clerk")
    (session,) = program.get("/me/sessions").json()
    assert "session_key" not in session
    assert Program(world, "rival").post(f"/me/sessions/{session['id']}/end").status_code == 404
    assert signed_in(en)
    assert program.post(f"/me/sessions/{session['id']}/end").status_code == 204
    assert not signed_in(en)
