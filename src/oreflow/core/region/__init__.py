"""The frozen, hashed Region value: from a pack or from the database as of a date."""

from .model import (
    Area,
    Assumption,
    Binding,
    Comparator,
    Comparison,
    Document,
    Figure,
    Form,
    Goal,
    Indicator,
    Member,
    Part,
    Quota,
    Region,
    Route,
    Target,
)

__all__ = [
    "Area",
    "Assumption",
    "Binding",
    "Comparator",
    "Comparison",
    "Document",
    "Figure",
    "Form",
    "Goal",
    "Indicator",
    "Member",
    "Part",
    "Quota",
    "Region",
    "Route",
    "Target",
]
