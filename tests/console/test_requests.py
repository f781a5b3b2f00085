"""Requests as others may send them: HEAD, long queries, many lines, foreign addresses, cookies."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from oreflow.console.exports import _harmless
from oreflow.console.regions.texts import ranges


@pytest.mark.parametrize("path", ["/r/panxi/", "/api/regions", "/r/panxi/targets"])
def test_head_is_get_without_a_body(path: str) -> None:
    client = Client()
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_long_queries_are_refused() -> None:
    response = Client().get("/r/panxi/targets", {"q": "a+" * 8000})
    assert response.status_code == 400
    assert len(response.content) < 100_000


@pytest.mark.timing
def test_many_lines_cost_nothing() -> None:
    start = time.perf_counter()
    assert ranges("1," * 100_000 + "1") == ()
    assert ranges("7,5-6,6,100-90") == ((5, 7), (90, 100))
    assert time.perf_counter() - start < 0.2


@pytest.mark.parametrize(
    "back", ["//evil.example/x", "http://testserver//evil.example/x", "////evil.example", "\\\\evil.example"]
)
def test_the_switch_stays_here(back: str) -> None:
    response = Client().post("/preferences", {"language": "en", "next": back})
    assert response.status_code == 302
    assert not response.headers["Location"].startswith(("//", "\\", "http"))


def test_answers_differ_by_cookie() -> None:
    response = Client().get("/r/panxi/answer", {"year": "2025"})
    assert "Cookie" in response.headers["Vary"]
    assert "private" in Client().get("/r/panxi/").headers["Cache-Control"]


@pytest.mark.parametrize("text", ["=1+1", "\n=1+1", " =1", "＝1+1", "@x", "-x", "\tx"])
def test_formulas_are_defused(text: str) -> None:
    assert str(_harmless(text)).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.5", "钛渣", "a=b"])
def test_plain_text_stays(text: str) -> None:
    assert _harmless(text) == text
