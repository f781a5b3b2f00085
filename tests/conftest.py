"""Shared fixtures: the reference material beside the project, when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference material in ../shared")
    return SHARED
