"""Pages by cursor: together the whole sorted list, whatever stands in it; stable; not to be forged."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oreflow.console.api_ground import ApiError, page
from oreflow.console.api_ground.paging import SALT
from oreflow.console.registers.models import Equipment
from tests.console.world import STAMPS, World

SORTS = (
    "name",
    "-name",
    "size",
    "-size",
    "commissioned",
    "-commissioned",
    "version",
    "organisation__name",
    "-park__name",
)
rows = st.lists(
    st.tuples(
        st.text(alphabet="ab钒 钛%'\\", max_size=3),
        st.none() | st.decimals(min_value=0, max_value=9999, places=4),
        st.none() | st.dates(),
        st.sampled_from(["alpha", "gamma"]),
    ),
    max_size=12,
)


def fill(world: World, values: list[Any]) -> None:
    Equipment.objects.all().delete()
    made = [
        Equipment(
            number=f"N{index}", name=name, size=size, commissioned=day, type="blast-furnace",
            organisation=world.organisations[owner], park=world.organisations[owner].park, **STAMPS,
        )
        for index, (name, size, day, owner) in enumerate(values)
    ]  # fmt: skip
    Equipment.objects.bulk_create(made)


def pages(sort: str, limit: int) -> list[int]:
    """All ids, read page by page."""
    found: list[int] = []
    cursor: str | None = None
    while True:
        got = page(Equipment.objects.all(), sort, limit, cursor)
        assert len(got.items) <= limit
        found += [row.pk for row in got.items]
        if got.next is None:
            return found
        assert got.items
        cursor = got.next


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(values=rows, sort=st.sampled_from(SORTS), limit=st.integers(1, 5))
def test_pages_together_are_the_whole_list(world: World, values: list[Any], sort: str, limit: int) -> None:
    fill(world, values)
    found = pages(sort, limit)
    assert found == pages(sort, 500)
    assert sorted(found) == sorted(Equipment.objects.values_list("pk", flat=True))
    assert_in_order(found, sort)


def assert_in_order(found: list[int], sort: str) -> None:
    """Values rise or fall, rows without one come last, equal ones by id, in the same direction."""
    column = sort.lstrip("-")
    held = dict(Equipment.objects.values_list("pk", column))
    values = [held[pk] for pk in found]
    known = [v for v in values if v is not None]
    assert values == known + [None] * (len(values) - len(known))
    if known and not isinstance(known[0], str):  # text goes by the database's collation
        assert known == sorted(known, reverse=sort.startswith("-"))
    for (a, b), (x, y) in zip(pairwise(found), pairwise(values), strict=True):
        assert x != y or (a > b if sort.startswith("-") else a < b)


def test_rows_added_meanwhile_neither_repeat_nor_hide_others(world: World) -> None:
    fill(world, [(name, Decimal(1), None, "alpha") for name in "abcdef"])
    first = page(Equipment.objects.all(), "name", 3)
    later = Equipment.objects.get(name="f")
    for name in ("a0", "z"):
        later.pk, later.number, later.name = None, name, name
        later.save(force_insert=True)
    rest = page(Equipment.objects.all(), "name", 10, first.next)
    assert [r.name for r in first.items] == ["a", "b", "c"]
    assert [r.name for r in rest.items] == ["d", "e", "f", "z"]


@pytest.mark.parametrize("forge", ["tampered", "foreign sort", "foreign query", "foreign key", "rubbish", "long"])
def test_a_cursor_of_another_query_or_hand_is_refused(world: World, forge: str) -> None:
    fill(world, [(name, None, None, "alpha") for name in "abc"])
    cursor = page(Equipment.objects.all(), "name", 1, query="status").next
    assert cursor is not None
    given = {
        "tampered": cursor[:-2] + ("aa" if cursor[-2:] != "aa" else "bb"),
        "foreign sort": page(Equipment.objects.all(), "-name", 1, query="status").next,
        "foreign query": page(Equipment.objects.all(), "name", 1, query="type").next,
        "foreign key": signing.dumps(["x"], key="another", salt=SALT),
        "rubbish": "示例",
        "long": cursor + "x" * 5000,
    }[forge]
    with pytest.raises(ApiError) as error:
        page(Equipment.objects.all(), "name", 1, given, query="status")
    assert (error.value.status, error.value.code) == (422, "cursor")
