"""`oreflow user`: accounts from the machine's own command line."""

from __future__ import annotations

import json

import pytest

from oreflow.cli import people
from oreflow.cli.output import Exit, forget_language
from oreflow.console.people.models import SecurityEvent, User

from ..world import World


def _run(*arguments: str) -> int:
    forget_language()
    return int(people.app(args=list(arguments), standalone_mode=False) or 0)


def test_the_first_administrator(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("list", "--lang", "en", "--json") == Exit.FINE
    assert json.loads(capsys.readouterr().out) == []
    assert _run("add", "x", "--organisation", "示例", "--role", "clerk", "--lang", "en") == Exit.BAD_INPUT
    assert "oreflow user administrator" in capsys.readouterr().err
    assert _run("administrator", "chief", "--draw", "--lang", "en") == Exit.FINE
    password = capsys.readouterr().out.split()[-1]
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.must_change_password) == ("chief", True, True)
    assert user.check_password(password)
    assert _run("administrator", "chief", "--draw", "--lang", "zh") == Exit.BAD_INPUT
    assert "用户名已被使用" in capsys.readouterr().err
    assert SecurityEvent.objects.get().detail == {"roles": ["system"]}


def test_a_typed_password_follows_the_rules(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people.typer, "prompt", lambda *_a, **_k: "short")
    assert _run("administrator", "chief", "--lang", "en") == Exit.BAD_INPUT
    assert "12 characters" in capsys.readouterr().err
    monkeypatch.setattr(people.typer, "prompt", lambda *_a, **_k: "a-brand-new-secret-77")
    assert _run("administrator", "chief", "--lang", "en") == Exit.FINE
    assert "a-brand-new-secret-77" not in capsys.readouterr().out
    assert not User.objects.get().must_change_password


def test_adding_resetting_deactivating(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = world.organisations["alpha"].uscc or ""
    added = _run("add", "newcomer", "--organisation", code, "--role", "clerk", "--role", "viewer", "--lang", "en")
    assert added == Exit.FINE
    first = capsys.readouterr().out.split()[-1]
    assert User.objects.get(username="newcomer").check_password(first)
    assert _run("reset-password", "newcomer", "--lang", "en") == Exit.FINE
    second = capsys.readouterr().out.split()[-1]
    assert second != first
    assert User.objects.get(username="newcomer").check_password(second)
    assert _run("deactivate", "newcomer", "--reason", "离职", "--lang", "en") == Exit.FINE
    assert not User.objects.get(username="newcomer").is_active
    capsys.readouterr()
    assert _run("list", "--json") == Exit.FINE
    listed = {row["username"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed["newcomer"]["active"] is False
    assert listed["newcomer"]["roles"] == ["clerk 示例钒钛冶炼厂", "viewer 示例钒钛冶炼厂"]
    assert listed["system"]["roles"] == ["system"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("reset-password", "nobody-there"),
        ("deactivate", "system", "--reason", "x"),
        ("deactivate", "alpha-admin", "--reason", "x"),
        ("deactivate", "clerk", "--reason", " "),
        ("add", "x1", "--organisation", "no such", "--role", "clerk"),
        ("add", "x1", "--organisation", "示例矿业公司", "--role", "king"),
    ],
)
def test_what_cannot_be_is_said(world: World, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    for language in ("zh", "en"):
        assert _run(*arguments, "--lang", language) == Exit.BAD_INPUT
        assert capsys.readouterr().err.strip()
    assert not User.objects.filter(username="x1").exists()
