"""Many programs write at once, to the real server on a database in a file: nothing is lost, doubled or refused."""

from __future__ import annotations

import http.client
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 8
PRODUCTS = "/api/registers/products"
WORLD = """
import sys
from pathlib import Path
from oreflow.console.operations.running import start_up
start_up(Path(sys.argv[1]))
from tests.console.api.tokens import token
from tests.console.world import make_world
print(token(make_world(), "clerk"))
"""
SERVER = """
from oreflow.console import serve
serve("127.0.0.1", 0, announce=lambda line: print(line, flush=True), worker=False, scheduler=False)
"""


@dataclass
class Told:
    """What one client was told: the last acknowledged name and version of each number, and how often what happened."""

    records: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)


def settled(data: Path) -> dict[str, str]:
    """The environment of an installation of its own."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("OREFLOW_", "DJANGO_"))}
    return {**own, "OREFLOW_DATA": str(data), "OREFLOW_RATE_LIMIT": "0", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@contextmanager
def serving(data: Path, log: Path) -> Iterator[tuple[str, int]]:
    """The server's address, while it runs."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER], cwd=ROOT, env=settled(data), stdout=subprocess.PIPE, stderr=errors
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline().decode().strip()
            assert line.startswith("http://"), log.read_text("utf-8")
            host, _colon, port = line.removeprefix("http://").rstrip("/").rpartition(":")
            yield host, int(port)
        finally:
            process.terminate()
            process.wait(60)
            process.stdout.close()  # type: ignore[union-attr]


class Writer(threading.Thread):
    """A program that creates and changes until the time is up; some requests are sent twice, some by all at once."""

    def __init__(self, number: int, where: tuple[str, int], token: str, until: float, gate: threading.Barrier) -> None:
        super().__init__(name=f"writer {number}")
        self.number, self.where, self.token, self.until, self.gate = number, where, token, until, gate
        self.told = Told()

    def run(self) -> None:
        self.connection = http.client.HTTPConnection(*self.where, timeout=60)
        try:
            self.gate.wait(30)
            step = 0
            while time.monotonic() < self.until:
                self.step(step)
                step += 1
        except (OSError, http.client.HTTPException, threading.BrokenBarrierError, AssertionError) as error:
            self.told.strange.append(repr(error))
        finally:
            self.connection.close()

    def step(self, step: int) -> None:
        if step % 5 == 0:
            self.create(f"S-{step}", f"shared-{step}", "示例共用")
            return
        if step % 5 in (1, 3):
            number = f"W-{self.number}-{step}"
            self.create(number, f"create-{number}", "示例产品")
            return
        number = next(reversed([n for n in self.told.records if n.startswith("W-")]))
        self.change(number, step, twice=step % 5 == 4)

    def create(self, number: str, key: str, name: str) -> None:
        status, body, replayed = self.send("POST", PRODUCTS, {"number": number, "name": name}, key)
        if status == 201:
            self.told.records[number] = (body["id"], body["version"], body["name"])
            self.told.counts["replayed" if replayed else "created"] += 1
        else:
            self.told.strange.append(f"{status} {body}")

    def change(self, number: str, step: int, twice: bool) -> None:
        record_id, version, _name = self.told.records[number]
        body = {"name": f"示例产品{self.number}-{step}", "version": version}
        answers = [
            self.send("PATCH", f"{PRODUCTS}/{record_id}", body, f"change-{number}-{step}") for _ in range(1 + twice)
        ]
        for status, answer, replayed in answers:
            if status != 200:
                self.told.strange.append(f"{status} {answer}")
                return
            self.told.counts["replayed" if replayed else "changed"] += 1
        assert all(answer[1] == answers[0][1] for answer in answers)
        record = answers[0][1]["record"]
        self.told.records[number] = (record["id"], record["version"], record["name"])

    def send(self, method: str, path: str, body: dict[str, Any], key: str) -> tuple[int, Any, bool]:
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key,
        }  # fmt: skip
        self.connection.request(method, path, json.dumps(body), headers)
        response = self.connection.getresponse()
        content = response.read()
        return response.status, json.loads(content or b"null"), response.headers.get("Idempotency-Replayed") == "true"


def assert_each_once(database: Path, writers: list[Writer]) -> Counter[str]:
    """Every acknowledged record stands once, as last acknowledged, with one entry of its history per version."""
    told: dict[str, tuple[int, int, str]] = {}
    for writer in writers:
        for number, said in writer.told.records.items():
            assert told.setdefault(number, said) == said, number
    counts = sum((w.told.counts for w in writers), Counter[str]())
    connection = sqlite3.connect(database)
    try:
        stands = connection.execute(
            "SELECT number, id, version, name FROM registers_product WHERE number GLOB '[WS]-*'"
        ).fetchall()
        entries = dict(connection.execute("SELECT id, count(*) FROM registers_historicalproduct GROUP BY id"))
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()
    assert len(stands) == len({row[0] for row in stands}) == counts["created"]
    assert {number: (pk, version, name) for number, pk, version, name in stands} == told
    assert {pk: entries[pk] for pk, _version, _name in told.values()} == {pk: v for pk, v, _name in told.values()}
    assert sum(version for _pk, version, _name in told.values()) == counts["created"] + counts["changed"]
    return counts


def write_for(seconds: float, folder: Path) -> None:
    data, log = folder / "data", folder / "server.log"
    made = subprocess.run([sys.executable, "-c", WORLD, str(data)], cwd=ROOT, env=settled(data), capture_output=True)
    assert made.returncode == 0, made.stderr.decode()
    token = made.stdout.decode().strip().splitlines()[-1]
    with serving(data, log) as where:
        gate, until = threading.Barrier(CLIENTS), time.monotonic() + seconds
        writers = [Writer(number, where, token, until, gate) for number in range(CLIENTS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    assert [s for w in writers for s in w.told.strange] == []
    assert "locked" not in log.read_text("utf-8")
    counts = assert_each_once(data / "oreflow.sqlite3", writers)
    assert counts["replayed"] > 0
    print(f"{CLIENTS} clients, {seconds:.0f} s: {dict(counts)}")  # noqa: T201 - the count is the evidence


def test_many_programs_write_at_once(tmp_path: Path) -> None:
    write_for(5, tmp_path)


@pytest.mark.slow
def test_many_programs_write_for_a_minute(tmp_path: Path) -> None:
    write_for(60, tmp_path)
