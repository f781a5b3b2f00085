"""Pages of the registers: what each reader sees and may do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from oreflow.console.cases.models import CaseFile
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS

from ..world import World

HOSTILE = "示例<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def url(name: str, world: World, key: str = "equipment", who: str = "alpha", *more: Any) -> str:
    record = world.organisations[who] if key == "enterprises" else world.records[f"{who}-{key}"]
    return reverse(name, args=(key, record.pk, *more))


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", list(REGISTERS))
def test_every_list_opens_and_shows_what_is_within_reach(world: World, key: str, language: str) -> None:
    for person in ("clerk", "decider", "minister", "acceptor", "stranger", "system"):
        response = world.client(person, language).get(reverse("register", args=(key,)))
        assert response.status_code == 200, (key, person)
    page = text(world.client("clerk").get(reverse("register", args=("equipment",))))
    assert url("record", world) in page
    assert url("record", world, who="beta") not in page


@pytest.mark.parametrize("name", ["record", "record-edit", "record-end", "record-history"])
@pytest.mark.parametrize("person", ["rival", "far", "stranger"])
def test_the_pages_of_others_are_absent(world: World, name: str, person: str) -> None:
    client = world.client(person)
    assert client.get(url(name, world)).status_code == 404
    assert client.get(reverse(name, args=("equipment", 10**9))).status_code == 404
    assert client.get(reverse(name, args=("nothing", 1))).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(world: World, en: Any) -> None:
    for address in (reverse("registers"), reverse("fields"), reverse("confirm"), url("record", world)):
        response = en.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("sign-in"))


def test_a_record_shows_its_fields_with_their_origin_and_what_belongs_to_it(world: World) -> None:
    page = text(world.client("clerk").get(url("record", world, "enterprises")))
    for key in ("facility", "equipment", "product", "licence"):
        found = world.records[f"alpha-{key}"]
        plural = {"facility": "facilities", "equipment": "equipment", "product": "products", "licence": "licences"}[key]
        assert reverse("record", args=(plural, found.pk)) in page
    assert "business licence" in page
    assert "Safety risk level" in page


def test_hidden_fields_are_absent_for_other_duties(world: World) -> None:
    assert "Annual tax paid" not in text(world.client("environment").get(url("record", world, "enterprises")))
    assert "Annual tax paid" in text(world.client("decider").get(url("record", world, "enterprises")))


def test_the_side_panel_gets_the_record_without_the_frame(world: World) -> None:
    client = world.client("clerk")
    page = text(client.get(url("record", world), headers={"HX-Target": "panel-body"}))
    assert "<html" not in page
    assert "示例1号高炉" in page


def test_names_with_markup_are_shown_as_written_everywhere(world: World) -> None:
    Equipment.objects.filter(pk=world.records["alpha-equipment"].pk).update(name=HOSTILE, maker=HOSTILE, words=" x ")
    record = Equipment.objects.get(pk=world.records["alpha-equipment"].pk)
    record._change_reason = HOSTILE
    record.save()
    client = world.client("clerk")
    for name in ("record", "record-edit", "record-end", "record-history"):
        page = text(client.get(url(name, world)))
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
    pages = [
        client.get(reverse("register", args=("equipment",))),
        client.get(url("record", world, "enterprises")),
        client.get(reverse("register", args=("equipment",)), {"q": HOSTILE, "type": HOSTILE, "as_of": HOSTILE}),
        client.post(url("record-edit", world), {"version": "1", "name": HOSTILE * 9, "reason": HOSTILE}),
    ]
    for response in pages:
        assert "<script>alert" not in text(response)
        assert "<img src=x" not in text(response)


def test_a_form_says_who_keeps_a_field_and_what_waits(world: World) -> None:
    page = text(world.client("clerk").get(url("record-edit", world, "enterprises")))
    assert "is kept by the authorities" in page
    assert 'name="hazard_level"' not in page
    assert "waits for approval" in page
    decider = text(world.client("decider").get(url("record-edit", world, "enterprises")))
    assert 'name="hazard_level"' in decider
    assert "waits for approval" not in decider


def test_saving_splits_what_is_direct_from_what_waits(world: World) -> None:
    record, client = world.records["alpha-equipment"], world.client("clerk")
    given = {"version": "1", "maker": "示例机械厂", "size": "１３５０", "reason": "核对铭牌"}
    response = client.post(url("record-edit", world), given, follow=True)
    case = CaseFile.objects.get(register="equipment", record_id=record.pk)
    page = text(response)
    assert reverse("case", args=(case.pk,)) in page
    assert "示例机械厂" in page
    record.refresh_from_db()
    assert record.maker == "示例机械厂"
    assert str(record.size) == "1200.0000"
    assert case.payload["changes"] == {"size": {"from": "1200", "to": "1350"}}


def test_every_problem_stands_with_its_field_and_in_the_summary(world: World) -> None:
    given = {"version": "1", "size": "1,350", "name": "", "commissioned": "2026-02-30"}
    response = world.client("clerk").post(url("record-edit", world), given)
    page = text(response)
    assert response.status_code == 422
    for name in ("size", "name", "commissioned", "reason"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}"' in page
    assert 'value="1,350"' in page
    assert world.records["alpha-equipment"].history.count() == 1


def test_a_conflict_shows_all_three_values_and_lays_mine_over(world: World) -> None:
    record = world.records["alpha-equipment"]
    edit = url("record-edit", world)
    world.client("decider").post(edit, {"version": "1", "maker": "甲厂", "reason": "一"})
    mine = {"version": "1", "maker": "乙厂", "model": "M-1", "reason": "二"}
    response = world.client("clerk").post(edit, mine)
    page = text(response)
    assert response.status_code == 409
    assert "甲厂" in page
    assert "乙厂" in page
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("<section")[1]))
    hidden.pop("csrfmiddlewaretoken", None)
    assert hidden == {"version": "2", "maker": "乙厂", "model": "M-1", "reason": "二"}
    assert world.client("clerk").post(edit, hidden).status_code == 302
    record.refresh_from_db()
    assert (record.maker, record.model, record.version) == ("乙厂", "M-1", 3)


def test_a_new_record_is_prefilled_and_its_attributes_follow_the_type(world: World) -> None:
    client, new = world.client("clerk"), reverse("register-new", args=("equipment",))
    page = text(client.get(new))
    alpha = world.organisations["alpha"]
    assert f'value="{alpha.area_code}"' in page
    given = {
        "number": "E-7", "name": "示例2号矿热炉", "type": "submerged-arc-furnace", "size": "33000",
        "status": "operating", "organisation": str(alpha.pk), "area_code": alpha.area_code,
        "attributes.type": "submerged-arc-furnace", "attributes.alloy": "ferrosilicon",
        "attributes.power_consumption": "8300", "attributes.mechanised_automated": "true",
        "attributes.sinter_area": "9",
    }  # fmt: skip
    refreshed = text(client.post(new, {**given, "refresh": "1"}))
    assert 'name="attributes.power_consumption"' in refreshed
    assert not Equipment.objects.filter(number="E-7").exists()
    assert client.post(new, given).status_code == 302
    record = Equipment.objects.get(number="E-7")
    assert record.attributes == {"alloy": "ferrosilicon", "power_consumption": "8300", "mechanised_automated": True}
    shown = text(client.get(reverse("record", args=("equipment", record.pk))))
    assert "kWh/t" in shown
    assert "8,300" in shown
    partial = text(client.get(reverse("register-attributes", args=("equipment",)), {"type": "blast-furnace"}))
    assert 'name="attributes.bf_product"' in partial


def test_who_may_not_add_is_told_why(world: World) -> None:
    page = world.client("clerk").get(reverse("register", args=("enterprises",)))
    assert "are entered by the authorities or the park" in text(page)
    assert world.client("clerk").get(reverse("register-new", args=("enterprises",))).status_code == 403
    assert world.client("looker").get(reverse("register-new", args=("equipment",))).status_code == 403


def test_ending_asks_for_a_day_and_a_reason(world: World) -> None:
    client = world.client("clerk")
    assert client.post(url("record-end", world), {"version": "1", "on": "", "reason": ""}).status_code == 422
    done = client.post(url("record-end", world), {"version": "1", "on": "2026-03-02", "reason": "拆除"}, follow=True)
    assert "ended 2026-03-02" in text(done)
    listed = reverse("register", args=("equipment",))
    assert url("record", world) not in text(client.get(listed))
    assert url("record", world) in text(client.get(listed, {"as_of": "2026-03-01"}))


def test_history_says_who_when_why_and_what_and_brings_it_back(world: World) -> None:
    client, record = world.client("clerk"), world.records["alpha-equipment"]
    client.post(url("record-edit", world), {"version": "1", "maker": "甲厂", "reason": "核对铭牌"})
    page = text(client.get(url("record-history", world)))
    for said in ("核对铭牌", "甲厂", "clerk", "示例钒钛冶炼厂", "Maker"):
        assert said in page
    first = record.history.order_by("history_id").first()
    restore = url("record-restore", world, "equipment", "alpha", first.history_id)
    assert "甲厂" in text(client.get(restore))
    assert client.post(restore, {"version": "2", "reason": ""}).status_code == 422
    assert client.post(restore, {"version": "2", "reason": "填错"}).status_code == 302
    record.refresh_from_db()
    assert (record.maker, record.version) == ("", 3)
    assert world.client("rival").get(restore).status_code == 404
    other = world.records["beta-equipment"].history.first().history_id
    assert client.get(url("record-restore", world, "equipment", "alpha", other)).status_code == 404


def test_history_hides_fields_of_other_duties(world: World) -> None:
    alpha, edit = world.organisations["alpha"], url("record-edit", world, "enterprises")
    world.client("decider").post(edit, {"version": "1", "tax": "987654", "reason": "年报"})
    alpha.refresh_from_db()
    assert alpha.version == 2
    history = url("record-history", world, "enterprises")
    assert "987,654" in text(world.client("clerk").get(history))
    assert "987,654" not in text(world.client("environment").get(history))


def test_a_record_of_an_earlier_day(world: World) -> None:
    record = world.records["alpha-equipment"]
    record.history.update(history_date="2026-02-20T02:00:00Z")
    world.client("clerk").post(url("record-edit", world), {"version": "1", "maker": "甲厂", "reason": "一"})
    client = world.client("clerk")
    past = text(client.get(url("record", world), {"as_of": "2026-02-25"}))
    assert "as it stood" in past
    assert "甲厂" not in past
    assert "was not there yet" in text(client.get(url("record", world), {"as_of": "2026-01-01"}))
    assert client.get(url("record", world), {"as_of": "1' OR 1=1"}).status_code == 200


def test_the_register_of_fields_names_owner_source_and_class(world: World) -> None:
    client = world.client("clerk")
    page = text(client.get(reverse("fields"), {"register": "enterprises"}))
    for said in ("Annual tax paid", "the authorities", "important", "taxation"):
        assert said in page
    assert client.get(reverse("fields"), {"format": "csv"}).content.startswith(b"\xef\xbb\xbf")
    assert client.get(reverse("fields"), {"format": "xlsx"}).status_code == 200
    assert client.get(reverse("fields"), {"format": "exe"}).status_code == 404


def test_confirmation_holds_until_the_value_changes(world: World) -> None:
    client, alpha = world.client("clerk"), world.organisations["alpha"]
    confirm = reverse("confirm")
    assert "never confirmed" in text(client.get(confirm))
    assert client.post(confirm, {"version": "1"}).status_code == 409
    done = client.post(confirm, {"version": "1", "confirm": ["phone", "address", "nothing"]}, follow=True)
    assert "2 fields were confirmed" in text(done)
    client.post(url("record-edit", world, "enterprises"), {"version": "1", "phone": "0812-1", "reason": "换号"})
    page = text(client.get(confirm))
    assert "changed since confirmation" in page
    assert client.post(confirm, {"version": "1", "confirm": ["phone"]}).status_code == 409
    overview = text(world.client("decider").get(confirm))
    assert "1 of " in overview
    assert alpha.name in overview
    detail = reverse("confirmed", args=(alpha.pk,))
    assert "changed since confirmation" in text(world.client("decider").get(detail))
    assert world.client("rival").get(detail).status_code == 404
    assert world.client("stranger").get(detail).status_code == 404
    assert world.client("looker").post(confirm, {"version": "2", "confirm": ["phone"]}).status_code == 403


def test_the_same_confirmation_through_the_data_interface(world: World) -> None:
    client = world.client("clerk")
    said = client.get("/api/confirmations").json()
    assert {line["standing"] for line in said["lines"]} == {"never"}
    asked = {"version": said["version"], "fields": ["phone", "address"]}
    done = client.post("/api/confirmations", asked, content_type="application/json").json()
    assert [li["field"] for li in done["lines"] if li["standing"] == "confirmed"] == ["address", "phone"]
    stale = client.post("/api/confirmations", asked | {"version": 9}, content_type="application/json")
    assert stale.status_code == 409
    assert world.client("decider").get("/api/confirmations").status_code == 404
    assert world.client("looker").post("/api/confirmations", asked, content_type="application/json").status_code == 403
