"""Forms of project codes and permit numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.codes import (
    BadPart,
    PermitKind,
    permit_problem,
    project_code_parts,
    project_code_problem,
)


def test_the_older_form_comes_apart() -> None:
    parts = project_code_parts("2017-510402-32-03-123456")
    assert parts.is_older_form
    assert (parts.year, parts.area, parts.third, parts.kind, parts.serial) == (2017, "510402", "32", "03", "123456")


def test_the_newer_form_comes_apart() -> None:
    parts = project_code_parts(" ２１０５—510402－04-01-123456 ")
    assert (parts.year, parts.month, parts.area, parts.third) == (2021, 5, "510402", "04")
    assert not parts.is_older_form


@given(st.integers(2011, 9912))
def test_no_beginning_is_read_both_ways(head: int) -> None:
    code = f"{head:04d}-510402-32-03-123456"
    if project_code_problem(code) is None:
        month = project_code_parts(code).month
        assert (month is None) == (head in range(2015, 2022))


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("2017-510402-32-03-12345", "4-6-2-2-6"),
        ("20175104023203123456", "4-6-2-2-6"),
        ("2013-510402-32-03-123456", "2013"),
        ("1999-510402-32-03-123456", "1999"),
        ("2017-910402-32-03-123456", "910402"),
        ("2017-510402-98-03-123456", "98"),
        ("2017-510402-00-03-123456", "00"),
    ],
)
def test_wrong_project_codes_are_told(code: str, word: str) -> None:
    problem = project_code_problem(code)
    assert problem is not None
    assert word in problem.zh
    assert code in problem.en
    with pytest.raises(BadPart):
        project_code_parts(code)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (PermitKind.DISCHARGE, "91130200699229617X001P"),
        (PermitKind.DISCHARGE, "91130200699229617x 002p"),
        (PermitKind.MINING, "C5100002011012110106215"),
        (PermitKind.EXPLORATION, "T51120080502000500"),
        (PermitKind.EXPLORATION, "T5100002020123040056001"),
        (PermitKind.SAFETY, "（川）FM安许证字〔2021〕1234"),
        (PermitKind.SAFETY, "(川) fm 安许证字 [2021] 1234号"),
    ],
)
def test_well_formed_permit_numbers(kind: PermitKind, number: str) -> None:
    assert permit_problem(kind, number) is None


@pytest.mark.parametrize(
    ("kind", "number", "remedy"),
    [
        (PermitKind.DISCHARGE, "91130200699229617X001", "HJ 608-2017"),
        (PermitKind.DISCHARGE, "91130200699229617X0011", "HJ 608-2017"),
        (PermitKind.DISCHARGE, "91130200699229617Y001P", "91130200699229617Y"),
        (PermitKind.MINING, "C5100002011132110106215", "year and month"),
        (PermitKind.MINING, "T5100002020123040056001", "C and 22 digits"),
        (PermitKind.MINING, "C510000201101211010621", "C and 22 digits"),
        (PermitKind.EXPLORATION, "T51620080502000500", "T and 22 digits"),
        (PermitKind.EXPLORATION, "T51120081302000500", "T and 22 digits"),
        (PermitKind.SAFETY, "(川)FM安许证字[1999]1234", "2004"),
        (PermitKind.SAFETY, "(火)FM安许证字[2021]1234", "(川)FM"),
        (PermitKind.SAFETY, "FM安许证字[2021]1234", "(川)FM"),
    ],
)
def test_ill_formed_permit_numbers_are_told(kind: PermitKind, number: str, remedy: str) -> None:
    problem = permit_problem(kind, number)
    assert problem is not None
    assert remedy in problem.en
    assert problem.zh


@given(st.sampled_from(PermitKind), st.text(max_size=30))
def test_any_text_is_answered(kind: PermitKind, number: str) -> None:
    problem = permit_problem(kind, number)
    assert problem is None or (problem.zh and problem.en)
    assert kind.text.zh
