"""Every page in both languages, complete, and in that language alone."""

from __future__ import annotations

import errno
import re

import pytest
from django.db import OperationalError
from django.test import Client

from oreflow.core.region import Region

from .paths import ALL, HOME, PAGES, words_of

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# the language switch and an example of a search name Chinese words on purpose
MEANT = ("中文", "钒渣")


@pytest.mark.parametrize("path", ALL)
def test_page_answers_in_both_languages(path: str, reader: Client) -> None:
    response = reader.get(path)
    assert response.status_code == 200
    text = response.content.decode()
    assert f'<html lang="{"zh-Hans" if reader.language == "zh" else "en"}"' in text
    assert text.count("<h1") == 1
    assert "⟦" not in text


@pytest.mark.parametrize("path", ALL)
def test_english_pages_hold_chinese_only_as_quotation(path: str, en: Client) -> None:
    said = words_of(en.get(path).content, but="zh-Hans")
    for meant in MEANT:
        said = said.replace(meant, "")
    assert not CHINESE.findall(said)


@pytest.mark.parametrize("path", ALL)
def test_chinese_pages_hold_no_english_sentence_of_ours(path: str, zh: Client, english_sentences: list[str]) -> None:
    said = words_of(zh.get(path).content, but="en")
    assert [s for s in english_sentences if s in said] == []


@pytest.fixture(scope="module")
def english_sentences() -> list[str]:
    from oreflow.console.messages import found_messages

    messages = {m if isinstance(m, str) else m[0] for _, _, m, _ in found_messages()}
    return sorted(m for m in messages if m.count(" ") >= 2 and "%" not in m)


def test_footer_prints_edition_and_hash(region: Region, reader: Client) -> None:
    short = region.hash.rpartition(":")[2][:12]
    for page in PAGES:
        text = reader.get(f"{HOME}{page}").content.decode()
        assert short in text
        assert region.edition in text


def test_home_leads_to_the_first_page(en: Client) -> None:
    assert en.get("/").headers["Location"] == HOME


@pytest.mark.parametrize(
    "path",
    [
        "/nope", "/r/atlantis/", "/r/panxi/targets/nope", "/r/panxi/origin/figure/nope", "/r/panxi/origin/answer/nope",
        "/r/panxi/origin/balance/nope", "/r/panxi/origin/burden/nope", "/r/panxi/chain?group=nope",
        "/r/panxi/chain?year=1066", "/r/panxi/checks/nope", "/r/panxi/source/nope", "/r/panxi/library/materials/nope",
        "/r/panxi/answer.pdf", "/r/panxi/targets?format=exe",
    ],
)  # fmt: skip
def test_what_is_not_there_answers_404_with_a_way_out(path: str, reader: Client) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    assert ("回到首页" if reader.language == "zh" else "To the first page") in response.content.decode()


def test_unknown_host_is_refused(en: Client) -> None:
    response = en.get("/help", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "This request cannot be read" in response.content.decode()


def _failing(of: Region) -> None:
    raise ValueError(of.id)


def test_failure_has_its_own_page(en: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from oreflow.console.regions.views import registers

    monkeypatch.setattr(registers.access, "findings", _failing)
    en.raise_request_exception = False
    response = en.get("/r/panxi/checks")
    assert response.status_code == 500
    assert "The console failed on this page" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("server closed the connection unexpectedly"), "The database is busy"),
        (OperationalError("database or disk is full"), "The storage is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "存储空间已满"),
    ],
)
def test_a_database_that_does_not_answer_is_said(
    en: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    """The page asks the database nothing: it would not answer either."""
    from oreflow.console.regions.views import registers

    def fails(_of: Region) -> None:
        raise error

    monkeypatch.setattr(registers.access, "findings", fails)
    en.raise_request_exception = False
    response = en.get("/r/panxi/checks")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert said in response.content.decode()


def test_what_the_engines_cannot_answer_is_said(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from oreflow.console.regions.views import chain
    from oreflow.core.chain import NoBalance
    from oreflow.core.provenance import Text

    def refuse(*asked: object) -> None:
        raise NoBalance(Text("没有一致的平衡。", "No consistent balance."))

    monkeypatch.setattr(chain.access, "requirements", refuse)
    response = reader.get("/r/panxi/chain")
    assert response.status_code == 422
    assert ("没有一致的平衡。" if reader.language == "zh" else "No consistent balance.") in response.content.decode()


def test_pages_read_only(en: Client) -> None:
    for path in ("/r/panxi/", "/r/panxi/targets", "/help"):
        assert en.post(path).status_code in (403, 405)


def test_language_switch_keeps_the_page(en: Client) -> None:
    path = "/r/panxi/targets?form=floor&sort=-year"
    response = en.post("/preferences", {"language": "zh-hans", "next": path})
    assert response.headers["Location"] == path
    assert 'lang="zh-Hans"' in en.get(path).content.decode()[:60]


def test_unit_switch_wins_over_the_address_and_keeps_the_rest(en: Client) -> None:
    response = en.post("/preferences", {"unit": "unit", "next": "/r/panxi/targets?unit=wan&form=cap"})
    assert response.headers["Location"] == "/r/panxi/targets?form=cap"
    assert "32,000,000 t" in en.get(response.headers["Location"]).content.decode()
    assert "32,000 kt" in en.get("/r/panxi/targets?form=cap&unit=wan").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_switch_never_leads_elsewhere(elsewhere: str, en: Client) -> None:
    assert en.post("/preferences", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_switch_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/preferences", {"language": "en", "next": "/"}).status_code == 403


def test_panel_gets_the_content_without_the_frame(en: Client) -> None:
    page = en.get("/r/panxi/origin/answer/acid", headers={"hx-request": "true", "hx-target": "panel-body"})
    assert "<html" not in page.content.decode()
    assert "<h1>" in page.content.decode()
    assert "HX-Target" in page.headers["Vary"]


def test_search_finds_in_both_languages_and_by_id(region: Region, en: Client) -> None:
    for words in ("titania", "钛白粉", "tio2_sulfate", "海绵钛 2020"):
        assert "data-panel" in en.get("/r/panxi/search", {"q": words}).content.decode(), words
    assert "Nothing found" in en.get("/r/panxi/search", {"q": "zzzz"}).content.decode()
