"""Lists: filters, search, sort, pages, and how many queries they take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oreflow.console.registers import search
from oreflow.console.registers.listing import PAGE_SIZE, listing
from oreflow.console.registers.models import Equipment
from oreflow.console.registers.registry import REGISTERS

from ..world import STAMPS, World

EQUIPMENT = REGISTERS["equipment"]
COUNTS = Path(__file__).with_name("query_counts.json")


def fill(world: World, count: int, who: str = "alpha", **more: Any) -> None:
    organisation = world.organisations[who]
    for number in range(count):
        record = Equipment(
            organisation=organisation, park=organisation.park, area_code=organisation.area_code,
            number=f"{who}-{number:03d}", name=f"示例{number}号转炉", type="converter",
            size=number if number % 3 else None, **{**STAMPS, **more},
        )  # fmt: skip
        record.words = search.words_of(EQUIPMENT, record)
        record.save()


def found(world: World, query: str, person: str = "decider", key: str = "equipment") -> list[str]:
    register = REGISTERS[key]
    shown = listing(register, world.viewer(person), QueryDict(query))
    return [str(getattr(row, "number", row)) for row in shown.rows]


def test_search_finds_chinese_pinyin_numbers_and_latin(world: World) -> None:
    fill(world, 3)
    for words in (
        "转炉",
        "示例2号转炉",
        "sl2hzl",
        "zhuanlu",
        "hzl",
        "shili2h",
        "2号 转炉",
        "alpha-002",
        "002",
        "ALPHA",
    ):
        assert "alpha-002" in found(world, f"q={words}"), words
    assert found(world, "q=slhzl") == []
    assert set(found(world, "q=zl")) == {"alpha-000", "alpha-001", "alpha-002"}
    assert found(world, "q=示例2号") == ["alpha-002"]
    assert found(world, "q=高炉与别的") == []
    assert found(world, "q=%2A%22%27+OR") == []


def test_an_enterprise_is_found_by_the_initials_of_its_name(world: World) -> None:
    register = REGISTERS["enterprises"]
    for organisation in world.organisations.values():
        organisation.words = search.words_of(register, organisation)
        organisation.save()
    for words in ("slft", "ftyl", "示例钒钛", "slftylc", "fantaiyelianchang", world.organisations["alpha"].uscc):
        assert found(world, f"q={words}", key="enterprises") == ["示例钒钛冶炼厂"], words


def test_both_ways_of_searching_find_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world, 70)
    fill(world, 5, "beta")
    rows = EQUIPMENT.model._default_manager.all()
    for words in ("转炉", "zhuan", "1号", "beta", "4", "示例6", "高", "hzl", "x"):
        wanted = search.asked(words)
        by_row = set(rows.filter(*(search.Q(words__contains=f" {t}") for t in wanted)).values_list("pk", flat=True))
        by_index = set(search.through_index(rows, wanted).values_list("pk", flat=True))
        assert by_row == by_index, words
    monkeypatch.setattr(search, "_HEAD", 3)
    assert len(found(world, "q=beta-00")) == 5


def test_the_index_follows_changes_and_plain_sql(world: World) -> None:
    fill(world, 1)
    table = Equipment._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET words = ' 回转 huizhuan ' WHERE number = 'alpha-000'")  # noqa: S608
    assert search.through_index(Equipment.objects.all(), ["回转"]).get().number == "alpha-000"
    assert not search.through_index(Equipment.objects.all(), ["转炉"]).exists()
    Equipment.objects.filter(number="alpha-000").delete()
    assert not search.through_index(Equipment.objects.all(), ["回转"]).exists()


def test_filters_round_trip_in_the_address(world: World) -> None:
    fill(world, 2)
    alpha = world.organisations["alpha"]
    shown = listing(EQUIPMENT, world.viewer("decider"), QueryDict(f"type=converter&organisation={alpha.pk}&q=转炉"))
    assert {f.key: f.chosen.label for f in shown.filters if f.chosen} == {
        "type": "Converter",
        "organisation": alpha.name,
    }
    for view in shown.filters:
        if view.chosen:
            cleared = QueryDict(view.clear_url[1:])
            assert view.key not in cleared
            assert cleared["q"] == "转炉"
        for choice in view.choices:
            assert QueryDict(choice.url[1:])[view.key] == choice.value
    assert shown.count == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("area_code=510000", 2), ("area_code=510400", 2), ("area_code=510411", 2), ("area_code=520000", 0),
        ("type=blast-furnace", 2), ("type=converter", 0), ("status=operating&type=blast-furnace", 2),
    ],
)  # fmt: skip
def test_areas_and_choices_narrow(world: World, query: str, count: int) -> None:
    assert len(found(world, query)) == count


@pytest.mark.parametrize(
    "query",
    [
        "type=%27%20OR%201=1--", "organisation=1%20OR%201=1", "area_code=51%25", "park=abc", "status=%00",
        "organisation=99999999999999999999999", "q=%00", "as_of=%27;DROP", "as_of=2026-02-30",
        "organisation=9223372036854775807",
    ],
)  # fmt: skip
def test_what_cannot_be_leaves_no_row_and_no_failure(world: World, query: str) -> None:
    assert found(world, query) == []
    assert world.client("decider").get(reverse("register", args=("equipment",)) + f"?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["organisation__name", "words", "pk);--", "-", "tax", "", "-nothing"])
def test_undeclared_sorts_fall_back(world: World, sort: str) -> None:
    fill(world, 3)
    assert found(world, f"sort={sort}", "clerk") == found(world, "", "clerk")


def test_rows_without_a_value_come_last_either_way(world: World) -> None:
    fill(world, 7)
    up, down = (found(world, f"type=converter&sort={sort}", "clerk") for sort in ("size", "-size"))
    assert up == [f"alpha-00{n}" for n in (1, 2, 4, 5, 0, 3, 6)]
    assert down == [f"alpha-00{n}" for n in (5, 4, 2, 1, 0, 3, 6)]


def test_pages_hold_every_row_once(world: World) -> None:
    fill(world, 130)
    for sort in ("size", "-size", "name", "status"):
        pages = [found(world, f"type=converter&sort={sort}&page={n}", "clerk") for n in (1, 2, 3)]
        assert [len(p) for p in pages] == [PAGE_SIZE, PAGE_SIZE, 30], sort
        assert len({n for p in pages for n in p}) == 130, sort
    assert found(world, "page=99", "clerk") == found(world, "page=3", "clerk")


def test_what_is_too_many_to_count_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from oreflow.console.registers import listing as module

    fill(world, 12)
    monkeypatch.setattr(module, "CAP", 10)
    shown = listing(EQUIPMENT, world.viewer("clerk"), QueryDict(""))
    assert (shown.count_text, shown.capped) == ("10+", True)


def queries(world: World, address: str, person: str) -> int:
    client = world.client(person)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_take_as_many_queries_for_fifty_rows_as_for_five(world: World) -> None:
    addresses = {
        "list": reverse("register", args=("equipment",)),
        "list, searched": reverse("register", args=("equipment",)) + "?q=转炉",
        "list, filtered": reverse("register", args=("equipment",)) + "?type=converter&area_code=510400&sort=-size",
        "enterprise": reverse("record", args=("enterprises", world.organisations["alpha"].pk)),
        "machine": reverse("record", args=("equipment", world.records["alpha-equipment"].pk)),
        "history": reverse("record-history", args=("equipment", world.records["alpha-equipment"].pk)),
        "edit": reverse("record-edit", args=("equipment", world.records["alpha-equipment"].pk)),
        "confirm": reverse("confirm"),
    }
    fill(world, 5)
    few = {name: {p: queries(world, url, p) for p in ("clerk", "decider")} for name, url in addresses.items()}
    fill(world, 45, "beta")
    record = world.records["alpha-equipment"]
    for maker in range(10):
        record.maker = str(maker)
        record.save()
    many = {name: {p: queries(world, url, p) for p in ("clerk", "decider")} for name, url in addresses.items()}
    assert few == many
    kept = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    assert many == kept, json.dumps(many, ensure_ascii=False, indent=2)
