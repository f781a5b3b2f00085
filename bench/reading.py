# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Reading plans: characters per second for statements and chains, against reading the bytes.

    python bench/reading.py TEXT… [--repeat 5] [--big 50]

Prints the speed over the given texts, the share of the time spent in `re`, the speed of decoding the
same bytes (the physical limit), and how time and memory grow up to `--big` million characters.
Exits with 1 below 200,000 characters per second.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
import time
import tracemalloc
from pathlib import Path

from oreflow.core.reading import read, statements_and_chains

FLOOR = 200_000


def seconds(run: object, repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def share_in_re(texts: list[str]) -> float:
    """The part of the time that the methods of compiled patterns take."""
    profile = cProfile.Profile()
    profile.enable()
    for text in texts:
        statements_and_chains(text)
    profile.disable()
    rows = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in rows.values())
    in_re = sum(row[2] for (_, _, name), row in rows.items() if "re.Pattern" in name or "re.Match" in name)
    return float(in_re / total)


def growth(texts: list[str], most: int) -> None:
    """Time and peak memory over ever longer texts."""
    sample = "\n".join(texts)
    for millions in (1, 5, most):
        if millions > most:
            break
        big = (sample * (millions * 1_000_000 // len(sample) + 1))[: millions * 1_000_000]
        start = time.perf_counter()
        found, _ = statements_and_chains(big)
        spent = time.perf_counter() - start
        tracemalloc.start()
        statements_and_chains(big[: min(len(big), 2_000_000)])
        peak = tracemalloc.get_traced_memory()[1] / min(len(big), 2_000_000)
        tracemalloc.stop()
        print(
            f"{millions:4} million characters: {spent:8.1f} s, {len(big) / spent:10,.0f}/s, {len(found):8,} statements, {peak:.0f} bytes per character"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--big", type=int, default=0)
    given = parser.parse_args()
    raw = [path.read_bytes() for path in given.texts]
    texts = [data.decode("utf-8") for data in raw]
    size = sum(map(len, texts))
    core = seconds(lambda: [statements_and_chains(t) for t in texts], given.repeat)
    whole = seconds(lambda: [read(t) for t in texts], given.repeat)
    limit = seconds(lambda: [data.decode("utf-8") for data in raw], given.repeat)
    print(f"{size:,} characters in {len(texts)} texts")
    print(
        f"statements and chains: {core:.3f} s, {size / core:,.0f} characters/s ({core / limit:,.0f} × decoding the bytes)"
    )
    print(f"the whole reading:     {whole:.3f} s, {size / whole:,.0f} characters/s")
    print(f"share of the time in re: {100 * share_in_re(texts):.0f} %")
    if given.big:
        growth(texts, given.big)
    return 0 if size / core >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
