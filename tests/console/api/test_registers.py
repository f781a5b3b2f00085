"""The registers in the data interface: lists, records, changes, histories, files; nobody sees another's."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oreflow.console import clock
from oreflow.console.api import api
from oreflow.console.cases.models import CaseFile
from oreflow.console.people.models import Organisation
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS
from tests.console.world import STAMPS, World

from .tokens import assert_problem, program

BASE = "/api/registers"
EQUIPMENT = f"{BASE}/equipment"
RECORDS = {
    "facilities": "facility", "equipment": "equipment", "products": "product", "licences": "licence",
    "targets": "target", "chain-links": "chain-link", "clauses": "clause", "tasks": "task", "projects": "project",
}  # fmt: skip
PEOPLE = (
    "minister",
    "decider",
    "acceptor",
    "clerk",
    "rival",
    "far",
    "stranger",
    "looker",
    "reviewer",
    "nobody",
    "system",
)


@pytest.mark.parametrize("key", REGISTERS)
def test_lists_hold_what_the_register_shows(world: World, key: str) -> None:
    from oreflow.console.registers.access import visible_to

    for person in PEOPLE:
        seen = {row["id"] for row in world.client(person).get(f"{BASE}/{key}?limit=500").json()["items"]}
        assert seen == set(
            visible_to(REGISTERS[key], world.viewer(person), clock.today()).values_list("pk", flat=True)
        ), person


def foreign_paths(world: World) -> list[tuple[str, str, Any]]:
    """Every address about one record, with the method and a body that would do."""
    record = {key: world.records[f"beta-{word}"].pk for key, word in RECORDS.items()}
    record |= {"enterprises": world.organisations["beta"].pk, "organisations": world.organisations["city"].pk}
    record |= {"parks": world.parks["park"].pk}
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        parts = path.split("/")
        if not path.startswith(f"{BASE}/") or "{record_id}" not in path:
            continue
        at = path.replace("{record_id}", str(record[parts[3]])).replace("{attachment_id}", "1")
        bodies = {"patch": {"version": 1}, "post": {"reason": "示例", "on": "2026-01-01", "version": 1}}
        if path.endswith("/remove"):
            bodies["post"] = {"reason": "示例"}
        if path.endswith("/attachments"):
            bodies["post"] = SimpleUploadedFile("a.txt", b"a")
        found += [(method.upper(), at, bodies.get(method)) for method in methods]
    return found


def test_foreign_ids_answer_as_absent(world: World) -> None:
    far = program(world, "far")  # an enterprise of another city: none of these records is within its reach
    paths = foreign_paths(world)
    assert len(paths) >= 8 * len(REGISTERS)
    for method, path, body in paths:
        if isinstance(body, SimpleUploadedFile):
            response = far.client.post(path, {"file": body}, headers=far.headers)
        else:
            response = far.send(method, path, body)
        absent = assert_problem(response, 404, "not-found")
        nowhere = path.replace(path.split("/")[4], "987654321", 1)
        if method == "GET":
            assert assert_problem(far.get(nowhere), 404, "not-found") == absent, path


def test_a_record_of_an_other_may_not_be_pointed_to(world: World) -> None:
    clerk = program(world, "clerk")
    beta = world.records["beta-facility"].pk
    record = world.records["alpha-equipment"]
    said = assert_problem(clerk.patch(f"{EQUIPMENT}/{record.pk}", {"version": 1, "facility": beta}), 422, "invalid")
    absent = assert_problem(clerk.patch(f"{EQUIPMENT}/{record.pk}", {"version": 1, "facility": 10**9}), 422, "invalid")
    assert set(said["problems"]) == set(absent["problems"]) == {"facility"}
    body = {"number": "E-5", "name": "x", "type": "blast-furnace", "organisation": world.organisations["beta"].pk}
    assert_problem(clerk.post(EQUIPMENT, body), 422, "invalid")
    assert not Equipment.objects.filter(number="E-5").exists()


def test_filters_search_and_order(world: World) -> None:
    decider = program(world, "decider")
    owner = world.organisations["alpha"]
    for number, (name, status) in enumerate([("示例二号转炉", "operating"), ("示例三号电炉", "retired")]):
        Equipment.objects.create(
            number=f"X-{number}", name=name, status=status, type="converter", organisation=owner, area_code="510499",
            size=f"{number + 1}.5", words=f" {name[2:4]} ", valid_from=date(2020, 1, 1),
            valid_to=date(2026, 1, 1) if number else None, **STAMPS,
        )  # fmt: skip

    def names(query: str, day: str = "2025-06-01") -> list[str]:
        response = decider.get(f"{EQUIPMENT}?{query}&as_of={day}")
        assert response.status_code == 200, response.content
        return [row["number"] for row in response.json()["items"]]

    assert names("status=retired") == ["X-1"]
    assert names("type=converter&sort=-size") == ["X-1", "X-0"]
    assert names("type=converter", "2026-02-01") == ["X-0"]
    assert names(f"organisation={owner.pk}&sort=number") == ["E-1", "X-0", "X-1"]
    assert names("area_code=510499&sort=number") == ["X-0", "X-1"]
    assert len(names("area_code=510400")) == len(names("area_code=510000")) == 4
    assert names(f"park={world.parks['park'].pk}") == ["E-1", "E-1"]
    path = f"{EQUIPMENT}?as_of=2025-06-01&limit=1"
    first = decider.get(f"{path}&type=converter&sort=size").json()
    assert [r["size"] for r in first["items"]] == ["1.5"]
    second = decider.get(f"{path}&type=converter&sort=size&cursor={first['next']}").json()
    assert [r["size"] for r in second["items"]] == ["2.5"]
    assert second["next"] is None
    assert_problem(
        decider.get(f"{path}&type=converter&sort=-size&cursor={first['next']}"),
        422,
        "cursor",
    )
    assert_problem(decider.get(f"{path}&sort=size&cursor={first['next']}"), 422, "cursor")


def test_fields_of_other_duties_are_absent(world: World) -> None:
    Organisation.objects.filter(pk=world.organisations["alpha"].pk).update(revenue="123.45", hazard_level="red")
    path = f"{BASE}/enterprises/{world.organisations['alpha'].pk}"
    own, industry, environment = (program(world, p).get(path).json() for p in ("clerk", "decider", "environment"))
    assert own["revenue"] == industry["revenue"] == "123.45"
    assert own["hazard_level"] == "red"
    assert "revenue" not in environment
    assert "hazard_level" not in environment
    fields = {r["key"]: {f["key"] for f in r["fields"]} for r in program(world, "environment").get(BASE).json()}
    assert "revenue" not in fields["enterprises"]
    assert_problem(program(world, "environment").get(f"{BASE}/enterprises?sort=employees"), 422, "parameters")
    history = program(world, "environment").get(f"{path}/history").json()
    assert "revenue" not in json.dumps(history)


def test_a_record_is_made_changed_and_ended(world: World) -> None:
    clerk = program(world, "clerk")
    made = clerk.post(
        EQUIPMENT,
        {"number": "E-7", "name": "示例7号高炉", "type": "blast-furnace", "size": "1080.5", "reason": "新建",
         "facility": world.records["alpha-facility"].pk, "commissioned": "2020-05-01"},
    )  # fmt: skip
    assert made.status_code == 201, made.content
    body, path = made.json(), made.headers["Location"]
    assert path == f"{EQUIPMENT}/{body['id']}"
    assert (body["size"], body["area_code"], body["version"]) == ("1080.5", "510411", 1)
    assert body["organisation"] == {"id": world.organisations["alpha"].pk, "name": "示例钒钛冶炼厂"}
    changed = clerk.patch(path, {"maker": "示例重工", "reason": "补录"}, if_match=made.headers["ETag"])
    assert changed.json()["record"]["maker"] == "示例重工"
    assert changed.json()["waiting"] == {}
    assert_problem(clerk.patch(path, {"maker": "x"}, if_match='"1"'), 409, "stale")
    assert_problem(clerk.patch(path, {"maker": "x"}), 422, "parameters")
    assert_problem(clerk.patch(path, {"maker": "x", "version": 2}, if_match='"1"'), 422, "parameters")
    assert_problem(clerk.patch(path, {"maker": "x"}, if_match="*"), 422, "parameters")
    ended = clerk.post(f"{path}/end", {"on": "2027-01-01", "reason": "拆除", "version": 2})
    assert ended.json()["valid_to"] == "2027-01-01"
    assert_problem(clerk.post(f"{path}/end", {"on": "2027-01-01", "reason": "拆除", "version": 3}), 403, "refused")
    history = clerk.get(f"{path}/history").json()["items"]
    assert [(e["kind"], e["version"], e["door"], e["reason"]) for e in history] == [
        ("changed", 3, "api", "拆除"), ("changed", 2, "api", "补录"), ("created", 1, "api", "新建"),
    ]  # fmt: skip
    assert history[1]["changes"] == [{"field": "maker", "before": "", "after": "示例重工"}]
    assert {"field": "size", "before": "", "after": "1080.5"} in history[2]["changes"]


def test_history_comes_in_pages(world: World) -> None:
    clerk, record = program(world, "clerk"), world.records["alpha-equipment"]
    path = f"{EQUIPMENT}/{record.pk}"
    for version in range(1, 5):
        assert clerk.patch(path, {"maker": f"示例{version}", "version": version}).status_code == 200
    whole = clerk.get(f"{path}/history").json()["items"]
    first = clerk.get(f"{path}/history?limit=2").json()
    rest = clerk.get(f"{path}/history?limit=500&cursor={first['next']}").json()
    assert first["items"] + rest["items"] == whole
    assert len(whole) == 5
    other = program(world, "rival")
    foreign = f"{EQUIPMENT}/{world.records['beta-equipment'].pk}/history?cursor={first['next']}"
    assert_problem(other.get(foreign), 422, "cursor")


def test_a_change_that_needs_approval_waits_in_a_case(world: World) -> None:
    clerk, record = program(world, "clerk"), world.records["alpha-equipment"]
    path = f"{EQUIPMENT}/{record.pk}"
    changed = clerk.patch(path, {"maker": "示例重工", "size": "1500", "version": 1, "reason": "扩容"}).json()
    assert changed["record"]["maker"] == "示例重工"
    assert changed["record"]["size"] == "1200"
    assert changed["waiting"] == {"size": "1500"}
    assert changed["case"] == CaseFile.objects.get().number


def test_files_are_kept_read_and_removed(world: World) -> None:
    clerk, record = program(world, "clerk"), world.records["alpha-equipment"]
    path = f"{EQUIPMENT}/{record.pk}/attachments"
    content = "示例说明\n".encode()
    sent = {"file": SimpleUploadedFile("../说明.exe", content), "note": "示例"}
    kept = clerk.client.post(path, sent, headers=clerk.headers)
    assert kept.status_code == 201, kept.content
    assert kept.json()["name"] == "说明.exe.txt"
    assert clerk.get(path).json() == [kept.json()]
    download = clerk.get(kept.headers["Location"])
    assert b"".join(download.streaming_content) == content
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert_problem(program(world, "rival").get(kept.headers["Location"]), 404, "not-found")
    looker = program(world, "looker")
    assert_problem(looker.post(f"{kept.headers['Location']}/remove", {"reason": "x"}), 403, "refused")
    assert_problem(clerk.post(f"{kept.headers['Location']}/remove", {"reason": ""}), 422, "parameters")
    assert clerk.post(f"{kept.headers['Location']}/remove", {"reason": "错件"}).status_code == 200
    assert clerk.get(path).json() == []
    assert_problem(clerk.get(kept.headers["Location"]), 404, "not-found")
    bad = clerk.client.post(path, {"file": SimpleUploadedFile("a.txt", b"\x00\x01")}, headers=clerk.headers)
    assert set(assert_problem(bad, 422, "invalid")["problems"]) == {"file"}


def test_the_register_of_fields_says_everything(world: World) -> None:
    registers = program(world, "clerk").get(BASE).json()
    assert [r["key"] for r in registers] == list(REGISTERS)
    equipment = next(r for r in registers if r["key"] == "equipment")
    assert equipment["may_create"]
    size = next(f for f in equipment["fields"] if f["key"] == "size")
    assert (size["kind"], size["approval"], size["decimals"]) == ("decimal", True, 4)
    enterprises = next(r for r in registers if r["key"] == "enterprises")
    hazard = next(f for f in enterprises["fields"] if f["key"] == "hazard_level")
    assert hazard["choices"][0] == {"value": "red", "label": {"zh": "红", "en": "red"}}
    assert not enterprises["may_create"]
    assert enterprises["why_not_create"]["zh"]


@pytest.mark.parametrize("key", REGISTERS)
def test_the_description_holds_every_field(key: str) -> None:
    from oreflow.console.registers.api_schemas import singular

    schemas = api.get_openapi_schema()["components"]["schemas"]
    for form in ("Out", "In", "Change"):
        properties = schemas[f"{singular(key)}{form}"]["properties"]
        for field in REGISTERS[key].fields:
            said = properties[field.key]
            assert said["x-class"] == field.data_class.value
            assert said.get("x-unit", "") == field.unit
            assert field.label.en in said["description"]
