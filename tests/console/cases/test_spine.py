"""The long way of a change: draft, acceptance, one supplement, expert review, joint opinion, approval."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from oreflow.console.cases import access, actions, parties
from oreflow.console.cases.models import AskedBody, CaseEvent, CaseFile, Letter, Notice
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.core.workflow import FILING

from ..world import World
from .spine import SIZE, accepted, answered, joint, on, opened, submitted, take


def test_the_whole_way(world: World) -> None:
    with on(0):
        case = opened(world)
        assert case.number == "2026-510400-000001"
        assert (case.acceptor, case.decider) == (world.organisations["committee"], world.organisations["city"])
        take(world, case, "clerk", "submit")
    with on(1):
        take(world, case, "acceptor", "ask-supplement", reason="缺少扩容设计图\n缺少能耗说明")
    with on(7):
        actions.edit(world.viewer("clerk"), case.pk, 3, {"size": "1360"}, note="附设计图")
        take(world, case, "clerk", "supply")
    with on(8):
        take(world, case, "acceptor", "accept")
    with on(9):
        take(world, case, "decider", "send-review")
    with on(14):
        take(world, case, "reviewer", "conclude-review", reason="方案可行")
    asked = [world.organisations[o].pk for o in ("environment", "emergency")]
    with on(15):
        take(world, case, "decider", "ask-opinions", bodies=asked)
    with on(16):
        take(world, case, "environment", "give-opinion", agrees=True, reason="同意")
        with pytest.raises(Refused, match="示例市应急管理局"):
            take(world, case, "decider", "approve")
        take(world, case, "emergency", "give-opinion", agrees=False, reason="须先完成安全设施验收")
    with on(17):
        case = take(world, case, "decider", "approve", reason="同意扩容")
    case.refresh_from_db()
    assert (case.state, case.urgency, case.due) == ("approved", "none", None)
    assert case.closed_at is not None
    record = world.records["alpha-equipment"]
    record.refresh_from_db()
    assert record.size == 1360
    newest = record.history.order_by("-history_id").first()
    assert newest.history_door == "case"
    assert newest.history_source == case.number
    assert [e.step for e in case.events.all()] == [
        "submit", "ask-supplement", "supply", "accept", "send-review", "conclude-review", "ask-opinions",
        "give-opinion", "give-opinion", "approve",
    ]  # fmt: skip
    assert list(Letter.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)) == [
        "receipt", "supplement", "acceptance", "review", "opinions", "approval",
    ]  # fmt: skip
    assert parties.replayed(case, parties.events_of(case)).state == case.state


ROLES = {
    "clerk": "applicant",
    "acceptor": "acceptor",
    "decider": "decider",
    "environment": "body",
    "reviewer": "reviewer",
}
EVERYBODY = (
    "clerk",
    "acceptor",
    "decider",
    "environment",
    "reviewer",
    "looker",
    "provincial",
    "minister",
    "city-admin",
)


@pytest.mark.parametrize("step", list(FILING.steps))
def test_only_the_role_of_a_step_takes_it(world: World, step: str) -> None:
    """Whoever sees the case and has another role is refused; nothing is written."""
    case = joint(world)
    with on(3):
        for person in EVERYBODY:
            if ROLES.get(person) in FILING.steps[step].roles:
                continue
            viewer = world.viewer(person)
            with pytest.raises((Refused, Http404)):
                actions.take(viewer, case.pk, step, reason="越权", agrees=True, bodies=[1])
    assert case.events.count() == 3


def test_rivals_and_strangers_see_nothing(world: World) -> None:
    case = joint(world)
    for person in ("rival", "far", "stranger", "nobody"):
        viewer = world.viewer(person)
        assert not access.visible_to(viewer).exists(), person
        assert access.count_tasks(viewer) == 0
        with pytest.raises(Http404):
            access.find(viewer, case.pk)
        with pytest.raises(Http404):
            actions.take(viewer, case.pk, "approve")
        for letter in Letter.objects.all():
            with pytest.raises(Http404):
                access.find_letter(viewer, letter.pk)
    for absent in (case.pk + 1, 0, -1, 2**70):
        with pytest.raises(Http404):
            access.find(world.viewer("clerk"), absent)


def test_who_sees_when(world: World) -> None:
    def seeing() -> set[str]:
        return {p for p in world.people if access.visible_to(world.viewer(p)).exists()}

    own = {"clerk", "looker", "alpha-admin"}
    with on(0):
        case = opened(world)
    assert seeing() == own
    with on(0):
        take(world, case, "clerk", "submit")
    authorities = {"acceptor", "decider", "city-admin", "environment", "emergency", "provincial", "minister", "system"}
    assert seeing() == own | authorities
    with on(1):
        take(world, case, "acceptor", "accept")
        take(world, case, "decider", "send-review")
    assert seeing() == own | authorities | {"reviewer"}


def test_a_withdrawn_draft_stays_with_the_applicant(world: World) -> None:
    with on(0):
        case = take(world, opened(world), "clerk", "withdraw", reason="填错了")
    assert case.state == "withdrawn"
    assert not access.visible_to(world.viewer("decider")).exists()
    assert access.visible_to(world.viewer("clerk")).exists()


def test_an_asked_body_from_elsewhere_sees_the_case(world: World) -> None:
    province = world.organisations["province"]
    case = accepted(world)
    with on(2):
        take(world, case, "decider", "ask-opinions", bodies=[province.pk])
        with pytest.raises(Invalid):
            take(world, opened(world, "rival", "beta-equipment"), "rival", "nonsense")
    assert AskedBody.objects.get().organisation == province


def test_what_a_step_needs_is_said(world: World) -> None:
    case = accepted(world)
    with on(2):
        for step, field, more in (
            ("ask-opinions", "bodies", {}),
            ("ask-opinions", "bodies", {"bodies": [world.organisations["elsewhere"].pk]}),
            ("ask-opinions", "bodies", {"bodies": [world.organisations["city"].pk]}),
            ("send-review", "bodies", {"bodies": [world.organisations["alpha"].pk]}),
            ("refuse", "reason", {"reason": "  "}),
            ("bless", "step", {}),
        ):
            with pytest.raises(Invalid) as caught:
                take(world, case, "decider", step, **more)
            assert set(caught.value.problems) == {field}, step
    joint_case = CaseFile.objects.get()
    with on(2):
        take(world, joint_case, "decider", "ask-opinions", bodies=[world.organisations["environment"].pk])
        with pytest.raises(Invalid) as caught:
            take(world, joint_case, "environment", "give-opinion", reason="好")
    assert set(caught.value.problems) == {"agrees"}


def test_stale_versions_are_refused(world: World) -> None:
    case = submitted(world)
    with on(1):
        take(world, case, "acceptor", "ask-supplement", reason="缺图", version=2)
        with pytest.raises(Stale):
            take(world, case, "acceptor", "accept", version=2)


def test_second_supplement_is_refused(world: World) -> None:
    case = submitted(world)
    with on(1):
        take(world, case, "acceptor", "ask-supplement", reason="缺图")
    with on(2):
        take(world, case, "clerk", "supply")
        with pytest.raises(Refused, match="once"):
            take(world, case, "acceptor", "ask-supplement", reason="还缺")


def test_a_record_changed_meanwhile_is_not_overwritten(world: World) -> None:
    case = answered(world)
    record = world.records["alpha-equipment"]
    record.size = "1250"
    record.save()
    with on(4), pytest.raises(Refused) as caught:
        take(world, case, "decider", "approve")
    assert "1,200" in caught.value.text.zh
    assert "1,250" in caught.value.text.en
    case.refresh_from_db()
    assert case.state == "joint"
    assert not Letter.objects.filter(kind="approval").exists()
    with on(4):
        assert take(world, case, "decider", "refuse", reason="登记内容已变").state == "refused"


def test_one_open_case_a_field(world: World) -> None:
    case = submitted(world)
    with on(0), pytest.raises(Refused, match=case.number):
        opened(world)
    with on(0):
        other = opened(world, changes={"commissioned": {"from": "", "to": "2020-01-01"}})
        assert other.number.endswith("000002")
        with pytest.raises(Refused, match=case.number):
            actions.edit(world.viewer("clerk"), other.pk, 1, {"size": "1500"})


def test_only_its_own_organisation_asks(world: World) -> None:
    for person in ("rival", "decider", "system"):
        with on(0), pytest.raises(Refused):
            opened(world, person)


@pytest.mark.parametrize(("gone", "said"), [("committee", "管委会"), ("city", "")])
def test_missing_routes_are_said_or_go_up(world: World, gone: str, said: str) -> None:
    organisation = world.organisations[gone]
    organisation.valid_to = date(2026, 1, 1)
    organisation.save()
    with on(0):
        if said:
            with pytest.raises(Refused) as caught:
                opened(world)
            assert said in caught.value.text.zh
        else:
            assert opened(world).decider == world.organisations["province"]


def test_outside_parks_the_bureau_of_the_county_or_city_accepts(world: World) -> None:
    record = world.records["alpha-equipment"]
    record.park = None
    record.save()
    with on(0):
        assert opened(world).acceptor == world.organisations["city"]


def test_edits_belong_to_the_applicant_and_to_open_states(world: World) -> None:
    with on(0):
        case = opened(world)
        edited = actions.edit(world.viewer("clerk"), case.pk, 1, {"size": "1400"})
        assert edited.payload["changes"] == {"size": {"from": "1200", "to": "1400"}}
        for values, field in (
            ({"size": "x"}, "size"),
            ({"name": "新"}, "name"),
            ({"zzz": "1"}, "zzz"),
            ({"size": "1200"}, ""),
        ):
            with pytest.raises(Invalid) as caught:
                actions.edit(world.viewer("clerk"), case.pk, 2, values)
            assert field in caught.value.problems
        with pytest.raises(Refused):
            actions.edit(world.viewer("looker"), case.pk, 2, {"size": "1500"})
        with pytest.raises(Http404):
            actions.edit(world.viewer("decider"), case.pk, 2, {"size": "1500"})
        take(world, case, "clerk", "submit")
        with pytest.raises(Refused):
            actions.edit(world.viewer("clerk"), case.pk, 3, {"size": "1500"})
        with pytest.raises(Refused):
            actions.edit(world.viewer("acceptor"), case.pk, 3, {"size": "1500"})


TURNS: list[tuple[Any, set[str]]] = [
    (lambda w: opened(w), {"clerk", "alpha-admin"}), (submitted, {"acceptor"}), (accepted, {"decider"}),
    (joint, {"environment", "emergency"}), (answered, {"decider"}),
]  # fmt: skip


@pytest.mark.parametrize(("make", "expected"), TURNS)
def test_tasks_follow_whose_turn_it_is(world: World, make: Any, expected: set[str]) -> None:
    with on(0):
        case = make(world)
    assert {p for p in world.people if access.count_tasks(world.viewer(p))} == expected
    told = Notice.objects.filter(case=case, kind=Notice.Kind.TASK, done_at__isnull=True)
    assert {p for p in world.people if access.unseen(world.viewer(p)).filter(pk__in=told).exists()} == expected


def test_notices_are_seen_once_and_settled(world: World) -> None:
    case = submitted(world)
    viewer = world.viewer("acceptor")
    assert actions.mark_seen(viewer) == 1
    assert actions.mark_seen(viewer) == 0
    with on(1):
        take(world, case, "acceptor", "decline", reason="不属于本机关职权")
    result = access.unseen(world.viewer("clerk")).get()
    assert result.kind == Notice.Kind.RESULT
    assert "不予受理" in result.text_zh
    assert CaseEvent.objects.count() == 2
    assert SIZE["size"]["from"] == "1200"
