"""Everything the first page shows for one setting of its sliders."""

from __future__ import annotations

from math import ceil, floor, log10

from oreflow.core.provenance import Text
from oreflow.core.region import Region

from .chain import UTILISATION, Chain, at, chain_of, purchases, reach, utilisation
from .comparison import Sides, compare, slider_keys
from .flows import picture
from .model import Answer, PlanView, Scenario, Slider
from .sentences import sentences


def view(region: Region, year: int, scenario: Scenario | None = None) -> PlanView:
    """Sentences, answers, sliders and flow picture of a year under a scenario.

    Raises
    ------
    UnknownYear, BadScenario, NonProductiveLoop, NoBalance
    """
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    answers = compare(region, year, scenario)
    return PlanView(
        region=region.id,
        hash=region.hash,
        year=year,
        sentences=sentences(chain, scenario, answers),
        answers=answers,
        sliders=_sliders(chain, scenario, answers),
        picture=picture(region, year, scenario, sides=[Sides(a.required, a.available, a.gap) for a in answers]),
    )


def _sliders(chain: Chain, scenario: Scenario, answers: tuple[Answer, ...]) -> tuple[Slider, ...]:
    return tuple(_slider(chain, scenario, answers, key) for key in slider_keys(chain))


def _slider(chain: Chain, scenario: Scenario, answers: tuple[Answer, ...], key: str) -> Slider:
    library = chain.region.library
    ticks = tuple(sorted({b.at.value for a in answers for b in a.break_evens if b.slider == key and b.at}))
    if key == UTILISATION:
        run = utilisation(chain.region, scenario)
        return Slider(key, "utilisation", Text("产能利用率", "utilisation"), run, 0.0, 1.0, 0.01, "%", ticks)
    if key in chain.processes:
        top = reach(chain, scenario, key)
        now = float(at(chain, scenario).share[chain.processes.index(key)])
        label = chain.region.assumptions[key].name
        return Slider(key, "share", label, now, 0.0, top, 0.01, "%", ticks)
    now = purchases(chain.region, scenario).get(key, 0.0)
    most = max([now, *(a.required.high for a in answers if a.material == key)], default=1.0)
    high = _round_up(max(most, 1.0))
    name = library.materials[key].name
    return Slider(
        key,
        "purchase",
        Text(f"外购{name.zh}", f"bought {name.en}"),
        now,
        0.0,
        high,
        high / 100,
        chain.unit(key),
        tuple(t for t in ticks if t > 0),
    )


def _round_up(value: float) -> float:
    """The next round number: one significant digit and a half."""
    step = 10.0 ** floor(log10(value)) / 2
    return ceil(value / step) * step
