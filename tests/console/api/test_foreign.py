"""What belongs to others answers as what is not there: cases, accounts, organisations, tokens, imports."""

from __future__ import annotations

from typing import Any

from oreflow.console.api import api
from oreflow.console.cases.models import CaseFile
from oreflow.console.people.models import ApiToken, OpenSession
from oreflow.console.reading.models import Document, Item
from tests.console.world import NOW, World

from .tokens import assert_problem, program

ELSEWHERE = ("/api/regions", "/api/registers")  # open to all; tested with the registers
CHANGE = {"version": 1, "effective": NOW.date().isoformat(), "reason": "示例"}
BODIES: dict[str, Any] = {
    "/api/people/{user_id}/roles": {"role": "clerk", "organisation": 1},
    "/api/cases/{case_id}": {"version": 1, "values": {"size": "1"}},
    "/api/cases/{case_id}/steps/{step}": {"version": 1, "reason": "示例"},
    "/api/people/{user_id}/deactivate": {"reason": "示例"},
    "/api/people/{user_id}/reactivate": {"reason": "示例"},
    "/api/documents/{document_id}/withdraw": {"reason": "示例"},
    "/api/documents/{document_id}/items": {"kind": "statement", "start": 0, "end": 1, "values": {}},
    "/api/documents/{document_id}/accept": {"kind": "statement", "at_least": 0.5},
    "/api/documents/{document_id}/carry-over": {"edition": 1},
    "/api/items/{item_id}/accept": {"version": 1},
    "/api/items/{item_id}/correct": {"version": 1, "values": {}},
    "/api/items/{item_id}/reject": {"version": 1, "reason": "示例"},
    "/api/items/{item_id}/reopen": {"version": 1, "reason": "示例"},
    "/api/items/{item_id}/split": {"version": 1, "parts": [{}, {}]},
    "/api/people/{user_id}/remove-factor": {"reason": "示例"},
    "/api/people/{user_id}/roles/{role_id}/withdraw": {"reason": "示例"},
    "/api/organisations/{organisation_id}/rename": CHANGE | {"name": "示例新名称"},
    "/api/organisations/{organisation_id}/merge": CHANGE | {"successor": 1},
    "/api/organisations/{organisation_id}/split": CHANGE | {"successors": [1, 2]},
}


def theirs(world: World) -> dict[str, Any]:
    """Ids of things that belong to another enterprise."""
    beta, rival = world.organisations["beta"], world.people["rival"]
    record = world.records["beta-equipment"]
    owner = program(world, "rival")
    changed = owner.patch(f"/api/registers/equipment/{record.pk}", {"version": 1, "size": "1500"})
    session = OpenSession.objects.create(
        user=rival, key_digest="d" * 64, session_key="s" * 32, started_at=NOW, seen_at=NOW
    )
    document = Document.objects.create(
        organisation=world.organisations["city"], region="panxi", key="draft", title="示例矿业公司规划", text="2030年",
        file_name="draft.txt", media_type="text/plain", size=1, sha256="0" * 64, format="txt", state="ready",
        area_code=world.organisations["city"].area_code, added_at=NOW, added_by=world.people["decider"],
    )  # fmt: skip
    item = Item.objects.create(document=document, kind="statement", start=0, end=5, quote="2030年", changed_at=NOW)
    return {
        "document_id": document.pk, "other_id": document.pk, "item_id": item.pk,
        "case_id": CaseFile.objects.get(number=changed.json()["case"]).pk, "step": "submit",
        "user_id": rival.pk, "role_id": rival.memberships.get().pk, "organisation_id": beta.pk,
        "token_id": ApiToken.objects.get(user=rival).pk, "session_id": session.pk, "run_id": 1,
        "task_id": "00000000-0000-0000-0000-000000000000",
    }  # fmt: skip


def test_no_address_tells_of_others(world: World) -> None:
    ids = theirs(world)
    administrator = world.people["alpha-admin"]
    for person in ("far", "alpha-admin"):
        caller, seen = program(world, person), 0
        for path, methods in api.get_openapi_schema()["paths"].items():
            if "{" not in path or path.startswith(ELSEWHERE):
                continue
            own = {**ids, "user_id": administrator.pk} if "role_id" in path and person == "alpha-admin" else ids
            at = path.format(**own)
            for method, operation in methods.items():
                body = BODIES.get(path, {}) if "requestBody" in operation and method != "get" else None
                response = caller.send(method.upper(), at, body)
                assert response.status_code == 404, (person, method, at, response.content.decode())
                assert_problem(response, 404, "not-found")
                assert "示例矿业公司" not in response.content.decode()
                seen += 1
        assert seen >= 15
    assert CaseFile.objects.get().state == "draft"
    assert world.people["rival"].memberships.count() == 1
    assert ApiToken.objects.get(user=world.people["rival"]).revoked_at is None
