"""One plan in every format: the same figures, tables and chains, each at its own place in the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from oreflow.core.reading import Reading, read
from oreflow.gateway.documents import HeldText, read_document

from .plan import COLUMNS, PARAGRAPHS, PRINT, Plan

PLAN = Plan()
MADE: dict[str, Callable[[], bytes]] = {
    "docx": PLAN.docx,
    "html": PLAN.html,
    "xlsx": PLAN.xlsx,
    "pdf": PLAN.pdf,
    "columns.pdf": lambda: PLAN.pdf(COLUMNS),
}


def figures(reading: Reading) -> list[tuple[object, ...]]:
    return [(s.low, s.high, s.unit, s.year, s.comparator, s.kind) for s in reading.statements]


def tables(reading: Reading) -> list[object]:
    return [(t.columns, [(r.label, [c.text for c in r.cells]) for r in t.rows]) for t in reading.tables]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def plain() -> Reading:
    held = read_document("plan.txt", PLAN.txt())
    return read(held.text, grids=held.grids)


@pytest.fixture(scope="module", params=list(MADE))
def held(request: pytest.FixtureRequest) -> HeldText:
    return read_document(f"plan.{request.param}", MADE[request.param]())


def test_the_text_is_the_same(held: HeldText) -> None:
    assert bare(held.text) == bare(PLAN.txt().decode())
    assert held.name.startswith("plan")


def test_the_same_is_read(held: HeldText, plain: Reading) -> None:
    found = read(held.text, grids=held.grids)
    assert len(plain.statements) >= 20
    assert figures(found) == figures(plain)
    assert tables(found) == tables(plain)
    assert len(plain.chains) == 2
    assert [c.edges for c in found.chains] == [c.edges for c in plain.chains]


def test_places_lead_back(held: HeldText) -> None:
    """The chain's and the last cell's characters are found where the place says."""
    starts = [p.start for p in held.places]
    assert starts == sorted(starts)
    assert all(held.text[p.start : p.end].strip() for p in held.places)
    chain = held.place_at(held.text.index("高钛渣"))
    cell = held.place_at(held.text.index("海绵钛\t") if "海绵钛\t" in held.text else held.text.rindex("海绵钛"))
    assert chain is not None
    assert cell is not None
    row = len(PARAGRAPHS) + 5
    if held.format == "docx":
        assert chain.label == "¶ 7"
        assert cell.label.endswith("(1!B5)")
    elif held.format == "xlsx":
        assert (chain.label, cell.label) == ("Sheet!A7", f"Sheet!B{row}")
    elif held.format == "pdf":
        assert chain.page == 1
        assert chain.label == "p. 1"
        assert chain.box is not None
        assert cell.box is not None
        assert 0 < cell.box[0] < cell.box[2] < 596
    else:
        lines = PLAN.html().decode().splitlines()
        assert chain.line is not None
        assert "高钛渣" in lines[chain.line - 1]


def test_a_pdf_names_the_page_of_every_line() -> None:
    long = Plan(
        paragraphs=[f"第{k}段，到2025年，示例产品产能达到{k}万吨以上。" for k in range(1, 121)], table=(), after=()
    )
    held = read_document("long.pdf", long.pdf(PRINT))
    first, last = held.place_at(0), held.place_at(len(held.text) - 2)
    assert first is not None
    assert last is not None
    assert (first.page, last.page) == (1, 5)
    assert held.text.count("\n") == 120
    assert [s.low for s in read(held.text).statements] == list(range(1, 121))


@pytest.mark.parametrize("make", ["docx", "pdf", "html"])
def test_a_real_plan_is_found_again_in_every_format(shared: Path, make: str) -> None:
    """At least 97 % of the figures read in the text are read in the same order in the rendered file."""
    plan = (shared / "plans" / "national-rare-earth-plan-2016.txt").read_text(encoding="utf-8")
    lines = [line for line in plan.splitlines() if line.strip()]
    known = [(s.low, s.high, s.unit, s.year) for s in read(plan).statements]
    data: bytes = getattr(Plan(lines, (), ()), make)()
    held = read_document(f"plan.{make}", data)
    found = [(s.low, s.high, s.unit, s.year) for s in read(held.text, grids=held.grids).statements]
    blocks = difflib.SequenceMatcher(None, known, found, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) >= 0.97 * len(known)
