"""Every unit of the published figures reads, or is refused for a stated reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.quantity import UnknownUnit, parse_unit, quantity, unit

TWO_COUNTS = "two printed counts in one cell, not a unit"
SUBSTANCES = "names the substances of a ratio: the unit is t/t"
REFUSED = {
    "座(22/23)": TWO_COUNTS,
    "家(54/59)": TWO_COUNTS,
    "万kVA(×2)": "a multiplicity, not a unit",
    "(MGOe+kOe)": "a sum of two dimensions",
    "": "no unit: write 1 for an index",
    "t REO (all products)": "a basis and a remark: t with basis reo",
    "t Nd2O3/t Nd": SUBSTANCES,
    "t/t CaCO3": SUBSTANCES,
}


def _units(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("unit", "product_unit") and isinstance(value, str):
                yield value
            yield from _units(value)
    elif isinstance(node, list):
        for value in node:
            yield from _units(value)


@pytest.mark.parametrize("name", ["plan_numbers", "processes", "materials", "factors"])
def test_published_units(shared: Path, name: str) -> None:
    found = set(_units(json.loads((shared / "facts" / f"{name}.json").read_text(encoding="utf-8"))))
    assert found
    for text in sorted(found):
        if text in REFUSED:
            with pytest.raises(UnknownUnit) as caught:
                unit(text)
            assert caught.value.remedy_zh
        else:
            made = unit(text)
            assert unit(made.symbol) == made


def test_published_conversions() -> None:
    """1 亩 = 666.6667 m2, 1 km2 = 1500 亩, 1 亿元 = 10000 万元 (the printed values are rounded)."""
    assert round(quantity(1, "亩").value_in("m2"), 4) == Fraction("666.6667")
    assert quantity(1, "km2").value_in("亩") == 1500
    assert quantity(1, "亿元").value_in("万元") == 10000
    assert quantity(1, "kgce") * quantity("29.3076", "MJ/kgce") == quantity(7000, "kcal")


def test_refused_composites_have_a_way_out() -> None:
    made, said = parse_unit("t REO")
    assert (made.symbol, said.words) == ("吨", "reo")
    assert unit("t/t").dimension == unit("1").dimension
