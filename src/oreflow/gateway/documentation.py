"""The reference page of the pack format, made from the schema."""

from __future__ import annotations

from oreflow.core.provenance import Mark

from .schema import FORMAT, LIBRARY_TABLES, PACK_KEYS, PACK_TABLES, Column, Kind, Table

_KINDS = {
    Kind.ID: "id: lower-case letters, digits, `.` `_` `-`",
    Kind.TEXT: "text",
    Kind.DECIMAL: "number, e.g. `1234.5`",
    Kind.INTEGER: "whole number",
    Kind.YEAR: "year",
    Kind.DATE: "date, `2026-11-22`",
    Kind.BOOLEAN: "`yes` or `no`",
    Kind.UNIT: "unit, e.g. `万吨`, `kWh/t`, `%`; `1` for a pure number",
    Kind.BASIS: "words of a basis, e.g. `v2o5 capacity`",
    Kind.MARK: "quality mark",
    Kind.CHOICE: "one of",
    Kind.LINES: "lines: `810`, `808-810` or `767,793`",
    Kind.REFS: "ids, separated by spaces",
}

_HEAD = f"""# Pack format

This page is made from `oreflow.gateway.schema` by `oreflow.gateway.pack_format_page`.

A pack is a region in plain tables: a directory of CSV files (UTF-8, or GB18030) with one
`pack.toml`, or one `.xlsx` workbook with a sheet for each table and a sheet `pack` (columns `key`
and `value`) in the place of `pack.toml`. This is format {FORMAT}.

Row 1 of a table is its header; the order of columns and rows is free. A column that is not required
may be left out; an unknown one is an error. A key is unique in its table. Cells hold values: formulas
and merged cells are errors. Full-width digits are read as digits. A printed figure keeps its decimals
(`12.50` is not `12.5`): they say how it was rounded.

Tables of the library in a pack extend the reference library: a material, a process, or the
distribution of an ore that the pack lists replaces that of the reference with all that belongs to it;
any other row replaces the one of the same key or is added. With `library = "own"` the tables of the
pack stand alone. A name ending in `*` below is a table of the library.

A workbook may have a sheet `guide`, a directory README, LICENSE and NOTICE files; other files and
sheets are errors, so that a misspelt table is not lost.
"""


def pack_format_page() -> str:
    """The page in Markdown, with both languages' meanings."""
    parts = [_HEAD, "\n## The pack itself\n", _table_text(PACK_KEYS), "\n## Tables of the region\n"]
    parts += [_section(table) for table in PACK_TABLES]
    parts.append("\n## Tables of the library\n")
    parts += [_section(table) for table in LIBRARY_TABLES]
    parts.append("\n## Quality marks\n\n| mark | 中文 | meaning |\n|---|---|---|\n")
    parts += [f"| `{mark.code}` | {mark.text.zh} | {mark.text.en} |\n" for mark in Mark]
    return "".join(parts)


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    need = "required" if table.required else "may be left out"
    head = f"\n### {table.name}\n\n{table.meaning.zh} · {table.meaning.en}. Key: {key}; {need}.\n"
    return head + _table_text(table)


def _table_text(table: Table) -> str:
    rows = [_row(column) for column in table.columns]
    return "\n| column | holds | required | 含义 | meaning |\n|---|---|---|---|---|\n" + "".join(rows)


def _row(column: Column) -> str:
    need = "yes" if column.required else ""
    return f"| `{column.name}` | {_holds(column)} | {need} | {column.meaning.zh} | {column.meaning.en} |\n"


def _holds(column: Column) -> str:
    text = _KINDS[column.kind]
    if column.kind is Kind.CHOICE:
        text += " " + ", ".join(f"`{choice}`" for choice in column.choices)
    if column.refers:
        tables = " or ".join(column.refers).replace("*", "\\*")
        text = f"{'ids' if column.kind is Kind.REFS else 'id'} of {tables}"
    if column.low is not None or column.high is not None:
        text += f", {column.low or '−∞'} … {column.high or '∞'}"
    return text
