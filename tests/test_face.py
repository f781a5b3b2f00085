"""The library's face as a notebook user meets it."""

from __future__ import annotations

import pytest

import oreflow


def test_the_face_loads_on_use() -> None:
    region = oreflow.load("panxi")
    assert any(f.kind.value == "error" for f in oreflow.check(region))
    assert len(oreflow.view(region, 2025).sentences) == 5
    answers = oreflow.compare(region, 2025, oreflow.Scenario(utilisation=0.8))
    assert {a.comparison for a in answers} >= {"acid", "ti-slag", "v-slag", "chlorine", "coke-gas"}
    assert oreflow.require(region, 2025).balances["h2so4"].unit == "t"
    assert oreflow.explain(region, 2025, None, "cl2")["need"].contributions
    assert oreflow.library().materials["v2o5"].formula == "V2O5"
    assert oreflow.guard(oreflow.library()).refused == ()
    assert oreflow.parse_quantity("7万吨（折V2O5）") == oreflow.quantity("70000", "t", "v2o5")
    assert oreflow.plain("⟦a|b⟧c") == "ac"


def test_the_face_is_listed() -> None:
    assert set(oreflow.__all__) <= set(dir(oreflow))
    with pytest.raises(AttributeError, match="beer"):
        _ = oreflow.beer
