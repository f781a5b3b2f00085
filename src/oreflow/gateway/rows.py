"""Checked rows: cells with their values, and the place they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from oreflow.core.provenance import Mark, Text

from .cells import Value


@dataclass(slots=True)
class Row:
    """One record. `values` holds the cells that are filled and sound, `bad` names the unsound ones."""

    where: str
    number: int
    values: dict[str, Value]
    bad: set[str] = field(default_factory=set)

    def __contains__(self, column: str) -> bool:
        return column in self.values

    def empty(self, *columns: str) -> bool:
        """Whether any of these cells was left empty."""
        return any(c not in self.values and c not in self.bad for c in columns)

    def sound(self, *columns: str) -> bool:
        """Whether all of these cells hold a value."""
        return all(c in self.values for c in columns)

    def word(self, column: str) -> str:
        return cast("str", self.values.get(column, ""))

    def decimal(self, column: str) -> Decimal:
        return cast("Decimal", self.values[column])

    def decimal_or(self, column: str, other: Decimal) -> Decimal:
        return cast("Decimal", self.values.get(column, other))

    def whole_or_none(self, column: str) -> int | None:
        return cast("int | None", self.values.get(column))

    def whole(self, column: str) -> int:
        return cast("int", self.values[column])

    def flag(self, column: str) -> bool | None:
        return cast("bool | None", self.values.get(column))

    def day(self, column: str) -> date | None:
        return cast("date | None", self.values.get(column))

    def mark(self) -> Mark:
        return cast("Mark", self.values["mark"])

    def refs(self, column: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.values.get(column, ()))

    def text(self, stem: str) -> Text:
        """The pair of columns `stem_zh`, `stem_en`."""
        return Text(self.word(f"{stem}_zh"), self.word(f"{stem}_en"))

    def key(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(self.values.get(c, "")) for c in columns)


@dataclass(slots=True)
class Tables:
    """Checked rows by table, in the order of the file, and the names of tables that were unreadable."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows.get(table, [])

    def sound(self, table: str, *columns: str) -> Iterator[Row]:
        """The rows of a table in which all these cells hold a value."""
        return (row for row in self[table] if row.sound(*columns))

    def by_id(self, table: str, column: str = "id") -> dict[str, Row]:
        """Rows by their id; the first of duplicates."""
        found: dict[str, Row] = {}
        for row in self.sound(table, column):
            found.setdefault(row.word(column), row)
        return found
