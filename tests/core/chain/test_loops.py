"""Loops: found, judged productive or not, and told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from oreflow.core.chain import NonProductiveLoop, loops, non_productive
from oreflow.core.chain.loops import require_productive
from oreflow.core.chain.network import NOWHERE, assemble
from oreflow.core.provenance import FindingClass

from .networks import kroll, productive


def circle(first: float, second: float):  # type: ignore[no-untyped-def]
    return assemble(
        ("a", "b"),
        ("make a", "make b"),
        [(1, 0, False, first, first, first), (0, 1, False, second, second, second)],
        (0, 1),
        (NOWHERE, NOWHERE),
        (1.0, 1.0),
    )


def test_a_loop_that_uses_less_than_it_makes_is_productive() -> None:
    (loop,) = loops(circle(0.5, 0.5))
    assert loop.gain == pytest.approx(0.5)
    assert non_productive(circle(0.5, 0.5)) == ()
    require_productive(circle(0.5, 0.5))


@pytest.mark.parametrize(("first", "second"), [(1.0, 1.0), (2.0, 0.7)])
def test_a_loop_that_cannot_carry_itself_is_a_finding(first: float, second: float) -> None:
    (finding,) = non_productive(circle(first, second))
    assert finding.kind is FindingClass.ERROR
    assert set(finding.cells) == {"make a", "make b"}
    assert "make a" in finding.title.en
    assert "make a" in finding.title.zh
    with pytest.raises(NonProductiveLoop) as caught:
        require_productive(circle(first, second))
    assert set(caught.value.processes) == {"make a", "make b"}


def test_a_loop_must_carry_itself_over_all_its_ranges() -> None:
    network = assemble(("a",), ("p",), [(0, 0, False, 0.8, 0.7, 1.2)], (0,), (NOWHERE,), (1.0,))
    assert len(non_productive(network)) == 1


def test_a_process_that_eats_its_own_product() -> None:
    network = assemble(("a",), ("p",), [(0, 0, False, 1.2, 1.2, 1.2)], (0,), (NOWHERE,), (1.0,))
    assert len(non_productive(network)) == 1


def test_by_product_circles_are_no_loops() -> None:
    """The chlorine–magnesium circle closes through by-products only: nothing drives itself."""
    assert loops(kroll()) == ()


def test_planned_nodes_cut_loops() -> None:
    network = circle(2.0, 0.7)
    network = replace(network, planned=np.array([True, False]), level=np.array([1.0, 0.0]))
    assert non_productive(network) == ()


@given(productive(credits=False))
@settings(max_examples=40, deadline=None)
def test_chains_of_small_column_sums_are_productive(network) -> None:  # type: ignore[no-untyped-def]
    assert all(loop.productive for loop in loops(network))
