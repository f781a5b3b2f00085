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
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

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


@dataclass(frozen=True)
class Demonstration:
    """A running console with made-up organisations: its address and the passwords it printed."""

    address: str
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A console that was started for these tests, as `make run` starts it."""
    if not assets.versions():
        pytest.skip("browser assets are not set up: run npm ci and python -m oreflow.console.assets")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OREFLOW_", "DJANGO_"))}
    environment |= {
        "OREFLOW_DATA": str(tmp_path_factory.mktemp("demonstration")),
        "OREFLOW_PLAN_TEXTS": str(SHARED_PLANS) if SHARED_PLANS.is_dir() else "",
    }
    code = f"from oreflow.cli.app import run; run(['up', '--demonstration', '--port', '{port}'])"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    )
    assert process.stdout is not None
    passwords: dict[str, str] = {}
    try:
        for line in process.stdout:
            words = line.split()
            if line.startswith("Oreflow"):
                yield Demonstration(next(w for w in words if w.startswith("http")).rstrip("/"), passwords)
                break
            if len(words) > 2 and words[0].isascii():
                passwords[words[0]] = words[1]
        else:
            pytest.fail("the console did not start; its own output says why")
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


@pytest.fixture(scope="session")
def console(demonstration: Demonstration) -> str:
    """The address of the running console."""
    return demonstration.address


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
# a request that the next one replaces is told as an error, though it is meant; one that fails says sendError, too
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")


def _complains(message: ConsoleMessage) -> bool:
    return message.type in ("error", "warning") and not message.text.startswith(REPLACED)


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
        watched.page.on("console", lambda m: watched.errors.append(m.text) if _complains(m) else None)
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


@pytest.fixture
def person(reader: Reader, demonstration: Demonstration) -> Callable[..., Page]:
    """Signs somebody in and gives the page."""

    def sign_in(username: str, language: str = "en", width: int = 1440, **options: bool) -> Page:
        page = reader(language, width, **options).page
        page.goto("/sign-in")
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(demonstration.passwords[username])
        page.locator("main button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return sign_in
