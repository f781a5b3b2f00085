"""Solve small networks, many coefficient sets at once, with dense matrices."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from .errors import NoBalance
from .network import NOWHERE, Floats, Ints, Network
from .states import (
    NO_BALANCE,
    ONE_BY_ONE_AFTER,
    ROUNDS,
    SURPLUS,
    Solution,
    checked,
    first_change,
    ranks,
    recovery_counts,
    states_of,
)

_SWEEPS = 400
_SEARCHED = 2048


def solve_dense(network: Network, values: Floats) -> Solution:
    inputs, credits = _matrices(network, values)
    full = recovery_counts(network)
    peers = _peers(network)
    state = np.tile(full, (values.shape[0], 1))
    for turn in range(ROUNDS):
        solution = _in_state(network, values, inputs, credits, state, peers)
        wanted = states_of(network, values, solution, full)
        if np.array_equal(wanted, state):
            return checked(solution)
        if turn == ONE_BY_ONE_AFTER:
            unsettled = (wanted != state).any(axis=1)
            for k in np.flatnonzero(unsettled):
                state[k] = states_of(
                    network, values[k : k + 1], _by_sweeps(network, values[k], inputs[k], credits[k]), full
                )[0]
        else:
            state = wanted if turn < ONE_BY_ONE_AFTER else first_change(state, wanted)
    return stacked([_by_search(network, values[k : k + 1], full, peers) for k in range(len(values))])


def _by_search(network: Network, values: Floats, full: Ints, peers: Floats) -> Solution:
    """The last resort for one set: try every state of the nodes that can switch, if these are few."""
    inputs, credits = _matrices(network, values)
    credited = np.zeros(len(network.nodes), dtype=bool)
    credited[network.flow_node[network.arising]] = True
    credited[network.product[network.recovery]] = True
    nodes = np.flatnonzero(credited & np.isin(np.arange(len(network.nodes)), network.product))
    choices = [range(SURPLUS, int(full[i]) + 1) for i in nodes]
    if np.prod([float(len(c)) for c in choices]) <= _SEARCHED:
        for choice in product(*choices):
            state = full[None].copy()
            state[0, nodes] = choice
            try:
                solution = _in_state(network, values, inputs, credits, state, peers)
                if np.array_equal(states_of(network, values, solution, full)[0, nodes], state[0, nodes]):
                    return checked(replace(solution, state=states_of(network, values, solution, full)))
            except NoBalance:
                continue
    raise NoBalance(NO_BALANCE)


def _in_state(
    network: Network, values: Floats, inputs: Floats, credits: Floats, state: Ints, peers: Floats
) -> Solution:
    matrix, constant = _system(network, values, inputs, credits, state, peers)
    try:
        x = np.linalg.solve(matrix, constant[..., None])[..., 0].astype(np.float64)
    except np.linalg.LinAlgError as error:
        raise NoBalance(NO_BALANCE) from error
    return _evaluate(network, inputs, credits, x, state)


def _by_sweeps(network: Network, values: Floats, inputs: Floats, credits: Floats) -> Solution:
    """A first guess for one set whose states go in circles: settle one process after the other."""
    rank, made, recovery = ranks(network), network.product, network.recovery
    order = np.lexsort((rank, made))
    ratio = network.share / network.feed_coefficients(values)
    x = np.zeros(len(network.processes))
    for _ in range(_SWEEPS):
        before = x.copy()
        for j in order:
            node = made[j]
            earlier = recovery & (made == node) & (rank < rank[j])
            level = network.level[node] if network.planned[node] else inputs[node] @ x + network.demand[node]
            left = max(0.0, level - credits[node] @ x - x[earlier].sum())
            x[j] = min(left, ratio[j] * (credits[network.feed[j]] @ x)) if recovery[j] else network.share[j] * left
        if np.allclose(before, x, rtol=1e-12, atol=0.0):
            break
    return _evaluate(network, inputs[None], credits[None], x[None], np.zeros((1, len(network.nodes)), dtype=np.intp))


def _peers(network: Network) -> Floats:
    """(p, p) 1 where the column is a recovery route that runs before the row's process."""
    rank = ranks(network)
    same = network.product[:, None] == network.product[None, :]
    before = same & network.recovery[None, :] & (rank[None, :] < rank[:, None])
    return np.where(before, 1.0, 0.0)


def _matrices(network: Network, values: Floats) -> tuple[Floats, Floats]:
    """Input and arising coefficients as (s, n, p)."""
    shape = (values.shape[0], len(network.nodes), len(network.processes))
    inputs, credits = np.zeros(shape), np.zeros(shape)
    for target, mask in ((inputs, ~network.arising), (credits, network.arising)):
        np.add.at(np.moveaxis(target, 0, -1), (network.flow_node[mask], network.flow_process[mask]), values[:, mask].T)
    return inputs, credits


def _system(
    network: Network, values: Floats, inputs: Floats, credits: Floats, state: Ints, peers: Floats
) -> tuple[Floats, Floats]:
    """The linear system (s, p, p), (s, p) of the given states."""
    recovery, made, feed = network.recovery, network.product, network.feed
    rank = ranks(network)
    open_need = np.where(network.planned[None, :, None], 0.0, inputs) - credits
    rows = open_need[:, made, :] - peers[None]
    target = np.where(network.planned, network.level, network.demand)[made]
    scale = np.where(state[:, made] == rank, np.where(recovery, 1.0, network.share), 0.0)
    matrix = np.eye(len(network.processes))[None] - scale[..., None] * rows
    constant = scale * target
    if recovery.any():
        runs = np.flatnonzero(recovery)
        full = state[:, made[runs]] > rank[runs]
        ratio = network.share[runs] / network.feed_coefficients(values)[:, runs]
        matrix[:, runs, :] -= np.where(full, ratio, 0.0)[..., None] * credits[:, feed[runs], :]
    return matrix, constant


def _evaluate(network: Network, inputs: Floats, credits: Floats, x: Floats, state: Ints) -> Solution:
    need = np.einsum("snp,sp->sn", inputs, x) + np.where(network.planned, 0.0, network.demand)
    arising = np.einsum("snp,sp->sn", credits, x)
    made = np.zeros_like(need)
    recovered = np.zeros_like(need)
    for j, node in enumerate(network.product):
        (recovered if network.feed[j] != NOWHERE else made)[:, node] += x[:, j]
    return Solution(x, need, arising, recovered, made, state)


def stacked(parts: list[Solution]) -> Solution:
    """Solutions of several batches as one."""
    return Solution(*(np.concatenate([getattr(p, f) for p in parts]) for f in Solution.__dataclass_fields__))
