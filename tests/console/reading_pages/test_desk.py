"""The desk of a document: text beside items, each tied to its words, decided without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from oreflow.console.reading.models import Document, Item
from oreflow.console.registers.plan_models import PlanTarget
from tests.console.world import World

from .plans import HOSTILE, PLAN

Keep = Callable[..., Document]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def item_of(document: Document, subject: str) -> Item:
    return Item.objects.get(document=document, kind="statement", values__subject=subject)


def shown(html: str) -> str:
    """The words of the text pane, without marks."""
    lines = re.findall(r'<p data-start="\d+">(.*?)</p>', html)
    return "\n".join(unescape(re.sub(r"<[^>]+>", "", line)) for line in lines)


def test_the_text_stands_there_word_by_word(world: World, keep: Keep) -> None:
    document = keep()
    html = page(world.client("decider"), f"/documents/{document.pk}/")
    assert shown(html).split() == PLAN.split()
    for start, line in re.findall(r'<p data-start="(\d+)">(.*?)</p>', html):
        plain = unescape(re.sub(r"<[^>]+>", "", line))
        assert document.text[int(start) : int(start) + len(plain)] == plain


def test_every_item_is_marked_and_listed(world: World, keep: Keep) -> None:
    document = keep()
    client = world.client("decider")
    html = page(client, f"/documents/{document.pk}/")
    marked = {int(n) for n in re.findall(r'class="mark [^"]*"[^>]*data-item="(\d+)"', html)}
    figures = set(Item.objects.filter(document=document, kind="statement").values_list("pk", flat=True))
    assert figures <= marked
    for kind in Item.Kind.values:
        listed = set(map(int, re.findall(r'id="item-(\d+)"', page(client, f"/documents/{document.pk}/?kind={kind}"))))
        assert listed == set(Item.objects.filter(document=document, kind=kind).values_list("pk", flat=True)), kind


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_item_says_in_words_what_was_read(world: World, keep: Keep, language: str) -> None:
    document = keep()
    item = Item.objects.get(document=document, values__subject="钛资源综合利用率", values__low="33")
    html = page(world.client("decider", language), f"/documents/{document.pk}/?item={item.pk}")
    panel = html[html.index('class="item chosen') :]
    assert "33" in panel
    assert "钛资源综合利用率" in panel
    assert ("inherited" in panel) or ("承前" in panel)
    assert "第二章 发展目标" in panel


def test_a_decision_leads_to_the_next_open_item(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    items = list(Item.objects.filter(document=document, kind="statement").order_by("start", "pk"))
    first, second = items[0], items[1]
    address = f"/documents/{document.pk}/items/{first.pk}/accept?kind=statement&state=open"
    answer = client.post(address, {"version": first.version})
    assert answer.status_code == 302
    assert f"item={second.pk}" in answer["Location"]
    assert "state=open" in answer["Location"]
    first.refresh_from_db()
    assert first.state == "accepted"
    assert PlanTarget.objects.filter(item=first.pk, valid_to=None).count() == 1
    html = page(client, answer["Location"])
    assert f'id="item-{first.pk}"' not in html  # the filter is kept: it is not open any more


def test_a_proposal_is_changed_before_it_is_accepted(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "工业园区钛白粉产能")
    html = page(client, f"/documents/{document.pk}/?item={item.pk}")
    names = dict(re.findall(r'<(?:select|input)[^>]*name="(target-[a-z_]+)"[^>]*?(?:value="([^"]*)")?', html))
    assert {"target-area", "target-indicator", "target-form", "target-year", "target-unit"} <= set(names)
    given = {"version": item.version, "target-area": "panzhihua-parks", "target-year": "2025"}
    assert client.post(f"/documents/{document.pk}/items/{item.pk}/accept", given).status_code == 302
    record = PlanTarget.objects.get(item=item.pk)
    assert (record.area, record.area_name, record.indicator, str(record.value)) == (
        "panzhihua-parks", "全市工业园区", "titania", "180.00000000",
    )  # fmt: skip
    accepted = page(client, f"/documents/{document.pk}/?item={item.pk}")
    assert f"/registers/targets/{record.pk}/" in accepted
    assert "全市工业园区 · 钛白粉" in accepted  # the history says as what


def test_what_cannot_stand_comes_back_with_the_form_as_given(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "工业园区钛白粉产能")
    given = {"version": item.version, "target-unit": "斗"}
    answer = client.post(f"/documents/{document.pk}/items/{item.pk}/accept", given)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="斗"' in html
    assert "problem" in html
    item.refresh_from_db()
    assert item.state == "open"


def test_a_correction_keeps_before_and_after(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "海绵钛产能")
    form = {"version": item.version, "low": "10", "high": "9", "comparator": ">=", "reason": "核对原件"}
    answer = client.post(f"/documents/{document.pk}/items/{item.pk}/correct", form)
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.values["low"], item.values["high"], item.corrected) == ("10", "10", True)
    html = page(client, f"/documents/{document.pk}/?item={item.pk}")
    assert '<del lang="zh-Hans">9</del>' in html
    assert '<ins lang="zh-Hans">10</ins>' in html
    assert "核对原件" in html


@pytest.mark.parametrize(
    ("act", "form"),
    [("correct", {"low": "many"}), ("reject", {"reason": " "}), ("split", {"parts": "2", "part-1-low": "x"})],
)
def test_a_bad_form_says_what_is_wrong(world: World, keep: Keep, act: str, form: dict[str, str]) -> None:
    document, client = keep(), world.client("decider", "zh")
    item = item_of(document, "海绵钛产能")
    answer = client.post(f"/documents/{document.pk}/items/{item.pk}/{act}", {"version": item.version, **form})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.content.decode()
    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 1)


def test_a_stale_form_shows_what_stands_now_and_keeps_what_was_written(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "海绵钛产能")
    address = f"/documents/{document.pk}/items/{item.pk}"
    assert client.post(f"{address}/correct", {"version": 1, "unit": "吨"}).status_code == 302
    answer = client.post(f"{address}/correct", {"version": 1, "subject": "我的写法"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert 'value="我的写法"' in html
    assert 'name="version" value="2"' in html  # sending it again lays it over what stands now
    assert "9 吨" in html


def test_split_merge_add_and_reopen(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "海绵钛产能")
    parts = {
        "version": 1,
        "parts": "2",
        "part-0-subject": "海绵钛产能",
        "part-1-subject": "钛锭产能",
        "part-1-low": "3",
    }
    assert client.post(f"/documents/{document.pk}/items/{item.pk}/split", parts).status_code == 302
    made = list(Item.objects.filter(document=document, came_from=[item.pk]).order_by("pk"))
    assert [i.values["subject"] for i in made] == ["海绵钛产能", "钛锭产能"]
    form = page(client, f"/documents/{document.pk}/?do=merge&merge={made[0].pk}&merge={made[1].pk}")
    assert form.count('name="item"') == 2
    merged = {"item": [i.pk for i in made], "version": [i.version for i in made], "subject": "海绵钛及钛锭产能"}
    assert client.post(f"/documents/{document.pk}/merge", merged).status_code == 302
    one = item_of(document, "海绵钛及钛锭产能")
    added = {
        "item_kind": "duty",
        "quote": "设立产业引导基金20亿元",
        "task": "设立产业引导基金",
        "lead": "市财政局\n市国资委",
    }
    assert client.post(f"/documents/{document.pk}/add?kind=duty", added).status_code == 302
    duty = Item.objects.get(document=document, kind="duty", by_reader=False)
    assert (duty.quote, duty.values["lead"]) == ("设立产业引导基金20亿元", ["市财政局", "市国资委"])
    assert (
        client.post(f"/documents/{document.pk}/items/{duty.pk}/reject", {"version": 1, "reason": "重复"}).status_code
        == 302
    )
    assert client.post(f"/documents/{document.pk}/items/{duty.pk}/reopen", {"version": 2}).status_code == 302
    html = page(client, f"/documents/{document.pk}/?item={duty.pk}")
    assert html.count("<time ") == 3
    assert page(client, f"/documents/{document.pk}/?item={one.pk}")
    assert page(client, f"/documents/{document.pk}/?item={item.pk}")  # what was replaced still opens


def test_words_that_do_not_stand_there_are_not_added(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    form = {"item_kind": "name", "quote": "文中没有的话", "name": "示例"}
    assert client.post(f"/documents/{document.pk}/add", form).status_code == 422
    assert client.post(f"/documents/{document.pk}/add", form | {"item_kind": "nothing"}).status_code == 404


def test_many_are_accepted_by_confidence_and_taken_back(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    html = page(client, f"/documents/{document.pk}/?kind=statement")
    counts = re.search(r'data-bulk="([\d ]+)"', html)
    assert counts is not None
    takes = int(counts[1].split()[95])
    answer = client.post(
        f"/documents/{document.pk}/accept-many?kind=statement", {"kind": "statement", "at_least": "95"}
    )
    assert answer.status_code == 302
    after = page(client, answer["Location"])
    accepted = Item.objects.filter(document=document, state="accepted").count()
    refused = after[after.index("notice done batch") : after.index("pane-tabs")].count("<li>")
    assert accepted + refused == takes
    assert accepted > 5
    batch = re.search(r"batch=(\w+)", answer["Location"])
    assert batch is not None
    assert client.post(f"/documents/{document.pk}/undo", {"batch": batch[1]}).status_code == 302
    assert not Item.objects.filter(document=document, state="accepted").exists()


@pytest.mark.parametrize("share", ["", "101", "-1", "abc"])
def test_a_confidence_that_is_none_is_refused(world: World, keep: Keep, share: str) -> None:
    document, client = keep(), world.client("decider")
    answer = client.post(f"/documents/{document.pk}/accept-many", {"kind": "statement", "at_least": share})
    assert answer.status_code == 422
    assert not Item.objects.filter(document=document, state="accepted").exists()


QUERIES = [
    "kind=nothing", "item=999999999999", "item=abc", "page=0", "page=99999", "at=99999999", "section=999", "state=x",
    "sure=sure", "sure=doubtful&state=open", "q=%00", "q=%22%3E%3Cscript%3E", "do=split", "do=merge&merge=1&merge=2",
    "do=add&start=5&end=2", "do=add&start=999999&end=1000000&kind=chain", "batch=nothing", "do=add&kind=clause",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_strange_queries_get_a_page(world: World, keep: Keep, query: str) -> None:
    document = keep()
    assert "<script>" not in page(world.client("decider"), f"/documents/{document.pk}/?{query}").replace(
        "<script src", ""
    )


def test_hostile_text_stays_text(world: World, keep: Keep) -> None:
    document = keep(HOSTILE, title="示例<img src=x onerror=alert(1)>")
    client = world.client("decider")
    item = Item.objects.filter(document=document, kind="statement").latest("pk")
    form = {"version": 1, "subject": '"><script>alert(5)</script>', "reason": "<b>粗</b>"}
    client.post(f"/documents/{document.pk}/items/{item.pk}/correct", form)
    here = f"/documents/{document.pk}/"
    addresses = (
        "/documents/", here, f"{here}?item={item.pk}", f"{here}?item={item.pk}&do=correct", f"{here}checks/",
        f"{here}?q=%3Cscript%3E", f"{here}?do=add&start=0&end=20", "/",
    )  # fmt: skip
    for address in addresses:
        html = page(client, address)
        for bad in ("<script>alert", "<img src=x", "<svg onload", "<b>粗", '"><script'):
            assert bad not in html, (address, bad)
    assert "{{ 7|add:7 }}" in unescape(page(client, here))


def test_only_the_desk_is_sent_to_a_swap(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    answer = client.get(f"/documents/{document.pk}/", headers={"hx-request": "true", "hx-target": "desk"})
    html = answer.content.decode()
    assert html.strip().startswith('<div id="desk"')
    assert "<html" not in html


def test_a_document_that_is_being_read_says_how_far_and_one_that_failed_says_why(world: World, keep: Keep) -> None:
    reading = keep(key="reading", state="reading", progress=30)
    problem = {
        "code": "x",
        "message": {"zh": "没有文字层。", "en": "No text layer."},
        "remedy": {"zh": "请先识别。", "en": "Recognise it."},
    }
    failed = keep(key="failed", state="failed", problem=problem)
    client = world.client("decider")
    assert "30 %" in page(client, f"/documents/{reading.pk}/")
    assert client.get(f"/documents/{reading.pk}/progress").status_code == 200
    done = client.get(f"/documents/{failed.pk}/progress")
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")
    html = page(client, f"/documents/{failed.pk}/")
    assert "No text layer." in html
    assert "Recognise it." in html
    for address in ("checks/", "export.json", "export.csv"):
        assert client.get(f"/documents/{failed.pk}/{address}").status_code == 404


def test_the_exports_hold_every_item_and_no_formula(world: World, keep: Keep, monkeypatch: Any) -> None:
    document, client = keep(), world.client("decider")
    item = item_of(document, "海绵钛产能")
    client.post(f"/documents/{document.pk}/items/{item.pk}/correct", {"version": 1, "subject": "=cmd|' /C calc'!A0"})
    lines = b"".join(client.get(f"/documents/{document.pk}/export.json").streaming_content).splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == Item.objects.filter(document=document).count()
    row = next(r for r in rows if r.get("subject") == "工业园区钛白粉产能")
    assert (row["comparator"], row["value"], row["unit"], row["year"], row["kind"]) == (
        "=",
        180,
        "万吨",
        2025,
        "target",
    )
    assert PLAN[row["start"] : row["end"]] == row["quote"] == "180万吨"
    chain = next(r for r in rows if r["item"] == "chain")
    assert ["高钛渣", "四氯化钛"] in chain["edges"]
    text = b"".join(client.get(f"/documents/{document.pk}/export.csv").streaming_content).decode("utf-8-sig")
    assert "'=cmd|" in text
    assert ",=cmd|" not in text
    book = b"".join(client.get(f"/documents/{document.pk}/export.xlsx").streaming_content)
    assert book.startswith(b"PK")
    assert client.get(f"/documents/{document.pk}/export.exe").status_code == 404
