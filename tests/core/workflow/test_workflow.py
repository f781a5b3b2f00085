"""Procedures and deadlines: steps, one supplement, stopped clocks, opinions, working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.workflow import (
    FILING,
    BadProcedure,
    Case,
    MissingReason,
    NotAllowed,
    StepNotOpen,
    UnknownStep,
    Urgency,
    WorkCalendar,
    advance,
    check_procedure,
    deadline,
    lapse,
    open_case,
    options,
    stops,
    waiting,
)

CHINA = timezone(timedelta(hours=8))
# the National Day holiday of 2026 with its make-up workdays (State Council notice for 2026)
NATIONAL = WorkCalendar(
    holidays=frozenset(date(2026, 10, d) for d in (1, 2, 5, 6, 7)),
    workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    years=frozenset({2026}),
)
PLAIN = WorkCalendar(years=frozenset(range(2020, 2031)))
ROLE_OF = {"submit": "applicant", "supply": "applicant", "withdraw": "applicant", "accept": "acceptor"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00").replace(tzinfo=CHINA)


def take(case: Case, step: str, day: str, role: str, **more: object) -> Case:
    return advance(FILING, case, step, by=f"{role} one", role=role, at=at(day), **more)  # type: ignore[arg-type]


def submitted(day: str = "2026-11-02") -> Case:
    return take(open_case(FILING, at(day)), "submit", day, "applicant")


def test_the_long_way_to_approval() -> None:
    case = submitted()
    case = take(case, "ask-supplement", "2026-11-03", "acceptor", reason="no drawing")
    case = take(case, "supply", "2026-11-10", "applicant")
    case = take(case, "accept", "2026-11-11", "acceptor")
    case = take(case, "send-review", "2026-11-12", "decider")
    case = take(case, "conclude-review", "2026-11-20", "reviewer", reason="sound")
    case = take(case, "ask-opinions", "2026-11-23", "decider", bodies=("环保", "应急"))
    assert case.missing == ("环保", "应急")
    with pytest.raises(StepNotOpen, match="应急"):
        take(case, "approve", "2026-11-24", "decider")
    for body in ("环保", "应急"):
        case = take(case, "give-opinion", "2026-11-24", "body", body=body, agrees=True, reason="fine")
    with pytest.raises(StepNotOpen):
        take(case, "give-opinion", "2026-11-24", "body", body="环保", agrees=True, reason="again")
    case = take(case, "approve", "2026-11-25", "decider")
    assert case.state == "approved"
    assert next(e.step for e in case.events) == "submit"
    assert options(FILING, case, ["decider", "applicant"]) == ()
    assert deadline(FILING, case, PLAIN, date(2026, 11, 26)).urgency is Urgency.NONE


def test_one_supplement_only() -> None:
    case = take(submitted(), "ask-supplement", "2026-11-03", "acceptor", reason="no drawing")
    case = take(case, "supply", "2026-11-04", "applicant")
    with pytest.raises(StepNotOpen, match="once"):
        take(case, "ask-supplement", "2026-11-05", "acceptor", reason="another thing")
    (offered,) = [o for o in options(FILING, case, ["acceptor"]) if o.step.id == "ask-supplement"]
    assert not offered.open
    assert offered.why_not is not None
    assert "一次" in offered.why_not.zh


def test_mistakes_name_the_way_out() -> None:
    case = submitted()
    with pytest.raises(UnknownStep, match="approve"):
        take(case, "bless", "2026-11-03", "decider")
    with pytest.raises(NotAllowed):
        take(case, "accept", "2026-11-03", "applicant")
    with pytest.raises(StepNotOpen, match="waiting for acceptance"):
        take(case, "approve", "2026-11-03", "decider")
    with pytest.raises(MissingReason):
        take(case, "decline", "2026-11-03", "acceptor", reason="  ")
    accepted = take(case, "accept", "2026-11-03", "acceptor")
    with pytest.raises(MissingReason, match="bodies"):
        take(accepted, "ask-opinions", "2026-11-04", "decider")
    asked = take(accepted, "ask-opinions", "2026-11-04", "decider", bodies=("环保",))
    with pytest.raises(MissingReason, match="agrees"):
        take(asked, "give-opinion", "2026-11-05", "body", body="环保", reason="hm")
    assert case.state == "submitted"


def test_the_clock_stops_for_supplements() -> None:
    case = submitted("2026-11-02")  # a Monday
    before = deadline(FILING, case, PLAIN, date(2026, 11, 3))
    assert (before.due, before.left, before.used) == (date(2026, 11, 9), 4, 1)
    asked = take(case, "ask-supplement", "2026-11-04", "acceptor", reason="no drawing")
    stopped = deadline(FILING, asked, PLAIN, date(2026, 11, 20))
    assert (stopped.urgency, stopped.due, stopped.left, stopped.used) == (Urgency.STOPPED, None, 3, 2)
    back = take(asked, "supply", "2026-11-23", "applicant")
    again = deadline(FILING, back, PLAIN, date(2026, 11, 23))
    assert (again.due, again.left) == (date(2026, 11, 26), 3)
    assert again.urgency is Urgency.SOON
    late = deadline(FILING, back, PLAIN, date(2026, 11, 30))
    assert (late.urgency, late.left) == (Urgency.OVERDUE, -2)


def test_expert_review_does_not_count() -> None:
    case = take(submitted("2026-11-02"), "accept", "2026-11-03", "acceptor")
    case = take(case, "send-review", "2026-11-05", "decider")
    case = take(case, "conclude-review", "2026-12-01", "reviewer", reason="sound")
    now = deadline(FILING, case, PLAIN, date(2026, 12, 2))
    assert now.used == 2 + 1
    assert now.due == PLAIN.add(date(2026, 12, 1), 18)


def test_holidays_and_make_up_days() -> None:
    assert NATIONAL.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert NATIONAL.add(date(2026, 10, 8), 2) == date(2026, 10, 10)  # a Saturday that is worked
    assert NATIONAL.is_workday(date(2026, 9, 20))
    assert NATIONAL.between(date(2026, 9, 30), date(2026, 10, 12)) == 4
    assert NATIONAL.add(date(2026, 10, 3), 0) == date(2026, 10, 8)
    late = submitted("2026-12-30")
    assert deadline(FILING, late, NATIONAL, date(2026, 12, 30)).provisional
    assert not deadline(FILING, submitted("2026-11-02"), NATIONAL, date(2026, 11, 2)).provisional


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 200))
def test_adding_and_counting_agree(day: date, days: int) -> None:
    end = PLAIN.add(day, days)
    assert PLAIN.is_workday(end)
    if days:
        assert PLAIN.between(day, end) == days


@given(DAYS, DAYS, DAYS)
def test_counting_is_additive(a: date, b: date, c: date) -> None:
    assert PLAIN.between(a, b) + PLAIN.between(b, c) == PLAIN.between(a, c)


@given(st.lists(st.sampled_from(sorted(FILING.steps)), max_size=14), st.data())
def test_no_sequence_of_steps_leaves_the_table(steps: list[str], data: st.DataObject) -> None:
    """Whatever is tried in whatever order, a case is in a known state and only open steps were taken."""
    case, day = open_case(FILING, at("2026-11-02")), date(2026, 11, 2)
    for name in steps:
        role = data.draw(st.sampled_from([*FILING.steps[name].roles, "applicant"]))
        try:
            after = advance(
                FILING,
                case,
                name,
                by="x",
                role=role,
                at=at(day.isoformat()),
                reason="r",
                bodies=("甲",),
                body="甲",
                agrees=True,
            )
        except (StepNotOpen, NotAllowed):
            continue
        assert case.state in FILING.steps[name].before
        assert after.events[:-1] == case.events
        case, day = after, day + timedelta(days=1)
        found = deadline(FILING, case, PLAIN, day)
        assert found.used >= 0
    assert case.state in FILING.states


def test_bad_tables_are_refused() -> None:
    lost = replace(FILING, steps={k: v for k, v in FILING.steps.items() if k != "withdraw"})
    with pytest.raises(BadProcedure, match="withdrawn"):
        check_procedure(lost)
    wrong = replace(FILING, steps=FILING.steps | {"x": replace(FILING.steps["accept"], id="x", after="nowhere")})
    with pytest.raises(BadProcedure, match="nowhere"):
        check_procedure(wrong)
    with pytest.raises(BadProcedure, match="limit"):
        check_procedure(replace(FILING, limits={}))


def test_whose_turn_it_is() -> None:
    case = open_case(FILING, at("2026-11-02"))
    assert waiting(FILING, case) == {"applicant": ()}
    case = submitted()
    assert waiting(FILING, case) == {"acceptor": ()}
    asked = take(case, "ask-supplement", "2026-11-03", "acceptor", reason="no drawing")
    assert waiting(FILING, asked) == {"applicant": ()}
    case = take(case, "accept", "2026-11-03", "acceptor")
    assert waiting(FILING, case) == {"decider": ()}
    review = take(case, "send-review", "2026-11-04", "decider")
    assert waiting(FILING, review) == {"reviewer": ()}
    case = take(case, "ask-opinions", "2026-11-04", "decider", bodies=("环保", "应急"))
    assert waiting(FILING, case) == {"body": ("环保", "应急")}
    case = take(case, "give-opinion", "2026-11-05", "body", body="环保", agrees=True, reason="fine")
    assert waiting(FILING, case) == {"body": ("应急",)}
    case = take(case, "give-opinion", "2026-11-05", "body", body="应急", agrees=False, reason="not yet")
    assert waiting(FILING, case) == {"decider": ()}
    assert waiting(FILING, take(case, "refuse", "2026-11-06", "decider", reason="unsafe")) == {}


def test_bodies_are_said_by_name() -> None:
    case = take(submitted(), "accept", "2026-11-03", "acceptor")
    case = take(case, "ask-opinions", "2026-11-04", "decider", bodies=("7",))
    names = {"7": "示例市生态环境局"}
    with pytest.raises(StepNotOpen, match="示例市生态环境局"):
        take(case, "approve", "2026-11-05", "decider", names=names)
    offered = {o.step.id: o for o in options(FILING, case, ["decider"], names=names, every=True)}
    assert set(offered) == {"send-review", "ask-opinions", "approve", "refuse"}
    assert not any(o.open for o in offered.values())
    assert "示例市生态环境局" in offered["approve"].why_not.zh  # type: ignore[union-attr]
    assert "会商中" in offered["ask-opinions"].why_not.zh  # type: ignore[union-attr]


def test_a_second_request_waits_for_the_first() -> None:
    again = replace(FILING.steps["ask-opinions"], before=("accepted", "joint"))
    procedure = replace(FILING, steps=FILING.steps | {"ask-opinions": again})
    case = take(submitted(), "accept", "2026-11-03", "acceptor")
    case = take(case, "ask-opinions", "2026-11-04", "decider", bodies=("环保",))
    with pytest.raises(StepNotOpen, match="环保"):
        advance(procedure, case, "ask-opinions", by="x", role="decider", at=at("2026-11-05"), bodies=("应急",))


def test_terms_lapse_in_calendar_days_and_end_on_a_working_day() -> None:
    assert lapse(FILING, submitted(), PLAIN) is None
    case = take(submitted("2026-11-02"), "ask-supplement", "2026-11-04", "acceptor", reason="no drawing")
    found = lapse(FILING, case, PLAIN)
    assert found is not None
    assert (found.last, found.step.id) == (date(2026, 12, 4), "expire")
    weekend = take(submitted("2026-11-02"), "ask-supplement", "2026-11-05", "acceptor", reason="no drawing")
    assert lapse(FILING, weekend, PLAIN).last == date(2026, 12, 7)  # type: ignore[union-attr]
    holiday = take(submitted("2026-08-31"), "ask-supplement", "2026-09-01", "acceptor", reason="no drawing")
    assert lapse(FILING, holiday, NATIONAL).last == date(2026, 10, 8)  # type: ignore[union-attr]


def test_intervals_in_which_the_clock_stood_still() -> None:
    assert stops(FILING, open_case(FILING, at("2026-11-02"))) == ()
    case = take(submitted(), "ask-supplement", "2026-11-03", "acceptor", reason="no drawing")
    ((start, end, state),) = stops(FILING, case)
    assert (start, end, state.id) == (at("2026-11-03"), None, "supplement")
    case = take(case, "supply", "2026-11-06", "applicant")
    case = take(case, "accept", "2026-11-09", "acceptor")
    case = take(case, "send-review", "2026-11-10", "decider")
    assert [(s.id, e) for _, e, s in stops(FILING, case)] == [("supplement", at("2026-11-06")), ("review", None)]


def test_only_the_reason_is_missing_where_it_is_missing() -> None:
    accepted = take(submitted(), "accept", "2026-11-03", "acceptor")
    for step, more, what in (
        ("refuse", {}, "reason"),
        ("ask-opinions", {}, "bodies"),
    ):
        with pytest.raises(MissingReason) as caught:
            take(accepted, step, "2026-11-04", "decider", **more)
        assert caught.value.what == what


def test_a_term_without_automatic_step_is_refused() -> None:
    states = FILING.states | {"review": replace(FILING.states["review"], term=10)}
    with pytest.raises(BadProcedure, match="term"):
        check_procedure(replace(FILING, states=states))


@given(st.lists(st.sampled_from(sorted(FILING.steps)), max_size=14))
def test_somebody_is_waited_for_until_a_case_is_over(steps: list[str]) -> None:
    """A case is either over, or somebody has a step to take; stopped time never counts."""
    case, day = open_case(FILING, at("2026-11-02")), date(2026, 11, 2)
    for name in steps:
        body = case.missing[0] if case.missing else ""
        try:
            case = advance(
                FILING, case, name, by="x", role=FILING.steps[name].roles[0], at=at(day.isoformat()), reason="r",
                bodies=("甲", "乙"), body=body, agrees=True,
            )  # fmt: skip
        except StepNotOpen:
            continue
        day += timedelta(days=1)
        over = FILING.states[case.state].clock.value == "over"
        assert bool(waiting(FILING, case)) != over
        stopped = sum(PLAIN.between(a.date(), b.date() if b else day) for a, b, _ in stops(FILING, case))
        assert stopped + deadline(FILING, case, PLAIN, day).used <= PLAIN.between(date(2026, 11, 2), day)
