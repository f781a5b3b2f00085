"""The built-in pack, loaded once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from oreflow.core.provenance import Finding
from oreflow.core.region import Region
from oreflow.core.targets import check
from oreflow.gateway import load_pack


@pytest.fixture(scope="session")
def panxi() -> Region:
    """The region of the Panzhihua and Sichuan plans."""
    return load_pack("panxi")


@pytest.fixture(scope="session")
def all_findings(panxi: Region) -> tuple[Finding, ...]:
    """Everything that is checked in it."""
    return check(panxi)


@pytest.fixture(scope="session")
def findings(all_findings: tuple[Finding, ...]) -> Mapping[str, Finding]:
    """The same by code."""
    return {f.code: f for f in all_findings}
