"""Laws of the area tree on small made tables; the built-in table is tested with its loader."""

from __future__ import annotations

from datetime import date

import pytest

from oreflow.core.codes import Area, AreaLevel, BadTable, UnknownArea, area_tree, significant
from oreflow.core.provenance import Text

START, CHANGE, LATER = date(2010, 12, 31), date(2015, 12, 31), date(2020, 12, 31)


def _area(code: str, name: str, start: date = START, end: date | None = None, after: tuple[str, ...] = ()) -> Area:
    pairs = len(significant(code)) // 2
    level = (AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.COUNTY)[pairs - 1]
    return Area(code, Text(name, name), level, start, end, after)


TREE = area_tree(
    [
        _area("100000", "P"),
        _area("100100", "C"),
        _area("100101", "D"),
        _area("100121", "old", START, CHANGE, ("100102",)),
        _area("100102", "middle", CHANGE, LATER, ("100103", "109001")),
        _area("100103", "half", LATER),
        _area("109001", "other half", LATER),
    ]
)


def test_codes_may_be_shortened() -> None:
    assert TREE.find("1001", START) == TREE.find("100100", START) == TREE.find(" １００１ ", START)
    assert TREE.find("10", START) == TREE.find("100000", START)


@pytest.mark.parametrize("code", ["", "1", "100", "10010", "1001010", "十", "1x"])
def test_what_can_be_no_code_is_not_found(code: str) -> None:
    assert TREE.find(code, START) is None
    assert TREE.successors(code, START) == ()
    assert not TREE.within("100101", code)


def test_a_county_without_city_hangs_under_its_province() -> None:
    assert [a.code for a in TREE.path("109001", LATER)] == ["100000", "109001"]
    assert [a.code for a in TREE.children("10", LATER)] == ["100100", "109001"]
    assert [a.code for a in TREE.children("", LATER)] == ["100000"]


def test_successors_are_followed_step_by_step() -> None:
    assert [a.code for a in TREE.successors("100121", START)] == ["100121"]
    assert [a.code for a in TREE.successors("100121", CHANGE)] == ["100102"]
    assert [a.code for a in TREE.successors("100121", LATER)] == ["100103", "109001"]
    assert TREE.successors("100103", START) == ()


def test_successors_in_a_circle_end() -> None:
    tree = area_tree([_area("100000", "P", START, CHANGE, ("110000",)), _area("110000", "Q", START, CHANGE, ("10",))])
    assert tree.successors("10", LATER) == ()


def test_an_ended_code_is_refused_with_its_successor() -> None:
    with pytest.raises(UnknownArea) as refused:
        TREE.get("100121", CHANGE)
    assert "100102" in refused.value.text.zh
    assert "100102 middle" in refused.value.text.en


def test_an_unknown_code_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnknownArea, match=r"999999.*six digits"):
        TREE.path("999999", LATER)


def test_two_rows_on_one_day_are_refused() -> None:
    with pytest.raises(BadTable, match="100000"):
        area_tree([_area("100000", "P"), _area("100000", "Q", CHANGE)])
