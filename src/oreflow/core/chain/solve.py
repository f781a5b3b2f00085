"""Solve a network: activities, needs and credits, all loops jointly.

Which by-products fall short and which are in surplus is not known beforehand: the solver takes a
state for every node that has credits, solves the linear system of that state, and corrects the
states until they agree with the solution (policy iteration, as in Newton's method for a piecewise
linear equation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from oreflow.core.provenance import Text

from .errors import NoBalance
from .network import NOWHERE, Bools, Floats, Ints, Network

SURPLUS = -1  # by-products alone cover the node; otherwise a state counts the recovery routes that run in full
_ROUNDS = 240
_ONE_BY_ONE_AFTER = 24
_DENSE_UP_TO = 250
_GUESS_ROUNDS = 200
_SWEEPS = 400
_SEARCHED = 2048
_BATCH_FLOATS = 4_000_000
_NO_BALANCE = Text(
    "副产物抵扣来回切换，找不到前后一致的平衡；请检查同一物料的副产与回收路线。",
    "By-product credits switch back and forth and no consistent balance exists; "
    "check the by-products and recovery routes of the same material.",
)


@dataclass(frozen=True, eq=False)
class Solution:
    """Activities x (…, p) and per node (…, n): need, arising, recovered, made, state.

    The leading axes are those of the coefficient sets the network was solved for. A state is SURPLUS
    (-1), or how many of the node's recovery routes run in full; if that is not all of them, the next
    one runs in part and main routes stand still.
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

    @property
    def open(self) -> Floats:
        """(…, n) need that nothing inside covers; negative where supply exceeds it."""
        return self.net - self.made

    @property
    def supplied(self) -> Floats:
        """(…, n) what arises or is recovered."""
        return self.arising + self.recovered


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


def solve_batch(network: Network, values: Floats) -> Solution:
    """Solve for many coefficient sets at once: `values` (s, f).

    Raises
    ------
    NoBalance
        If the states of one of the sets do not settle, or an activity would be negative.
    """
    if len(network.processes) > _DENSE_UP_TO:
        return _stacked([_solve_sparse(network, row) for row in values])
    size = max(1, _BATCH_FLOATS // (len(network.nodes) * len(network.processes)))
    parts = [_solve_dense(network, values[k : k + size]) for k in range(0, len(values), size)]
    return parts[0] if len(parts) == 1 else _stacked(parts, np.concatenate)


def _stacked(parts: list[Solution], join: Callable[[list[Any]], Any] = np.stack) -> Solution:
    joined = [join([getattr(p, f) for p in parts]) for f in Solution.__dataclass_fields__]
    return Solution(*joined)


def _solve_dense(network: Network, values: Floats) -> Solution:
    inputs, credits = _matrices(network, values)
    full = _recovery_counts(network)
    peers = _peers(network)
    state = np.tile(full, (values.shape[0], 1))
    for turn in range(_ROUNDS):
        solution = _in_state(network, values, inputs, credits, state, peers)
        wanted = _states(network, values, solution, full)
        if np.array_equal(wanted, state):
            return _checked(solution)
        if turn == _ONE_BY_ONE_AFTER:
            unsettled = (wanted != state).any(axis=1)
            for k in np.flatnonzero(unsettled):
                state[k] = _states(
                    network, values[k : k + 1], _by_sweeps(network, values[k], inputs[k], credits[k]), full
                )[0]
        else:
            state = wanted if turn < _ONE_BY_ONE_AFTER else _first_change(state, wanted)
    return _stacked([_by_search(network, values[k : k + 1], full, peers) for k in range(len(values))], np.concatenate)


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
                if np.array_equal(_states(network, values, solution, full)[0, nodes], state[0, nodes]):
                    return _checked(replace(solution, state=_states(network, values, solution, full)))
            except NoBalance:
                continue
    raise NoBalance(_NO_BALANCE)


def _in_state(
    network: Network, values: Floats, inputs: Floats, credits: Floats, state: Ints, peers: Floats
) -> Solution:
    matrix, constant = _system(network, values, inputs, credits, state, peers)
    try:
        x = np.linalg.solve(matrix, constant[..., None])[..., 0].astype(np.float64)
    except np.linalg.LinAlgError as error:
        raise NoBalance(_NO_BALANCE) from error
    return _evaluate(network, inputs, credits, x, state)


def _by_sweeps(network: Network, values: Floats, inputs: Floats, credits: Floats) -> Solution:
    """A first guess for one set whose states go in circles: settle one process after the other."""
    rank, made, recovery = _ranks(network), network.product, network.recovery
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


def _first_change(state: Ints, wanted: Ints) -> Ints:
    """Only the first node of each set that wants another state gets it (least-index rule, Murty 1974)."""
    differs = wanted != state
    first = differs & (np.cumsum(differs, axis=-1) == 1)
    return np.where(first, wanted, state)


def _checked(solution: Solution) -> Solution:
    x = solution.activity
    if (x < -1e-7 * (1.0 + np.abs(x).max(initial=0.0))).any():
        raise NoBalance(_NO_BALANCE)
    return solution


def _recovery_counts(network: Network) -> Ints:
    """(n,) how many recovery routes make each node."""
    return np.bincount(network.product[network.recovery], minlength=len(network.nodes)).astype(np.intp)


def _ranks(network: Network) -> Ints:
    """(p,) the turn of a recovery route among those of its product; main routes come after all of them."""
    full = _recovery_counts(network)
    rank = full[network.product].copy()
    seen: dict[int, int] = {}
    for k in np.flatnonzero(network.recovery):
        node = int(network.product[k])
        rank[k] = seen.get(node, 0)
        seen[node] = int(rank[k]) + 1
    return rank


def _peers(network: Network) -> Floats:
    """(p, p) 1 where the column is a recovery route that runs before the row's process."""
    rank = _ranks(network)
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
    rank = _ranks(network)
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


def _states(network: Network, values: Floats, solution: Solution, full: Ints) -> Ints:
    """The states that agree with a solution."""
    level = np.where(network.planned, network.level, solution.need)
    left = level - solution.arising
    slack = 1e-9 * (np.abs(level) + np.abs(solution.arising))
    state = np.broadcast_to(full, left.shape).copy()
    runs = np.flatnonzero(network.recovery)
    if runs.size:
        potential = (network.share / network.feed_coefficients(values))[:, runs] * solution.arising[
            :, network.feed[runs]
        ]
        rank = _ranks(network)[runs]
        covered = np.zeros_like(left)
        for turn in range(int(full.max())):
            of_turn = rank == turn
            covered[:, network.product[runs[of_turn]]] += potential[:, of_turn]
            limited = (state == full) & (turn < full) & (left < covered - slack)
            state[limited] = turn
    credited = np.zeros(len(network.nodes), dtype=bool)
    credited[network.flow_node[network.arising]] = True
    state[(left < -slack) & credited] = SURPLUS
    return state


def _solve_sparse(network: Network, values: Floats) -> Solution:
    """The same for large networks: one sparse factorisation, re-used while states change little."""
    system = _SparseSystem(network, values)
    state = system.first_state()
    for turn in range(_ROUNDS):
        solution = system.solve(state)
        wanted = system.states_of(solution)
        if np.array_equal(wanted, state):
            return _checked(solution)
        state = wanted if turn < _ONE_BY_ONE_AFTER else _first_change(state, wanted)
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
        self.full = _recovery_counts(network)
        self.rank = _ranks(network)
        self.peers = self._peers()
        everything, main = np.ones(p), np.flatnonzero(~network.recovery)
        runs = np.flatnonzero(network.recovery)
        self.recovered = sparse.csr_matrix((everything[runs], (network.product[runs], runs)), shape=(n, p))
        self.main = sparse.csr_matrix((everything[main], (network.product[main], main)), shape=(n, p))
        self.feed_ratio = network.share / network.feed_coefficients(values)
        self.target = np.where(network.planned, network.level, network.demand)
        self.base_state: Ints | None = None
        self.base_rows = sparse.csr_matrix((p, p))

    def _peers(self) -> sparse.csr_matrix:
        """As `_peers`, sparse: recovery routes that run before the row's process."""
        network = self.network
        p = len(network.processes)
        before: dict[int, list[int]] = {}
        for k in np.flatnonzero(network.recovery):
            before.setdefault(int(network.product[k]), []).append(int(k))
        pairs = [
            (j, k)
            for j in (np.flatnonzero(np.isin(network.product, list(before))) if before else ())
            for k in before[int(network.product[j])]
            if self.rank[k] < self.rank[j]
        ]
        rows, columns = ([int(a) for a, _ in pairs], [b for _, b in pairs])
        return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(p, p))

    def _rows(self, state: Ints, which: Ints) -> tuple[sparse.csr_matrix, Floats]:
        """Rows `which` of the system and their constants, for the given states."""
        network = self.network
        product, recovery = network.product[which], network.recovery[which]
        active = state[product] == self.rank[which]
        scale = np.where(active, np.where(recovery, 1.0, network.share[which]), 0.0)
        rows = self.open_need[product] - self.peers[which]
        size = which.size
        eye = sparse.csr_matrix((np.ones(size), (np.arange(size), which)), shape=(size, len(network.processes)))
        out = eye - sparse.diags_array(scale) @ rows
        if recovery.any():
            in_full = recovery & (state[product] > self.rank[which])
            feeds = np.where(recovery, network.feed[which], 0)
            out = out - sparse.diags_array(np.where(in_full, self.feed_ratio[which], 0.0)) @ self.credits[feeds]
        return sparse.csr_matrix(out), scale * self.target[product]

    def states_of(self, solution: Solution) -> Ints:
        """(n,) the states that agree with a solution."""
        one = Solution(*(getattr(solution, f)[None] for f in Solution.__dataclass_fields__))
        return np.asarray(_states(self.network, self.values[None], one, self.full)[0])

    def first_state(self) -> Ints:
        """A good guess before any factorisation: some rounds of following need upstream."""
        network = self.network
        main = np.where(network.recovery, 0.0, network.share)
        fixed = self.target[network.product]
        needed = self.open_need[network.product]
        x = np.zeros(len(network.processes))
        for _ in range(_GUESS_ROUNDS):
            after = main * np.maximum(0.0, fixed + needed @ x)
            if not np.isfinite(after).all() or np.allclose(after, x, rtol=1e-6, atol=0.0):
                break
            x = after
        return self.states_of(self._evaluate(x, self.full)) if np.isfinite(x).all() else self.full

    def solve(self, state: Ints) -> Solution:
        network = self.network
        everything = np.arange(len(network.processes), dtype=np.intp)
        changed = everything
        if self.base_state is not None:
            changed = np.flatnonzero(np.isin(network.product, np.flatnonzero(self.base_state != state)))
        try:
            if self.base_state is None or changed.size > self._UPDATES_UP_TO:
                self.base_rows, self.constant = self._rows(state, everything)
                self.lu = splu(self.base_rows.tocsc())
                self.base_state = state
                x = self.lu.solve(self.constant)
            elif changed.size == 0:
                x = self.lu.solve(self.constant)
            else:
                x = self._updated(state, changed)
        except (RuntimeError, np.linalg.LinAlgError) as error:  # splu calls a singular matrix a RuntimeError
            raise NoBalance(_NO_BALANCE) from error
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
        return np.asarray(x - columns @ np.linalg.solve(small, delta @ x))

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
