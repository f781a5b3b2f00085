"""Starting the console: loopback only unless told, errors that name the way out."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from oreflow.console import assets, serve
from oreflow.console.errors import AssetsMissing, CannotListen, OpenHostRefused, PortTaken
from oreflow.console.server import address
from oreflow.console.web import is_loopback

EVERYWHERE = "0.0.0.0"  # noqa: S104 - named to be refused


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True), ("[::1]", True),
     (EVERYWHERE, False), ("::", False), ("192.168.1.4", False), ("example.org", False)],
)  # fmt: skip
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("host", [EVERYWHERE, "192.168.1.4", "example.org", "::"])
def test_open_hosts_are_refused(host: str) -> None:
    with pytest.raises(OpenHostRefused) as refused:
        serve(host, 0)
    assert host in refused.value.text.zh
    assert "127.0.0.1" in refused.value.text.en


def test_addresses() -> None:
    assert address("127.0.0.1", 8321) == "http://127.0.0.1:8321/"
    assert address("::1", 8321) == "http://[::1]:8321/"


def test_a_taken_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "require_assets", lambda: None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as taken:
            serve("127.0.0.1", port)
    assert str(port) in taken.value.text.zh
    assert str(port + 1) in taken.value.text.en


def test_an_address_that_is_not_ours_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "require_assets", lambda: None)
    with pytest.raises(CannotListen) as refused:
        serve("203.0.113.7", 8399, allow_remote=True)
    assert "203.0.113.7" in refused.value.text.en


def test_missing_assets_are_said(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing) as missing:
        assets.require_assets(tmp_path)
    assert "npm ci" in missing.value.text.zh
    with pytest.raises(AssetsMissing):
        assets.copy_assets(tmp_path, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_assets_are_copied_with_versions_and_licences(tmp_path: Path) -> None:
    modules = tmp_path / "node_modules"
    for package, inside, _ in assets.FILES:
        file = modules / package / inside
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(package)
        about = {"name": package, "version": "1.2.3", "license": "MIT"}
        (modules / package / "package.json").write_text(json.dumps(about))
    written = assets.copy_assets(modules, tmp_path / "vendor")
    assert len(written) == len(assets.FILES)
    assets.require_assets(tmp_path / "vendor")
    assert {v["name"] for v in assets.versions(tmp_path / "vendor")} == {p for p, _, _ in assets.FILES}


def test_pinned_versions_and_a_lock_without_addresses() -> None:
    root = Path(__file__).resolve().parents[2]
    pinned = json.loads((root / "package.json").read_text())["dependencies"]
    assert all(version[0].isdigit() for version in pinned.values())
    lock = (root / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_a_started_console_answers_and_stops(tmp_path: Path) -> None:
    if not assets.versions():
        pytest.skip("browser assets are not set up: run npm ci and python -m oreflow.console.assets")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from oreflow.console import serve; serve(port={port}, announce=lambda where: print(where, flush=True))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    try:
        assert process.stdout is not None
        where = process.stdout.readline().strip()
        assert where == f"http://127.0.0.1:{port}/"
        with urllib.request.urlopen(f"{where}help", timeout=10) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        with urllib.request.urlopen(f"{where}static/vendor/htmx.min.js", timeout=10) as answer:  # noqa: S310 - same
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()
