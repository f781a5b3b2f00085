"""What was read as rows for JSON lines, each tied to its characters, and the columns that tables show of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from oreflow.core.provenance import Text
from oreflow.core.reading import Cell, Reading, Row, Table, chain_rows, statement_rows
from oreflow.core.reading.gold import number

Rows = Iterator[dict[str, Any]]


def table_rows(reading: Reading) -> Rows:
    """Every cell of every table: figures with the head of their column, words with theirs."""
    for at, table in enumerate(reading.tables):
        for line, row in enumerate(table.rows):
            for cell in row.words:
                yield _cell(reading.doc, at, table, line, row, cell, table.labels, "words")
            for cell in row.cells:
                yield _cell(reading.doc, at, table, line, row, cell, table.columns, "figure")


def _cell(
    doc: str, at: int, table: Table, line: int, row: Row, cell: Cell, heads: tuple[str, ...], sort: str
) -> dict[str, Any]:
    head = heads[cell.column] if cell.column < len(heads) else ""
    return {
        "doc": doc, "table": at, "caption": table.caption, "row": line, "label": row.label, "group": row.group,
        "unit": row.unit, "property": row.binding, "sort": sort, "column": cell.column, "head": head,
        "text": cell.text, "doubtful": cell.doubtful, "start": cell.start, "end": cell.end,
    }  # fmt: skip


def outline_rows(reading: Reading) -> Rows:
    """The section tree: `parent` is the number of the section above, null at the top."""
    for at, s in enumerate(reading.outline):
        yield {
            "doc": reading.doc, "section": at, "parent": s.parent, "level": s.level, "number": s.number,
            "title": s.title, "role": s.role.value, "note": s.note, "start": s.start, "end": s.end,
        }  # fmt: skip


def clause_rows(reading: Reading) -> Rows:
    """Clauses with their limits."""
    for c in reading.clauses:
        limits = [
            {
                "attribute": x.attribute,
                "comparator": x.comparator.value,
                "value": number(x.value),
                "unit": x.unit,
                "inclusive": x.inclusive,
            }
            for x in c.limits
        ]
        yield {
            "doc": reading.doc, "category": c.category, "object": c.object, "limits": limits,
            "exceptions": list(c.exceptions), "places": list(c.places), "times": list(c.times),
            "start": c.start, "end": c.end,
        }  # fmt: skip


def duty_rows(reading: Reading) -> Rows:
    """Duties with lead, co-operating bodies and deadline."""
    for d in reading.duties:
        yield {
            "doc": reading.doc, "task": d.task, "lead": list(d.lead), "support": list(d.support),
            "deadline": d.deadline, "section": d.section, "start": d.start, "end": d.end,
        }  # fmt: skip


def entity_rows(reading: Reading) -> Rows:
    """Enterprises, parks, products, technologies and projects with every mention."""
    for e in reading.entities:
        yield {
            "doc": reading.doc, "kind": e.kind, "name": e.name, "spellings": list(e.spellings),
            "capacity": e.capacity, "money": e.money, "mentions": [[m.start, m.end] for m in e.mentions],
            "start": e.mentions[0].start if e.mentions else 0, "end": e.mentions[0].end if e.mentions else 0,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of what is read: its rows, its title, and (heading, field, side) of the columns shown."""

    rows: Callable[[Reading], Rows]
    title: Text
    columns: tuple[tuple[Text, str, str], ...]


_PLACE = (Text("位置", "place"), "place", "left")

SORTS: dict[str, Sort] = {
    "statements": Sort(
        statement_rows,
        Text("数值表述", "statements"),
        (
            _PLACE,
            (Text("指标", "subject"), "subject", "left"),
            (Text("范围", "scope"), "scope", "left"),
            (Text("关系", "comparator"), "comparator", "left"),
            (Text("数值", "value"), "value", "right"),
            (Text("单位", "unit"), "unit", "left"),
            (Text("年份", "year"), "year", "right"),
            (Text("类型", "kind"), "kind", "left"),
            (Text("把握", "confidence"), "confidence", "right"),
        ),
    ),
    "chains": Sort(
        chain_rows,
        Text("产业链", "chains"),
        (
            _PLACE,
            (Text("环节", "stages"), "stages", "left"),
            (Text("类型", "kind"), "type", "left"),
        ),
    ),
    "tables": Sort(
        table_rows,
        Text("表格", "tables"),
        (
            _PLACE,
            (Text("表", "table"), "table", "right"),
            (Text("行", "row"), "row", "right"),
            (Text("行名", "label"), "label", "left"),
            (Text("列名", "column"), "head", "left"),
            (Text("内容", "text"), "text", "left"),
            (Text("单位", "unit"), "unit", "left"),
            (Text("存疑", "doubtful"), "doubtful", "left"),
        ),
    ),
    "outline": Sort(
        outline_rows,
        Text("章节", "outline"),
        (
            _PLACE,
            (Text("标题", "title"), "title", "left"),
            (Text("内容", "role"), "role", "left"),
            (Text("编号", "numbering"), "note", "left"),
        ),
    ),
    "clauses": Sort(
        clause_rows,
        Text("条款", "clauses"),
        (
            _PLACE,
            (Text("类别", "category"), "category", "left"),
            (Text("对象", "object"), "object", "left"),
            (Text("限值", "limits"), "limits", "left"),
            (Text("例外", "exceptions"), "exceptions", "left"),
        ),
    ),
    "duties": Sort(
        duty_rows,
        Text("责任分工", "duties"),
        (
            _PLACE,
            (Text("任务", "task"), "task", "left"),
            (Text("牵头", "lead"), "lead", "left"),
            (Text("配合", "support"), "support", "left"),
            (Text("期限", "deadline"), "deadline", "left"),
        ),
    ),
    "entities": Sort(
        entity_rows,
        Text("名称", "names"),
        (
            _PLACE,
            (Text("类型", "kind"), "kind", "left"),
            (Text("名称", "name"), "name", "left"),
            (Text("能力", "capacity"), "capacity", "left"),
            (Text("投资", "money"), "money", "left"),
            (Text("提及", "mentions"), "mentions", "right"),
        ),
    ),
}


def shown(row: dict[str, Any], field: str) -> str:
    """A field of a row as a table shows it."""
    value = row.get(field)
    if field == "mentions":
        return str(len(value or ()))
    if field == "title" and "level" in row:
        return f"{'  ' * (int(row['level']) - 1)}{row['number']} {row['title']}".rstrip()
    if field == "stages":
        return " → ".join("/".join(stage) for stage in value or ())
    if field == "limits":
        return "; ".join(f"{x['attribute']} {x['comparator']} {x['value']} {x['unit']}".strip() for x in value or ())
    if isinstance(value, list):
        return ("–" if field == "value" else "、").join(str(v) for v in value)
    if isinstance(value, bool):
        return "?" if value else ""
    return "" if value is None else str(value)
