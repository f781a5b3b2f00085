"""Several at once, and anything in any order: events stay contiguous, the state is the core's."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from oreflow.console.cases import actions, parties
from oreflow.console.cases.models import AskedBody, CaseEvent, CaseFile, Notice
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.workflow import FILING

from ..world import World, make_world
from .spine import on, opened, submitted, take


@pytest.fixture
def shared_world(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """A world that several threads reach: the test's PostgreSQL, or a SQLite file, as a console has it."""
    if connection.vendor != "sqlite":
        yield make_world(), lambda: None
        return
    first = connections["default"]
    described = {**first.settings_dict, "NAME": str(tmp_path / "shared.sqlite3")}

    def connect() -> None:
        connections["default"] = type(first)(described, "default")

    with django_db_blocker.unblock():
        connect()
        try:
            call_command("migrate", run_syncdb=True, verbosity=0)
            yield make_world(), connect
        finally:
            connections["default"].close()
            connections["default"] = first


def at_once(connect: Any, *calls: Any) -> list[Any]:
    """Run the calls at the same time, each on a connection of its own; results or refusals."""
    start = Barrier(len(calls))

    def run(call: Any) -> Any:
        connect()
        try:
            start.wait(10)
            return call()
        except (Refused, Invalid, Stale) as error:
            return error
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins(shared_world: Any) -> None:
    world, connect = shared_world
    case = submitted(world)
    viewer = world.viewer("acceptor")

    def accept() -> Any:
        with on(1):
            return actions.take(viewer, case.pk, "accept")

    results = at_once(connect, accept, accept)
    assert sorted(type(r).__name__ for r in results) == ["CaseFile", "Refused"]
    assert list(CaseEvent.objects.filter(case=case).values_list("sequence", flat=True)) == [1, 2]
    assert Notice.objects.filter(case=case, kind="task", role="decider").count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_are_never_given_twice(shared_world: Any) -> None:
    world, connect = shared_world
    with on(0):
        results = at_once(connect, lambda: _opened(world, "clerk", "alpha"), lambda: _opened(world, "rival", "beta"))
    assert len({r.number for r in results}) == 2


def _opened(world: World, person: str, key: str) -> CaseFile:
    from django.db import transaction

    with on(0), transaction.atomic():
        return opened(world, person, f"{key}-equipment")


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_say_it_once(shared_world: Any) -> None:
    world, connect = shared_world
    submitted(world)

    def tick() -> Any:
        with on(9) as moment:
            return actions.tick(moment)

    results = at_once(connect, tick, tick)
    assert sorted(r.escalations for r in results) == [0, 2]
    assert Notice.objects.filter(kind="escalation").count() == 2


PEOPLE = ("clerk", "acceptor", "decider", "environment", "emergency", "reviewer", "looker", "rival", "tick")
MOVES = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(sorted(FILING.steps))), max_size=14)
LIKELY = st.lists(
    st.sampled_from(
        [
            ("acceptor", "accept"), ("acceptor", "ask-supplement"), ("clerk", "supply"), ("decider", "send-review"),
            ("reviewer", "conclude-review"), ("decider", "ask-opinions"), ("environment", "give-opinion"),
            ("emergency", "give-opinion"), ("decider", "approve"), ("decider", "refuse"), ("clerk", "withdraw"),
            ("tick", "expire"),
        ]
    ),
    max_size=12,
)  # fmt: skip


@given(st.one_of(MOVES, LIKELY))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_steps_keeps_the_books(world: World, moves: list[tuple[str, str]]) -> None:
    """Random people try random steps: what was refused left no trace, what was done is replayed to the same state."""
    CaseFile.objects.all().delete()
    world.records["alpha-equipment"].size = "1200"
    world.records["alpha-equipment"].save()
    asked = [world.organisations[o].pk for o in ("environment", "emergency")]
    reviewer = [world.organisations["experts"].pk]
    case = submitted(world)
    for day, (person, step) in enumerate(moves, start=1):
        with on(day * 3) as moment:
            if person == "tick":
                actions.tick(moment)
                continue
            before = CaseEvent.objects.filter(case=case).count()
            bodies = reviewer if step == "send-review" else asked
            try:
                take(world, case, person, step, reason="理由", agrees=True, bodies=bodies)
            except (Refused, Invalid, Http404):
                after = before
            else:
                after = before + 1
            assert CaseEvent.objects.filter(case=case).count() == after
    case.refresh_from_db()
    events = parties.events_of(case)
    assert [e.sequence for e in events] == list(range(1, len(events) + 1))
    core = parties.replayed(case, events)
    assert core.state == case.state == events[-1].state
    assert (case.closed_at is not None) == (FILING.states[case.state].clock.value == "over")
    assert case.version == len(events) + 1
    unanswered = {
        str(o) for o in AskedBody.objects.filter(case=case, answered_at=None).values_list("organisation", flat=True)
    }
    assert unanswered == set(core.missing)
