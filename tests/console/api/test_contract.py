"""Made-up requests to every address, as nobody, as a clerk's program, as a decider's browser: each answer as described.

OREFLOW_SEED chooses other requests; what failed is printed with the seed and the request.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from oreflow.console.wsgi import application
from tests.console.world import World, make_world

from .tokens import token

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("OREFLOW_SEED") or 5104)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
HOST = {"Host": "127.0.0.1"}
SECRET = "c" * 32
FEW = 25  # ids and versions are drawn from so few that many of them exist

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=HOST)
drawn = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=HOST)
drawn.config.phases.coverage.enabled = False  # the bounds of every parameter are tried in the full run


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all; each test takes back what it wrote. Requests leave the connection open, as Django's client."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def ground(standing: World, db: None) -> World:
    """The world, as it was."""
    return standing


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Ids that may exist, in place of any of 2^63."""
    for name, value in (path_parameters or {}).items():
        if isinstance(value, int) and not isinstance(value, bool) and value > FEW:
            path_parameters[name] = value % FEW + 1
    return path_parameters


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """The first version, which most records have."""
    if isinstance(body, dict) and type(body.get("version")) is int and body["version"] > 2:
        body["version"] = body["version"] % 2 + 1
    return body


def answered(case: schemathesis.Case, headers: dict[str, str]) -> None:
    case.headers.pop("Authorization", None)
    case.cookies.clear()
    response = case.call(headers={**HOST, **headers})
    try:
        case.validate_response(response, checks=CHECKS)
    except BaseException as error:
        error.add_note(f"OREFLOW_SEED={SEED}")
        raise


def bounded(examples: int) -> Any:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.explicit, Phase.generate], print_blob=False,
    )  # fmt: skip


@drawn.parametrize()
@bounded(1)
@seed(SEED)
def test_nobody(case: schemathesis.Case, ground: World) -> None:
    answered(case, {})


@drawn.parametrize()
@bounded(4)
@seed(SEED)
def test_a_clerk_s_program(case: schemathesis.Case, ground: World) -> None:
    answered(case, {"Authorization": f"Bearer {token(ground, 'clerk')}"})


@drawn.parametrize()
@bounded(4)
@seed(SEED)
def test_a_decider_s_browser(case: schemathesis.Case, ground: World) -> None:
    session = ground.client("decider").cookies[django_settings.SESSION_COOKIE_NAME].value
    cookies = f"{django_settings.SESSION_COOKIE_NAME}={session}; {django_settings.CSRF_COOKIE_NAME}={SECRET}"
    answered(case, {"Cookie": cookies, "X-CSRFToken": SECRET, "Origin": "http://127.0.0.1"})


@pytest.mark.slow
@schema.parametrize()
@bounded(3)
@seed(SEED)
def test_the_bounds_of_every_parameter(case: schemathesis.Case, ground: World) -> None:
    answered(case, {"Authorization": f"Bearer {token(ground, 'alpha-admin')}"})
