"""Materials and processes for tests: amounts as texts, `"2"` or `"1 2 3"` for low, value, high."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from oreflow.core.materials import (
    Burden,
    Coefficient,
    Flow,
    Library,
    Material,
    Process,
    Recovery,
    Role,
    mass_fractions,
)
from oreflow.core.provenance import Mark, Text


def coefficient(text: str, unit: str = "t", mark: Mark = Mark.MEMORY) -> Coefficient:
    words = [Decimal(w) for w in text.split()]
    low, value, high = words if len(words) == 3 else (words[0], words[0], words[0])
    return Coefficient(value, low, high, unit, mark)


def material(
    id: str,
    contents: dict[str, str] | None = None,
    *,
    complete: bool = False,
    formula: str = "",
    unit: str = "t",
    density: str = "",
    category: str = "product",
) -> Material:
    return Material(
        id=id,
        name=Text(id, id),
        category=category,
        unit=unit,
        formula=formula,
        contents={e: coefficient(v, "t/t") for e, v in (contents or {}).items()},
        complete=complete,
        density=Decimal(density) if density else None,
        mark=Mark.MEMORY,
        hs6="",
        cn8="",
        note=Text("", ""),
    )


def compound(formula: str, **more: str) -> Material:
    """A pure compound with the contents of its formula, to seven digits."""
    digits = {e: f"{float(x):.7f}" for e, x in mass_fractions(formula).items()}
    return material(formula, digits, complete=True, formula=formula, **more)  # type: ignore[arg-type]


def process(
    product: str,
    *,
    inputs: dict[str, str],
    by_products: dict[str, str] | None = None,
    wastes: dict[str, str] | None = None,
    water: str = "",
    recoveries: dict[tuple[str, str], str] | None = None,
) -> Process:
    roles = ((Role.INPUT, inputs), (Role.BY_PRODUCT, by_products or {}), (Role.WASTE, wastes or {}))
    return Process(
        id="make",
        name=Text("工艺", "process"),
        chain="test",
        product=product,
        product_unit="t",
        feed="",
        flows=tuple(Flow(m, role, coefficient(a)) for role, flows in roles for m, a in flows.items()),
        burdens={Burden.WATER: coefficient(water, "m3")} if water else {},
        recoveries=tuple(
            Recovery(element, into, coefficient(v, "t/t")) for (element, into), v in (recoveries or {}).items()
        ),
        sources=(),
        energy_includes_electricity=None,
        note=Text("", ""),
    )


def scaled(process: Process, factor: Fraction) -> Process:
    """The same process with all flows per `factor` units of product (its product excepted)."""
    from dataclasses import replace

    number = Decimal(factor.numerator) / Decimal(factor.denominator)

    def times(c: Coefficient) -> Coefficient:
        return replace(c, value=c.value * number, low=c.low * number, high=c.high * number)

    return replace(
        process,
        flows=tuple(replace(f, amount=times(f.amount)) for f in process.flows),
        burdens={b: times(c) for b, c in process.burdens.items()},
    )


def library_of(*materials: Material, process: Process | None = None) -> Library:
    processes = {process.id: process} if process else {}
    return Library(materials={m.id: m for m in materials}, processes=processes, groups={})
