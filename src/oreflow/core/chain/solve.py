"""Solve a network: activities, needs and credits, all loops jointly.

Which by-products fall short and which are in surplus is not known beforehand: the solver takes a
state for every node that has credits, solves the linear system of that state, and corrects the
states until they agree with the solution (policy iteration, as in Newton's method for a piecewise
linear equation).
"""

from __future__ import annotations

from .dense import solve_dense, stacked
from .network import Floats, Network
from .sparse_solve import solve_sparse
from .states import Solution, lifted, single

_DENSE_UP_TO = 250
_BATCH_FLOATS = 4_000_000


def solve(network: Network, values: Floats | None = None) -> Solution:
    """Solve for one set of coefficients `values` (f,), by default the stated ones.

    Raises
    ------
    NoBalance
        If the states do not settle.
    """
    coefficients = network.value if values is None else values
    if len(network.processes) <= _DENSE_UP_TO:
        return single(solve_batch(network, coefficients[None, :]))
    return solve_sparse(network, coefficients)


def solve_batch(network: Network, values: Floats) -> Solution:
    """Solve for many coefficient sets at once: `values` (s, f).

    Raises
    ------
    NoBalance
        If the states of one of the sets do not settle, or an activity would be negative.
    """
    if len(network.processes) > _DENSE_UP_TO:
        return stacked([lifted(solve_sparse(network, row)) for row in values])
    size = max(1, _BATCH_FLOATS // (len(network.nodes) * len(network.processes)))
    parts = [solve_dense(network, values[k : k + size]) for k in range(0, len(values), size)]
    return stacked(parts)
