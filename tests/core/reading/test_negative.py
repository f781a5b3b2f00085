"""Figures below zero, and dashes that are none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from oreflow.core.reading import read


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("检测环境露点应控制在－30℃以下。", "-30", "-30", "℃"),
        ("冬季最低气温-15℃。", "-15", "-15", "℃"),
        ("2020年行业利润总额-2.3亿元。", "-2.3", "-2.3", "亿元"),
        ("2020年产值增长-12.5%。", "-12.5", "-12.5", "%"),
        ("烟气温度降至-5~0℃。", "-5", "0", "℃"),
        ("2025年增长目标为5-10%。", "5", "10", "%"),
        ("2025年利用率达到85%—90%。", "85", "90", "%"),
    ],
)
def test_the_sign_is_read_where_it_is_one(text: str, low: str, high: str, unit: str) -> None:
    (found,) = read(text).statements
    assert (found.low, found.high, found.unit) == (Fraction(low), Fraction(high), unit)
