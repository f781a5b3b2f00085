"""The guard on made-up processes: each class, its reasons, and the laws of balances."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.materials import (
    Burden,
    Closure,
    Library,
    Process,
    check_process,
    check_recovery,
    guard,
)
from oreflow.core.provenance import FindingClass

from .made import coefficient, compound, library_of, material, process, scaled

SALT, LYE, CHLORINE, HYDROGEN = (compound(f) for f in ("NaCl", "NaOH", "Cl2", "H2"))
# 2 NaCl + 2 H2O → 2 NaOH + Cl2 + H2, per t Cl2, from molar masses
ELECTROLYSIS = process(
    "Cl2", inputs={"NaCl": "1.64849"}, by_products={"NaOH": "1.12828", "H2": "0.028434"}, water="0.50818"
)
CELLS = library_of(SALT, LYE, CHLORINE, HYDROGEN, process=ELECTROLYSIS)


def kinds(process: Process, library: Library) -> dict[str, Closure]:
    return {b.element: b.kind for b in check_process(process, library.materials)}


def test_salt_electrolysis_closes() -> None:
    assert kinds(ELECTROLYSIS, CELLS) == {
        "Cl": Closure.CONSERVED,
        "Na": Closure.CONSERVED,
        "H": Closure.CONSERVED,
        "O": Closure.UNKNOWN,
    }
    report = guard(CELLS)
    assert report.refused == report.doubtful == ()
    assert report.clean == ("make",)


def test_a_planted_impossible_process_is_refused() -> None:
    planted = replace(ELECTROLYSIS, flows=tuple(f for f in ELECTROLYSIS.flows if f.material != "NaCl"))
    report = guard(replace(CELLS, processes={"make": planted}))
    assert {f.code for f in report.refused} >= {"guard.conservation.make.Cl", "guard.conservation.make.Na"}
    finding = report.refused[0]
    assert finding.kind is FindingClass.ERROR
    assert finding.found is not None
    assert finding.expected is not None
    assert finding.found > finding.expected
    assert "Cl" in finding.title.zh
    assert report.clean == ()


def test_created_inside_the_ranges_is_doubtful() -> None:
    wide = process("Cl2", inputs={"NaCl": "1.2 1.5 1.9"}, water="1")
    report = guard(replace(CELLS, processes={"make": wide}))
    assert report.refused == ()
    assert [f.code for f in report.doubtful] == ["guard.conservation.make.Cl", "guard.loss.make"]
    assert report.doubtful[0].kind is FindingClass.INFORMATION


def test_an_unlisted_loss_is_doubtful() -> None:
    poor = process("Cl2", inputs={"NaCl": "3"}, water="1", recoveries={("Cl", "Cl2"): "0.5 0.55 0.6"})
    assert kinds(poor, CELLS)["Cl"] is Closure.LOST
    report = guard(replace(CELLS, processes={"make": poor}))
    (finding,) = report.doubtful
    assert (finding.code, finding.kind) == ("guard.loss.make", FindingClass.INFORMATION)
    assert "Cl 投入 1.8198 t、产出 1 t，−45.05 %" in finding.detail.zh
    assert "未列的去向" in finding.detail.zh
    assert "List the outlet" in finding.detail.en
    assert "Stated recoveries: Cl 55.00 %" in finding.detail.en
    assert report.clean == ()


def test_carbon_may_leave_as_direct_carbon_dioxide() -> None:
    coke, metal = material("coke", {"C": "1"}, complete=True), material("metal", {"Fe": "1"}, complete=True)
    library = library_of(coke, metal, material("ore", {"Fe": "1"}, complete=True))
    smelting = process("metal", inputs={"ore": "1", "coke": "0.3"})
    assert kinds(smelting, library)["C"] is Closure.LOST
    for emitted, kind in (("1.1", Closure.CONSERVED), ("0.5", Closure.LOST)):
        burnt = replace(smelting, burdens={Burden.CO2: coefficient(emitted)})
        assert kinds(burnt, library)["C"] is kind


def test_fresh_water_may_leave_as_vapour() -> None:
    assert kinds(replace(ELECTROLYSIS, burdens={Burden.WATER: coefficient("9", "m3")}), CELLS)["H"] is Closure.CONSERVED


def test_unknown_is_not_zero() -> None:
    ore = material("ore", {"Fe": "0.5"})
    library = library_of(ore, material("slag", {"Mn": "0.2"}), material("iron", {"Fe": "0.95"}))
    smelting = process("iron", inputs={"ore": "2"}, wastes={"slag": "1"})
    assert kinds(smelting, library) == {"Fe": Closure.UNKNOWN, "Mn": Closure.UNKNOWN}
    report = guard(replace(library, processes={"make": smelting}))
    assert report.refused == ()
    (finding,) = report.doubtful
    assert finding.code == "guard.unknown.make"
    assert "Mn" in finding.detail.en


def test_an_unknown_content_cannot_exceed_what_the_known_leave() -> None:
    nearly_iron = material("scrap", {"Fe": "0.97"})
    library = library_of(nearly_iron, material("alloy", {"Mn": "0.7"}))
    alloying = process("alloy", inputs={"scrap": "1"})
    assert kinds(alloying, library)["Mn"] is Closure.IMPOSSIBLE


def test_a_mined_ore_comes_from_the_ground() -> None:
    library = library_of(material("ore", {"Fe": "0.3"}, category="ore"), compound("H2O"))
    assert kinds(process("ore", inputs={"H2O": "1"}), library)["Fe"] is Closure.UNKNOWN


def test_volumes_weigh_what_their_density_says() -> None:
    gas = compound("Cl2", unit="Nm3", density="0.003")
    library = library_of(
        gas,
        material("TiCl4", {"Ti": "0.25237", "Cl": "0.74763"}, complete=True),
        material("ti", {"Ti": "1"}, complete=True),
    )
    making = process("TiCl4", inputs={"ti": "0.2524", "Cl2": "250"})
    assert kinds(making, library) == {"Cl": Closure.CONSERVED, "Ti": Closure.CONSERVED}
    weightless = replace(library, materials={**library.materials, "Cl2": replace(gas, density=None)})
    assert kinds(making, weightless)["Cl"] is Closure.UNKNOWN


def test_reo_follows_from_listed_rare_earths() -> None:
    library = library_of(compound("Nd2O3"), material("oxides", {"REO": "1"}))
    assert kinds(process("oxides", inputs={"Nd2O3": "1"}), library)["REO"] is Closure.CONSERVED
    assert kinds(process("oxides", inputs={"Nd2O3": "0.9"}), library)["REO"] is Closure.IMPOSSIBLE


def test_recoveries_are_recomputed_from_grades() -> None:
    ore, concentrate = material("ore", {"Ti": "0.05"}), material("conc", {"Ti": "0.28"})
    library = library_of(ore, concentrate)

    def checked(stated: str) -> Closure:
        (check,) = check_recovery(
            process("conc", inputs={"ore": "12"}, recoveries={("Ti", "conc"): stated}), library.materials
        )
        assert check.recomputed is None or check.recomputed.value == Fraction(28, 60)
        return check.kind

    assert checked("0.4 0.47 0.5") is Closure.CONSERVED
    assert checked("0.8 0.9 0.95") is Closure.IMPOSSIBLE
    assert checked("0.4 0.47 1.2") is Closure.IMPOSSIBLE


def test_a_recovery_outside_its_range_but_inside_that_of_the_grades_is_doubtful() -> None:
    library = library_of(material("ore", {"Ti": "0.04 0.05 0.06"}), material("conc", {"Ti": "0.28"}))
    dressing = process("conc", inputs={"ore": "10 12 14"}, recoveries={("Ti", "conc"): "0.55 0.6 0.65"})
    report = guard(replace(library, processes={"make": dressing}))
    assert "guard.recovery.make.Ti.conc" in {f.code for f in report.doubtful}
    assert report.refused == ()


def test_a_recovery_into_nothing_is_refused() -> None:
    library = library_of(material("ore", {"Ti": "0.05"}), material("conc", {"Ti": "0.28"}))
    dressing = process("conc", inputs={"ore": "12"}, recoveries={("Ti", "slag"): "0.4"})
    assert [f.code for f in guard(replace(library, processes={"make": dressing})).refused] == [
        "guard.recovery.make.Ti.slag"
    ]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (material("x", {"V": "0.6", "O": "0.4"}, formula="V2O5", complete=True), "guard.formula.V.x"),
        (material("x", {"V": "0.56017"}, formula="V2O5", complete=True), "guard.formula.O.x"),
        (material("x", {"V": "0.58"}, formula="V2O5"), "guard.formula.V.x"),
        (material("x", {}, formula="V2Q5"), "guard.formula.x"),
        (material("x", {"Fe": "0.7", "Ti": "0.4"}), "guard.sum.x"),
        (material("x", {"TiO2": "0.4"}), "guard.symbol.TiO2.x"),
        (material("x", {"Fe": "1.2"}), "guard.fraction.Fe.x"),
        (material("x", {"REO": "0.5", "Nd": "0.6"}), "guard.reo.x"),
    ],
)
def test_materials_that_contradict_themselves_are_refused(bad: object, code: str) -> None:
    report = guard(Library(materials={"x": bad}, processes={}, groups={}))  # type: ignore[dict-item]
    assert code in {f.code for f in report.refused}


def test_impure_goods_may_hold_less_than_their_formula() -> None:
    quartz = material("quartz", {"Si": "0.463", "O": "0.5275"}, formula="SiO2")
    assert guard(library_of(quartz)).refused == ()


def test_complete_but_short_of_the_whole_is_doubtful() -> None:
    report = guard(library_of(material("x", {"Fe": "0.9"}, complete=True)))
    assert [f.code for f in report.doubtful] == ["guard.sum.x"]


def test_a_process_of_unknown_materials_is_refused() -> None:
    report = guard(replace(CELLS, processes={"make": process("Cl2", inputs={"brine": "3"})}))
    assert [f.code for f in report.refused] == ["guard.material.make"]
    assert "brine" in report.refused[0].detail.en


shares = st.lists(st.integers(1, 1000), min_size=2, max_size=4)


@given(shares, st.integers(1, 500), st.integers(1, 400))
def test_whatever_is_shared_out_is_conserved(parts: list[int], grade: int, feed: int) -> None:
    """Inputs cut into outputs of the same grade close exactly; taking a third away is an impossible row."""
    materials = [material(f"m{i}", {"Ti": f"0.{grade:04d}"}, complete=True) for i in range(len(parts) + 1)]
    total = sum(parts)
    amounts = [Decimal(p) / Decimal(parts[0]) for p in parts]
    wastes = {f"m{i}": str(amounts[i]) for i in range(1, len(parts))}
    inputs = {f"m{len(parts)}": str(Decimal(total) / Decimal(parts[0]))}
    made = process("m0", inputs=inputs, wastes=wastes)
    known = library_of(*materials).materials
    (closed,) = check_process(made, known)
    assert closed.kind is Closure.CONSERVED
    assert abs(closed.gap) <= closed.entering.value / 10**20
    starved = replace(
        made,
        flows=tuple(
            replace(
                f,
                amount=replace(
                    f.amount, value=f.amount.value * 2 / 3, low=f.amount.low * 2 / 3, high=f.amount.high * 2 / 3
                ),
            )
            if f.role.value == "input"
            else f
            for f in made.flows
        ),
    )
    assert check_process(starved, known)[0].kind is Closure.IMPOSSIBLE


@given(st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=100))
def test_scaling_the_basis_scales_inputs_and_by_products(factor: Fraction) -> None:
    before = {b.element: b for b in check_process(ELECTROLYSIS, CELLS.materials)}
    after = {b.element: b for b in check_process(scaled(ELECTROLYSIS, factor), CELLS.materials)}
    share = Fraction(CHLORINE.contents["Cl"].value)
    for element, b in before.items():
        product = share if element == "Cl" else 0
        assert abs(after[element].entering.value - factor * b.entering.value) <= Fraction(1, 10**20)
        leaving = factor * (b.leaving.value - product) + product
        assert abs(after[element].leaving.value - leaving) <= Fraction(1, 10**20)


def test_the_guard_leaves_the_library_as_it_is(library: Library) -> None:
    before = (dict(library.materials), dict(library.processes))
    first, second = guard(library), guard(library)
    assert first == second
    assert (dict(library.materials), dict(library.processes)) == before
