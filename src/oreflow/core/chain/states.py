"""What a solution is, and which states of its nodes agree with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oreflow.core.provenance import Text

from .errors import NoBalance
from .network import Floats, Ints, Network

SURPLUS = -1  # by-products alone cover the node; otherwise a state counts the recovery routes that run in full
ROUNDS = 240
ONE_BY_ONE_AFTER = 24
NO_BALANCE = Text(
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


def recovery_counts(network: Network) -> Ints:
    """(n,) how many recovery routes make each node."""
    return np.bincount(network.product[network.recovery], minlength=len(network.nodes)).astype(np.intp)


def ranks(network: Network) -> Ints:
    """(p,) the turn of a recovery route among those of its product; main routes come after all of them."""
    full = recovery_counts(network)
    rank = full[network.product].copy()
    seen: dict[int, int] = {}
    for k in np.flatnonzero(network.recovery):
        node = int(network.product[k])
        rank[k] = seen.get(node, 0)
        seen[node] = int(rank[k]) + 1
    return rank


def states_of(network: Network, values: Floats, solution: Solution, full: Ints) -> Ints:
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
        rank = ranks(network)[runs]
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


def first_change(state: Ints, wanted: Ints) -> Ints:
    """Only the first node of each set that wants another state gets it (least-index rule, Murty 1974)."""
    differs = wanted != state
    first = differs & (np.cumsum(differs, axis=-1) == 1)
    return np.where(first, wanted, state)


def checked(solution: Solution) -> Solution:
    x = solution.activity
    if (x < -1e-7 * (1.0 + np.abs(x).max(initial=0.0))).any():
        raise NoBalance(NO_BALANCE)
    return solution


def lifted(solution: Solution) -> Solution:
    """A single solution as a batch of one."""
    return Solution(*(getattr(solution, f)[None] for f in Solution.__dataclass_fields__))


def single(batch: Solution) -> Solution:
    """The only solution of a batch of one."""
    return Solution(*(getattr(batch, f)[0] for f in Solution.__dataclass_fields__))
