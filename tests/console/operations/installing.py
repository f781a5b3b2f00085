"""Installations of their own for tests: a data folder, a database, and processes that run on them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[3]
SET_UP = "import django; django.setup()\n"
CHEAP = (
    "from django.conf import settings; settings.PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']\n"
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Installed:
    """An installation: what runs on it gets these settings and no others."""

    data: Path
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("OREFLOW_", "DJANGO_", "COV_", "COVERAGE"))}
        chosen = {"OREFLOW_DATA": str(self.data), "OREFLOW_RATE_LIMIT": "0", **self.settings}
        if self.url:
            chosen["OREFLOW_DATABASE_URL"] = self.url
        return {
            **kept, **chosen, "DJANGO_SETTINGS_MODULE": "oreflow.console.settings", "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        }  # fmt: skip

    def python(self, code: str, *, django: bool = True) -> str:
        """Run Python on it and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", (SET_UP + CHEAP if django else "") + code],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def oreflow(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on it."""
        code = f"import sys; from oreflow.cli.app import run; sys.exit(run({list(arguments)!r}))"
        return subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def prepare(self) -> Installed:
        """Make folder and database."""
        self.python(
            f"from pathlib import Path; from oreflow.console.operations.running import start_up\n"
            f"start_up(Path({str(self.data)!r}))",
            django=False,
        )
        return self

    @contextmanager
    def up(self, *arguments: str) -> Iterator[Running]:
        """Run `oreflow up` until the block ends; it must then stop in good order."""
        running = Running(self, arguments)
        try:
            running.wait_ready()
            yield running
        finally:
            running.end()


class Running:
    """A started `oreflow up`."""

    def __init__(self, installed: Installed, arguments: tuple[str, ...] = ()) -> None:
        self.port = free_port()
        code = (
            "import sys; from oreflow.cli.app import run;"
            f" sys.exit(run({['up', '--port', str(self.port), *arguments]!r}))"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], env=installed.environment, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(line)

    @property
    def output(self) -> str:
        """What it printed so far."""
        return "".join(self.lines)

    def wait_ready(self, seconds: float = 40.0) -> float:
        """Wait until it answers; the seconds that took."""
        started = time.monotonic()
        while time.monotonic() < started + seconds:
            assert self.process.poll() is None, self.output
            if "http://" in self.output:
                return time.monotonic() - started
            time.sleep(0.02)
        raise AssertionError(f"not ready in {seconds} s: {self.output}")

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own address
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, dict(refused.headers), refused.read().decode()

    def health(self) -> dict[str, Any]:
        """What `/health` says."""
        found: dict[str, Any] = json.loads(self.get("/health")[2])
        return found

    def wait_for(self, name: str, seconds: float = 20.0) -> None:
        """Wait until a sign of health is fine."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if any(sign["name"] == name and sign["fine"] for sign in self.health()["signs"]):
                return
            time.sleep(0.1)
        raise AssertionError(f"{name} is not fine: {self.health()} {self.output}")

    def end(self) -> int:
        """Ask it to stop and wait; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(40)
        self.reader.join(5)
        return status

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(10)
        self.reader.join(5)


def copied(template: Installed, data: Path, database: str = "") -> Installed:
    """An installation like the template, of its own."""
    shutil.copytree(template.data, data)
    return Installed(data, database)


@contextmanager
def new_database(server: str, template: str = "") -> Iterator[str]:
    """The address of a new database on a server, dropped at the end."""
    import psycopg

    name = f"t_{secrets.token_hex(6)}"
    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as connection:
        like = f' TEMPLATE "{urlsplit(template).path[1:]}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{like}')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
