"""What a merger carries over: records with their history, members of a group, open cases; on its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oreflow.console import clock
from oreflow.console.cases import access as cases_access
from oreflow.console.cases import actions as cases_actions
from oreflow.console.cases import parties
from oreflow.console.cases.models import AskedBody, CaseFile, Notice
from oreflow.console.people import actions, mergers
from oreflow.console.people.access import viewer_for
from oreflow.console.people.models import Kind, Membership, Organisation, SecurityEvent
from oreflow.console.refusals import Invalid
from oreflow.console.registers.models import Attachment, Equipment, Facility, Product

from ..cases.spine import accepted, answered, joint, on, opened, submitted, take
from ..world import NOW, STAMPS, World

TODAY = date(2026, 3, 2)
TABLES = ("facility", "equipment", "product", "licence")


@pytest.fixture
def apart(world: World) -> World:
    """The same world, where the merging enterprises gave different numbers."""
    for table in ("facility", "equipment", "product"):
        for key in ("beta", "gamma"):
            row = world.records[f"{key}-{table}"]
            row.number = f"{key[0].upper()}-{row.number}"
            row.save()
    return world


def merge(
    world: World, old: str = "alpha", new: str = "beta", day: date = TODAY, person: str = "system", *, move: bool = True
) -> Organisation:
    """A merger entered by the installation's administrator."""
    row = Organisation.objects.get(pk=world.organisations[old].pk)
    heir = world.organisations[new].pk
    return actions.merge(world.viewer(person), row.pk, row.version, heir, day, "重组", move_people=move)


def act(world: World, case: CaseFile, person: str, step: str, **more: Any) -> CaseFile:
    """A step by a person as what it is on the day of the clock."""
    viewer = viewer_for(world.people[person], None, clock.today())
    return cases_actions.take(viewer, case.pk, step, **more)


def owner(world: World, record: str) -> Any:
    """The organisation that a record belongs to now."""
    return type(world.records[record])._default_manager.get(pk=world.records[record].pk).organisation


def test_a_merger_carries_the_records_with_their_history(apart: World) -> None:
    machine = apart.records["alpha-equipment"]
    kept = Attachment.objects.create(
        register="equipment", record_id=machine.pk, name="铭牌.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, added_at=NOW,
    )  # fmt: skip
    merge(apart, person="decider")
    beta = apart.organisations["beta"]
    for table in TABLES:
        row = type(apart.records[f"alpha-{table}"])._default_manager.get(pk=apart.records[f"alpha-{table}"].pk)
        assert (row.organisation, row.version, row.area_code) == (beta, 2, "510411"), table
        entry = row.history.order_by("-history_id").first()
        assert (entry.organisation_id, entry.version, entry.history_type) == (beta.pk, 2, "~"), table
        assert (entry.history_door, entry.history_organisation) == ("page", "示例市经信局")
        assert entry.history_user_id == apart.people["decider"].pk
        assert entry.history_source.startswith("merger:")
        for word in ("合并", "示例钒钛冶炼厂", "示例矿业公司", "2026-03-02", "重组"):
            assert word in entry.history_change_reason
    kept.refresh_from_db()
    assert (kept.register, kept.record_id) == ("equipment", machine.pk)
    assert Equipment.objects.get(pk=machine.pk).facility == apart.records["alpha-facility"]
    said = SecurityEvent.objects.get(act="merger-carried")
    assert said.organisation == beta
    assert {k: said.detail[k] for k in ("facilities", "equipment", "products", "licences")} == {
        "facilities": 1, "equipment": 1, "products": 1, "licences": 1,
    }  # fmt: skip


def test_records_that_ended_before_stay_with_the_old_organisation(apart: World) -> None:
    row = apart.records["alpha-product"]
    row.valid_to = TODAY
    row.save()
    merge(apart)
    assert owner(apart, "alpha-product") == apart.organisations["alpha"]
    assert owner(apart, "alpha-equipment") == apart.organisations["beta"]


def test_numbers_that_both_gave_are_named_before_anything_is_written(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        merge(world)
    text = refusal.value.problems["numbers"]
    for word in ("示例矿业公司", "设施 F-1", "设备 E-1", "产品 P-1"):
        assert word in text.zh
    assert "Equipment E-1" in text.en
    assert Organisation.objects.get(pk=world.organisations["alpha"].pk).valid_to is None
    assert owner(world, "alpha-equipment") == world.organisations["alpha"]
    page = world.client("decider").post(
        f"/people/organisations/{world.organisations['alpha'].pk}/changes",
        {"manner": "merger", "version": "1", "successor": world.organisations["beta"].pk, "effective": "2026-03-02",
         "reason": "重组"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "Equipment E-1" in page.content.decode()


def test_many_machines_pass_in_as_many_queries_as_few(apart: World) -> None:
    def queries(old: str, new: str, count: int) -> int:
        common = {"organisation": apart.organisations[old], "type": "converter", "name": "转炉", **STAMPS}
        Equipment.objects.bulk_create(Equipment(number=f"{old}-{n}", **common) for n in range(count))
        with CaptureQueriesContext(connection) as seen:
            merge(apart, old, new, move=False)
        return len(seen)

    few, many = queries("alpha", "beta", 3), queries("beta", "gamma", 1500)
    assert many == few
    gamma = apart.organisations["gamma"]
    assert Equipment.objects.filter(organisation=gamma, number__startswith="beta-").count() == 1500
    assert Equipment.history.filter(organisation_id=gamma.pk, number__startswith="beta-").count() == 1500
    assert Equipment.objects.filter(organisation=gamma, number__startswith="alpha-", version=3).count() == 3


def test_members_of_a_group_get_the_successor_as_their_group(apart: World) -> None:
    def group(name: str, parent: Any = None) -> Organisation:
        return Organisation.objects.create(name=name, kind=Kind.GROUP, area_code="510411", parent=parent, **STAMPS)

    old = group("示例旧集团")
    new = group("示例新集团", old)
    alpha = apart.organisations["alpha"]
    Organisation.objects.filter(pk=alpha.pk).update(parent=old)
    system = apart.viewer("system")
    with pytest.raises(Invalid) as refusal:
        actions.merge(system, old.pk, 1, apart.organisations["beta"].pk, TODAY, "重组", move_people=False)
    assert list(refusal.value.problems) == ["successor"]
    actions.merge(system, old.pk, 1, new.pk, TODAY, "重组", move_people=False)
    alpha.refresh_from_db()
    new.refresh_from_db()
    assert (alpha.parent, alpha.version, new.parent, new.version) == (new, 2, None, 2)
    assert alpha.history.order_by("-history_id").first().parent_id == new.pk


def test_a_merger_entered_ahead_is_carried_on_its_day(apart: World) -> None:
    merge(apart, day=TODAY + timedelta(days=3))
    with on(2):
        assert mergers.carry_due(TODAY + timedelta(days=2)) == 0
        assert owner(apart, "alpha-equipment") == apart.organisations["alpha"]
    with on(3) as now:
        cases_actions.tick(now)
        assert owner(apart, "alpha-equipment") == apart.organisations["beta"]
        entry = Equipment.objects.get(pk=apart.records["alpha-equipment"].pk).history.order_by("-history_id").first()
        assert (entry.history_door, entry.history_date) == ("command", now)
        assert mergers.carry_due(TODAY + timedelta(days=3)) == 0  # nothing is left


def test_a_number_taken_meanwhile_is_told_once_and_tried_again(apart: World) -> None:
    merge(apart, day=TODAY + timedelta(days=3))
    row = apart.records["beta-product"]
    row.number = "P-1"
    row.save()
    with on(3):
        for _turn in range(2):
            assert mergers.carry_due(TODAY + timedelta(days=3)) == 0
        notice = Notice.objects.get(organisation=apart.organisations["beta"], kind="escalation")
        assert "产品 P-1" in notice.text_zh
        assert owner(apart, "alpha-facility") == apart.organisations["alpha"]  # nothing passed
        page = apart.client("rival").get("/").content.decode()
        assert "Products P-1" in page
        row.number = "P-9"
        row.save()
        assert mergers.carry_due(TODAY + timedelta(days=4)) == 1
    assert owner(apart, "alpha-product") == apart.organisations["beta"]


def test_open_cases_of_the_applicant_go_on_with_the_successor(apart: World) -> None:
    case = accepted(apart)
    draft = opened(apart, changes={"commissioned": {"from": "", "to": "2020-01-01"}})
    with on(1):
        merge(apart, day=TODAY + timedelta(days=1))
        beta, rival = apart.organisations["beta"], apart.viewer("rival")
        for row in (case, draft):
            assert cases_access.find(rival, row.pk).organisation == beta
        case.refresh_from_db()
        assert case.version == 4
        assert len(parties.events_of(case)) == 2  # no event was added
        told = Notice.objects.filter(case=case, organisation=beta, role="clerk", kind="result").get()
        assert "并入" in told.text_zh
        done = take(apart, case, "decider", "approve")
        assert done.state == "approved"
        row = Equipment.objects.get(pk=apart.records["alpha-equipment"].pk)
        assert (row.size, row.organisation) == (1350, beta)
        withdrawn = take(apart, draft, "rival", "withdraw", reason="不再需要")
        assert withdrawn.state == "withdrawn"


def test_a_decided_case_stays_with_whom_it_was(apart: World) -> None:
    case = answered(apart)
    with on(3):
        take(apart, case, "decider", "approve")
        merge(apart, day=TODAY + timedelta(days=3))
    case.refresh_from_db()
    assert case.organisation == apart.organisations["alpha"]


def test_the_successor_of_an_authority_accepts_and_decides(apart: World) -> None:
    case = submitted(apart)
    committee = Organisation.objects.create(
        name="示例新区管委会", kind=Kind.PARK_COMMITTEE, area_code="510411", park=apart.parks["park"], **STAMPS
    )
    apart.organisations["new"] = committee
    with on(1):
        merge(apart, "committee", "new", TODAY + timedelta(days=1))
        task = Notice.objects.get(case=case, kind="task", done_at=None)
        assert (task.organisation, task.role) == (committee, "acceptor")
        assert (
            Notice.objects.filter(case=case, kind="result", role="clerk").get().organisation_id == case.organisation_id
        )
        assert {m.role for m in Membership.objects.filter(organisation=committee)} == {"acceptor", "clerk"}
        assert act(apart, case, "acceptor", "accept").state == "accepted"


def test_the_successor_of_a_body_owes_its_opinion(apart: World) -> None:
    case = joint(apart)
    office = Organisation.objects.create(name="示例市环境应急局", kind=Kind.BUREAU, area_code="510400", **STAMPS)
    apart.organisations["office"] = office
    with on(3):
        take(apart, case, "emergency", "give-opinion", agrees=True, reason="安全条件具备")
        merge(apart, "environment", "office", TODAY + timedelta(days=3))
        core = parties.replayed(case, parties.events_of(case))
        assert core.missing == (str(office.pk),)
        assert str(apart.organisations["emergency"].pk) in core.opinions
        act(apart, case, "environment", "give-opinion", agrees=True, reason="可行")
        assert take(apart, case, "decider", "approve").state == "approved"


def test_two_bodies_that_become_one_owe_one_opinion(apart: World) -> None:
    case = joint(apart)
    with on(3):
        take(apart, case, "emergency", "give-opinion", agrees=True, reason="安全条件具备")
        merge(apart, "environment", "emergency", TODAY + timedelta(days=3))
        assert AskedBody.objects.filter(case=case).count() == 1
        assert parties.replayed(case, parties.events_of(case)).missing == ()
        turn = Notice.objects.filter(case=case, kind="task", done_at=None, role="decider")
        assert [n.organisation for n in turn] == [apart.organisations["city"]]
        assert take(apart, case, "decider", "approve").state == "approved"


def test_a_split_moves_nothing_and_says_so(apart: World) -> None:
    case, alpha = submitted(apart), apart.organisations["alpha"]
    page = apart.client("decider").get(f"/people/organisations/{alpha.pk}/changes").content.decode()
    assert "A split moves no records" in page
    assert f"/registers/equipment/?organisation={alpha.pk}" in page
    heirs = [apart.organisations[k].pk for k in ("beta", "gamma")]
    actions.split(apart.viewer("system"), alpha.pk, 1, heirs, TODAY, "分立")
    for table in TABLES:
        assert owner(apart, f"alpha-{table}") == alpha
    assert CaseFile.objects.get(pk=case.pk).organisation == alpha
    assert mergers.carry_due(TODAY) == 0
    assert Facility.objects.filter(organisation=alpha).exists()
    assert Product.objects.filter(organisation=alpha).exists()
