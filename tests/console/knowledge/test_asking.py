"""Questions in the console: who is told what, what the page and the data interface answer, what the memory keeps."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from oreflow.console.knowledge import asking, examples, holding
from oreflow.console.knowledge.asking import answered
from oreflow.console.knowledge.holding import MEMORY, Memory, held_for
from oreflow.console.reading import actions
from oreflow.console.reading.models import Document, Item
from oreflow.console.refusals import Invalid

from ..reading.desk import figure, hand_in
from ..world import World

HIDDEN = """示例外市锂矿开发方案

第一章 发展目标

到2028年，示例外市锂云母精矿产量达到33万吨，由示例外市资源局负责调度。
"""
ASKED = "2025年钛白粉产能要达到多少万吨？"
SECRETLY = "2028年锂云母精矿产量达到多少万吨？"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    MEMORY.clear()


@pytest.fixture
def plan(world: World) -> Document:
    """A plan of the city, seen by its authorities only."""
    return hand_in(world)


@pytest.fixture
def secret(world: World) -> Document:
    """A document of another city's bureau."""
    return hand_in(world, "stranger", HIDDEN, "示例锂矿方案.txt")


def test_an_answer_quotes_the_passage_with_its_place_and_figures(world: World, plan: Document) -> None:
    found = answered(world.viewer("decider"), ASKED)
    first = found.passages[0]
    assert found.answer.supported
    assert "180万吨" in plan.text[first.start : first.end]
    assert first.text == plan.text[first.start : first.end]
    assert {words for words, marked in first.pieces if marked} >= {"钛白粉产能"}
    assert first.url == f"{reverse('document', args=[plan.pk])}?at={first.start}"
    assert first.path == ("发展目标",)
    titania = next(f for f in first.figures if f.fact.subject == "钛白粉产能")
    assert (titania.fact.value, titania.fact.unit, titania.fact.year) == (180, "万吨", 2025)
    assert titania.item == figure(plan, "钛白粉产能").pk


@pytest.mark.parametrize("person", ["decider", "minister", "provincial", "acceptor", "clerk", "rival", "far", "looker"])
def test_no_passage_of_a_document_that_the_viewer_does_not_see(
    world: World, plan: Document, secret: Document, person: str
) -> None:
    sees = set(holding.reachable(world.viewer(person)).values_list("pk", flat=True))
    answered(world.viewer("stranger"), SECRETLY)  # the memory holds it now
    for question in (SECRETLY, ASKED, "锂云母", "示例外市资源局负责什么"):
        found = answered(world.viewer(person), question)
        quoted = {p.document for p in (*found.passages, *found.near)}
        assert quoted <= sees
        told = repr(found.answer)
        assert "33万吨" not in told or secret.pk in sees
    assert answered(world.viewer(person), SECRETLY).answer.supported == (secret.pk in sees)


def test_others_see_neither_page_nor_examples_nor_api_of_it(world: World, secret: Document) -> None:
    for person in ("rival", "far", "clerk", "looker"):
        client = world.client(person, "zh")
        for address in ("/ask", f"/ask?q={SECRETLY}", f"/api/ask?question={SECRETLY}"):
            body = client.get(address).content.decode()
            assert "33万吨" not in body
            assert "示例锂矿方案" not in body
        assert client.get(f"/ask?q=x&document={secret.pk}").status_code == 404
        assert client.get(f"/api/ask?question=x&document={secret.pk}").status_code == 404
    with pytest.raises(Http404):
        answered(world.viewer("rival"), SECRETLY, document_id=secret.pk)


def test_a_published_document_answers_everybody(world: World) -> None:
    hand_in(world, "stranger", HIDDEN, "示例锂矿方案.txt", public=True)
    for person in ("rival", "clerk", "decider"):
        assert answered(world.viewer(person), SECRETLY).answer.supported


def test_a_withdrawn_document_answers_nobody(world: World, plan: Document) -> None:
    assert answered(world.viewer("decider"), ASKED).answer.supported
    actions.withdraw_document(world.viewer("decider"), plan.pk, "示例理由：文件有误")
    found = answered(world.viewer("decider"), ASKED)
    assert not found.answer.supported
    assert not found.near


def test_only_the_chosen_document_is_asked(world: World, plan: Document) -> None:
    other = hand_in(world, text="第一章 目标\n\n到2025年，钛白粉产能达到12万吨。\n", name="示例另一规划.txt")
    found = answered(world.viewer("decider"), ASKED, document_id=other.pk)
    assert {p.document for p in found.passages} == {other.pk}
    assert {p.document for p in answered(world.viewer("decider"), ASKED).passages} == {plan.pk, other.pk}


def test_a_new_text_takes_the_place_of_the_old_one(world: World, plan: Document) -> None:
    viewer = world.viewer("decider")
    assert "180万吨" in answered(viewer, ASKED).passages[0].text
    plan.text = plan.text.replace("180万吨", "190万吨")
    plan.text_sha256 = "0" * 64
    plan.save()
    assert "190万吨" in answered(viewer, ASKED).passages[0].text


def test_figures_are_those_that_stand_at_the_desk_now(world: World, plan: Document) -> None:
    viewer = world.viewer("decider")
    answered(viewer, ASKED)
    item = figure(plan, "钛白粉产能")
    item.values = item.values | {"low": "185", "high": "185"}
    item.state = Item.State.ACCEPTED
    item.save()
    shown = {f.item: f for f in answered(viewer, ASKED).passages[0].figures}
    assert shown[item.pk].fact.value == 185
    assert shown[item.pk].state == "accepted"
    item.state = Item.State.REJECTED
    item.save()
    assert item.pk not in {f.item for f in answered(viewer, ASKED).passages[0].figures}


def test_the_second_question_reads_no_text_again(
    world: World, plan: Document, django_assert_max_num_queries: Any
) -> None:
    viewer = world.viewer("decider")
    answered(viewer, ASKED)
    with django_assert_max_num_queries(4) as asked:
        answered(viewer, ASKED)
    assert not any('"text"' in q["sql"] for q in asked.captured_queries)


def test_the_memory_is_bounded(world: World, plan: Document, secret: Document) -> None:
    viewer = world.viewer("minister")
    both = held_for(viewer)
    assert len(both.index) == 2
    weight = next(iter(both.index)).weight
    small = Memory(most=weight // 2)
    reached = held_for(viewer, memory=small)
    assert len(reached.index) + reached.beyond == 2
    assert small.weight <= max(d.weight for d in both.index)
    found = answered(viewer, SECRETLY, document_id=secret.pk, memory=small)
    assert found.answer.supported


def test_documents_that_take_too_long_wait(
    world: World, plan: Document, secret: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PATIENCE", -1.0)
    found = answered(world.viewer("minister"), ASKED)
    assert found.waiting == 2
    assert found.answer.lack == "nothing-held"
    page = world.client("minister").get("/ask", {"q": ASKED}).content.decode()
    assert "2 documents are still being prepared" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page(world: World, plan: Document, language: str) -> None:
    client = world.client("decider", language)
    empty = client.get("/ask").content.decode()
    assert "年" in examples.examples(world.viewer("decider"))[0]
    assert examples.examples(world.viewer("decider"))[0] in empty
    body = client.get("/ask", {"q": ASKED}).content.decode()
    assert "<mark>" in body
    assert "示例规划" in body or "示例市钒钛产业发展规划" in body
    refused = client.get("/ask", {"q": "2035年示例市锂矿产量"}).content.decode()
    assert "ask-refusal" in refused
    part = client.get("/ask", {"q": ASKED}, headers={"HX-Target": "answer"}).content.decode()
    assert "<html" not in part
    assert "<mark>" in part
    assert client.get("/ask", {"q": "钛" * 400}).status_code == 422
    assert client.get("/ask", {"q": ASKED, "document": "abc"}).status_code == 200


def test_a_marked_passage_is_escaped(world: World) -> None:
    hand_in(world, text="第一章 目标\n\n到2025年，钛白粉<script>alert(1)</script>产能达到12万吨。\n", name="示例.txt")
    body = world.client("decider").get("/ask", {"q": "钛白粉产能"}).content.decode()
    assert "&lt;script&gt;" in body
    assert "<script>alert" not in body


def test_every_example_is_answered(world: World, plan: Document) -> None:
    viewer = world.viewer("decider")
    shown = examples.examples(viewer)
    assert shown
    for question in shown:
        assert answered(viewer, question).answer.supported, question


def test_without_documents_the_page_says_how_to_begin(world: World) -> None:
    body = world.client("decider").get("/ask").content.decode()
    assert "No document can be asked yet" in body
    assert reverse("documents") in body
    assert "Hand in a document" not in world.client("rival").get("/ask").content.decode()


def test_visitors_are_sent_to_sign_in(en: Any, db: None) -> None:
    assert en.get("/ask").status_code == 302
    assert en.get("/api/ask?question=x").status_code == 401


def test_the_api(world: World, plan: Document) -> None:
    client = world.client("decider")
    told = client.get("/api/ask", {"question": ASKED, "limit": 1}).json()
    assert told["supported"]
    first = told["passages"][0]
    assert plan.text[first["start"] : first["end"]] == first["text"]
    assert {s["low"] for s in first["statements"]} >= {"180"}
    assert len(told["passages"]) == 1
    refused = client.get("/api/ask", {"question": "2035年钛白粉产能是多少？"}).json()
    assert (refused["supported"], refused["lack"], refused["missing"]) == (False, "year", ["2035"])
    assert "2035" in refused["reason"]["en"]
    assert client.get("/api/ask", {"question": ""}).status_code == 422
    assert client.get("/api/ask", {"question": "x" * 301}).status_code == 422
    assert client.get("/api/ask", {"question": "x", "limit": 0}).status_code == 422
    assert client.get("/api/ask", {"question": "   "}).status_code == 422


def test_a_question_must_say_something(world: World) -> None:
    with pytest.raises(Invalid):
        answered(world.viewer("decider"), "  \x00 ")
    with pytest.raises(Invalid):
        answered(world.viewer("decider"), "钛" * (asking.LONGEST + 1))


def test_figures_of_items_that_are_not_whole() -> None:
    fact = holding.fact_of(1, 2, {"low": "x", "high": None, "year": "2025"})
    assert (fact.value, fact.high, fact.year) == (None, None, None)
    assert dataclasses.replace(fact, subject="示例").figure == ""
