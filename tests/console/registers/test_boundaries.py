"""Nobody widens its own sight, places a record where others answer, or learns a name by typing an id."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from oreflow.console.people.models import Organisation, Park
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.registers import access, actions
from oreflow.console.registers.models import Attachment, Equipment, Facility, ImportLine
from oreflow.console.registers.registry import REGISTERS
from oreflow.core.codes import make_uscc

from ..world import CITY, COUNTY, ELSEWHERE, PROVINCE, STAMPS, World
from .test_import import HEAD, machine, problems, table, uploaded

ENTERPRISES, EQUIPMENT, ORGANISATIONS, PARKS = (
    REGISTERS[key] for key in ("enterprises", "equipment", "organisations", "parks")
)
MACHINE = {"number": "E-9", "name": "示例2号转炉", "type": "converter", "size": "120", "status": "operating"}


def enterprise(**changes: str) -> dict[str, str]:
    code = make_uscc("9", "1", COUNTY, 1)
    return {"name": "示例新材料厂", "uscc": code, "kind": "smelting", "area_code": COUNTY, **changes}


def other_park() -> Park:
    return Park.objects.create(code="P-02", name="示例别处园区", level="city", area_code="510402", **STAMPS)


def changed(world: World, person: str, register: Any, record: Any, values: dict[str, str]) -> Any:
    record.refresh_from_db()
    return actions.change(
        register, world.viewer(person), record.pk, record.version, values, door="api", reason="示例"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [("area_code", PROVINCE), ("kind", "ministry"), ("duty", "taxation"), ("name", "示例省经信厅"), ("park", "P-01")],
)
def test_no_authority_sets_how_far_it_sees_itself(world: World, field: str, value: str) -> None:
    city = world.organisations["city"]
    with pytest.raises(Refused):
        changed(world, "decider", ORGANISATIONS, city, {field: value})
    with pytest.raises(Refused):
        changed(world, "decider", ORGANISATIONS, world.organisations["environment"], {field: value})
    city.refresh_from_db()
    assert (city.area_code, city.kind, city.version) == (CITY, "bureau", 1)
    assert changed(world, "system", ORGANISATIONS, city, {"duty": "energy"}).record.version == 2
    assert changed(world, "decider", ORGANISATIONS, city, {"phone": "0812-0000000"}).record.version == 3


def test_an_enterprise_moves_no_park_and_touches_none_of_its_files(world: World) -> None:
    park, viewer = world.parks["park"], world.viewer("clerk")
    assert access.find(PARKS, viewer, park.pk) == park
    with pytest.raises(Refused):
        changed(world, "clerk", PARKS, park, {"area_code": ELSEWHERE})
    kept = Attachment.objects.create(
        register="parks", record_id=park.pk, name="x.txt", media_type="text/plain", size=1, sha256="0" * 64,
        added_at=STAMPS["created_at"],
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.detach(PARKS, viewer, park.pk, kept.pk, "示例")
    with pytest.raises(Refused):
        actions.attach(PARKS, viewer, park.pk, "x.txt", __import__("io").BytesIO(b"x"))
    assert access.why_not_attach(PARKS, world.viewer("acceptor")) is None
    assert access.why_not_attach(EQUIPMENT, viewer) is None


@pytest.mark.parametrize(
    ("person", "values", "wrong"),
    [
        ("decider", {"area_code": ELSEWHERE}, {"area_code"}),
        ("decider", {"area_code": PROVINCE}, {"area_code"}),
        ("acceptor", {"area_code": ELSEWHERE}, {"area_code"}),
        ("acceptor", {"park": ""}, {"park"}),
    ],
)
def test_enterprises_are_registered_within_the_creators_reach(
    world: World, person: str, values: dict[str, str], wrong: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create(ENTERPRISES, world.viewer(person), enterprise(**values), door="api")
    assert set(refused.value.problems) == wrong
    assert not Organisation.objects.filter(name="示例新材料厂").exists()


@pytest.mark.parametrize("person", ["decider", "acceptor", "system"])
def test_what_is_added_is_seen_by_who_added_it(world: World, person: str) -> None:
    record = actions.create(ENTERPRISES, world.viewer(person), enterprise(), door="page")
    assert access.find(ENTERPRISES, world.viewer(person), record.pk) == record
    assert (record.park == world.parks["park"]) is (person == "acceptor")


def test_the_installation_and_the_ministry_register_anywhere(world: World) -> None:
    for area in (ELSEWHERE, "110000"):
        assert actions.create(
            EQUIPMENT, world.viewer("system"),
            {**MACHINE, "number": area, "organisation": str(world.organisations["gamma"].pk), "area_code": area},
            door="page",
        )  # fmt: skip


def test_an_enterprise_places_its_machines_in_its_own_city(world: World) -> None:
    for area in (ELSEWHERE, PROVINCE, "510100"):
        with pytest.raises(Invalid) as refused:
            actions.create(EQUIPMENT, world.viewer("clerk"), {**MACHINE, "area_code": area}, door="api")
        assert set(refused.value.problems) == {"area_code"}
    assert actions.create(EQUIPMENT, world.viewer("clerk"), {**MACHINE, "area_code": "510402"}, door="api").park
    record = world.records["alpha-equipment"]
    with pytest.raises(Invalid):
        changed(world, "clerk", EQUIPMENT, record, {"area_code": ELSEWHERE})
    with pytest.raises(Invalid):
        changed(world, "clerk", ENTERPRISES, world.organisations["alpha"], {"area_code": ELSEWHERE})
    assert changed(world, "clerk", EQUIPMENT, record, {"area_code": "510402"}).record.area_code == "510402"


def test_nobody_moves_a_record_out_of_its_own_reach(world: World) -> None:
    record, park = world.records["alpha-equipment"], other_park()
    for values in ({"park": ""}, {"park": str(park.pk)}):
        with pytest.raises(Invalid):
            changed(world, "acceptor", EQUIPMENT, record, values)
    with pytest.raises(Invalid):
        changed(world, "decider", EQUIPMENT, record, {"area_code": ELSEWHERE})
    assert changed(world, "decider", EQUIPMENT, record, {"park": str(park.pk)}).record.park == park


@pytest.mark.parametrize("person", ["clerk", "decider", "acceptor"])
def test_a_file_places_nothing_out_of_reach_either(world: World, person: str) -> None:
    rows = [
        machine(world, "E-2", area_code=ELSEWHERE),
        machine(world, "E-1", name="示例1号高炉", type="blast-furnace", size="1200", area_code="520103"),
        machine(world, "E-3", area_code="510402"),
    ]
    run = uploaded(world, person, table(rows))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(2, "area_code"), (3, "area_code")]
    assert run.adds == 1
    assert not Equipment.objects.filter(area_code__startswith="52").exclude(organisation__name="示例远方矿业公司")


def test_a_park_imports_into_its_own_park_alone(world: World) -> None:
    other_park()
    rows = [[*machine(world, "E-2"), "P-01"], [*machine(world, "E-3"), ""], [*machine(world, "E-4"), "P-02"]]
    run = uploaded(world, "acceptor", table(rows, [*HEAD, "park"]))
    assert [(p["line"], p["field"]) for p in problems(run)] == [(3, "park"), (4, "park")]


def test_a_file_learns_nothing_of_a_record_out_of_reach(world: World) -> None:
    header = ["kind", "number", "organisation", "area_code"]
    beta, gamma = world.organisations["beta"], world.organisations["gamma"]
    said = []
    for owner in (beta, gamma):
        run = uploaded(world, "clerk", table([["safety", "示例-beta", owner.uscc, COUNTY]], header), "licences")
        said.append(sorted((p["field"], p["en"].replace(owner.uscc, "")) for p in problems(run)))
        assert ImportLine.objects.get(run=run).record_id is None
    assert said[0] == said[1]


def posted(world: World, **changes: str) -> dict[str, str]:
    alpha = world.organisations["alpha"]
    return {**MACHINE, "organisation": str(alpha.pk), "area_code": alpha.area_code, "version": "1", **changes}


def test_a_form_names_nothing_of_others_for_ids_that_are_typed(world: World) -> None:
    client, beta = world.client("clerk"), world.organisations["beta"]
    Organisation.objects.filter(pk=beta.pk).update(parent=beta)
    foreign = {"organisation": str(beta.pk), "park": str(other_park().pk)}
    foreign["facility"] = str(world.records["beta-facility"].pk)
    new = reverse("register-new", args=("equipment",))
    edit = reverse("record-edit", args=("equipment", world.records["alpha-equipment"].pk))
    own = reverse("record-edit", args=("enterprises", world.organisations["alpha"].pk))
    for address in (new, edit, own):
        for more in ({"refresh": "1"}, {"reason": "x"}, {"reason": "x", "version": "7"}, {"organisation": "²"}):
            response = client.post(address, {**posted(world, **foreign), "parent": str(beta.pk), **more})
            page = response.content.decode()
            assert response.status_code in (200, 409, 422), (address, response.status_code)
            assert "示例矿业公司" not in page, (address, more)
            assert "示例别处园区" not in page, (address, more)


def test_ids_that_are_no_numbers_are_no_failure(world: World) -> None:
    record, client = world.records["alpha-equipment"], world.client("clerk")
    record.history.update(history_type="~")
    restore = reverse("record-restore", args=("equipment", record.pk, record.history.get().history_id))
    for version in ("²", "0", "7"):
        assert client.post(restore, {"version": version, "reason": "x"}).status_code == 409
    edit = reverse("record-edit", args=("equipment", record.pk))
    for wrong in ("²", "9" * 30, "-1", "１"):
        sent = posted(world, version="7", facility=wrong, park=wrong, reason="x")
        assert client.post(edit, sent).status_code < 500


def test_a_park_chooses_only_facilities_that_it_sees(world: World) -> None:
    record = world.records["alpha-equipment"]
    Facility.objects.create(
        number="F-2", name="示例园外车间", kind="smelter", organisation=record.organisation, area_code=COUNTY, **STAMPS
    )
    edit = reverse("record-edit", args=("equipment", record.pk))
    assert "示例园外车间" not in world.client("acceptor").get(edit).content.decode()
    assert "示例园外车间" in world.client("clerk").get(edit).content.decode()
    with pytest.raises(Invalid):
        changed(world, "acceptor", EQUIPMENT, record, {"facility": "F-2"})
    standing = machine(world, "E-1", name="示例1号高炉", type="blast-furnace", size="1200")
    run = uploaded(world, "acceptor", table([[*standing, "F-2"]], [*HEAD, "facility"]))
    assert [p["field"] for p in problems(run)] == ["facility"]


def test_important_data_leaves_with_its_owner_and_the_authorities_only(world: World) -> None:
    alpha, beta = world.organisations["alpha"], world.organisations["beta"]
    Organisation.objects.filter(pk=beta.pk).update(parent=alpha, phone="0812-1234567")
    Organisation.objects.filter(pk=alpha.pk).update(kind="group")
    for person, leaves in (("clerk", False), ("rival", True), ("decider", True)):
        answer = world.client(person).get(reverse("register-export-csv", args=("enterprises",)))
        assert (b"0812-1234567" in b"".join(answer.streaming_content)) is leaves


def test_fields_kept_for_duties_are_neither_searched_nor_decided_in_cases() -> None:
    for register in REGISTERS.values():
        for field in register.fields:
            assert not (field.duties and (field.searched or field.approval)), (register.key, field.key)
