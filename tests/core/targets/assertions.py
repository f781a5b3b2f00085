"""What tests of checks ask of findings."""

from __future__ import annotations

from collections.abc import Iterable

from oreflow.core.provenance import Finding, FindingClass


def kinds(findings: Iterable[Finding]) -> list[str]:
    """The classes of some findings, in order."""
    return [f.kind.value for f in findings]


def alarms(findings: Iterable[Finding]) -> list[Finding]:
    """Errors and conflicts."""
    return [f for f in findings if f.kind.fails]


def only(findings: Iterable[Finding], kind: FindingClass) -> Finding:
    """The single finding there is, which must be of this class."""
    (found,) = findings
    assert found.kind is kind, (found.kind, found.title.zh, found.detail.zh)
    return found
