"""Requirements of a synthetic chain of 10,000 processes and materials, against the bare factorisation.

    python bench/chain_requirements.py [--size 10000] [--loops 0.01] [--seed 1] [--repeat 5]

Prints the times of assembling the network from rows, of solving it with by-product credits, of one
bare sparse factorisation with solve of the very same matrix (the physical limit), and the ratio.
Exits with 1 if the ratio is above 3 or a whole run takes more than 2 s.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace

import numpy as np
from scipy.sparse.linalg import splu

from oreflow.core.chain.network import NOWHERE, Network, assemble
from oreflow.core.chain.solve import solve
from oreflow.core.chain.sparse_solve import SparseSystem


def synthetic(
    size: int, loop_share: float, seed: int
) -> tuple[list[tuple[int, int, bool, float, float, float]], Network]:
    """A layered chain with `loop_share` of its processes feeding back, and by-products on a tenth."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, int, bool, float, float, float]] = []
    for j in range(1, size):
        for i in rng.integers(max(0, j - 200), j, size=rng.integers(1, 5)):
            v = float(rng.uniform(0.05, 0.6))
            rows.append((int(i), j, False, v, 0.9 * v, 1.1 * v))
    back = rng.choice(size - 300, int(loop_share * size), replace=False)
    rows += [(int(j + rng.integers(1, 200)), int(j), False, 0.05, 0.04, 0.06) for j in back]
    by_products = rng.choice(size, size // 10, replace=False)
    rows += [(int(rng.integers(0, size)), int(j), True, 0.1, 0.08, 0.12) for j in by_products]
    return rows, build(size, rows, seed)


def build(size: int, rows: list[tuple[int, int, bool, float, float, float]], seed: int) -> Network:
    names = [f"m{i}" for i in range(size)]
    network = assemble(names, [f"p{i}" for i in range(size)], rows, range(size), [NOWHERE] * size, [1.0] * size)
    demand = np.zeros(size)
    demand[np.random.default_rng(seed).choice(size, size // 50, replace=False)] = 100.0
    return replace(network, demand=demand)


def best(run: object, repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--loops", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    rows, network = synthetic(asked.size, asked.loops, asked.seed)
    assembling = best(lambda: build(asked.size, rows, asked.seed), asked.repeat)
    solving = best(lambda: solve(network), asked.repeat)
    system = SparseSystem(network, network.value)
    solution = solve(network)
    matrix, constant = system._rows(solution.state, np.arange(asked.size, dtype=np.intp))
    matrix = matrix.tocsc()
    bare = best(lambda: splu(matrix).solve(constant), asked.repeat)
    print(f"processes {asked.size}, flows {len(rows)}, seed {asked.seed}, median of {asked.repeat}")
    print(f"assembling from rows      {assembling * 1e3:8.1f} ms")
    print(f"solving with credits      {solving * 1e3:8.1f} ms")
    print(f"bare factorisation+solve  {bare * 1e3:8.1f} ms")
    print(f"ratio solving/bare        {solving / bare:8.2f}   (limit 3)")
    print(f"ratio whole/bare          {(assembling + solving) / bare:8.2f}")
    return 0 if solving / bare <= 3 and assembling + solving < 2 else 1


if __name__ == "__main__":
    sys.exit(main())
