"""Decisions at the desk: who may take them, what they write, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from oreflow.console.reading import accepting, access, actions, proposals
from oreflow.console.reading.models import Decision, Item
from oreflow.console.refusals import Invalid, Refused, Stale
from oreflow.console.registers.plan_models import ChainLink, PlanClause, PlanTarget, PlanTask

from ..world import World
from .desk import figure, hand_in

OTHERS = ("clerk", "rival", "far", "stranger", "reviewer", "nobody", "acceptor", "looker")
SEEING = ("provincial", "minister", "system", "environment")  # within reach, but not the keeper


def acts(item: Item) -> dict[str, Any]:
    """Every act about an item, as a call that wants a viewer."""
    end = min(item.start + 2, item.end)
    return {
        "accept": lambda v: actions.accept(v, item.pk, item.version),
        "accept_many": lambda v: actions.accept_many(v, item.document_id, kind="statement", at_least=0),
        "correct": lambda v: actions.correct(v, item.pk, item.version, {"low": "1"}),
        "reject": lambda v: actions.reject(v, item.pk, item.version, "示例"),
        "reopen": lambda v: actions.reopen(v, item.pk, item.version),
        "split": lambda v: actions.split(v, item.pk, item.version, [{"low": "1"}, {"low": "2"}]),
        "merge": lambda v: actions.merge(v, [item.pk, item.pk + 1], [1, 1], {}),
        "add_item": lambda v: actions.add_item(
            v, item.document_id, "statement", item.start, end, {"subject": "示例", "low": "1"}
        ),
        "carry_over": lambda v: actions.carry_over(v, item.document_id, item.document_id),
        "withdraw": lambda v: actions.withdraw_document(v, item.document_id, "示例"),
        "read_again": lambda v: actions.read_again(v, item.document_id),
        "publish": lambda v: actions.publish(v, item.document_id, public=True),
    }  # fmt: skip


def test_others_see_nothing_and_may_decide_nothing(world: World) -> None:
    document = hand_in(world)
    item = figure(document, "海绵钛产能")
    for person in OTHERS:
        viewer = world.viewer(person)
        assert not access.visible_documents(viewer).exists(), person
        assert not access.items_of(viewer, document).exists(), person
        for name, act in acts(item).items():
            with pytest.raises(Http404):
                act(viewer)
            assert Decision.objects.count() == 0, (person, name)
    assert not PlanTarget.objects.filter(document_ref=document.pk).exists()


def test_those_within_reach_look_and_the_keeper_alone_decides(world: World) -> None:
    document = hand_in(world)
    item = figure(document, "海绵钛产能")
    for person in SEEING:
        viewer = world.viewer(person)
        assert access.find_item(viewer, item.pk) == item
        assert access.why_not_decide(viewer, document) is not None
        for act in acts(item).values():
            with pytest.raises(Refused):
                act(viewer)
    assert access.why_not_decide(world.viewer("decider"), document) is None


def test_a_published_document_is_seen_by_everybody_who_is_signed_in_and_decided_by_its_keeper(world: World) -> None:
    document = hand_in(world, public=True)
    item = figure(document, "海绵钛产能")
    for person in ("clerk", "far", "stranger", "nobody"):
        viewer = world.viewer(person)
        assert access.find_document(viewer, document.pk) == document
        with pytest.raises(Refused):
            actions.accept(viewer, item.pk, item.version)


def test_only_authorities_hand_in(world: World) -> None:
    for person in ("clerk", "looker", "minister", "reviewer", "nobody", "system"):
        with pytest.raises(Refused):
            hand_in(world, person)
    assert hand_in(world, "acceptor").organisation == world.organisations["committee"]


def test_an_accepted_figure_stands_in_the_register_with_its_source(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    done = actions.accept(viewer, item.pk, item.version)
    record = PlanTarget.objects.get(pk=done.record_id)
    assert (record.indicator, record.year, record.value, record.unit) == ("sponge", "2025", 8, "万吨")
    assert record.basis == "capacity"
    assert (record.start, record.end, record.item) == (item.start, item.end, item.pk)
    assert document.text[record.start : record.end] == "8万吨"
    assert record.organisation == document.organisation
    assert record.history.count() == 1
    assert record.history.first().history_user_id == world.people["decider"].pk
    decision = access.decisions_of(viewer, done).get()
    assert (decision.act, decision.after["records"]) == ("accept", [record.pk])


def test_accepting_again_changes_nothing_unless_something_is_set(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    done = actions.accept(viewer, item.pk, item.version)
    again = actions.accept(viewer, item.pk, done.version)
    assert again.version == done.version
    assert PlanTarget.objects.get(pk=done.record_id).version == 1
    changed = actions.accept(viewer, item.pk, done.version, target={"area": "panzhihua", "area_name": "攀枝花市"})
    record = PlanTarget.objects.get(pk=done.record_id)
    assert (record.area, record.version, changed.record_id) == ("panzhihua", 2, done.record_id)
    assert PlanTarget.objects.filter(document_ref=document.pk).count() == 1


def test_an_older_version_is_refused(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    actions.correct(viewer, item.pk, item.version, {"low": "9", "high": "9"})
    for act in (
        lambda: actions.accept(viewer, item.pk, 1),
        lambda: actions.correct(viewer, item.pk, 1, {"low": "8"}),
        lambda: actions.reject(viewer, item.pk, 1, "示例"),
        lambda: actions.split(viewer, item.pk, 1, [{"low": "1"}, {"low": "2"}]),
    ):
        with pytest.raises(Stale):
            act()
    item.refresh_from_db()
    assert (item.values["low"], item.state) == ("9", "open")


def test_a_correction_keeps_what_was_read(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    done = actions.correct(viewer, item.pk, item.version, {"low": "8.5", "unit": "万吨"}, "勘误")
    assert (done.values["low"], done.values["high"], done.corrected) == ("8.5", "8.5", True)
    decision = access.decisions_of(viewer, done).get()
    assert (decision.before["values"]["low"], decision.reason) == ("8", "勘误")
    assert PlanTarget.objects.filter(pk=actions.accept(viewer, done.pk, done.version).record_id, value="8.5").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"low": "很多"}, "low"), ({"low": ""}, "low"), ({"low": "1/0"}, "low"), ({"low": "9" * 60}, "low"),
        ({"year": "二〇"}, "year"), ({"year": "99999"}, "year"), ({"comparator": "=="}, "comparator"),
        ({"kind": "wish"}, "kind"), ({"subject": ""}, "subject"), ({"subject": "a" * 600}, "subject"),
        ({"subject": "a\u200bb"}, "subject"), ({"low": "3", "high": "2", "comparator": "between"}, "high"),
        ({"comparator": "between"}, "high"), ({"multiplicity": "0"}, "multiplicity"), ({"strange": "1"}, "strange"),
        ({"binding": "也许"}, "binding"), ({"low": ["1"]}, "low"), ({"subject": {"a": 1}, "low": None}, "low"),
    ],
)  # fmt: skip
def test_values_that_cannot_stand_are_named(world: World, values: dict[str, Any], field: str) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    with pytest.raises(Invalid) as error:
        actions.correct(viewer, item.pk, item.version, values)
    assert field in error.value.problems
    assert all(t.zh and t.en for t in error.value.problems.values())


@pytest.mark.parametrize(
    "target",
    [
        {"unit": "斗"}, {"year": ""}, {"year": "25"}, {"value": "abc"}, {"indicator": "value-added"}, {"area": "攀 枝"},
        {"form": "wish"}, {"strange": "1"}, {"comparator": "between"}, {"upper": "9"}, {"value": ""},
        {"form": "cumulative", "from_year": ""}, {"form": "cumulative", "from_year": "2030"}, {"basis": "大概"},
    ],
)  # fmt: skip
def test_a_record_that_cannot_stand_is_refused_with_its_field(world: World, target: dict[str, str]) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    with pytest.raises(Invalid):
        actions.accept(viewer, item.pk, item.version, target=target)
    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 1)
    assert not PlanTarget.objects.filter(document_ref=document.pk).exists()


def test_an_item_opened_again_ends_its_record_and_brings_it_back(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    done = actions.accept(viewer, item.pk, item.version)
    record_id = done.record_id
    opened = actions.reopen(viewer, item.pk, done.version, "看错了")
    assert (opened.state, opened.record_id) == ("open", None)
    assert PlanTarget.objects.get(pk=record_id).valid_to is not None
    back = actions.accept(viewer, item.pk, opened.version)
    record = PlanTarget.objects.get(pk=back.record_id)
    assert (back.record_id, record.valid_to, record.version, record.history.count()) == (record_id, None, 3, 3)


def test_a_rejection_needs_its_reason_and_can_be_taken_back(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    with pytest.raises(Invalid):
        actions.reject(viewer, item.pk, item.version, "  ")
    done = actions.reject(viewer, item.pk, item.version, "举例而已")
    with pytest.raises(Refused):
        actions.accept(viewer, item.pk, done.version)
    assert actions.reject(viewer, item.pk, done.version, "再次").version == done.version
    assert actions.reopen(viewer, item.pk, done.version).state == "open"


def test_many_are_accepted_at_once_and_taken_back(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    wrong = figure(document, "钒渣产量")
    actions.correct(viewer, wrong.pk, wrong.version, {"unit": "斗"})
    bulk = actions.accept_many(viewer, document.pk, kind="statement", at_least=0.9)
    figures = document.items.filter(kind="statement")
    assert bulk.accepted == figures.filter(state="accepted").count() > 5
    assert [i.pk for i, _text in bulk.refused] == [wrong.pk]
    standing = PlanTarget.objects.filter(document_ref=document.pk, valid_to=None)
    assert standing.count() == bulk.accepted
    kept = figures.filter(state="accepted").first()
    again = actions.reopen(viewer, kept.pk, kept.version)
    actions.accept(viewer, kept.pk, again.version)
    assert actions.undo(viewer, bulk.batch) == bulk.accepted - 1
    assert [r.item for r in standing.all()] == [kept.pk]
    assert actions.undo(viewer, bulk.batch) == 0
    for person in ("stranger", "acceptor", "clerk"):
        with pytest.raises(Http404):
            actions.undo(world.viewer(person), bulk.batch)
    with pytest.raises(Http404):
        actions.undo(viewer, "")


def test_below_the_confidence_only_corrected_items_are_taken(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    actions.correct(viewer, item.pk, item.version, {"low": "8.1"})
    bulk = actions.accept_many(viewer, document.pk, kind="statement", at_least=1.0)
    assert bulk.accepted == 1
    assert document.items.get(state="accepted").pk == item.pk


def test_chains_clauses_and_duties_become_their_records(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    for kind in ("chain", "clause", "duty", "name"):
        bulk = actions.accept_many(viewer, document.pk, kind=kind, at_least=0)
        assert (bulk.accepted, bulk.refused) == (document.items.filter(kind=kind).count(), ())
    links = ChainLink.objects.filter(document_ref=document.pk).order_by("pk")
    assert [(k.source_node, k.target_node) for k in links][:2] == [("钒钛磁铁矿", "铁精矿"), ("铁精矿", "钛精矿")]
    assert links[0].source_material == "vtm_ore"
    clauses = PlanClause.objects.filter(document_ref=document.pk)
    assert {(c.comparator, c.value, c.inclusive) for c in clauses} == {(">=", 5, "yes"), ("<", 3, "no")}
    tasks = PlanTask.objects.filter(document_ref=document.pk)
    late = tasks.get(due="2022-06-30")
    assert (late.lead, late.support, late.status) == ("市发展改革委", "市经信局", "overdue")
    assert [t.lead for t in access.tasks_of(viewer, "市发展改革委")] == ["市发展改革委", "市经信局"]
    assert not access.tasks_of(viewer, "发展改革委").exists()
    assert not access.tasks_of(world.viewer("stranger"), "市发展改革委").exists()


def test_a_chain_that_is_shortened_ends_the_links_it_lost(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = document.items.get(kind="chain")
    done = actions.accept(viewer, item.pk, item.version)
    opened = actions.reopen(viewer, item.pk, done.version)
    shorter = actions.correct(viewer, item.pk, opened.version, {"stages": [["海绵钛"], ["钛锭", "钛材"]]})
    actions.accept(viewer, item.pk, shorter.version)
    standing = ChainLink.objects.filter(item=item.pk, valid_to=None)
    assert {(k.source_node, k.target_node) for k in standing} == {("海绵钛", "钛锭"), ("海绵钛", "钛材")}
    assert ChainLink.objects.filter(item=item.pk).exclude(valid_to=None).exists()


def test_splitting_and_merging_leave_where_things_came_from(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    parts = actions.split(viewer, item.pk, item.version, [
        {"subject": "海绵钛", "low": "5", "start": item.start, "end": item.start + 1}, {"subject": "钛锭", "low": "3"},
    ])  # fmt: skip
    assert [(p.values["subject"], p.values["high"], p.came_from) for p in parts] == [
        ("海绵钛", "5", [item.pk]), ("钛锭", "3", [item.pk]),
    ]  # fmt: skip
    item.refresh_from_db()
    assert item.state == "replaced"
    assert item not in access.items_of(viewer, document)
    merged = actions.merge(viewer, [p.pk for p in parts], [p.version for p in parts], {"low": "8"})
    assert (merged.start, merged.end, merged.values["low"]) == (parts[0].start, item.end, "8")
    assert sorted(merged.came_from) == sorted(p.pk for p in parts)
    with pytest.raises(Refused):
        actions.accept(viewer, item.pk, item.version)


def test_what_cannot_be_split_or_merged_is_refused(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    one, other = figure(document, "海绵钛产能"), document.items.get(kind="chain")
    foreign = figure(hand_in(world, "stranger", name="外地.txt"), "海绵钛产能")
    for parts in ([], [{"low": "1"}], [{"low": "1"}, {"low": "x"}], [{"low": "1"}, {"start": 0, "end": 5}]):
        with pytest.raises(Invalid):
            actions.split(viewer, one.pk, one.version, parts)
    for ids in ([one.pk], [one.pk, one.pk], [one.pk, other.pk]):
        with pytest.raises(Invalid):
            actions.merge(viewer, ids, [1] * len(ids), {})
    with pytest.raises(Http404):
        actions.merge(viewer, [one.pk, foreign.pk], [1, 1], {})
    assert document.items.filter(state="replaced").count() == 0


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (9, 3), (0, 10**7), ("a", 3)])
def test_an_added_item_lies_in_the_text(world: World, start: Any, end: Any) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    with pytest.raises(Invalid):
        actions.add_item(viewer, document.pk, "statement", start, end, {"subject": "示例", "low": "1"})


def test_what_the_reader_missed_is_added_and_accepted(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    start = document.text.index("80")
    given = {"subject": "钛白粉", "low": "180", "unit": "万吨", "year": "2025", "comparator": ">=", "scope": "攀枝花市"}
    item = actions.add_item(viewer, document.pk, "statement", start, start + 4, given)
    assert (item.by_reader, item.quote) == (False, "80万吨"[:4])
    assert proposals.propose(item).indicator == "titania"
    assert actions.accept(viewer, item.pk, item.version).record_id


def test_more_than_one_request_takes_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "MOST", 3)
    monkeypatch.setattr(accepting, "PORTION", 2)
    viewer, document = world.viewer("decider"), hand_in(world)
    figures = document.items.filter(kind="statement")
    count = figures.filter(confidence__gte=0.5).count()
    first = actions.accept_many(viewer, document.pk, kind="statement", at_least=0.5)
    assert first.accepted + len(first.refused) == 3
    assert first.left == count - 3 > 0
