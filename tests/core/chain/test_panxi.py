"""The Panzhihua 2025 case against figures worked out by hand from the same coefficients.

Hand: vanadium slag needed 52 [43–65] and made 30 [21–42] (10⁴ t); acid at full sulfate share 595
[501–661] against 200, break-even 0.325 [0.29–0.39]; titanium slag at share 0.325: 195 against 115, enough
only from 0.70 [0.63]; titanium concentrate 437–443 against 600; chlorine 30 against 35 at 0.325.
"""

from __future__ import annotations

import pytest

from oreflow.core.chain import (
    Answer,
    BadScenario,
    How,
    Scenario,
    UnknownMaterial,
    UnknownYear,
    Verdict,
    compare,
    explain,
    explain_answer,
    picture,
    require,
    unmarked,
    view,
    years,
)
from oreflow.core.materials import Burden
from oreflow.core.provenance import Mark
from oreflow.core.region import Region

WAN = 1e4


@pytest.fixture(scope="module")
def panxi() -> Region:
    from oreflow.gateway import load_pack

    return load_pack("panxi")


def answer(region: Region, name: str, **scenario: object) -> Answer:
    found = compare(region, 2025, Scenario(**scenario))  # type: ignore[arg-type]
    return next(a for a in found if a.comparison == name)


def share(value: float) -> dict[str, float]:
    return {"tio2_sulfate": value}


def even(a: Answer, slider: str):  # type: ignore[no-untyped-def]
    return next(b for b in a.break_evens if b.slider == slider)


def test_vanadium_slag(panxi: Region) -> None:
    slag = answer(panxi, "v-slag")
    assert slag.required.value / WAN == pytest.approx(52, abs=0.5)
    assert (slag.required.low / WAN, slag.required.high / WAN) == pytest.approx((43, 65), abs=0.6)
    assert slag.available.value / WAN == pytest.approx(30, abs=0.5)
    assert (slag.available.low / WAN, slag.available.high / WAN) == pytest.approx((21, 42), abs=0.6)
    assert slag.verdict is Verdict.BREAK
    assert slag.required.how is How.EXACT
    assert slag.gap.value == pytest.approx(slag.available.value - slag.required.value)
    assert even(slag, "v_slag").at.value == pytest.approx(-slag.gap.value)


def test_acid_at_full_sulfate_share(panxi: Region) -> None:
    acid = answer(panxi, "acid", shares=share(1.0))
    assert acid.required.value / WAN == pytest.approx(595, abs=1)
    assert (acid.required.low / WAN, acid.required.high / WAN) == pytest.approx((501, 661), abs=1.5)
    assert acid.available.value / WAN == pytest.approx(200)
    assert acid.verdict is Verdict.BREAK
    at = even(acid, "tio2_sulfate")
    assert (at.at.value, at.at.low, at.at.high) == pytest.approx((0.325, 0.29, 0.39), abs=0.006)
    assert at.fits == "below"


def test_titanium_slag(panxi: Region) -> None:
    slag = answer(panxi, "ti-slag", shares=share(0.325))
    assert slag.required.value / WAN == pytest.approx(195, abs=1)
    at = even(slag, "tio2_sulfate")
    assert at.at.value == pytest.approx(0.70, abs=0.005)
    assert at.at.low == pytest.approx(0.63, abs=0.005)
    assert at.fits == "above"


def test_titanium_concentrate_holds_at_every_share(panxi: Region) -> None:
    needs = [answer(panxi, "ti-conc", shares=share(s)).required.value / WAN for s in (0.0, 1.0)]
    assert sorted(needs) == pytest.approx([437, 443], abs=1)
    assert answer(panxi, "ti-conc").verdict is Verdict.HOLDS


def test_chlorine_holds_but_not_in_the_worst_case(panxi: Region) -> None:
    chlorine = answer(panxi, "chlorine", shares=share(0.325))
    assert chlorine.required.value / WAN == pytest.approx(30, abs=1)
    assert chlorine.gap.value > 0 > chlorine.gap.low
    assert chlorine.verdict is Verdict.AT_RISK


def test_coke_oven_gas_holds(panxi: Region) -> None:
    gas = answer(panxi, "coke-gas")
    assert gas.verdict is Verdict.HOLDS
    assert gas.available.value / 1e8 == pytest.approx(20, abs=0.1)


def test_every_share_misses_acid_or_slag(panxi: Region) -> None:
    for step in range(21):
        found = {a.comparison: a for a in compare(panxi, 2025, Scenario(shares=share(step / 20)))}
        assert found["acid"].gap.value < 0 or found["ti-slag"].gap.value < 0


def test_five_sentences_the_sharpest_first(panxi: Region) -> None:
    page = view(panxi, 2025)
    assert len(page.sentences) == 5
    assert [s.sharpness for s in page.sentences] == sorted((s.sharpness for s in page.sentences), reverse=True)
    first = page.sentences[0]
    assert set(first.answers) == {"acid", "ti-slag"}
    assert first.verdict is Verdict.BREAK
    for sentence in page.sentences:
        assert sentence.sources
        assert "⟦" in sentence.text.zh
        assert "⟦" not in unmarked(sentence.text.zh)
        assert sentence.under.zh
        assert sentence.under.en
        assert sentence.mark is not Mark.DEFINITION
    assert "32%" in unmarked(first.text.en)
    assert "70%" in unmarked(first.text.zh)


def test_low_utilisation_lets_both_fit(panxi: Region) -> None:
    page = view(panxi, 2025, Scenario(utilisation=0.4))
    pair = next(s for s in page.sentences if set(s.answers) == {"acid", "ti-slag"})
    assert "之间" in pair.text.zh
    assert "现为 50%" in pair.text.zh
    inside = view(panxi, 2025, Scenario(utilisation=0.35, shares=share(0.75)))
    pair = next(s for s in inside.sentences if set(s.answers) == {"acid", "ti-slag"})
    assert pair.verdict is not Verdict.BREAK
    outside = view(panxi, 2025, Scenario(utilisation=0.35, shares=share(0.0)))
    pair = next(s for s in outside.sentences if set(s.answers) == {"acid", "ti-slag"})
    assert pair.verdict is Verdict.BREAK
    assert "钛渣差" in pair.text.zh


def test_buying_slag_closes_the_gap(panxi: Region) -> None:
    bought = answer(panxi, "v-slag", purchases={"v_slag": 450_000.0})
    assert bought.verdict is Verdict.HOLDS
    sentence = next(
        s for s in view(panxi, 2025, Scenario(purchases={"v_slag": 100_000.0})).sentences if s.answers == ("v-slag",)
    )
    assert "外购" in sentence.text.zh


def test_waste_acid_eases_but_does_not_mend(panxi: Region) -> None:
    eased = answer(panxi, "acid", shares={"waste_acid_conc": 1.0, "tio2_sulfate": 1.0})
    plain = answer(panxi, "acid", shares=share(1.0))
    assert eased.required.value < plain.required.value
    assert eased.gap.value < 0


def test_requirements_reach_ore_power_and_water(panxi: Region) -> None:
    found = require(panxi, 2025)
    assert found.balances["vtm_ore"].made.value / WAN == pytest.approx(3000 * 3.47, rel=0.01)
    assert found.burdens[Burden.ELECTRICITY].value > 1e10
    assert set(found.burdens) == set(Burden)
    assert found.hash == panxi.hash
    assert all(b.need.low <= b.need.value <= b.need.high for b in found.balances.values())
    assert all(x.value >= 0 for x in found.activities.values())
    acid = found.balances["h2so4"]
    assert acid.to_buy.value == pytest.approx(acid.need.value - acid.credited.value)
    assert any("50%" in a.en for a in found.assumptions)
    assert found.burden_marks[Burden.ELECTRICITY] is Mark.ASSUMED
    assert any("include electricity" in a.en for a in found.assumptions)
    gas = found.balances["cog"].credited
    assert gas.low < gas.value < gas.high


def test_scaled_plan_scales_needs(panxi: Region) -> None:
    """Every driving target of the titania chain is a capacity: half the utilisation, half the pigment's acid."""
    full, half = (require(panxi, 2025, Scenario(utilisation=u)).activities["tio2_sulfate"].value for u in (1.0, 0.5))
    assert half == pytest.approx(full / 2)


def test_origins_add_up(panxi: Region) -> None:
    origin = explain(panxi, 2025, None, "h2so4")["need"]
    assert sum(c.amount.value for c in origin.contributions) == pytest.approx(origin.amount.value)
    assert origin.contributions[0].process == "tio2_sulfate"
    assert origin.contributions[0].coefficient.value == pytest.approx(3.9)  # type: ignore[union-attr]
    assert origin.contributions[0].source
    both = explain_answer(panxi, 2025, None, "acid")
    assert both["gap"].amount.value == pytest.approx(
        both["available"].amount.value - sum(c.amount.value for c in both["required"].contributions)
    )
    arising = explain_answer(panxi, 2025, None, "coke-gas")["available"]
    assert [c.process for c in arising.contributions] == ["coking"]


def test_electricity_opens_too(panxi: Region) -> None:
    origin = explain(panxi, 2025, None, "electricity")["need"]
    assert sum(c.amount.value for c in origin.contributions) == pytest.approx(origin.amount.value)


def test_picture_has_no_circle_and_keeps_mass(panxi: Region) -> None:
    flows = picture(panxi, 2025)
    stage = {n.id: n.stage for n in flows.nodes}
    assert all(stage[x.source] < stage[x.target] for x in flows.links)
    ore = [x.amount for x in flows.links if x.source == "vtm_ore"]
    assert sum(ore) == pytest.approx(require(panxi, 2025).balances["vtm_ore"].made.value, rel=0.01)
    assert any(n.state == "short" for n in flows.nodes)


def test_picture_of_one_group_is_smaller(panxi: Region) -> None:
    one, every = picture(panxi, 2025, group="titania"), picture(panxi, 2025)
    assert "titania" in {n.id for n in one.nodes}
    assert "crude_steel" not in {n.id for n in one.nodes}
    assert len(one.nodes) < len(every.nodes) + 10
    amount = next(n.amount for n in one.nodes if n.id == "titania")
    assert amount == pytest.approx(1.5e6)
    chlorine = next(n for n in every.nodes if n.id == "cl2")
    assert chlorine.stated is None  # the plan's output compares with the make-up, not with what circulates


def test_mistakes_name_the_way_out(panxi: Region) -> None:
    assert years(panxi) == (2025,)
    with pytest.raises(UnknownYear, match="2025"):
        require(panxi, 1999)
    with pytest.raises(UnknownMaterial, match="unobtainium"):
        explain(panxi, 2025, None, "unobtainium")
    with pytest.raises(UnknownMaterial, match="acid"):
        explain_answer(panxi, 2025, None, "beer")
    for bad in (
        Scenario(utilisation=1.5),
        Scenario(shares={"tio2_sulfate": -0.1}),
        Scenario(shares={"nothing": 0.1}),
        Scenario(purchases={"v_slag": -1.0}),
    ):
        with pytest.raises(BadScenario):
            compare(panxi, 2025, bad)


@pytest.mark.parametrize("utilisation", [0.0, 0.35, 1.0])
@pytest.mark.parametrize("sulfate", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("bought", [0.0, 5e6])
def test_every_corner_of_the_sliders_speaks(panxi: Region, utilisation: float, sulfate: float, bought: float) -> None:
    page = view(panxi, 2025, Scenario(share(sulfate), utilisation, {"v_slag": bought}))
    for sentence in page.sentences:
        for text in (sentence.text.zh, sentence.text.en, sentence.under.zh, sentence.under.en):
            said = unmarked(text)
            assert "nan" not in said
            assert "inf" not in said
            assert "−" not in said
            assert "⟦" not in said
    for a in page.answers:
        assert a.gap.low <= a.gap.value <= a.gap.high


def test_every_origin_opens_to_its_answer(panxi: Region) -> None:
    scenario = Scenario(share(0.4), 0.9, {"v_slag": 100_000.0})
    for a in compare(panxi, 2025, scenario):
        opened = explain_answer(panxi, 2025, scenario, a.comparison)
        for side, interval in (("required", a.required), ("available", a.available), ("gap", a.gap)):
            origin = opened[side]
            assert origin.amount.value == pytest.approx(interval.value)
            assert sum(c.amount.value for c in origin.contributions) == pytest.approx(interval.value, abs=1)


def test_shares_do_not_depend_on_their_order(panxi: Region) -> None:
    one = {"tio2_sulfate": 0.5, "tio2_sulfate_slag": 0.5}
    other = dict(reversed(one.items()))
    for given in (one, other):
        made = require(panxi, 2025, Scenario(shares=given)).activities
        assert made["tio2_sulfate"].value == pytest.approx(750_000)
        assert made["tio2_sulfate_slag"].value == pytest.approx(750_000)
        assert "tio2_chloride" not in made
    for wrong in ({"tio2_sulfate": 0.8, "tio2_chloride": 0.8}, {"coking": 0.5}):
        with pytest.raises(BadScenario):
            require(panxi, 2025, Scenario(shares=wrong))


def test_a_changed_region_is_not_answered_from_the_old_one(panxi: Region) -> None:
    from dataclasses import replace

    before = require(panxi, 2025).balances["h2so4"].need.value
    poorer = replace(panxi, goals=tuple(g for g in panxi.goals if g.product != "titania"))
    assert require(poorer, 2025).balances["h2so4"].need.value < before / 2


def test_sampled_ranges_say_so(panxi: Region) -> None:
    page = view(panxi, 2025, Scenario(shares={"waste_acid_conc": 0.5}))
    pair = next(s for s in page.sentences if "acid" in s.answers)
    assert "sampled" in pair.under.en
    untouched = next(a for a in page.answers if a.comparison == "coke-gas")
    assert untouched.gap.how is How.EXACT


def test_sentences_name_what_they_hang_on(panxi: Region) -> None:
    chlorine = next(s for s in view(panxi, 2025).sentences if s.answers == ("chlorine",))
    assert "50%" in chlorine.under.en
    gas = next(s for s in view(panxi, 2025).sentences if s.answers == ("coke-gas",))
    assert gas.under.en == "utilisation of stated capacity 100%"
    slag = next(s for s in view(panxi, 2025).sentences if s.answers == ("v-slag",))
    assert "calcium roast" in slag.under.en
    assert "no vanadium slag bought" in slag.under.en
    assert "alloy" not in slag.under.en
