"""Which column of a file is which field: by key, or by label in either language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from oreflow.console.people.access import Breadth, Viewer
from oreflow.console.registers.access import fields_for
from oreflow.console.registers.spec import Field, FieldKind, Register
from oreflow.core.provenance import Text
from oreflow.gateway.errors import shown, suggestion
from oreflow.gateway.xlsx_parts import column_letters

from .problems import FileRefused

EXTRA = {
    "simulated": Text("模拟数据", "Simulated"),
    "organisation_name": Text("单位名称（仅供阅读）", "Organisation’s name (to read only)"),
    "data_class": Text("数据分级", "Data class"),
}
"""Columns that an export adds for its readers; a reading import passes over them."""

_UNIT = re.compile(r"^(.*?)\s*\(([^()]*)\)$")


@dataclass(frozen=True, slots=True)
class Header:
    """Positions of the fields in a row, how many rows the header takes, and up to which column it reaches."""

    positions: dict[str, int]
    rows: int
    width: int


def label(field: Field, language: str) -> str:
    """A field's label with its unit, as headers say it."""
    said = field.label.in_language(language)
    return f"{said} ({field.unit})" if field.unit else said


def bilingual(field: Field) -> str:
    """The label in both languages with its unit."""
    said = f"{field.label.zh} {field.label.en}"
    return f"{said} ({field.unit})" if field.unit else said


def match(register: Register, viewer: Viewer, rows: Sequence[Sequence[str]]) -> Header:
    """The header of a table from its first rows: labels or keys in row 1, or labels above keys.

    Raises
    ------
    FileRefused
        With every column that is unknown, stands twice, has another unit, or is missing.
    """
    fields = fields_for(register, viewer)
    keys = {f.key for f in fields} | set(EXTRA)
    if len(rows) > 1 and _is_keys(rows[1], keys):
        first, taken = rows[1], 2
    elif rows:
        first, taken = rows[0], 1
    else:
        first, taken = (), 0
    if not any(cell.strip() for cell in first):
        raise FileRefused([_empty(register, fields)])
    problems: list[Text] = []
    positions = _positions(register, fields, first, problems)
    problems += _missing(register, viewer, fields, positions)
    if problems:
        raise FileRefused(problems)
    width = max(i for i, cell in enumerate(first, 1) if cell.strip())
    return Header({k: v for k, v in positions.items() if k not in EXTRA}, taken, width)


def _is_keys(row: Sequence[str], keys: set[str]) -> bool:
    words = [cell.strip() for cell in row if cell.strip()]
    return len(words) > 1 and all(word in keys for word in words)


def _positions(register: Register, fields: Sequence[Field], row: Sequence[str], problems: list[Text]) -> dict[str, int]:
    names = _names(fields)
    units = {f.key: f.unit for f in fields}
    positions: dict[str, int] = {}
    for position, cell in enumerate(row):
        if not cell.strip():
            continue
        key, unit = _key_of(cell, names)
        if key is None:
            problems.append(_unknown(register, fields, position, cell))
        elif key in positions:
            problems.append(_twice(cell, positions[key], position))
        elif unit and unit != _folded(units.get(key, "")):
            problems.append(_other_unit(cell, unit, units[key]))
        else:
            positions[key] = position
    return positions


def _names(fields: Sequence[Field]) -> dict[str, str]:
    names = {_folded(word): key for key, said in EXTRA.items() for word in (key, said.zh, said.en)}
    for field in fields:
        said = (field.key, field.label.zh, field.label.en, f"{field.label.zh} {field.label.en}")
        names |= {_folded(word): field.key for word in said}
    return names


def _key_of(cell: str, names: dict[str, str]) -> tuple[str | None, str]:
    """The key that a heading means, and the unit that it names if any."""
    folded = _folded(cell)
    if folded in names:
        return names[folded], ""
    if match := _UNIT.match(folded):
        return names.get(match[1]), match[2]
    return None, ""


def _folded(word: str) -> str:
    """A heading without differences of width, case, blanks and the mark of a required column."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold().strip("*")


def _missing(register: Register, viewer: Viewer, fields: Sequence[Field], positions: dict[str, int]) -> list[Text]:
    own = viewer.breadth is Breadth.OWN  # who can only mean itself need not say so
    return [
        Text(
            f"缺少“{f.label.zh}”列（{f.key}）。请在表头补上，或从模板填起。",
            f"The column “{f.label.en}” ({f.key}) is missing. Add it to the header, or start from the template.",
        )
        for f in fields
        if f.key not in positions
        and (f.required or f.key in register.identity)
        and not (own and f.kind is FieldKind.ORGANISATION)
    ]


def _empty(register: Register, fields: Sequence[Field]) -> Text:
    zh = "、".join(f.label.zh for f in fields if f.required or f.key in register.identity)
    en = ", ".join(f.label.en for f in fields if f.required or f.key in register.identity)
    return Text(
        f"表是空的，没有表头。请在第 1 行写上列名，至少有：{zh}。",
        f"The table is empty and has no header. Write the names of the columns in row 1, at least: {en}.",
    )


def _unknown(register: Register, fields: Sequence[Field], position: int, cell: str) -> Text:
    known = {f.label.zh for f in fields} | {f.label.en for f in fields} | {f.key for f in fields}
    near = suggestion(cell, known)
    name, where = shown(cell), column_letters(position + 1)
    return Text(
        f"{where} 列“{name}”不是{register.name.zh}的字段。{near['suggestion_zh']}请改用模板中的列名，或删去这一列。",
        f"Column {where}, “{name}”, is no field of {register.name.en.lower()}. {near['suggestion_en']}"
        "Use the template’s column names, or delete the column.",
    )


def _twice(cell: str, first: int, second: int) -> Text:
    one, two, name = column_letters(first + 1), column_letters(second + 1), shown(cell)
    return Text(
        f"“{name}”出现了两次（{one} 列和 {two} 列）。请删去其中一列。",
        f"“{name}” stands twice (columns {one} and {two}). Delete one of them.",
    )


def _other_unit(cell: str, unit: str, right: str) -> Text:
    name = shown(cell)
    return Text(
        f"“{name}”的单位是 {unit}，应为 {right or '无单位'}。请换算后把列名改为该单位。",
        f"“{name}” is in {unit}; it must be in {right or 'no unit'}. Convert the figures and name that unit.",
    )
