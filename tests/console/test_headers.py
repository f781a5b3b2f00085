"""Strict headers on every answer, and nothing on a page that they would forbid."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oreflow.console.middleware import CONTENT_SECURITY_POLICY

from .paths import ALL

EVERYWHERE = (*ALL, "/", "/nope", "/api/regions", "/api/nope", "/static/console/console.css", "/static/nope.css")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_headers(path: str, en: Client) -> None:
    response = en.get(path)
    response.close()
    headers = response.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    for loose in ("unsafe", "http:", "https:", "*"):
        assert loose not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ALL)
def test_pages_hold_no_inline_script_style_or_outside_address(path: str, en: Client) -> None:
    text = en.get(path).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)
    loaded = re.findall(r'(?:src|<link[^>]*href|<use href)="([^"]+)"', text)
    assert loaded
    assert all(where.startswith("/static/") for where in loaded)


def test_settings_are_safe_by_default() -> None:
    from oreflow.console import settings

    assert settings.DEBUG is False
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.DATABASES["default"]["ENGINE"].rpartition(".")[2] in ("sqlite3", "postgresql")
    assert len(settings.SECRET_KEY) >= 50
    assert settings.ALLOWED_HOSTS[:3] == ["127.0.0.1", "localhost", "[::1]"]


def test_cookies_are_kept_from_scripts(en: Client) -> None:
    response = en.post("/preferences", {"language": "zh-hans", "unit": "unit", "next": "/"})
    for name in ("oreflow_language", "oreflow_unit"):
        assert response.cookies[name]["httponly"]
        assert response.cookies[name]["samesite"] == "Lax"
    assert en.get("/help").cookies["oreflow_csrf"]["httponly"]
