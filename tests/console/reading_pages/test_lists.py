"""The list of documents: who sees which, handing in, options, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oreflow.console.reading import tasks
from oreflow.console.reading.models import Document
from tests.console.world import World

from .plans import LATER, PLAN, word

Keep = Callable[..., Document]
NOT_THERE = 404


def sent(client: Client, *files: tuple[str, bytes], **options: Any) -> Any:
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/documents/", {"file": given, "region": "panxi", **options})


def test_everybody_sees_what_is_within_reach_and_what_is_published(world: World, keep: Keep) -> None:
    mine, far = keep(title="示例本市规划"), keep(keeper="elsewhere", by="stranger", title="示例外市规划")
    seen = {
        "minister": {mine, far}, "provincial": {mine}, "decider": {mine}, "environment": {mine}, "stranger": {far},
        "clerk": set(), "rival": set(), "far": set(), "reviewer": set(), "system": {mine, far},
    }  # fmt: skip
    for person, documents in seen.items():
        client = world.client(person)
        html = client.get("/documents/").content.decode()
        for document in (mine, far):
            there = document in documents
            assert (document.title in html) is there, person
            assert client.get(f"/documents/{document.pk}/").status_code == (200 if there else NOT_THERE), person
    Document.objects.filter(pk=far.pk).update(public=True)
    assert "示例外市规划" in world.client("clerk").get("/documents/").content.decode()
    assert Client().get("/documents/").status_code == 302


ADDRESSES = (
    "", "checks/", "export.json", "export.csv", "export.xlsx", "pack.zip", "file", "progress",
    "items/{item}/", "diff/{other}/",
)  # fmt: skip
POSTS = (
    "items/{item}/accept", "items/{item}/correct", "items/{item}/reject", "items/{item}/reopen", "items/{item}/split",
    "accept-many", "undo", "add", "merge", "carry-over", "withdraw", "again", "publish",
)  # fmt: skip


def test_what_is_out_of_reach_is_not_there_at_any_address(world: World, keep: Keep) -> None:
    document, other = keep(), keep(key="other")
    item = document.items.first()
    assert item is not None
    stranger, own = world.client("stranger"), keep(keeper="elsewhere", by="stranger", key="own")
    for path in (*ADDRESSES, *POSTS):
        address = f"/documents/{document.pk}/{path.format(item=item.pk, other=other.pk)}"
        answer = stranger.post(address, {"item_kind": "name", "quote": "2023", "kind": "statement", "at_least": "90"}) \
            if path in POSTS else stranger.get(address)  # fmt: skip
        assert answer.status_code == NOT_THERE, address
    assert stranger.get(f"/documents/{own.pk}/diff/{document.pk}/").status_code == NOT_THERE
    assert stranger.get(f"/documents/{own.pk}/checks/?with={document.pk}").status_code == NOT_THERE
    assert stranger.get(f"/documents/{own.pk}/items/{item.pk}/").status_code == NOT_THERE
    for act in ("accept", "reject"):
        crossed = f"/documents/{own.pk}/items/{item.pk}/{act}"
        assert stranger.post(crossed, {"version": 1, "reason": "x"}).status_code == NOT_THERE


def test_numbers_beyond_any_table_are_not_there(world: World, keep: Keep) -> None:
    document, client, huge = keep(), world.client("decider"), "9" * 30
    for address in (huge, f"{huge}/checks", f"{document.pk}/diff/{huge}", f"{document.pk}/items/{huge}"):
        assert client.get(f"/documents/{address}/").status_code == NOT_THERE, address
    assert client.post(f"/documents/{document.pk}/items/{huge}/accept", {"version": huge}).status_code == NOT_THERE
    assert client.post(f"/documents/{document.pk}/carry-over", {"from": huge}).status_code == NOT_THERE
    assert client.get(f"/documents/{document.pk}/checks/?with={huge}").status_code == 200


def test_who_may_look_but_not_decide_sees_why(world: World, keep: Keep) -> None:
    document = keep()
    item = document.items.filter(kind="statement").first()
    assert item is not None
    for person in ("environment", "minister", "provincial"):
        client = world.client(person)
        html = client.get(f"/documents/{document.pk}/?item={item.pk}").content.decode()
        panel = html[html.index('class="deciding"') :]
        accept = panel[panel.index('data-key="a"') - 200 : panel.index('data-key="a"') + 200]
        assert "disabled" in accept, person
        answer = client.post(f"/documents/{document.pk}/items/{item.pk}/accept", {"version": 1})
        assert answer.status_code == 403, person
        item.refresh_from_db()
        assert item.state == "open"


def test_handing_in(world: World, django_capture_on_commit_callbacks: Any) -> None:
    client = world.client("decider", "zh")
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent(client, ("示例规划.docx", word()), issued="2023-03-01", public="1")
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/documents/{document.pk}/")
    waiting = client.get(answer["Location"]).content.decode()
    assert "hx-get" in waiting
    tasks.read_documents.func([document.pk])
    document.refresh_from_db()
    assert (document.state, document.public, str(document.issued), document.format) == (
        "ready",
        True,
        "2023-03-01",
        "docx",
    )
    assert "180万吨" in client.get(answer["Location"]).content.decode()
    answer = sent(client, ("later.txt", LATER.encode()), edition_of=str(document.pk), title="示例第二版")
    later = Document.objects.latest("pk")
    assert (later.edition_of_id, later.title) == (document.pk, "示例第二版")


def test_several_files_and_what_is_wrong_with_some(world: World) -> None:
    client = world.client("decider")
    bad = ("示例<b>.txt", b"\x89PNG\r\n\x1a\n" + bytes(32))
    answer = sent(client, ("one.txt", PLAN.encode()), ("two.txt", LATER.encode()), bad, ("empty.txt", b""))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert Document.objects.count() == 2
    assert html.count("<li>") >= 2
    assert "示例&lt;b&gt;" in html
    assert "<b>.txt" not in html
    one = client.post(
        "/documents/", {"file": SimpleUploadedFile(*bad), "region": "panxi"}, headers={"accept": "application/json"}
    ).json()
    assert "problem" in one
    good = client.post(
        "/documents/", {"file": SimpleUploadedFile("three.txt", PLAN.encode()), "region": "panxi"},
        headers={"accept": "application/json"},
    ).json()  # fmt: skip
    assert good["url"] == f"/documents/{Document.objects.latest('pk').pk}/"


@pytest.mark.parametrize(
    "given", [{"region": "nowhere"}, {"issued": "soon"}, {"edition_of": "999999"}, {"region": ""}], ids=str
)
def test_a_form_that_is_wrong(world: World, given: dict[str, str]) -> None:
    answer = sent(world.client("decider"), ("one.txt", PLAN.encode()), **given)
    assert answer.status_code in (404, 422)
    assert not Document.objects.exists()


def test_no_file_and_no_right(world: World) -> None:
    assert world.client("decider").post("/documents/", {"region": "panxi"}).status_code == 422
    for person in ("clerk", "environment", "system"):
        client = world.client(person)
        html = client.get("/documents/").content.decode()
        upload = html[html.index("upload-form") : html.index("</form>", html.index("upload-form"))]
        assert upload.count("disabled") >= 3, person
        assert sent(client, ("one.txt", PLAN.encode())).status_code == 403, person
    assert not Document.objects.exists()


def test_filters_search_and_sorting(world: World, keep: Keep) -> None:
    for n in range(3):
        keep(key=f"k{n}", title=f"示例{'钢钛钒'[n]}规划", public=n == 2)
    keep(key="f", title="示例失败", state="failed", problem={})
    client = world.client("decider")

    def titles(query: str) -> list[str]:
        html = client.get(f"/documents/?{query}").content.decode()
        names = ("示例钢规划", "示例钛规划", "示例钒规划", "示例失败")
        body = html[html.index("<tbody") :] if "<tbody" in html else ""
        return sorted((n for n in names if n in body), key=body.index)

    assert titles("q=钛") == ["示例钛规划"]
    assert titles("state=failed") == ["示例失败"]
    assert titles("show=public") == ["示例钒规划"]
    assert len(titles("show=undecided")) == 4  # what could not be read has items here, too
    assert titles("sort=title") == list(reversed(titles("sort=-title")))
    assert titles("q=nothing") == []
    for query in ("page=0", "page=9999", "sort=drop", "state=%00", "show=x", "region=panxi"):
        assert client.get(f"/documents/?{query}").status_code == 200


def test_withdrawing_and_publishing(world: World, keep: Keep) -> None:
    document, client = keep(), world.client("decider")
    assert client.post(f"/documents/{document.pk}/withdraw", {"reason": ""}).status_code == 422
    assert client.post(f"/documents/{document.pk}/publish", {"public": "1"}).status_code == 302
    assert world.client("clerk").get(f"/documents/{document.pk}/").status_code == 200
    assert world.client("clerk").post(f"/documents/{document.pk}/withdraw", {"reason": "x"}).status_code == 403
    assert client.post(f"/documents/{document.pk}/withdraw", {"reason": "误存"}).status_code == 302
    assert client.get(f"/documents/{document.pk}/").status_code == NOT_THERE


def test_the_home_page_names_what_is_to_decide(world: World, keep: Keep) -> None:
    document = keep(title="示例待审规划")
    assert f"/documents/{document.pk}/" in world.client("decider").get("/").content.decode()
    assert "示例待审规划" not in world.client("environment").get("/").content.decode()


def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    world: World, keep: Keep, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        keep(key=f"k{n}")
    client = world.client("decider")
    client.get("/documents/")
    with django_assert_max_num_queries(14):
        client.get("/documents/")
