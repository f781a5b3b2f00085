"""What time brings about: urgency, reminders, escalation, lapses; each once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from oreflow.console import clock
from oreflow.console.cases import access, actions, parties
from oreflow.console.cases.models import CaseFile, Letter, Notice
from oreflow.console.cases.ticking import Tick
from oreflow.console.cases.workdays import calendar
from oreflow.console.operations.models import Holiday
from oreflow.core.workflow import deadline

from ..world import NOW, World
from .spine import accepted, joint, on, opened, submitted, take


def tick(days: float) -> Tick:
    with on(days) as moment:
        return actions.tick(moment)


def kinds() -> dict[str, int]:
    return {kind: Notice.objects.filter(kind=kind).count() for kind in ("reminder", "escalation")}


def test_reminder_then_escalation_each_once(world: World) -> None:
    case = submitted(world)  # Monday 2 March; five working days end on Monday the 9th
    assert tick(1) == Tick(looked=1)
    assert tick(2).reminders == 1
    assert tick(2).reminders == 0
    assert tick(4).reminders == 0
    case.refresh_from_db()
    assert (case.due, case.urgency) == (date(2026, 3, 9), "soon")
    assert tick(7) == Tick(looked=1)
    late = tick(8)
    assert late.escalations == 2
    assert tick(8) == tick(20) == Tick(looked=1)
    case.refresh_from_db()
    assert case.urgency == "overdue"
    told = set(Notice.objects.filter(kind="escalation").values_list("organisation__name", flat=True))
    assert told == {"示例园区管委会", "示例市经信局"}
    assert "督办" in Notice.objects.filter(kind="escalation").first().text_zh  # type: ignore[union-attr]
    assert access.unseen(world.viewer("city-admin")).filter(kind="escalation").exists()
    assert not access.unseen(world.viewer("clerk")).filter(kind="escalation").exists()


def test_overdue_decisions_go_to_the_province(world: World) -> None:
    joint(world)
    tick(60)
    told = set(Notice.objects.filter(kind="escalation").values_list("organisation__name", flat=True))
    assert told == {"示例市经信局", "示例省工业厅"}
    assert access.unseen(world.viewer("provincial")).exists()


def test_bodies_are_reminded(world: World) -> None:
    case = joint(world)
    due = CaseFile.objects.get(pk=case.pk).due
    assert due is not None
    assert tick((due - NOW.date()).days - 3).reminders == 2
    assert set(Notice.objects.filter(kind="reminder").values_list("role", flat=True)) == {"opinion"}


def test_supplements_not_supplied_lapse(world: World) -> None:
    case = submitted(world)
    with on(1):
        case = take(world, case, "acceptor", "ask-supplement", reason="缺图")
    assert (case.due, case.urgency) == (date(2026, 4, 2), "stopped")
    assert tick(29).reminders == 1
    assert kinds() == {"reminder": 1, "escalation": 0}
    assert tick(31).expired == 0  # the last day itself
    gone = tick(32)
    assert gone.expired == 1
    assert tick(32) == Tick()
    case.refresh_from_db()
    assert case.state == "expired"
    assert case.closed_at is not None
    letter = Letter.objects.get(kind="expiry")
    assert letter.issuer == world.organisations["committee"]
    assert parties.replayed(case, parties.events_of(case)).state == "expired"
    assert "逾期失效" in access.unseen(world.viewer("clerk")).filter(kind="result").get().text_zh


def test_a_term_that_ends_on_a_day_off_goes_on(world: World) -> None:
    case = submitted(world)
    with on(4):  # 6 March; thirty days end on Sunday 5 April, a day off with Qingming on the 6th
        case = take(world, case, "acceptor", "ask-supplement", reason="缺图")
    assert case.due == date(2026, 4, 7)


def test_drafts_are_left_alone(world: World) -> None:
    with on(0):
        opened(world)
    assert tick(400) == Tick()


def test_supplements_stop_the_clock(world: World) -> None:
    case = submitted(world)
    with on(2):
        take(world, case, "acceptor", "ask-supplement", reason="缺图")
    with on(14):
        case = take(world, case, "clerk", "supply")
    assert case.due == date(2026, 3, 19)  # two of five days used before, three after Monday the 16th


def test_a_loaded_list_of_holidays_counts(world: World) -> None:
    case = submitted(world)
    assert case.due == date(2026, 3, 9)
    load(date(2026, 3, 4), works=False)
    load(date(2026, 3, 7), works=True)
    load(date(2026, 3, 5), works=False)
    assert tick(0).changed == 1
    case.refresh_from_db()
    assert case.due == date(2026, 3, 10)
    core = parties.replayed(case, parties.events_of(case))
    assert deadline(parties.procedure_of(case), core, calendar(), date(2026, 3, 10)).left == 0


def load(day: date, *, works: bool) -> None:
    Holiday.objects.create(day=day, works=works, loaded_at=NOW)


@pytest.mark.parametrize("hour", [0, 23])
def test_days_are_counted_where_the_console_stands(world: World, hour: int) -> None:
    moment = datetime(2026, 3, 2, hour, 30, tzinfo=NOW.tzinfo)  # 08:30, and 07:30 of the next day, in Beijing
    with clock.at(moment):
        case = take(world, opened(world), "clerk", "submit")
    assert case.due == (date(2026, 3, 9) if hour == 0 else date(2026, 3, 10))


def test_many_cases_one_round(world: World) -> None:
    accepted(world)
    with on(1):
        take(world, opened(world, "rival", "beta-equipment"), "rival", "submit")
    assert tick(1).looked == 2
