"""The built-in tables of national codes: areas by GB/T 2260, industries by GB/T 4754."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from oreflow.core.codes import (
    EDITIONS,
    Area,
    AreaLevel,
    AreaTree,
    BadTable,
    Industries,
    Industry,
    IndustryLevel,
    area_tree,
    industries,
)
from oreflow.core.provenance import Text

CODES = Path(__file__).resolve().parents[1] / "packs" / "codes"
AREA_COLUMNS = ("code", "name_zh", "name_en", "level", "valid_from", "valid_to", "successors", "source")
INDUSTRY_COLUMNS = ("code", "name_zh", "name_en", "level", "parent", "editions")
_CODES = {"section": r"[A-T]", "division": r"[0-9]{2}", "group": r"[0-9]{3}", "class": r"[0-9]{4}"}
_EDITIONS = {edition.name for edition in EDITIONS}


class CodeTableError(ValueError):
    """A table of codes that cannot be read; the message names file, row, column, value and remedy."""


@lru_cache(maxsize=4)
def load_areas(file: Path = CODES / "areas.csv") -> AreaTree:
    """The administrative divisions of all days in the table; read once.

    Raises
    ------
    CodeTableError
        For a missing column, an unknown level or an unreadable day.
    """
    days: dict[str, date] = {}
    return area_tree(_area(file, number, row, days) for number, row in _rows(file, AREA_COLUMNS))


@lru_cache(maxsize=4)
def load_industries(path: Path | None = None) -> Industries:
    """The industrial classification of all editions in a table; read once.

    Parameters
    ----------
    path
        A CSV in the format of the built-in table, with the columns `INDUSTRY_COLUMNS`, that takes its place:
        a full list, for example. None reads the built-in table, which lists some divisions by their head only.

    Raises
    ------
    CodeTableError
        For a file that cannot be read, a missing column, a code that does not fit its level or parent, an
        unknown edition, a code that stands twice or whose parent is missing.
    """
    file = CODES / "industries.csv" if path is None else Path(path)
    try:
        return industries(
            entry for number, row in _rows(file, INDUSTRY_COLUMNS) for entry in _entries(file, number, row)
        )
    except BadTable as error:
        raise CodeTableError(f"{file.name}: {error.text.en} {error.text.zh}") from error


def _rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from _checked(file, csv.reader(stream), columns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodeTableError(
            f"{file}: cannot be read ({error}); give a CSV file in UTF-8. 文件无法读取，请提供 UTF-8 编码的 CSV 文件。"
        ) from error


def _checked(file: Path, rows: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    if tuple(next(rows, ())) != columns:
        wanted = ", ".join(columns)
        raise CodeTableError(f"{file.name}, row 1: the columns must be {wanted}. 首行应为 {wanted}。")
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            raise CodeTableError(
                f"{file.name}, row {number}: {len(row)} cells, {len(columns)} are needed. "
                f"第 {number} 行应有 {len(columns)} 个单元格。"
            )
        yield number, row


def _area(file: Path, number: int, row: list[str], days: dict[str, date]) -> Area:
    code, name_zh, name_en, level, start, end, successors, source = row
    try:
        for day in (start, end or start):
            if day not in days:
                days[day] = date.fromisoformat(day)
        rank = AreaLevel(level)
    except ValueError:
        raise CodeTableError(
            f"{file.name}, row {number}, columns level, valid_from, valid_to: “{level}”, “{start}”, “{end}”; use "
            "province, city or county and days like 2007-12-31. "
            "level 填 province、city 或 county，日期写作 2007-12-31。"
        ) from None
    until = days[end] if end else None
    return Area(code, Text(name_zh, name_en), rank, days[start], until, tuple(successors.split()), source)


def _entries(file: Path, number: int, row: list[str]) -> Iterator[Industry]:
    code, name_zh, name_en, level, parent, editions = row
    held = editions.split()
    problem = _row_problem(row)
    if problem:
        raise CodeTableError(f"{file.name}, row {number}, {problem}")
    name = Text(name_zh, name_en or name_zh)
    return (Industry(edition, code, name, IndustryLevel(level), parent) for edition in held)


def _row_problem(row: list[str]) -> str:
    code, name_zh, _, level, parent, editions = row
    if level not in _CODES:
        words = "section, division, group or class"
        return f"column level: “{level}”; use {words}. level 填 section、division、group 或 class。"
    if not re.fullmatch(_CODES[level], code):
        return f"column code: “{code}” is no code of a {level}. 代码“{code}”与层级 {level} 不符。"
    if not re.fullmatch("[A-T]" if level == "division" else code[:-1], parent):
        return f"column parent: “{parent}” cannot stand above {code}. “{parent}”不能作为 {code} 的上级。"
    if not name_zh.strip():
        return f"column name_zh: empty; write the name of {code}. 请填写 {code} 的名称。"
    if not editions.split() or not _EDITIONS.issuperset(editions.split()):
        known = ", ".join(sorted(_EDITIONS))
        return f"column editions: “{editions}”; use {known}, with blanks between. 版本填 {known}，以空格分隔。"
    return ""
