"""Organisations that are renamed, merged and split: names and successors on a day, people, permissions, history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from oreflow.console.people import actions
from oreflow.console.people.access import memberships, name_on, successor_on, successors_on
from oreflow.console.people.models import Membership, Organisation, Role, Succession
from oreflow.console.refusals import Invalid, Refused, Stale

from ..world import World

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _own_numbers(world: World) -> None:
    """Each enterprise gave its records other numbers than the others."""
    for name, row in world.records.items():
        row.number = f"{name}-{row.number}"
        row.save()


def _rename(world: World, person: str, name: str, day: date, key: str = "alpha") -> Organisation:
    row = Organisation.objects.get(pk=world.organisations[key].pk)
    return actions.rename(world.viewer(person), row.pk, row.version, name, day, "工商变更")


def test_a_renamed_organisation_is_the_same_with_its_former_names(world: World) -> None:
    _rename(world, "decider", "示例新材料公司", date(2025, 6, 1))
    row = _rename(world, "system", "示例钒业公司", date(2026, 1, 1))
    assert row.pk == world.organisations["alpha"].pk
    assert row.version == 3
    names = [name_on(row, day) for day in (date(2025, 5, 31), date(2025, 6, 1), date(2025, 12, 31), TODAY)]
    assert names == ["示例钒钛冶炼厂", "示例新材料公司", "示例新材料公司", "示例钒业公司"]
    assert successor_on(row, TODAY) == row
    assert {"示例钒业公司", "示例钒钛冶炼厂"} <= set(row.words.split())
    entry = row.history.first()
    assert (entry.name, entry.history_change_reason, entry.history_door) == ("示例钒业公司", "工商变更", "page")
    assert entry.history_user_id == world.people["system"].pk


@pytest.mark.parametrize(
    ("name", "day", "field"),
    [
        ("", TODAY, "name"),
        ("x" * 121, TODAY, "name"),
        ("示例钒钛冶炼厂", TODAY, "name"),
        ("新", TODAY + timedelta(days=1), "effective"),
    ],
)
def test_names_and_days_that_cannot_be(world: World, name: str, day: date, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _rename(world, "decider", name, day)
    assert list(refusal.value.problems) == [field]
    assert not Succession.objects.exists()


def test_renamings_come_one_after_the_other(world: World) -> None:
    _rename(world, "decider", "示例甲", date(2026, 1, 1))
    with pytest.raises(Invalid):
        _rename(world, "decider", "示例乙", date(2025, 12, 1))


def test_who_may_change_an_organisation(world: World) -> None:
    for person in ("clerk", "alpha-admin", "looker"):
        with pytest.raises(Refused):
            _rename(world, person, "新名", TODAY)
    for person in ("rival", "stranger", "far", "nobody", "reviewer"):
        with pytest.raises(Http404):
            _rename(world, person, "新名", TODAY)
    for person in ("minister", "provincial", "environment", "acceptor", "city-admin"):  # they see it, no deciders
        with pytest.raises(Refused):
            _rename(world, person, "新名", TODAY)
    with pytest.raises(Refused):
        _rename(world, "decider", "新名", TODAY, key="environment")  # an authority
    _rename(world, "system", "示例新局", TODAY, key="environment")


def _merge(world: World, *, move: bool, day: date = TODAY, person: str = "decider") -> Organisation:
    alpha, beta = world.organisations["alpha"], world.organisations["beta"]
    return actions.merge(world.viewer(person), alpha.pk, alpha.version, beta.pk, day, "重组", move_people=move)


def _held(world: World, person: str, day: date) -> set[tuple[str, str]]:
    return {(m.organisation.name, m.role) for m in memberships(world.people[person], day)}


def test_a_merger_ends_the_old_organisation_and_its_roles(world: World) -> None:
    day = TODAY + timedelta(days=10)
    row = _merge(world, move=False, day=day)
    assert row.valid_to == day
    assert successor_on(row, day - timedelta(days=1)) == row
    assert successor_on(row, day) == world.organisations["beta"]
    assert _held(world, "clerk", day - timedelta(days=1)) == {("示例钒钛冶炼厂", "clerk")}
    assert _held(world, "clerk", day) == set()


def test_a_merger_may_move_the_people(world: World) -> None:
    day, beta = TODAY + timedelta(days=10), world.organisations["beta"]
    Membership.objects.create(user=world.people["clerk"], organisation=beta, role=Role.CLERK, valid_to=TODAY)
    _merge(world, move=True, day=day)
    assert _held(world, "clerk", TODAY) == {("示例钒钛冶炼厂", "clerk"), ("示例矿业公司", "clerk")}
    for person, roles in (("clerk", {"clerk"}), ("alpha-admin", {"clerk", "administrator"}), ("looker", {"viewer"})):
        assert _held(world, person, day) == {("示例矿业公司", role) for role in roles}, person
    assert _held(world, "rival", day) == {("示例矿业公司", "clerk")}


def test_delegations_end_with_the_organisation(world: World) -> None:
    from oreflow.console.people import account

    account.delegate(world.viewer("clerk"), world.people["looker"].pk, "clerk", TODAY, TODAY + timedelta(days=30))
    day = TODAY + timedelta(days=10)
    _merge(world, move=True, day=day)
    assert _held(world, "looker", day) == {("示例矿业公司", "viewer")}


def test_a_split_leaves_several(world: World) -> None:
    alpha = world.organisations["alpha"]
    heirs = [world.organisations[k].pk for k in ("beta", "gamma")]
    actions.split(world.viewer("system"), alpha.pk, 1, heirs, TODAY, "分立", people_to=heirs[1])
    assert {o.pk for o in successors_on(alpha, TODAY)} == set(heirs)
    assert successor_on(alpha, TODAY) is None
    assert _held(world, "clerk", TODAY) == {("示例远方矿业公司", "clerk")}
    with pytest.raises(Refused):  # it has ended
        actions.rename(world.viewer("system"), alpha.pk, 2, "新名", TODAY, "x")


def test_successors_are_followed_through_several_changes(world: World) -> None:
    _merge(world, move=False)
    beta, gamma = world.organisations["beta"], world.organisations["gamma"]
    actions.merge(world.viewer("system"), beta.pk, 1, gamma.pk, TODAY + timedelta(days=5), "再重组", move_people=False)
    alpha = world.organisations["alpha"]
    assert successor_on(alpha, TODAY + timedelta(days=4)) == beta
    assert successor_on(alpha, TODAY + timedelta(days=5)) == gamma
    with pytest.raises(Invalid):  # no circle: the old one stands no more
        actions.merge(world.viewer("system"), gamma.pk, 1, alpha.pk, TODAY + timedelta(days=6), "x", move_people=False)


def test_successors_must_be_others_in_reach(world: World) -> None:
    alpha, decider = world.organisations["alpha"], world.viewer("decider")
    for wrong in (alpha.pk, world.organisations["gamma"].pk, world.organisations["environment"].pk, 10**9):
        with pytest.raises(Invalid):
            actions.merge(decider, alpha.pk, 1, wrong, TODAY, "x", move_people=False)
    with pytest.raises(Invalid):
        actions.split(decider, alpha.pk, 1, [world.organisations["beta"].pk] * 2, TODAY, "x")
    with pytest.raises(Invalid):
        _merge(world, move=False, day=TODAY + timedelta(days=400))
    assert not Succession.objects.exists()


def test_a_change_of_an_old_version_or_without_reason_is_refused(world: World) -> None:
    alpha, decider = world.organisations["alpha"], world.viewer("decider")
    with pytest.raises(Stale):
        actions.rename(decider, alpha.pk, 7, "新名", TODAY, "x")
    with pytest.raises(Invalid):
        actions.rename(decider, alpha.pk, 1, "新名", TODAY, "\t ")


def test_the_page_renames_merges_and_refuses(world: World) -> None:
    alpha = world.organisations["alpha"]
    address = f"/people/organisations/{alpha.pk}/changes"
    assert world.client("rival").get(address).status_code == 404
    assert world.client("rival").post(address, {"manner": "rename"}).status_code == 404
    clerk = world.client("clerk")
    assert "made by a decider" in clerk.get(address).content.decode()
    given = {"manner": "rename", "version": "1", "name": "示例钒业公司", "effective": "2026-03-01", "reason": "变更"}
    assert clerk.post(address, given).status_code == 422
    decider = world.client("decider")
    assert decider.post(address, {**given, "effective": "gestern"}).status_code == 422
    assert decider.post(address, {**given, "manner": "burn"}).status_code == 404
    assert decider.post(address, given).status_code == 302
    assert decider.post(address, given).status_code == 422  # stale by now
    merger = {"manner": "merger", "version": "2", "successor": world.organisations["beta"].pk,
              "effective": "2026-03-02", "reason": "重组", "people": "move"}  # fmt: skip
    assert decider.post(address, merger).status_code == 302
    page = decider.get(address).content.decode()
    assert "示例钒钛冶炼厂" in page
    assert "示例矿业公司" in page
    assert 'name="manner"' not in page
