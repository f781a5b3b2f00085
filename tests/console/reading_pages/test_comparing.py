"""Editions side by side, and the checks inside a document, in its region and against another one."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from itertools import pairwise

import pytest

from oreflow.console.reading.models import Document, Item
from oreflow.console.reading.pages.held import WINDOW, edges, held
from tests.console.world import World

from .plans import LATER, PLAN

Keep = Callable[..., Document]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_items_of_two_editions(world: World, keep: Keep, language: str) -> None:
    first = keep()
    second = keep(LATER, key="later", edition_of=first)
    html = world.client("decider", language).get(f"/documents/{second.pk}/diff/{first.pk}/").content.decode()
    sections = {key: html[html.index(f'<section class="card" id="{key}"') :] for key in ("changed", "added", "removed")}
    changed = sections["changed"][: sections["changed"].index("</section>")]
    assert "工业园区钛白粉产能" in changed
    assert "180 万吨" in changed
    assert "160 万吨" in changed
    assert "人才基金" in sections["added"][: sections["added"].index("</section>")]
    assert "海绵钛产能" in sections["removed"][: sections["removed"].index("</section>")]


def test_the_text_of_two_editions(world: World, keep: Keep) -> None:
    first = keep()
    second = keep(LATER, key="later", edition_of=first)
    html = world.client("decider").get(f"/documents/{first.pk}/diff/{second.pk}/?tab=text").content.decode()
    assert "<del>8</del>" in html
    assert "<ins>6</ins>" in html
    assert "，海绵钛产能达到9万吨以上" in "".join(p.split("</del>")[0] for p in html.split("<del>")[1:])


def test_a_document_is_not_compared_with_itself(world: World, keep: Keep) -> None:
    first = keep()
    assert world.client("decider").get(f"/documents/{first.pk}/diff/{first.pk}/").status_code == 404


def test_decisions_are_carried_over_to_a_later_edition(world: World, keep: Keep) -> None:
    first = keep()
    second = keep(LATER, key="later", edition_of=first)
    client = world.client("decider")
    client.post(f"/documents/{first.pk}/accept-many", {"kind": "statement", "at_least": "95"})
    answer = client.post(f"/documents/{second.pk}/carry-over", {"from": first.pk})
    assert answer.status_code == 302
    accepted = Item.objects.filter(document=second, state="accepted")
    assert accepted.count() > 5
    assert not accepted.filter(values__subject="工业园区钛白粉产能").exists()  # it changed: decide anew


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_check_of_the_region_names_the_conflict_of_what_was_accepted(
    world: World, keep: Keep, language: str
) -> None:
    document = keep()
    client = world.client("decider", language)
    address = f"/documents/{document.pk}/checks/"
    before = client.get(address).content.decode()
    assert 'class="tag conflict"' not in before
    item = Item.objects.get(document=document, values__subject="工业园区钛白粉产能")
    form = {"version": 1, "target-area": "panzhihua-parks"}
    assert client.post(f"/documents/{document.pk}/items/{item.pk}/accept", form).status_code == 302
    after = unescape(client.get(address).content.decode())
    region = after[after.index('id="checks-region"') : after.index('id="checks-inside"')]
    assert 'class="tag conflict"' in region
    assert f"/documents/{document.pk}/items/{item.pk}/" in region
    assert "/r/panxi/source/panzhihua-parks-2021" in region


def test_a_contradiction_inside_a_document_leads_to_its_words(world: World, keep: Keep) -> None:
    text = PLAN + "\n2022年，全市粗钢产量由500万吨提高到600万吨，增长30%。\n"
    document, client = keep(text), world.client("decider")
    html = client.get(f"/documents/{document.pk}/checks/").content.decode()
    inside = html[html.index('id="checks-inside"') :]
    assert 'class="tag error"' in inside
    assert f"/documents/{document.pk}/?at=" in inside


def test_a_corrected_figure_is_checked_as_corrected(world: World, keep: Keep) -> None:
    text = PLAN + "\n2022年，全市粗钢产量由500万吨提高到600万吨，增长30%。\n"
    document, client = keep(text), world.client("decider")
    item = Item.objects.get(document=document, quote="30%")
    client.post(f"/documents/{document.pk}/items/{item.pk}/correct", {"version": 1, "low": "20", "high": "30"})
    html = client.get(f"/documents/{document.pk}/checks/").content.decode()
    assert 'class="tag error"' not in html[html.index('id="checks-inside"') :]


def test_against_another_document(world: World, keep: Keep) -> None:
    lower, upper = keep(), keep(LATER, key="upper")
    html = world.client("decider").get(f"/documents/{lower.pk}/checks/?with={upper.pk}").content.decode()
    other = html[html.index('id="checks-other"') :]
    assert "<strong>" in other
    assert f"/documents/{upper.pk}/?at=" in other


@pytest.mark.parametrize(
    "text",
    ["", "\n", "一" * (5 * WINDOW), "一\n" * WINDOW, "短\n" + "长" * (3 * WINDOW) + "\n尾", "\n" * (3 * WINDOW)],
    ids=["empty", "blank", "endless", "short lines", "mixed", "blank lines"],
)
def test_windows_cover_the_text_once(text: str) -> None:
    lines = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    found = edges(lines, len(text))
    assert found[0] == 0
    assert found[-1] == len(text)
    assert all(b - a <= 3 * WINDOW for a, b in pairwise(found))
    assert list(found) == sorted(found)


def test_a_long_document_is_shown_window_by_window(world: World, keep: Keep) -> None:
    text = PLAN + "\n".join(f"第{n}段，到2025年，示例产品{n}产量达到{n}万吨。" for n in range(1, 1500))
    document, client = keep(text), world.client("decider")
    whole = held(document.pk, document.text_sha256)
    assert whole.windows > 2
    last = Item.objects.filter(document=document, kind="statement").latest("start")
    html = client.get(f"/documents/{document.pk}/?item={last.pk}").content.decode()
    assert f'id="mark-{last.pk}"' in html
    assert f'id="item-{last.pk}"' in html
    assert "示例产品1产量" not in html
    assert len(html) < 400_000
