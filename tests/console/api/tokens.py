"""Programs that call the data interface: tokens and their requests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from oreflow.console import clock
from oreflow.console.people.access import token_digest
from oreflow.console.people.account import SCOPES
from oreflow.console.people.models import ApiToken
from tests.console.world import World


def token(world: World, person: str, *scopes: str, organisation: Any = "first", **changes: Any) -> str:
    """A token of a person in its first organisation, with all scopes unless some are named."""
    raw = f"ofl_{person}_{ApiToken.objects.count():04d}".ljust(40, "x")
    viewer = world.viewer(person)
    ApiToken.objects.create(
        user=world.people[person],
        organisation=viewer.organisation if organisation == "first" else organisation,
        name="示例程序",
        prefix=raw[-12:-4] + f"{ApiToken.objects.count():04d}",
        digest=token_digest(raw),
        scopes=list(scopes or SCOPES),
        **{"created_at": clock.now(), "expires_at": clock.now() + timedelta(days=1), **changes},
    )
    return raw


class Program:
    """A client that sends JSON with a token."""

    def __init__(self, raw: str | None, language: str = "en") -> None:
        self.headers = {"accept-language": language}
        if raw is not None:
            self.headers["authorization"] = f"Bearer {raw}"
        self.client = Client(enforce_csrf_checks=True)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """One request."""
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/json" if body is not None else "application/octet-stream"
        sent = {**self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.client.generic(method, path, content, content_type=kind, headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """A reading request."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """A writing request."""
        return self.send("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """A changing request."""
        return self.send("PATCH", path, body, **headers)


def program(world: World, person: str, *scopes: str, language: str = "en") -> Program:
    """A program of a person."""
    return Program(token(world, person, *scopes), language)


def assert_problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The body of a problem, after its shape was checked."""
    assert response.status_code == status, response.content.decode()
    assert response.headers["Content-Type"] == "application/problem+json"
    said = json.loads(response.content)
    assert set(said) == {"type", "title", "status", "code", "detail", "message", "problems"}
    assert (said["status"], said["code"]) == (status, code)
    assert said["type"] == "about:blank" or said["type"] == f"/api/docs#problem-{code}"
    assert said["title"]
    for text in (said["message"], *said["problems"].values()):
        assert set(text) == {"zh", "en"}
        assert text["zh"]
        assert text["en"]
        assert text["zh"] != text["en"]
    assert said["detail"] in said["message"].values()
    return said
