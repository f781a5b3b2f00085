"""The built-in pack: every value stands where it says it stands, and its tables hold together."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from oreflow.core.provenance import Mark, Source
from oreflow.core.quantity import format_number
from oreflow.core.region import Comparator, Figure, Form, Region, Target
from oreflow.core.targets import printed_form, read_printed

PLAN, GUIDE, NATION = "panzhihua-parks-2021", "sichuan-vti-re-guide-2016", "national-rare-earth-plan-2016"


def lines_of(source: Source) -> Iterator[int]:
    for part in source.lines.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def numbers_of(cell: Figure | Target) -> Iterator[str]:
    """The printed digits of a cell, without sign."""
    for value in (cell.value, getattr(cell, "upper", None)):
        if value is not None:
            yield format_number(abs(value.value), cell.places, grouping=False)


@pytest.fixture(scope="session")
def texts(shared: Path, panxi: Region) -> dict[str, list[str]]:
    read = {}
    for document in panxi.documents.values():
        data = (shared / "plans" / f"{document.id}.txt").read_bytes()
        assert hashlib.sha256(data).hexdigest() == document.sha256
        read[document.id] = data.decode("utf-8").splitlines()
        assert len(read[document.id]) == document.lines
    return read


def test_every_number_stands_on_its_lines(panxi: Region, texts: dict[str, list[str]]) -> None:
    for cell in (*panxi.figures.values(), *panxi.targets.values()):
        text = "\n".join(texts[cell.source.document][n - 1] for n in lines_of(cell.source))
        for digits in numbers_of(cell):
            pattern = rf"(?<![\d.]){re.escape(digits)}(?!\d|\.\d)"
            assert re.search(pattern, text), f"{cell.id}: {digits} not on lines {cell.source.lines}"


def test_every_word_of_a_target_without_a_number_is_printed(panxi: Region, texts: dict[str, list[str]]) -> None:
    worded = [t for t in panxi.targets.values() if t.value is None]
    assert len(worded) == 5
    for target in worded:
        text = "".join(texts[target.source.document][n - 1] for n in lines_of(target.source))
        assert target.words.zh in text


def test_every_printed_number_of_the_two_plans_tables_is_in_the_pack(shared: Path, panxi: Region) -> None:
    """Each base and target collected from the plans is in the pack, with the same value."""
    collected = json.loads((shared / "facts" / "plan_numbers.json").read_text(encoding="utf-8"))
    known: dict[str, Counter[Fraction]] = {}
    for cell in (*panxi.figures.values(), *panxi.targets.values()):
        values = known.setdefault(cell.source.document, Counter())
        for value in (cell.value, getattr(cell, "upper", None)):
            if value is not None:
                values[value.value] += 1
    left_out = {
        (GUIDE, 29, "50"),  # a firm's capacity
        (GUIDE, 279, "1200"),  # a strength in a list of technologies
        (PLAN, 172, "50"),  # a firm's project
        (PLAN, 323, "30"),  # other cities
        (PLAN, 323, "200"),
        (NATION, 271, "20"),  # aims of magnet research
        (NATION, 271, "25"),
    }
    for row in collected:
        if row["plan"] not in (PLAN, GUIDE) and not (row["plan"] == NATION and 48 <= row["line"] <= 151):
            continue
        for key in ("value", "value2"):
            printed = str(row[key])
            if re.fullmatch(r"-?\d+(\.\d+)?", printed) and (row["plan"], row["line"], printed) not in left_out:
                assert known[row["plan"]][Fraction(printed)], (row["line"], row["indicator"], printed)


def test_the_printed_form_of_each_target_reads_back_to_its_fields(panxi: Region) -> None:
    read = 0
    for target in panxi.targets.values():
        if not target.printed or target.value is None:
            continue
        unit = target.value.unit.symbol
        printed = read_printed(target.printed, unit)
        assert printed.comparator is target.comparator, target.id
        assert printed.value is not None
        assert printed.value.value == target.value.value, target.id
        assert printed.places == target.places, target.id
        if target.upper is not None:
            assert printed.upper == target.upper.rebase(printed.value.basis)
        if target.printed[0] == "[" and target.form is not Form.CUMULATIVE:
            assert printed.form is target.form
        read += 1
    assert read > 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_of_each_target_reads_back(panxi: Region, language: str) -> None:
    for target in panxi.targets.values():
        shown = read_printed(printed_form(target, language))
        assert shown.comparator is target.comparator
        if target.value is None:
            assert shown.words == target.words.in_language(language)
            continue
        assert shown.value == target.value.rebase(shown.value.basis if shown.value else target.value.basis)
        if target.form in (Form.CHANGE, Form.CUMULATIVE):
            assert shown.form is target.form


def test_the_fourteen_indicators_of_the_plan_are_kept_apart(panxi: Region) -> None:
    table = [t for t in panxi.targets.values() if t.binding.value != "unsaid"]
    assert len(table) == 14
    binding = [t for t in table if t.binding.value == "binding"]
    assert {t.form for t in binding} == {Form.DELEGATED}
    assert len(binding) == 2
    forms = Counter(t.form for t in table)
    assert forms == {
        Form.AVERAGE_GROWTH: 3,
        Form.FLOOR: 1,
        Form.QUALITATIVE: 1,
        Form.CUMULATIVE: 2,
        Form.LEVEL: 5,
        Form.DELEGATED: 2,
    }
    span = panxi.targets["investment-per-mu.panzhihua-parks.2025"]
    assert span.comparator is Comparator.BETWEEN
    assert span.upper is not None


def test_capacity_and_output_are_told_apart(panxi: Region) -> None:
    for figure in panxi.figures.values():
        if figure.table == "表1—3" and figure.since is None:
            assert figure.value is not None
            assert figure.value.basis.measure == "output"
        if figure.source.document == GUIDE and figure.source.lines == "11":
            assert figure.value is not None
            assert figure.value.basis.measure == "capacity"
    smelting = panxi.targets["steel-smelting.panzhihua-parks.2025"]
    assert smelting.value is not None
    assert smelting.value.basis.measure == ""


def test_assumed_values_are_marked_so(panxi: Region) -> None:
    assert {r.share.mark for r in panxi.routes} == {Mark.ASSUMED}
    assert all(g.split.mark is Mark.ASSUMED for g in panxi.goals if g.split.value != 1)
    assert not panxi.simulated


def test_parks_and_their_industries(panxi: Region) -> None:
    parks = [a for a in panxi.areas.values() if a.kind == "park"]
    assert len(parks) == 6
    assert all(3 <= len(p.leading) <= 4 and p.within == "panzhihua-parks" for p in parks)
