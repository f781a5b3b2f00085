"""The chain of one year as arrays: nodes (materials, groups, burdens), processes, flows between them.

Method: input–output accounting with one reference product per process (Leontief 1936; Heijungs and
Suh 2002, ch. 2) in which a by-product is credited at most up to its use and never drives a process.

For node i: need n = A x + d, arising b = B x. A node's level L is its planned amount where the plan
states one that drives the chain, else n. Main processes cover what is left: q = max(0, L − b − r),
x_j = share_j · q. A recovery route k runs at x_k = share_k · b_feed / a_feed,k, but no further than
its product is used: Σ x_k ≤ max(0, L − b).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Network:
    """Arrays over n nodes, p processes and f flows; amounts per year in each node's own unit.

    Attributes
    ----------
    flow_node, flow_process : (f,) indices
    arising : (f,) True for by-products and wastes, False for inputs
    value, low, high : (f,) amount per unit of the process's reference product
    product : (p,) node that the process makes; feed : (p,) node that limits it, or NOWHERE
    share : (p,) share of the product's remainder, or for a recovery route of its feed
    planned : (n,) whether the node is made at `level`; level : (n,) that amount
    demand : (n,) final demand of nodes made as far as needed
    """

    nodes: tuple[str, ...]
    processes: tuple[str, ...]
    flow_node: Ints
    flow_process: Ints
    arising: Bools
    value: Floats
    low: Floats
    high: Floats
    product: Ints
    feed: Ints
    share: Floats
    planned: Bools
    level: Floats
    demand: Floats

    @property
    def recovery(self) -> Bools:
        """(p,) whether the process is a recovery route."""
        return np.not_equal(self.feed, NOWHERE)

    def feed_coefficients(self, values: Floats) -> Floats:
        """(..., p) amount of the feed per unit of product for recovery routes, 1 elsewhere."""
        out = np.ones((*values.shape[:-1], len(self.processes)))
        is_feed = (~self.arising) & (self.flow_node == self.feed[self.flow_process])
        out[..., self.flow_process[is_feed]] = values[..., is_feed]
        return out

    def with_shares(self, share: Floats) -> Network:
        """The same chain with other route shares."""
        return replace(self, share=share)

    def with_levels(self, level: Floats, demand: Floats | None = None) -> Network:
        """The same chain with other planned amounts (and final demand)."""
        return replace(self, level=level, demand=self.demand if demand is None else demand)


def assemble(
    nodes: Sequence[str],
    processes: Sequence[str],
    flows: Sequence[tuple[int, int, bool, float, float, float]],
    product: Sequence[int],
    feed: Sequence[int],
    share: Sequence[float],
) -> Network:
    """A network without plan or demand from rows (node, process, arising, value, low, high)."""
    table = np.array(flows, dtype=float).reshape(-1, 6)
    return Network(
        nodes=tuple(nodes),
        processes=tuple(processes),
        flow_node=table[:, 0].astype(np.intp),
        flow_process=table[:, 1].astype(np.intp),
        arising=table[:, 2].astype(bool),
        value=table[:, 3],
        low=table[:, 4],
        high=table[:, 5],
        product=np.asarray(product, dtype=np.intp),
        feed=np.asarray(feed, dtype=np.intp),
        share=np.asarray(share, dtype=float),
        planned=np.zeros(len(nodes), dtype=bool),
        level=np.zeros(len(nodes)),
        demand=np.zeros(len(nodes)),
    )
