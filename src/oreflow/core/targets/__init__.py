"""Targets without loss of meaning, and the arithmetic of a plan checked: rows A02 and A03.

>>> from oreflow.core.targets import check
>>> findings = check(region)  # doctest: +SKIP
"""

from .attainment import attainment, path
from .averages import compound
from .check import RULES, check
from .errors import TargetError, UnreadableTarget
from .model import Attainment, PathPoint, State
from .numbers import Agreement, agreement
from .printed import Printed, printed_form, read_printed

__all__ = [
    "RULES",
    "Agreement",
    "Attainment",
    "PathPoint",
    "Printed",
    "State",
    "TargetError",
    "UnreadableTarget",
    "agreement",
    "attainment",
    "check",
    "compound",
    "path",
    "printed_form",
    "read_printed",
]
