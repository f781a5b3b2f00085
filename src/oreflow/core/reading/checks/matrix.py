"""What comparing two texts yields: pairs of anchors with a relation, as frozen values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from oreflow.core.provenance import Anchor, AnchoredFinding, FindingClass, Mark, Source, Text


class Relation(StrEnum):
    """How the lower text stands to one statement, task or chain of the upper one."""

    CONFLICTS = "conflicts"
    SCOPE = "differing-scope"
    BASIS = "differing-basis"
    NESTED = "nested"
    SUPPORTS = "supports"
    SILENT = "silent"

    @property
    def text(self) -> Text:
        """The relation as readers see it."""
        return _RELATIONS[self]

    @property
    def finding(self) -> FindingClass:
        """The class of a finding that tells it."""
        return _CLASSES[self]


_RELATIONS = {
    Relation.CONFLICTS: Text("矛盾", "conflicts"),
    Relation.SCOPE: Text("范围不同", "differing scope"),
    Relation.BASIS: Text("口径不同", "differing basis"),
    Relation.NESTED: Text("在上限之内", "nested inside"),
    Relation.SUPPORTS: Text("支持", "supports"),
    Relation.SILENT: Text("未提及", "silent"),
}
_CLASSES = {
    Relation.CONFLICTS: FindingClass.CONFLICT,
    Relation.SCOPE: FindingClass.SCOPE,
    Relation.BASIS: FindingClass.SCOPE,
    Relation.NESTED: FindingClass.HOLDS,
    Relation.SUPPORTS: FindingClass.HOLDS,
    Relation.SILENT: FindingClass.INFORMATION,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the matrix.

    Attributes
    ----------
    matter
        `figure`, `task` or `chain`.
    subject
        What both speak of, in the upper text's words.
    upper, lower
        The characters in either text; None where that text is silent.
    upper_value, lower_value
        The figures as printed, with bound and unit; empty for tasks and chains.
    gap
        Lower minus upper, in `unit`; None where the two are not compared or not comparable.
    share
        Lower as a fraction of upper where one nests in the other.
    """

    matter: str
    relation: Relation
    subject: str
    upper: Anchor | None
    lower: Anchor | None
    title: Text
    detail: Text
    upper_value: str = ""
    lower_value: str = ""
    year: int | None = None
    gap: Fraction | None = None
    share: Fraction | None = None
    unit: str = ""
    mark: Mark = Mark.PLAN


@dataclass(frozen=True, slots=True)
class ConformityMatrix:
    """All pairs of an upper and a lower text, conflicts first."""

    upper: str
    lower: str
    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> dict[Relation, int]:
        """How many pairs stand in each relation."""
        found = Counter(p.relation for p in self.pairs)
        return {r: found[r] for r in Relation}

    @property
    def fails(self) -> bool:
        """Whether anything conflicts."""
        return any(p.relation is Relation.CONFLICTS for p in self.pairs)

    @property
    def findings(self) -> tuple[AnchoredFinding, ...]:
        """The pairs as findings, for places that show findings of every kind."""
        return tuple(_finding(p) for p in self.pairs)


def _finding(pair: Pair) -> AnchoredFinding:
    anchors = tuple(a for a in (pair.lower, pair.upper) if a is not None)
    at = anchors[0] if anchors else None
    return AnchoredFinding(
        code=f"conformity.{pair.matter}.{at.start if at else 0}",
        check=f"conformity-{pair.relation.value}",
        kind=pair.relation.finding,
        title=pair.title,
        detail=pair.detail,
        sources=tuple(Source(a.document) for a in anchors),
        found=pair.gap,
        expected=Fraction(0) if pair.gap is not None else None,
        unit=pair.unit,
        mark=pair.mark,
        anchors=anchors,
    )
