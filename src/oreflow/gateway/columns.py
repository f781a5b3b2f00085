"""What tables and columns of a pack are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from oreflow.core.provenance import Text


class Kind(StrEnum):
    """What a cell may hold."""

    ID = "id"  # lower-case letters, digits, . _ -
    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    YEAR = "year"
    DATE = "date"  # 2026-11-22
    BOOLEAN = "boolean"  # yes / no
    UNIT = "unit"  # a unit that core/quantity knows
    BASIS = "basis"  # words of a basis, e.g. "v2o5 capacity"
    MARK = "mark"  # a quality mark
    CHOICE = "choice"
    LINES = "lines"  # 810, 808-810 or 767,793
    REFS = "refs"  # ids of `refers`, separated by spaces


FORMAT = 1
"""The version of the pack format that this edition writes, and the newest that it reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers` names the tables in one of which the value must be a key.

    A name ending in * in `refers` is a table of the reference library. `low` and `high` bound a
    number. A column that is not required may be left out of the table altogether.
    """

    name: str
    kind: Kind
    meaning: Text
    required: bool = True
    choices: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table (a CSV file or a sheet of the same name). `key` columns are unique together."""

    name: str
    meaning: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = True
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})


def col(name: str, kind: Kind, zh: str, en: str, **more: object) -> Column:
    return Column(name, kind, Text(zh, en), **more)  # type: ignore[arg-type]


def names() -> tuple[Column, ...]:
    return (
        col("name_zh", Kind.TEXT, "中文名称", "Chinese name"),
        col("name_en", Kind.TEXT, "英文名称", "English name"),
    )


def notes() -> tuple[Column, ...]:
    return (
        col("note_zh", Kind.TEXT, "中文说明", "note in Chinese", required=False),
        col("note_en", Kind.TEXT, "英文说明", "note in English", required=False),
    )


def source(required: bool = True) -> tuple[Column, ...]:
    return (
        col("document", Kind.ID, "出处文件", "source document", required=required, refers=("documents",)),
        col("lines", Kind.LINES, "出处行号", "lines in the source", required=False),
    )


def coefficient(
    name: str = "value", zh: str = "数值", en: str = "value", low: str | None = None, high: str | None = None
) -> tuple[Column, ...]:
    bounds = {"low": low, "high": high}
    return (
        col(name, Kind.DECIMAL, zh, en, **bounds),
        col("low", Kind.DECIMAL, "下限", "lower end of the range", required=False, **bounds),
        col("high", Kind.DECIMAL, "上限", "upper end of the range", required=False, **bounds),
    )


def mark() -> Column:
    return col("mark", Kind.MARK, "质量标记", "quality mark")


def sources() -> Column:
    return col("source", Kind.REFS, "来源", "sources of this value", required=False, refers=("references",))


COMPARATORS = ("=", ">=", ">", "<=", "<", "~", "between", "none")
