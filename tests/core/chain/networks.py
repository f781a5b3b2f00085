"""Small networks for the chain's tests: the Kroll loop by hand, and random productive chains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from oreflow.core.chain.network import NOWHERE, Network, assemble
from oreflow.core.chain.states import Solution


def kroll(sponge: float = 10.0) -> Network:
    """Sponge ← TiCl4, Mg; MgCl2 arises and returns to Mg and Cl2; the missing Cl2 is made from salt."""
    nodes = ("sponge", "ticl4", "mg", "mgcl2", "cl2", "nacl")
    rows = [
        (1, 0, False, 4.05, 4.0, 4.25),
        (2, 0, False, 1.06, 1.02, 1.15),
        (3, 0, True, 3.95, 3.85, 4.05),
        (3, 2, False, 4.02, 3.95, 4.15),
        (4, 2, True, 2.82, 2.7, 2.9),
        (4, 1, False, 0.86, 0.8, 0.95),
        (5, 3, False, 1.7, 1.6, 1.8),
    ]
    network = assemble(
        nodes,
        ("kroll", "chlorination", "electrolysis", "chloralkali"),
        rows,
        (0, 1, 2, 4),
        [NOWHERE] * 4,
        [1.0] * 4,
    )
    planned, level = np.zeros(6, dtype=bool), np.zeros(6)
    planned[0], level[0] = True, sponge
    return replace(network, planned=planned, level=level)


def acid(share: float, pigment: float = 100.0) -> Network:
    """Pigment uses 3.9 acid and gives 8 waste acid; `share` of it is concentrated, 6 per t of acid."""
    rows = [(1, 0, False, 3.9, 3.3, 4.3), (2, 0, True, 8.0, 6.0, 12.0), (2, 1, False, 6.0, 5.0, 7.0)]
    network = assemble(
        ("pigment", "acid", "waste"), ("sulfate", "concentration"), rows, (0, 1), (NOWHERE, 2), (1.0, share)
    )
    planned, level = np.zeros(3, dtype=bool), np.zeros(3)
    planned[0], level[0] = True, pigment
    return replace(network, planned=planned, level=level)


@st.composite
def productive(draw: st.DrawFn, credits: bool = True) -> Network:
    """A random chain with loops whose every column of inputs adds to less than 0.9."""
    size = draw(st.integers(2, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = []
    for j in range(size):
        inputs = rng.choice(size, rng.integers(0, min(4, size)), replace=False)
        weights = rng.random(len(inputs))
        total = weights.sum() or 1.0
        for i, w in zip(inputs, 0.85 * rng.random() * weights / total, strict=True):
            rows.append((int(i), j, False, w, 0.9 * w, 1.05 * w))
    if credits:
        for j in rng.choice(size, size // 3, replace=False):
            v = 0.3 * rng.random()
            rows.append((int(rng.integers(size)), int(j), True, v, 0.8 * v, 1.2 * v))
    network = assemble(
        [f"m{i}" for i in range(size)],
        [f"p{i}" for i in range(size)],
        rows,
        range(size),
        [NOWHERE] * size,
        [1.0] * size,
    )
    return replace(network, demand=np.where(rng.random(size) < 0.5, rng.random(size) * 100, 0.0))


def by_hand(network: Network, rounds: int = 4000) -> np.ndarray:
    """Activities by following need upstream again and again, as on paper."""
    n, p = len(network.nodes), len(network.processes)
    inputs, arising = np.zeros((n, p)), np.zeros((n, p))
    np.add.at(
        inputs,
        (network.flow_node[~network.arising], network.flow_process[~network.arising]),
        network.value[~network.arising],
    )
    np.add.at(
        arising,
        (network.flow_node[network.arising], network.flow_process[network.arising]),
        network.value[network.arising],
    )
    x = np.zeros(p)
    for _ in range(rounds):
        level = np.where(network.planned, network.level, inputs @ x + network.demand)
        x = network.share * np.maximum(0.0, level - arising @ x)[network.product]
    return x


def assert_balanced(network: Network, solution: Solution) -> None:
    """Nothing negative, and every node covered: made + credited covers the level or is in surplus."""
    level = np.where(network.planned, network.level, solution.need)
    supplied = solution.made + solution.recovered + solution.arising
    has_route = np.isin(np.arange(len(network.nodes)), network.product[~network.recovery])
    scale = 1e-7 * (1 + np.abs(level).max())
    assert (solution.activity >= -scale).all()
    assert (supplied[has_route] >= level[has_route] - scale).all()
    surplus = supplied - level
    assert (np.minimum(surplus, solution.made)[has_route] <= scale).all()
