"""Reading Arabic and Chinese figures of running text quickly and exactly."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from oreflow.core.quantity import QuantityError, parse_number

CHINESE = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
SIZES = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
         "万": 10**4, "千": 1000, "百": 100}  # fmt: skip
_LONGEST = 40


@lru_cache(maxsize=16384)
def figure(text: str) -> Fraction | None:
    """The number that digits print, without a scale; None where they print no number."""
    if len(text) > _LONGEST:
        return None
    body = text.replace(",", "")
    if body.isascii():
        try:
            return Fraction(body)
        except (ValueError, ZeroDivisionError):
            return None
    try:
        return parse_number(text)
    except QuantityError:
        return None


def scaled_apart(text: str) -> tuple[Fraction, str] | None:
    """A Chinese numeral with its greatest scale taken off: 三百五十万 → (350, 万); 二十 → (20, "").

    Where the rest has a further part (一亿三千万) the scale stays in the number.
    """
    for scale in ("万亿", "亿", "万"):
        if text.endswith(scale) and len(text) > len(scale):
            head = figure(text[: -len(scale)])
            if head is not None and "亿" not in text[: -len(scale)] and "万" not in text[: -len(scale)]:
                return head, scale
    whole = figure(text)
    if whole is None:
        return None
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if scale in text and whole >= size:
            return whole / size, scale
    return whole, ""
