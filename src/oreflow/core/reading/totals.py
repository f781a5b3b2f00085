"""Totals of tables added again: grand totals, sub-totals, totals that stand first, parts left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from .model import Row, Total

_GRAND = re.compile(r"^(?:合计|总计|总和|共计|总\s?计|全部|合\s?计|[全总].{0,4}(?:合计|总计))(?:[（(：:].*)?$")
_SUB = re.compile(r"小\s?计$|^小\s?计|分计$")
_NUMBER = re.compile(r"[\[〔]?[<>≥≤约]?\s?([-−]?\d[\d,]*(?:\.\d+)?)")
_NOT_ADDED = re.compile(r"率(?!（户）)|平均|均|单位|每|增速|增幅|年份|强度|单耗|系数|指数|比重$|品位")
_SHARE = re.compile(r"占比|比重|份额|构成")


def is_total(label: str) -> bool:
    """Whether a row adds up others."""
    return bool(_GRAND.match(label) or _SUB.search(label))


def totals(rows: Sequence[Row], heads: Sequence[str]) -> tuple[Total, ...]:
    """Every figure that a total row prints, beside the sum of the rows that it adds up."""
    out: list[Total] = []
    sheets = [{c.column: v for c in r.cells if not c.doubtful and (v := value(c.text)) is not None} for r in rows]
    since = 0
    subs: list[int] = []
    for at, row in enumerate(rows):
        if _SUB.search(row.label):
            out += _added(sheets, [k for k in range(since, at) if _counts(rows[k])], at, heads)
            subs.append(at)
            since = at + 1
        elif _GRAND.match(row.label):
            out += _added(sheets, _parts(rows, subs, at), at, heads)
    return tuple(out)


def _counts(row: Row) -> bool:
    return not row.part and not is_total(row.label)


def _parts(rows: Sequence[Row], subs: Sequence[int], at: int) -> list[int]:
    """The rows that a grand total adds up."""
    before = [k for k in range(at) if _counts(rows[k])]
    if not before:
        end = next((k for k in range(at + 1, len(rows)) if _GRAND.match(rows[k].label)), len(rows))
        return [k for k in range(at + 1, end) if _counts(rows[k])]
    last = subs[-1] if subs else -1
    return [*subs, *(k for k in before if k > last)] if subs else before


def _added(sheets: Sequence[dict[int, Fraction]], parts: Sequence[int], at: int, heads: Sequence[str]) -> list[Total]:
    out = []
    for column, printed in sheets[at].items():
        head = heads[column] if column < len(heads) else ""
        if column >= len(heads) or (_NOT_ADDED.search(head) and not _SHARE.search(head)):
            continue
        known = [sheets[k][column] for k in parts if column in sheets[k]]
        if len(known) >= 2:
            out.append(Total(head, printed, sum(known, Fraction(0))))
    return out


def value(text: str) -> Fraction | None:
    """The number a cell prints, whatever stands after it."""
    found = _NUMBER.match(text)
    return Fraction(found[1].replace(",", "").replace("−", "-")) if found else None
