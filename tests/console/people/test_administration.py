"""Administration of people: what an administrator may, and what nobody may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from oreflow.console.people import account, actions, lockout
from oreflow.console.people.access import memberships, viewer_for_token
from oreflow.console.people.models import ApiToken, Kind, Membership, Role, SecurityEvent, User
from oreflow.console.refusals import Invalid, Refused

from ..world import NOW, PASSWORD, World
from .conftest import enter, factor_of, signed_in

TODAY = date(2026, 3, 2)
ADMINISTRATORS = {"city-admin", "alpha-admin", "system"}


def _ids(world: World, name: str) -> int:
    return world.people[name].pk


def test_the_pages_are_there_for_administrators_only(entrants: World) -> None:
    other = _ids(entrants, "rival")
    pages = ("/people/", "/people/add", "/people/log", f"/people/{other}")
    for person in entrants.people:
        client = entrants.client(person)
        for page in pages:
            expected = (
                200 if person == "system" or (person in ADMINISTRATORS and not page.endswith(str(other))) else 404
            )
            if person == "nobody":
                expected = 403  # no organisation: a page that says so, whatever the address
            assert client.get(page).status_code == expected, (person, page)


def test_an_administrator_lists_its_own_people_only(entrants: World) -> None:
    names = {u.username for u in entrants.client("alpha-admin").get("/people/").context["page"]}
    assert names == {"clerk", "looker", "alpha-admin"}
    everybody = {u.username for u in entrants.client("system").get("/people/").context["page"]}
    assert everybody == set(entrants.people)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=look", {"looker"}),
        ("role=clerk", {"clerk", "alpha-admin"}),
        ("state=inactive", {"looker"}),
        ("state=no-factor", {"alpha-admin"}),
        ("q=%00", {"clerk", "looker", "alpha-admin"}),
        ("role=none", {"clerk", "looker", "alpha-admin"}),
        ("organisation=999999", set()),
        ("page=99&sort=-name", {"clerk", "looker", "alpha-admin"}),
        ("q=o+k", {"looker"}),
    ],
)
def test_filters_stand_in_the_address(entrants: World, query: str, names: set[str]) -> None:
    User.objects.filter(username="looker").update(is_active=False)
    factor_of(entrants.people["clerk"])
    page = entrants.client("alpha-admin").get(f"/people/?{query}").context["page"]
    assert {u.username for u in page} == names


def test_the_list_costs_the_same_queries_however_long(entrants: World, django_assert_max_num_queries: object) -> None:
    alpha = entrants.organisations["alpha"]
    for number in range(60):
        user = User.objects.create(username=f"more-{number}", name=f"示例员工{number}")
        Membership.objects.create(user=user, organisation=alpha, role=Role.VIEWER)
    client = entrants.client("alpha-admin")
    client.get("/people/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = client.get("/people/").context["page"]
    assert (len(page), page.paginator.count) == (50, 63)


NEW = {"username": "new-clerk", "name": "示例新员工", "roles": ["clerk", "viewer"], "valid_from": "2026-03-02"}


def test_a_new_person_gets_a_one_time_password(entrants: World, en: Client) -> None:
    alpha = entrants.organisations["alpha"]
    response = entrants.client("alpha-admin").post("/people/add", {**NEW, "organisation": alpha.pk})
    password = response.context["password"]
    assert response["Cache-Control"].startswith("no-store")
    assert password in response.content.decode()
    user = User.objects.get(username="new-clerk")
    assert {(m.role, m.organisation) for m in memberships(user, TODAY)} == {("clerk", alpha), ("viewer", alpha)}
    assert not user.is_superuser
    assert enter(en, "new-clerk", password)["Location"] == "/"  # type: ignore[index]
    assert en.get("/account/")["Location"] == "/account/password"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "clerk"}, "username"),
        ({"username": "CLERK"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "示例"}, "username"),
        ({"name": " \t"}, "name"),
        ({"roles": []}, "role"),
        ({"roles": ["superuser"]}, "role"),
        ({"valid_to": "2026-03-01"}, "valid_to"),
        ({"valid_to": "2026-02-30"}, "valid_to"),
    ],
)
def test_what_cannot_be_is_said_by_field(entrants: World, given: dict[str, object], field: str) -> None:
    asked = {**NEW, "organisation": entrants.organisations["alpha"].pk, **given}
    response = entrants.client("alpha-admin").post("/people/add", asked)
    assert response.status_code == 422
    assert list(response.context["problems"]) == [field]
    assert not User.objects.filter(name="示例新员工").exists()


def test_nobody_adds_or_grants_outside_the_own_organisation(entrants: World) -> None:
    beta = entrants.organisations["beta"]
    client = entrants.client("alpha-admin")
    assert client.post("/people/add", {**NEW, "organisation": beta.pk}).status_code == 404
    grant = {"organisation": beta.pk, "role": "clerk"}
    assert client.post(f"/people/{_ids(entrants, 'clerk')}/grant", grant).status_code == 404
    grant = {"organisation": entrants.organisations["alpha"].pk, "role": "clerk"}
    for stranger in ("rival", "decider", "system", "nobody"):
        assert client.post(f"/people/{_ids(entrants, stranger)}/grant", grant).status_code == 404, stranger
    theirs = Membership.objects.get(user=entrants.people["rival"])
    address = f"/people/{_ids(entrants, 'rival')}/roles/{theirs.pk}/withdraw"
    assert client.post(address, {"reason": "x"}).status_code == 404
    mixed = f"/people/{_ids(entrants, 'clerk')}/roles/{theirs.pk}/withdraw"
    assert client.post(mixed, {"reason": "x"}).status_code == 404
    assert Membership.objects.filter(user=entrants.people["rival"], valid_to=None).count() == 1


@pytest.mark.parametrize("deed", ["name", "deactivate", "reactivate", "unlock", "factor", "grant"])
@pytest.mark.parametrize("person", ["clerk", "looker", "decider", "acceptor", "rival", "city-admin", "minister"])
def test_others_accounts_are_not_there(entrants: World, person: str, deed: str) -> None:
    given = {"name": "x", "reason": "x", "role": "administrator", "organisation": entrants.organisations["alpha"].pk}
    before = User.objects.values().get(username="alpha-admin")
    client = entrants.client(person)
    address = f"/people/{_ids(entrants, 'alpha-admin')}"
    assert client.post(f"{address}/{deed}", given).status_code == 404
    assert client.post(f"{address}/reset-password").status_code == 404
    assert User.objects.values().get(username="alpha-admin") == before


def test_nobody_raises_itself(entrants: World) -> None:
    client = entrants.client("alpha-admin")
    own = _ids(entrants, "alpha-admin")
    grant = {"organisation": entrants.organisations["alpha"].pk, "role": "decider"}
    client.post(f"/people/{own}/grant", grant)
    client.post(f"/people/{own}/name", {"name": "x", "is_superuser": "on", "is_staff": "on"})
    user = User.objects.get(pk=own)
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert {m.role for m in memberships(user, TODAY)} == {"administrator", "clerk"}


def test_an_account_of_two_organisations_is_not_taken_over_by_one(entrants: World) -> None:
    decider = entrants.people["decider"]
    Membership.objects.create(user=decider, organisation=entrants.organisations["alpha"], role=Role.VIEWER)
    decider.set_password(PASSWORD)
    decider.save()
    admin = entrants.viewer("alpha-admin")
    for deed in (
        lambda: actions.reset_password(admin, decider.pk),
        lambda: actions.remove_factor(admin, decider.pk, "x"),
        lambda: actions.deactivate(admin, decider.pk, "x"),
        lambda: actions.change_user(admin, decider.pk, "x"),
        lambda: actions.unlock(admin, decider.pk),
    ):
        with pytest.raises(Refused):
            deed()
    assert User.objects.get(pk=decider.pk).check_password(PASSWORD)
    actions.grant(admin, decider.pk, entrants.organisations["alpha"].pk, Role.VIEWER, None, TODAY)


def test_the_last_administrator_stays(entrants: World) -> None:
    admin, system = entrants.people["alpha-admin"], entrants.viewer("system")
    alpha = entrants.organisations["alpha"]
    held = Membership.objects.get(user=admin, role=Role.ADMINISTRATOR)
    for deed in (
        lambda: actions.deactivate(system, admin.pk, "x"),
        lambda: actions.withdraw(system, held.pk, "x"),
        lambda: actions.grant(system, admin.pk, alpha.pk, Role.ADMINISTRATOR, TODAY + timedelta(days=9)),
    ):
        with pytest.raises(Refused):
            deed()
    actions.grant(system, _ids(entrants, "clerk"), alpha.pk, Role.ADMINISTRATOR)
    actions.withdraw(system, held.pk, "轮岗")
    assert {m.role for m in memberships(admin, TODAY)} == {"clerk"}


def test_a_delegated_administrator_does_not_count_as_another(entrants: World) -> None:
    account.delegate(entrants.viewer("alpha-admin"), _ids(entrants, "clerk"), Role.ADMINISTRATOR, TODAY, TODAY)
    held = Membership.objects.get(user=entrants.people["alpha-admin"], role=Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.withdraw(entrants.viewer("system"), held.pk, "x")


def test_nobody_switches_itself_or_the_last_installation_administrator_off(entrants: World) -> None:
    system = entrants.people["system"]
    with pytest.raises(Refused):
        actions.deactivate(entrants.viewer("system"), system.pk, "x")
    second = User.objects.create(username="second", name="second", is_superuser=True)
    actions.deactivate(entrants.viewer("system"), second.pk, "x")
    assert not User.objects.get(pk=second.pk).is_active
    actions.grant(
        entrants.viewer("system"), _ids(entrants, "clerk"), entrants.organisations["alpha"].pk, Role.ADMINISTRATOR
    )
    with pytest.raises(Refused):
        actions.deactivate(entrants.viewer("alpha-admin"), _ids(entrants, "alpha-admin"), "x")


def test_deactivation_ends_sessions_and_tokens_at_once_and_needs_a_reason(entrants: World, en: Client) -> None:
    enter(en, "clerk")
    raw = account.issue_token(entrants.viewer("clerk"), "t", ["cases:read"], 9)[1]
    admin, address = entrants.client("alpha-admin"), f"/people/{_ids(entrants, 'clerk')}"
    admin.post(f"{address}/deactivate", {"reason": "  "})
    assert signed_in(en)
    admin.post(f"{address}/deactivate", {"reason": "离职"})
    assert not signed_in(en)
    assert viewer_for_token(raw, NOW) is None
    assert ApiToken.objects.get().revoked_at == NOW
    entry = SecurityEvent.objects.get(act="deactivated")
    assert (entry.actor.username, entry.subject.username, entry.detail) == ("alpha-admin", "clerk", {"reason": "离职"})
    admin.post(f"{address}/reactivate", {"reason": "返岗"})
    assert enter(en, "clerk").status_code == 302  # type: ignore[attr-defined]
    assert viewer_for_token(raw, NOW) is None  # what was revoked stays so


def test_a_deactivated_session_dies_even_where_only_the_account_was_switched(entrants: World, en: Client) -> None:
    enter(en, "clerk")
    User.objects.filter(username="clerk").update(is_active=False)
    assert not signed_in(en)


def test_a_reset_password_holds_once_and_shuts_everything_else(entrants: World, en: Client) -> None:
    enter(en, "clerk")
    raw = account.issue_token(entrants.viewer("clerk"), "t", ["cases:read"], 9)[1]
    admin = entrants.client("alpha-admin")
    password = admin.post(f"/people/{_ids(entrants, 'clerk')}/reset-password").context["password"]
    assert not signed_in(en)
    assert viewer_for_token(raw, NOW) is None
    assert enter(en, "clerk").status_code == 422  # type: ignore[attr-defined]
    assert enter(en, "clerk", password).status_code == 302  # type: ignore[attr-defined]
    assert en.get("/account/")["Location"] == "/account/password"


def test_a_paused_account_is_opened_and_a_lost_phone_replaced(entrants: World, en: Client) -> None:
    clerk = entrants.people["clerk"]
    factor_of(clerk)
    for _ in range(5):
        enter(en, "clerk", "wrong-password")
    assert enter(en, "clerk").status_code == 429  # type: ignore[attr-defined]
    admin = entrants.client("alpha-admin")
    admin.post(f"/people/{clerk.pk}/unlock")
    assert enter(en, "clerk")["Location"] == "/sign-in/code"  # type: ignore[index]
    admin.post(f"/people/{clerk.pk}/factor", {"reason": "手机遗失"})
    assert enter(en, "clerk")["Location"] == "/"  # type: ignore[index]
    assert lockout.unlock("clerk") == 0


def test_roles_hold_from_their_day_to_their_day(entrants: World) -> None:
    admin, clerk = entrants.viewer("alpha-admin"), entrants.people["clerk"]
    alpha = entrants.organisations["alpha"]
    row = actions.grant(admin, clerk.pk, alpha.pk, Role.ACCEPTOR, TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    held = [Role.ACCEPTOR in {m.role for m in memberships(clerk, TODAY + timedelta(days=d))} for d in range(4)]
    assert held == [False, True, True, False]
    again = actions.grant(admin, clerk.pk, alpha.pk, Role.ACCEPTOR)
    assert again.pk == row.pk
    assert Role.ACCEPTOR in {m.role for m in memberships(clerk, TODAY)}
    actions.withdraw(admin, row.pk, "完成")
    assert Role.ACCEPTOR not in {m.role for m in memberships(clerk, TODAY)}
    with pytest.raises(Invalid):
        actions.withdraw(admin, row.pk, " ")


def test_no_roles_in_an_organisation_that_is_no_more(entrants: World) -> None:
    alpha = entrants.organisations["alpha"]
    alpha.valid_to = TODAY
    alpha.save()
    with pytest.raises(Refused):
        actions.grant(entrants.viewer("system"), _ids(entrants, "clerk"), alpha.pk, Role.VIEWER)
    assert alpha.kind == Kind.SMELTING


def test_the_log_is_the_organisations_own(entrants: World, en: Client) -> None:
    enter(en, "rival", "wrong-password")
    enter(en, "clerk", "wrong-password")
    enter(en, "no-such-person", "wrong-password")
    shown = entrants.client("alpha-admin").get("/people/log").context["entries"]
    assert {told.entry.subject.username for told in shown} == {"clerk", "alpha-admin"}
    everything = entrants.client("system").get("/people/log?act=sign-in-failed").context["entries"]
    assert len(everything) == 3
    assert "wrong-password" not in str([told.details for told in everything])


def test_a_token_that_may_only_read_changes_nothing(entrants: World) -> None:
    raw = account.issue_token(entrants.viewer("alpha-admin"), "t", ["people:read"], 9)[1]
    viewer = viewer_for_token(raw, NOW)
    assert viewer is not None
    for deed in (
        lambda: actions.grant(viewer, _ids(entrants, "clerk"), entrants.organisations["alpha"].pk, Role.VIEWER),
        lambda: actions.reset_password(viewer, _ids(entrants, "clerk")),
        lambda: actions.deactivate(viewer, _ids(entrants, "clerk"), "x"),
    ):
        with pytest.raises(Refused):
            deed()


def test_huge_and_odd_numbers_in_addresses_answer_404(entrants: World) -> None:
    client = entrants.client("system")
    for address in (f"/people/{10**30}", "/people/-1", "/people/x", f"/people/organisations/{10**30}/changes"):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/people/{_ids(entrants, 'clerk')}/no-such-deed").status_code == 404
