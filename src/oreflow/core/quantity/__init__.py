"""Exact quantities with unit and basis: reading, arithmetic and printing.

>>> from oreflow.core.quantity import parse_quantity, format_quantity
>>> titania = parse_quantity("150万吨/年（折TiO2，产能）")
>>> format_quantity(titania, "en")
'1,500 kt/a (as TiO2, capacity)'
"""

from .bases import Basis, basis
from .errors import (
    BasisMismatch,
    DimensionMismatch,
    InexactNumber,
    QuantityError,
    UnknownBasis,
    UnknownUnit,
    UnreadableQuantity,
)
from .model import Quantity, quantity
from .numerals import chinese_numeral, parse_number
from .parse import parse_quantity, parse_unit
from .text import format_number, format_quantity
from .unit_text import known_units, unit
from .units import ONE, Dimension, Unit

__all__ = [
    "ONE",
    "Basis",
    "BasisMismatch",
    "Dimension",
    "DimensionMismatch",
    "InexactNumber",
    "Quantity",
    "QuantityError",
    "Unit",
    "UnknownBasis",
    "UnknownUnit",
    "UnreadableQuantity",
    "basis",
    "chinese_numeral",
    "format_number",
    "format_quantity",
    "known_units",
    "parse_number",
    "parse_quantity",
    "parse_unit",
    "quantity",
    "unit",
]
