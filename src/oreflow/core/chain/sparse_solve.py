"""Solve large networks: one sparse factorisation, re-used while states change little."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from .errors import NoBalance
from .network import Bools, Floats, Ints, Network
from .states import (
    NO_BALANCE,
    ONE_BY_ONE_AFTER,
    ROUNDS,
    Solution,
    checked,
    first_change,
    lifted,
    ranks,
    recovery_counts,
    states_of,
)

_GUESS_ROUNDS = 200


def solve_sparse(network: Network, values: Floats) -> Solution:
    """The same for large networks: one sparse factorisation, re-used while states change little."""
    system = SparseSystem(network, values)
    state = system.first_state()
    for turn in range(ROUNDS):
        solution = system.solve(state)
        wanted = system.agreeing(solution)
        if np.array_equal(wanted, state):
            return checked(solution)
        state = wanted if turn < ONE_BY_ONE_AFTER else first_change(state, wanted)
    raise NoBalance(NO_BALANCE)


class SparseSystem:
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
        self.full = recovery_counts(network)
        self.rank = ranks(network)
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

    def agreeing(self, solution: Solution) -> Ints:
        """(n,) the states that agree with a solution."""
        return np.asarray(states_of(self.network, self.values[None], lifted(solution), self.full)[0])

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
        return self.agreeing(self._evaluate(x, self.full)) if np.isfinite(x).all() else self.full

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
            raise NoBalance(NO_BALANCE) from error
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
