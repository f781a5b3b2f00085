"""Readers of the console: a Chinese browser and an English one, and the built-in region."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from oreflow.console.regions import access
from oreflow.core.region import Region

from .world import World, make_world

DATABASE = {"db", "transactional_db", "world", "live_server"}


LONG = {"test_contract", "test_walk"}  # on PostgreSQL in the full run only


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that touch the database run on PostgreSQL too, but for those that are about SQLite."""
    if connection.vendor != "sqlite":
        other = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in other]
    for item in items:
        touches = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
        if touches and item.path.stem not in LONG:
            item.add_marker(pytest.mark.storage)


LANGUAGES = {"zh": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.9"}


@pytest.fixture(scope="session")
def region() -> Region:
    """The built-in region, as the console loads it."""
    return access.region("panxi")


@pytest.fixture
def zh() -> Client:
    """A reader with a Chinese browser."""
    return Client(headers={"accept-language": LANGUAGES["zh"]})


@pytest.fixture
def en() -> Client:
    """A reader with an English browser."""
    return Client(headers={"accept-language": LANGUAGES["en"]})


@pytest.fixture(params=list(LANGUAGES))
def reader(request: pytest.FixtureRequest) -> Client:
    """Each reader in turn; `reader.language` is zh or en."""
    client = Client(headers={"accept-language": LANGUAGES[request.param]})
    client.language = request.param  # type: ignore[attr-defined]
    return client


@pytest.fixture
def world(db: None) -> World:
    """Organisations, people and records of a made-up city."""
    return make_world()
