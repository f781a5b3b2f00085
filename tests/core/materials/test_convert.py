"""Bases of vanadium, titanium and rare earths, and the split of joint rare-earth products."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.materials import (
    BASES,
    JOINT_OXIDES,
    REO_OXIDES,
    ConversionError,
    JointSplitError,
    Library,
    conversions,
    convert,
    convert_mass,
    oxide_factor,
    reo_equivalent,
    reo_factor,
    split_joint,
    ti_in_tio2,
    v_in_v2o5,
)
from oreflow.core.quantity import parse_quantity

from .made import coefficient, compound, process

# published factors: USGS Mineral Commodity Summaries (V 0.56 of V2O5; Ti 0.5995 of TiO2 with older
# weights), oxide-to-element tables of geochemistry (e.g. Jefferson Lab / Potts 1987: Nd2O3 1.1664 …)
OXIDE_PER_ELEMENT = {
    "La": "1.1728",
    "Ce": "1.2284",
    "Pr": "1.2082",
    "Nd": "1.1664",
    "Sm": "1.1596",
    "Eu": "1.1579",
    "Gd": "1.1526",
    "Tb": "1.1762",
    "Dy": "1.1477",
    "Ho": "1.1455",
    "Er": "1.1435",
    "Tm": "1.1421",
    "Yb": "1.1387",
    "Lu": "1.1371",
    "Y": "1.2699",
}


@pytest.mark.parametrize(("element", "printed"), OXIDE_PER_ELEMENT.items())
def test_published_rare_earth_factors(element: str, printed: str) -> None:
    assert abs(reo_factor(element) - Fraction(printed)) <= Fraction(1, 10000)


def test_every_reo_element_has_a_published_factor() -> None:
    assert set(OXIDE_PER_ELEMENT) == set(REO_OXIDES)


def test_vanadium_and_titanium() -> None:
    assert round(float(v_in_v2o5()), 4) == 0.5602
    assert round(float(ti_in_tio2()), 4) == 0.5993
    assert oxide_factor("V2O5", "V") + oxide_factor("V2O5", "O") == 1
    assert round(float(oxide_factor("Fe2O3", "Fe")), 4) == 0.6994


def test_didymium() -> None:
    assert reo_equivalent({"Nd": 75, "Pr": 25}) == 75 * reo_factor("Nd") + 25 * reo_factor("Pr")


def test_a_quantity_keeps_unit_and_other_axes() -> None:
    metal = convert(parse_quantity("7万吨（折V2O5，产能）"), "metal")
    assert metal.basis.words == "metal capacity"
    assert metal.value == 7 * v_in_v2o5()
    assert str(metal.unit) == str(parse_quantity("7万吨").unit)


def test_different_elements_are_an_error_that_names_both_bases() -> None:
    with pytest.raises(ConversionError) as caught:
        convert_mass(1, "v2o5", "tio2")
    assert (caught.value.source, caught.value.target) == ("v2o5", "tio2")
    for text in (caught.value.text.zh, caught.value.text.en):
        assert "v2o5" in text
        assert "tio2" in text


@pytest.mark.parametrize(
    ("source", "target", "element"),
    [
        ("metal", "reo", ""),
        ("metal", "reo", "Fe"),
        ("v2o5", "reo", ""),
        ("v2o5", "metal", "Ti"),
        ("gross", "metal", "V"),
        ("", "metal", "V"),
        ("reo", "metal", "Sc"),
    ],
)
def test_what_does_not_convert(source: str, target: str, element: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert_mass(1, source, target, element)
    assert target in caught.value.text.en
    assert caught.value.remedy.zh


def test_an_unsaid_basis_is_not_guessed() -> None:
    with pytest.raises(ConversionError, match="does not say"):
        convert(parse_quantity("7万吨"), "metal", "V")


def test_oxide_without_the_element() -> None:
    with pytest.raises(ConversionError, match="TiO2 holds no V"):
        oxide_factor("TiO2", "V")


amounts = st.fractions(min_value=0, max_value=10**6)
single = st.sampled_from([b for b in BASES if b not in ("metal", "reo")])


@given(amounts, single)
def test_there_and_back(amount: Fraction, basis: str) -> None:
    metal = convert_mass(amount, basis, "metal")
    assert metal <= amount
    element = {"v2o5": "V", "tio2": "Ti", "al2o3": "Al", "cr2o3": "Cr", "nb2o5": "Nb", "li2co3": "Li"}[basis]
    assert convert_mass(metal, "metal", basis, element) == amount


@given(amounts, st.sampled_from(sorted(REO_OXIDES)))
def test_metal_and_reo_there_and_back(amount: Fraction, element: str) -> None:
    assert convert_mass(convert_mass(amount, "metal", "reo", element), "reo", "metal", element) == amount


@given(st.dictionaries(st.sampled_from(sorted(REO_OXIDES)), amounts, min_size=1))
def test_reo_adds_over_elements(metal: dict[str, Fraction]) -> None:
    assert reo_equivalent(metal) == sum(convert_mass(m, "metal", "reo", e) for e, m in metal.items())


def test_lines_of_a_compound() -> None:
    lines = conversions(compound("V2O5"))
    assert lines[0].en == "1 t V2O5 holds 0.56017 t V"
    assert "含 V 0.56017 t" in lines[0].zh


SEPARATION = process(JOINT_OXIDES, inputs={"feed": "2"})


@given(st.dictionaries(st.sampled_from(sorted(REO_OXIDES.values())), st.decimals("0.0001", 60, places=4), min_size=1))
def test_a_split_conserves_reo_whatever_the_rounding(shares: dict[str, object]) -> None:
    distribution = {oxide.lower(): coefficient(str(x)) for oxide, x in shares.items()}
    split = split_joint(SEPARATION, distribution)
    assert sum(split.values()) == 1
    first, last = min(split), max(split)
    assert split[first] * Fraction(distribution[last].value) == split[last] * Fraction(distribution[first].value)


def test_every_shipped_distribution_splits_every_separation(library: Library) -> None:
    separations = [p for p in library.processes.values() if p.product == JOINT_OXIDES]
    assert {p.id for p in separations} == {"re_sx_light", "re_sx_ion", "re_sx_bayan"}
    assert len(library.distributions) == 5
    for separation in separations:
        for ore, distribution in library.distributions.items():
            assert sum(Fraction(c.value) for c in distribution.values()) == 1, ore
            split = split_joint(separation, distribution)
            assert sum(split.values()) == 1
            metal = {
                element: split[oxide.lower()] * oxide_factor(oxide, element) for element, oxide in REO_OXIDES.items()
            }
            assert reo_equivalent(metal) == 1


def test_only_joint_products_are_split() -> None:
    with pytest.raises(JointSplitError, match="makes v2o5"):
        split_joint(process("v2o5", inputs={}), {"la2o3": coefficient("1")})
    with pytest.raises(JointSplitError, match="empty"):
        split_joint(SEPARATION, {})
