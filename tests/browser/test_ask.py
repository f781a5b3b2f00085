"""Questions on the page: asked, answered with marked passages, refused; without scripts; on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.console.reading_pages.plans import PLAN

Person = Callable[..., Page]
MINUTE = 60_000
ASKED = "2025年全市工业园区海绵钛产能达到多少万吨？"


@pytest.fixture
def plan(person: Person) -> str:
    """The address of a plan that the city's bureau handed in."""
    page = person("city-decider", "zh")
    page.goto("/documents/")
    card = page.locator("details.upload-card")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    file = {"name": "示例问答规划.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    card.locator("input[type=file]").set_input_files(file)
    card.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/documents/\d+/"))
    expect(page.locator("#desk")).to_be_visible(timeout=MINUTE)
    return page.url.split("?")[0]


def test_a_question_is_answered_and_refused(person: Person, plan: str) -> None:
    page = person("city-decider", "zh")
    page.goto("/ask")
    expect(page.locator(".ask-examples a").first).to_be_visible()
    page.locator(".ask-form input[name=q]").fill(ASKED)
    page.keyboard.press("Enter")
    first = page.locator(".ask-passage").first
    expect(first.locator("blockquote")).to_contain_text("海绵钛产能达到9万吨以上")
    expect(first.locator("mark").first).to_be_visible()
    assert "q=" in page.url  # the answer can be sent to somebody
    first.locator(".ask-source a").click()
    page.wait_for_url(re.compile(r"/documents/\d+/\?at=\d+"))
    page.go_back()
    page.locator(".ask-form input[name=q]").fill("2035年钨精矿产量是多少？")
    page.locator(".ask-form button").click()
    expect(page.locator(".ask-refusal")).to_contain_text("钨精矿")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_and_works_without_scripts(person: Person, plan: str, language: str, width: int) -> None:
    page = person("city-decider", language, width, scripts=False)
    page.goto("/ask")
    page.locator(".ask-form input[name=q]").fill(ASKED)
    page.locator(".ask-form button").click()
    expect(page.locator(".ask-passage mark").first).to_be_visible()
    assert page.locator("main").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
