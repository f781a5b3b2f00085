"""Kills a running console at a moment drawn from a seed, and says what of its writes stands afterwards.

Clients add products through the data interface, each under an `Idempotency-Key`, and import files. What was
acknowledged before the end must stand once; what was not is sent again under its key and must then stand once;
of an import all rows stand, or none.
"""

from __future__ import annotations

import csv
import http.client
import io
import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from tests.console.operations.installing import Installed, Running

ROWS = 40  # of an import
LONGEST_START = 30.0  # seconds
FILL = """
from oreflow.console.clock import now
from oreflow.console.people.access import viewer_for
from oreflow.console.people.account import issue_token
from tests.console.world import NOW, make_world
world = make_world()
viewer = viewer_for(world.people["clerk"], None, now().date())
print(issue_token(viewer, "kill", ["registers:read", "registers:write"], 30)[1])
"""


@dataclass
class Written:
    """What the clients sent: numbers by key, and whether the answer came."""

    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    imports: dict[int, str] = field(default_factory=dict)
    asked_to_write: set[int] = field(default_factory=set)


class Client:
    """One program that writes through the data interface."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.token = token

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
        """Status and JSON of the answer."""
        given = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.connection.request(method, path, body or None, given)
        answer = self.connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content else None

    def add(self, key: str, values: dict[str, str]) -> int:
        """Add a product under a key."""
        body = json.dumps(values).encode()
        return self.send("POST", "/api/registers/products", body, Content_Type="application/json", Idempotency_Key=key)[
            0
        ]

    def upload(self, prefix: str) -> int:
        """Upload a file of products; the number of the import."""
        lines = io.StringIO()
        table = csv.writer(lines)
        table.writerow(["编号", "名称"])
        table.writerows([f"{prefix}-{k}", "示例产品"] for k in range(ROWS))
        limit = "oreflow-boundary"
        body = (
            f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="products.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{lines.getvalue()}\r\n--{limit}--\r\n"
        ).encode()
        status, run = self.send(
            "POST", "/api/registers/products/imports", body, Content_Type=f"multipart/form-data; boundary={limit}"
        )
        assert status == 202, (status, run)
        number: int = run["id"]
        return number

    def state(self, run: int) -> dict[str, Any]:
        """How far an import is."""
        status, found = self.send("GET", f"/api/imports/{run}")
        assert status == 200, (status, found)
        return dict(found)

    def wait_for(self, run: int, *states: str, seconds: float = 30.0) -> str:
        """Wait until an import has one of the states."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            state = str(self.state(run)["state"])
            if state in states:
                return state
            time.sleep(0.05)
        raise AssertionError(f"import {run} is {self.state(run)}")


class Killing:
    """One installation that is killed again and again."""

    def __init__(self, installed: Installed, seed: int) -> None:
        self.installed, self.random = installed, random.Random(seed)  # noqa: S311 - a seed that can be repeated
        self.token = installed.python(FILL).strip()
        self.written = Written()
        self.starts: list[float] = []
        self.running = self._start()

    def _start(self) -> Running:
        running = Running(self.installed)
        self.starts.append(running.wait_ready(LONGEST_START))
        return running

    def round(self, number: int) -> None:
        """Write, kill at a drawn moment, start again, look."""
        clients = [
            threading.Thread(target=self._until_killed, args=(self._adding, f"{number}-{k}"), daemon=True)
            for k in range(2)
        ]
        clients.append(threading.Thread(target=self._until_killed, args=(self._importing, f"{number}"), daemon=True))
        for client in clients:
            client.start()
        time.sleep(self.random.uniform(0.05, 1.5))
        self.running.kill()
        for client in clients:
            client.join(30)
            assert not client.is_alive()
        self.running = self._start()
        self._look()

    def _until_killed(self, work: Callable[[Client, str], None], name: str) -> None:
        client = Client(self.running.port, self.token)
        try:
            work(client, name)
        except (OSError, http.client.HTTPException):
            pass  # the end came
        finally:
            client.connection.close()

    def _adding(self, client: Client, name: str) -> None:
        for k in range(10_000):
            key = f"key-{name}-{k}"
            values = {"number": f"K-{name}-{k}", "name": "示例产品", "reason": f"{name}"}
            self.written.sent[key] = values
            status = client.add(key, values)
            assert status == 201, status
            self.written.acknowledged.add(key)

    def _importing(self, client: Client, name: str) -> None:
        for k in range(1_000):
            prefix = f"I-{name}-{k}"
            run = client.upload(prefix)
            self.written.imports[run] = prefix
            client.wait_for(run, "preview")
            status, _ = client.send("POST", f"/api/imports/{run}/write")
            assert status in (200, 202), status
            self.written.asked_to_write.add(run)
            client.wait_for(run, "done")

    def _look(self) -> None:
        """What was acknowledged stands; what was not is sent again and stands then; nothing stands twice or half."""
        stood = self._numbers()
        lost = [k for k in self.written.acknowledged if stood.get(self.written.sent[k]["number"]) != 1]
        assert lost == []
        client = Client(self.running.port, self.token)
        try:
            for key in sorted(set(self.written.sent) - self.written.acknowledged):
                assert client.add(key, self.written.sent[key]) == 201, key
                self.written.acknowledged.add(key)
            for run in sorted(self.written.asked_to_write):
                client.wait_for(run, "done")
        finally:
            client.connection.close()
        self._exact()

    def _exact(self) -> None:
        stood = self._numbers()
        assert {n for n, count in stood.items() if count != 1} == set()
        assert {v["number"] for v in self.written.sent.values()} <= set(stood)
        for run, prefix in self.written.imports.items():
            there = sum(number.startswith(f"{prefix}-") for number in stood)
            assert there in ((ROWS,) if run in self.written.asked_to_write else (0, ROWS)), (run, there)

    def _numbers(self) -> dict[str, int]:
        """How often each product stands, and that its history begins once; read beside the running console."""
        with closing(sqlite3.connect(self.installed.data / "oreflow.sqlite3", timeout=30)) as database:
            rows = database.execute("SELECT number, count(*) FROM registers_product GROUP BY number").fetchall()
            begun = database.execute(
                "SELECT count(*), count(DISTINCT id) FROM registers_historicalproduct WHERE history_type = '+'"
            ).fetchone()
            assert begun[0] == begun[1]
        return {n: c for n, c in rows if n.startswith(("K-", "I-"))}

    def end(self) -> dict[str, Any]:
        """Stop in good order; what is left must be sound and clean."""
        assert self.running.end() == 0, self.running.output
        data = self.installed.data
        with closing(sqlite3.connect(data / "oreflow.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        drafts = [p for p in data.rglob("*") if p.is_file() and (p.suffix == ".part" or p.name.startswith("."))]
        return {
            "acknowledged": len(self.written.acknowledged), "imports": len(self.written.imports),
            "slowest_start": max(self.starts), "drafts": drafts,
        }  # fmt: skip
