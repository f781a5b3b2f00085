"""Printed forms of targets, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.quantity import quantity
from oreflow.core.region import Comparator, Form, Target
from oreflow.core.targets import UnreadableTarget, printed_form, read_printed
from tests.factories import both, make_target


@pytest.mark.parametrize(
    ("text", "unit", "form", "comparator", "low", "high"),
    [
        ("< 14", "万吨", Form.CAP, Comparator.LESS, "14", ""),
        ("[<4]", "万吨", Form.CHANGE, Comparator.LESS, "4", ""),
        ("[-27]", "百分点", Form.CHANGE, Comparator.EQUAL, "-27", ""),
        ("[−27]", "百分点", Form.CHANGE, Comparator.EQUAL, "-27", ""),
        ("2500亿元以上", "亿元", Form.FLOOR, Comparator.AT_LEAST, "2500", ""),
        ("≥90%", "%", Form.FLOOR, Comparator.AT_LEAST, "90", ""),
        ("不低于94%", "%", Form.FLOOR, Comparator.AT_LEAST, "94", ""),
        ("大于80%", "%", Form.FLOOR, Comparator.MORE, "80", ""),
        ("3200万吨以内", "万吨", Form.CAP, Comparator.AT_MOST, "3200", ""),
        ("5-10%", "%", Form.LEVEL, Comparator.BETWEEN, "5", "10"),
        ("5—10%", "%", Form.LEVEL, Comparator.BETWEEN, "5", "10"),
        ("〔30户〕", "户", Form.CUMULATIVE, Comparator.EQUAL, "30", ""),
        ("7.5%", "%", Form.LEVEL, Comparator.EQUAL, "7.5", ""),
        ("约 3 万吨", "万吨", Form.LEVEL, Comparator.ABOUT, "3", ""),
    ],
)
def test_printed_targets_are_read(
    text: str, unit: str, form: Form, comparator: Comparator, low: str, high: str
) -> None:
    """Forms of the national rare-earth plan (lines 56-144) and of the Panzhihua plan (lines 704-748)."""
    printed = read_printed(text, unit)
    assert printed.form is form
    assert printed.comparator is comparator
    assert printed.value == quantity(low, unit)
    assert printed.upper == (quantity(high, unit) if high else None)
    assert printed.places == len(low.partition(".")[2])


@pytest.mark.parametrize("words", ["完成省下达目标", "持续提升"])
def test_words_without_a_number_stay_words(words: str) -> None:
    printed = read_printed(words)
    assert printed.value is None
    assert printed.words == words
    target = make_target("x", form="delegated", words=both(words))
    assert printed_form(target, "zh") == words


@pytest.mark.parametrize("text", ["", "  ", "14", "14 鳄鱼", "大约在第3年完成"])
def test_what_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(UnreadableTarget) as caught:
        read_printed(text)
    assert caught.value.code == "targets.unreadable"
    assert caught.value.text.zh.endswith("。")
    assert caught.value.remedy.en


UNITS = st.sampled_from(["万吨", "亿元", "%", "户", "km2", "万元/亩", "亿m3", "百分点"])
NUMBERS = st.decimals(min_value=0, max_value=99999, places=2).map(str) | st.integers(0, 99999).map(str)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    form = draw(st.sampled_from(["level", "floor", "cap", "change", "cumulative", "average-growth"]))
    signs = {"floor": [">=", ">"], "cap": ["<=", "<"]}.get(form, ["=", "~", "<", "between"])
    comparator, low = draw(st.sampled_from(signs)), draw(NUMBERS)
    if form == "change" and comparator != "between":
        low = draw(st.sampled_from(["", "-"])) + low
    upper = f"1{low}" if comparator == "between" else ""
    return make_target("x", low, draw(UNITS), form, comparator, upper=upper)


@given(targets(), st.sampled_from(["zh", "en"]))
def test_what_is_written_reads_back(target: Target, language: str) -> None:
    printed = read_printed(printed_form(target, language))
    assert printed.comparator is target.comparator
    assert printed.value == target.value
    assert printed.upper == target.upper
    if language == "zh":
        assert printed.places == target.places
    if target.form in (Form.CHANGE, Form.CUMULATIVE, Form.FLOOR, Form.CAP):
        assert printed.form is target.form
