"""Reading plans: outline, statements, tables, chains, clauses, duties and entities, tied to their characters.

>>> from oreflow.core.reading import read
>>> found = read("到2025年，钛白粉产能达到150万吨以上。").statements[0]
>>> found.comparator.value, int(found.low), found.unit, found.year
('>=', 150, '万吨', 2025)
"""

from .gold import chain_rows, statement_row, statement_rows
from .model import (
    Cell,
    Chain,
    Clause,
    Comparator,
    Duty,
    Entity,
    Frame,
    Grid,
    GridCell,
    Kind,
    Limit,
    Reading,
    Role,
    Row,
    Section,
    Span,
    Statement,
    Table,
    Total,
)
from .reading import read, statements_and_chains

__all__ = [
    "Cell",
    "Chain",
    "Clause",
    "Comparator",
    "Duty",
    "Entity",
    "Frame",
    "Grid",
    "GridCell",
    "Kind",
    "Limit",
    "Reading",
    "Role",
    "Row",
    "Section",
    "Span",
    "Statement",
    "Table",
    "Total",
    "chain_rows",
    "read",
    "statement_row",
    "statement_rows",
    "statements_and_chains",
]
