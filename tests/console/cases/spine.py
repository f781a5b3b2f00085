"""A case driven through the world of the tests, and a register door that writes what was approved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from oreflow.console import clock
from oreflow.console.cases import actions
from oreflow.console.cases.models import CaseFile

from ..world import NOW, World

SIZE = {"size": {"from": "1200", "to": "1350"}}


@contextmanager
def on(days: float) -> Iterator[datetime]:
    """That many days after the world's Monday morning."""
    moment = NOW + timedelta(days=days)
    with clock.at(moment):
        yield moment


def opened(world: World, person: str = "clerk", record: str = "alpha-equipment", changes: Any = None) -> CaseFile:
    """A draft of a change."""
    row = world.records[record]
    row.refresh_from_db()
    return actions.open_change(world.viewer(person), "equipment", row, changes or SIZE, note="高炉扩容改造")


def take(world: World, case: CaseFile, person: str, step: str, **more: Any) -> CaseFile:
    """A step taken by a person of the world."""
    return actions.take(world.viewer(person), case.pk, step, **more)


def submitted(world: World) -> CaseFile:
    """A case waiting for acceptance since Monday."""
    with on(0):
        return take(world, opened(world), "clerk", "submit")


def accepted(world: World) -> CaseFile:
    """A case under examination since Tuesday."""
    case = submitted(world)
    with on(1):
        return take(world, case, "acceptor", "accept")


def joint(world: World) -> CaseFile:
    """A case in joint review by two bureaus since Wednesday."""
    case = accepted(world)
    asked = [world.organisations[o].pk for o in ("environment", "emergency")]
    with on(2):
        return take(world, case, "decider", "ask-opinions", bodies=asked)


def answered(world: World) -> CaseFile:
    """A case with both opinions in, on Thursday."""
    case = joint(world)
    with on(3):
        take(world, case, "environment", "give-opinion", agrees=True, reason="环境影响可控")
        return take(world, case, "emergency", "give-opinion", agrees=True, reason="安全条件具备")
