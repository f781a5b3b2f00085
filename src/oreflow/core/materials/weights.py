"""Standard atomic weights as exact decimals.

Source: Prohaska et al. 2022, "Standard atomic weights of the elements 2021 (IUPAC Technical
Report)", Pure and Applied Chemistry 94(5), 573-600, doi:10.1515/pac-2019-0603, kept by the Commission
on Isotopic Abundances and Atomic Weights (CIAAW). For the 14 elements whose weight is published as
an interval (H, Li, B, C, N, O, Mg, Si, S, Cl, Ar, Br, Tl, Pb) the conventional value is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from .errors import UnknownElementError

_ORDER = """
    H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr
    Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb
    Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf
    Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
"""

SYMBOLS: tuple[str, ...] = tuple(_ORDER.split())
"""All element symbols in the order of their atomic numbers."""

_TABLE = """
H 1.008  He 4.002602  Li 6.94  Be 9.0121831  B 10.81  C 12.011  N 14.007  O 15.999  F 18.998403162
Ne 20.1797  Na 22.98976928  Mg 24.305  Al 26.9815384  Si 28.085  P 30.973761998  S 32.06  Cl 35.45
Ar 39.95  K 39.0983  Ca 40.078  Sc 44.955907  Ti 47.867  V 50.9415  Cr 51.9961  Mn 54.938043
Fe 55.845  Co 58.933194  Ni 58.6934  Cu 63.546  Zn 65.38  Ga 69.723  Ge 72.630  As 74.921595
Se 78.971  Br 79.904  Kr 83.798  Rb 85.4678  Sr 87.62  Y 88.905838  Zr 91.224  Nb 92.90637
Mo 95.95  Ru 101.07  Rh 102.90549  Pd 106.42  Ag 107.8682  Cd 112.414  In 114.818  Sn 118.710
Sb 121.760  Te 127.60  I 126.90447  Xe 131.293  Cs 132.90545196  Ba 137.327  La 138.90547
Ce 140.116  Pr 140.90766  Nd 144.242  Sm 150.36  Eu 151.964  Gd 157.25  Tb 158.925354  Dy 162.500
Ho 164.930329  Er 167.259  Tm 168.934219  Yb 173.045  Lu 174.9668  Hf 178.486  Ta 180.94788
W 183.84  Re 186.207  Os 190.23  Ir 192.217  Pt 195.084  Au 196.966570  Hg 200.592  Tl 204.38
Pb 207.2  Bi 208.98040  Th 232.0377  Pa 231.03588  U 238.02891
"""


def _read(table: str) -> Mapping[str, Decimal]:
    words = table.split()
    return MappingProxyType({s: Decimal(w) for s, w in zip(words[::2], words[1::2], strict=True)})


STANDARD_WEIGHTS: Mapping[str, Decimal] = _read(_TABLE)
"""Standard atomic weight by symbol, for the 84 elements that have one."""


def atomic_number(symbol: str) -> int:
    """Atomic number of an element; `UnknownElementError` for anything else."""
    try:
        return SYMBOLS.index(symbol) + 1
    except ValueError:
        raise UnknownElementError(symbol, known=False) from None


def atomic_weight(symbol: str) -> Fraction:
    """Standard atomic weight (exact; relative to 1/12 of carbon-12, numerically g/mol).

    Raises `UnknownElementError` for a word that is no symbol and for elements (Tc, Pm, Po …) that
    have no standard weight.
    """
    try:
        return Fraction(STANDARD_WEIGHTS[symbol])
    except KeyError:
        raise UnknownElementError(symbol, known=symbol in SYMBOLS) from None
