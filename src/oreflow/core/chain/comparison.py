"""Is what a year requires within what the plan states? Gaps, verdicts and break-evens.

A gap is available − required for one material, taken as one result, so that what both sides share
(one steel, one titania) moves together and is not counted twice as uncertainty.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from oreflow.core.provenance import Mark, Source, weakest
from oreflow.core.region import Comparison, Region

from .bounds import Ask, Result, bounds
from .chain import UTILISATION, Chain, Marks, at, chain_of, marks, purchases, reach, stated, utilisation
from .model import Answer, BreakEven, How, Interval, Scenario, ScenarioKey, Verdict
from .network import Network
from .requirements import assumptions, touching
from .solve import solve
from .states import Solution

_GRID = 17


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a comparison and their gap, in the material's unit per year."""

    required: Interval
    available: Interval
    gap: Interval


def compare(region: Region, year: int, scenario: Scenario | None = None) -> tuple[Answer, ...]:
    """Answer every comparison the region asks for that year, in the region's order.

    Raises
    ------
    UnknownYear, BadScenario, NonProductiveLoop, NoBalance
    """
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    asked = comparisons(chain)
    if not asked:
        return ()
    network = at(chain, scenario)
    sides = gaps(chain, scenario)
    evens = break_evens(chain, scenario, sides)
    known, solution = marks(chain, network), solve(network)
    return tuple(
        Answer(
            comparison=c.id,
            material=c.material,
            label=c.label,
            unit=chain.unit(chain.network.nodes[chain.node(c.material)]),
            verdict=verdict(chain, c, side),
            required=side.required,
            available=side.available,
            gap=side.gap,
            break_evens=evens[c.id],
            assumptions=assumptions(chain, scenario, _about(chain, network, solution, c)),
            mark=_mark(chain, known, c),
            sources=_sources(region, c),
            target=c.target,
        )
        for c, side in zip(asked, sides, strict=True)
    )


def _about(chain: Chain, network: Network, solution: Solution, c: Comparison) -> set[int]:
    """The nodes whose assumptions matter to a comparison."""
    return touching(network, solution, chain.node(c.material), need=c.required == "need")


def comparisons(chain: Chain) -> tuple[Comparison, ...]:
    """The comparisons of the chain's year, in the region's order."""
    return tuple(c for c in chain.region.comparisons if c.year == chain.year)


def gaps(chain: Chain, scenario: Scenario) -> list[Sides]:
    """Both sides and the gap of every comparison, with bounds."""
    network = at(chain, scenario)
    bought = purchases(chain.region, scenario)
    run = utilisation(chain.region, scenario)
    asked = comparisons(chain)
    asks = list(dict.fromkeys(ask for c in asked for ask in _asks(chain, c)))
    found = dict(zip(asks, bounds(network, asks), strict=True))
    return [
        _sides(chain, c, run, bought.get(c.material, 0.0), {a.result: found[a] for a in _asks(chain, c)}) for c in asked
    ]


def _asks(chain: Chain, c: Comparison) -> tuple[Ask, ...]:
    """What has to be bounded to answer a comparison."""
    node = chain.node(c.material)
    if c.required == "stated":
        return (Ask(Result.ARISING, node),)
    if c.available == "arising":
        return tuple(Ask(r, node) for r in (Result.NEED, Result.ARISING, Result.NET))
    return (Ask(Result.NET, node),)


def _sides(chain: Chain, c: Comparison, run: float, extra: float, found: Mapping[Result, Interval]) -> Sides:
    if c.required == "stated":
        amount = stated(chain, c.target, c.material, run)
        available = _shifted(found[Result.ARISING], extra)
        return Sides(_point(amount), available, _shifted(available, -amount))
    net = found[Result.NET]
    if c.available == "arising":
        available = _shifted(found[Result.ARISING], extra)
        return Sides(found[Result.NEED], available, _shifted(_negative(net), extra))
    amount = stated(chain, c.target, c.material, run) + extra
    required = Interval(max(net.value, 0.0), max(net.low, 0.0), max(net.high, 0.0), net.how)
    return Sides(required, _point(amount), _shifted(_negative(net), amount))


def _point(value: float) -> Interval:
    return Interval(value, value, value, How.POINT)


def _negative(x: Interval) -> Interval:
    return Interval(-x.value, -x.high, -x.low, x.how)


def _shifted(x: Interval, by: float) -> Interval:
    return Interval(x.value + by, x.low + by, x.high + by, x.how)


def nominal_gaps(chain: Chain, scenario: Scenario) -> list[float]:
    """The gaps at the stated coefficients only; a cheap probe for break-evens."""
    network = at(chain, scenario)
    solution = solve(network)
    bought = purchases(chain.region, scenario)
    run = utilisation(chain.region, scenario)
    out = []
    for c in comparisons(chain):
        found = {a.result: _point(float(getattr(solution, a.result.value)[a.node])) for a in _asks(chain, c)}
        out.append(_sides(chain, c, run, bought.get(c.material, 0.0), found).gap.value)
    return out


def verdict(chain: Chain, c: Comparison, side: Sides) -> Verdict:
    """Break, at risk or holds over the coefficient ranges.

    A comparison of what arises with what the plan states asks whether the statement is plausible:
    it holds where the stated coefficients give it within its printed rounding, and breaks where
    even the favourable coefficients do not reach it.
    """
    if c.required == "stated":
        rounding = _printed_half(chain, c)
        if side.gap.value >= -rounding:
            return Verdict.HOLDS
        return Verdict.BREAK if side.gap.high < -rounding else Verdict.AT_RISK
    tolerance = 1e-9 * max(abs(side.required.value), abs(side.available.value), 1.0)
    if side.gap.high < -tolerance:
        return Verdict.BREAK
    return Verdict.HOLDS if side.gap.low >= -tolerance else Verdict.AT_RISK


def _printed_half(chain: Chain, c: Comparison) -> float:
    """Half a unit of the last printed place of the stated amount, in the material's unit."""
    target = chain.region.targets[c.target]
    if target.value is None or target.value.value == 0:
        return 0.0
    per_printed_unit = stated(chain, c.target, c.material, 1.0) / float(target.value.value)
    return 0.5 * 10.0 ** (-target.places) * per_printed_unit


def slider_keys(chain: Chain) -> tuple[str, ...]:
    """What can be moved: declared assumptions that are a route share, the utilisation or a purchase.

    An assumption whose id is a process id is the share of that route.
    """
    keys = []
    for assumption in chain.region.assumptions.values():
        if assumption.id in chain.processes or assumption.id == UTILISATION:
            keys.append(assumption.id)
        elif assumption.material in chain.node_of:
            keys.append(assumption.material)
    return tuple(keys)


def moved(scenario: Scenario, chain: Chain, key: str, value: float) -> Scenario:
    """The scenario with one slider set."""
    if key == UTILISATION:
        return replace(scenario, utilisation=value)
    if key in chain.processes:
        return replace(scenario, shares={**scenario.shares, key: value})
    return replace(scenario, purchases={**scenario.purchases, key: value})


def break_evens(chain: Chain, scenario: Scenario, sides: list[Sides]) -> Mapping[str, tuple[BreakEven, ...]]:
    """Per comparison, for every slider that matters to it, where its gap closes."""
    asked = comparisons(chain)
    out: dict[str, list[BreakEven]] = {c.id: [] for c in asked}
    for key in slider_keys(chain):
        if key in chain.processes or key == UTILISATION:
            _from_scan(chain, scenario, key, out)
        else:
            for c, side in zip(asked, sides, strict=True):
                if chain.node(c.material) == chain.node(key):
                    now = purchases(chain.region, scenario).get(key, 0.0)
                    closing = sorted(max(0.0, now - g) for g in (side.gap.low, side.gap.high))
                    at_value = max(0.0, now - side.gap.value)
                    out[c.id].append(BreakEven(key, Interval(at_value, closing[0], closing[1], side.gap.how), "above"))
    return {k: tuple(v) for k, v in out.items()}


def _from_scan(chain: Chain, scenario: Scenario, key: str, out: dict[str, list[BreakEven]]) -> None:
    """Break-evens of a slider on 0 … 1; they do not depend on where that slider stands now."""
    for comparison, even in _scan(chain, key, moved(scenario, chain, key, 0.0).key):
        out[comparison].append(even)


@lru_cache(maxsize=512)
def _scan(chain: Chain, key: str, others: ScenarioKey) -> tuple[tuple[str, BreakEven], ...]:
    """Gaps are piecewise linear in a slider: its ends and middle tell most, a grid the rest."""
    scenario = Scenario.of_key(others)
    asked = comparisons(chain)
    top = reach(chain, scenario, key) if key in chain.processes else 1.0
    rows = {z: _lanes(chain, moved(scenario, chain, key, z)) for z in (0.0, top / 2, top)}
    first, middle, last = rows[0.0], rows[top / 2], rows[top]
    scale = np.maximum(np.abs(first), np.abs(last)).max(axis=1)
    bent = np.abs(first + last - 2 * middle).max(axis=1) > 1e-6 * np.maximum(scale, 1.0)
    crossing = (np.sign(first) != np.sign(last)).any(axis=1)
    if (bent & crossing).any():
        for z in np.linspace(0, top, _GRID):
            rows.setdefault(float(z), _lanes(chain, moved(scenario, chain, key, float(z))))
    zs = np.array(sorted(rows))
    table = np.stack([rows[z] for z in zs])  # (z, comparison, lane)
    moves = np.ptp(table[:, :, 1], axis=0) > 1e-9 * np.maximum(scale, 1.0)
    return tuple((c.id, _root(key, zs, table[:, i, :])) for i, c in enumerate(asked) if moves[i])


def _lanes(chain: Chain, scenario: Scenario) -> np.ndarray:
    """(comparison, 3) low, value, high of the gaps."""
    return np.array([[s.gap.low, s.gap.value, s.gap.high] for s in gaps(chain, scenario)])


def _root(key: str, zs: np.ndarray, lanes: np.ndarray) -> BreakEven:
    fits = "above" if lanes[-1, 1] > lanes[0, 1] else "below"
    roots = [_crossing(zs, lanes[:, k]) for k in range(3)]
    if roots[1] is None:
        return BreakEven(key, None, fits)
    ends = []
    for k in (0, 2):
        root = roots[k]
        if root is None:
            always = lanes[0, k] > 0
            root = float(zs[-1] if always == (fits == "below") else zs[0])
        ends.append(root)
    return BreakEven(key, Interval(roots[1], min(ends), max(ends)), fits)


def _crossing(zs: np.ndarray, gap: np.ndarray) -> float | None:
    """Where the gap changes sign; touching zero (as everything does at no activity) is no crossing."""
    tall = np.abs(gap).max(initial=0.0)
    sure = np.flatnonzero(np.abs(gap) > 1e-9 * tall)
    for a, b in itertools.pairwise(sure):
        if (gap[a] < 0) != (gap[b] < 0):
            return float(zs[a] + (zs[b] - zs[a]) * gap[a] / (gap[a] - gap[b]))
    return None


def _mark(chain: Chain, known: Marks, c: Comparison) -> Mark:
    """The weakest mark of the sides that enter: a statement about what arises does not hang on its users."""
    node = chain.node(c.material)
    sides = [Mark.PLAN]
    if c.required == "need":
        sides.append(known.need[node])
    if c.available == "arising" or known.arising[node] > Mark.DEFINITION:
        sides.append(known.arising[node])
    return weakest(sides)


def _sources(region: Region, c: Comparison) -> tuple[Source, ...]:
    """The stated amount's plan line; for what only arises, the lines of the year's goals it hangs on."""
    if c.target:
        return (region.targets[c.target].source,)
    return ()
