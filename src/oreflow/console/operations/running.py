"""The parts of a running installation: started together, watched by heartbeats, stopped in order.

The worker is a thread: it shares the loaded programs and regions with the pages, starts at once, and SQLite keeps
apart what each thread's own connection does. Who needs more runs `oreflow up --no-web --no-scheduler` beside it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from .preparing import one_at_a_time, prepare

PATIENCE = 60.0  # seconds that a running task has to finish after a stop
logger = logging.getLogger("oreflow.running")


def start_up(data: Path) -> list[str]:
    """Folder, settings, database, and a demonstration's world; the lines that the operator should see."""
    prepare(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oreflow.console.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from .migrating import bring_up_to_date

    with one_at_a_time(data):
        bring_up_to_date(lambda name: logger.warning("saved %s before migrating", name))
        lines = _demonstration() if settings.OREFLOW_DEMONSTRATION else []
    connections.close_all()
    return lines


def _demonstration() -> list[str]:
    """The made-up world, and the table of its accounts with the passwords of this start."""
    from oreflow.console.clock import now

    from .demonstration import ensure_world

    rows = [("账号 account", "密码 password", "角色 role"), *ensure_world(now())]
    widths = [max(_columns(str(row[k])) for row in rows) for k in range(2)]
    return [
        "  ".join(
            [*(str(cell) + " " * (widths[k] - _columns(str(cell))) for k, cell in enumerate(row[:2])), str(row[2])]
        )
        for row in rows
    ]


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(1 + (character > "\u2e7f") for character in text)


def run(server: Any, *, worker: bool, scheduler: bool) -> None:
    """Run the parts until a signal; stop in order: requests, task, scheduler."""
    from django.db import connections

    from oreflow.console.web import answer_until

    from .parts import Pulse, Scheduler, TaskWorker

    parts: list[Any] = []
    if worker:
        parts.append(TaskWorker())
    if scheduler:
        parts.append(Scheduler())
    pulse = Pulse(parts, web=server is not None)
    stop = threading.Event()
    with _stopped_by_signals(stop, server):
        for part in (*parts, pulse):
            part.start()
        try:
            if server:
                answer_until(server, stop)
            else:
                stop.wait()
        finally:
            for part in (*parts, pulse):
                part.stop()
            for part in (*parts, pulse):
                part.join(PATIENCE)
            connections.close_all()


@contextmanager
def _stopped_by_signals(stop: threading.Event, server: Any) -> Iterator[None]:
    """The first SIGTERM or SIGINT asks for a stop, the second ends the process at once."""

    def asked(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()
        if server:
            server.trigger.pull_trigger()

    before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
