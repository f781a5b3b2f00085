"""The shipped library: conserved, complete in its routes, and steady where results depend on it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from oreflow.core.materials import (
    Burden,
    Closure,
    GuardReport,
    Library,
    Process,
    Role,
    content,
    mass_fractions,
    molar_mass,
    oxide_factor,
)
from oreflow.core.provenance import Mark, weakest
from oreflow.core.quantity import unit

# what published results of the Panzhihua chain depend on, per unit of the reference product
STEADY = {
    ("vtm_dressing", "vtm_ore"): "3.47",
    ("ti_dressing", "vtm_tailings"): "12.236",
    ("bf_v", "make"): "",
    ("bf_v", "sinter_v"): "1.59",
    ("bf_v", "pellet_v"): "0.424",
    ("converter_v", "hot_metal_v"): "1.035",
    ("converter_v", "v_slag"): "0.0342",
    ("semi_steel_bof", "semi_steel"): "1.055",
    ("coking", "cog"): "333",
    ("v2o5_na", "v_slag"): "7.53012",
    ("v2o5_ca", "v_slag"): "7.35294",
    ("vn", "v2o5"): "1.4355",
    ("make_fev80", "v2o5"): "1.49543",
    ("make_fev50", "v2o5"): "0.92978",
    ("make_alv", "v2o5"): "1.21504",
    ("electrolyte", "v2o5"): "0.15228",
    ("ti_slag", "ti_conc"): "1.67095",
    ("make_ti_slag_cl", "ti_slag_acid"): "1.29034",
    ("make_ticl4", "ti_slag_cl"): "0.49508",
    ("make_ticl4", "cl2"): "0.86",
    ("mg_electrolysis", "cl2"): "2.82",
    ("mg_electrolysis", "mgcl2"): "4.01755",
    ("kroll", "ticl4"): "4.05184",
    ("kroll", "mgcl2"): "3.95",
    ("ti_var", "sponge"): "0.94",
    ("tio2_sulfate", "h2so4"): "3.9",
    ("tio2_sulfate", "ti_conc"): "2.35298",
    ("tio2_sulfate", "waste_acid20"): "8",
    ("tio2_chloride", "ti_slag_cl"): "1.1111",
    ("tio2_chloride", "cl2"): "0.2",
}
del STEADY["bf_v", "make"]


def amount(process: Process, material: str) -> Fraction:
    return sum((Fraction(f.amount.value) for f in process.flows if f.material == material), Fraction(0))


def test_no_row_is_impossible(report: GuardReport) -> None:
    assert [f.code for f in report.refused] == []


def test_doubts_on_stated_values_are_the_documented_ones(report: GuardReport) -> None:
    named = {f.code for f in report.doubtful if not f.code.startswith("guard.unknown.")}
    created = {"guard.conservation.tio2_sulfate.Fe", "guard.conservation.tio2_sulfate_slag.Fe"}
    lossy = ("rolling", "make_billet", "roll_rail", "roll_rebar", "mg_electrolysis", "al_secondary", "make_polysi",
             "zn_hydro")  # fmt: skip
    assert named == created | {f"guard.loss.{process}" for process in lossy}


def test_complete_processes_conserve_every_element(library: Library, report: GuardReport) -> None:
    """Where every material is known completely, no element is created and none leaves unlisted."""
    complete = {
        p.id
        for p in library.processes.values()
        if all(library.materials[m].complete for m in (p.product, *(f.material for f in p.flows)))
    }
    assert {"re_electrolysis", "dy_metal", "make_lfp", "chloralkali", "cog_h2", "la_ce_metal"} <= complete
    assert complete <= set(report.clean)
    for b in report.balances:
        if b.process in complete:
            outside = {*b.unknown_in} <= {"air", "water"} and not b.unknown_out
            assert b.kind is Closure.CONSERVED or (b.kind is Closure.UNKNOWN and outside), (b.process, b.element)


def test_added_outlets_hold_what_was_missing(library: Library, report: GuardReport) -> None:
    """At the stated values the five processes close within the tolerance, element by element."""
    found = {(b.process, b.element): b for b in report.balances}
    for process, elements in {
        "chloralkali": "Na Cl", "re_electrolysis": "Nd Pr F Li REO", "dy_metal": "Dy Ca F", "cog_h2": "C H",
        "make_sph_graphite": "C",
    }.items():  # fmt: skip
        for element in elements.split():
            b = found[process, element]
            assert abs(b.gap) <= b.entering.value * Fraction(1, 200), (process, element)


def test_every_loss_is_listed(report: GuardReport) -> None:
    listed = {f.code.removeprefix("guard.loss.") for f in report.doubtful if f.check == "guard.loss"}
    assert {b.process for b in report.balances if b.kind is Closure.LOST} == listed
    assert not listed & set(report.clean)


def test_every_element_of_known_composition_is_conserved(library: Library, report: GuardReport) -> None:
    """Where all contents are known nothing is created; the rest stands in the list of doubts."""
    closed = [b for b in report.balances if not b.unknown_in and not b.unknown_out]
    assert len(closed) > 90
    doubted = {f.code for f in report.doubtful}
    for b in closed:
        if b.kind is Closure.DOUBTFUL:
            assert f"guard.conservation.{b.process}.{b.element}" in doubted
        else:
            assert b.kind in (Closure.CONSERVED, Closure.LOST), (b.process, b.element)
            assert b.leaving.value <= b.entering.value * Fraction(201, 200), (b.process, b.element)
    for b in report.balances:
        if b.kind is Closure.UNKNOWN and {*b.unknown_in, *b.unknown_out} - {"air", "water", "ground"}:
            assert f"guard.unknown.{b.process}" in doubted


def test_recoveries_agree_with_their_grades(report: GuardReport) -> None:
    checked = [r for r in report.recoveries if r.recomputed is not None]
    assert len(checked) > 85
    assert {r.kind for r in checked} == {Closure.CONSERVED}
    unknown = {(r.process, r.recovery.element) for r in report.recoveries if r.recomputed is None}
    assert unknown == {("sco_dressing", "Co")}


def test_ids_name_one_thing_each(library: Library) -> None:
    names = [*library.materials, *library.processes, *library.groups]
    assert len(names) == len(set(names))
    for process in library.processes.values():
        if process.id.startswith("make_"):
            assert process.id.removeprefix("make_") == process.product


def test_units_are_known_and_agree(library: Library) -> None:
    for material in library.materials.values():
        assert unit(material.unit)
        needs_density = material.unit not in ("t", "kWh")
        assert (material.density is not None) == needs_density, material.id
    for process in library.processes.values():
        assert process.product_unit == library.materials[process.product].unit, process.id
        for flow in process.flows:
            assert flow.amount.unit == library.materials[flow.material].unit, (process.id, flow.material)
    for factor in library.factors.values():
        assert unit(factor.value.unit)


def test_ranges_hold_their_values(library: Library) -> None:
    for process in library.processes.values():
        values = [f.amount for f in process.flows] + [r.value for r in process.recoveries]
        for c in [*values, *process.burdens.values()]:
            assert c.low <= c.value <= c.high, process.id
        assert process.product not in {f.material for f in process.flows}, process.id


def test_no_material_both_enters_and_leaves(library: Library) -> None:
    for process in library.processes.values():
        entering = {f.material for f in process.inputs}
        assert not entering & {f.material for f in (*process.by_products, *process.wastes)}, process.id


def test_water_is_counted_once(library: Library) -> None:
    for process in library.processes.values():
        as_flow = any(f.material == "water" for f in process.inputs)
        assert not (as_flow and Burden.WATER in process.burdens), process.id


def test_formula_goods_hold_their_formula(library: Library) -> None:
    for material in library.materials.values():
        if material.formula and material.complete:
            for element, share in mass_fractions(material.formula).items():
                found = content(material, element)
                assert found is not None
                assert abs(found.value - share) < Fraction(1, 20000), (material.id, element)


def test_a_process_bears_the_weakest_mark(library: Library) -> None:
    dressing = library.processes["vtm_dressing"]
    assert dressing.mark is Mark.MEMORY
    assert Mark.PAGE in {f.amount.mark for f in dressing.flows}
    for material in library.materials.values():
        if material.contents:
            assert material.mark is weakest(c.mark for c in material.contents.values()), material.id


def test_recoveries_are_of_elements(library: Library) -> None:
    for process in library.processes.values():
        for recovery in process.recoveries:
            assert recovery.element == "REO" or content(library.materials[recovery.into], recovery.element) is not None
        reached = [(r.element, r.into) for r in process.recoveries]
        assert len(reached) == len(set(reached))


@pytest.mark.parametrize(("row", "value"), STEADY.items())
def test_figures_that_published_results_depend_on(library: Library, row: tuple[str, str], value: str) -> None:
    assert amount(library.processes[row[0]], row[1]) == Fraction(value)


def test_published_slag_and_acid_figures(library: Library) -> None:
    """Chloride titania takes 1.4337 t acid-soluble slag per t (1.1111 × 1.29034)."""
    chloride = amount(library.processes["tio2_chloride"], "ti_slag_cl")
    upgrading = amount(library.processes["make_ti_slag_cl"], "ti_slag_acid")
    assert round(float(chloride * upgrading), 4) == 1.4337


def test_chloralkali_follows_its_stoichiometry(library: Library) -> None:
    """2 NaCl + 2 H2O → 2 NaOH + Cl2 + H2: per t Cl2, inputs at or above, gas at or below."""
    cell = library.processes["chloralkali"]
    assert (cell.product, cell.product_unit) == ("cl2", "t")
    chlorine = molar_mass("Cl2")
    assert amount(cell, "nacl") > 2 * molar_mass("NaCl") / chlorine
    assert abs(amount(cell, "naoh") - 2 * molar_mass("NaOH") / chlorine) < Fraction(1, 1000)
    assert Fraction(97, 100) < amount(cell, "h2") / (molar_mass("H2") / chlorine) < 1
    assert round(float(350 * amount(cell, "h2")), 1) == 9.9


@pytest.mark.parametrize("route", ["h2so4_sulfur", "h2so4_pyrite", "h2so4_sco", "waste_acid_conc"])
def test_acid_routes_feed_enough_sulfur(library: Library, report: GuardReport, route: str) -> None:
    (sulfur,) = [b for b in report.balances if (b.process, b.element) == (route, "S")]
    assert sulfur.kind in (Closure.CONSERVED, Closure.LOST)
    assert sulfur.entering.value > oxide_factor("H2SO4", "S") * Fraction(98, 100)
    assert library.processes[route].product == "h2so4"


def test_slag_route_takes_less_acid_and_leaves_no_copperas(library: Library) -> None:
    slag, ilmenite = library.processes["tio2_sulfate_slag"], library.processes["tio2_sulfate"]
    assert slag.product == ilmenite.product == "tio2_r"
    assert Fraction("2.9") <= amount(slag, "h2so4") <= Fraction("3.3") < amount(ilmenite, "h2so4")
    assert amount(slag, "feso4_7") == 0


def test_recovery_routes_feed_on_by_products(library: Library) -> None:
    routes = {p.id: p.feed for p in library.processes.values() if p.feed}
    assert routes == {
        "waste_acid_conc": "waste_acid20",
        "ti_scrap_remelt": "ti_scrap",
        "ti_pig_steel": "ti_pig",
    }
    given_off = {f.material for p in library.processes.values() for f in p.flows if f.role is Role.BY_PRODUCT}
    for route, feed in routes.items():
        assert feed in given_off
        assert amount(library.processes[route], feed) > 0


def test_steel_reaches_its_products(library: Library) -> None:
    makers = {p.product: p for p in library.processes.values()}
    for product in library.groups["steel_products"].members:
        assert any(f.material == "billet" for f in makers[product].inputs), product
    assert amount(makers["billet"], "crude_steel") > 1
    assert {"apv", "hcl31"} <= makers.keys()


def test_groups_name_what_plans_name_together(library: Library) -> None:
    members = {g.id: g.members for g in library.groups.values()}
    assert members["titania"] == ("tio2_r", "tio2_cl")
    assert members["sponge_and_ingot"] == ("sponge", "ti_ingot")
    assert set(members["v_alloy"]) == {"vn16", "fevn", "fev80", "fev50", "alv"}
    assert members["ti_powder_mill"] == ("ti_powder", "ti_mill")
    for group in library.groups.values():
        assert {library.materials[m].unit for m in group.members} == {group.unit}


def test_tailings_of_titanium_dressing(library: Library) -> None:
    dressing, tailings = library.processes["ti_dressing"], library.materials["ti_tailings"]
    assert [f.material for f in dressing.wastes] == ["ti_tailings"]
    assert Decimal("0.027") < tailings.contents["Ti"].value < Decimal("0.031")
    flotation = library.processes["sco_dressing"]
    assert [f.material for f in flotation.inputs] == ["ti_tailings"]
    assert amount(flotation, "sco_tailings") == amount(flotation, "ti_tailings") - 1


def test_both_energy_bases_and_grid_years(library: Library) -> None:
    factors = library.factors
    equivalent, equal = factors["electricity_equivalent"], factors["electricity_equal"]
    assert (equivalent.value.value, equivalent.basis) == (Decimal("0.1229"), "equivalent")
    assert (equal.value.value, equal.basis) == (Decimal("0.404"), "equal")
    assert {f.year for f in factors.values() if f.id.startswith("co2_grid")} == {2021, 2022}
    for name, oxide, element in (("v_in_v2o5", "V2O5", "V"), ("ti_in_tio2", "TiO2", "Ti")):
        assert abs(Fraction(factors[name].value.value) - oxide_factor(oxide, element)) < Fraction(1, 10000)


def test_energy_that_includes_electricity_is_at_least_the_electricity(library: Library) -> None:
    """Exports (negative energy) and figures below their electricity cannot be called inclusive."""
    equivalent = library.factors["electricity_equivalent"].value.value
    said = [p for p in library.processes.values() if p.energy_includes_electricity]
    assert len(said) > 30
    for process in said:
        energy, power = process.burdens[Burden.ENERGY], process.burdens[Burden.ELECTRICITY]
        assert energy.value < 0 or energy.value >= power.value * equivalent * Decimal("0.99"), process.id
    assert library.processes["kroll"].energy_includes_electricity is True
    assert library.processes["cog_h2"].energy_includes_electricity is False
    assert library.processes["v2o5_na"].energy_includes_electricity is None
    assert all(
        p.energy_includes_electricity is None for p in library.processes.values() if Burden.ENERGY not in p.burdens
    )
