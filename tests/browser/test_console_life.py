"""Second factor, a record's life, an import's preview, the language switch, the keyboard alone, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from .conftest import Reader
from .test_everywhere import CONTRAST, OVERFLOW

Person = Callable[..., Page]

PAGES = {
    "vanadium-clerk": (
        "/", "/cases/", "/cases/1/", "/registers/", "/registers/equipment/", "/registers/enterprises/",
        "/registers/licences/", "/registers/equipment/new", "/registers/equipment/import/", "/imports/",
        "/registers/confirm/", "/registers/fields/", "/account/", "/account/password", "/account/tokens",
        "/account/sessions", "/account/delegation", "/letters/1/", "/search?q=示例",
    ),
    "city-administrator": ("/people/", "/people/add", "/people/log"),
    "city-decider": ("/", "/cases/2/", "/registers/parks/", "/registers/organisations/"),
    "system": ("/operations/", "/people/"),
}  # fmt: skip


def _key_bytes(shown: str) -> bytes:
    """The key as an authenticator reads it: base32, blanks between groups."""
    from base64 import b32decode

    plain = re.sub(r"\s", "", shown).upper()
    return b32decode(plain + "=" * (-len(plain) % 8))


def _code(key: bytes) -> str:
    return f"{totp(key):06d}"


def test_second_factor(person: Person, reader: Reader, demonstration) -> None:  # type: ignore[no-untyped-def]
    page = person("planning-opinion")
    page.goto("/account/second-factor")
    expect(page.locator("main img")).to_be_visible()
    key = _key_bytes(page.locator("code.key").inner_text())
    page.locator("input[name=code]").fill(_code(key))
    page.get_by_role("button", name="Confirm").click()
    codes = [t for t in page.locator("main code").all_inner_texts() if t.strip()]
    assert len(codes) >= 8

    again = reader("en").page
    again.goto("/sign-in")
    again.locator("input[name=username]").fill("planning-opinion")
    again.locator("input[name=password]").fill(demonstration.passwords["planning-opinion"])
    again.locator("main button[type=submit]").click()
    expect(again).to_have_url(re.compile("/sign-in/code"))
    again.goto("/account/")
    expect(again).to_have_url(re.compile("/sign-in"))  # half signed in opens nothing
    again.goto("/sign-in")
    again.locator("input[name=username]").fill("planning-opinion")
    again.locator("input[name=password]").fill(demonstration.passwords["planning-opinion"])
    again.locator("main button[type=submit]").click()
    again.locator("input[name=code]").fill(codes[0].strip())  # a recovery code works once
    again.locator("main button[type=submit]").click()
    again.goto("/account/")
    expect(again.locator("main")).to_contain_text("opinion")


def test_a_records_life(person: Person) -> None:
    page = person("park-acceptor")
    page.goto("/registers/equipment/new")
    page.locator("[name=number]").fill("T-01")
    page.locator("[name=name]").fill("示例<b>测试</b>压滤机")
    page.locator("[name=type]").select_option("filter-press")
    owner = page.locator("[name=organisation] option", has_text="示例钒业").get_attribute("value")
    page.locator("[name=organisation]").select_option(owner)
    page.locator("form.register-form button.primary").click()
    expect(page.locator("main h1")).to_contain_text("示例<b>测试</b>压滤机")  # shown as written, never as markup
    record = page.url
    page.goto(f"{record}edit")
    page.locator("[name=name]").fill("示例压滤机")
    page.locator("[name=reason]").fill("名称更正")
    page.locator("form.register-form button.primary").click()
    expect(page.locator("main h1")).to_contain_text("示例压滤机")
    page.goto(f"{record}history")
    expect(page.locator("main")).to_contain_text("名称更正")
    page.goto("/registers/equipment/?q=slylj")  # initials of 示例压滤机
    expect(page.locator("tbody")).to_contain_text("示例压滤机")
    page.goto(f"{record}end")
    page.locator("[name=reason]").fill("拆除")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("拆除")


def test_import_preview_and_writing(person: Person, tmp_path: Path) -> None:
    page = person("vanadium-clerk")
    page.goto("/registers/products/import/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export (.xlsx)").click()
    exported = tmp_path / download.value.suggested_filename
    download.value.save_as(exported)
    page.locator("input[type=file]").set_input_files(exported)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator("nav.chips")).to_contain_text("2", timeout=30_000)  # both rows as they stand
    page.goto("/registers/products/import/")
    rows = "organisation,number,name,area_code\n,P-9,示例新产品,510411\n,P-1,,510411\n,P-8,示例坏行,abc\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "products.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator("main")).to_contain_text("abc", timeout=30_000)
    expect(page.locator("main")).to_contain_text(re.compile("Row|Column"))


def test_the_language_switch_keeps_the_page(person: Person) -> None:
    page = person("vanadium-clerk")
    page.goto("/registers/equipment/?status=operating")
    page.get_by_role("button", name="中文").click()
    expect(page).to_have_url(re.compile(r"/registers/equipment/\?status=operating$"))
    expect(page.locator("main h1")).to_contain_text("设备")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_keyboard_only(reader: Reader, demonstration) -> None:  # type: ignore[no-untyped-def]
    page = reader("en").page
    page.goto("/sign-in")
    page.locator("input[name=username]").focus()
    page.keyboard.type("trader-clerk")
    page.keyboard.press("Tab")
    page.keyboard.type(demonstration.passwords["trader-clerk"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.goto("/registers/enterprises/")
    page.locator("tbody tr a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused != "none"


def test_without_scripts(person: Person) -> None:
    page = person("sponge-clerk", scripts=False)
    page.goto("/registers/equipment/?q=SR-02")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Change", exact=True).or_(page.get_by_role("link", name="Edit", exact=True)).click()
    page.locator("[name=maker]").fill("示例设备厂")
    page.locator("[name=reason]").fill("补录")
    page.locator("form.register-form button.primary").click()
    expect(page.locator("main")).to_contain_text("示例设备厂")


LOOKS = [
    ("zh", 390),
    *(pytest.param(*look, marks=pytest.mark.slow) for look in (("en", 1440), ("zh", 1440), ("en", 390))),
]


@pytest.mark.parametrize(("language", "width"), LOOKS)
@pytest.mark.parametrize("username", sorted(PAGES))
def test_no_desk_overflows_or_complains(person: Person, username: str, language: str, width: int) -> None:
    page = person(username, language, width)
    wide = {}
    for path in PAGES[username]:
        page.goto(path)
        expect(page.locator("main h1")).to_have_count(1)
        found = page.evaluate(OVERFLOW)
        if found:
            wide[path] = found
    assert wide == {}


@pytest.mark.parametrize("path", ["/", "/cases/1/", "/registers/equipment/", "/registers/equipment/new", "/account/"])
def test_contrast_is_enough_on_the_desks(person: Person, path: str) -> None:
    page = person("vanadium-clerk")
    page.goto(path)
    assert page.evaluate(CONTRAST) == []
