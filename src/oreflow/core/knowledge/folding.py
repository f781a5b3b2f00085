"""One spelling for searching: half-width, small letters, no blanks; pairs of characters as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ALIKE = str.maketrans(
    "₀₁₂₃₄₅₆₇₈₉（）【】〔〕“”‘’「」—–―─－~～〜•・．，；：？！",
    '0123456789()[][]""\'\'""--------··.,;:?!',
)
_LEFTOVER = re.compile(r"\[bookmark[：:] ?[^\]\n]{0,40}\]")
_BLANKS = np.array(
    sorted({*range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x3000, 0xFEFF, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F}),
    dtype=np.uint32,
)
_ALL: dict[int, int | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{code: code + 32 for code in range(65, 91)},
    **{code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)},
    **_ALIKE,
    **dict.fromkeys(_BLANKS.tolist()),
}
ELEMENTS = (
    "氢氦锂铍硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙钪钛钒铬锰铁钴镍铜锌镓锗砷硒溴氪铷锶钇锆铌钼锝钌铑钯银镉铟锡锑碲碘氙铯钡"
    "镧铈镨钕钷钐铕钆铽镝钬铒铥镱镥铪钽钨铼锇铱铂金汞铊铅铋钍铀"
)
_SINGLES = np.array(sorted({ord(c) for c in ELEMENTS + "亩煤钢焦盐酸碱电气水渣矿"}), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one spelling; character `i` of `text` is character `places[i]` of the given text."""

    text: str
    codes: NDArray[np.uint32]
    places: NDArray[np.int32]


def fold(text: str) -> Folded:
    """A text in one spelling for searching, with the way back."""
    spelled = _without_leftovers(text).translate(_ALIKE)
    codes = np.frombuffer(spelled.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    wide = (codes >= 0xFF01) & (codes <= 0xFF5E)
    codes[wide] -= 0xFEE0
    large = (codes >= 65) & (codes <= 90)
    codes[large] += 32
    keep = ~np.isin(codes, _BLANKS)
    codes = codes[keep]
    return Folded(codes.tobytes().decode("utf-32-le", "surrogatepass"), codes, np.flatnonzero(keep).astype(np.int32))


def folded(text: str) -> str:
    """Only the spelling; for short texts."""
    return _without_leftovers(text).translate(_ALL)


def _without_leftovers(text: str) -> str:
    return _LEFTOVER.sub(lambda found: " " * len(found[0]), text) if "[bookmark" in text else text


def pairs(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Every two neighbouring characters as one number."""
    return ((codes[:-1] & 0xFFFF) << 16 | codes[1:] & 0xFFFF).astype(np.uint32)


def singles(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters are words by themselves in this field: elements and a few more."""
    return np.isin(codes, _SINGLES)


def keys_of(word: str) -> NDArray[np.uint32]:
    """The numbers that a folded word is looked up by; empty for a single character that is no word."""
    codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) == 1:
        return codes[singles(codes)]
    return np.unique(pairs(codes))
