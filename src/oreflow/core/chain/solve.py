"""Solve a network: activities, needs and credits, all loops jointly.

Which by-products fall short and which are in surplus is not known beforehand: the solver takes a
state for every node that has credits, solves the linear system of that state, and corrects the
states until they agree with the solution (policy iteration, as in Newton's method for a piecewise
linear equation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from oreflow.core.provenance import Text

from .errors import NoBalance
from .network import NOWHERE, Bools, Floats, Ints, Network

SHORT, RECOVERY_LIMITED, SURPLUS = 2, 1, 0
_ROUNDS = 60
_DENSE_UP_TO = 250
_GUESS_ROUNDS = 200
_NO_BALANCE = Text(
    "副产物抵扣来回切换，找不到前后一致的平衡；请检查同一物料的副产与回收路线。",
    "By-product credits switch back and forth and no consistent balance exists; "
    "check the by-products and recovery routes of the same material.",
)


@dataclass(frozen=True, eq=False)
class Solution:
    """Activities x (…, p) and per node (…, n): need, arising, recovered, made, state.

    The leading axes are those of the coefficient sets the network was solved for.
    """

    activity: Floats
    need: Floats
    arising: Floats
    recovered: Floats
    made: Floats
    state: Ints

    @property
    def net(self) -> Floats:
        """(…, n) need that neither by-products nor recovery cover; negative where they exceed it."""
        return self.need - self.arising - self.recovered


def solve(network: Network, values: Floats | None = None) -> Solution:
    """Solve for one set of coefficients `values` (f,), by default the stated ones.

    Raises
    ------
    NoBalance
        If the states do not settle.
    """
    coefficients = network.value if values is None else values
    if len(network.processes) <= _DENSE_UP_TO:
        batch = solve_batch(network, coefficients[None, :])
        return Solution(*(getattr(batch, f)[0] for f in Solution.__dataclass_fields__))
    return _solve_sparse(network, coefficients)


def solve_batch(network: Network, values: Floats, share: Floats | None = None) -> Solution:
    """Solve for many coefficient sets at once: `values` (s, f), optional `share` (s, p); dense."""
    sets = values.shape[0]
    shares = np.broadcast_to(network.share, (sets, len(network.processes))) if share is None else share
    inputs, credits = _matrices(network, values)
    state = np.full((sets, len(network.nodes)), SHORT, dtype=np.intp)
    for _ in range(_ROUNDS):
        matrix, constant = _system(network, values, shares, inputs, credits, state)
        x = np.linalg.solve(matrix, constant[..., None])[..., 0].astype(np.float64)
        solution = _evaluate(network, inputs, credits, x, state)
        wanted = _states(network, values, shares, solution)
        if np.array_equal(wanted, state):
            return solution
        state = wanted
    raise NoBalance(_NO_BALANCE)


def _credited(network: Network) -> Bools:
    """(n,) nodes where something arises or is recovered, so that their state can change."""
    out = np.zeros(len(network.nodes), dtype=bool)
    out[network.flow_node[network.arising]] = True
    out[network.product[network.recovery & (network.share > 0)]] = True
    return out


def _matrices(network: Network, values: Floats) -> tuple[Floats, Floats]:
    """Input and arising coefficients as (s, n, p)."""
    shape = (values.shape[0], len(network.nodes), len(network.processes))
    inputs, credits = np.zeros(shape), np.zeros(shape)
    for target, mask in ((inputs, ~network.arising), (credits, network.arising)):
        np.add.at(np.moveaxis(target, 0, -1), (network.flow_node[mask], network.flow_process[mask]), values[:, mask].T)
    return inputs, credits


def _system(
    network: Network, values: Floats, shares: Floats, inputs: Floats, credits: Floats, state: Ints
) -> tuple[Floats, Floats]:
    """The linear system (s, p, p), (s, p) of the given states."""
    p = len(network.processes)
    recovery, product, feed = network.recovery, network.product, network.feed
    # what a node's main processes have to cover, as rows over activities
    open_need = np.where(network.planned[None, :, None], 0.0, inputs) - credits
    recovered = np.zeros((len(network.nodes), p))
    recovered[product[recovery], np.flatnonzero(recovery)] = 1.0
    rows = open_need[:, product, :] - np.where(recovery[:, None], 0.0, recovered[product])[None]
    target = np.where(network.planned, network.level, network.demand)[product]
    factor = np.where(recovery, _weights(network, shares), shares)
    active = np.where(recovery, state[:, product] == RECOVERY_LIMITED, state[:, product] == SHORT)
    scale = np.where(active, factor, 0.0)
    matrix = np.eye(p)[None] - scale[..., None] * rows
    constant = scale * target
    if recovery.any():
        runs = np.flatnonzero(recovery)
        full = state[:, product[runs]] == SHORT
        ratio = shares[:, runs] / network.feed_coefficients(values)[:, runs]
        matrix[:, runs, :] -= np.where(full, ratio, 0.0)[..., None] * credits[:, feed[runs], :]
    return matrix, constant


def _weights(network: Network, shares: Floats) -> Floats:
    """(s, p) how recovery routes of one product split it when they are limited by its use."""
    weights = np.zeros_like(shares)
    for k in np.flatnonzero(network.recovery):
        peers = network.recovery & (network.product == network.product[k])
        total = shares[:, peers].sum(axis=1)
        weights[:, k] = np.where(total > 0, shares[:, k] / np.where(total > 0, total, 1.0), 0.0)
    return weights


def _evaluate(network: Network, inputs: Floats, credits: Floats, x: Floats, state: Ints) -> Solution:
    need = np.einsum("snp,sp->sn", inputs, x) + np.where(network.planned, 0.0, network.demand)
    arising = np.einsum("snp,sp->sn", credits, x)
    made = np.zeros_like(need)
    recovered = np.zeros_like(need)
    for j, node in enumerate(network.product):
        (recovered if network.feed[j] != NOWHERE else made)[:, node] += x[:, j]
    return Solution(x, need, arising, recovered, made, state)


def _states(network: Network, values: Floats, shares: Floats, solution: Solution) -> Ints:
    """The states that agree with a solution."""
    level = np.where(network.planned, network.level, solution.need)
    left = level - solution.arising
    slack = 1e-9 * (np.abs(level) + np.abs(solution.arising))
    potential = np.zeros_like(left)
    runs = np.flatnonzero(network.recovery)
    if runs.size:
        ratio = shares[:, runs] / network.feed_coefficients(values)[:, runs]
        np.add.at(potential.T, network.product[runs], (ratio * solution.arising[:, network.feed[runs]]).T)
    state = np.full(left.shape, SHORT, dtype=np.intp)
    state[left < potential - slack] = RECOVERY_LIMITED
    state[left < -slack] = SURPLUS
    state[:, ~_credited(network)] = SHORT
    return state


def _solve_sparse(network: Network, values: Floats) -> Solution:
    """The same for large networks: one sparse factorisation, re-used while states change little."""
    system = _SparseSystem(network, values)
    state = system.first_state()
    for _ in range(_ROUNDS):
        solution = system.solve(state)
        wanted = system.states_of(solution)
        if np.array_equal(wanted, state):
            return solution
        state = wanted
    raise NoBalance(_NO_BALANCE)


class _SparseSystem:
    """The system of a large network; a change of k states is a rank-k update of one factorisation."""

    _UPDATES_UP_TO = 64

    def __init__(self, network: Network, values: Floats) -> None:
        n, p = len(network.nodes), len(network.processes)
        self.network = network
        self.values = values
        entry = (network.flow_node, network.flow_process)
        signed = np.where(network.arising, -values, np.where(network.planned[entry[0]], 0.0, values))
        self.inputs = _csr(values, ~network.arising, entry, (n, p))
        self.credits = _csr(values, network.arising, entry, (n, p))
        self.open_need = sparse.csr_matrix((signed, entry), shape=(n, p))
        runs = np.flatnonzero(network.recovery)
        self.runs = runs
        self.recovered = sparse.csr_matrix((np.ones(runs.size), (network.product[runs], runs)), shape=(n, p))
        main = np.flatnonzero(~network.recovery)
        self.main = sparse.csr_matrix((np.ones(main.size), (network.product[main], main)), shape=(n, p))
        self.feed_ratio = (network.share / network.feed_coefficients(values))[runs]
        self.weights = _weights(network, network.share[None])[0]
        self.target = np.where(network.planned, network.level, network.demand)
        self.base_state: Ints | None = None
        self.base_rows = sparse.csr_matrix((p, p))

    def _rows(self, state: Ints, which: Ints) -> tuple[sparse.csr_matrix, Floats]:
        """Rows `which` of the system and their constants, for the given states."""
        network = self.network
        product, recovery = network.product[which], network.recovery[which]
        active = np.where(recovery, state[product] == RECOVERY_LIMITED, state[product] == SHORT)
        scale = np.where(active, np.where(recovery, self.weights[which], network.share[which]), 0.0)
        rows = self.open_need[product] - sparse.diags_array((~recovery).astype(float)) @ self.recovered[product]
        size = which.size
        eye = sparse.csr_matrix((np.ones(size), (np.arange(size), which)), shape=(size, len(network.processes)))
        out = eye - sparse.diags_array(scale) @ rows
        if self.runs.size:
            position = {int(k): i for i, k in enumerate(self.runs)}
            full = np.array(
                [
                    self.feed_ratio[position[int(k)]] if r and state[network.product[k]] == SHORT else 0.0
                    for k, r in zip(which, recovery, strict=True)
                ]
            )
            feeds = np.where(recovery, network.feed[which], 0)
            out = out - sparse.diags_array(full) @ self.credits[feeds]
        return sparse.csr_matrix(out), scale * self.target[product]

    def states_of(self, solution: Solution) -> Ints:
        """(n,) the states that agree with a solution."""
        one = Solution(*(getattr(solution, f)[None] for f in Solution.__dataclass_fields__))
        return np.asarray(_states(self.network, self.values[None], self.network.share[None], one)[0])

    def first_state(self) -> Ints:
        """A good guess before any factorisation: some rounds of following need upstream."""
        network = self.network
        main = np.where(network.recovery, 0.0, network.share)
        fixed = self.target[network.product]
        x = np.zeros(len(network.processes))
        state = np.full(len(network.nodes), SHORT, dtype=np.intp)
        needed = self.open_need[network.product]
        for _ in range(_GUESS_ROUNDS):
            after = main * np.maximum(0.0, fixed + needed @ x)
            if not np.isfinite(after).all() or np.allclose(after, x, rtol=1e-6, atol=0.0):
                break
            x = after
        return self.states_of(self._evaluate(x, state)) if np.isfinite(x).all() else state

    def solve(self, state: Ints) -> Solution:
        network = self.network
        everything = np.arange(len(network.processes), dtype=np.intp)
        if self.base_state is not None:
            changed = np.flatnonzero(np.isin(network.product, np.flatnonzero(self.base_state != state)))
        if self.base_state is None or changed.size > self._UPDATES_UP_TO:
            self.base_rows, self.constant = self._rows(state, everything)
            self.lu = splu(self.base_rows.tocsc())
            self.base_state = state
            x = self.lu.solve(self.constant)
        elif changed.size == 0:
            x = self.lu.solve(self.constant)
        else:
            x = self._updated(state, changed)
        return self._evaluate(x, state)

    def _updated(self, state: Ints, changed: Ints) -> Floats:
        """Sherman–Morrison–Woodbury: the factorised system with the rows `changed` exchanged."""
        rows, constants = self._rows(state, changed)
        constant = self.constant.copy()
        constant[changed] = constants
        delta = sparse.csr_matrix(rows - self.base_rows[changed])
        unit = np.zeros((constant.size, changed.size))
        unit[changed, np.arange(changed.size)] = 1.0
        columns = self.lu.solve(unit)
        x = self.lu.solve(constant)
        small = np.eye(changed.size) + delta @ columns
        return x - columns @ np.linalg.solve(small, delta @ x)

    def _evaluate(self, x: Floats, state: Ints) -> Solution:
        network = self.network
        return Solution(
            activity=x,
            need=self.inputs @ x + np.where(network.planned, 0.0, network.demand),
            arising=self.credits @ x,
            recovered=np.asarray(self.recovered @ x),
            made=np.asarray(self.main @ x),
            state=state,
        )


def _csr(values: Floats, mask: Bools, entry: tuple[Ints, Ints], shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((values[mask], (entry[0][mask], entry[1][mask])), shape=shape)
