"""Two editions of a plan: the same, changed, new and gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.reading import read
from oreflow.core.reading.packing import statement_values
from oreflow.core.reading.packing.editions import Entry, pairs, text_rows

OLD = "到2025年，甲产能达到8万吨，乙产量达到5万吨，丙利用率达到90%。2020年，甲产能6万吨。"


def entries(text: str) -> list[Entry]:
    return [Entry("statement", statement_values(s), s.quote) for s in read(text).statements]


def said(old: str, new: str) -> list[tuple[str, str]]:
    before, after = entries(old), entries(new)
    return [(p.kind, (after[p.new] if p.new >= 0 else before[p.old]).values["subject"]) for p in pairs(before, after)]


def test_an_edition_is_the_same_as_itself() -> None:
    found = pairs(entries(OLD), entries(OLD))
    assert [(p.kind, p.old, p.new) for p in found] == [("same", n, n) for n in range(4)]


def test_changed_new_and_gone() -> None:
    new = "到2025年，甲产能达到9万吨，丙利用率达到90%，丁产量达到1万吨。2020年，甲产能6万吨。"
    assert said(OLD, new) == [
        ("changed", "甲产能"), ("same", "丙利用率"), ("added", "丁产量"), ("same", "甲产能"), ("removed", "乙产量"),
    ]  # fmt: skip
    changed = next(p for p in pairs(entries(OLD), entries(new)) if p.kind == "changed")
    assert changed.fields == ("low", "high")


def test_an_aim_moved_to_another_year_is_a_change() -> None:
    found = pairs(entries("到2025年，甲产能达到8万吨。"), entries("到2030年，甲产能达到8万吨。"))
    assert [(p.kind, p.fields) for p in found] == [("changed", ("year",))]


def test_a_subject_written_a_little_otherwise_is_the_same_matter() -> None:
    found = pairs(
        entries("到2025年，钒钛磁铁矿综合利用率达到90%。"), entries("到2025年，钒钛磁铁矿资源综合利用率达到92%。")
    )
    assert [p.kind for p in found] == ["changed"]


@given(st.lists(st.integers(0, 3), max_size=8), st.lists(st.integers(0, 3), max_size=8))
def test_every_item_stands_once(old: list[int], new: list[int]) -> None:
    before, after = ([Entry("duty", {"task": f"任务{n}"}) for n in part] for part in (old, new))
    found = pairs(before, after)
    assert sorted(p.old for p in found if p.old >= 0) == list(range(len(old)))
    assert sorted(p.new for p in found if p.new >= 0) == list(range(len(new)))
    assert all((p.kind == "added") is (p.old < 0) and (p.kind == "removed") is (p.new < 0) for p in found)


def test_lines() -> None:
    rows = text_rows("甲\n乙\n丙", "甲\n乙二\n丙\n丁")
    assert [(r.kind, r.old, r.new) for r in rows] == [
        ("same", (0, 1), (0, 1)), ("changed", (1, 2), (1, 2)), ("same", (2, 3), (2, 3)), ("added", (3, 3), (3, 4)),
    ]  # fmt: skip
