"""Every kind of mistake gives one problem with its place, value and remedy, in both shapes of a pack."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.gateway import PackErrors, load_pack, validate_pack

from .packs import PackText, assert_says_the_way_out, only, problems_of


class Case(NamedTuple):
    name: str
    mutate: Callable[[PackText], object]
    code: str
    table: str
    row: int | None
    column: str
    value: str


def _cell(table: str, row: int, column: str, text: str) -> Callable[[PackText], object]:
    return lambda p: p.set(table, row, column, text)


def _cell_case(name: str, code: str, table: str, row: int, column: str, text: str) -> Case:
    return Case(name, _cell(table, row, column, text), code, table, row, column, text)


def _rename(table: str, old: str, new: str) -> Callable[[PackText], object]:
    def mutate(pack: PackText) -> None:
        header = pack.tables[table][0]
        header[header.index(old)] = new

    return mutate


def _several(*steps: Callable[[PackText], object]) -> Callable[[PackText], object]:
    return lambda pack: [step(pack) for step in steps]


CASES = [
    # tables and columns
    Case("missing table", lambda p: p.tables.pop("areas"), "missing-table", "areas", None, "", "areas"),
    Case(
        "missing column",
        lambda p: p.drop_column("figures", "year"),
        "missing-column", "figures", 1, "year", "",
    ),
    Case(
        "unknown column",
        _rename("figures", "note_en", "noteen"),
        "unknown-column", "figures", 1, "noteen", "noteen",
    ),
    Case(
        "duplicated column",
        _rename("figures", "note_en", "note_zh"),
        "duplicate-column", "figures", 1, "note_zh", "note_zh",
    ),
    Case(
        "column without a name",
        _several(_rename("figures", "note_zh", ""), _cell("figures", 3, "note_en", "x")),
        "unnamed-column", "figures", 1, "", "",
    ),
    # cells
    _cell_case("text in a number", "not-a-number", "figures", 2, "value", "约100"),
    _cell_case("thousands separator", "not-a-number", "figures", 2, "value", "1,005.0"),
    _cell_case("exponent", "not-a-number", "figures", 2, "value", "1.2E+05"),
    _cell_case("not a finite number", "not-a-number", "figures", 2, "value", "NaN"),
    _cell_case("digits of another script", "not-a-number", "figures", 2, "value", "١٢"),
    _cell_case("not a whole number", "not-an-integer", "documents", 2, "text_lines", "99.5"),
    _cell_case("not a year", "not-a-year", "figures", 2, "year", "20"),
    _cell_case("not a date", "not-a-date", "documents", 2, "issued", "2021-13-01"),
    _cell_case("not yes or no", "not-yes-or-no", "indicators", 2, "additive", "maybe"),
    _cell_case("unknown unit", "unknown-unit", "figures", 2, "unit", "万斤力"),
    _cell_case("unknown basis", "unknown-basis", "figures", 8, "basis", "v2o5x"),
    _cell_case("contradicting basis", "unknown-basis", "figures", 8, "basis", "capacity output"),
    _cell_case("unknown mark", "unknown-mark", "figures", 2, "mark", "plann"),
    _cell_case("choice outside the list", "not-in-list", "targets", 5, "binding", "bindin"),
    _cell_case("capitals in an id", "bad-id", "quotas", 2, "kind", "Mining")._replace(code="not-in-list"),
    _cell_case("id with blanks", "bad-id", "comparisons", 2, "id", "Sulfuric Acid"),
    _cell_case("lines in words", "bad-lines", "figures", 2, "lines", "line 10"),
    _cell_case("lines that run backwards", "bad-lines", "figures", 2, "lines", "12-10"),
    _cell_case("line nought", "bad-lines", "figures", 2, "lines", "0"),
    _cell_case("lines made a date by a spreadsheet", "bad-lines", "figures", 2, "lines", "2026-05-03 00:00"),
    _cell_case("share in per cent", "out-of-bounds", "routes", 4, "share", "20"),
    _cell_case("negative flow", "out-of-bounds", "flows", 3, "amount", "-3"),
    Case("required cell empty", _cell("areas", 2, "name_en", ""), "required", "areas", 2, "name_en", ""),
    _cell_case("damaged text", "damaged-text", "areas", 2, "note_zh", "示例�市"),
    # keys and references
    _cell_case("duplicated key", "duplicate-key", "figures", 8, "id", "f.city"),
    Case(
        "duplicated compound key",
        lambda p: p.add_row(
            "quotas", year="2020", batch="full", scope="national", kind="mining", ore_type="all",
            value="1", unit="t", basis="reo", source="x", mark="page",
        ),
        "duplicate-key", "quotas", 4, "holder", "2020, full, national, mining, all",
    ),
    _cell_case("broken reference", "broken-reference", "figures", 2, "area", "cityy"),
    _cell_case("broken reference to the library", "broken-reference", "comparisons", 2, "material", "acids"),
    _cell_case("broken reference in a list", "broken-reference", "groups", 2, "members", "pig_s pig_c pig_x")
    ._replace(value="pig_x"),
    _cell_case("goal with an unknown target", "broken-reference", "goals", 2, "target", "t.pigmnt"),
    Case(
        "one id for a material and a group",
        _several(_cell("groups", 2, "id", "acid"), _cell("indicators", 4, "product", ""),
                 lambda p: [p.tables.pop(t) for t in ("routes", "goals", "comparisons")]),
        "ambiguous-id", "groups", 2, "id", "acid",
    ),
    _cell_case("route by an unknown process", "broken-reference", "routes", 2, "process", "sulfat"),
    _cell_case("group within itself", "broken-reference", "groups", 2, "members", "titania"),
    # rules
    Case("range upside down", _cell("routes", 2, "low", "0.55"), "range-order", "routes", 2, "share", "0.5"),
    _cell_case("unit of another dimension", "unit-dimension", "figures", 2, "unit", "万吨"),
    _cell_case("growth that is no ratio", "unit-dimension", "targets", 3, "unit", "亿元"),
    _cell_case("lines beyond the text", "lines-beyond", "figures", 2, "lines", "99-101"),
    _cell_case("name beyond the text", "lines-beyond", "members", 2, "lines", "101"),
    _cell_case("list of an unknown indicator", "broken-reference", "members", 3, "indicator", "outputs"),
    _cell_case("two lines read as one number", "lines-beyond", "figures", 2, "lines", "767793"),
    _cell_case("hash that is none", "bad-sha256", "documents", 2, "text_sha256", "abc"),
    _cell_case("period upside down", "period-order", "documents", 2, "period_to", "2020"),
    _cell_case("growth rate that starts after its end", "period-order", "figures", 7, "since", "2021"),
    Case("target without value", _cell("targets", 2, "value", ""), "value-missing", "targets", 2, "value", ""),
    Case("target without unit", _cell("targets", 2, "unit", ""), "value-missing", "targets", 2, "unit", ""),
    Case("figure without value", _cell("figures", 2, "value", ""), "value-missing", "figures", 2, "value", ""),
    _cell_case("dash with a value", "value-unexpected", "figures", 5, "value", "3"),
    _cell_case("words with a value", "value-unexpected", "targets", 4, "value", "3"),
    Case("no words", _cell("targets", 4, "words_en", ""), "words-missing", "targets", 4, "words_en", ""),
    Case("range with one end", _cell("targets", 3, "upper", ""), "range-ends", "targets", 3, "upper", ""),
    _cell_case("two ends without range", "range-ends", "targets", 2, "upper", "300"),
    _cell_case("range upside down in a target", "range-order", "targets", 3, "upper", "7"),
    Case("growth without start", _cell("targets", 3, "from_year", ""), "year-missing", "targets", 3, "from_year", ""),
    _cell_case("growth that starts too late", "year-missing", "targets", 3, "from_year", "2026"),
    Case(
        "route shares that miss 1",
        _cell("routes", 3, "share", "0.4"),
        "route-sum", "routes", 3, "share", "titania",
    ),
    Case(
        "route that makes something else",
        _cell("routes", 4, "process", "acid_making"),
        "route-product", "routes", 4, "process", "acid_making",
    ),
    Case("splits that miss 1", _cell("goals", 3, "split", "0.2"), "split-sum", "goals", 3, "split", "t.pigment"),
    Case(
        "stated without a target",
        _cell("comparisons", 3, "target", ""),
        "target-needed", "comparisons", 3, "target", "",
    ),
    # what the chain could not reckon with
    Case("feed that is no input", _cell("processes", 4, "feed", "slag"), "feed-input", "processes", 4, "feed", "slag"),
    Case("feed of nothing", _cell("flows", 6, "amount", "0"), "feed-amount", "flows", 6, "amount", "0"),
    Case("feed that may be nothing", _cell("flows", 6, "low", "0"), "feed-amount", "flows", 6, "low", "0"),
    Case(
        "more than all of a feed",
        _several(
            lambda p: p.add_row(
                "processes", id="again", name_zh="再返工", name_en="again", chain="Ti", product="pig_c",
                product_unit="t", feed="waste", sources="mem",
            ),
            lambda p: p.add_row("flows", process="again", material="waste", role="input", amount="2", unit="t",
                                mark="memory"),
            lambda p: p.add_row("routes", product="titania", process="again", share="0.9", mark="assumed"),
        ),
        "feed-sum", "routes", 5, "share", "waste",
    ),
    _cell_case("utilisation in per cent", "unit-fraction", "assumptions", 2, "unit", "%"),
    _cell_case("utilisation beyond full load", "out-of-bounds", "assumptions", 2, "value", "1.2"),
    Case(
        "slider beside its route",
        lambda p: p.add_row("assumptions", id="sulfate", name_zh="占比", name_en="share", value="0.4", unit="1",
                            mark="assumed"),
        "slider-share", "assumptions", 3, "value", "0.4",
    ),
    Case(
        "slider without a route",
        lambda p: p.add_row("assumptions", id="acid_making", name_zh="占比", name_en="share", value="0.4", unit="1",
                            mark="assumed"),
        "slider-route", "assumptions", 3, "id", "acid_making",
    ),
    Case(
        "purchase in another dimension",
        lambda p: p.add_row("assumptions", id="bought", name_zh="外购", name_en="bought", value="4", unit="%",
                            material="acid", mark="assumed"),
        "unit-dimension", "assumptions", 3, "unit", "%",
    ),
    Case(
        "purchase of less than nothing",
        lambda p: p.add_row("assumptions", id="bought", name_zh="外购", name_en="bought", value="-4", unit="t",
                            material="acid", mark="assumed"),
        "out-of-bounds", "assumptions", 3, "value", "-4",
    ),
    Case(
        "process routed twice",
        _several(
            lambda p: p.add_row("groups", id="acids", name_zh="酸", name_en="acids", unit="t", members="pig_c acid"),
            lambda p: p.add_row("routes", product="acids", process="acid_making", share="1", mark="assumed"),
            lambda p: p.add_row("routes", product="acid", process="acid_making", share="1", mark="assumed"),
        ),
        "route-twice", "routes", 6, "process", "acid_making",
    ),
    Case(
        "material routed as itself and as a member",
        _several(
            lambda p: p.add_row(
                "processes", id="other", name_zh="另一法", name_en="other", chain="Ti", product="pig_c",
                product_unit="t", sources="mem",
            ),
            lambda p: p.add_row("routes", product="pig_c", process="other", share="1", mark="assumed"),
        ),
        "route-overlap", "routes", 5, "product", "pig_c",
    ),
    Case(
        "material in two routed groups",
        _several(
            lambda p: p.add_row("groups", id="acids", name_zh="酸", name_en="acids", unit="t", members="pig_c acid"),
            lambda p: p.add_row("routes", product="acids", process="acid_making", share="1", mark="assumed"),
        ),
        "route-overlap", "routes", 5, "product", "acids",
    ),
    Case(
        "goal of a target in words",
        lambda p: p.add_row("goals", year="2025", target="t.words", product="titania", role="compare", split="1",
                            mark="assumed"),
        "target-amount", "goals", 4, "target", "t.words",
    ),
    Case(
        "goal of a growth rate",
        lambda p: p.add_row("goals", year="2025", target="t.growth", product="titania", role="compare", split="1",
                            mark="assumed"),
        "target-amount", "goals", 4, "target", "t.growth",
    ),
    Case(
        "goal of another dimension",
        lambda p: p.add_row("goals", year="2025", target="t.output", product="titania", role="compare", split="1",
                            mark="assumed"),
        "unit-dimension", "goals", 4, "target", "亿元",
    ),
    Case(
        "comparison with a target in words",
        _cell("comparisons", 3, "target", "t.words"),
        "target-amount", "comparisons", 3, "target", "t.words",
    ),
    Case(
        "comparison with another dimension",
        _cell("comparisons", 3, "target", "t.output"),
        "unit-dimension", "comparisons", 3, "target", "亿元",
    ),
    Case("goal that nothing makes", _cell("goals", 3, "role", "plan"), "goal-unmade", "goals", 3, "product", "acid"),
    Case(
        "goal whose routes are all shut",
        _several(
            _cell("goals", 3, "role", "deliver"),
            lambda p: p.add_row("routes", product="acid", process="acid_making", share="0", mark="assumed"),
        ),
        "goal-unmade", "goals", 3, "product", "acid",
    ),
    Case(
        "comparison of what takes no part",
        _cell("flows", 3, "material", "waste"),
        "comparison-void", "comparisons", 2, "material", "acid",
    ),
    _cell_case("lists that do not match", "leading-mismatch", "areas", 5, "leading_en", "vanadium-titanium"),
    Case(
        "area within itself",
        _cell("areas", 3, "within", "park"),
        "cycle", "areas", 5, "within", "east → park → east",
    ),
    Case("share of itself", _cell("figures", 6, "of", "s.east"), "cycle", "figures", 6, "of", "s.east → s.east"),
    Case(
        "whole that is part of its part",
        lambda p: p.add_row(
            "parts", partition="back", whole_area="east", whole_indicator="output", part_area="city",
            part_indicator="output", relation="sum",
        ),
        "cycle", "parts", 4, "part_area", "east/output → city/output → east/output",
    ),
    Case(
        "part of another dimension",
        _cell("parts", 3, "part_indicator", "pigment"),
        "unit-dimension", "parts", 3, "part_indicator", "万吨",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake(case: Case, pack: PackText, written) -> None:
    case.mutate(pack)
    found = problems_of(written(pack))
    matching = [p for p in found if p.code == case.code]
    problem = only(matching)
    place = (problem.file_or_sheet, problem.row, problem.column, problem.value)
    assert place == (written.name(case.table), case.row, case.column, case.value)
    assert_says_the_way_out(problem)
    assert_no_cascade(found, case)


def assert_no_cascade(found, case: Case) -> None:
    """A mistake is reported once; only what truly follows may stand beside it."""
    follows = {
        "goal with an unknown target": {"split-sum"},
        "group within itself": {"route-product"},
        "route that makes something else": {"route-sum"},
        "process routed twice": {"route-overlap"},
        "goal whose routes are all shut": {"route-sum"},
    }
    others = {p.code for p in found} - {case.code}
    assert others == follows.get(case.name, set()), [str(p) for p in found]


def test_the_nearest_word_is_suggested(pack: PackText, written) -> None:
    pack.set("figures", 2, "area", "cityy")
    pack.set("targets", 5, "binding", "bindin")
    pack.set("figures", 3, "mark", "plann")
    pack.tables["areas"][0][1] = "name_hz"
    remedies = {p.value: p.remedy for p in problems_of(written(pack))}
    for value, better in {"cityy": "city", "bindin": "binding", "plann": "plan", "name_hz": "name_zh"}.items():
        assert f"“{better}”" in remedies[value].en
        assert f"“{better}”" in remedies[value].zh


def test_duplicated_key_names_both_rows(pack: PackText, written) -> None:
    pack.set("figures", 8, "id", "f.city")
    problem = only(problems_of(written(pack)))
    for text in (problem.message.zh, problem.message.en):
        assert "2" in text
        assert "8" in text


def test_every_problem_is_reported_at_once(pack: PackText, written) -> None:
    pack.set("figures", 2, "value", "许多")
    pack.set("figures", 3, "unit", "万斤力")
    pack.set("areas", 3, "kind", "village")
    pack.set("targets", 2, "area", "nowhere")
    pack.set("routes", 3, "share", "0.4")
    pack.set("flows", 2, "mark", "guess")
    for row in pack.tables["indicators"]:
        row.append("colour")
    pack.facts["edtion"] = "2"
    codes = sorted(p.code for p in problems_of(written(pack)))
    assert codes == sorted(
        ["not-a-number", "unknown-unit", "not-in-list", "broken-reference", "route-sum", "unknown-mark",
         "unknown-column", "unknown-key"]
    )  # fmt: skip


def test_nothing_is_half_loaded(pack: PackText, written) -> None:
    pack.set("figures", 2, "value", "许多")
    path = written(pack)
    with pytest.raises(PackErrors) as caught:
        load_pack(path)
    assert caught.value.problems == validate_pack(path)
    assert "许多" in str(caught.value)


def test_too_many_problems_are_cut_off(pack: PackText, tmp_path: Path) -> None:
    row = pack.tables["figures"][1]
    for number in range(12_000):
        pack.tables["figures"].append([f"x{number}", "nowhere", *row[2:]])
    problems = problems_of(pack.write_directory(tmp_path))
    assert len(problems) == 10_001
    assert problems[-1].code == "more-problems"
    assert_says_the_way_out(problems[-1])


FACTS = [
    ("newer format", "format", "2", "format-newer"),
    ("id that climbs out", "id", "../../etc", "bad-id"),
    ("library of a third kind", "library", "mine", "not-in-list"),
    ("simulated", "simulated", "perhaps", "not-yes-or-no"),
    ("unknown key", "path", "../reference", "unknown-key"),
]


@pytest.mark.parametrize(("name", "key", "value", "code"), FACTS, ids=[f[0] for f in FACTS])
def test_facts_about_the_pack(name: str, key: str, value: str, code: str, pack: PackText, written) -> None:
    pack.facts[key] = value
    problem = problems_of(written(pack))[0]
    expected = key if code == "unknown-key" else value
    assert (problem.code, problem.column, problem.value) == (code, key, expected)
    assert problem.file_or_sheet == written.name("pack")
    rows = list(pack.facts)
    assert problem.row == rows.index(key) + (1 if written.shape == "directory" else 2)
    assert_says_the_way_out(problem)


def test_a_missing_fact(pack: PackText, written) -> None:
    del pack.facts["edition"]
    problem = only(problems_of(written(pack)))
    assert (problem.code, problem.file_or_sheet, problem.column) == (
        "missing-key", written.name("pack"), "edition",
    )  # fmt: skip
    assert_says_the_way_out(problem)


WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "0", "-1", "1e9", "plan", "city", "f.city", "none", "between", "cap", "1-", "９", "a b", "t", "%"]
    ),
)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_text_in_any_cells_ends_in_anything_but_problems(data: st.DataObject) -> None:
    pack = PackText()
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from(sorted(pack.tables)))
        row = data.draw(st.integers(0, len(pack.tables[table]) - 1))
        column = data.draw(st.integers(0, len(pack.tables[table][0]) - 1))
        pack.tables[table][row][column] = data.draw(WORDS)
    with tempfile.TemporaryDirectory() as folder:
        for problem in problems_of(pack.write_directory(Path(folder))):
            assert_says_the_way_out(problem)
