"""The cases' part of the data interface: the spine, what others get, paging, notices."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oreflow.console.cases.models import CaseFile

from ..world import World
from .spine import accepted, joint, on, opened, submitted, take


def client(world: World, person: str) -> Client:
    """A signed-in browser that checks no cross-site token."""
    return world.client(person)


def post(browser: Client, path: str, **given: Any) -> Any:
    return browser.post(path, given, content_type="application/json")


def test_the_spine_through_the_interface(world: World) -> None:
    clerk, acceptor, decider = (client(world, p) for p in ("clerk", "acceptor", "decider"))
    record = world.records["alpha-equipment"]
    with on(0):
        asked = post(
            clerk, "/api/cases", register="equipment", record_id=record.pk, version=record.version,
            values={"size": "1350"}, note="扩容",
        )  # fmt: skip
        assert asked.status_code == 201, asked.content
        case = asked.json()
        assert case["changes"] == [
            {
                "field": "size",
                "label": {"zh": "规格", "en": "Rated size"},
                "unit": "m³",
                "before": "1200",
                "after": "1350",
            }
        ]
        path = f"/api/cases/{case['id']}"
        assert asked.headers["Location"] == path
        edited = clerk.patch(path, {"values": {"size": "1400"}, "version": 1}, content_type="application/json")
        assert edited.json()["changes"][0]["after"] == "1400"
        assert edited.headers["ETag"] == '"2"'
        assert post(clerk, f"{path}/steps/submit", version=2).json()["state"] == "submitted"
        stale = post(clerk, f"{path}/steps/withdraw", version=2, reason="x")
        assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    with on(1):
        assert post(acceptor, f"{path}/steps/accept").status_code == 200
        missing = post(decider, f"{path}/steps/ask-opinions")
        assert missing.status_code == 422
        assert "bodies" in missing.json()["problems"]
        bodies = [world.organisations["environment"].pk]
        assert post(decider, f"{path}/steps/ask-opinions", bodies=bodies).json()["waiting_for"] == ["body"]
    with on(2):
        given = post(client(world, "environment"), f"{path}/steps/give-opinion", agrees=True, reason="同意")
        assert given.json()["opinions"][0]["agrees"] is True
        done = post(decider, f"{path}/steps/approve").json()
    assert done["state"] == "approved"
    assert [e["step"] for e in done["events"]] == ["submit", "accept", "ask-opinions", "give-opinion", "approve"]
    assert [x["kind"] for x in done["letters"]] == ["receipt", "acceptance", "opinions", "approval"]
    assert done["deadline"] is None
    record.refresh_from_db()
    assert record.size == 1400


def test_fields_without_decision_are_sent_to_the_register(world: World) -> None:
    record = world.records["alpha-equipment"]
    answer = post(
        client(world, "clerk"),
        "/api/cases",
        register="equipment",
        record_id=record.pk,
        version=1,
        values={"name": "新"},
    )
    assert answer.status_code == 422
    assert "name" in answer.json()["problems"]
    assert not CaseFile.objects.exists()


@pytest.mark.parametrize("person", ["rival", "stranger"])
def test_others_get_404_and_empty_lists(world: World, person: str) -> None:
    case = joint(world)
    other = client(world, person)
    assert other.get(f"/api/cases/{case.pk}").status_code == 404
    assert post(other, f"/api/cases/{case.pk}/steps/approve").status_code == 404
    assert other.patch(f"/api/cases/{case.pk}", {"version": 1}, content_type="application/json").status_code == 404
    assert other.get("/api/cases").json()["items"] == []


def test_nobody_gets_401(world: World) -> None:
    case = submitted(world)
    for path in ("/api/cases", f"/api/cases/{case.pk}", "/api/notices", "/api/home"):
        assert Client().get(path).status_code == 401


def test_refusals_say_who_may(world: World) -> None:
    case = accepted(world)
    answer = post(client(world, "clerk"), f"/api/cases/{case.pk}/steps/approve")
    assert answer.status_code == 403
    assert "deciding authority" in answer.json()["message"]["en"]


def test_lists_page_by_cursor(world: World) -> None:
    submitted(world)
    with on(1):
        take(world, opened(world, "rival", "beta-equipment"), "rival", "submit")
    decider = client(world, "decider")
    for sort in ("due", "-due", "changed", "-changed", "number", "-number"):
        first = decider.get("/api/cases", {"sort": sort, "limit": 1}).json()
        second = decider.get("/api/cases", {"sort": sort, "limit": 1, "cursor": first["next"]}).json()
        assert second["next"] is None
        assert len({c["id"] for c in first["items"] + second["items"]}) == 2, sort
    assert decider.get("/api/cases", {"mine": "tasks"}).json()["items"] == []
    assert len(decider.get("/api/cases", {"register": "equipment", "state": "submitted"}).json()["items"]) == 2
    assert decider.get("/api/cases", {"state": "nope"}).status_code == 422


def test_options_and_home_and_notices(world: World) -> None:
    case = submitted(world)
    acceptor = client(world, "acceptor")
    options = {o["step"]: o for o in acceptor.get(f"/api/cases/{case.pk}").json()["options"]}
    assert options["accept"]["open"]
    assert options["decline"]["needs_reason"]
    home = acceptor.get("/api/home").json()
    assert (home["tasks"], home["unseen"]) == (1, 1)
    assert home["next_tasks"][0]["number"] == case.number
    notice = acceptor.get("/api/notices").json()["items"][0]
    assert (notice["kind"], notice["seen"]) == ("task", False)
    assert post(acceptor, "/api/notices/seen", notices=[notice["id"]]).json() == {"seen": 1}
    assert acceptor.get("/api/notices").json()["items"][0]["seen"]
    assert client(world, "rival").get("/api/notices").json()["items"] == []
