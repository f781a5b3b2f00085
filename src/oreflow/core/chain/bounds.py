"""Bounds of results over the ranges of the coefficients.

A result y (need, arising, net or making of one node) changes with the coefficient v of flow (i, j) by
x_j · Λ_i, where Λ_i is the effect on y of one more unit needed (or arising) at node i, and x_j ≥ 0.
Interval iteration encloses Λ over the whole box of coefficients. Where no Λ changes sign, y is
monotone in every coefficient and its bounds are exact: they lie at two corners of the box.

Where the sign of a few Λ stays open, y is still monotone in each coefficient taken alone (a change of
one coefficient is a change of rank one, so y is a quotient of two linear functions of it), as long as
no node switches between short and surplus inside the box. Its extremes then lie at corners too, and
the open coefficients are tried at both ends. Otherwise, and for everything that a running recovery
route touches, the box is sampled with a fixed seed, and the result is labelled so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import product

import numpy as np

from .loops import require_productive
from .model import How, Interval
from .network import Bools, Floats, Network
from .solve import solve, solve_batch
from .states import Solution

_SWEEPS = 400
_SAMPLES = 256
_OPEN_SIGNS = 6
BOUNDED_UP_TO = 400
SEED = 20251


class Result(Enum):
    """What can be asked of a node."""

    NEED = "need"
    ARISING = "arising"
    SUPPLIED = "supplied"  # arising and recovered
    NET = "net"  # need less what arises and is recovered
    MADE = "made"
    OPEN = "open"  # net less what main routes make


_WEIGHTS = {  # what one unit of need, arising, recovery and making counts for directly
    Result.NEED: (1.0, 0.0, 0.0, 0.0),
    Result.ARISING: (0.0, 1.0, 0.0, 0.0),
    Result.SUPPLIED: (0.0, 1.0, 1.0, 0.0),
    Result.NET: (1.0, -1.0, -1.0, 0.0),
    Result.MADE: (0.0, 0.0, 0.0, 1.0),
    Result.OPEN: (1.0, -1.0, -1.0, -1.0),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One result of one node (index)."""

    result: Result
    node: int


def bounds(network: Network, asks: list[Ask]) -> list[Interval]:
    """Value and bounds of each ask, in the node's unit per year.

    Networks of more than `BOUNDED_UP_TO` processes get points: their corners would take too long.

    Raises
    ------
    NonProductiveLoop
        If a loop cannot carry itself at some coefficients in their ranges: there are no bounds then.
    NoBalance
        If the network has no consistent balance at the stated coefficients or at a corner.
    """
    if not asks:
        return []
    require_productive(network)
    stated = solve(network)
    if len(network.processes) > BOUNDED_UP_TO:
        return [Interval(float(v), float(v), float(v), How.POINT) for v in _read(stated, asks)]
    watched = _watched(network, stated)
    every = asks + [ask for ask, _ in watched]
    ends, sure, settled = _vertices(network, every)
    kept = _states_kept(watched, ends[:, len(asks) :], settled[len(asks) :])
    exact = (sure | (settled & kept))[: len(asks)]
    value = _read(stated, asks)
    ends = ends[:, : len(asks)]
    if not exact.all():
        both = np.concatenate([_sampled(network, asks), ends, value[None]])
        ends = np.where(exact, ends, np.stack([both.min(axis=0), both.max(axis=0)]))
    if np.array_equal(network.low, network.high):
        return [Interval(float(v), float(v), float(v), How.POINT) for v in value]
    how = [How.EXACT if e else How.SAMPLED for e in exact]
    return [Interval(float(value[k]), float(ends[0, k]), float(ends[1, k]), how[k]) for k in range(len(asks))]


def _watched(network: Network, stated: Solution) -> list[tuple[Ask, float]]:
    """What must keep its sign for no state to switch, with the plan's level it is taken from.

    Only nodes that are both credited and made matter; others may switch without moving an activity.
    """
    main = np.zeros(len(network.nodes), dtype=bool)
    main[network.product[~network.recovery & (network.share > 0)]] = True
    nodes = np.flatnonzero(main & (stated.arising > 0))
    return [
        (Ask(Result.ARISING, int(i)), float(network.level[i]))
        if network.planned[i]
        else (Ask(Result.NET, int(i)), float("nan"))
        for i in nodes
    ]


def _states_kept(watched: list[tuple[Ask, float]], ends: Floats, settled: Bools) -> bool:
    """Whether every watched result keeps one sign over the box."""
    if not settled.all():
        return False
    for k, (ask, level) in enumerate(watched):
        low, high = ends[0, k], ends[1, k]
        if ask.result is Result.ARISING:
            low, high = level - high, level - low
        if low < 0 < high:
            return False
    return True


def _vertices(network: Network, asks: list[Ask]) -> tuple[Floats, Bools, Bools]:
    """Ends (2, a) over the candidate corners, whether signs were sure, and whether all corners were tried."""
    low, high, open_signs = _corners(network, *_effects(network, asks))
    touched = _touched_by_recovery(network)[[ask.node for ask in asks]]
    sets, owner, side = [], [], []
    settled = np.ones(len(asks), dtype=bool)
    for k in range(len(asks)):
        free = np.flatnonzero(open_signs[k])
        settled[k] = free.size <= _OPEN_SIGNS
        tried = free if settled[k] else free[:0]
        for corner, end in ((low[k], 0), (high[k], 1)):
            for choice in product((False, True), repeat=tried.size):
                values = corner.copy()
                values[tried] = np.where(choice, network.high[tried], network.low[tried])
                sets.append(values)
                owner.append(k)
                side.append(end)
    distinct: dict[bytes, int] = {}
    rows = [distinct.setdefault(values.tobytes(), len(distinct)) for values in sets]
    solved = solve_batch(network, np.stack([np.frombuffer(values) for values in distinct]))
    columns = np.stack([getattr(solved, a.result.value)[:, a.node] for a in asks], axis=1)
    got = columns[rows, owner]
    ends = np.stack([np.full(len(asks), np.inf), np.full(len(asks), -np.inf)])
    np.minimum.at(ends[0], np.asarray(owner), got)
    np.maximum.at(ends[1], np.asarray(owner), got)
    sure = np.logical_not(open_signs.any(axis=1)) & ~touched
    return ends, sure, settled & ~touched


def _touched_by_recovery(network: Network) -> Bools:
    """(n,) nodes whose balance a running recovery route can move, directly or through what it spares."""
    touched = np.zeros(len(network.nodes), dtype=bool)
    active = network.recovery & (network.share > 0)
    while active.any():
        reached = touched.copy()
        reached[network.product[active]] = True
        reached[network.flow_node[active[network.flow_process]]] = True
        if np.array_equal(reached, touched):
            break
        touched = reached
        drives = touched & ~network.planned
        credited = np.zeros(len(network.nodes), dtype=bool)
        credited[network.flow_node[network.arising]] = True
        moves = (drives | (touched & credited) | _recovered(network))[network.product]
        active = active | (moves & touched[network.product] & (network.share > 0))
        active = active | (network.recovery & (network.share > 0) & touched[network.feed])
    return touched


def _recovered(network: Network) -> Bools:
    """(n,) nodes that a recovery route makes."""
    out = np.zeros(len(network.nodes), dtype=bool)
    out[network.product[network.recovery & (network.share > 0)]] = True
    return out


def _read(solution: Solution, asks: list[Ask]) -> Floats:
    return np.array([getattr(solution, ask.result.value)[..., ask.node] for ask in asks])


def activity_bounds(network: Network, processes: list[int]) -> list[Interval]:
    """Sampled ranges of some activities (p indices): for recovery routes, which are never monotone for sure."""
    stated = solve(network)
    draw = np.random.default_rng(SEED).random((_SAMPLES, network.value.size))
    drawn = solve_batch(network, network.low + draw * (network.high - network.low)).activity
    return [
        Interval(
            float(stated.activity[j]),
            float(min(drawn[:, j].min(), stated.activity[j])),
            float(max(drawn[:, j].max(), stated.activity[j])),
            How.SAMPLED,
        )
        for j in processes
    ]


def _sampled(network: Network, asks: list[Ask]) -> Floats:
    draw = np.random.default_rng(SEED).random((_SAMPLES, network.value.size))
    solution = solve_batch(network, network.low + draw * (network.high - network.low))
    return np.stack([getattr(solution, a.result.value)[:, a.node] for a in asks], axis=1)


@dataclass(frozen=True, eq=False)
class _Box:
    """An interval array: ends `lo` ≤ `hi`."""

    lo: Floats
    hi: Floats


def _effects(network: Network, asks: list[Ask]) -> tuple[_Box, _Box]:
    """Λ of needing and of arising, (n, a) each, enclosed over the box and over the states that may occur."""
    n, a = len(network.nodes), len(asks)
    direct_need, direct_arising, direct_made = (np.zeros((n, a)) for _ in range(3))
    direct_recovered = np.zeros((n, a))
    for k, ask in enumerate(asks):
        weights = _WEIGHTS[ask.result]
        for direct, weight in zip((direct_need, direct_arising, direct_recovered, direct_made), weights, strict=True):
            direct[ask.node, k] = weight
    flows = _FlowBox(network)
    beyond = direct_recovered - direct_arising
    switching = _switching(network)[:, None]
    need, arising = _Box(direct_need, direct_need), _Box(direct_arising, direct_arising)
    for _ in range(_SWEEPS):
        per_activity = flows.per_activity(need, arising)
        make = flows.make(per_activity, direct_made)
        new_need = _driven(network, direct_need, make, switching)
        new_arising = flows.arising(direct_arising, make, per_activity, arising, beyond)
        if _same(new_need, need) and _same(new_arising, arising):
            return new_need, new_arising
        need, arising = new_need, new_arising
    either = np.ones((n, a))  # the enclosure does not settle: no sign is sure
    return _Box(-either, either), _Box(-either, either)


def _same(one: _Box, other: _Box) -> bool:
    return np.allclose(one.lo, other.lo, rtol=1e-12, atol=0) and np.allclose(one.hi, other.hi, rtol=1e-12, atol=0)


def _switching(network: Network) -> Bools:
    """(n,) nodes with credits, whose state may change inside the box."""
    out = np.zeros(len(network.nodes), dtype=bool)
    out[network.flow_node[network.arising]] = True
    out[network.product[network.recovery & (network.share > 0)]] = True
    return out


def _driven(network: Network, direct: Floats, make: _Box, switching: Bools) -> _Box:
    """Effect of one more unit needed: directly, and through making it unless it is planned."""
    drives = ~network.planned[:, None]
    lo, hi = np.where(drives, make.lo, 0.0), np.where(drives, make.hi, 0.0)
    lo = np.where(switching, np.minimum(lo, 0.0), lo)
    hi = np.where(switching, np.maximum(hi, 0.0), hi)
    return _Box(direct + lo, direct + hi)


class _FlowBox:
    """The flows of a network as interval coefficients, applied to effects."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.recovery = network.recovery
        self.feed_low = network.feed_coefficients(network.low)
        self.feed_high = network.feed_coefficients(network.high)

    def per_activity(self, need: _Box, arising: _Box) -> _Box:
        """(p, a) effect of one unit of activity through its own flows."""
        network = self.network
        picked = network.arising[:, None]
        lo = np.where(picked, arising.lo[network.flow_node], need.lo[network.flow_node])
        hi = np.where(picked, arising.hi[network.flow_node], need.hi[network.flow_node])
        ends = np.stack([v[:, None] * e for v in (network.low, network.high) for e in (lo, hi)])
        p = len(network.processes)
        out_lo, out_hi = np.zeros((p, lo.shape[1])), np.zeros((p, lo.shape[1]))
        np.add.at(out_lo, network.flow_process, ends.min(axis=0))
        np.add.at(out_hi, network.flow_process, ends.max(axis=0))
        return _Box(out_lo, out_hi)

    def make(self, per_activity: _Box, direct_made: Floats) -> _Box:
        """(n, a) effect of making one unit by the node's main routes."""
        network = self.network
        main = np.flatnonzero(~self.recovery)
        share = network.share[main][:, None]
        lo, hi = np.zeros_like(direct_made), np.zeros_like(direct_made)
        product = network.product[main]
        own = direct_made[product]
        np.add.at(lo, product, share * (per_activity.lo[main] + own))
        np.add.at(hi, product, share * (per_activity.hi[main] + own))
        return _Box(lo, hi)

    def arising(self, direct: Floats, make: _Box, per_activity: _Box, arising: _Box, beyond: Floats) -> _Box:
        """Effect of one more unit arising: it spares making, and may let a recovery route run further.

        `beyond` is what recovering one unit counts for directly, less what its arising would.
        """
        network = self.network
        lo = direct + np.minimum(-make.hi, 0.0)
        hi = direct + np.maximum(-make.lo, 0.0)
        for k in np.flatnonzero(self.recovery & (network.share > 0)):
            node, product = network.feed[k], network.product[k]
            spared_lo = per_activity.lo[k] + arising.lo[product] + beyond[product]
            spared_hi = per_activity.hi[k] + arising.hi[product] + beyond[product]
            rates = network.share[k] / np.array([self.feed_high[k], self.feed_low[k]])
            ends = np.stack([r * e for r in rates for e in (spared_lo, spared_hi)])
            lo[node] += np.minimum(ends.min(axis=0), 0.0)
            hi[node] += np.maximum(ends.max(axis=0), 0.0)
        return _Box(lo, hi)


def _corners(network: Network, need: _Box, arising: _Box) -> tuple[Floats, Floats, Bools]:
    """Per ask the coefficients (a, f) at the low and the high corner, and which signs stay open."""
    picked = network.arising[:, None]
    lo = np.where(picked, arising.lo[network.flow_node], need.lo[network.flow_node]).T
    hi = np.where(picked, arising.hi[network.flow_node], need.hi[network.flow_node]).T
    ranged = (network.high > network.low) & (network.share[network.flow_process] > 0)
    doubtful = (lo < 0) & (hi > 0)
    rises = (lo + hi) >= 0
    high_corner = np.where(rises, network.high, network.low)
    low_corner = np.where(rises, network.low, network.high)
    return low_corner, high_corner, doubtful & ranged[None]
