"""Names listed twice: the same but for a legal form or a trade, and nothing more."""

from __future__ import annotations

import pytest

from oreflow.core.provenance import FindingClass, Source
from oreflow.core.region import Member, Region
from oreflow.core.targets.members import check_duplicates, near
from tests.factories import NO_TEXT, both, make_area, make_indicator, make_region

from .assertions import only


def listing(*names: str) -> Region:
    members = tuple(
        Member("firms", "city", number, both(name), Source("plan", "1"), NO_TEXT)
        for number, name in enumerate(names, 1)
    )
    return make_region(areas=[make_area("city")], indicators=[make_indicator("firms", "家")], members=members)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("德昌志能", "德昌志能稀土"),
        ("德昌志能稀土", "德昌志能"),
        ("川威", "川威集团"),
        ("攀钢钛业", "攀钢钛业有限公司"),
        ("盛和资源", "盛和资源"),
        ("德昌志能", "德昌志能稀土有限责任公司"),
    ],
)
def test_the_same_but_for_a_suffix(one: str, other: str) -> None:
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("攀钢钛业公司", "攀钢钒业公司"),
        ("攀钢集团", "攀钢西昌公司"),
        ("四川稀土产业集团", "四川江铜稀土集团"),
        ("兴中钛业", "东方钛业"),
        ("公司", "集团"),
    ],
)
def test_different_firms_are_left_alone(one: str, other: str) -> None:
    assert not near(one, other)


def test_a_list_with_a_double_says_how_many_differ() -> None:
    finding = only(check_duplicates(listing("甲乙", "丙丁", "甲乙稀土", "甲乙公司")), FindingClass.INFORMATION)
    assert (finding.found, finding.expected) == (4, 2)
    assert "“甲乙”（第 1 个）与“甲乙稀土”（第 3 个）" in finding.title.zh


def test_a_list_without_doubles_holds() -> None:
    only(check_duplicates(listing("甲乙", "丙丁")), FindingClass.HOLDS)
