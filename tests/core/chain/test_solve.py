"""The joint solution of loops: against hand iteration, the sparse path, and scaling laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.core.chain import solve as solving
from oreflow.core.chain.errors import NoBalance
from oreflow.core.chain.network import NOWHERE, assemble
from oreflow.core.chain.solve import solve, solve_batch
from oreflow.core.chain.sparse_solve import SparseSystem, solve_sparse
from oreflow.core.chain.states import SURPLUS

from .networks import acid, assert_balanced, by_hand, kroll, productive


def test_kroll_loop_by_hand() -> None:
    """10 t sponge: Cl2 needed 40.5·0.86, returned 10.6·2.82, the rest from salt."""
    solution = solve(kroll())
    assert solution.activity == pytest.approx([10, 40.5, 10.6, 40.5 * 0.86 - 10.6 * 2.82])
    assert solution.net[3] == pytest.approx(10.6 * 4.02 - 10 * 3.95)


@given(productive())
@settings(max_examples=60, deadline=None)
def test_loop_solution_is_the_limit_of_hand_iteration(network) -> None:  # type: ignore[no-untyped-def]
    try:
        solution = solve(network)
    except NoBalance:
        pytest.fail("a productive chain with small credits must have a balance")
    assert_balanced(network, solution)
    assert solution.activity == pytest.approx(by_hand(network), rel=1e-6, abs=1e-6)


@given(productive(), st.floats(0.01, 1000))
@settings(max_examples=40, deadline=None)
def test_scaled_targets_scale_requirements(network, factor) -> None:  # type: ignore[no-untyped-def]
    once, more = solve(network), solve(replace(network, demand=network.demand * factor))
    assert more.activity == pytest.approx(factor * once.activity, rel=1e-7, abs=1e-9 * factor)


@given(productive())
@settings(max_examples=40, deadline=None)
def test_sparse_and_dense_agree(network) -> None:  # type: ignore[no-untyped-def]
    dense = solve(network)
    sparse = solve_sparse(network, network.value)
    assert sparse.activity == pytest.approx(dense.activity, rel=1e-8, abs=1e-8)
    assert sparse.net == pytest.approx(dense.net, rel=1e-8, abs=1e-7)


@given(productive())
@settings(max_examples=25, deadline=None)
def test_changed_states_update_the_factorisation(network) -> None:  # type: ignore[no-untyped-def]
    """A rank update from a wrong first guess gives the same as starting from the right states."""
    right = solve(network)
    system = SparseSystem(network, network.value)
    system.solve(np.full(len(network.nodes), SURPLUS, dtype=np.intp))
    assert system.solve(right.state).activity == pytest.approx(right.activity, rel=1e-7, abs=1e-7)


def test_recovery_runs_as_far_as_its_feed_arises() -> None:
    solution = solve(acid(0.5))
    assert solution.activity[1] == pytest.approx(0.5 * 800 / 6)
    assert solution.net[1] == pytest.approx(390 - 0.5 * 800 / 6)
    assert solution.state[1] == 1


def test_recovery_runs_no_further_than_its_product_is_used() -> None:
    network = acid(1.0)
    coefficients = network.value.copy()
    coefficients[2] = 1.0  # one t of waste acid now gives one t of acid: 800 against 390 used
    solution = solve(network, coefficients)
    assert solution.activity[1] == pytest.approx(390)
    assert solution.net[1] == pytest.approx(0)
    assert solution.state[1] == 0
    sparse = solve_sparse(network, coefficients)
    assert sparse.activity == pytest.approx(solution.activity)


def test_by_product_never_drives() -> None:
    """Needing slag makes no steel: the uncovered need stays open."""
    network = assemble(
        ("steel", "slag", "v2o5"),
        ("converter", "roast"),
        [(1, 0, True, 0.03, 0.03, 0.03), (1, 1, False, 7.5, 7.5, 7.5)],
        (0, 2),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )
    level = np.array([100.0, 0.0, 7.0])
    solution = solve(replace(network, planned=np.array([True, False, True]), level=level))
    assert solution.activity == pytest.approx([100, 7])
    assert solution.net[1] == pytest.approx(7 * 7.5 - 3)


def test_surplus_by_product_is_not_negative_production() -> None:
    network = assemble(
        ("a", "b"),
        ("make a", "make b"),
        [(1, 0, True, 5.0, 5.0, 5.0), (1, 0, False, 1.0, 1.0, 1.0)],
        (0, 1),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )
    solution = solve(replace(network, demand=np.array([10.0, 0.0])))
    assert solution.activity == pytest.approx([10, 0])
    assert solution.state[1] == SURPLUS
    assert -solution.net[1] == pytest.approx(40)


def test_a_batch_is_its_members() -> None:
    network = kroll()
    sets = np.stack([network.low, network.value, network.high])
    batch = solve_batch(network, sets)
    for k in range(3):
        assert batch.activity[k] == pytest.approx(solve(network, sets[k]).activity)


def test_recovery_routes_take_turns_within_their_feeds() -> None:
    """Ten wanted, the first feed allows one: the second gives the other nine, no feed is overdrawn."""
    network = assemble(
        ("user", "product", "f1", "f2"),
        ("use", "r1", "r2"),
        [
            (1, 0, False, 1.0, 1.0, 1.0),
            (2, 0, True, 0.1, 0.1, 0.1),
            (3, 0, True, 10.0, 10.0, 10.0),
            (2, 1, False, 1.0, 1.0, 1.0),
            (3, 2, False, 1.0, 1.0, 1.0),
        ],
        (0, 1, 1),
        (NOWHERE, 2, 3),
        (1.0, 1.0, 1.0),
    )
    network = replace(network, planned=np.array([True, False, False, False]), level=np.array([10.0, 0, 0, 0]))
    for solution in (solve(network), solve_sparse(network, network.value)):
        assert solution.activity == pytest.approx([10, 1, 9])
        assert (solution.need[2:] <= solution.arising[2:] + 1e-9).all()


def test_mutual_by_products_settle() -> None:
    """A yields 1.5 B and B yields 1 A: making A covers both demands."""
    network = assemble(
        ("a", "b"),
        ("make a", "make b"),
        [(1, 0, True, 1.5, 1.5, 1.5), (0, 1, True, 1.0, 1.0, 1.0)],
        (0, 1),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )
    solution = solve(replace(network, demand=np.array([10.0, 8.0])))
    assert solution.activity == pytest.approx([10, 0])


def test_no_balance_is_told() -> None:
    """A and B each yield one of the other: their system is singular whatever is taken first."""
    network = assemble(
        ("a", "b"),
        ("make a", "make b"),
        [(1, 0, False, 1.0, 1.0, 1.0), (0, 1, False, 1.0, 1.0, 1.0)],
        (0, 1),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )
    for run in (solve, lambda n: solve_sparse(n, n.value)):
        with pytest.raises(NoBalance):
            run(replace(network, demand=np.array([10.0, 8.0])))


def test_large_batches_are_cut_and_large_networks_go_sparse(monkeypatch: pytest.MonkeyPatch) -> None:
    network = kroll()
    sets = np.tile(network.value, (9, 1))
    whole = solve_batch(network, sets)
    monkeypatch.setattr(solving, "_BATCH_FLOATS", 50)
    assert solve_batch(network, sets).activity == pytest.approx(whole.activity)
    monkeypatch.setattr(solving, "_DENSE_UP_TO", 1)
    assert solve_batch(network, sets).activity == pytest.approx(whole.activity)
