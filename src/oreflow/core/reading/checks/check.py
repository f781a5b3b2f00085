"""Every check of what was read from one text, in one pass: row A03."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

from oreflow.core.provenance import AnchoredFinding, FindingClass

from ..model import Reading
from .bases import check_bases, check_repeated
from .facts import Facts
from .lists import check_boxes, check_lists, check_periods
from .moves import check_averages, check_moves
from .parts import check_headlines, check_parts
from .shares import check_ratios, check_shares
from .tables import check_tables

Rule = Callable[[Facts], Iterator[AnchoredFinding]]

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "tables": check_tables,
        "parts": check_parts,
        "headlines": check_headlines,
        "shares": check_shares,
        "structures": check_ratios,
        "moves": check_moves,
        "averages": check_averages,
        "bases": check_bases,
        "repeated": check_repeated,
        "lists": check_lists,
        "boxes": check_boxes,
        "periods": check_periods,
    }
)
"""The checks by name, each on its own a pure function of the facts of a reading."""

_ORDER = {kind: index for index, kind in enumerate(FindingClass)}


def check_document(reading: Reading, text: str = "") -> tuple[AnchoredFinding, ...]:
    """Everything that the figures read from a text can be checked for.

    Parameters
    ----------
    reading
        What `read` made of the text.
    text
        The text itself. Without it only tables, bases, averages, headlines and repeated figures are
        checked, and nothing is called an error or a conflict, since words that limit a figure are not seen;
        sums, shares, changes, lists and periods of running text are not checked at all.

    Errors stand first; findings of class `holds` are returned, too, so that a reader sees what was
    checked. Never raises on any reading.
    """
    facts = Facts(reading, text)
    found: dict[tuple[object, ...], AnchoredFinding] = {}
    for rule in RULES.values():
        for finding in rule(facts):
            key = (finding.check, frozenset((a.start, a.end) for a in finding.anchors))
            found.setdefault(key, finding)
    return tuple(sorted(found.values(), key=lambda f: (_ORDER[f.kind], f.anchors[0].start if f.anchors else 0)))
