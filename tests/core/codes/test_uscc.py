"""Check characters, problems and made codes of GB 32100-2015."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.core.codes import (
    DEPARTMENTS,
    BadPart,
    make_uscc,
    organisation_check_character,
    uscc_check_character,
    uscc_parts,
    uscc_problem,
)
from oreflow.core.codes.uscc import ALPHABET

PUBLISHED = ("91110000600037341L", "91130200699229617X")  # the second from HJ 608-2017, Appendix A
heads = st.sampled_from([(department, kind) for department, (_, kinds) in DEPARTMENTS.items() for kind in kinds])
codes = st.builds(
    lambda head, area, serial: make_uscc(*head, f"{area:06d}", serial),
    heads,
    st.integers(110000, 829999),
    st.integers(0, 10**8 - 1),
)


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_have_no_problem(code: str) -> None:
    assert uscc_problem(code) is None
    assert uscc_check_character(code[:17]) == code[17]
    assert organisation_check_character(code[8:16]) == code[16]


@given(codes)
def test_made_codes_have_no_problem_and_come_apart_again(code: str) -> None:
    assert uscc_problem(code) is None
    assert str(uscc_parts(code)) == code


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert (uscc_problem(wrong) is None) == (wrong == code)


@given(codes, st.integers(0, 16))
def test_swapped_neighbours_are_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (uscc_problem(swapped) is None) == (swapped == code)


@given(codes)
def test_agrees_with_the_maintained_package(code: str) -> None:
    peer = pytest.importorskip("stdnum.cn.uscc")
    assert peer.calc_check_digit(code[:17]) == code[17]
    if code[:8].isdigit():
        assert peer.is_valid(code)


@given(codes)
def test_typing_does_not_matter(code: str) -> None:
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    spaced = f" {code[:4]} {code[4:8].lower()}-{code[8:].lower()}\u3000"
    assert uscc_problem(full_width) is None
    assert uscc_problem(spaced) is None


def test_parts_bear_their_meaning() -> None:
    parts = uscc_parts("91110000600037341L")
    assert parts.department_text.zh == "市场监管（工商）"
    assert parts.kind_text.en == "enterprise"
    assert (parts.area, parts.organisation_code) == ("110000", "60003734-1")


def test_the_inner_check_character_is_looked_at() -> None:
    first17 = "91110000" + "60003734" + "2"
    problem = uscc_problem(first17 + uscc_check_character(first17))
    assert problem is not None
    assert "GB 11714" in problem.zh
    assert "600037342" in problem.en


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9111000060003734", ("16", "18")),
        ("9111000060003734IL", ("第 17 位", "“I”")),
        ("B1110000600037341L", ("“B”", "登记管理部门")),
        ("97110000600037341L", ("“7”", "机构类别")),
        ("911100AA600037341L", ("1100AA", "GB/T 2260")),
        ("91110000600037341K", ("“K”", "“L”")),
    ],
)
def test_problems_name_value_and_remedy_in_both_languages(code: str, words: tuple[str, str]) -> None:
    problem = uscc_problem(code)
    assert problem is not None
    assert all(word in problem.zh for word in words)
    assert code in problem.zh
    assert code in problem.en
    with pytest.raises(BadPart):
        uscc_parts(code)


@pytest.mark.parametrize(
    "parts",
    [("9", "1", "510402", -1), ("9", "1", "510402", 10**8), ("9", "1", "5104", 1), ("9", "8", "510402", 1)],
)
def test_unfit_parts_are_refused(parts: tuple[str, str, str, int]) -> None:
    with pytest.raises(BadPart):
        make_uscc(*parts)


@pytest.mark.parametrize("first8", ["1234567", "1234567a", "123456789"])
def test_unfit_organisation_codes_are_refused(first8: str) -> None:
    with pytest.raises(BadPart, match=first8):
        organisation_check_character(first8)
