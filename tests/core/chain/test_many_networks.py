"""Random small chains by the hundred: exact bounds against every corner, sparse against dense; seeds are printed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from oreflow.core.chain.bounds import Ask, Result, bounds
from oreflow.core.chain.errors import ChainError
from oreflow.core.chain.loops import loops
from oreflow.core.chain.model import How
from oreflow.core.chain.network import NOWHERE, Network, assemble
from oreflow.core.chain.solve import solve, solve_batch
from oreflow.core.chain.sparse_solve import solve_sparse

pytestmark = pytest.mark.slow


def random_network(seed: int) -> Network:
    """Three to six nodes, mixed routes, by-products, perhaps recovery routes and planned nodes."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 7))
    made, feed, share = [], [], []
    for node in range(n):
        routes = int(rng.integers(0, 3))
        parts = rng.dirichlet(np.ones(routes)) if routes else []
        for part in parts:
            made.append(node)
            feed.append(NOWHERE)
            share.append(float(part))
    if rng.random() < 0.5:
        target, source = rng.choice(n, 2, replace=False)
        made.append(int(target))
        feed.append(int(source))
        share.append(float(rng.choice([0.0, 0.5, 1.0])))
    rows = []
    for j, fed in enumerate(feed):
        used = {made[j]}
        if fed != NOWHERE:
            rows.append(_row(rng, fed, j, False, rng.uniform(0.5, 2.0)))
            used.add(fed)
        for i in rng.permutation(n)[: rng.integers(0, 3)]:
            if int(i) not in used:
                used.add(int(i))
                rows.append(_row(rng, int(i), j, False, rng.uniform(0.05, 0.6)))
        if rng.random() < 0.6:
            rows.append(_row(rng, int(rng.integers(n)), j, True, rng.uniform(0.05, 0.6)))
    network = assemble([f"m{i}" for i in range(n)], [f"p{j}" for j in range(len(made))], rows, made, feed, share)
    planned = rng.random(n) < 0.3
    level = np.where(planned, rng.uniform(0.5, 5, n), 0.0)
    return replace(network, planned=planned, level=level, demand=np.where(planned, 0.0, rng.uniform(0, 5, n)))


def _row(
    rng: np.random.Generator, i: int, j: int, arising: bool, v: float
) -> tuple[int, int, bool, float, float, float]:
    spread = rng.uniform(0, 0.3) if rng.random() < 0.7 else 0.0
    return i, j, arising, v, v * (1 - spread), v * (1 + spread)


def sound(seed: int) -> Network | None:
    network = random_network(seed)
    if network.value.size == 0 or any(loop.gain >= 0.95 for loop in loops(network, network.high)):
        return None
    return network


@pytest.mark.parametrize("block", range(8))
def test_exact_bounds_hold_at_every_corner(block: int) -> None:
    checked = 0
    for seed in range(block * 60, block * 60 + 60):
        network = sound(seed)
        ranged = np.flatnonzero(network.high > network.low) if network else np.arange(99)
        if network is None or len(ranged) > 11:
            continue
        asks = [Ask(r, i) for r in Result for i in range(len(network.nodes))]
        try:
            found = bounds(network, asks)
            sets = np.tile(network.value, (2 ** len(ranged), 1))
            for k, ends in enumerate(product((False, True), repeat=len(ranged))):
                sets[k, ranged] = np.where(ends, network.high[ranged], network.low[ranged])
            corners = solve_batch(network, sets)
        except ChainError:
            continue
        for ask, x in zip(asks, found, strict=True):
            column = getattr(corners, ask.result.value)[:, ask.node]
            if x.how is How.EXACT:
                checked += 1
                assert x.low == pytest.approx(column.min(), rel=1e-6, abs=1e-6), (seed, ask)
                assert x.high == pytest.approx(column.max(), rel=1e-6, abs=1e-6), (seed, ask)
    assert checked > 100


@pytest.mark.parametrize("block", range(4))
def test_sparse_and_dense_agree_with_recovery(block: int) -> None:
    agreed = 0
    for seed in range(5000 + block * 200, 5200 + block * 200):
        network = sound(seed)
        if network is None:
            continue
        try:
            dense, sparse = solve(network), solve_sparse(network, network.value)
        except ChainError:
            continue
        agreed += 1
        assert sparse.activity == pytest.approx(dense.activity, rel=1e-6, abs=1e-6), seed
    assert agreed > 50
