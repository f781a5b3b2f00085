"""Shared fixtures: the reference material beside the project, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("integration", derandomize=True)  # the same examples for everybody; at a desk, new ones
if os.environ.get("CI"):
    settings.load_profile("integration")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference material in ../shared")
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In continuous integration, a skip for any reason but missing reference material is a failure."""
    if not os.environ.get("CI"):
        return
    others = [r for r in terminalreporter.stats.get("skipped", []) if "../shared" not in str(r.longrepr)]
    for report in others:
        terminalreporter.write_line(f"SKIPPED, which is not allowed here: {report.nodeid} {report.longrepr}", red=True)
    if others:
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
