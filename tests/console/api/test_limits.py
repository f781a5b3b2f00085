"""Rates: a bucket per caller, bounded memory, headers, and a problem that says when to come back."""

from __future__ import annotations

import pytest
from django.test import override_settings

from oreflow.console.api_ground import limits
from oreflow.console.api_ground.limits import Buckets
from oreflow.console.refusals import TooMany
from tests.console.world import World

from .tokens import Program, assert_problem, program


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture(autouse=True)
def own_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oreflow.console.api_ground.signing_in.BUCKETS", Buckets())


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Hand()
    buckets = Buckets(clock)
    assert [buckets.take("a", 60).remaining for _ in range(60)] == list(range(59, -1, -1))
    with pytest.raises(TooMany) as error:
        buckets.take("a", 60)
    assert error.value.seconds == 1
    assert buckets.take("b", 60).remaining == 59
    clock.at += 2.5
    assert buckets.take("a", 60).remaining == 1
    clock.at += 1e6
    assert buckets.take("a", 60) == limits.Allowance(60, 59, 1)


def test_memory_is_bounded() -> None:
    buckets = Buckets(Hand(), most=100)
    for caller in range(1000):
        buckets.take(str(caller), 60)
    assert len(buckets) == 100


def test_over_the_limit_says_when_to_come_back(world: World) -> None:
    clerk, rival = program(world, "clerk"), program(world, "rival")
    with override_settings(OREFLOW_RATE_LIMIT=3):
        answers = [clerk.get("/api/registers/equipment") for _ in range(4)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429]
        assert [a.headers.get("RateLimit-Remaining") for a in answers[:3]] == ["2", "1", "0"]
        assert answers[0].headers["RateLimit-Limit"] == "3"
        assert_problem(answers[3], 429, "too-many")
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
        assert rival.get("/api/registers/equipment").status_code == 200
        anonymous = Program(None)
        assert [anonymous.get("/api/regions").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_guessing_tokens_is_limited_by_address(world: World) -> None:
    with override_settings(OREFLOW_RATE_LIMIT=3):
        answers = [Program(f"ofl_guess{n}").get("/api/registers").status_code for n in range(5)]
    assert answers == [401, 401, 401, 429, 429]


def test_no_limit_where_it_is_switched_off(world: World) -> None:
    response = program(world, "clerk").get("/api/registers/equipment")
    assert "RateLimit-Limit" not in response.headers
