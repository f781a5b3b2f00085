"""It is a Monday in March, and files go into a folder of the test's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oreflow.console import clock

from ..world import NOW, World, make_world


@pytest.fixture(autouse=True)
def on_a_monday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 2 March 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    """Files are kept in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "attachments"


@pytest.fixture
def world(db: None) -> World:
    """The made-up city, its records there for a week."""
    made = make_world()
    for record in (*made.records.values(), *made.organisations.values(), *made.parks.values()):
        record.history.update(history_date=NOW - timedelta(days=7))
    return made
