"""The spine through pages, home, search, letters; what others see of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oreflow.console.cases.models import CaseFile, Letter
from oreflow.console.people.models import Membership, Role

from ..paths import words_of
from ..world import World
from .spine import accepted, answered, joint, on, opened, submitted, take

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def said(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def step(client: Client, case: CaseFile, name: str, **given: object) -> object:
    case.refresh_from_db()
    return client.post(f"/cases/{case.pk}/steps/{name}", {"version": case.version, **given})


def test_the_spine_through_pages(world: World) -> None:
    clerk, acceptor, decider = (world.client(p) for p in ("clerk", "acceptor", "decider"))
    bodies = [world.organisations[o].pk for o in ("environment", "emergency")]
    with on(0):
        case = opened(world)
        assert "Edit what is asked" in said(clerk.get(f"/cases/{case.pk}/"))
        edited = clerk.post(f"/cases/{case.pk}/edit", {"version": 1, "size": "1400", "note": "改造"})
        assert edited.status_code == 302
        assert step(clerk, case, "submit").status_code == 302
    with on(1):
        assert case.number in said(acceptor.get("/"))
        assert step(acceptor, case, "ask-supplement", reason="缺图\n缺表").status_code == 302
    with on(2):
        file = SimpleUploadedFile("图纸.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
        sent = clerk.post(f"/cases/{case.pk}/attachments", {"file": file, "note": "设计图"})
        assert sent.status_code == 302
        page = said(clerk.get(f"/cases/{case.pk}/"))
        assert "设计图" in page
        link = re.search(rf"/cases/{case.pk}/attachments/\d+", page)
        assert link
        sent_back = clerk.get(link.group())
        assert "attachment" in sent_back.headers["Content-Disposition"]
        assert b"".join(sent_back.streaming_content).startswith(b"%PDF")
        for close in sent_back._resource_closers:
            close()
        assert world.client("rival").get(link.group()).status_code == 404
        assert clerk.post(f"{link.group()}/remove", {"reason": ""}).status_code == 422
        assert clerk.post(f"{link.group()}/remove", {"reason": "传错"}).status_code == 302
        assert clerk.get(link.group()).status_code == 404
        assert step(clerk, case, "supply").status_code == 302
    with on(3):
        assert clerk.post(f"/cases/{case.pk}/attachments", {"file": file}).status_code == 403
        step(acceptor, case, "accept")
        assert step(decider, case, "ask-opinions", bodies=bodies).status_code == 302
    with on(4):
        waiting = said(decider.get(f"/cases/{case.pk}/"))
        assert "Opinions still missing from" in waiting
        for person in ("environment", "emergency"):
            assert step(world.client(person), case, "give-opinion", agrees="yes", reason="同意").status_code == 302
        assert step(decider, case, "approve").status_code == 302
        assert "approved" in said(clerk.get(f"/cases/{case.pk}/"))
        assert case.number in said(clerk.get("/"))
    world.records["alpha-equipment"].refresh_from_db()
    assert world.records["alpha-equipment"].size == 1400


PAGES = ("/", "/cases/", "/cases/?state=accepted&sort=-due", "/search?q=示例", "/search")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", ["clerk", "looker", "acceptor", "decider", "environment", "provincial", "system"])
def test_pages_answer_everybody_in_both_languages(world: World, person: str, language: str) -> None:
    case = joint(world)
    client = world.client(person, language)
    letters = [f"/letters/{pk}/" for pk in Letter.objects.values_list("pk", flat=True)]
    with on(3):
        for path in (*PAGES, f"/cases/{case.pk}/", *letters):
            response = client.get(path)
            assert response.status_code == 200, path
            assert said(response).count("<h1") == 1
            if language == "en":
                found = CHINESE.findall(words_of(response.content, but="zh-Hans").replace("中文", ""))
                assert found == [], path


@pytest.mark.parametrize("person", ["rival", "far", "stranger"])
def test_others_see_nothing(world: World, person: str) -> None:
    case = joint(world)
    letter = Letter.objects.first()
    assert letter is not None
    client = world.client(person)
    paths = [f"/cases/{case.pk}/", f"/cases/{case.pk}/edit", f"/letters/{letter.pk}/", f"/letters/{letter.pk}.pdf"]
    for path in (*paths, f"/cases/{10**17}/", "/letters/99999999999999999999999/"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/cases/{case.pk}/steps/approve").status_code == 404
    assert client.post(f"/cases/{case.pk}/attachments").status_code == 404
    for path in ("/", "/cases/", "/search?q=2026", "/cases/?format=csv"):
        answer = client.get(path)
        body = b"".join(answer.streaming_content).decode() if answer.streaming else said(answer)
        assert case.number not in body


def test_whoever_is_not_signed_in_is_sent_to_sign_in(world: World, en: Client) -> None:
    case = submitted(world)
    for path in ("/cases/", f"/cases/{case.pk}/", "/search?q=x", "/letters/1/"):
        answer = en.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")
    assert en.get("/").headers["Location"] == "/r/panxi/"
    assert en.get("/help").status_code == 200


def test_what_is_missing_is_said_beside_the_form(world: World) -> None:
    case = accepted(world)
    decider = world.client("decider")
    with on(2):
        for name, given, words in (
            ("refuse", {}, "needs a written reason"),
            ("ask-opinions", {}, "Choose the bodies"),
            ("ask-opinions", {"bodies": ["x", "99999"]}, "cannot be chosen"),
            ("nonsense", {}, "No step"),
        ):
            answer = step(decider, case, name, **given)
            assert answer.status_code == 422, name  # type: ignore[attr-defined]
            assert words in said(answer), name
        stale = decider.post(f"/cases/{case.pk}/steps/send-review", {"version": 1})
        assert stale.status_code == 409
        assert "changed after you opened it" in said(stale)
        closed = step(decider, case, "accept")
        assert closed.status_code == 403  # type: ignore[attr-defined]


def test_closed_actions_stay_visible_and_say_why(world: World) -> None:
    case = submitted(world)
    page = said(world.client("decider").get(f"/cases/{case.pk}/"))
    assert page.count("disabled") >= 4
    assert "waiting for acceptance" in page.lower()
    looker = said(world.client("looker").get(f"/cases/{case.pk}/"))
    assert "needs the role of clerk" in looker.lower()


def test_the_list_filters_sorts_and_exports(world: World) -> None:
    first, second = submitted(world), None
    with on(1):
        second = take(world, opened(world, "rival", "beta-equipment"), "rival", "submit")
    client = world.client("decider")
    assert first.number in said(client.get("/cases/"))
    assert first.number not in said(client.get("/cases/?q=示例矿业公司"))
    assert second.number in said(client.get("/cases/?q=示例矿业公司"))
    assert "Nothing matches" in said(client.get("/cases/?state=nope"))
    assert "Nothing matches" in said(client.get("/cases/?mine=tasks"))
    ordered = said(client.get("/cases/?sort=-changed"))
    assert ordered.index(second.number) < ordered.index(first.number)
    export = b"".join(client.get("/cases/?format=csv&sort=number").streaming_content).decode("utf-8-sig")
    rows = export.split("\r\n")
    assert len(rows) == 4
    assert rows[1].startswith(first.number)
    assert "simulated" in rows[1]
    assert client.get("/cases/?format=exe").status_code == 404
    assert client.get("/cases/?page=999999999999&sort=zzz&q=%00").status_code == 200


def test_home_shows_what_concerns_me(world: World) -> None:
    case = answered(world)
    licence = world.records["alpha-licence"]
    licence.expires = date(2026, 4, 1)
    licence.save()
    with on(40):
        clerk = said(world.client("clerk").get("/"))
        assert licence.number in clerk
        assert "Nothing waits for me" in clerk
        decider = said(world.client("decider").get("/"))
        assert case.number in decider
        assert "working days over" in decider
        assert "working days over" in said(world.client("provincial").get("/"))
        assert licence.number not in said(world.client("rival").get("/"))
        assert "No alerts" in said(world.client("reviewer").get("/"))
        assert "To confirm this year" in clerk


def test_notices_can_be_marked_seen(world: World) -> None:
    case = submitted(world)
    with on(1):
        take(world, case, "acceptor", "decline", reason="不属于职权范围")
    clerk = world.client("clerk")
    assert "not accepted" in said(clerk.get("/"))
    assert clerk.post("/notices/seen", {"notice": "x"}).status_code == 302
    assert "not accepted" in said(clerk.get("/"))
    assert clerk.post("/notices/seen").status_code == 302
    assert "not accepted" not in said(clerk.get("/"))


def test_the_rail_shows_the_desks_of_the_reader(world: World, en: Client) -> None:
    clerk = said(world.client("clerk").get("/cases/"))
    assert 'href="/cases/"' in clerk
    assert 'href="/people/"' not in clerk
    assert 'href="/people/"' in said(world.client("alpha-admin").get("/"))
    assert 'href="/cases/"' not in said(en.get("/help"))
    assert "/sign-in" in said(en.get("/help"))
    assert "Unit of mass" not in clerk
    assert "Unit of mass" in said(en.get("/r/panxi/"))


def test_several_organisations_can_be_switched(world: World) -> None:
    assert "Acting for" not in said(world.client("clerk").get("/"))
    Membership.objects.create(user=world.people["clerk"], organisation=world.organisations["beta"], role=Role.CLERK)
    page = said(world.client("clerk").get("/"))
    assert "Acting for" in page
    assert "示例矿业公司" in page


def test_frame_costs_few_queries(world: World, django_assert_max_num_queries: object) -> None:
    client = world.client("decider")
    joint(world)
    client.get("/cases/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/cases/")
