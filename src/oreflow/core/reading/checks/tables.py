# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tables: totals re-added, shares, growth and differences recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from oreflow.core.provenance import Anchor, AnchoredFinding, FindingClass, Text

from ..model import Row, Table
from .facts import Fact, Facts
from .judging import Span, agrees, around, powered, quotient
from .wording import amount, finding, joined, number, printed

_TOTAL = re.compile(r"^(?:.{0,6})(?:合计|总计|总和|共计)(?:（.*）)?$")
_SUBTOTAL = re.compile(r"小计(?:（.*）)?$")
_WHOLE = re.compile(r"^(?:全市|全省|全国|全县|全区|总量|总额|全行业)$")
_OF_WHICH = re.compile(r"^(?:其中|#|＃|——|其：)|其中[：:]?$")
_RATE = re.compile(
    r"率|增速|增长|增幅|变化|亩均|人均|均价|平均|价格|指数|强度|年均|单位|排名|位次|序号|年份|能耗|品位|系数|倍"
)
_SHARE = re.compile(r"占比|比重|份额|所占|占[^地用]{0,8}(?:%|（%）)")
_GROWTH = re.compile(r"增长率|增幅|增速|变化率|同比|增长（%）|增减（%）|±%|增长%|增长$")
_AVERAGE = re.compile(r"年均|平均每年|年递增|复合")
_CHANGE = re.compile(r"累计|增减|变化|增加值?（|增量|变动|提高（|差额")
_YEAR = re.compile(r"((?:19|20)\d{2})")
_MOST_ROWS = 2000


def check_tables(facts: Facts) -> Iterator[AnchoredFinding]:
    """Every table that was rebuilt: totals, shares, growth rates and differences by column."""
    for number_, table in enumerate(facts.reading.tables):
        if len(table.rows) > _MOST_ROWS:
            yield _unchecked(facts, table, number_)
            continue
        grid = _Columns(facts, table, number_)
        yield from _sums(grid)
        yield from _shares(grid)
        yield from _ratios(grid)


def _unchecked(facts: Facts, table: Table, number_: int) -> AnchoredFinding:
    name = table.caption or f"表（第{number_ + 1}个）"
    anchor = Anchor("", table.start, min(table.end, table.start + 40), facts.text[table.start : table.start + 40])
    return finding(
        facts, "table-size", FindingClass.INFORMATION,
        Text(
            f"{name}有 {len(table.rows)} 行，超过 {_MOST_ROWS} 行，未作核对。",
            f"{name} has {len(table.rows)} rows, more than {_MOST_ROWS}: it was not checked.",
        ),
        Text("请拆分后再核对。", "Split it to have it checked."), (), anchors=(anchor,),
    )  # fmt: skip


class _Columns:
    """A table by rows and columns of facts."""

    def __init__(self, facts: Facts, table: Table, number_: int) -> None:
        self.facts, self.table, self.number = facts, table, number_
        self.cells: list[dict[int, Fact]] = []
        for row in table.rows:
            found = ((c.column, facts.by_start.get(c.start)) for c in row.cells)
            self.cells.append({column: fact for column, fact in found if fact is not None})
        self.totals = [i for i, row in enumerate(table.rows) if _TOTAL.search(row.label)]
        self.subtotals = [i for i, row in enumerate(table.rows) if _SUBTOTAL.search(row.label)]

    def label(self, row: int) -> str:
        return self.table.rows[row].label

    def head(self, column: int) -> str:
        return self.table.columns[column] if column < len(self.table.columns) else ""

    def of_which(self, row: int) -> bool:
        """Whether a row only details the one above it: 其中："""
        found = self.table.rows[row]
        words = self.facts.text[max(0, found.start - 4) : found.cells[0].start if found.cells else found.end]
        return bool(_OF_WHICH.search(found.label) or "其中" in words)

    @property
    def name(self) -> str:
        return self.table.caption or f"表（第{self.number + 1}个）"

    def dashes(self, rows: list[int], column: int) -> bool:
        return any(column not in self.cells[i] and _has(self.table.rows[i], column) for i in rows)


def _has(row: Row, column: int) -> bool:
    return any(c.column == column for c in row.cells)


def _partitions(grid: _Columns, total: int) -> list[list[int]]:
    """Row sets that may make up a total row: the rows above it (or below, where it stands first), or the subtotals."""
    count = len(grid.table.rows)
    plain = [i for i in range(count) if i not in grid.totals and i not in grid.subtotals]
    plain = [i for i in plain if not grid.of_which(i)]
    previous = max((t for t in grid.totals if t < total), default=-1)
    above = [i for i in plain if previous < i < total]
    following = min((t for t in grid.totals if t > total), default=count)
    below = [i for i in plain if total < i < following]
    out = [above] if above else []
    subtotals = [i for i in grid.subtotals if i < total]
    if subtotals:
        out.insert(0, subtotals)
    if below and (total == 0 or not above):
        out.append(below)
    return [rows for rows in out if len(rows) >= 2]


def _sums(grid: _Columns) -> Iterator[AnchoredFinding]:
    rows = grid.table.rows
    wholes = [(t, _partitions(grid, t)) for t in grid.totals]
    for at, sub in enumerate(grid.subtotals):
        begin = max([grid.subtotals[at - 1] if at else -1, *(t for t in grid.totals if t < sub)])
        parts = [i for i in range(begin + 1, sub) if not grid.of_which(i)]
        wholes.append((sub, [parts] if len(parts) >= 2 else []))
    tentative = not wholes and len(rows) >= 4 and _WHOLE.search(rows[0].label)
    if tentative:
        wholes.append((0, [list(range(1, len(rows)))]))
    for total, choices in wholes:
        held: list[tuple[int, Fact]] = []
        for column, whole in sorted(grid.cells[total].items()):
            verdict = _column_sum(grid, column, whole, choices, bool(tentative))
            if isinstance(verdict, AnchoredFinding):
                yield verdict
            elif verdict:
                held.append((column, whole))
        if held:
            yield _sums_hold(grid, total, held)


def _column_sum(
    grid: _Columns, column: int, whole: Fact, choices: list[list[int]], tentative: bool
) -> AnchoredFinding | bool:
    """True where the column adds up, a finding where it does not, False where it cannot be checked."""
    if not choices or not whole.level or _RATE.search(grid.head(column)) or whole.dimension == "个百分点":
        return False
    gaps = []
    for rows in choices:
        parts = [grid.cells[i][column] for i in rows if column in grid.cells[i]]
        alike = [p for p in parts if p.dimension == whole.dimension and p.level]
        if len(alike) < 2 or len(alike) < len(parts):
            continue
        total = sum((p.value for p in alike), Fraction(0))
        slack = whole.slack + sum((p.slack for p in alike), Fraction(0))
        if abs(total - whole.value) <= slack:
            return True
        gaps.append((rows, alike, total))
    if not gaps:
        return False
    rows, parts, total = gaps[0]
    if tentative and abs(total - whole.value) * 20 > abs(whole.value):
        return False
    if whole.dimension == "%" and not (_SHARE.search(grid.head(column)) or _SHARE.search(whole.said.subject)):
        return False
    return _sum_wrong(grid, column, whole, parts, total, dashed=grid.dashes(rows, column))


def _sum_wrong(
    grid: _Columns, column: int, whole: Fact, parts: list[Fact], total: Fraction, dashed: bool
) -> AnchoredFinding:
    head, gap = grid.head(column), amount(abs(total - whole.value), whole)
    bounded = any(not p.exact for p in (*parts, whole))
    kind = FindingClass.INFORMATION if bounded or dashed else FindingClass.ERROR
    more = ("多", "more") if total > whole.value else ("少", "less")
    values = " + ".join(number(p.said.low) for p in parts[:12]) + (" + …" if len(parts) > 12 else "")
    extra = Text("有的行印为“—”或为上下限，缺的部分可能含在别处。", "Some rows print a dash or a bound; what is missing may be counted elsewhere.") if kind is FindingClass.INFORMATION else Text("请核对合计与各行。", "Check the total and the rows.")  # fmt: skip
    return finding(
        grid.facts,
        "table-sum",
        kind,
        Text(
            f"{grid.name}“{head}”合计印为 {printed(whole).zh}，各行之和 {amount(total, whole)}，{more[0]} {gap}。",
            f"{grid.name}, “{head}”: the total is printed as {printed(whole).en}; the rows add to {amount(total, whole)}, {gap} {more[1]}.",
        ),
        Text(f"{values} = {amount(total, whole)}。{extra.zh}", f"{values} = {amount(total, whole)}. {extra.en}"),
        [whole, *parts],
        found=whole.said.low,
        expected=total / whole.factor,
        unit=whole.said.unit,
    )


def _sums_hold(grid: _Columns, total: int, held: list[tuple[int, Fact]]) -> AnchoredFinding:
    heads = joined([f"“{grid.head(c)}”" for c, _ in held])
    label = grid.label(total)
    return finding(
        grid.facts,
        "table-sum",
        FindingClass.HOLDS,
        Text(
            f"{grid.name}：{len(held)} 列的各行之和与“{label}”一致。",
            f"{grid.name}: {len(held)} column(s) add to “{label}”.",
        ),
        Text(f"已核对 {heads}，差异在取整范围内。", f"Checked: {heads}; gaps are within rounding."),
        [f for _, f in held],
    )


def _base_column(grid: _Columns, column: int) -> int | None:
    """The column that a share column is a share of: the one of like name, else the amounts just before it."""
    bare = re.sub(r"（[^（）]*）|占比|比重|份额|所占|总量|[\s%]", "", grid.head(column))
    candidates = [
        c
        for c in range(column - 1, -1, -1)
        if not _SHARE.search(grid.head(c)) and any(r.get(c) and r[c].dimension != "%" for r in grid.cells)
    ]
    for c in candidates:
        if bare and bare in re.sub(r"（[^（）]*）|总量|\s", "", grid.head(c)):
            return c
    return candidates[0] if candidates else None


def _shares(grid: _Columns) -> Iterator[AnchoredFinding]:
    for column, head in enumerate(grid.table.columns):
        if not _SHARE.search(head) or _GROWTH.search(head):
            continue
        base = _base_column(grid, column)
        if base is None:
            continue
        whole = _whole_of_shares(grid, column, base)
        if whole is None:
            continue
        held: list[Fact] = []
        for row, cells in enumerate(grid.cells):
            if row in grid.totals or column not in cells or base not in cells:
                continue
            share, part = cells[column], cells[base]
            possible = quotient(around(part.value, part.slack), whole[0])
            if share.dimension != "%" or not share.exact or not part.exact or possible is None:
                continue
            scaled = Span(possible.low * 100, possible.high * 100)
            if agrees(share.said.low, share.half, scaled):
                held.append(share)
            else:
                yield _share_wrong(grid, row, share, part, whole[1], scaled)
        if len(held) >= 2:
            yield _column_holds(grid, "table-share", column, held, "占比", "shares")


def _whole_of_shares(grid: _Columns, column: int, base: int) -> tuple[Span, list[Fact]] | None:
    """What 100 % is: the total row's amount by its own printed share, or the rows' sum where the shares close."""
    for total in grid.totals:
        cells = grid.cells[total]
        if base in cells and cells[base].exact:
            share = cells.get(column)
            amount_ = around(cells[base].value, cells[base].slack)
            if share is None or share.said.low == 100:
                return amount_, [cells[base]]
            whole = quotient(amount_, Span((share.said.low - share.half) / 100, (share.said.low + share.half) / 100))
            return (whole, [cells[base], share]) if whole else None
    both = [(r[base], r[column]) for r in grid.cells if base in r and column in r]
    closes = abs(sum((s.said.low for _, s in both), Fraction(0)) - 100) <= Fraction(len(both), 10)
    if len(both) < 3 or not closes or len({p.dimension for p, _ in both}) > 1:
        return None
    total_ = sum((p.value for p, _ in both), Fraction(0))
    return around(total_, sum((p.slack for p, _ in both), Fraction(0))), []


def _share_wrong(
    grid: _Columns, row: int, share: Fact, part: Fact, whole: list[Fact], possible: Span
) -> AnchoredFinding:
    expected = (possible.low + possible.high) / 2
    return finding(
        grid.facts,
        "table-share",
        FindingClass.ERROR,
        Text(
            f"{grid.name}“{grid.label(row)}”占比印为 {printed(share).zh}，按 {printed(part).zh} 重算为 {number(expected, 2)}%。",
            f"{grid.name}, “{grid.label(row)}”: the share is printed as {printed(share).en}; from {printed(part).en} it is {number(expected, 2)}%.",
        ),
        Text(
            "差异超出取整所能造成的范围，请核对占比或数值。",
            "More than rounding can cause: check the share or the amount.",
        ),
        [share, part, *whole],
        found=share.said.low,
        expected=expected,
        unit="%",
    )


def _column_holds(grid: _Columns, check: str, column: int, held: list[Fact], zh: str, en: str) -> AnchoredFinding:
    return finding(
        grid.facts,
        check,
        FindingClass.HOLDS,
        Text(
            f"{grid.name}“{grid.head(column)}”：{len(held)} 行{zh}与重算一致。",
            f"{grid.name}, “{grid.head(column)}”: {len(held)} {en} agree with what is recomputed.",
        ),
        Text("差异在取整或截尾范围内。", "Gaps are within rounding or cutting off."),
        held,
    )


def _ratios(grid: _Columns) -> Iterator[AnchoredFinding]:
    """Growth rates, averages and differences against the columns of the first and the last year."""
    years = {c: int(m[1]) for c, h in enumerate(grid.table.columns) if (m := _YEAR.search(h)) and not _is_ratio(h)}
    if len(set(years.values())) < 2:
        return
    first, last = min(years, key=lambda c: years[c]), max(years, key=lambda c: years[c])
    for column, head in enumerate(grid.table.columns):
        if column in years or not _is_ratio(head):
            continue
        named = sorted({int(y) for y in _YEAR.findall(head)} & set(years.values()))
        begin, end = first, last
        if len(named) == 2:
            begin, end = (next(c for c, y in years.items() if y == n) for n in named)
        held: list[Fact] = []
        for row, cells in enumerate(grid.cells):
            if not {column, begin, end} <= set(cells):
                continue
            verdict = _ratio(grid, row, head, (cells[begin], cells[end], cells[column]), years[end] - years[begin])
            if isinstance(verdict, AnchoredFinding):
                yield verdict
            elif verdict:
                held.append(cells[column])
        if len(held) >= 2:
            yield _column_holds(grid, "table-growth", column, held, "", "rows")


def _is_ratio(head: str) -> bool:
    return bool(_GROWTH.search(head) or _AVERAGE.search(head) or _CHANGE.search(head))


def _ratio(grid: _Columns, row: int, head: str, cells: tuple[Fact, Fact, Fact], years: int) -> AnchoredFinding | bool:
    begin, end, ratio = cells
    if not begin.level or not end.level or ratio.said.low != ratio.said.high or begin.dimension != end.dimension:
        return False
    if _AVERAGE.search(grid.label(row)) or (begin.doubtful or end.doubtful):
        return False
    start, goal = around(begin.value, begin.slack), around(end.value, end.slack)
    candidates: list[Span] = []
    grown = quotient(goal, start)
    if grown is not None and not _differs(head, begin):
        if _AVERAGE.search(head):
            grown = powered(grown, years)
        candidates.append(Span((grown.low - 1) * 100, (grown.high - 1) * 100))
    if _CHANGE.search(head) or begin.dimension == "%":
        per = Fraction(1, 100) if begin.dimension == "%" else begin.factor
        candidates.append(Span((goal.low - start.high) / per, (goal.high - start.low) / per))
    if not candidates:
        return False
    value = -ratio.said.low if ratio.said.direction == "down" and ratio.said.low > 0 else ratio.said.low
    if any(agrees(v, ratio.half, c) for c in candidates for v in {value, ratio.said.low}):
        return True
    expected = _point(
        begin, end, bool(grown is not None and not _differs(head, begin)), years if _AVERAGE.search(head) else 0
    )
    exact = begin.exact and end.exact
    return _ratio_wrong(grid, row, head, cells, expected, FindingClass.ERROR if exact else FindingClass.INFORMATION)


def _point(begin: Fact, end: Fact, grows: bool, years: int) -> Fraction:
    """The growth or difference that the printed levels give, rounding left aside."""
    if grows:
        ratio = end.value / begin.value
        return ((powered(Span(ratio, ratio), years).low if years else ratio) - 1) * 100
    return (end.value - begin.value) / (Fraction(1, 100) if begin.dimension == "%" else begin.factor)


def _differs(head: str, begin: Fact) -> bool:
    """Whether the column holds differences only: 累计增减 of rates, or of amounts without %."""
    return begin.dimension == "%" or bool(re.search(r"累计|增量|差额|变动", head))


def _ratio_wrong(
    grid: _Columns, row: int, head: str, cells: tuple[Fact, Fact, Fact], expected: Fraction, kind: FindingClass
) -> AnchoredFinding:
    begin, end, ratio = cells
    levels = f"{printed(begin).zh} → {printed(end).zh}"
    unit = ratio.said.unit
    return finding(
        grid.facts,
        "table-growth",
        kind,
        Text(
            f"{grid.name}“{grid.label(row)}”的“{head}”印为 {printed(ratio).zh}，按 {levels} 应为 {number(expected, 1)}{unit}。",
            f"{grid.name}, “{grid.label(row)}”: “{head}” is printed as {printed(ratio).en}; from {levels} it is {number(expected, 1)}{unit}.",
        ),
        Text("差异超出取整所能造成的范围，请核对。", "More than the rounding of both levels can cause: check them."),
        [ratio, begin, end],
        found=ratio.said.low,
        expected=expected,
        unit=unit,
    )
