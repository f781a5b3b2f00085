"""Who may call: nobody, a browser with its cross-site check, a program within its scopes and time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from oreflow.console import clock
from oreflow.console.people.models import ApiToken
from oreflow.console.registers.models import Equipment
from tests.console.world import World

from .tokens import Program, assert_problem, program, token

EQUIPMENT = "/api/registers/equipment"


def test_without_a_token_nothing_but_regions_answers(world: World) -> None:
    response = Program(None).get(EQUIPMENT)
    assert_problem(response, 401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="oreflow"'
    assert Program(None).get("/api/regions").status_code == 200
    assert_problem(Program(None).post(EQUIPMENT, {"number": "E-2"}), 401, "unauthenticated")


@pytest.mark.parametrize("raw", ["", "ofl_wrong", "ofl_" + "x" * 500, "ofl_示例"])
def test_a_wrong_token_is_no_session(world: World, raw: str) -> None:
    browser = world.client("clerk")
    response = browser.get(EQUIPMENT, headers={"authorization": f"Bearer {raw}"})
    assert_problem(response, 401, "unauthenticated")
    assert "invalid_token" in response.headers["WWW-Authenticate"]
    assert_problem(browser.get(EQUIPMENT, headers={"authorization": "Basic YTpi"}), 401, "unauthenticated")


@pytest.mark.parametrize("change", ["expired", "revoked", "inactive", "left"])
def test_a_token_ends(world: World, change: str) -> None:
    raw = token(world, "clerk")
    assert Program(raw).get(EQUIPMENT).status_code == 200
    if change == "expired":
        ApiToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    elif change == "revoked":
        ApiToken.objects.update(revoked_at=clock.now())
    elif change == "inactive":
        type(world.people["clerk"]).objects.filter(pk=world.people["clerk"].pk).update(is_active=False)
    else:
        world.people["clerk"].memberships.all().delete()
    assert_problem(Program(raw).get(EQUIPMENT), 401, "unauthenticated")


def test_a_token_does_what_its_scopes_name(world: World) -> None:
    reader = program(world, "clerk", "registers:read")
    assert reader.get(EQUIPMENT).status_code == 200
    said = assert_problem(reader.post(EQUIPMENT, {"number": "E-2", "name": "x", "type": "blast-furnace"}), 403, "scope")
    assert "registers:write" in said["message"]["en"]
    other = program(world, "clerk", "cases:read")
    assert_problem(other.get(EQUIPMENT), 403, "scope")
    assert_problem(other.get("/api/registers"), 403, "scope")
    assert not Equipment.objects.filter(number="E-2").exists()


def test_a_browser_writes_with_its_cross_site_token_only(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    body = {"number": "E-2", "name": "示例2号高炉", "type": "blast-furnace"}
    refused = browser.post(EQUIPMENT, body, content_type="application/json")
    assert_problem(refused, 403, "csrf")
    secret = "a" * 32
    browser.cookies["oreflow_csrf"] = secret
    wrong = browser.post(EQUIPMENT, body, content_type="application/json", headers={"x-csrftoken": "b" * 32})
    assert_problem(wrong, 403, "csrf")
    assert not Equipment.objects.filter(number="E-2").exists()
    right = browser.post(EQUIPMENT, body, content_type="application/json", headers={"x-csrftoken": secret})
    assert right.status_code == 201
    assert browser.get(EQUIPMENT).status_code == 200


def test_a_browser_may_do_what_its_roles_allow(world: World) -> None:
    looker = world.client("looker")
    assert looker.get(EQUIPMENT).status_code == 200
    body = {"number": "E-2", "name": "示例2号高炉", "type": "blast-furnace"}
    assert_problem(looker.post(EQUIPMENT, body, content_type="application/json"), 403, "refused")


def test_somebody_without_organisation_sees_nothing(world: World) -> None:
    assert world.client("nobody").get(EQUIPMENT).json() == {"items": [], "next": None}
