"""Signing in: password, pauses, second factor, sessions that cannot be planted, addresses that stay here."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import hashers
from django.test import Client, override_settings
from django.utils import timezone

from oreflow.console import clock
from oreflow.console.people import account, events, lockout
from oreflow.console.people.models import OpenSession, SecurityEvent, User

from ..world import NOW, PASSWORD, World
from .conftest import code_of, enter, factor_of, signed_in, wrong_of

WRONG = "not-the-password-at-all"


def test_a_right_password_lets_in_and_leaves_an_entry(entrants: World, en: Client) -> None:
    response = enter(en, "clerk", next="/account/sessions")
    assert response.status_code == 302
    assert response["Location"] == "/account/sessions"
    assert signed_in(en)
    entry = SecurityEvent.objects.get(act="signed-in")
    assert (entry.subject.username, entry.address, entry.at) == ("clerk", "127.0.0.1", NOW)
    assert entry.organisation == entrants.organisations["alpha"]
    assert OpenSession.objects.get().user == entrants.people["clerk"]


def test_signing_out_needs_a_post_and_ends_the_session(entrants: World, en: Client) -> None:
    enter(en, "clerk")
    assert en.get("/sign-out").status_code == 405
    assert signed_in(en)
    assert en.post("/sign-out")["Location"] == "/sign-in"
    assert not signed_in(en)
    assert not OpenSession.objects.exists()


@pytest.mark.parametrize(
    ("name", "password"), [("clerk", WRONG), ("no-such-person", WRONG), ("nul\0", "\0"), ("x" * 500, WRONG), ("", "")]
)
def test_wrong_and_unknown_get_the_same_answer(entrants: World, reader: Client, name: str, password: str) -> None:
    response = enter(reader, name, password)
    assert response.status_code == 422
    said = {"zh": "用户名或密码", "en": "User name or password is wrong"}
    if reader.language == "en":  # type: ignore[attr-defined]
        assert said["en"] in response.content.decode()
    assert not signed_in(reader)


def test_unknown_and_wrong_names_cost_the_same_work(
    entrants: World, en: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda *a, **k: (done.append("hash"), encode(*a, **k))[1])
    counts = []
    for name in ("clerk", "no-such-person"):
        done.clear()
        enter(en, name, WRONG)
        counts.append(len(done))
    assert counts == [1, 1]


def test_an_inactive_account_is_answered_like_a_wrong_password(entrants: World, en: Client) -> None:
    User.objects.filter(username="clerk").update(is_active=False)
    assert enter(en, "clerk").status_code == 422
    assert not signed_in(en)


def test_sign_in_pauses_after_five_failures_and_opens_by_itself(entrants: World, reader: Client) -> None:
    for _ in range(4):
        assert enter(reader, "clerk", WRONG).status_code == 422
    paused = enter(reader, "clerk", WRONG)
    assert paused.status_code == 429
    assert int(paused["Retry-After"]) >= 1
    assert enter(reader, "clerk").status_code == 429  # the right password does not help now
    assert not signed_in(reader)
    assert enter(reader, "looker").status_code == 302  # others at the same address go on
    before = AccessAttempt.objects.get(username="clerk").attempt_time
    enter(reader, "clerk", WRONG)
    assert AccessAttempt.objects.get(username="clerk").attempt_time == before  # trying does not make it longer
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME, seconds=1))
    reader.post("/sign-out")
    assert enter(reader, "clerk").status_code == 302
    assert SecurityEvent.objects.filter(act="sign-in-failed").count() == 5
    assert SecurityEvent.objects.filter(act="locked-out").count() == 1


def test_the_pause_page_says_when_to_try_again(entrants: World, reader: Client) -> None:
    for _ in range(5):
        response = enter(reader, "clerk", WRONG)
    with clock.at(timezone.now()):
        response = enter(reader, "clerk", WRONG)
    again = AccessAttempt.objects.get().attempt_time + timedelta(hours=settings.AXES_COOLOFF_TIME)
    assert timezone.localtime(again).strftime("%H:%M") in response.content.decode()


def _many(name: str, address: str, count: int) -> None:
    AccessAttempt.objects.create(
        username=name, ip_address=address, user_agent="", failures_since_start=count, attempt_time=timezone.now()
    )


def test_failures_from_everywhere_pause_a_name_but_not_where_its_owner_signs_in(entrants: World) -> None:
    home, strange = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="198.51.100.9")
    with clock.at(timezone.now()):
        assert enter(home, "clerk").status_code == 302
        home.post("/sign-out")
        for number in range(8):
            _many("clerk", f"203.0.113.{number}", 4)
        assert enter(strange, "clerk").status_code == 429
        assert enter(strange, "looker").status_code == 302
        assert enter(home, "clerk").status_code == 302


def test_many_names_from_one_address_pause_the_address(entrants: World) -> None:
    for number in range(lockout.ADDRESS_LIMIT // 4):
        _many(f"guess-{number}", "198.51.100.9", 4)
    assert enter(Client(REMOTE_ADDR="198.51.100.9"), "clerk").status_code == 429
    assert enter(Client(REMOTE_ADDR="192.0.2.7"), "clerk").status_code == 302


def test_the_data_interface_gets_a_problem_document(rf: object, db: None) -> None:
    from oreflow.console.people.views import locked_out

    request = rf.post("/api/anything")  # type: ignore[attr-defined]
    response = locked_out(request, None, {"username": "clerk"})
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert b'"code": "locked-out"' in response.content


def test_the_second_factor_is_asked_for_and_a_code_holds_once(entrants: World, en: Client) -> None:
    device = factor_of(entrants.people["decider"])
    response = enter(en, "decider", next="/account/sessions")
    assert response["Location"] == "/sign-in/code"
    assert not signed_in(en)
    assert en.post("/sign-in/code", {"code": wrong_of(device)}).status_code == 422
    device.refresh_from_db()
    device.throttle_reset()
    code = code_of(device)
    assert en.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]}"})["Location"] == "/account/sessions"
    assert signed_in(en)
    other = Client()
    enter(other, "decider")
    assert other.post("/sign-in/code", {"code": code}).status_code == 422  # seen over the shoulder, used again
    assert not signed_in(other)


@pytest.mark.parametrize("code", ["", "abc", "１２３４５６", "9" * 60, "\0", "-00001", "1e5"])
def test_no_nonsense_passes_for_a_code(entrants: World, en: Client, code: str) -> None:
    factor_of(entrants.people["decider"])
    enter(en, "decider")
    assert en.post("/sign-in/code", {"code": code}).status_code == 422
    assert not signed_in(en)


def test_wrong_codes_pause_sign_in_too(entrants: World, en: Client) -> None:
    device = factor_of(entrants.people["decider"])
    enter(en, "decider")
    statuses = []
    for _ in range(5):
        statuses.append(en.post("/sign-in/code", {"code": wrong_of(device)}).status_code)
        device.refresh_from_db()
        device.throttle_reset()
    assert statuses == [422, 422, 422, 422, 429]
    assert en.post("/sign-in/code", {"code": code_of(device)}).status_code == 429
    assert not signed_in(en)


def test_a_recovery_code_opens_once(entrants: World, en: Client) -> None:
    user = entrants.people["decider"]
    device = factor_of(user)
    device.confirmed = False
    device.save()
    codes = account.confirm_factor(user, code_of(device))
    assert len(set(codes)) == account.RECOVERY_CODES
    enter(en, "decider")
    assert en.post("/sign-in/code", {"code": codes[3].upper()}).status_code == 302
    assert signed_in(en)
    again = Client()
    enter(again, "decider")
    assert again.post("/sign-in/code", {"code": codes[3]}).status_code == 422
    assert not signed_in(again)
    assert account.codes_left(user) == account.RECOVERY_CODES - 1
    assert SecurityEvent.objects.filter(act="recovery-code-used", subject=user).count() == 1


def test_the_code_page_needs_a_fresh_password(entrants: World, en: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert en.get("/sign-in/code")["Location"] == "/sign-in"
    user = entrants.people["decider"]
    device = factor_of(user)
    enter(en, "decider")
    user.set_password("another-good-password-5104")
    user.save()
    assert en.post("/sign-in/code", {"code": code_of(device)})["Location"] == "/sign-in"
    enter(en, "decider", "another-good-password-5104")
    from oreflow.console.people.views import sign_in

    monkeypatch.setattr(sign_in, "PENDING_FOR", -1)
    assert en.post("/sign-in/code", {"code": code_of(device)})["Location"] == "/sign-in"
    assert not signed_in(en)


def test_the_session_gets_a_new_key(entrants: World, en: Client) -> None:
    session = en.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    en.cookies[settings.SESSION_COOKIE_NAME] = planted
    enter(en, "clerk")
    assert en.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not signed_in(thief)


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "https:///evil.example",
        "//evil.example\\@testserver/",
        "http://testserver@evil.example/",
        "http://[",
        "/" + "x" * 600,
        "evil.example",
        "http://testserver/account/",
        "/sign-out",
        "/sign-in",
        "%2F%2Fevil.example",
        " //evil.example",
        "data:text/html,x",
    ],
)
def test_after_sign_in_nobody_is_sent_elsewhere(entrants: World, en: Client, wish: str) -> None:
    assert enter(en, "clerk", next=wish)["Location"] == "/"
    page = Client().get("/sign-in", {"next": wish}).content.decode()
    assert 'name="next" value="/"' in page


def test_pages_send_strangers_to_sign_in_and_back(db: None, en: Client) -> None:
    assert en.get("/account/sessions?x=1")["Location"] == "/sign-in?next=%2Faccount%2Fsessions%3Fx%3D1"
    assert en.post("/account/acting")["Location"] == "/sign-in"
    part = en.get("/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=a"})
    assert part.status_code == 204
    assert part["HX-Redirect"] == "/sign-in?next=%2Fpeople%2F%3Fq%3Da"
    hostile = en.get("/account/", headers={"HX-Request": "true", "HX-Current-URL": "//evil.example//evil.example"})
    assert hostile["HX-Redirect"] == "/sign-in"


def test_forms_without_their_token_are_refused(entrants: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(entrants.people["alpha-admin"], backend="django.contrib.auth.backends.ModelBackend")
    ids = entrants.people
    for address in (
        "/sign-out", "/account/acting", "/account/password", "/account/sessions/end", "/account/tokens",
        "/account/delegation", "/account/second-factor", "/account/second-factor/remove",
        "/account/second-factor/codes",
        "/people/add", f"/people/{ids['clerk'].pk}/reset-password", f"/people/{ids['clerk'].pk}/deactivate",
    ):  # fmt: skip
        assert client.post(address).status_code == 403, address
    assert Client(enforce_csrf_checks=True).post("/sign-in", {"username": "clerk"}).status_code == 403


def test_no_secret_stands_in_logs_or_in_the_security_log(
    entrants: World, en: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    enter(en, "clerk", WRONG)
    enter(en, "clerk")
    en.post("/account/password", {"old": PASSWORD, "new": "a-brand-new-secret-77", "again": "a-brand-new-secret-77"})
    issued = en.post("/account/tokens", {"name": "t", "days": "3", "scopes": ["registers:read"]}).context["raw"]
    admin = entrants.client("alpha-admin")
    drawn = admin.post(f"/people/{entrants.people['looker'].pk}/reset-password").context["password"]
    kept = str([(e.act, e.detail) for e in SecurityEvent.objects.all()]) + str(list(AccessAttempt.objects.values()))
    assert SecurityEvent.objects.filter(act="token-issued").exists()
    for secret in (PASSWORD, WRONG, "a-brand-new-secret-77", issued, drawn):
        assert secret not in caplog.text
        assert secret not in kept


def test_a_demonstration_lists_accounts_by_role_without_passwords(entrants: World, reader: Client) -> None:
    assert "minister" not in reader.get("/sign-in").content.decode()
    with override_settings(OREFLOW_DEMONSTRATION=True):
        page = reader.get("/sign-in").content.decode()
    assert "<code>alpha-admin</code>" in page
    assert "<code>system</code>" not in page  # a real account
    assert PASSWORD not in page


@pytest.mark.parametrize("page", ["/sign-in", "/account/"])
def test_classified_information_is_forbidden_on_the_screen(entrants: World, page: str) -> None:
    client = entrants.client("clerk") if page != "/sign-in" else Client(headers={"accept-language": "en"})
    assert "Classified information must not be entered" in client.get(page).content.decode()


def test_people_without_any_role_are_told_so(entrants: World) -> None:
    client = entrants.client("nobody")
    response = client.get("/account/tokens")
    assert response.status_code == 403
    assert "belongs to no organisation" in response.content.decode()
    assert client.get("/account/").status_code == 200


def test_every_act_of_the_log_has_words() -> None:
    with pytest.raises(KeyError):
        events.note("no-such-act", actor=None)
