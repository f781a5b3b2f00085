"""Errors of quantities, each with a stable code, both languages and the way out.

::

    QuantityError (ValueError)
    ├── UnknownUnit          quantity.unknown-unit        a unit text that is no unit
    ├── UnknownBasis         quantity.unknown-basis       a basis word that is none, or two on one axis
    ├── DimensionMismatch    quantity.dimension           two dimensions that cannot be joined
    ├── BasisMismatch        quantity.basis               two bases that cannot be joined
    ├── UnreadableQuantity   quantity.unreadable          a text that is no number or no quantity
    └── InexactNumber        quantity.inexact (TypeError) a float, or another value that is not exact

`str(error)` is the English statement with its remedy; `error.zh` and `error.en` hold both.
"""

from __future__ import annotations

from typing import ClassVar


class QuantityError(ValueError):
    """What is wrong and what would mend it, in Chinese and English.

    Attributes
    ----------
    code
        Stable identifier of the kind of error.
    zh, en
        Whole statements: the problem, then the remedy.
    problem_zh, problem_en, remedy_zh, remedy_en
        Their two halves, for tables that keep them apart.
    """

    code: ClassVar[str] = "quantity.error"

    def __init__(self, problem_zh: str, problem_en: str, remedy_zh: str, remedy_en: str) -> None:
        super().__init__(problem_zh, problem_en, remedy_zh, remedy_en)
        self.problem_zh = problem_zh
        self.problem_en = problem_en
        self.remedy_zh = remedy_zh
        self.remedy_en = remedy_en

    @property
    def zh(self) -> str:
        """The Chinese statement."""
        return f"{self.problem_zh}。{self.remedy_zh}。"

    @property
    def en(self) -> str:
        """The English statement."""
        return f"{self.problem_en}. {self.remedy_en}."

    def __str__(self) -> str:
        return self.en


class UnknownUnit(QuantityError):
    """A text that names no unit of the table and no compound of such units."""

    code = "quantity.unknown-unit"


class UnknownBasis(QuantityError):
    """A word that is no basis, or two words that contradict each other on one axis."""

    code = "quantity.unknown-basis"


class DimensionMismatch(QuantityError):
    """Two quantities or units of different dimension were to be added, compared or converted."""

    code = "quantity.dimension"


class BasisMismatch(QuantityError):
    """Two quantities of different basis were to be added, compared or joined."""

    code = "quantity.basis"


class UnreadableQuantity(QuantityError):
    """A text that cannot be read as one exact number or one quantity."""

    code = "quantity.unreadable"


class InexactNumber(QuantityError, TypeError):
    """A float or another value that does not stand for one exact number."""

    code = "quantity.inexact"
