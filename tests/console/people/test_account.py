"""One's own account: acting organisation, password, second factor, sessions, tokens, delegation."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from oreflow.console import clock
from oreflow.console.people import account, actions, sessions
from oreflow.console.people.access import INSTALLATION, memberships, viewer_for, viewer_for_token
from oreflow.console.people.models import ApiToken, Membership, OpenSession, Role, User
from oreflow.console.refusals import Invalid, Refused

from ..world import NOW, PASSWORD, World
from .conftest import code_of, enter, factor_of, signed_in, wrong_of

TODAY = date(2026, 3, 2)
NEW = "a-brand-new-secret-77"


@pytest.mark.parametrize("page", ["", "password", "second-factor", "sessions", "tokens", "delegation"])
def test_every_page_of_the_account_opens(entrants: World, page: str) -> None:
    for person in ("clerk", "system", "decider", "acceptor"):
        for language in ("zh-CN", "en"):
            response = entrants.client(person, language).get(f"/account/{page}")
            assert response.status_code == 200, (person, language)


def test_one_acts_for_own_organisations_only(entrants: World) -> None:
    clerk, beta = entrants.people["clerk"], entrants.organisations["beta"]
    client = entrants.client("clerk")
    assert client.post("/account/acting", {"organisation": beta.pk}).status_code == 404
    assert client.post("/account/acting", {"organisation": INSTALLATION}).status_code == 404
    assert client.post("/account/acting", {"organisation": "x"}).status_code == 404
    Membership.objects.create(user=clerk, organisation=beta, role=Role.VIEWER)
    assert client.post("/account/acting", {"organisation": beta.pk, "next": "//evil.example"})["Location"] == "/"
    viewer = client.get("/account/").wsgi_request.viewer  # type: ignore[attr-defined]
    assert (viewer.organisation, viewer.roles) == (beta, {"viewer"})
    Membership.objects.filter(organisation=beta, user=clerk).update(valid_to=TODAY - timedelta(days=1))
    viewer = client.get("/account/").wsgi_request.viewer  # type: ignore[attr-defined]
    assert viewer.organisation == entrants.organisations["alpha"]


def test_an_installation_administrator_with_roles_chooses_between_the_two(entrants: World) -> None:
    system = entrants.people["system"]
    Membership.objects.create(user=system, organisation=entrants.organisations["city"], role=Role.VIEWER)
    assert not viewer_for(system, None, TODAY).is_system
    assert viewer_for(system, INSTALLATION, TODAY).is_system
    assert not viewer_for(entrants.people["clerk"], INSTALLATION, TODAY).is_system


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("short", "12"),
        ("123456789012345", "numeric"),
        ("startfinding", "common"),
        (PASSWORD, "differ"),
        ("x" * 201, "200"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(entrants: World, new: str, said: str) -> None:
    client = entrants.client("clerk")
    response = client.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert response.status_code == 422
    assert said in response.context["problems"]["new"]
    assert User.objects.get(username="clerk").check_password(PASSWORD)


def test_the_present_password_is_needed(entrants: World) -> None:
    client = entrants.client("clerk", "zh-CN")
    response = client.post("/account/password", {"old": "wrong", "new": NEW, "again": NEW})
    assert response.context["problems"] == {"old": "原密码不正确。"}
    response = client.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW + "x"})
    assert response.context["problems"] == {"again": "两次输入的新密码不一致。"}


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(entrants: World) -> None:
    here, there = Client(), Client()
    enter(here, "clerk")
    enter(there, "clerk")
    assert here.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})["Location"] == "/account/"
    assert signed_in(here)
    assert not signed_in(there)
    assert OpenSession.objects.count() == 1
    assert [s.key_digest for s, _ in here.get("/account/sessions").context["sessions"]] == [
        here.get("/account/sessions").context["here"]
    ]


def test_a_given_password_is_changed_before_anything_else(entrants: World, en: Client) -> None:
    User.objects.filter(username="clerk").update(must_change_password=True)
    enter(en, "clerk")
    for address in ("/", "/account/", "/account/tokens", "/people/"):
        assert en.get(address)["Location"] == "/account/password", address
    assert en.get("/account/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password"
    assert en.get("/account/password").status_code == 200
    en.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert signed_in(en)
    assert not User.objects.get(username="clerk").must_change_password


def test_setting_up_the_second_factor(entrants: World, en: Client) -> None:
    enter(en, "decider")
    page = en.get("/account/second-factor")
    assert page["Cache-Control"].startswith("no-store")
    picture = en.get("/account/second-factor/picture")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"].startswith("no-store")
    assert picture.content.startswith(b"<?xml")
    user = entrants.people["decider"]
    device = account.factor_in_setup(user)
    assert en.post("/account/second-factor", {"code": wrong_of(device)}).status_code == 422
    device.refresh_from_db()
    assert device.throttling_failure_count == 1  # further tries wait
    device.throttle_reset()
    done = en.post("/account/second-factor", {"code": code_of(device)})
    codes = re.findall(r"<code>([a-z0-9-]{17})</code>", done.content.decode())
    assert len(codes) == account.RECOVERY_CODES
    assert not StaticToken.objects.filter(token__in=codes).exists()  # only their digests are kept
    assert en.get("/account/second-factor")["Location"] == "/account/"
    assert en.get("/account/second-factor/picture").status_code == 404


def test_the_second_factor_goes_only_with_the_password(entrants: World) -> None:
    user, client = entrants.people["decider"], entrants.client("decider")
    factor_of(user)
    client.post("/account/second-factor/remove", {"password": "wrong"})
    client.post("/account/second-factor/codes", {"password": "wrong"})
    assert user.totpdevice_set.filter(confirmed=True).exists()
    assert account.codes_left(user) == 0
    assert client.post("/account/second-factor/codes", {"password": PASSWORD}).status_code == 200
    assert account.codes_left(user) == account.RECOVERY_CODES
    client.post("/account/second-factor/remove", {"password": PASSWORD})
    assert not user.totpdevice_set.exists()
    assert account.codes_left(user) == 0


@pytest.mark.parametrize(
    ("person", "warned"), [("decider", True), ("city-admin", True), ("system", True), ("clerk", False)]
)
def test_weighty_accounts_are_told_to_set_it_up(entrants: World, person: str, warned: bool) -> None:
    client = entrants.client(person)
    assert ("a stolen password alone" in client.get("/account/").content.decode()) is warned
    factor_of(entrants.people[person])
    assert "a stolen password alone" not in client.get("/account/").content.decode()


def test_an_ended_session_is_out_on_its_next_request(entrants: World) -> None:
    here, there, rival = Client(), Client(), Client()
    for client, person in ((here, "clerk"), (there, "clerk"), (rival, "rival")):
        enter(client, person)
    shown = here.get("/account/sessions").context
    other = next(s.key_digest for s, _ in shown["sessions"] if s.key_digest != shown["here"])
    assert rival.post("/account/sessions/end", {"session": other}).status_code == 404
    assert signed_in(there)
    here.post("/account/sessions/end", {"session": other})
    assert not signed_in(there)
    enter(there, "clerk")
    here.post("/account/sessions/end", {"session": "others"})
    assert (signed_in(here), signed_in(there), signed_in(rival)) == (True, False, True)


def test_a_session_in_use_is_noted_now_and_then(entrants: World, en: Client) -> None:
    enter(en, "clerk")
    with clock.at(NOW + timedelta(minutes=4)):
        en.get("/account/")
    assert OpenSession.objects.get().seen_at == NOW
    with clock.at(NOW + timedelta(minutes=5)):
        en.get("/account/")
    assert OpenSession.objects.get().seen_at == NOW + timedelta(minutes=5)


def test_sessions_that_ran_out_are_forgotten(entrants: World) -> None:
    enter(Client(), "clerk")
    with clock.at(NOW + timedelta(hours=13)):
        enter(Client(), "clerk")
    assert [s.started_at for s in OpenSession.objects.all()] == [NOW + timedelta(hours=13)]


def _issued(world: World, person: str = "clerk", days: int = 30) -> tuple[ApiToken, str]:
    return account.issue_token(world.viewer(person), "收数程序", ["registers:read", "cases:read"], days)


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("looker", "registers:read documents:read cases:read people:read people:write"),
        ("clerk", "registers:read registers:write documents:read documents:write cases:read cases:write people:read"
                  " people:write"),
        ("environment", "registers:read documents:read cases:read cases:write people:read people:write"),
        ("city-admin", "registers:read documents:read cases:read people:read people:write"),
        ("system", "registers:read registers:write documents:read documents:write cases:read people:read people:write"
                   " operations:read operations:write"),
    ],
)  # fmt: skip
def test_the_page_offers_the_scopes_that_the_roles_can_use(entrants: World, person: str, offered: str) -> None:
    page = entrants.client(person).get("/account/tokens")
    assert [scope for scope, _words in page.context["scopes"]] == offered.split()
    assert page.content.decode().count('name="scopes"') == len(offered.split())


def test_a_token_lets_in_as_its_owner_within_its_scopes(entrants: World) -> None:
    token, raw = _issued(entrants)
    assert re.fullmatch(rf"ofl_{token.prefix}_[\w-]{{43}}", raw)
    viewer = viewer_for_token(raw, NOW)
    assert viewer is not None
    assert (viewer.user, viewer.organisation) == (token.user, entrants.organisations["alpha"])
    assert viewer.roles == {"clerk"}
    assert viewer.may("registers:read")
    assert not viewer.may("registers:write")
    row = ApiToken.objects.values().get()
    assert raw not in str(row)
    assert raw.split("_", 2)[2] not in str(row)


@pytest.mark.parametrize("raw", ["", "ofl_", "ofl_x_y", "Bearer", "ofl_" + "x" * 5000, "ofl_\udc80", "ofl_\0"])
def test_nonsense_is_no_token(entrants: World, raw: str) -> None:
    _issued(entrants)
    assert viewer_for_token(raw, NOW) is None


def test_a_token_ends_with_its_day_its_revocation_its_owner_and_its_role(entrants: World) -> None:
    token, raw = _issued(entrants)
    assert viewer_for_token(raw, NOW + timedelta(days=30)) is None
    assert viewer_for_token(raw, NOW + timedelta(days=30, seconds=-1)) is not None
    clerk = entrants.people["clerk"]
    Membership.objects.create(user=clerk, organisation=entrants.organisations["beta"], role=Role.CLERK)
    Membership.objects.filter(user=clerk, organisation=token.organisation).update(valid_to=TODAY - timedelta(days=1))
    assert viewer_for_token(raw, NOW) is None  # the role elsewhere does not carry it
    Membership.objects.filter(user=clerk).update(valid_to=None)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert viewer_for_token(raw, NOW) is None
    User.objects.filter(pk=clerk.pk).update(is_active=True)
    assert viewer_for_token(raw, NOW) is not None
    account.revoke_token(entrants.viewer("clerk"), token.pk)
    assert viewer_for_token(raw, NOW) is None


def test_the_last_use_is_noted_at_most_once_a_minute(entrants: World) -> None:
    token, raw = _issued(entrants)
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (90, 60)):
        viewer_for_token(raw, NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(seconds=noted)


def test_using_a_token_costs_two_queries(entrants: World, django_assert_num_queries: object) -> None:
    raw = _issued(entrants)[1]
    viewer_for_token(raw, NOW)
    with django_assert_num_queries(2):  # type: ignore[operator]
        viewer_for_token(raw, NOW)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["cases:read"], 5, "name"),
        ("t", [], 5, "scopes"),
        ("t", ["all"], 5, "scopes"),
        ("t", ["cases:read"], 0, "days"),
        ("t", ["cases:read"], 366, "days"),
    ],
)
def test_tokens_without_purpose_scope_or_end_are_refused(
    entrants: World, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        account.issue_token(entrants.viewer("clerk"), name, scopes, days)
    assert list(refusal.value.problems) == [field]


def test_a_token_is_shown_once_and_revoked_by_its_owner_only(entrants: World) -> None:
    client = entrants.client("clerk")
    response = client.post("/account/tokens", {"name": "t", "days": "3", "scopes": ["cases:read"]})
    raw = response.context["raw"]
    assert response["Cache-Control"].startswith("no-store")
    assert raw in response.content.decode()
    assert raw not in client.get("/account/tokens").content.decode()
    token = ApiToken.objects.get()
    assert entrants.client("rival").post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    assert entrants.client("alpha-admin").post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    assert viewer_for_token(raw, NOW) is not None
    client.post(f"/account/tokens/{token.pk}/revoke")
    assert viewer_for_token(raw, NOW) is None


def test_a_token_issues_no_tokens(entrants: World) -> None:
    viewer = viewer_for_token(_issued(entrants)[1], NOW)
    assert viewer is not None
    with pytest.raises(Refused):
        account.issue_token(viewer, "more", ["cases:read"], 5)


def _roles(world: World, person: str, day: date = TODAY) -> set[str]:
    return {m.role for m in memberships(world.people[person], day)}


def test_a_role_is_delegated_for_its_time(entrants: World) -> None:
    looker = entrants.people["looker"]
    client = entrants.client("clerk")
    given = {
        "colleague": looker.pk,
        "role": "clerk",
        "valid_from": "2026-03-04",
        "valid_to": "2026-03-10",
        "reason": "休假",
    }
    assert client.post("/account/delegation", given).status_code == 302
    assert _roles(entrants, "looker") == {"viewer"}
    assert _roles(entrants, "looker", date(2026, 3, 4)) == {"viewer", "clerk"}
    assert _roles(entrants, "looker", date(2026, 3, 10)) == {"viewer", "clerk"}
    assert _roles(entrants, "looker", date(2026, 3, 11)) == {"viewer"}
    assert client.post("/account/delegation", given).status_code == 422  # twice at the same time
    row = Membership.objects.get(delegated_by__isnull=False)
    assert entrants.client("rival").post(f"/account/delegation/{row.pk}/withdraw").status_code == 404
    client.post(f"/account/delegation/{row.pk}/withdraw")
    assert _roles(entrants, "looker", date(2026, 3, 4)) == {"viewer"}


def test_a_delegated_role_is_not_passed_on(entrants: World) -> None:
    looker, other = entrants.people["looker"], entrants.people["alpha-admin"]
    account.delegate(entrants.viewer("clerk"), looker.pk, "clerk", TODAY, TODAY)
    with pytest.raises(Refused):
        account.delegate(entrants.viewer("looker"), other.pk, "clerk", TODAY, TODAY)


@pytest.mark.parametrize("how", ["withdrawn", "deactivated", "ended"])
def test_a_delegation_ends_with_the_role_it_comes_from(entrants: World, how: str) -> None:
    clerk, looker = entrants.people["clerk"], entrants.people["looker"]
    account.delegate(entrants.viewer("clerk"), looker.pk, "clerk", TODAY, TODAY + timedelta(days=30))
    assert _roles(entrants, "looker") == {"viewer", "clerk"}
    admin = entrants.viewer("alpha-admin")
    own = Membership.objects.get(user=clerk, role="clerk")
    if how == "withdrawn":
        actions.withdraw(admin, own.pk, "调岗")
    elif how == "deactivated":
        actions.deactivate(admin, clerk.pk, "离职")
    else:
        actions.grant(admin, clerk.pk, own.organisation_id, "clerk", None, TODAY)
        assert _roles(entrants, "looker") == {"viewer", "clerk"}
    assert _roles(entrants, "looker", TODAY + timedelta(days=1)) == {"viewer"}


def test_roles_held_cost_one_query_however_many_are_delegated(
    entrants: World, django_assert_num_queries: object
) -> None:
    for role in Role.values:
        Membership.objects.get_or_create(
            user=entrants.people["clerk"], organisation=entrants.organisations["alpha"], role=role
        )
        account.delegate(entrants.viewer("clerk"), entrants.people["looker"].pk, role, TODAY, TODAY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert _roles(entrants, "looker") == set(Role.values)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2026-03-01", "2026-03-05", "valid_from"),
        ("2026-03-05", "2026-03-04", "valid_to"),
        ("2026-03-02", "2026-05-31", "valid_to"),
        ("2026-03-02", "", "valid_to"),
        ("soon", "2026-03-05", "valid_from"),
        ("2026-3-2", "2026-03-05", "valid_from"),
    ],
)
def test_a_delegation_has_a_beginning_and_a_near_end(entrants: World, start: str, end: str, field: str) -> None:
    given = {"colleague": entrants.people["looker"].pk, "role": "clerk", "valid_from": start, "valid_to": end}
    response = entrants.client("clerk").post("/account/delegation", given)
    assert response.status_code == 422
    assert list(response.context["problems"]) == [field]
    assert not Membership.objects.filter(delegated_by__isnull=False).exists()


def test_only_own_roles_go_to_colleagues_only(entrants: World) -> None:
    given = {"role": "clerk", "valid_from": "2026-03-02", "valid_to": "2026-03-03"}
    client = entrants.client("clerk")
    for stranger in ("rival", "nobody", "system", "clerk"):
        asked = {**given, "colleague": entrants.people[stranger].pk}
        assert client.post("/account/delegation", asked).status_code == 404, stranger
    for role in ("administrator", "decider", "superuser"):
        asked = {**given, "colleague": entrants.people["looker"].pk, "role": role}
        assert client.post("/account/delegation", asked).status_code == 422, role
    assert timezone.localdate(NOW) == TODAY


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_browsers_are_named_shortly(agent: str, said: str) -> None:
    assert sessions.browser_of(agent) == said


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("password", {"old": "wrong", "new": NEW, "again": NEW}),
        ("second-factor/remove", {"password": "wrong"}),
        ("second-factor/codes", {"password": "wrong"}),
    ],
)
def test_guessing_the_password_on_an_open_page_is_paused(entrants: World, address: str, given: dict[str, str]) -> None:
    client, user = entrants.client("decider"), entrants.people["decider"]
    factor_of(user)
    statuses = [client.post(f"/account/{address}", given).status_code for _ in range(5)]
    assert statuses[4] == 429
    assert 429 not in statuses[:4]
    right = {key: PASSWORD if value == "wrong" else value for key, value in given.items()}
    assert client.post(f"/account/{address}", right).status_code == 429
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert user.totpdevice_set.filter(confirmed=True).exists()
    assert account.codes_left(user) == 0
