"""Worker, scheduler and pulse: threads with a database connection of their own."""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from oreflow import __version__
from oreflow.console.clock import now

from . import logs
from .processes import PROCESS, SHORT
from .scheduling import BEAT, beat, recover, start, take_turn, turn

logger = logging.getLogger("oreflow.running")
INTERVAL = 60.0  # seconds between turns of the scheduler


class Part(threading.Thread, ABC):
    """A thread that goes on until it is told to stop."""

    label = "part"

    def __init__(self) -> None:
        super().__init__(name=f"oreflow-{self.label}", daemon=True)
        self.stopping = threading.Event()

    def run(self) -> None:
        """Take turns; a failure is logged and the next turn comes after a pause."""
        try:
            while not self.stopping.is_set():
                close_old_connections()
                try:
                    pause = self.turn()
                except Exception:
                    logger.exception("%s failed; it goes on", self.label)
                    pause = 5.0
                self.stopping.wait(pause)
        finally:
            connections.close_all()

    @abstractmethod
    def turn(self) -> float:
        """One turn; the seconds until the next."""

    def stop(self) -> None:
        """Ask for the end; what is running finishes."""
        self.stopping.set()


class TaskWorker(Part):
    """Runs the tasks of every queue, one after the other."""

    label = "worker"

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker(
            queue_names=["*"],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=PROCESS,
            excluded_queue_names=[],
        )

    def turn(self) -> float:
        """Take up what a worker left behind that died, then work until stopped."""
        logs.start(request_id="worker")
        recover(now())
        self.worker.run()
        return 0.0

    def stop(self) -> None:
        """Between two tasks."""
        self.worker.running = False
        super().stop()


class Scheduler(Part):
    """Deadlines every minute, tidying every night; of several schedulers one has the turn."""

    label = "scheduler"

    def __init__(self) -> None:
        super().__init__()
        self.started = False

    def turn(self) -> float:
        """One minute's work; before the first, the database learns how its rows are spread."""
        logs.start(request_id="scheduler")
        started = time.monotonic()
        if not self.started:
            start(now())
            self.started = True
        if take_turn(PROCESS, now()):
            turn(now())
        return max(1.0, INTERVAL - (time.monotonic() - started))


class Pulse(Part):
    """Writes that the parts of this process are alive."""

    label = "pulse"

    def __init__(self, parts: Sequence[Part], *, web: bool) -> None:
        super().__init__()
        self.parts, self.web = parts, web

    def turn(self) -> float:
        """One heartbeat for each part that is alive."""
        alive = [part.label for part in self.parts if part.is_alive()]
        for label in [*alive, *(["web"] if self.web else [])]:
            if label != "scheduler":  # its own turns are its heartbeat
                beat(f"{label}-{SHORT}", now(), self._detail())
        return BEAT

    def _detail(self) -> dict[str, Any]:
        return {"process": PROCESS, "version": __version__}

    def stop(self) -> None:
        """Say goodbye, so that nobody looks for what was stopped in good order."""
        super().stop()
        try:
            for label in [*(part.label for part in self.parts), "web"]:
                beat(f"{label}-{SHORT}", now(), {**self._detail(), "stopped": True}, only_known=True)
        except DatabaseError:
            logger.warning("the stop could not be noted: the database does not answer")
