"""What a query says of the sliders: read, checked, and written back so that a link reproduces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from oreflow.core.chain import PlanView, Scenario, Slider
from oreflow.core.provenance import Text
from oreflow.core.region import Region

from . import access

# form fields carry the reader's unit in their name, links the plain amount
FIELD_FACTORS = {"pct": 0.01, "wan": 1e4, "kt": 1e3, "plain": 1.0}


@dataclass(frozen=True, slots=True)
class Setting:
    """A year and a scenario, with what could not be read."""

    year: int
    scenario: Scenario
    problems: tuple[Text, ...] = ()

    @property
    def query(self) -> str:
        """The query that gives this setting again: `share=process:0.5&utilisation=0.9&buy=material:t`."""
        return urlencode(pairs(self.scenario, self.year), safe=":")


def pairs(scenario: Scenario, year: int | None = None) -> list[tuple[str, str]]:
    """A scenario as query parameters."""
    out = [("year", str(year))] if year is not None else []
    out += [("share", f"{key}:{value:.12g}") for key, value in scenario.shares.items()]
    if scenario.utilisation is not None:
        out.append(("utilisation", f"{scenario.utilisation:.12g}"))
    return out + [("buy", f"{key}:{value:.12g}") for key, value in scenario.purchases.items()]


def year_of(region: Region, params: QueryDict) -> int:
    """The year asked for, else the last one with a chain; 404 for others."""
    years = access.chain_years(region)
    wish = params.get("year", "")
    if not wish and years:
        return years[0]
    found = next((y for y in years if str(y) == wish), None)
    if found is None:
        raise Http404(wish)
    return found


def setting_of(region: Region, params: QueryDict) -> Setting:
    """Year and scenario of a query; what cannot be read is left out and named."""
    problems: list[Text] = []
    year = year_of(region, params)
    given = _links(params, problems) | _fields(params, problems)
    return Setting(year, _scenario(region, year, given, problems), tuple(problems))


def _links(params: QueryDict, problems: list[Text]) -> dict[str, float]:
    given = {}
    for name in ("share", "buy"):
        for item in params.getlist(name):
            key, _, value = item.partition(":")
            given[key] = _number(item, value, problems)
    if params.get("utilisation"):
        given["utilisation"] = _number("utilisation", params["utilisation"], problems)
    return {key: value for key, value in given.items() if value is not None}


def _fields(params: QueryDict, problems: list[Text]) -> dict[str, float]:
    given = {}
    for name in params:
        if not name.startswith("s."):
            continue
        key, _, unit = name[2:].rpartition("~")
        value = _number(key, params[name], problems) if unit in FIELD_FACTORS else None
        if value is not None:
            given[key] = round(value * FIELD_FACTORS[unit], 9)
    return given


def _number(name: str, text: str, problems: list[Text]) -> float | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = float("nan")
    if isfinite(value):
        return value
    problems.append(
        Text(
            f"“{name}”的值“{text[:40]}”不是数，已忽略。请填数字，例如 50。",
            f"The value “{text[:40]}” for “{name}” is no number and was left out. Enter digits, such as 50.",
        )
    )
    return None


def _scenario(region: Region, year: int, given: Mapping[str, float], problems: list[Text]) -> Scenario:
    """A scenario of what differs from the default and lies on its slider's scale."""
    sliders = {s.key: s for s in access.plan_view(region, year, Scenario()).sliders}
    kept = Scenario()
    for key, value in given.items():
        slider = sliders.get(key)
        if slider is None:
            problems.append(
                Text(f"没有名为“{key[:40]}”的滑块，已忽略。", f"There is no slider “{key[:40]}”; it was left out.")
            )
        elif not slider.low <= value <= _most(slider):
            problems.append(_off_scale(slider, value))
        elif abs(value - slider.value) > 1e-9:
            kept = moved(kept, slider, value)
    return kept


def _most(slider: Slider) -> float:
    """Purchases may exceed the slider's end by typing; shares may not."""
    return slider.high * 100 if slider.kind == "purchase" else slider.high


def _off_scale(slider: Slider, value: float) -> Text:
    return Text(
        f"“{slider.label.zh}”应在 {slider.low:g} 与 {_most(slider):g} 之间，{value:g} 已忽略。",
        f"“{slider.label.en}” must lie between {slider.low:g} and {_most(slider):g}; {value:g} was left out.",
    )


def moved(scenario: Scenario, slider: Slider, value: float) -> Scenario:
    """The scenario with one slider set, `value` on the slider's own scale."""
    if slider.kind == "utilisation":
        return Scenario(scenario.shares, value, scenario.purchases)
    if slider.kind == "share":
        return Scenario({**scenario.shares, slider.key: value}, scenario.utilisation, scenario.purchases)
    return Scenario(scenario.shares, scenario.utilisation, {**scenario.purchases, slider.key: value})


def view_of(region: Region, setting: Setting) -> PlanView:
    """The first page's values at a setting."""
    return access.plan_view(region, setting.year, setting.scenario)
