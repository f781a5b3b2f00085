"""The meaning of one cell: text to a value of its column's kind, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from oreflow.core.provenance import Mark
from oreflow.core.quantity import Basis, QuantityError, Unit, UnknownBasis, UnknownUnit, basis, unit

from .errors import suggestion
from .schema import Column, Kind

Value = str | Decimal | int | date | bool | Mark | tuple[str, ...]

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_YEAR = re.compile(r"(1[89]|2[01])[0-9]{2}")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_ID = re.compile(r"[a-z0-9._-]+")
_LINES = re.compile(r"[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")
_YES = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_LONGEST_NUMBER = 60
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "、": ",", "，": ","})


class CellError(Exception):
    """A cell that does not hold what its column asks for: the code of the problem and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def parse(column: Column, text: str) -> Value:
    """The value of a cell that is not empty; raises `CellError`.

    Decimals keep the digits as written: the number of decimals is a fact about a printed figure.
    """
    return _PARSERS[column.kind](column, text)


def narrow(text: str) -> str:
    """Full-width digits and signs as ASCII (１２．５ → 12.5)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def unit_of(text: str) -> Unit:
    """The unit of a cell; raises `UnknownUnit`."""
    return unit(text)


def basis_of(text: str) -> Basis:
    """The basis of a cell; raises `UnknownBasis`."""
    return basis(text)


def places(number: Decimal) -> int:
    """How many decimals a number was written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def line_spans(lines: str) -> list[tuple[int, int]]:
    """First and last line of every span of `808-810` or `767,793`."""
    ends = [span.split("-") for span in lines.split(",")]
    return [(int(span[0]), int(span[-1])) for span in ends]


def _number(column: Column, text: str) -> Decimal:
    digits = narrow(text)
    if not _NUMBER.fullmatch(digits) or len(digits) > _LONGEST_NUMBER:
        raise CellError("not-a-number")
    number = Decimal(digits)
    if number.is_zero():
        number = number.copy_abs()
    low, high = column.low, column.high
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        raise CellError("out-of-bounds", low=low or "−∞", high=high or "∞")
    return number


def _integer(_: Column, text: str) -> int:
    digits = narrow(text)
    if not _INTEGER.fullmatch(digits) or len(digits) > _LONGEST_NUMBER:
        raise CellError("not-an-integer")
    return int(digits)


def _year(_: Column, text: str) -> int:
    digits = narrow(text)
    if not _YEAR.fullmatch(digits):
        raise CellError("not-a-year")
    return int(digits)


def _date(_: Column, text: str) -> date:
    match = _DATE.fullmatch(narrow(text))
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellError("not-a-date")


def _boolean(_: Column, text: str) -> bool:
    try:
        return _YES[text.casefold()]
    except KeyError:
        raise CellError("not-yes-or-no") from None


def _id(_: Column, text: str) -> str:
    if _ID.fullmatch(text):
        return text
    better = re.sub(r"[^a-z0-9._-]+", "_", narrow(text).lower()).strip("_")
    if better:
        raise CellError("bad-id", suggestion_zh=f"例如“{better}”。", suggestion_en=f"For instance “{better}”.")
    raise CellError("bad-id", suggestion_zh="例如“park_1”。", suggestion_en="For instance “park_1”.")


def _unit(_: Column, text: str) -> str:
    try:
        unit_of(text)
    except UnknownUnit as error:
        raise CellError("unknown-unit", **_halves(error)) from None
    return text


def _basis(_: Column, text: str) -> str:
    try:
        basis_of(text)
    except UnknownBasis as error:
        raise CellError("unknown-basis", **_halves(error)) from None
    return text


def _halves(error: QuantityError) -> dict[str, str]:
    return {
        "problem_zh": error.problem_zh,
        "problem_en": error.problem_en,
        "remedy_zh": error.remedy_zh,
        "remedy_en": error.remedy_en,
    }


def _mark(_: Column, text: str) -> Mark:
    try:
        return Mark.from_code(text)
    except KeyError:
        codes = [mark.code for mark in Mark]
        raise CellError("unknown-mark", known=", ".join(codes), **suggestion(text, codes)) from None


def _choice(column: Column, text: str) -> str:
    if text in column.choices:
        return text
    raise CellError("not-in-list", known=", ".join(column.choices), **suggestion(text, column.choices))


def _lines(_: Column, text: str) -> str:
    lines = narrow(text).replace(" ", "")
    if not _LINES.fullmatch(lines) or len(lines) > 200:
        raise CellError("bad-lines")
    if any(not 1 <= first <= last for first, last in line_spans(lines)):
        raise CellError("bad-lines")
    return lines


def _refs(column: Column, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_id(column, word) for word in text.split()))


_PARSERS: dict[Kind, Callable[[Column, str], Value]] = {
    Kind.ID: _id,
    Kind.TEXT: lambda _, text: text,
    Kind.DECIMAL: _number,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.BOOLEAN: _boolean,
    Kind.UNIT: _unit,
    Kind.BASIS: _basis,
    Kind.MARK: _mark,
    Kind.CHOICE: _choice,
    Kind.LINES: _lines,
    Kind.REFS: _refs,
}
