"""A change and its decision: an enterprise corrects a machine, a park returns it once, a city decides with two bureaus.

Every step through the browser, by the person whose turn it is; another enterprise sees none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Person = Callable[..., Page]


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main h1")).to_have_count(1)


def _step(page: Page, step: str, **filled: str | list[str]) -> None:
    """Take a step on the case that the page shows."""
    form = page.locator(f"form[action$='/steps/{step}']")
    details = page.locator("details", has=form)
    if details.count() and not details.get_attribute("open"):
        details.locator("summary").click()
    for body in filled.get("bodies", []):
        form.get_by_label(re.compile(re.escape(body))).check()
    if "agrees" in filled:
        form.locator(f"input[name=agrees][value={filled['agrees']}]").check()
    if "reason" in filled:
        form.locator("[name=reason]").fill(str(filled["reason"]))
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def test_a_change_and_its_decision(person: Person) -> None:
    clerk = person("alloy-clerk", "zh")
    _open(clerk, "/registers/equipment/?q=SAF-03")
    clerk.locator("tbody a").first.click()
    panel = clerk.locator("#panel")
    expect(panel.locator("h1")).to_contain_text("示例3号矿热炉")
    clerk.locator("#panel-page").click()
    record = clerk.url
    clerk.get_by_role("link", name="修改", exact=True).click()
    clerk.locator("[name=size]").fill("30000")
    clerk.locator("[name=maker]").fill("示例机械厂")
    clerk.locator("[name=reason]").fill("铭牌核对")
    clerk.locator("form.register-form button.primary").click()
    expect(clerk.locator("main")).to_contain_text("示例机械厂")  # what needs no approval stands at once
    expect(clerk.locator("main")).to_contain_text("25,000")  # what does, waits
    clerk.locator("main a", has_text=re.compile(r"^2\d{3}-\d{6}-\d{6}")).first.click()
    case = clerk.url
    expect(clerk.locator("main")).to_contain_text(re.compile("30,?000"))
    _step(clerk, "submit")
    expect(clerk.locator(".head, main").first).to_contain_text("待受理")

    rival = person("mine-clerk", "zh")
    assert rival.request.get(case).status == 404
    assert rival.request.get(record).status == 404
    _open(rival, "/cases/")
    expect(rival.locator("main")).not_to_contain_text("示例铁合金")

    park = person("park2-acceptor", "zh")
    expect(park.locator("main")).to_contain_text("示例3号矿热炉")  # home: my tasks
    _open(park, case)
    expect(park.locator("main")).to_contain_text("工作日")
    _step(park, "ask-supplement", reason="请补充铭牌照片")
    expect(park.locator("main")).to_contain_text("待补正")

    _open(clerk, case)
    expect(clerk.locator("main")).to_contain_text("请补充铭牌照片")
    clerk.locator("input[type=file]").set_input_files(
        {"name": "铭牌.txt", "mimeType": "text/plain", "buffer": "额定容量 30000 kVA".encode()}
    )
    clerk.locator("form[enctype] button[type=submit]").click()
    expect(clerk.locator("main")).to_contain_text("铭牌.txt")
    _step(clerk, "supply")

    _open(park, case)
    expect(park.locator("button[disabled]", has_text="补正")).to_have_count(1)  # once only, and it says so
    _step(park, "accept")

    city = person("city-decider", "zh")
    _open(city, case)
    _step(city, "ask-opinions", bodies=["示例市生态环境局", "示例市应急管理局"])
    expect(city.locator("button[disabled]", has_text=re.compile("^批准"))).to_have_count(1)
    for bureau in ("environment-opinion", "emergency-opinion"):
        page = person(bureau, "zh")
        expect(page.locator("main")).to_contain_text("示例3号矿热炉")
        _open(page, case)
        _step(page, "give-opinion", agrees="yes", reason="同意")
    _open(city, case)
    _step(city, "approve")
    expect(city.locator("main")).to_contain_text("已批准")

    _open(clerk, record)
    expect(clerk.locator("main")).to_contain_text("30,000")
    _open(clerk, case)
    letters = clerk.locator("a[href^='/letters/']:not([href$='.pdf'])")
    assert letters.count() >= 5
    letter = letters.last.get_attribute("href") or ""
    _open(clerk, letter)
    expect(clerk.locator("main")).to_contain_text("示例铁合金")
    expect(clerk.locator("main")).to_contain_text("批准")
    _open(clerk, f"{record}history")
    expect(clerk.locator("main")).to_contain_text("30,000")
    expect(clerk.locator("main")).to_contain_text("25,000")
    assert rival.request.get(case).status == 404
    assert rival.request.get(letter).status == 404
