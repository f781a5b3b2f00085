"""Values from what people write, and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oreflow.console.refusals import Invalid
from oreflow.console.registers import equipment_types, forms, parsing, references
from oreflow.console.registers.equipment_types import TYPES, AttributeKind
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.spec import FieldKind

from ..world import World

EQUIPMENT = REGISTERS["equipment"]
STEADY = settings(derandomize=True, deadline=None)
DECIMALS = st.decimals(min_value=0, max_value=10**11 - 1, places=4, allow_nan=False, allow_infinity=False)
WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@STEADY
@given(DECIMALS)
def test_numbers_round_trip_exactly_in_any_width(value: Decimal) -> None:
    written = parsing.plain(value)
    for form in (written, written.translate(WIDE), f" {written} ", value):
        assert parsing.decimal(form, 18, 4, None) == value
    assert parsing.plain(parsing.decimal(written, 18, 4, None)) == written


@STEADY
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_dates_round_trip_in_every_way_of_writing(value: date) -> None:
    ways = (value.isoformat(), f"{value.year}/{value.month}/{value.day}", f"{value.year}年{value.month}月{value.day}日",
            f"{value.year}.{value.month}.{value.day}".translate(WIDE), value)  # fmt: skip
    assert {parsing.day(way) for way in ways} == {value}


@STEADY
@given(st.text(max_size=60))
def test_text_is_stable_or_refused(value: str) -> None:
    try:
        once = parsing.text(value, 60)
    except parsing.Unreadable:
        return
    assert parsing.text(once, 60) == once


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda r: r.key)
def test_choices_are_read_by_code_and_in_both_languages(register: Any) -> None:
    for field in register.fields:
        for value, label in field.choices:
            for written in (value, *(parsing.label_in(label, language) for language in parsing.LANGUAGES)):
                assert parsing.choice(field, written) == value, (field.key, written)


@pytest.mark.parametrize(
    "written", ["1,200", "1，200", "1 200", "1e3", "NaN", "Infinity", "0x10", "十二", "1_000", "", "--1", "-1",
    "1.23456",
                "9" * 15, "1200t", "+", True]
)  # fmt: skip
def test_what_is_no_exact_number_is_refused_with_a_way_out(written: Any) -> None:
    with pytest.raises(parsing.Unreadable) as refused:
        parsing.decimal(written, 18, 4, Decimal(0))
    assert refused.value.text.zh
    assert refused.value.text.en


@pytest.mark.parametrize(
    "written", ["2026-13-01", "2026-02-30", "26-01-01", "0001-01-01", "9999-01-01", "soon", "2026"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(parsing.Unreadable):
        parsing.day(written)


@pytest.mark.parametrize("written", ["a\x00b", "a\u202eb", "a\u200bb", "\ud800", "a\nb", "x" * 41])
def test_hidden_characters_and_long_texts_are_refused(written: str) -> None:
    with pytest.raises(parsing.Unreadable):
        parsing.text(written, 40)


def attribute_values(kind: Any) -> st.SearchStrategy[dict[str, Any]]:
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for attribute in kind.attributes:
        if attribute.kind is AttributeKind.BOOLEAN:
            parts[attribute.key] = st.booleans()
        elif attribute.kind is AttributeKind.CODE:
            parts[attribute.key] = st.sampled_from([code for code, _label in attribute.codes])
        else:
            parts[attribute.key] = st.integers(0, 10**9).map(str)
    return st.fixed_dictionaries({}, optional=parts)


@STEADY
@given(st.data())
def test_attributes_round_trip_for_every_type(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(TYPES.values())))
    values = data.draw(attribute_values(kind))
    assert equipment_types.read(kind, values) == values
    assert equipment_types.read(kind, parsing.table(json.dumps(values))) == values
    labels = {kind.attribute(k).label.zh: v for k, v in values.items()}
    assert equipment_types.read(kind, labels) == values


def test_types_have_unique_names_and_units() -> None:
    assert len({t.name.zh for t in TYPES.values()}) == len({t.name.en for t in TYPES.values()}) == len(TYPES)
    for kind in TYPES.values():
        assert kind.size_unit
        assert len({a.key for a in kind.attributes}) == len(kind.attributes)


@settings(STEADY, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    size=st.none() | DECIMALS, day=st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(list(TYPES)), name=st.text("示例炉号ab1<&'\" ", min_size=1, max_size=40).filter(str.strip),
)  # fmt: skip
def test_a_record_reads_back_what_it_shows(world: World, size: Any, day: Any, kind: str, name: str) -> None:
    viewer, facility = world.viewer("decider"), world.records["alpha-facility"]
    record = Equipment(
        organisation=facility.organisation, park=facility.park, area_code="510411", facility=facility, number="N",
        name=name.strip(), type=kind, size=size, commissioned=day,
    )  # fmt: skip
    plain = parsing.plain_values(EQUIPMENT, record)
    read = forms.clean(EQUIPMENT, viewer, plain)
    assert {key: parsing.plain(value) for key, value in read.items()} == plain
    assert forms.clean(EQUIPMENT, viewer, read) == read


@pytest.mark.parametrize(
    ("key", "field", "wrong"),
    [
        ("equipment", "area_code", "999999"), ("equipment", "area_code", "5104"), ("equipment", "facility", "F-404"),
        ("equipment", "organisation", "91510400MA6200001Q"), ("equipment", "park", "P-404"), ("equipment", "status",
        "off"),
        ("equipment", "attributes", {"nothing": "1"}), ("equipment", "attributes", "[1]"), ("equipment", "name", ["a"]),
        ("equipment", "name", {"a": "b"}), ("enterprises", "industry_code", "9999"), ("enterprises", "employees",
        "1.5"),
        ("enterprises", "employees", "99999999999"), ("products", "material", "unobtainium"), ("enterprises",
        "revenue", "1.234"),
    ],
)  # fmt: skip
def test_each_kind_refuses_what_it_cannot_hold(world: World, key: str, field: str, wrong: Any) -> None:
    register = REGISTERS[key]
    record = world.organisations["alpha"] if key == "enterprises" else world.records[f"alpha-{key.removesuffix('s')}"]
    with pytest.raises(Invalid) as refused:
        forms.clean(register, world.viewer("decider"), {field: wrong}, record)
    assert set(refused.value.problems) == {field}


def test_a_facility_of_another_organisation_is_not_to_be_had(world: World) -> None:
    record, other = world.records["alpha-equipment"], world.records["beta-facility"]
    with pytest.raises(Invalid) as refused:
        forms.clean(EQUIPMENT, world.viewer("decider"), {"facility": str(other.pk)}, record)
    assert set(refused.value.problems) == {"facility"}
    moved = {"organisation": str(world.organisations["beta"].pk)}
    with pytest.raises(Invalid) as refused:
        forms.clean(EQUIPMENT, world.viewer("decider"), moved, record)
    assert set(refused.value.problems) == {"facility"}


def test_every_kind_of_field_has_a_parser() -> None:
    assert set(forms._PARSERS) == set(FieldKind)


@pytest.mark.parametrize("written", ["100000000000.0001", "99999999999999.99", "123456789012.3456"])
def test_more_digits_than_both_databases_keep_are_refused(written: str) -> None:
    with pytest.raises(parsing.Unreadable) as refused:
        parsing.decimal(written, 18, 4, None)
    assert "15" in refused.value.text.zh
    assert "significant" in refused.value.text.en


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["99999999999.9999", "12345678901.2345", "10000000000000", "0.0001"])
def test_fifteen_digits_come_back_from_the_database_as_given(world: World, written: str) -> None:
    machine = world.records["alpha-equipment"]
    machine.size = parsing.decimal(written, 18, 4, None)
    machine.save()
    machine.refresh_from_db()
    assert parsing.plain(machine.size) == written


def test_areas_and_industries_by_name() -> None:
    assert references.area("攀枝花市") == references.area("四川省 攀枝花市") == references.area("510400") == "510400"
    assert references.area("攀枝花市仁和区") == "510411"
    for wrong, said in (("鼓楼区", "320106"), ("没有的市", "GB/T 2260"), ("999999", "999999"), ("５１", "６")):
        with pytest.raises(parsing.Unreadable) as refused:
            references.area(wrong)
        assert said in refused.value.text.en or wrong in refused.value.text.zh
    code, name = references.industries()[0]
    assert references.industry(code) == references.industry(name.zh) == code
    with pytest.raises(parsing.Unreadable):
        references.industry("没有的行业")
    assert all(references.industry(name.zh)[:2] == code[:2] for code, name in references.industries())
