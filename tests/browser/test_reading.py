"""A plan is read: handed in, looked at beside its text, corrected twice, accepted; the region's check names a conflict.

The plan is made up and says of the parks' titania in 2025 something else than the built-in plan does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.reading_pages.plans import HOSTILE, LATER, PLAN, word

Person = Callable[..., Page]
MINUTE = 60_000


def hand_in(page: Page, name: str, data: bytes, **options: str) -> None:
    """Hand a file in and wait until it was read."""
    page.goto("/documents/")
    card = page.locator("details.upload-card")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    card.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    for field, value in options.items():
        card.locator(f"[name={field}]").fill(value)
    card.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/documents/\d+/"))
    expect(page.locator("#desk")).to_be_visible(timeout=MINUTE)


def choose(page: Page, subject: str) -> None:
    """Choose an item of the list by its subject."""
    row = page.locator("#item-list li.item a[data-row]", has=page.locator("strong", has_text=subject)).first
    row.click()
    expect(page.locator(".item.chosen strong").first).to_contain_text(subject)


def correct(page: Page, **values: str) -> None:
    """Correct the chosen item."""
    page.keyboard.press("e")
    form = page.locator(".item.chosen form[action*='/correct']")
    for field, value in values.items():
        form.locator(f"[name={field}]").fill(value)
    form.locator("button[type=submit]").click()
    expect(page.locator(".item.chosen .decisions li")).to_have_count(1)


@pytest.mark.parametrize("name", ["示例规划.docx", pytest.param("示例规划.txt", marks=pytest.mark.slow)])
def test_a_plan_is_read_and_decided(person: Person, name: str) -> None:
    planner = person("city-decider", "zh")
    hand_in(planner, name, PLAN.encode() if name.endswith("txt") else word())
    document = planner.url.split("?")[0]
    expect(planner.locator("#text")).to_contain_text("钛白粉产能达到180万吨")

    choose(planner, "工业园区钛白粉产能")  # the text shows where it stands
    mark = planner.locator("#text .mark.chosen")
    expect(mark).to_have_text("180万吨")
    expect(mark).to_be_in_viewport()
    correct(planner, scope="全市工业园区", subject="钛白粉产能", reason="目标口径为全市工业园区")
    expect(planner.locator(".item.chosen .decisions")).to_contain_text("全市工业园区")
    expect(planner.locator(".item.chosen .adoption summary")).to_contain_text("全市工业园区 · 钛白粉 · 2025")

    planner.locator("#text .mark.statement", has_text="2.6%").click()  # and the other way round
    expect(planner.locator(".item.chosen strong").first).to_contain_text("研究与试验发展")
    correct(planner, subject="全社会研发经费投入强度")

    bulk = planner.locator("details.bulk")
    bulk.locator("summary").click()
    bulk.locator("[name=at_least]").fill("90")
    takes = int(bulk.locator("[data-bulk-count]").inner_text())
    assert takes > 10
    bulk.locator("button[type=submit]").click()
    expect(planner.locator(".notice.batch")).to_be_visible()
    accepted = int(re.findall(r"\d+", planner.locator(".notice.batch p").first.inner_text())[0])
    refused = planner.locator(".notice.batch li")
    assert accepted + refused.count() == takes  # a project's size is no target: refused, with the reason

    planner.goto("/registers/targets/?q=钛白粉")
    expect(planner.locator("table")).to_contain_text("180")
    planner.locator("tbody a", has_text="钛白粉").first.click()
    expect(planner.locator("#panel")).to_contain_text("攀枝花市示例新材料产业发展规划")

    planner.goto(f"{document}checks/")
    conflict = planner.locator("section[aria-labelledby=checks-region] li", has=planner.locator(".tag.conflict"))
    expect(conflict.filter(has_text="钛白粉")).to_contain_text("180")
    expect(conflict.filter(has_text="钛白粉")).to_contain_text("150")
    conflict.filter(has_text="钛白粉").locator(".anchors a", has_text="180万吨").click()
    expect(planner.locator(".item.chosen strong").first).to_contain_text("钛白粉产能")

    planner.locator("form[action*='/reopen'] button").click()  # tidy: the other case starts anew
    expect(planner.locator(".item.chosen .tag.information")).to_have_count(1)
    rival = person("alloy-clerk", "zh")
    assert rival.request.get(document).status == 404


def test_a_bulk_acceptance_is_taken_back(person: Person) -> None:
    planner = person("city-decider", "zh")
    hand_in(planner, "示例批量.txt", PLAN.encode())
    planner.locator("details.bulk summary").click()
    slider = planner.locator("[data-bulk-slider]")
    slider.fill("0")
    everything = int(planner.locator("[data-bulk-count]").inner_text())
    slider.fill("98")
    few = int(planner.locator("[data-bulk-count]").inner_text())
    assert 0 < few < everything
    planner.locator("details.bulk button[type=submit]").click()
    expect(planner.locator("#items .tag.holds")).to_have_count(few)
    planner.locator(".notice.batch form button").click()
    expect(planner.locator("#items .tag.holds")).to_have_count(0)


def test_everything_by_the_keyboard(person: Person) -> None:
    planner = person("city-decider", "zh")
    hand_in(planner, "示例键盘.txt", PLAN.encode())
    planner.keyboard.press("?")
    expect(planner.locator("#keys")).to_be_visible()
    planner.keyboard.press("Escape")
    planner.keyboard.press("j")
    first = planner.locator(".item.chosen strong").first
    expect(first).to_have_text("钛白粉产量")
    planner.keyboard.press("a")  # and the next one opens
    expect(planner.locator("#items .item.accepted")).to_have_count(1)
    expect(planner.locator(".item.chosen.open")).to_have_count(1)
    planner.keyboard.press("r")
    planner.keyboard.type("重复")
    planner.keyboard.press("Enter")
    expect(planner.locator("#items .item.rejected")).to_have_count(1)
    now = planner.locator(".item.chosen").get_attribute("data-item")
    planner.keyboard.press("j")
    expect(planner.locator(f".item.chosen:not([data-item='{now}'])")).to_have_count(1)
    planner.keyboard.press("k")
    expect(planner.locator(f".item.chosen[data-item='{now}']")).to_have_count(1)
    assert f"item={now}" in planner.url
    planner.go_back()
    expect(planner.locator(f".item.chosen:not([data-item='{now}'])")).to_have_count(1)


def test_words_that_are_selected_become_an_item(person: Person) -> None:
    planner = person("city-decider", "zh")
    hand_in(planner, "示例补录.txt", PLAN.encode())
    planner.evaluate(
        """() => {
          const lines = [...document.querySelectorAll('#text p')];
          const line = lines.find((p) => p.textContent.startsWith('到2025年，研究'));
          const range = document.createRange();
          range.setStart(line.firstChild, 2);
          range.setEnd(line.firstChild, 7);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    planner.locator("[data-add]").click()
    form = planner.locator("form[action*='/add']")
    quote = form.locator("[name=quote]").input_value()
    assert len(quote) == 5
    assert quote in PLAN
    form.locator("[name=subject]").fill("示例指标")
    form.locator("[name=low]").fill("1.5")
    form.locator("[name=unit]").fill("%")
    form.locator("button[type=submit]").click()
    expect(planner.locator(".item.chosen strong").first).to_have_text("示例指标")
    expect(planner.locator(".item.chosen .item-quote")).to_have_text(quote)


def test_it_works_without_scripts(person: Person) -> None:
    planner = person("city-decider", "zh", scripts=False)
    planner.goto("/documents/")
    planner.locator("details.upload-card summary").click()
    file = {"name": "示例无脚本.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    planner.locator("input[type=file]").set_input_files(file)
    planner.locator("details.upload-card button[type=submit]").click()
    document = planner.url
    for _attempt in range(60):
        if planner.locator("#desk").count():
            break
        planner.wait_for_timeout(1_000)
        planner.goto(document)
    planner.locator("#text a.mark.statement").first.click()
    planner.locator("form.accept-form button[type=submit]").click()
    expect(planner.locator("#items .item.accepted")).to_have_count(1)
    planner.locator(".deciding details", has=planner.locator("form[action*='/reject']")).locator("summary").click()
    planner.locator("form[action*='/reject'] [name=reason]").fill("重复")
    planner.locator("form[action*='/reject'] button").click()
    expect(planner.locator("#items .item.rejected")).to_have_count(1)


def test_several_files_at_once(person: Person, tmp_path: Path) -> None:
    planner = person("city-decider", "zh")
    files = {"示例一.txt": PLAN.encode(), "示例二.txt": LATER.encode(), "示例图.txt": b"\x89PNG\r\n\x1a\n" + bytes(64)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    planner.goto("/documents/")
    planner.locator("details.upload-card summary").click()
    planner.locator("input[type=file]").set_input_files([tmp_path / name for name in files])
    expect(planner.locator(".single-only").first).to_be_hidden()
    planner.locator("details.upload-card button[type=submit]").click()
    expect(planner.locator(".upload-list li a")).to_have_count(2, timeout=MINUTE)
    expect(planner.locator(".upload-list .wrong")).to_have_count(1)


def test_markup_in_a_text_stays_text(person: Person) -> None:
    planner = person("city-decider", "zh")
    hand_in(planner, "示例标记.txt", HOSTILE.encode(), title="示例<img src=x onerror=alert(9)>")
    expect(planner.locator("#text")).to_contain_text("<img src=x onerror=alert(2)>")
    expect(planner.locator("main h1")).to_contain_text("<img src=x onerror=alert(9)>")
    assert planner.locator("main img, main svg:not(.icon)").count() == 0
    choose(planner, "海绵钛产能")
    correct(planner, subject='"><img src=x onerror=alert(4)>')
    assert planner.locator("main img").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_sticks_out_on_a_telephone(person: Person, language: str) -> None:
    planner = person("city-decider", language, 390)
    hand_in(planner, "示例窄屏.txt", PLAN.encode())
    document = planner.url.split("?")[0]
    item = planner.locator("#text a.mark.statement").first.get_attribute("data-item")
    addresses = [
        "/documents/", document, f"{document}?item={item}", f"{document}?item={item}&do=correct",
        f"{document}?item={item}&do=split", f"{document}?do=add&kind=clause", f"{document}checks/",
    ]  # fmt: skip
    for address in addresses:
        planner.goto(address)
        over = planner.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 1, address
    planner.goto(document)
    expect(planner.locator(".text-pane")).to_be_visible()
    expect(planner.locator(".items-pane")).to_be_hidden()
    planner.locator("[data-pane=items]").click()
    expect(planner.locator(".items-pane")).to_be_visible()
    expect(planner.locator(".text-pane")).to_be_hidden()
