"""`Idempotency-Key`: sent again is answered again; another request under one key is an error; all within one write."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from oreflow.console import clock
from oreflow.console.operations.models import IdempotentAnswer
from oreflow.console.registers.models import Attachment, Equipment
from tests.console.world import World, make_world

from .tokens import Program, assert_problem, program, token

EQUIPMENT = "/api/registers/equipment"
BODY = {"number": "E-2", "name": "示例2号高炉", "type": "blast-furnace"}


def test_the_same_request_is_done_once(world: World) -> None:
    clerk = program(world, "clerk")
    first = clerk.post(EQUIPMENT, BODY, idempotency_key="k1")
    again = clerk.post(EQUIPMENT, BODY, idempotency_key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    for name in ("Location", "ETag"):
        assert first.headers[name] == again.headers[name]
    assert Equipment.objects.filter(number="E-2").count() == 1


def test_a_change_is_done_once_and_keeps_its_tag(world: World) -> None:
    clerk, record = program(world, "clerk"), world.records["alpha-equipment"]
    change = {"name": "示例改名高炉", "version": 1}
    answers = [clerk.patch(f"{EQUIPMENT}/{record.pk}", change, idempotency_key="k") for _ in range(3)]
    assert [a.status_code for a in answers] == [200] * 3
    assert {a.headers["ETag"] for a in answers} == {'"2"'}
    assert record.history.filter(history_door="api").count() == 1


def test_another_request_under_the_same_key_is_refused(world: World) -> None:
    clerk = program(world, "clerk")
    assert clerk.post(EQUIPMENT, BODY, idempotency_key="k").status_code == 201
    assert_problem(clerk.post(EQUIPMENT, {**BODY, "number": "E-3"}, idempotency_key="k"), 422, "idempotency")
    assert_problem(clerk.post("/api/registers/products", BODY, idempotency_key="k"), 422, "idempotency")
    assert not Equipment.objects.filter(number="E-3").exists()
    assert program(world, "rival").post(EQUIPMENT, BODY, idempotency_key="k").status_code == 201


def test_a_refused_write_leaves_nothing_and_may_be_mended(world: World) -> None:
    clerk = program(world, "clerk")
    assert_problem(clerk.post(EQUIPMENT, {**BODY, "size": "x"}, idempotency_key="k"), 422, "invalid")
    assert_problem(clerk.post(EQUIPMENT, {**BODY, "colour": "x"}, idempotency_key="k"), 422, "parameters")
    assert not IdempotentAnswer.objects.exists()
    assert clerk.post(EQUIPMENT, BODY, idempotency_key="k").status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 121, "é"])
def test_what_is_no_key(world: World, key: str) -> None:
    assert_problem(program(world, "clerk").post(EQUIPMENT, BODY, idempotency_key=key), 422, "idempotency")
    assert not Equipment.objects.filter(number="E-2").exists()


def test_a_password_told_once_is_not_kept(world: World) -> None:
    administrator = program(world, "alpha-admin")
    own = world.organisations["alpha"].pk
    body = {"username": "example-clerk", "name": "示例经办", "roles": ["clerk"], "organisation": own}
    first = administrator.post("/api/people", body, idempotency_key="k")
    assert first.status_code == 201, first.content
    password = first.json()["one_time_password"]
    assert password
    again = administrator.post("/api/people", body, idempotency_key="k").json()
    assert again == {**first.json(), "one_time_password": None}
    assert password not in str(IdempotentAnswer.objects.get().body)


def test_a_key_is_kept_for_a_week(world: World) -> None:
    clerk = program(world, "clerk")
    assert clerk.post(EQUIPMENT, BODY, idempotency_key="k").status_code == 201
    IdempotentAnswer.objects.update(at=clock.now() - timedelta(days=7, seconds=1))
    assert clerk.post(EQUIPMENT, {**BODY, "number": "E-3"}, idempotency_key="k").status_code == 201
    assert IdempotentAnswer.objects.count() == 1


def test_an_upload_is_recognised_by_its_content(world: World) -> None:
    clerk, record = program(world, "clerk"), world.records["alpha-equipment"]
    path = f"{EQUIPMENT}/{record.pk}/attachments"

    def upload(content: bytes) -> Any:
        file = SimpleUploadedFile("示例.txt", content)
        headers = {**clerk.headers, "idempotency-key": "k"}
        return clerk.client.post(path, {"file": file, "note": "示例"}, headers=headers)

    first, again = upload(b"one"), upload(b"one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert_problem(upload(b"two"), 422, "idempotency")
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_times_at_once_is_written_once() -> None:
    """One after the other where the database is one connection's; tests/faults/test_writers.py has it in a file."""
    raw = token(make_world(), "clerk")
    gate, answers = threading.Barrier(4), []

    def send() -> None:
        try:
            gate.wait(10)
            answers.append(Program(raw).post(EQUIPMENT, BODY, idempotency_key="k"))
        finally:
            connection.close()

    if connection.vendor == "postgresql":
        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        answers = [Program(raw).post(EQUIPMENT, BODY, idempotency_key="k") for _ in range(4)]
    assert [a.status_code for a in answers] == [201] * 4
    assert all(a.json() == answers[0].json() for a in answers)
    assert sorted(a.headers.get("Idempotency-Replayed", "") for a in answers) == ["", "true", "true", "true"]
    assert Equipment.objects.filter(number="E-2").count() == 1
