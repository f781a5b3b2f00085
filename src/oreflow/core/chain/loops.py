"""Loops of a chain, and whether each is productive.

A loop is productive if making one unit of every member needs, inside the loop, less than it makes:
with the input shares K of the loop, z = (I − K)⁻¹ 1 exists and is positive (Hawkins and Simon 1949).
By-product credits are left out: they can only lighten a loop, never carry it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from oreflow.core.provenance import Finding, FindingClass, Mark, Text

from .errors import NonProductiveLoop
from .network import Floats, Network


@dataclass(frozen=True, slots=True)
class Loop:
    """Processes (ids) that need each other's products; `gain` < 1 if the loop is productive.

    `gain` is the largest eigenvalue (in modulus) of the loop's own input shares: what one round
    through the loop uses of its own product per unit made.
    """

    processes: tuple[str, ...]
    gain: float

    @property
    def productive(self) -> bool:
        return self.gain < 1.0


def input_shares(network: Network, values: Floats | None = None) -> sparse.csr_matrix:
    """(p, p) K: activity of row per unit activity of column, through inputs that drive."""
    coefficients = network.value if values is None else values
    drives = (~network.arising) & ~network.planned[network.flow_node]
    n, p = len(network.nodes), len(network.processes)
    inputs = sparse.csr_matrix(
        (coefficients[drives], (network.flow_node[drives], network.flow_process[drives])), shape=(n, p)
    )
    main = np.where(network.recovery, 0.0, network.share)
    return sparse.csr_matrix(sparse.diags_array(main) @ inputs[network.product])


def loops(network: Network, values: Floats | None = None) -> tuple[Loop, ...]:
    """Every strongly connected set of processes with more than one member or a self-loop."""
    shares = input_shares(network, values)
    shares.eliminate_zeros()
    count, label = connected_components(shares, directed=True, connection="strong")
    size = np.bincount(label, minlength=count)
    looping = size > 1
    looping[label[shares.diagonal() != 0]] = True
    found = []
    members_of = np.argsort(label, kind="stable")
    ends = np.cumsum(size)
    for group in np.flatnonzero(looping):
        members = members_of[ends[group] - size[group] : ends[group]]
        found.append(Loop(tuple(network.processes[j] for j in members), _gain(shares, members)))
    return tuple(found)


def _gain(shares: sparse.csr_matrix, members: np.ndarray) -> float:
    inside = shares[members][:, members].toarray()
    return float(np.abs(np.linalg.eigvals(inside)).max())


def non_productive(network: Network) -> tuple[Finding, ...]:
    """One error finding per loop that cannot carry itself somewhere in its coefficient ranges."""
    return tuple(
        Finding(
            code=f"chain.loop.{'.'.join(sorted(loop.processes))}",
            check="loop",
            kind=FindingClass.ERROR,
            title=_title(loop),
            detail=Text(
                "检查这些工艺的单耗，或给其中一种物料另设来源（外购或其他路线）。",
                "Check the unit consumptions of these processes, or give one of the materials another source "
                "(a purchase or another route).",
            ),
            cells=loop.processes,
            mark=Mark.COMPUTED,
        )
        for loop in _worst(network)
        if not loop.productive
    )


def _worst(network: Network) -> tuple[Loop, ...]:
    """The loops at the upper ends of their coefficients: a loop must carry itself there, too."""
    return loops(network, network.high)


def require_productive(network: Network) -> None:
    """Raise NonProductiveLoop for the first loop that cannot carry itself over all its coefficient ranges."""
    for loop in _worst(network):
        if not loop.productive:
            raise NonProductiveLoop(_title(loop), loop.processes)


def _title(loop: Loop) -> Text:
    names = " → ".join(loop.processes)
    return Text(
        f"循环 {names} 在系数上限处走一圈消耗自身产品的 {loop.gain:.3g} 倍，无法自持。",
        f"The loop {names} uses, at the upper ends of its coefficients, {loop.gain:.3g} times what it makes "
        "in one round and cannot carry itself.",
    )
