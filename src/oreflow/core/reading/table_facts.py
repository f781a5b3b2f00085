"""Projects, duties and conditions that the rows of tables tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .clauses import conditions, limits_of
from .duties import named
from .grids import Found
from .model import Cell, Clause, Duty, Entity, Kind, Row, Span, Statement, Table
from .table_statements import lists_projects

_INVESTED = re.compile(r"投资(?!强度|主体|方式)")
_CONTENT = re.compile(r"(?:主要)?(?:建设)?(?:内容|规模)(?:及.*)?|产能|建设内容.*|工程内容")
_PERIOD = re.compile(
    r"年限|起止|建设期|周期|工期|(?:开工|投产|完成|竣工|建成)(?:时间|日期|年份|年度)?|完成时限|时限|进度"
)
_LEAD = re.compile(
    r"牵头(?:单位|部门|处室)?|责任(?:单位|部门|主体|处室)?|主办(?:单位|部门)?|负责(?:单位|部门)|落实单位|主责(?:单位|部门)?|实施(?:单位|主体)|承担单位"
)
_SUPPORT = re.compile(r"配合(?:单位|部门)?|参与(?:单位|部门)?|协办(?:单位|部门)?|协同(?:单位|部门)?|配合责任单位")
_DUE = re.compile(r"(?:完成)?时限|完成时间|截止(?:时间|日期)|时间节点|完成期限|时间要求|进度安排")
_BODY = re.compile(r"(?:责任|建设|实施|业主|牵头|承担|申报|项目)(?:单位|主体|企业)|业主|企业名称|投资主体")
_CAPACITY = re.compile(
    r"(?:年产|年处理|年加工|日处理|新增)?\d[\d,.]*(?:[万亿千百]*)(?:吨|立方米|m3|千瓦时|千瓦|平方米|只|台|套|件|t|GWh|MW|kWh|片|米)(?:/[年日ad])?"
)
_UNIT = re.compile(r"（(?P<u>[^（）]*?元)）|[/,，、](?P<s>[万亿]*元)$")
_PROJECT_END = re.compile(r"(?:项目|工程|基地|生产线|技改|平台|园区|中心|改造)(?:（[^（）]*）)?$")
_CATEGORIES = (("淘汰", "eliminated"), ("禁止", "forbidden"), ("限制", "restricted"), ("鼓励", "encouraged"))


def table_projects(found: Sequence[Found]) -> Iterator[Entity]:
    """The projects that tables list, with money, capacity, period and bodies."""
    for table in (f.table for f in found):
        if not lists_projects(table):
            continue
        for row in table.rows:
            if len(row.label) >= 4 and not re.search(r"[合总小]计", row.label):
                yield _project(table, row)


def _project(table: Table, row: Row) -> Entity:
    told = {
        k: _said(table, row, pattern) for k, pattern in (("content", _CONTENT), ("period", _PERIOD), ("body", _BODY))
    }
    money = ""
    for cell in row.cells:
        head = table.columns[cell.column] if cell.column < len(table.columns) else ""
        if _INVESTED.search(head) and not money:
            unit = _UNIT.search(head) or _UNIT.search("（" + _whole_unit(table) + "）")
            money = cell.text + ((unit["u"] or unit["s"]) if unit and not cell.text.endswith("元") else "")
    capacity = next((m[0] for words in (told["content"], row.label) if (m := _CAPACITY.search(words))), "")
    span = Span(row.start, row.start + len(row.label))
    return Entity(
        "project",
        row.label,
        (row.label,),
        (_mention(row, span),),
        capacity,
        money,
        told["period"],
        told["content"],
        named(told["body"], {}),
    )


def _mention(row: Row, guess: Span) -> Span:
    return guess if guess.end <= row.end else Span(row.start, row.end)


def _whole_unit(table: Table) -> str:
    found = re.search(r"单位\s?[：:]\s?([^\s）)，,、]{1,6})", table.caption)
    return found[1] if found else ""


def _said(table: Table, row: Row, head: re.Pattern[str]) -> str:
    cell = _cell(table, row, head)
    return cell.text if cell else ""


def _cell(table: Table, row: Row, head: re.Pattern[str]) -> Cell | None:
    return next((c for c in row.words if c.column < len(table.labels) and head.search(table.labels[c.column])), None)


def table_duties(
    found: Sequence[Found], sections: Mapping[int, int | None], short: Mapping[str, str]
) -> Iterator[Duty]:
    """The duties of tables that have a column of responsible bodies."""
    for number, table in enumerate(f.table for f in found):
        if not any(_LEAD.fullmatch(h) or _LEAD.match(h) for h in table.labels):
            continue
        if lists_projects(table) and not any(h.startswith(("牵头", "责任")) for h in table.labels):
            continue
        for row in table.rows:
            lead_cell = _cell(table, row, _LEAD)
            if lead_cell is None:
                continue
            bodies = named(_split_lines(lead_cell.text), short)
            support = named(_split_lines(_said(table, row, _SUPPORT)), short)
            if not bodies:
                continue
            joint = not any(_SUPPORT.search(h) for h in table.labels)
            lead, more = (bodies[:1], bodies[1:]) if joint else (bodies, ())
            yield Duty(
                row.start, row.end, row.label, lead, (*more, *support), _said(table, row, _DUE), sections.get(number)
            )


def _split_lines(words: str) -> str:
    return re.sub(r"等(?=$|[、，；])", "", words)


def table_clauses(found: Sequence[Found], statements: Sequence[Statement]) -> Iterator[Clause]:
    """One clause for every row that prints limits."""
    rows: dict[tuple[int, int], list[tuple[int, Statement]]] = {}
    starts = {t: [(r.start, r.end, k) for k, r in enumerate(f.table.rows)] for t, f in enumerate(found)}
    for i, s in enumerate(statements):
        if s.table is None or s.kind is not Kind.THRESHOLD:
            continue
        k = (
            next((k for a, b, k in starts[s.table] if a <= s.start < b), None)
            if len(starts[s.table]) < 400
            else _bisected(starts[s.table], s.start)
        )
        if k is not None:
            rows.setdefault((s.table, k), []).append((i, s))
    for (t, k), told in rows.items():
        table, row = found[t].table, found[t].table.rows[k]
        words = "".join(c.text for c in row.words) + row.group
        limits = tuple(limit for i, s in told for limit in limits_of(i, s))
        yield Clause(row.start, row.end, _category(table.caption + row.group), row.label, limits, *conditions(words))


def _bisected(rows: Sequence[tuple[int, int, int]], at: int) -> int | None:
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if rows[middle][0] <= at:
            low = middle + 1
        else:
            high = middle
    return rows[low - 1][2] if low and at < rows[low - 1][1] else None


def _category(words: str) -> str:
    return next((name for mark, name in _CATEGORIES if mark in words), "entry")
