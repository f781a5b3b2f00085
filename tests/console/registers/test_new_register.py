"""The checklist of docs/how-to/add-a-register.md, done for a small register: every page of it works at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from oreflow.console.registers.models import Product
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.spec import Field, FieldKind, Register
from oreflow.core.provenance import Text

from ..world import World

SAMPLES = Register(
    "samples",
    Product,
    Text("样品", "Samples"),
    Text("送检的样品。", "Samples sent for assay."),
    "product",
    (
        Field("number", Text("编号", "Number"), required=True, sortable=True, searched=True),
        Field("name", Text("名称", "Name"), required=True, sortable=True, searched=True),
        Field("organisation", Text("单位", "Organisation"), FieldKind.ORGANISATION, required=True, filterable=True),
        Field("capacity", Text("质量", "Mass"), FieldKind.DECIMAL, unit="kg", sortable=True),
    ),
    ("organisation", "number"),
    "name",
    kept={"standard": "sample"},
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTERS, "samples", SAMPLES)


def test_a_register_from_its_table_alone(world: World) -> None:
    client = world.client("clerk")
    listed, new = reverse("register", args=("samples",)), reverse("register-new", args=("samples",))
    assert "Nothing here yet" in client.get(listed).content.decode()
    given = {
        "number": "S-1",
        "name": "示例样品",
        "capacity": "2.5",
        "organisation": str(world.organisations["alpha"].pk),
    }
    assert client.post(new, given).status_code == 302
    sample = Product.objects.get(number="S-1")
    assert sample.standard == "sample"
    for name in ("record", "record-edit", "record-end", "record-history"):
        address = reverse(name, args=("samples", sample.pk))
        assert client.get(address).status_code == 200, name
        assert world.client("rival").get(address).status_code == 404, name
    assert "示例样品" in client.get(listed, {"q": "slyp", "sort": "-capacity"}).content.decode()
    edit = reverse("record-edit", args=("samples", sample.pk))
    assert client.post(edit, {"version": "1", "capacity": "3", "reason": "复称"}).status_code == 302
    assert "复称" in client.get(reverse("record-history", args=("samples", sample.pk))).content.decode()
    assert "Samples" in client.get(reverse("fields")).content.decode()
