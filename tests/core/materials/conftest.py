"""The shipped library, and small processes made by hand."""

from __future__ import annotations

import pytest

from oreflow.core.materials import GuardReport, Library, guard
from oreflow.gateway import load_library


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def report(library: Library) -> GuardReport:
    return guard(library)
