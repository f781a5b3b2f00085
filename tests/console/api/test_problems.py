"""Every kind of error is a problem of one shape, in both languages; nothing a caller sends ends in a 500."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory
from ninja.errors import AuthenticationError, HttpError

from oreflow.console.api import api
from oreflow.console.api_ground import ApiError, places
from oreflow.console.errors import PortTaken
from oreflow.console.refusals import Invalid, Refused, Stale, TooMany
from oreflow.core.provenance import Text
from oreflow.core.workflow import BadProcedure, MissingReason, NotAllowed, StepNotOpen, UnknownStep, WorkflowError
from tests.console.world import World

from .tokens import Program, assert_problem, program

SAID = Text("示例", "an example")
EQUIPMENT = "/api/registers/equipment"
KINDS: tuple[tuple[Exception, int, str], ...] = (
    (Refused(SAID), 403, "refused"),
    (Invalid({"name": SAID, "": SAID}), 422, "invalid"),
    (Stale(1, 2), 409, "stale"),
    (TooMany(7), 429, "too-many"),
    (PortTaken("127.0.0.1", 1), 422, "console.port-taken"),
    (Http404(), 404, "not-found"),
    (PermissionDenied(), 404, "not-found"),
    (ApiError(422, "cursor", SAID, {"cursor": SAID}), 422, "cursor"),
    (AuthenticationError(), 401, "unauthenticated"),
    (HttpError(400, "rubbish"), 400, "http.400"),
    (HttpError(418, "rubbish"), 418, "http.418"),
    (RequestDataTooBig("x"), 413, "too-large"),
    (SuspiciousOperation("x"), 400, "body"),
    (BadRequest("x"), 400, "body"),
    (OperationalError("database is locked"), 503, "busy"),
    (NotAllowed(SAID), 403, "workflow.role"),
    (UnknownStep(SAID), 422, "workflow.step"),
    (MissingReason(SAID, "agrees"), 422, "workflow.reason"),
    (StepNotOpen(SAID), 409, "workflow.not-open"),
    (BadProcedure(SAID), 500, "workflow.procedure"),
    (WorkflowError(SAID), 409, "workflow"),
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("error", "status", "code"), KINDS, ids=[type(k[0]).__name__ + k[2] for k in KINDS])
def test_each_kind_of_error(
    error: Exception, status: int, code: str, language: str, rf: RequestFactory, settings: object
) -> None:
    from django.utils import translation

    with translation.override(language):
        response = api.on_exception(rf.get("/"), error)
    said = assert_problem(response, status, code)
    assert said["detail"] == said["message"]["zh" if language == "zh-hans" else "en"]
    if isinstance(error, Invalid):
        assert said["problems"] == {"name": {"zh": "示例", "en": "an example"}, "": {"zh": "示例", "en": "an example"}}
    if isinstance(error, MissingReason):
        assert set(said["problems"]) == {"agrees"}
    assert ("Retry-After" in response.headers) == (status in (429, 503))


def test_what_is_unknown_stays_a_failure(rf: RequestFactory) -> None:
    with pytest.raises(ZeroDivisionError):
        api.on_exception(rf.get("/"), ZeroDivisionError())


@pytest.mark.parametrize(("language", "key"), [("zh-CN", "zh"), ("en", "en")])
def test_the_reader_gets_its_language(world: World, language: str, key: str) -> None:
    said = assert_problem(Program(None, language).get(EQUIPMENT), 401, "unauthenticated")
    assert said["detail"] == said["message"][key]
    assert said["title"] == {"zh": "尚未登录", "en": "Not signed in"}[key]


BODIES: dict[str, tuple[bytes, int, str]] = {
    "no json": (b"{", 400, "body"),
    "no text": (b"\xff\xfe\x00", 400, "body"),
    "deep": (b"[" * 40 + b"]" * 40, 400, "body"),
    "deepest": (b"[" * 100_000 + b"]" * 100_000, 400, "body"),
    "repeated name": (b'{"name": "a", "name": "b"}', 400, "body"),
    "infinite": (b'{"size": Infinity}', 400, "body"),
    "zero character": (b'{"name": "a\\u0000b"}', 400, "body"),
    "half a pair": (b'{"name": "\\ud800"}', 400, "body"),
    "half a pair in a name": (b'{"\\ud800": 1}', 400, "body"),
    "huge number": (b'{"organisation": ' + b"9" * 5000 + b"}", 400, "body"),
    "large number": (b'{"organisation": ' + b"9" * 30 + b"}", 422, "parameters"),
    "a list": (b"[1]", 422, "parameters"),
    "null": (b"null", 422, "parameters"),
    "nothing": (b"", 422, "parameters"),
    "large": (b'{"name": "' + b"a" * 1_100_000 + b'"}', 413, "too-large"),
}


@pytest.mark.parametrize("body", BODIES)
def test_bodies_that_cannot_be_read(world: World, body: str) -> None:
    content, status, code = BODIES[body]
    assert_problem(program(world, "clerk").post(EQUIPMENT, content), status, code)


def test_each_field_is_named(world: World) -> None:
    given = {
        "number": 5,
        "name": "x" * 10_001,
        "status": "gone",
        "commissioned": "spring",
        "size": 1.5,
        "colour": "red",
    }
    said = assert_problem(program(world, "clerk").post(EQUIPMENT, given), 422, "parameters")
    assert set(said["problems"]) == {"number", "name", "type", "status", "commissioned", "size", "colour"}
    assert said["problems"]["colour"] == {"zh": "没有这个字段", "en": "there is no such field"}
    assert "operating" in said["problems"]["status"]["zh"]


def test_what_the_register_refuses_is_named_by_field(world: World) -> None:
    given = {"number": "E-1", "name": "x", "type": "no-such-type", "size": "1.23456"}
    said = assert_problem(program(world, "clerk").post(EQUIPMENT, given), 422, "invalid")
    assert set(said["problems"]) == {"type", "size"}


def test_a_query_longer_than_any_is_a_problem(world: World) -> None:
    assert_problem(program(world, "clerk").get(f"{EQUIPMENT}?q={'x' * 9_000}"), 400, "http.400")


def test_queries_that_cannot_be_read(world: World) -> None:
    clerk = program(world, "clerk")
    for query in ("q=a%00b", "limit=0", "limit=501", "sort=maker", "as_of=soon", "colour=red", "organisation=0",
                  "area_code=51", "cursor=x", "organisation=99999999999999999999"):  # fmt: skip
        response = clerk.get(f"{EQUIPMENT}?{query}")
        assert response.status_code in (400, 422), query
        assert_problem(response, response.status_code, response.json()["code"])


def test_forms_are_no_json(world: World) -> None:
    clerk = program(world, "clerk")
    sent = clerk.client.post(EQUIPMENT, {"name": "x"}, headers=clerk.headers)
    assert_problem(sent, 415, "media-type")
    record = world.records["alpha-equipment"]
    assert_problem(clerk.post(f"{EQUIPMENT}/{record.pk}/attachments", {"note": "x"}), 415, "media-type")


def test_other_methods_and_addresses(world: World) -> None:
    clerk = program(world, "clerk")
    response = clerk.send("DELETE", EQUIPMENT)
    assert_problem(response, 405, "http.405")
    assert response.headers["Allow"] == "GET, POST"
    assert_problem(clerk.get("/api/registers/equipment/0"), 422, "parameters")
    assert_problem(clerk.get(f"/api/registers/equipment/{2**63}"), 422, "parameters")
    assert_problem(clerk.get("/api/registers/spaceships"), 404, "not-found")


def test_kinds_of_findings_have_words() -> None:
    missing: Callable[[str], dict[str, Text]] = lambda kind: places.problems_of(  # noqa: E731
        [{"type": kind, "loc": ("query", "x"), "ctx": {"ge": 1}}]
    )
    assert missing("greater_than_equal") == {"x": Text("不得小于 1", "it must be 1 or more")}
    assert missing("never_heard_of")["x"].en == "the value is not accepted (never_heard_of)"
    assert missing("string_too_long")["x"].en == "the value is not accepted (string_too_long)"
