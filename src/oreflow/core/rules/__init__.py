"""Editions of regulations and standards, and whether what a text cites is in force: rows C01 and C09.

>>> from oreflow.core.rules import cited
>>> [(c.title, c.number) for c in cited("应符合《示例污染控制标准》（GB 99999-2001）要求。")]
[('示例污染控制标准', 'GB 99999-2001')]
"""

from .citations import cited
from .currency import currency
from .editions import Editions
from .errors import BadEdition, RuleError
from .model import Citation, Currency, Kind, Regulation, State

__all__ = [
    "BadEdition",
    "Citation",
    "Currency",
    "Editions",
    "Kind",
    "Regulation",
    "RuleError",
    "State",
    "cited",
    "currency",
]
