"""Every page at both widths in both languages: no overflow, no errors, readable, usable by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.console.paths import ALL

from .conftest import Reader

OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > room + 1 && !e.closest(".scroll, .chart-scroll"))
    .slice(0, 5).map((e) => e.tagName + "." + e.className);
}"""

# WCAG 2.2, 1.4.3: 4.5, or 3 from 24 px (18.66 px where bold)
CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const lift = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * lift(r) + 0.7152 * lift(g) + 0.0722 * lift(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement;
    if (!node.textContent.trim() || !e.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(rgb(style.color)), light(ground(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const said = `${e.tagName}.${e.className}: ${node.textContent.trim().slice(0, 30)}`;
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) low.add(said);
  }
  return [...low];
}"""


LOOKS = [  # every page in each language and at each width; all four together in the full run
    ("zh", 1440), ("en", 390),
    pytest.param("zh", 390, marks=pytest.mark.slow), pytest.param("en", 1440, marks=pytest.mark.slow),
]  # fmt: skip


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_no_page_overflows_or_complains(reader: Reader, language: str, width: int) -> None:
    page = reader(language, width).page
    wide = {}
    for path in ALL:
        page.goto(path)
        found = page.evaluate(OVERFLOW)
        if found:
            wide[path] = found
    assert wide == {}


@pytest.mark.parametrize("path", ["/r/panxi/", "/r/panxi/checks?all=1", "/r/panxi/chain", "/r/panxi/source", "/help"])
def test_contrast_is_enough(reader: Reader, path: str) -> None:
    page = reader("en").page
    page.goto(path)
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("path", ["/r/panxi/", "/r/panxi/targets", "/r/panxi/library/processes/tio2_sulfate", "/help"])
def test_everything_that_can_be_used_has_a_name(reader: Reader, path: str) -> None:
    page = reader("en").page
    page.goto(path)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
          .filter((e) => e.checkVisibility())
          .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    )


def test_keyboard_moves_through_a_table_and_its_panel(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/r/panxi/targets")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    rows = page.locator("tbody tr")
    rows.nth(0).locator("a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(rows.nth(1).locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(rows.nth(1).locator("a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()


def test_row_click_opens_the_panel_and_the_page_behind_it(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/r/panxi/checks")
    page.locator("tbody tr").first.locator("td").nth(1).click()
    expect(page.locator("#panel h1")).to_contain_text("200")
    page.locator("#panel-page").click()
    expect(page).to_have_url(re.compile("/r/panxi/checks/"))
    expect(page.locator("h1")).to_contain_text("200")


def test_filters_stand_in_the_address(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/r/panxi/targets")
    page.locator("summary", has_text="Form").click()
    page.locator(".drop-list a", has_text="at most").click()
    expect(page).to_have_url(re.compile("form=cap"))
    page.get_by_role("link", name="Remove the filter Form").click()
    expect(page).not_to_have_url(re.compile("form="))
    page.locator("thead a", has_text="Year").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)


def test_language_and_units_switch_in_place(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/r/panxi/targets?form=cap")
    page.get_by_role("button", name="中文").click()
    expect(page).to_have_url(re.compile(r"targets\?form=cap$"))
    expect(page.locator("h1")).to_have_text("目标")
    page.get_by_role("button", name="吨", exact=True).click()
    expect(page.locator("tbody")).to_contain_text("32,000,000 吨")


def test_narrow_pages_have_a_drawer(reader: Reader) -> None:
    page = reader("zh", 390).page
    page.goto("/r/panxi/")
    rail = page.locator("#rail")
    expect(rail).not_to_be_visible()
    page.locator("[data-open-drawer]").click()
    expect(rail).to_be_visible()
    page.keyboard.press("Escape")
    expect(rail).not_to_be_visible()
    expect(page.locator("[data-open-drawer]")).to_be_focused()


def test_rail_folds_and_stays_folded(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/help")
    wide = page.locator("#rail").bounding_box()
    page.locator("[data-toggle-rail]").click()
    page.goto("/about")
    narrow = page.locator("#rail").bounding_box()
    assert wide is not None
    assert narrow is not None
    assert narrow["width"] < wide["width"] / 2
    expect(page.get_by_role("link", name="Targets")).to_be_visible()


def test_print_shows_the_content_alone(reader: Reader) -> None:
    page = reader("en").page
    page.goto("/r/panxi/targets")
    page.emulate_media(media="print")
    for gone in ("#rail", ".bar", ".tools form"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".foot")).to_be_visible()
