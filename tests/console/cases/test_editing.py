"""What a draft asks for, edited on its page: attributes by the inputs of their type; types that drop attributes."""

from __future__ import annotations

from typing import Any

import pytest

from oreflow.console.cases.models import CaseFile
from oreflow.console.registers import actions
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import EQUIPMENT

from ..world import World
from .spine import on, opened, take

STANDING = {"bf_product": "foundry_pig_iron", "meets_safety_standard": True}


@pytest.fixture
def furnace(world: World) -> World:
    """The world, where the furnace has attributes."""
    row = world.records["alpha-equipment"]
    row.attributes = dict(STANDING)
    row.save()
    return world


def asked(case: CaseFile) -> dict[str, Any]:
    """The changes that a case asks for now."""
    case.refresh_from_db()
    return dict(case.payload["changes"])


def posted(case: CaseFile, **more: str) -> dict[str, str]:
    """The edit form as its page has it, with some inputs changed."""
    case.refresh_from_db()
    form = {
        "version": str(case.version), "type": "blast-furnace", "size": "1350", "commissioned": "", "retired": "",
        "note": "", "attributes.type": "blast-furnace", "attributes.bf_product": "foundry_pig_iron",
        "attributes.supports_short_process_foundry": "", "attributes.meets_environment_standard": "",
        "attributes.meets_energy_standard": "", "attributes.meets_safety_standard": "true",
    }  # fmt: skip
    return {**form, **{key.replace("__", "."): value for key, value in more.items()}}


def test_attributes_have_the_inputs_of_the_type(furnace: World) -> None:
    with on(0):
        case, clerk = opened(furnace), furnace.client("clerk")
        address = f"/cases/{case.pk}/edit"
        page = clerk.get(address).content.decode()
        assert 'name="attributes.bf_product"' in page
        assert '<option value="foundry_pig_iron" selected>' in page
        assert "name=value" not in page
        assert clerk.post(address, posted(case)).status_code == 302
        assert set(asked(case)) == {"size"}  # what stands is not asked for
        changed = posted(case, attributes__bf_product="steelmaking_pig_iron", attributes__meets_safety_standard="false")
        assert clerk.post(address, changed).status_code == 302
        wanted = {"bf_product": "steelmaking_pig_iron", "meets_safety_standard": False}
        assert asked(case)["attributes"] == {"from": STANDING, "to": wanted}
        assert '<option value="steelmaking_pig_iron" selected>' in clerk.get(address).content.decode()
        assert clerk.post(address, posted(case)).status_code == 302
        assert set(asked(case)) == {"size"}  # taken out of the case again


def test_what_an_attribute_cannot_be_is_said(furnace: World) -> None:
    with on(0):
        case, clerk = opened(furnace), furnace.client("clerk")
        answer = clerk.post(f"/cases/{case.pk}/edit", posted(case, attributes__bf_product="gold"))
        assert answer.status_code == 422
        assert "gold" in answer.content.decode()
        assert set(asked(case)) == {"size"}


def test_another_type_in_a_draft_has_its_own_inputs_and_drops_what_it_does_not_know(furnace: World) -> None:
    with on(0):
        case, clerk = opened(furnace), furnace.client("clerk")
        address, other = f"/cases/{case.pk}/edit", posted(case, type="converter", size="120")
        page = clerk.post(address, {**other, "refresh": "1"}).content.decode()
        assert 'name="attributes.converter_use"' in page
        assert 'name="attributes.bf_product"' not in page
        assert set(asked(case)) == {"size"}
        assert clerk.post(address, other).status_code == 302
        assert asked(case)["attributes"]["to"] == {"meets_safety_standard": True}
        take(furnace, case, "clerk", "submit")
    with on(1):
        take(furnace, case, "acceptor", "accept")
    with on(2):
        take(furnace, case, "decider", "approve")
    row = Equipment.objects.get(pk=furnace.records["alpha-equipment"].pk)
    assert (row.type, row.attributes) == ("converter", {"meets_safety_standard": True})


def test_a_type_alone_drops_what_it_does_not_know(furnace: World) -> None:
    pk = furnace.records["alpha-equipment"].pk
    with on(0):
        done = actions.change(
            EQUIPMENT, furnace.viewer("decider"), pk, 1, {"type": "converter"}, door="api", reason="登记有误"
        )
    assert done.record.attributes == {"meets_safety_standard": True}
    newest, before = Equipment.objects.get(pk=pk).history.order_by("-history_id")[:2]
    assert (before.attributes, newest.attributes) == (STANDING, {"meets_safety_standard": True})


def test_a_type_alone_that_waits_asks_for_the_attributes_too(furnace: World) -> None:
    pk = furnace.records["alpha-equipment"].pk
    with on(0):
        done = actions.change(
            EQUIPMENT, furnace.viewer("clerk"), pk, 1, {"type": "converter"}, door="api", reason="登记有误"
        )
    assert set(done.waiting) == {"type", "attributes"}
    assert done.waiting["attributes"]["to"] == {"meets_safety_standard": True}
    page = furnace.client("clerk").get(f"/registers/equipment/{pk}/edit").content.decode()
    assert "Another type drops the attributes that it does not know" in page


def test_the_same_code_means_another_thing_for_another_type(furnace: World) -> None:
    row = furnace.records["alpha-equipment"]
    row.type, row.attributes = "submerged-arc-furnace", {"alloy": "ferrosilicon", "power_consumption": "8300"}
    row.save()
    with on(0):
        done = actions.change(
            EQUIPMENT, furnace.viewer("decider"), row.pk, 1, {"type": "refining-furnace"}, door="page", reason="更正"
        )
    assert "alloy" not in done.record.attributes  # ferrosilicon is none of its codes


def test_history_leads_to_the_case_for_those_who_see_it(furnace: World) -> None:
    with on(0):
        case = opened(furnace)
        take(furnace, case, "clerk", "submit")
    with on(1):
        take(furnace, case, "acceptor", "accept")
    with on(2):
        take(furnace, case, "decider", "approve")
        pk = furnace.records["alpha-equipment"].pk
        link = f'href="/cases/{case.pk}/"'
        address = f"/registers/equipment/{pk}/history"
        assert link in furnace.client("clerk").get(address).content.decode()
        CaseFile.objects.filter(pk=case.pk).update(
            city_code="520100", province_code="520000", area_code="520103", park=None
        )
        page = furnace.client("environment").get(address).content.decode()  # the record, but not the case
        assert link not in page
        assert case.number in page
