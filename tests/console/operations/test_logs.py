"""The log says which request, person and organisation, and never a secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_otp.plugins.otp_totp.models import TOTPDevice

from oreflow.console.middleware import Traced
from oreflow.console.operations import logs
from tests.console.world import PASSWORD, World

SECRET = "the-signing-key-of-this-installation"  # noqa: S105 - made up


@pytest.fixture(params=["plain", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the console's loggers write, at their most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.json_lines([SECRET]) if request.param == "json" else logs.PlainLines([SECRET]))
    handler.addFilter(logs.Told())
    loggers = [logging.getLogger(n) for n in ("oreflow", "django.request", "django.security", "axes", "django")]
    before = [(x, x.level, x.propagate, list(x.handlers)) for x in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.DEBUG)
    stream.form = request.param  # type: ignore[attr-defined]
    yield stream
    for logger, level, propagate, handlers in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


SECRETS = [
    ("Authorization: Bearer ofl_abcdef0123456789", "ofl_abcdef0123456789"),
    ("{'HTTP_AUTHORIZATION': 'Basic dXNlcjpwYXNz'}", "dXNlcjpwYXNz"),
    ("Cookie: oreflow_session=abcdef123; other=1", "abcdef123"),
    ("oreflow_csrf=zzzyyy111", "zzzyyy111"),
    ('{"password": "horse battery", "name": "clerk"}', "horse battery"),
    ("new_password1=hunter2hunter2&x=1", "hunter2hunter2"),
    ("otpauth://totp/Oreflow:clerk?secret=JBSWY3DP&issuer=Oreflow", "JBSWY3DP"),
    ("connecting to postgres://user:sesame@host/name", "sesame"),
    (f"key {SECRET}", SECRET),
    ("totp_secret: JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"),
]


@pytest.mark.parametrize(("line", "secret"), SECRETS, ids=[s for _, s in SECRETS])
def test_secrets_are_masked(written: io.StringIO, line: str, secret: str) -> None:
    logging.getLogger("oreflow.test").error("said: %s", line)
    try:
        int(line)
    except ValueError:
        logging.getLogger("oreflow.test").exception("failed")
    text = written.getvalue()
    assert text.count("said:") == 1
    assert logs.MASK in text
    assert secret not in text


def test_plain_words_stay() -> None:
    masked = logs.Masking([SECRET])
    for line in ("Token expired yesterday", "示例：密码已修改", "GET registers 200 12.5 ms, 4 queries", "a=1; b=2"):
        assert masked(line) == line


def test_lines_say_who(written: io.StringIO, world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.viewer = world.viewer("clerk")  # type: ignore[attr-defined]
        logging.getLogger("oreflow.test").warning("inside")
        return HttpResponse("")

    answer = Traced(view)(RequestFactory().get("/somewhere?token=abcdefghijkl"))
    number, user = answer.headers["X-Request-Id"], world.people["clerk"].pk
    line = next(x for x in written.getvalue().splitlines() if "inside" in x)
    if written.form == "json":  # type: ignore[attr-defined]
        said = json.loads(line)
        assert (said["request_id"], said["user_id"]) == (number, user)
        assert said["organisation_id"] == world.organisations["alpha"].pk
    else:
        assert f"[{number} {user} {world.organisations['alpha'].pk}]" in line
    assert "abcdefghijkl" not in written.getvalue()


def test_nothing_is_carried_into_the_next_request(written: io.StringIO) -> None:
    Traced(lambda _request: HttpResponse(""))(RequestFactory().get("/"))
    logging.getLogger("oreflow.test").warning("outside")
    line = written.getvalue().splitlines()[-1]
    said = json.loads(line)["request_id"] if written.form == "json" else line.split("[")[1][:2]  # type: ignore[attr-defined]
    assert said in ("", "  ")


def test_signing_in_leaves_no_secret_in_the_log(written: io.StringIO, world: World) -> None:
    clerk = world.people["clerk"]
    clerk.set_password(PASSWORD)
    clerk.save()
    device = TOTPDevice.objects.create(user=clerk, name="phone", confirmed=True)
    client = Client(raise_request_exception=False)
    client.post("/sign-in", {"username": "clerk", "password": "wrong-horse-5104"})
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    client.post("/sign-in/code", {"code": "123456"})
    client.get("/api/registers/products", headers={"authorization": "Bearer ofl_0123456789abcdef0123"})
    client.get(f"/absent?password={PASSWORD}")
    session = client.cookies["oreflow_session"].value if "oreflow_session" in client.cookies else "no-session-cookie"
    text = written.getvalue()
    assert "POST" in text
    for secret in (PASSWORD, "wrong-horse-5104", device.key, "ofl_0123456789abcdef0123", session):
        assert secret not in text, secret


def test_a_failing_page_carries_its_number(written: io.StringIO, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    from oreflow.console import views

    def fails(*_arguments: object, **_named: object) -> HttpResponse:
        raise RuntimeError(f"password={PASSWORD}")

    monkeypatch.setattr(views, "versions", fails)
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = client.get("/about")
    assert answer.status_code == 500
    number = answer.headers["X-Request-Id"]
    text = written.getvalue()
    assert number in text
    assert "RuntimeError" in text
    assert PASSWORD not in text
    assert number in answer.content.decode()
