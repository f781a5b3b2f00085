"""Pairs of lists: 钒、钛利用率由37%、20%提高到44%、29%."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .model import Statement

_LIST_GAP = 6


def answered(statements: Sequence[Statement]) -> list[Statement]:
    """Ends of changes named as their starts: 钒、钛利用率由37%、20%提高到44%、29% ends with 钒 first."""
    out = list(statements)
    k = 0
    while k < len(out):
        count = _run(out, k, "from")
        if count >= 2 and _run(out, k + count, "to") == count:
            names = [s.subject for s in out[k : k + count]]
            ends = {s.subject for s in out[k + count : k + 2 * count]}
            if len(set(names)) == count and len(ends) == 1:
                for i, name in enumerate(names, k + count):
                    out[i] = replace(out[i], subject=name)
        k += max(count, 1)
    return out


def _run(statements: Sequence[Statement], start: int, role: str) -> int:
    """How many statements from `start` on have the role, each close behind the one before."""
    k = start
    while k < len(statements) and statements[k].role == role:
        if k > start and statements[k].start - statements[k - 1].end > _LIST_GAP:
            break
        k += 1
    return k - start
