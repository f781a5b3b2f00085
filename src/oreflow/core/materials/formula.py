"""Chemical formulas: counts of atoms, exact molar masses and mass fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from oreflow.core.provenance import Text

from .errors import FormulaError
from .weights import SYMBOLS, atomic_weight

_DOTS = "·•∙⋅・"
_OPEN = {"(": ")", "[": "]"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_SAME = str.maketrans("（）［］₀₁₂₃₄₅₆₇₈₉．", "()[]0123456789.")


class _Reader:
    """Recursive descent over one formula; `at` is the next character."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.text = formula.translate(_SAME)
        self.at = 0

    def fail(self, zh: str, en: str) -> FormulaError:
        return FormulaError(self.formula, self.at, Text(zh, en))

    def number(self) -> Fraction:
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            return Fraction(1)
        value = Fraction(Decimal(match.group()))
        if value == 0:
            raise self.fail("原子数不能为零", "an atom count cannot be zero")
        self.at = match.end()
        return value

    def symbol(self) -> str:
        match = _SYMBOL.match(self.text, self.at)
        if match is None:
            raise self.fail("应为元素符号或左括号", "an element symbol or an opening bracket is due")
        word = match.group()
        if word not in SYMBOLS:
            raise self.fail(f"“{word}”不是元素符号", f"'{word}' is no element symbol")
        self.at += len(word)
        return word

    def bracket(self) -> dict[str, Fraction]:
        close = _OPEN[self.text[self.at]]
        self.at += 1
        inner = self.run(close)
        if self.at >= len(self.text):
            raise self.fail("括号没有闭合", "a bracket is not closed")
        self.at += 1
        return inner

    def run(self, ends: str) -> dict[str, Fraction]:
        """Units (element or bracket, with a count) until one of `ends` or the end of the text."""
        found: dict[str, Fraction] = {}
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            unit = self.bracket() if self.text[self.at] in _OPEN else {self.symbol(): Fraction(1)}
            times = self.number()
            for element, count in unit.items():
                found[element] = found.get(element, Fraction(0)) + count * times
        if self.at == start:
            raise self.fail("此处缺少元素", "an element is missing here")
        return found

    def whole(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        while True:
            times = self.number()
            for element, count in self.run(_DOTS).items():
                found[element] = found.get(element, Fraction(0)) + count * times
            if self.at >= len(self.text):
                return found
            self.at += 1


@lru_cache(maxsize=4096)
def parse(formula: str) -> Mapping[str, Fraction]:
    """Atoms per formula unit, by element symbol, in order of first appearance.

    Brackets nest; counts may be decimals (Ni0.8…, read exactly); a hydrate is written with a raised
    dot (`FeSO4·7H2O`) or a bracket (`FeSO4(H2O)7`); full-width brackets and subscript digits are read
    too. Raises `FormulaError` with the position.
    """
    if not formula.strip():
        raise FormulaError(formula, 0, Text("化学式为空", "the formula is empty"))
    return MappingProxyType(_Reader(formula.strip()).whole())


def molar_mass(formula: str) -> Fraction:
    """Molar mass in g/mol, exact in the standard atomic weights (weights.py)."""
    return sum((atomic_weight(e) * n for e, n in parse(formula).items()), Fraction(0))


def mass_fractions(formula: str) -> Mapping[str, Fraction]:
    """Mass fraction of every element of a pure compound; they add to exactly 1."""
    whole = molar_mass(formula)
    return {e: atomic_weight(e) * n / whole for e, n in parse(formula).items()}
