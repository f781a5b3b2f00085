"""The reference page and the blank workbook follow the schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from oreflow import gateway
from oreflow.core.provenance import Mark
from oreflow.gateway import blank_pack, load_pack, pack_format_page
from oreflow.gateway.messages import MESSAGES
from oreflow.gateway.schema import LIBRARY_TABLES, PACK_KEYS, PACK_TABLES

from .packs import PackText, problems_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
TABLES = (PACK_KEYS, *PACK_TABLES, *LIBRARY_TABLES)


def test_reference_page_is_the_schema() -> None:
    page = (DOCS / "reference" / "pack-format.md").read_text(encoding="utf-8")
    assert page == pack_format_page(), "write it anew from oreflow.gateway.pack_format_page"


def test_reference_page_names_every_column_and_mark() -> None:
    page = pack_format_page()
    for table in TABLES:
        for column in table.columns:
            assert f"| `{column.name}` |" in page
            assert column.meaning.zh in page
    assert all(f"`{mark.code}`" in page for mark in Mark)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_schema_is_coherent(table) -> None:
    names = [c.name for c in table.columns]
    assert len(set(names)) == len(names)
    known = {t.name for t in PACK_TABLES} | {f"{t.name}*" for t in LIBRARY_TABLES} | {t.name for t in LIBRARY_TABLES}
    for column in table.columns:
        assert set(column.refers) <= known
        assert (column.kind.value == "choice") == bool(column.choices)
        assert column.meaning.zh
        assert column.meaning.en


def test_every_problem_is_named_in_the_how_to() -> None:
    page = (DOCS / "how-to" / "make-a-pack.md").read_text(encoding="utf-8")
    missing = [code for code in MESSAGES if f"`{code}`" not in page]
    assert missing == []


def test_blank_workbook_has_every_table_with_notes_and_drop_downs(tmp_path: Path) -> None:
    book = load_workbook(blank_pack(tmp_path / "blank.xlsx"))
    assert book.sheetnames == ["guide", "pack", *(t.name for t in PACK_TABLES)]
    for table in PACK_TABLES:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == [c.name for c in table.columns]
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert column.meaning.zh in cell.comment.text
            assert column.meaning.en in cell.comment.text
            assert cell.font.bold == column.required
    lists = {str(v.sqref): v.formula1 for v in book["targets"].data_validations.dataValidation}
    header = [c.name for c in book["targets"][1] for c in [type("C", (), {"name": c.value})]]
    form = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[header.index("form")]
    assert lists[f"{form}2:{form}2000"].startswith('"level,floor,cap')
    area = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[header.index("area")]
    assert lists[f"{area}2:{area}2000"] == "=areas!$A$2:$A$2000"


def test_blank_workbook_only_lacks_its_names(tmp_path: Path) -> None:
    problems = problems_of(blank_pack(tmp_path / "blank.xlsx"))
    assert {(p.code, p.file_or_sheet, p.column) for p in problems} == {
        ("required", "pack", "id"), ("required", "pack", "name_zh"), ("required", "pack", "name_en"),
    }  # fmt: skip


def test_blank_workbook_filled_in_is_a_pack(pack: PackText, tmp_path: Path) -> None:
    """Filled with the rows of a sound pack, it loads as the same region."""
    for name in ("routes", "goals", "comparisons"):
        del pack.tables[name]
    pack.set("indicators", 4, "product", "")
    del pack.facts["library"]
    library = {t.name for t in LIBRARY_TABLES}
    pack.tables = {n: rows for n, rows in pack.tables.items() if n not in library}
    file = blank_pack(tmp_path / "filled.xlsx")
    book = load_workbook(file)
    for row in book["pack"].iter_rows(min_row=2):
        row[1].value = pack.facts.get(row[0].value)
    for name, (header, *rows) in pack.tables.items():
        at = {cell.value: cell.column for cell in book[name][1]}
        for number, values in enumerate(rows, 2):
            for column, value in zip(header, values, strict=True):
                book[name].cell(number, at[column]).value = value or None
    book.save(file)
    assert load_pack(file) == load_pack(pack.write_directory(tmp_path / "pack"))


def test_every_code_of_the_how_to_is_a_problem() -> None:
    page = (DOCS / "how-to" / "make-a-pack.md").read_text(encoding="utf-8")
    listed = {
        code for line in page.splitlines() if line.startswith("| ") for code in re.findall(r"`([a-z0-9-]+)`", line)
    }
    assert listed == set(MESSAGES)


def test_every_message_is_used() -> None:
    sources = [f for f in Path(gateway.__file__).parent.glob("*.py") if not f.name.endswith("messages.py")]
    program = "".join(f.read_text(encoding="utf-8") for f in sources)
    assert [code for code in MESSAGES if f'"{code}"' not in program] == []
