"""`oreflow chain`: requirements, comparisons and origins of a region's chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from oreflow.core.provenance import Text

from .output import VERDICTS, AsJson, Exit, Language, put, put_json, put_table

if TYPE_CHECKING:
    from oreflow.core.chain import Answer, BreakEven, Interval
    from oreflow.core.region import Region as RegionValue

app = typer.Typer(help="What the planned products require, and whether it is there.", no_args_is_help=True)

Region = Annotated[str, typer.Argument(help="A built-in region, or the path of a pack.")]
Year = Annotated[int, typer.Option("--year", "-y", help="The target year.")]
Share = Annotated[
    list[str] | None,
    typer.Option("--share", help="Route share, as PROCESS=0.4; may repeat.", show_default=False),
]
Utilisation = Annotated[
    float | None,
    typer.Option("--utilisation", "-u", help="Utilisation of stated capacity, 0 to 1.", show_default=False),
]
Buy = Annotated[
    list[str] | None,
    typer.Option(
        "--buy",
        help="Bought amount in the material's unit, as MATERIAL=200000; may repeat.",
        show_default=False,
    ),
]


def _pairs(given: list[str] | None, option: str) -> dict[str, float]:
    out = {}
    for pair in given or []:
        name, separator, number = pair.partition("=")
        try:
            out[name] = float(number)
        except ValueError:
            separator = ""
        if not separator or not name:
            raise typer.BadParameter(f"“{pair}”: write {option} NAME=NUMBER, e.g. {option} tio2_sulfate=0.4")
    return out


@app.command("require")
def require(
    region: Region,
    year: Year,
    share: Share = None,
    utilisation: Utilisation = None,
    buy: Buy = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Intermediates, ore, acid, chlorine, power, water and by-products that a year's plan requires."""
    from oreflow.core.chain import BURDEN_NAMES, BURDEN_UNITS, Scenario
    from oreflow.core.chain import require as solve_requirements
    from oreflow.gateway import load_pack

    scenario = Scenario(_pairs(share, "--share"), utilisation, _pairs(buy, "--buy"))
    found = solve_requirements(load_pack(region), year, scenario)
    if as_json:
        put_json(found)
        return Exit.FINE
    language = str(lang)
    put(f"{found.region} {found.year} · {found.hash[:19]}")
    heads = Text("物料|需要|生产|产生|抵用|需外购|余量|质量", "material|need|made|arising|credited|to buy|surplus|mark")
    names = heads.in_language(language).split("|")
    rows = [
        (
            b.name.in_language(language),
            *(said(x, b.unit, language) for x in (b.need, b.made, b.arising, b.credited, b.to_buy, b.surplus)),
            b.mark.text.in_language(language),
        )
        for b in sorted(found.balances.values(), key=lambda b: -max(b.need.value, b.made.value, b.arising.value))
    ]
    put_table("", [(n, "left" if i in (0, 7) else "right") for i, n in enumerate(names)], rows)
    for burden, amount in found.burdens.items():
        put(f"{BURDEN_NAMES[burden].in_language(language)}: {said(amount, BURDEN_UNITS[burden], language)}")
    put("; ".join(t.in_language(language) for t in found.assumptions))
    return Exit.FINE


@app.command("compare")
def compare(
    region: Region,
    year: Year,
    share: Share = None,
    utilisation: Utilisation = None,
    buy: Buy = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Hold what is needed against what the plan states, with break-evens."""
    from oreflow.core.chain import Scenario
    from oreflow.core.chain import compare as answer
    from oreflow.gateway import load_pack

    scenario = Scenario(_pairs(share, "--share"), utilisation, _pairs(buy, "--buy"))
    loaded = load_pack(region)
    answers = answer(loaded, year, scenario)
    if as_json:
        put_json(answers)
        return Exit.FINE
    language = str(lang)
    names = _sliders(loaded, language)
    heads = Text("核对|结论|需要|可供|差额|持平点|质量", "comparison|verdict|required|available|gap|break-even|mark")
    rows = [
        (
            a.label.in_language(language),
            VERDICTS[a.verdict.value].in_language(language),
            *(said(x, a.unit, language, a.available.value) for x in (a.required, a.available, a.gap)),
            "; ".join(_even(b, a, names, language) for b in a.break_evens if b.at),
            a.mark.text.in_language(language),
        )
        for a in answers
    ]
    columns = heads.in_language(language).split("|")
    put_table("", [(n, "right" if 2 <= i <= 4 else "left") for i, n in enumerate(columns)], rows)
    return Exit.FINE


def _sliders(region: RegionValue, language: str) -> dict[str, str]:
    """The sliders' names: routes and utilisation as the region calls them, purchases by their material."""
    out = {a.id: a.name.in_language(language) for a in region.assumptions.values()}
    for assumption in region.assumptions.values():
        if assumption.material:
            out[assumption.material] = assumption.name.in_language(language)
    return out


def _even(even: BreakEven, answer: Answer, names: dict[str, str], language: str) -> str:
    """Where a slider lets the comparison fit: shares and utilisation in per cent, purchases as amounts."""
    from oreflow.core.chain import amount

    value = even.at.value if even.at else 0.0
    purchase = even.slider == answer.material
    shown = amount(value, answer.unit).in_language(language) if purchase else f"{value:.1%}"
    return f"{names.get(even.slider, even.slider)} {'≥' if even.fits == 'above' else '≤'} {shown}"


@app.command("explain")
def explain(
    region: Region,
    material: Annotated[str, typer.Argument(help="Id of a material or product group.")],
    year: Year,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Open a computed amount: formula, lines, coefficients, marks, sources."""
    from oreflow.core.chain import explain as open_amount
    from oreflow.gateway import load_pack

    origins = open_amount(load_pack(region), year, None, material)
    if as_json:
        put_json(origins)
        return Exit.FINE
    language = str(lang)
    for origin in origins.values():
        put(f"{origin.title.in_language(language)} = {said(origin.amount, origin.unit, language)}")
        put(f"  {origin.formula.in_language(language)}")
        for line in origin.contributions:
            rate = f" {line.coefficient.value:g} {line.coefficient_unit} ×" if line.coefficient else ""
            run = f" {line.activity.value:,.0f}" if line.activity else ""
            put(
                f"  {line.what.in_language(language)}:{rate}{run} = {said(line.amount, origin.unit, language)}"
                f"  [{line.mark.text.in_language(language)}; {line.source}]"
            )
    return Exit.FINE


def said(x: Interval, unit: str, language: str, like: float | None = None) -> str:
    """An amount with its range; ~ marks a range that was sampled, not bounded."""
    from oreflow.core.chain import with_range

    return ("~" if x.how.value == "sampled" else "") + with_range(x, unit, like).in_language(language)
