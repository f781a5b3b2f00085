"""The data interface of the desk: the same acts and the same limits as its pages."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oreflow.console.api import api
from oreflow.console.reading import runs
from oreflow.console.reading.models import Decision, Document, Item
from oreflow.console.registers.plan_models import PlanTarget

from ..api.tokens import assert_problem, program, token
from ..world import World
from .desk import PLAN, figure, hand_in

BODIES: dict[str, Any] = {
    "withdraw": {"reason": "示例"}, "items": {"kind": "statement", "start": 0, "end": 2, "values": {"low": "1"}},
    "accept": {"kind": "statement", "at_least": 0}, "carry-over": {"edition": 1},
    "correct": {"version": 1, "values": {}},
    "reject": {"version": 1, "reason": "示例"}, "reopen": {"version": 1}, "split": {"version": 1, "parts": []},
    "read-again": {},
}  # fmt: skip


def paths(document: Document, item: Item) -> list[tuple[str, str, Any]]:
    """Every address about one document or item, with the method and a body that would do."""
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "{document_id}" not in path and "{item_id}" not in path:
            continue
        at = path.replace("{document_id}", str(document.pk)).replace("{other_id}", str(document.pk))
        at = at.replace("{item_id}", str(item.pk))
        last = path.rsplit("/", 1)[1]
        body = {"version": 1} if last == "accept" and "{item_id}" in path else BODIES.get(last, {})
        found += [(method.upper(), at, body if method == "post" else None) for method in methods]
    return found


def test_documents_of_others_answer_as_absent(world: World) -> None:
    document = hand_in(world)
    asked = paths(document, figure(document, "海绵钛产能"))
    assert len(asked) >= 17
    for person in ("clerk", "far", "stranger", "acceptor"):
        caller = program(world, person)
        assert caller.get("/api/documents").json()["items"] == []
        for method, path, body in asked:
            assert_problem(caller.send(method, path, body), 404, "not-found")
    assert not Decision.objects.exists()


def test_a_scope_is_needed(world: World) -> None:
    document = hand_in(world)
    item = figure(document, "海绵钛产能")
    reading = program(world, "decider", "documents:read")
    assert reading.get(f"/api/documents/{document.pk}").json()["may_decide"] is True
    for method, path, body in paths(document, item):
        if method == "POST":
            assert_problem(reading.send(method, path, body), 403, "scope")


def test_a_document_is_handed_in_once_for_one_key(world: World, django_capture_on_commit_callbacks: Any) -> None:
    from django.test import Client

    raw = token(world, "decider")
    client = Client(headers={"authorization": f"Bearer {raw}", "Idempotency-Key": "plan-1"})
    for _time in range(2):
        file = SimpleUploadedFile("示例规划.txt", PLAN.encode())
        answer = client.post("/api/documents", {"file": file, "region": "panxi", "issued": "2021-12-30"})
        assert answer.status_code == 202, answer.content
    assert Document.objects.count() == 1
    at = answer.headers["Location"]
    runs.read(Document.objects.get().pk)
    told = client.get(at).json()
    assert (told["state"], told["progress"], told["issued"]) == ("ready", 100, "2021-12-30")
    assert told["frame"]["horizon"] == 2025
    assert sum(c["count"] for c in told["counts"]) == Item.objects.count()
    assert client.get(f"{at}/text").json()["text"] == PLAN


def test_items_come_in_pages_in_the_order_of_the_text(world: World) -> None:
    document, caller = hand_in(world), program(world, "decider")
    at, found, cursor = f"/api/documents/{document.pk}/items?kind=statement&limit=4", [], ""
    while True:
        answer = caller.get(f"{at}&cursor={cursor}").json()
        found += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            break
    assert [i["id"] for i in found] == [i.pk for i in document.items.filter(kind="statement").order_by("start", "pk")]
    sure = caller.get(f"/api/documents/{document.pk}/items?kind=statement&at_least=0.96").json()["items"]
    assert 0 < len(sure) < len(found)
    assert_problem(caller.get(f"/api/documents/{document.pk}/items?kind=wish"), 422, "parameters")


def test_an_item_is_proposed_accepted_opened_and_its_decisions_told(world: World) -> None:
    document, caller = hand_in(world), program(world, "decider")
    at = f"/api/items/{figure(document, '海绵钛产能').pk}"
    proposal = caller.get(f"{at}/proposal").json()
    assert (proposal["values"]["indicator"], proposal["values"]["value"], proposal["new_area"]) == ("sponge", "8", True)
    done = caller.post(f"{at}/accept", {"target": {"area": "panzhihua"}}, If_Match='"1"')
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    record = PlanTarget.objects.get(pk=done.json()["record_id"])
    assert (done.json()["register"], record.area, record.history.first().history_door) == (
        "targets",
        "panzhihua",
        "api",
    )
    assert_problem(caller.post(f"{at}/accept", {"version": 1}), 409, "stale")
    assert_problem(caller.post(f"{at}/correct", {"version": 2, "values": {"low": "x"}}), 403, "refused")
    opened = caller.post(f"{at}/reopen", {"version": 2, "reason": "看错"}).json()
    assert (opened["state"], opened["record_id"]) == ("open", None)
    assert_problem(caller.post(f"{at}/correct", {"version": 3, "values": {"low": "x"}}), 422, "invalid")
    assert [d["act"] for d in caller.get(f"{at}/decisions").json()] == ["reopen", "accept"]


def test_many_at_once_by_one_key_and_back(world: World) -> None:
    document, caller = hand_in(world), program(world, "decider")
    body = {"kind": "statement", "at_least": 0.9}
    first = caller.post(f"/api/documents/{document.pk}/accept", body, Idempotency_Key="a").json()
    again = caller.post(f"/api/documents/{document.pk}/accept", body, Idempotency_Key="a")
    assert again.json() == first
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first["accepted"] == PlanTarget.objects.filter(document_ref=document.pk).count() > 5
    assert caller.post("/api/items/undo", {"batch": first["batch"]}).json() == {"opened": first["accepted"]}
    assert_problem(caller.post("/api/items/undo", {"batch": "none"}), 404, "not-found")


def test_splitting_merging_and_adding(world: World) -> None:
    document, caller = hand_in(world), program(world, "decider")
    item = figure(document, "海绵钛产能")
    parts = caller.post(f"/api/items/{item.pk}/split", {"version": 1, "parts": [{"low": "5"}, {"low": "3"}]})
    ids = [p["id"] for p in parts.json()["items"]]
    merged = caller.post("/api/items/merge", {"items": ids, "versions": [1, 1], "values": {"low": "8"}})
    assert (merged.status_code, merged.json()["values"]["low"], merged.json()["came_from"]) == (201, "8", ids)
    given = {"kind": "duty", "start": 0, "end": 3, "values": {"task": "示例任务", "lead": ["市经信局"]}}
    added = caller.post(f"/api/documents/{document.pk}/items", given)
    assert (added.status_code, added.json()["by_reader"]) == (201, False)
    assert_problem(caller.post(f"/api/documents/{document.pk}/items", given | {"end": 10**6}), 422, "invalid")


def test_editions_checks_and_pack(world: World) -> None:
    first, caller = hand_in(world), program(world, "decider")
    second = hand_in(world, text=PLAN.replace("180万吨", "200万吨"), name="修订版.txt", edition_of=first.pk)
    diff = caller.get(f"/api/documents/{first.pk}/diff/{second.pk}").json()
    assert [(i["change"], i["fields"]) for i in diff["items"] if i["change"] != "same"] == [
        ("changed", ["low", "high"])
    ]
    assert diff["lines"] == [{"change": "changed", "old_from": 9, "old_to": 9, "new_from": 9, "new_to": 9}]
    assert set(caller.get(f"/api/documents/{first.pk}/checks").json()) == {"document", "region"}
    assert_problem(caller.get(f"/api/documents/{first.pk}/pack.zip"), 403, "refused")
    caller.post(f"/api/documents/{first.pk}/accept", {"kind": "statement", "at_least": 0})
    answer = caller.get(f"/api/documents/{first.pk}/pack.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {n.rsplit("/", 1)[1] for n in archive.namelist()} >= {"pack.toml", "targets.csv", "figures.csv"}


@pytest.mark.parametrize(
    "body",
    [{}, {"values": 1}, {"version": 1}, {"version": 1, "values": {"low": {"a": [1]}}}, {"version": "x", "values": {}}],
)
def test_bodies_that_cannot_be_are_refused(world: World, body: Any) -> None:
    document, caller = hand_in(world), program(world, "decider")
    answer = caller.post(f"/api/items/{figure(document, '海绵钛产能').pk}/correct", body)
    assert answer.status_code == 422, answer.content
    assert json.loads(answer.content)["code"]
