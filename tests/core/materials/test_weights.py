"""Standard atomic weights against the published table (IUPAC 2021, spot values) and their errors."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from oreflow.core.materials import STANDARD_WEIGHTS, SYMBOLS, UnknownElementError, atomic_number, atomic_weight

# Prohaska et al. 2022, table of abridged standard atomic weights (five significant digits)
ABRIDGED = {
    "H": "1.0080",
    "C": "12.011",
    "N": "14.007",
    "O": "15.999",
    "F": "18.998",
    "Na": "22.990",
    "Al": "26.982",
    "P": "30.974",
    "Sc": "44.956",
    "V": "50.942",
    "Cr": "51.996",
    "Mn": "54.938",
    "Co": "58.933",
    "Y": "88.906",
    "La": "138.91",
    "Ce": "140.12",
    "Pr": "140.91",
    "Nd": "144.24",
    "Sm": "150.36",
    "Eu": "151.96",
    "Tb": "158.93",
    "Dy": "162.50",
    "Ho": "164.93",
    "Er": "167.26",
    "Tm": "168.93",
    "Yb": "173.05",
    "Lu": "174.97",
    "Au": "196.97",
    "Th": "232.04",
    "U": "238.03",
}


def test_all_elements_are_named_once() -> None:
    assert len(SYMBOLS) == len(set(SYMBOLS)) == 118
    assert atomic_number("H") == 1
    assert atomic_number("V") == 23
    assert atomic_number("Nd") == 60
    assert atomic_number("Og") == 118


def test_eighty_four_elements_have_a_standard_weight() -> None:
    assert len(STANDARD_WEIGHTS) == 84
    without = [s for s in SYMBOLS[:92] if s not in STANDARD_WEIGHTS]
    assert without == ["Tc", "Pm", "Po", "At", "Rn", "Fr", "Ra", "Ac"]


@pytest.mark.parametrize(("symbol", "printed"), ABRIDGED.items())
def test_agrees_with_the_abridged_table(symbol: str, printed: str) -> None:
    half_a_digit = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    assert abs(atomic_weight(symbol) - Fraction(printed)) <= half_a_digit


def test_weights_rise_but_for_the_known_inversions() -> None:
    inverted = [
        (a, b)
        for a, b in pairwise(SYMBOLS)
        if a in STANDARD_WEIGHTS and b in STANDARD_WEIGHTS and STANDARD_WEIGHTS[a] >= STANDARD_WEIGHTS[b]
    ]
    assert inverted == [("Ar", "K"), ("Co", "Ni"), ("Te", "I"), ("Th", "Pa")]


def test_errors_say_which_case_it_is() -> None:
    with pytest.raises(UnknownElementError, match="no standard atomic weight") as radioactive:
        atomic_weight("Pm")
    assert "没有标准原子量" in radioactive.value.text.zh
    with pytest.raises(UnknownElementError, match="no element symbol") as wrong:
        atomic_weight("Xx")
    assert wrong.value.code == "materials.element"
    with pytest.raises(UnknownElementError):
        atomic_number("xx")
