"""Laws of the classification on a small made table; the built-in table is tested with its loader."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.codes import (
    BadTable,
    Industries,
    Industry,
    IndustryLevel,
    UnknownIndustry,
    edition_in_force,
    industries,
)
from oreflow.core.provenance import Text

LEVELS = dict(enumerate(IndustryLevel, 1))


def _entry(code: str, name: str, parent: str | None = None, edition: str = "2017") -> Industry:
    level = LEVELS[len(code)]
    above = code[:-1] if parent is None else parent
    return Industry(edition, code, Text(name, name), level, above)


ENTRIES = [
    _entry("B", "mining", ""),
    _entry("C", "making", ""),
    _entry("09", "ores", "B"),
    _entry("093", "rare ores"),
    _entry("0931", "tungsten"),
    _entry("0932", "rare earths"),
    _entry("13", "food", "C"),
    _entry("34", "machines", "C"),
    _entry("341", "boilers"),
    _entry("B", "mining", "", "2011"),
    _entry("09", "ores", "B", "2011"),
    _entry("094", "other ores", None, "2011"),
    _entry("0940", "rare earths", None, "2011"),
]
TABLE = industries(ENTRIES)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("0932", "0932"),
        ("B0932", "0932"),
        ("ｂ０９３２", "0932"),
        ("13", "13"),
        ("131", "13"),
        ("1310", "13"),
        ("C1310", "13"),
        ("3419", "341"),
        ("C", "C"),
    ],
)
def test_unlisted_codes_are_named_after_the_entry_above(code: str, found: str) -> None:
    assert TABLE.industry_problem(code, "2017") is None
    assert TABLE.nearest(code, "2017").code == found
    assert TABLE.path(code, "2017")[-1].code == found


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("0933", "请在 0931、0932 中选取", "choose among 0931, 0932"),
        ("092", "请在 093 中选取", "choose among 093"),
        ("3421", "请在 341 中选取", "choose among 341"),
        ("0940", "见于版本 2011", "it is in 2011"),
        ("98", "请在 09、13、34 中选取", "choose among 09, 13, 34"),
        ("A", "请在 09、13、34 中选取", "choose among 09, 13, 34"),
        ("C0932", "请填 B0932", "write B0932"),
        ("B1310", "请填 C1310", "write C1310"),
        ("9", "门类字母或二至四位数字", "2 to 4 digits"),
        ("09320", "门类字母或二至四位数字", "2 to 4 digits"),
        ("U09", "门类字母或二至四位数字", "2 to 4 digits"),
        ("٠٩", "门类字母或二至四位数字", "2 to 4 digits"),
        ("煤", "门类字母或二至四位数字", "2 to 4 digits"),
        ("", "门类字母或二至四位数字", "2 to 4 digits"),
    ],
)
def test_impossible_codes_are_refused_with_a_remedy(code: str, zh: str, en: str) -> None:
    problem = TABLE.industry_problem(code, "2017")
    assert problem is not None
    assert zh in problem.zh
    assert en in problem.en
    assert TABLE.find(code, "2017") is None
    for ask in (TABLE.nearest, TABLE.get, TABLE.path, TABLE.children):
        if code or ask != TABLE.children:
            with pytest.raises(UnknownIndustry) as refused:
                ask(code, "2017")
            assert refused.value.text == problem


def test_get_tells_unlisted_from_impossible() -> None:
    assert TABLE.find("1310", "2017") is None
    with pytest.raises(UnknownIndustry, match=r"may exist.*take 13") as refused:
        TABLE.get("1310", "2017")
    assert "可能有效" in refused.value.text.zh
    with pytest.raises(UnknownIndustry, match="has no code"):
        TABLE.get("0933", "2017")


@pytest.mark.parametrize(
    ("edition", "word"), [("2002", "there is no edition"), ("2019", "no entry of the 2019 edition")]
)
def test_editions_unknown_or_not_loaded(edition: str, word: str) -> None:
    problem = TABLE.industry_problem("0932", edition)
    assert problem is not None
    assert word in problem.en.replace("There", "there")
    with pytest.raises(UnknownIndustry):
        TABLE.nearest("0932", edition)


def test_within_reaches_below_what_is_listed() -> None:
    assert TABLE.within("1310", "131", "2017")
    assert TABLE.within("1310", "13", "2017")
    assert TABLE.within("1310", "C", "2017")
    assert TABLE.within("C1310", "C13", "2017")
    assert not TABLE.within("1310", "132", "2017")
    assert not TABLE.within("1310", "B", "2017")
    assert not TABLE.within("13", "1310", "2017")
    assert not TABLE.within("C", "13", "2017")
    assert TABLE.within("C", "C", "2017")
    with pytest.raises(UnknownIndustry):
        TABLE.within("1310", "092", "2017")


def test_what_is_listed_in_full() -> None:
    full = {e.code for e in TABLE.entries if e.edition == "2017" and TABLE.listed_in_full(e.code, "2017")}
    assert full == {"B", "09", "093", "0931", "0932"}
    assert not TABLE.listed_in_full("0933", "2017")


def test_children_of_unlisted_codes_are_none_and_of_nothing_the_sections() -> None:
    assert TABLE.children("1310", "2017") == ()
    assert [e.code for e in TABLE.children("", "2017")] == ["B", "C"]
    assert [e.code for e in TABLE.children("093", "2017")] == ["0931", "0932"]


def test_same_name() -> None:
    assert [e.code for e in TABLE.same_name("0940", "2011", "2017")] == ["0932"]


@given(st.from_regex(r"[A-T]?[0-9]{2,4}", fullmatch=True))
def test_a_code_is_either_refused_or_named_after_a_prefix(code: str) -> None:
    if TABLE.industry_problem(code, "2017") is not None:
        assert TABLE.find(code, "2017") is None
        return
    here = TABLE.nearest(code, "2017")
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    assert digits.startswith(here.code)
    assert here.code == digits or not TABLE.children(here.code, "2017")


@given(st.text(max_size=8))
def test_any_text_gets_an_answer(text: str) -> None:
    problem = TABLE.industry_problem(text, "2017")
    if problem is None:
        assert TABLE.nearest(text, "2017") in TABLE.entries


@pytest.mark.parametrize(
    ("more", "word"),
    [(_entry("0932", "again"), "0932 stands twice"), (_entry("1411", "alone"), r"1411 .* lacks its parent 141")],
)
def test_tables_that_contradict_themselves_are_refused(more: Industry, word: str) -> None:
    with pytest.raises(BadTable, match=word):
        Industries((*ENTRIES, more))


def test_edition_in_force() -> None:
    assert edition_in_force(date(2017, 9, 30)).name == "2011"
    assert edition_in_force(date(2017, 10, 1)).name == "2017"
    assert edition_in_force(date(2026, 10, 1)).name == "2019"
    with pytest.raises(UnknownIndustry, match="2011-11-01"):
        edition_in_force(date(2010, 1, 1))
