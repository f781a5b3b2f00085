"""Bounds over coefficient ranges: exact ones against every corner, sampled ones say so."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from oreflow.core.chain import NonProductiveLoop
from oreflow.core.chain.bounds import Ask, Result, bounds
from oreflow.core.chain.model import How
from oreflow.core.chain.network import NOWHERE, assemble
from oreflow.core.chain.solve import solve_batch

from .networks import acid, kroll, productive


def every_corner(network, asks):  # type: ignore[no-untyped-def]
    """Lowest and highest of each ask over all corners of the coefficient box."""
    ranged = np.flatnonzero(network.high > network.low)
    sets = np.tile(network.value, (2 ** len(ranged), 1))
    for k, ends in enumerate(product((False, True), repeat=len(ranged))):
        sets[k, ranged] = np.where(ends, network.high[ranged], network.low[ranged])
    solution = solve_batch(network, sets)
    table = np.stack([getattr(solution, a.result.value)[:, a.node] for a in asks])
    return table.min(axis=1), table.max(axis=1)


ASKS = [Ask(r, i) for r in (Result.NEED, Result.ARISING, Result.NET) for i in range(6)]


def test_kroll_loop_bounds_are_exact() -> None:
    network = kroll()
    found = bounds(network, ASKS)
    low, high = every_corner(network, ASKS)
    assert all(x.how is How.EXACT for x in found)
    assert [x.low for x in found] == pytest.approx(low)
    assert [x.high for x in found] == pytest.approx(high)


def test_chlorine_make_up_takes_opposite_ends() -> None:
    """Most chlorine is missing when chlorination wants most and electrolysis returns least."""
    make_up = bounds(kroll(), [Ask(Result.NET, 4)])[0]
    assert make_up.low == pytest.approx(10 * 4.0 * 0.8 - 10 * 1.15 * 2.9)
    assert make_up.high == pytest.approx(10 * 4.25 * 0.95 - 10 * 1.02 * 2.7)


@given(productive(credits=True))
@settings(max_examples=40, deadline=None)
def test_exact_bounds_are_the_extremes_of_all_corners(network) -> None:  # type: ignore[no-untyped-def]
    ranged = np.flatnonzero(network.high > network.low)[:9]
    fixed = np.ones(network.value.size, dtype=bool)
    fixed[ranged] = False
    network = replace(
        network,
        low=np.where(fixed, network.value, network.low),
        high=np.where(fixed, network.value, network.high),
    )
    asks = [Ask(r, i) for i in range(len(network.nodes)) for r in (Result.NEED, Result.ARISING, Result.NET)]
    low, high = every_corner(network, asks)
    for k, x in enumerate(bounds(network, asks)):
        assert x.low <= x.value + 1e-9
        assert x.value <= x.high + 1e-9
        if x.how is How.EXACT:
            assert x.low == pytest.approx(low[k], rel=1e-7, abs=1e-7)
            assert x.high == pytest.approx(high[k], rel=1e-7, abs=1e-7)
        else:
            assert x.low >= low[k] - 1e-7
            assert x.high <= high[k] + 1e-7


def test_an_ambiguous_sign_is_sampled_and_said() -> None:
    """More of m1 needs both more and less of m2 (input and by-product): no corner is known to be worst."""
    network = assemble(
        ("m0", "m1", "m2"),
        ("p0", "p1", "p2"),
        [(1, 0, False, 0.5, 0.4, 0.6), (2, 1, False, 0.3, 0.1, 0.5), (2, 1, True, 0.3, 0.1, 0.5)],
        (0, 1, 2),
        [NOWHERE] * 3,
        [1.0] * 3,
    )
    network = replace(network, demand=np.array([10.0, 0.0, 0.0]))
    assert bounds(network, [Ask(Result.NET, 2)])[0].how is How.SAMPLED
    again = [bounds(network, [Ask(Result.NET, 2)])[0] for _ in range(2)]
    assert again[0] == again[1]


def test_recovery_bounds_are_sampled() -> None:
    found = bounds(acid(0.5), [Ask(Result.NET, 1)])[0]
    assert found.how is How.SAMPLED
    assert found.low < found.value < found.high


def test_no_ranges_give_a_point() -> None:
    network = kroll()
    network = replace(network, low=network.value, high=network.value)
    assert bounds(network, [Ask(Result.NEED, 1)])[0].how is How.POINT
    assert bounds(network, []) == []


def test_what_recovery_touches_is_never_called_exact() -> None:
    """A recovery route fed by a by-product of its own making: its corners are no bounds."""
    rows = [
        (2, 2, False, 1.0, 1.0, 1.0),
        (1, 0, False, 0.7, 0.49, 0.91),
        (2, 0, True, 0.7, 0.7, 0.7),
        (3, 1, False, 1.3, 0.91, 1.69),
        (3, 2, True, 0.3, 0.21, 0.39),
    ]
    network = assemble(
        ("m0", "m1", "m2", "m3"), ("p0", "p1", "r"), rows, (0, 1, 1), (NOWHERE, NOWHERE, 2), (1.0, 1.0, 1.0)
    )
    network = replace(network, demand=np.array([10.0, 0, 0, 0]))
    found = bounds(network, [Ask(Result.NET, 3)])
    assert found[0].how is How.SAMPLED
    assert found[0].low <= found[0].value <= found[0].high


def test_a_loop_that_fails_inside_its_ranges_has_no_bounds() -> None:
    network = assemble(("a",), ("p",), [(0, 0, False, 0.8, 0.7, 1.2)], (0,), (NOWHERE,), (1.0,))
    network = replace(network, demand=np.array([10.0]))
    with pytest.raises(NonProductiveLoop):
        bounds(network, [Ask(Result.NEED, 0)])


def test_planned_and_its_own_by_product_move_together() -> None:
    """Made is what the plan leaves after the by-product: what is open follows from both at once."""
    network = assemble(
        ("a", "b"),
        ("make a", "make b"),
        [(0, 1, True, 1.0, 0.5, 1.5), (0, 1, False, 2.0, 2.0, 2.0)],
        (0, 1),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )
    network = replace(network, planned=np.array([True, True]), level=np.array([6.0, 4.0]))
    asks = [Ask(r, 0) for r in (Result.OPEN, Result.MADE, Result.SUPPLIED)]
    low, high = every_corner(network, asks)
    for k, x in enumerate(bounds(network, asks)):
        assert (x.low, x.high) == pytest.approx((low[k], high[k]))


def test_very_large_networks_get_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["oreflow.core.chain.bounds"], "BOUNDED_UP_TO", 1)
    assert bounds(kroll(), [Ask(Result.NEED, 1)])[0].how is How.POINT
