# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The built-in table of regulations and standards by edition."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from oreflow.core.provenance import Mark, Text
from oreflow.core.rules import Editions, Kind, Regulation, RuleError

REGULATIONS = Path(__file__).resolve().parents[1] / "packs" / "reference" / "regulations.csv"
COLUMNS = (
    "id", "title_zh", "title_en", "number", "edition", "issued", "valid_from", "valid_to", "replaced_by", "kind", "scope",
    "places", "names", "source", "mark", "known_at", "suspended_from", "note_zh", "note_en",
)  # fmt: skip
_DAYS = ("issued", "valid_from", "valid_to", "known_at", "suspended_from")


class RegulationTableError(ValueError):
    """A table of regulations that cannot be read; the message names file, row, value and remedy in both languages."""


@lru_cache(maxsize=4)
def load_regulations(path: Path | None = None) -> Editions:
    """The editions of the built-in table, or of another table with the same columns; read once.

    Raises
    ------
    RegulationTableError
        For a file that cannot be read, missing columns, an unreadable day, kind or mark, an id that
        stands twice, or a successor that is not in the table.
    """
    file = REGULATIONS if path is None else Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegulationTableError(
            f"{file}: cannot be read ({error}); give a CSV file in UTF-8. 文件无法读取，请提供 UTF-8 编码的 CSV 文件。"
        ) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        wanted = ", ".join(COLUMNS)
        raise RegulationTableError(f"{file.name}, row 1: the columns must be {wanted}. 首行应为 {wanted}。")
    try:
        return Editions(_regulation(file, number, row) for number, row in enumerate(rows[1:], 2))
    except RuleError as error:
        raise RegulationTableError(f"{file.name}: {error.text.en} {error.text.zh}") from error


def _regulation(file: Path, number: int, row: list[str]) -> Regulation:
    if len(row) != len(COLUMNS):
        raise RegulationTableError(
            f"{file.name}, row {number}: {len(row)} cells, {len(COLUMNS)} are needed. "
            f"第 {number} 行应有 {len(COLUMNS)} 个单元格。"
        )
    cells = dict(zip(COLUMNS, row, strict=True))
    try:
        days = {name: date.fromisoformat(cells[name]) if cells[name] else None for name in _DAYS}
        kind, mark = Kind(cells["kind"]), Mark.from_code(cells["mark"])
        edition = int(cells["edition"]) if cells["edition"] else None
    except (ValueError, KeyError) as error:
        raise RegulationTableError(
            f"{file.name}, row {number}: {error}; days are written 2024-02-01, editions as a year. "
            f"第 {number} 行无法识别：日期写作 2024-02-01，版本写年份。"
        ) from error
    return Regulation(
        id=cells["id"],
        title=Text(cells["title_zh"], cells["title_en"]),
        number=cells["number"],
        edition=edition,
        issued=days["issued"],
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        replaced_by=tuple(cells["replaced_by"].split()),
        kind=kind,
        scope=tuple(cells["scope"].split()),
        source=cells["source"],
        mark=mark,
        names=tuple(cells["names"].split()),
        places=tuple(cells["places"].split()),
        known_at=days["known_at"],
        suspended_from=days["suspended_from"],
        note=Text(cells["note_zh"], cells["note_en"]),
    )
