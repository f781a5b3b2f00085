"""The console is killed at drawn moments: nothing acknowledged is lost, nothing stands twice or half."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from oreflow.console.operations import preparing
from tests.console.operations.installing import Installed

from .killing import LONGEST_START, Killing

pytestmark = pytest.mark.xdist_group("killing")


@pytest.mark.parametrize("rounds", [pytest.param(10, id="10"), pytest.param(50, id="50", marks=pytest.mark.slow)])
def test_killed_at_drawn_moments(tmp_path: Path, rounds: int, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("OREFLOW_SEED") or random.SystemRandom().randrange(10**9))
    with capsys.disabled():
        print(f"\nkilling with OREFLOW_SEED={seed}", end=" ")  # noqa: T201 - to repeat a failure
    installed = Installed(tmp_path / "data").prepare()
    killing = Killing(installed, seed)
    try:
        for number in range(rounds):
            killing.round(number)
        left = killing.end()
    finally:
        if killing.running.process.poll() is None:
            killing.running.kill()
    assert left["acknowledged"] >= rounds
    assert left["imports"] >= 1
    assert left["slowest_start"] < LONGEST_START
    for draft in left["drafts"]:  # whatever the last kills left, the next start after a while clears
        os.utime(draft, (time.time() - 2 * preparing.STALE_AFTER,) * 2)
    preparing.prepare(installed.data)
    assert [draft for draft in left["drafts"] if draft.exists()] == []
