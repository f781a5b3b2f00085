"""Oxide, metal and REO bases, and the split of joint rare-earth products.

Factors follow from standard atomic weights and the oxides in which the trade states the elements:
V2O5, TiO2 and, for rare-earth oxide (REO), CeO2, Pr6O11, Tb4O7 and the sesquioxides of the others
(the forms of GB/T 18115 rare-earth assays).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.quantity import Basis, Quantity

from .errors import ConversionError, JointSplitError
from .formula import mass_fractions
from .model import Coefficient, Material, Process

Exact = Fraction | Decimal | int

JOINT_OXIDES = "re_oxides_sep"
"""Material id of the joint product of rare-earth separation, in t REO."""

REO_OXIDES: Mapping[str, str] = {
    "La": "La2O3",
    "Ce": "CeO2",
    "Pr": "Pr6O11",
    "Nd": "Nd2O3",
    "Sm": "Sm2O3",
    "Eu": "Eu2O3",
    "Gd": "Gd2O3",
    "Tb": "Tb4O7",
    "Dy": "Dy2O3",
    "Ho": "Ho2O3",
    "Er": "Er2O3",
    "Tm": "Tm2O3",
    "Yb": "Yb2O3",
    "Lu": "Lu2O3",
    "Y": "Y2O3",
}
"""The oxide that counts as REO, by element (scandium is stated apart)."""

METAL, REO = "metal", "reo"

_COMPOUNDS = {
    "v2o5": ("V", "V2O5"),
    "tio2": ("Ti", "TiO2"),
    "al2o3": ("Al", "Al2O3"),
    "cr2o3": ("Cr", "Cr2O3"),
    "nb2o5": ("Nb", "Nb2O5"),
    "li2co3": ("Li", "Li2CO3"),
}

BASES = (METAL, REO, *_COMPOUNDS)
"""Content bases that convert into each other for one element."""


def oxide_factor(oxide: str, element: str) -> Fraction:
    """Mass of `element` in one mass unit of `oxide` (t/t), e.g. V2O5, V → 0.56017…

    Raises `ConversionError` if the formula does not hold the element.
    """
    fractions = mass_fractions(oxide)
    if element not in fractions:
        raise ConversionError(
            oxide,
            element,
            Text(f"{oxide} 不含 {element}", f"{oxide} holds no {element}"),
            Text(f"可选元素：{'、'.join(fractions)}。", f"Its elements: {', '.join(fractions)}."),
        )
    return fractions[element]


def v_in_v2o5() -> Fraction:
    """Vanadium in one mass unit of V2O5 (t/t)."""
    return oxide_factor("V2O5", "V")


def ti_in_tio2() -> Fraction:
    """Titanium in one mass unit of TiO2 (t/t)."""
    return oxide_factor("TiO2", "Ti")


def reo_factor(element: str) -> Fraction:
    """REO of one mass unit of a rare-earth metal (t/t), e.g. Nd → 1.1664."""
    if element not in REO_OXIDES:
        raise ConversionError(
            METAL,
            REO,
            Text(f"{element} 不是计入 REO 的稀土元素", f"{element} is no rare earth that counts as REO"),
            Text(f"可选元素：{'、'.join(REO_OXIDES)}。", f"Elements that do: {', '.join(REO_OXIDES)}."),
        )
    return 1 / oxide_factor(REO_OXIDES[element], element)


def reo_equivalent(metal: Mapping[str, Exact]) -> Fraction:
    """REO of a mix of rare-earth metals, given as masses by element, in the same mass unit."""
    return sum((Fraction(mass) * reo_factor(e) for e, mass in metal.items()), Fraction(0))


def convert_mass(amount: Exact, source: str, target: str, element: str = "") -> Fraction:
    """Convert a mass between content bases (`BASES`), in the same mass unit.

    `element` is needed where `metal` or `reo` leaves it open (every rare earth has its own factor);
    elsewhere it follows from the compound. Raises `ConversionError`, which names both bases, for
    bases of different elements (v2o5 and tio2), an element that does not fit and an unknown basis.
    """
    for basis in (source, target):
        if basis not in BASES:
            raise ConversionError(
                source or "unsaid",
                target or "unsaid",
                Text(f"没有“{basis}”这种含量口径", f"there is no content basis '{basis}'")
                if basis
                else Text("原数没有说明含量口径", "the figure does not say its content basis"),
                Text(f"可选口径：{'、'.join(BASES)}。", f"Known bases: {', '.join(BASES)}."),
            )
    if source == target:
        return Fraction(amount)
    subject = _subject(source, target, element)
    return Fraction(amount) * _metal_of(source, subject) / _metal_of(target, subject)


def convert(quantity: Quantity, target: str, element: str = "") -> Quantity:
    """A quantity of mass on another content basis, its unit and all other axes kept.

    `convert(parse_quantity("7万吨（折V2O5，产能）"), "metal")` is 3.92 万吨 metal capacity. `target` and
    `element` as in `convert_mass`, which also names the errors.
    """
    value = convert_mass(quantity.value, quantity.basis.content, target, element)
    axes = dict(quantity.basis.items())
    return Quantity(value, quantity.unit, Basis(**{**axes, "content": target}))


def _subject(source: str, target: str, element: str) -> str:
    named = {_COMPOUNDS[b][0] for b in (source, target) if b in _COMPOUNDS}
    if element:
        named.add(element)
    if len(named) == 1:
        (one,) = named
        if REO not in (source, target) or one in REO_OXIDES:
            return one
        reason = Text(f"{one} 不是计入 REO 的稀土元素", f"{one} is no rare earth that counts as REO")
    elif named:
        listed = sorted(named)
        reason = Text(f"涉及不同元素 {'、'.join(listed)}", f"they speak of different elements: {', '.join(listed)}")
    else:
        reason = Text("没有说明是哪种元素", "the element is not said")
    remedy = Text(
        "只在同一元素的口径之间折算；金属与 REO 之间须给出稀土元素。",
        "Convert between bases of one element only; between metal and REO, name the rare earth.",
    )
    raise ConversionError(source, target, reason, remedy)


def _metal_of(basis: str, element: str) -> Fraction:
    """Mass of the element in one mass unit stated on a basis."""
    if basis == METAL:
        return Fraction(1)
    if basis == REO:
        return 1 / reo_factor(element)
    return oxide_factor(_COMPOUNDS[basis][1], element)


def split_joint(process: Process, distribution: Mapping[str, Coefficient]) -> Mapping[str, Fraction]:
    """Masses of single oxides per unit of a joint rare-earth product; they add to exactly 1.

    Parameters
    ----------
    process
        A separation whose reference product is stated in t REO of all oxides (`re_oxides_sep`).
    distribution
        Mass share of every oxide in the ore's REO, by oxide (a row of `Library.distributions`).
        Shares that do not add to 1 are scaled to 1, exactly.

    Every oxide leaves the cascade in the ore's proportion: the stage recovery of the process applies
    to all of them alike. Raises `JointSplitError` for another product or an empty distribution.
    """
    if process.product != JOINT_OXIDES:
        raise JointSplitError(
            Text(
                f"工艺 {process.id} 的基准产品是 {process.product}，不是联产氧化物 {JOINT_OXIDES}。",
                f"Process {process.id} makes {process.product}, not the joint oxides {JOINT_OXIDES}.",
            ),
            Text("只对稀土分离工艺拆分。", "Split separation processes of rare earths only."),
        )
    shares = {oxide: Fraction(c.value) for oxide, c in distribution.items()}
    whole = sum(shares.values(), Fraction(0))
    if whole <= 0 or any(share < 0 for share in shares.values()):
        raise JointSplitError(
            Text("配分为空或含负值。", "The distribution is empty or holds a negative share."),
            Text("给出各氧化物占 REO 的质量分数。", "Give the mass share of every oxide in REO."),
        )
    return {oxide: share / whole for oxide, share in shares.items()}


def conversions(material: Material) -> list[Text]:
    """Factors between a pure compound and its elements, as lines to read; none without a formula."""
    if not material.formula:
        return []
    lines = []
    for element, share in mass_fractions(material.formula).items():
        share_text = f"{float(share):.5f}"
        lines.append(
            Text(
                f"1 t {material.formula} 含 {element} {share_text} t",
                f"1 t {material.formula} holds {share_text} t {element}",
            )
        )
    return lines
