"""Bounds of results over the ranges of the coefficients.

A result y (need, arising, net of one node, or an activity) changes with the coefficient v of flow
(i, j) by x_j · Λ_i, where Λ_i is the effect on y of one more unit needed (or arising) at node i, and
x_j ≥ 0. Interval iteration encloses Λ over the whole box of coefficients. Where no Λ changes sign, y
is monotone in every coefficient and its bounds are exact: they lie at two corners of the box, which
are then solved. Otherwise the box is sampled with a fixed seed, and the result is labelled so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from .model import How, Interval
from .network import NOWHERE, Bools, Floats, Network
from .solve import Solution, solve, solve_batch

_SWEEPS = 400
_SAMPLES = 256
SEED = 20251


class Result(Enum):
    """What can be asked of a node."""

    NEED = "need"
    ARISING = "arising"
    NET = "net"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Ask:
    """One result of one node (index)."""

    result: Result
    node: int


def bounds(network: Network, asks: list[Ask]) -> list[Interval]:
    """Value and bounds of each ask, in the node's unit per year.

    Raises
    ------
    NoBalance
        If the network has no consistent balance at the stated coefficients or at a corner.
    """
    if not asks:
        return []
    stated = solve(network)
    value = _read(stated, asks)
    need_effect, arising_effect = _effects(network, asks)
    low, high, sure = _corners(network, need_effect, arising_effect)
    corners = solve_batch(network, np.concatenate([low, high]))
    at = np.stack([_read(_row(corners, k), asks) for k in range(2 * len(asks))])
    count = np.arange(len(asks))
    ends = np.stack([at[count, count], at[count + len(asks), count]])
    ends.sort(axis=0)
    if not sure.all():
        sampled = _sampled(network, asks)
        both = np.concatenate([sampled, at, value[None]])
        ends[0] = np.where(sure, ends[0], both.min(axis=0))
        ends[1] = np.where(sure, ends[1], both.max(axis=0))
    no_range = np.array_equal(network.low, network.high)
    out = []
    for k in range(len(asks)):
        how = How.POINT if no_range else How.EXACT if sure[k] else How.SAMPLED
        out.append(Interval(float(value[k]), float(ends[0, k]), float(ends[1, k]), how))
    return out


def _row(batch: Solution, k: int) -> Solution:
    return Solution(*(getattr(batch, f)[k] for f in Solution.__dataclass_fields__))


def _read(solution: Solution, asks: list[Ask]) -> Floats:
    return np.array([getattr(solution, ask.result.value)[..., ask.node] for ask in asks])


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
        if ask.result in (Result.NEED, Result.NET):
            direct_need[ask.node, k] = 1.0
        if ask.result is Result.ARISING:
            direct_arising[ask.node, k] = 1.0
        if ask.result is Result.NET:
            direct_arising[ask.node, k] = -1.0
            direct_recovered[ask.node, k] = -1.0
        if ask.result is Result.MADE:
            direct_made[ask.node, k] = 1.0
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
    unbounded = np.full((n, a), np.inf)
    return _Box(-unbounded, unbounded), _Box(-unbounded, unbounded)


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
        ends = np.stack(
            [v[:, None] * e for v in (network.low, network.high) for e in (lo, hi)]
        )
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

    def arising(
        self, direct: Floats, make: _Box, per_activity: _Box, arising: _Box, beyond: Floats
    ) -> _Box:
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
    """Per ask the coefficients (a, f) at the low and the high corner, and whether signs were sure."""
    picked = network.arising[:, None]
    lo = np.where(picked, arising.lo[network.flow_node], need.lo[network.flow_node]).T
    hi = np.where(picked, arising.hi[network.flow_node], need.hi[network.flow_node]).T
    ranged = (network.high > network.low) & (network.share[network.flow_process] > 0)
    feeds_recovery = (~network.arising) & (network.flow_node == network.feed[network.flow_process])
    feeds_recovery &= network.feed[network.flow_process] != NOWHERE
    feeds_recovery &= network.share[network.flow_process] > 0
    doubtful = ((lo < 0) & (hi > 0)) | feeds_recovery[None]
    sure = ~(doubtful & ranged[None]).any(axis=1)
    rises = (lo + hi) >= 0
    high_corner = np.where(rises, network.high, network.low)
    low_corner = np.where(rises, network.low, network.high)
    return low_corner, high_corner, sure
