"""A running console and a real browser that notes every error and every request to the outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from oreflow.console import assets

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SHARED_PLANS = Path(__file__).resolve().parents[2].parent / "shared" / "plans"
ACCEPT = {"zh": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.9"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def console() -> Iterator[str]:
    """The address of a console that was started for these tests."""
    if not assets.versions():
        pytest.skip("browser assets are not set up: run npm ci and python -m oreflow.console.assets")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from oreflow.console import serve; serve(port={port}, announce=lambda where: print(where, flush=True))"
    environment = os.environ | {"OREFLOW_PLAN_TEXTS": str(SHARED_PLANS) if SHARED_PLANS.is_dir() else ""}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        where = process.stdout.readline().strip()
        assert where.startswith("http"), "the console did not start; its own output says why"
        yield where.rstrip("/")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system ships it."""
    if not CHROMIUM.is_file():
        pytest.skip("needs Chromium at /usr/bin/chromium (apt install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page, with what went wrong on it and what it asked of other machines."""

    page: Page
    context: BrowserContext
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


Reader = Callable[..., Watched]


@pytest.fixture
def reader(browser: Browser, console: str) -> Iterator[Reader]:
    """Opens a page for a reader of a language at a width; errors and outside requests fail the test."""
    opened: list[Watched] = []

    def open_page(language: str = "en", width: int = 1440, height: int = 900, scripts: bool = True) -> Watched:
        context = browser.new_context(
            base_url=console, viewport={"width": width, "height": height}, locale=ACCEPT[language].split(",")[0],
            extra_http_headers={"Accept-Language": ACCEPT[language]}, java_script_enabled=scripts,
        )  # fmt: skip
        watched = Watched(context.new_page(), context)
        watched.page.on("console", lambda m: watched.errors.append(m.text) if m.type in ("error", "warning") else None)
        watched.page.on("pageerror", lambda e: watched.errors.append(str(e)))
        watched.page.on(
            "request",
            lambda r: None if r.url.startswith((console, "data:", "blob:")) else watched.outside.append(r.url),
        )
        opened.append(watched)
        return watched

    yield open_page
    for watched in opened:
        watched.context.close()
    assert [w.errors for w in opened if w.errors] == []
    assert [w.outside for w in opened if w.outside] == []
