"""What is said where a printed divisor is 0: nothing can be recomputed, and that is worth knowing."""

from __future__ import annotations

from collections.abc import Sequence

from oreflow.core.provenance import Finding, FindingClass, Text, weakest
from oreflow.core.region import Region

from .cells import Cell, sources_of
from .wording import bounded, joined, label


def of_nothing(region: Region, check: str, ratio: Cell, base: Cell, cells: Sequence[Cell]) -> Finding:
    """Information that `ratio` (a growth, a share, a per-land figure) has a `base` that is printed as 0."""
    what, below = label(region, ratio), label(region, base)
    return Finding(
        code=f"{check}.{ratio.id}",
        check=check,
        kind=FindingClass.INFORMATION,
        title=Text(
            f"{what.zh}印为 {bounded(ratio).zh}，但{below.zh}为 0，无法重算。",
            f"{what.en} is printed as {bounded(ratio).en}, but its base is zero: no rate can be recomputed.",
        ),
        detail=Text(
            f"作为除数的{below.zh}印为 {bounded(base).zh}。请核对该数；确无数据时，印刷形式应为破折号而不是 0。",
            f"{below.en}, the divisor, is printed as {bounded(base).en}. Check it; where there is no datum, a "
            "dash belongs there and not 0.",
        ),
        cells=tuple(dict.fromkeys(c.id for c in cells)),
        sources=sources_of(cells),
        mark=weakest(c.mark for c in cells),
    )


def implied_by_nothing(region: Region, whole: Cell, pairs: Sequence[tuple[Cell, Cell]]) -> Finding:
    """Information that a whole cannot follow from (part, share) pairs whose shares are all 0."""
    cells = (whole, *(c for pair in pairs for c in pair))
    what = label(region, whole)
    rows = joined([label(region, share) for _, share in pairs])
    return Finding(
        code=f"implied.{whole.id}",
        check="implied",
        kind=FindingClass.INFORMATION,
        title=Text(
            f"{what.zh}未印出，所占比重均为 0，无法推算。",
            f"{what.en} is not printed, and the shares of it are zero: no total can be computed.",
        ),
        detail=Text(f"印为 0 的占比：{rows.zh}。请核对。", f"Shares printed as zero: {rows.en}. Check them."),
        cells=tuple(dict.fromkeys(c.id for c in cells)),
        sources=sources_of(cells),
        mark=weakest(c.mark for c in cells),
    )
