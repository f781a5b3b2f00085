"""Documents handed in: read in the background, whole or not at all, hostile ones with the way out."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django_tasks_db.models import DBTaskResult

from oreflow.console import clock
from oreflow.console.people import mergers
from oreflow.console.people.models import Succession
from oreflow.console.reading import access, actions, extracting, keeping, overdue, runs, tasks
from oreflow.console.reading.models import Document, Item
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.registers import attachments
from oreflow.console.registers.plan_models import PlanTarget, PlanTask

from ..world import NOW, World
from .desk import PLAN, figure, hand_in


def add(world: World, data: bytes, name: str = "示例规划.txt", person: str = "decider", **more: Any) -> Document:
    """A document that was handed in, not yet read."""
    return actions.add_document(world.viewer(person), name, io.BytesIO(data), **{"region": "panxi", **more})


def test_a_document_is_kept_enqueued_and_read(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = add(world, PLAN.encode())
    assert (document.state, document.progress, document.text) == ("reading", 0, "")
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [[document.pk]]
    tasks.read_documents.call(*task.args_kwargs["args"])
    document.refresh_from_db()
    assert (document.state, document.progress, document.title) == ("ready", 100, PLAN.split("\n")[0])
    assert document.text == PLAN
    assert attachments.path_of(document.sha256).read_bytes() == PLAN.encode()
    for item in document.items.filter(kind="statement"):
        assert document.text[item.start : item.end] == item.quote


def test_reading_twice_changes_nothing(world: World) -> None:
    document = hand_in(world)
    before = document.items.count()
    runs.read(document.pk)
    runs.read(10**9)
    assert document.items.count() == before > 10


def test_the_same_file_twice_gets_names_of_its_own(world: World) -> None:
    keys = [add(world, PLAN.encode(), name).key for name in ("a b/规划.txt", "规划.txt", "规划.docx.txt", "///.txt")]
    assert keys == ["规划", "规划-2", "规划.docx", "txt"] or len(set(keys)) == 4


HOSTILE = {
    "空.txt": b"", "空白.txt": "　\n \n".encode(), "坏.docx": b"PK\x03\x04" + b"x" * 200,
    "坏.pdf": b"%PDF-1.7\n" + b"x" * 300,
    "程序.exe": b"MZ\x90\x00\x03" * 20, "图.png": b"\x89PNG\r\n\x1a\n" + b"0" * 64, "半.txt": b"\xff\xfe\x00\xd8" * 9,
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_cannot_be_read_says_what_to_do(world: World, name: str) -> None:
    try:
        document = add(world, HOSTILE[name], name)
    except Invalid as error:
        said = [*error.problems.values()]
    else:
        runs.read(document.pk)
        document.refresh_from_db()
        assert (document.state, document.items.count()) == ("failed", 0)
        problem = document.problem
        assert problem["code"]
        said = [type("T", (), problem[key])() for key in ("message", "remedy")]
        assert access.why_not_decide(world.viewer("decider"), document) is not None
    assert said
    assert all(t.zh and t.en for t in said)


def test_a_word_file_of_nothing_but_zeros_does_not_fill_the_memory(world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    document = add(world, out.getvalue(), "大.docx")
    runs.read(document.pk)
    document.refresh_from_db()
    assert document.state == "failed"
    assert document.problem["remedy"]["zh"]


def test_a_web_page_is_kept_as_one_and_never_as_an_attachment(world: World) -> None:
    page = f"<!DOCTYPE html><html><body><p>{PLAN.splitlines()[8]}</p></body></html>".encode()
    document = add(world, page, "网页.htm")
    assert (document.file_name, document.media_type) == ("网页.html", "text/html")
    assert attachments.keep("网页.html", io.BytesIO(page)).media_type == "text/plain"


def test_zero_characters_are_marked_and_offsets_stay(world: World) -> None:
    found = extracting.writable("a\0b\ud800c")
    assert found == "a\ufffdb\ufffdc"


def test_larger_files_are_read_in_a_process_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extracting, "SMALL", 10)
    document = hand_in(world)
    assert document.state == "ready"
    assert figure(document, "海绵钛产能").values["low"] == "8"
    monkeypatch.setattr(extracting, "SECONDS", 0.01)
    slow = hand_in(world, name="慢.txt")
    assert (slow.state, slow.problem["code"]) == ("failed", "document.too-long")
    monkeypatch.setattr(extracting, "SECONDS", 60)
    monkeypatch.setattr(extracting, "MEMORY", 1)
    again = actions.read_again(world.viewer("decider"), slow.pk)
    assert again.state == "reading"
    runs.read(slow.pk)
    slow.refresh_from_db()
    assert slow.state == "ready"


def test_a_file_that_is_gone_is_told(world: World) -> None:
    document = add(world, "示例规划。到2025年，钢产量达到5万吨。".encode())
    attachments.path_of(document.sha256).unlink()
    runs.read(document.pk)
    document.refresh_from_db()
    assert document.problem["code"] == "document.gone"


def test_a_reading_cut_off_comes_back_to_people(world: World) -> None:
    begun, waiting, forgotten = (add(world, PLAN.encode(), f"{n}.txt") for n in range(3))
    Document.objects.filter(pk=begun.pk).update(progress=30)
    Document.objects.filter(pk=forgotten.pk).update(added_at=clock.now() - timedelta(hours=1))
    assert runs.recover_interrupted(clock.now(), awaited=[begun.pk, forgotten.pk]) == 0
    with keeping.working(begun.pk):
        assert runs.recover_interrupted(clock.now(), awaited=[forgotten.pk]) == 0
    assert tasks.recover_interrupted(clock.now()) == 2
    states = [Document.objects.get(pk=d.pk).state for d in (begun, waiting, forgotten)]
    assert states == ["failed", "reading", "failed"]
    actions.read_again(world.viewer("decider"), begun.pk)
    runs.read(begun.pk)
    assert Document.objects.get(pk=begun.pk).state == "ready"


def test_documents_that_a_task_will_take_up_are_left_to_it(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = add(world, PLAN.encode())
    Document.objects.filter(pk=document.pk).update(progress=30)
    assert tasks.recover_interrupted(clock.now()) == 0
    DBTaskResult.objects.update(status="FAILED")
    assert tasks.recover_interrupted(clock.now()) == 1


def test_a_batch_is_read_side_by_side(world: World, django_capture_on_commit_callbacks: Any) -> None:
    files = [(f"规划{n}.txt", io.BytesIO(PLAN.replace("180", str(180 + n)).encode())) for n in range(4)]
    files.append(("坏.exe", io.BytesIO(b"MZ\x00\x01")))
    with django_capture_on_commit_callbacks(execute=True):
        made, refused = actions.add_documents(world.viewer("decider"), files, region="panxi")
    assert (len(made), [name for name, _text in refused]) == (4, ["坏.exe"])
    task = DBTaskResult.objects.get()
    tasks.read_documents.call(*task.args_kwargs["args"])
    assert list(Document.objects.values_list("state", flat=True)) == ["ready"] * 4
    assert Item.objects.filter(values__subject="钛白粉产能").count() == 4


def test_regions_that_are_not_there_are_named(world: World) -> None:
    with pytest.raises(Invalid) as error:
        add(world, PLAN.encode(), region="nowhere")
    assert "panxi" in error.value.text.en


def test_a_document_is_withdrawn_once_nothing_of_it_stands(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    item = figure(document, "海绵钛产能")
    done = actions.accept(viewer, item.pk, item.version)
    with pytest.raises(Refused):
        actions.withdraw_document(viewer, document.pk, "误传")
    actions.reopen(viewer, item.pk, done.version)
    with pytest.raises(Invalid):
        actions.withdraw_document(viewer, document.pk, " ")
    actions.withdraw_document(viewer, document.pk, "误传")
    assert not access.visible_documents(viewer).exists()
    with pytest.raises(Http404):
        actions.accept(viewer, item.pk, done.version + 1)


def test_editions_carry_decisions_over_where_nothing_changed(world: World) -> None:
    viewer, first = world.viewer("decider"), hand_in(world)
    sponge, slag = figure(first, "海绵钛产能"), figure(first, "钒渣产量")
    actions.accept(viewer, sponge.pk, sponge.version, target={"area": "panzhihua", "area_name": "攀枝花市"})
    actions.reject(viewer, slag.pk, slag.version, "口径不明")
    pigment = figure(first, "钛白粉产能", low="180")
    actions.accept(viewer, pigment.pk, pigment.version)
    text = PLAN.replace("180万吨", "200万吨").replace("第二章", "修订说明：本版更新。\n\n第二章")
    second = hand_in(world, text=text, name="修订版.txt", edition_of=first.pk)
    assert list(access.editions_of(viewer, first)) == [second, first]
    bulk = actions.carry_over(viewer, second.pk, first.pk)
    assert (bulk.accepted, bulk.refused) == (2, ())
    record = PlanTarget.objects.get(pk=figure(second, "海绵钛产能").record_id)
    assert (record.area, record.document_ref) == ("panzhihua", second.pk)
    assert figure(second, "钒渣产量").state == "rejected"
    assert figure(second, "钛白粉产能", low="200").state == "open"
    assert actions.undo(viewer, bulk.batch) == 2
    third = hand_in(world, name="第三版.txt", edition_of=second.pk)
    assert third.edition_of_id == first.pk


def test_late_tasks_are_marked_at_night(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world, text=PLAN.replace("2022年6月底前", "2026年6月底前"))
    with clock.at(NOW):
        actions.accept_many(viewer, document.pk, kind="duty", at_least=0)
    task = PlanTask.objects.get(due="2026-06-30")
    assert task.status == "open"
    assert overdue.mark(NOW) == 0
    assert overdue.mark(NOW.replace(month=7)) == 1
    task.refresh_from_db()
    assert (task.status, task.version, task.history.count()) == ("overdue", 2, 2)
    assert overdue.mark(NOW.replace(month=8)) == 0


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025年", "2025-12-31"), ("2025年底前", "2025-12-31"), ("2023年6月底", "2023-06-30"),
        ("2024年2月", "2024-02-29"),
        ("2023年6月15日前", "2023-06-15"), ("2026年上半年", "2026-06-30"), ("2026年三季度", "2026-09-30"),
        ("长期坚持", None),
        ("2023年13月", None), ("2023 年 9 月", "2023-09-30"), ("", None),
    ],
)  # fmt: skip
def test_printed_deadlines(printed: str, day: str | None) -> None:
    found = overdue.due_day(printed)
    assert (found.isoformat() if found else None) == day


def test_documents_follow_a_merger(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    theirs = hand_in(world, "stranger", name="示例规划.txt")
    item = figure(document, "海绵钛产能")
    record_id = actions.accept(viewer, item.pk, item.version).record_id
    old, new = world.organisations["city"], world.organisations["elsewhere"]
    step = Succession.objects.create(
        predecessor=old, successor=new, manner="merger", effective=NOW.date(), recorded_at=NOW,
        recorded_by=world.people["system"],
    )  # fmt: skip
    done = mergers.carry(step, new, door="command")
    assert done.documents == 1
    document.refresh_from_db()
    assert (document.organisation, document.key) == (new, f"{theirs.key}-2")
    assert PlanTarget.objects.get(pk=record_id).organisation == new
    successor = world.viewer("stranger")
    item.refresh_from_db()
    assert actions.reopen(successor, item.pk, item.version).state == "open"
