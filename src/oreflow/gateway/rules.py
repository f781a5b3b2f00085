"""The rules that rows must obey together; one small function a rule, all called by `check_rules`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from .cells import line_spans, unit_of
from .chain_rules import check_chain, check_feeds
from .errors import Problems
from .rows import Row, Tables
from .schema import LIBRARY_TABLES, PACK_TABLES

_COEFFICIENTS = {
    t.name: t.columns[[c.name for c in t.columns].index("low") - 1].name
    for t in (*PACK_TABLES, *LIBRARY_TABLES)
    if "low" in t.by_name
}
_WITHOUT_NUMBER = ("qualitative", "delegated")
_FROM_A_YEAR = ("average-growth", "cumulative")


def check_rules(pack: Tables, library: Tables, own: Tables, problems: Problems) -> None:
    """Every rule over the pack; over the library only what the pack brings (`own`)."""
    for name, value in _COEFFICIENTS.items():
        check_ranges((*pack[name], *own[name]), value, problems)
    check_documents(pack, problems)
    check_lines(pack, problems)
    check_areas(pack, problems)
    check_figures(pack, problems)
    check_targets(pack, problems)
    check_dimensions(pack, problems)
    check_parts(pack, problems)
    check_chain(pack, library, own, problems)
    check_cycles(pack, problems)


def check_library_rules(own: Tables, problems: Problems) -> None:
    """The rules of a library by itself."""
    for table in LIBRARY_TABLES:
        if table.name in _COEFFICIENTS:
            check_ranges(own[table.name], _COEFFICIENTS[table.name], problems)
    check_feeds(own, own, problems)


def check_ranges(rows: Iterable[Row], value: str, problems: Problems) -> None:
    """low ≤ value ≤ high."""
    for row in rows:
        if not row.sound(value):
            continue
        middle = row.decimal(value)
        low, high = row.decimal_or("low", middle), row.decimal_or("high", middle)
        if not low <= middle <= high:
            facts = {"low": low, "mid": middle, "high": high}
            problems.add("range-order", row.where, row.number, value, middle, **facts)


def check_documents(pack: Tables, problems: Problems) -> None:
    for row in pack["documents"]:
        digest = row.word("text_sha256")
        if digest and not re.fullmatch("[0-9a-f]{64}", digest):
            problems.add("bad-sha256", row.where, row.number, "text_sha256", digest)
        if row.sound("period_from", "period_to") and row.whole("period_from") > row.whole("period_to"):
            years = {"first": row.whole("period_from"), "second": row.whole("period_to")}
            problems.add("period-order", row.where, row.number, "period_to", years["second"], **years)


def check_lines(pack: Tables, problems: Problems) -> None:
    """No line lies beyond the text of its document."""
    documents = pack.by_id("documents")
    for name in ("areas", "figures", "targets", "members"):
        for row in pack.sound(name, "document", "lines"):
            document = documents.get(row.word("document"))
            if document is None or "text_lines" not in document:
                continue
            limit = document.whole("text_lines")
            if max(last for _, last in line_spans(row.word("lines"))) > limit:
                facts = {"document": row.word("document"), "limit": limit}
                problems.add("lines-beyond", row.where, row.number, "lines", row.word("lines"), **facts)


def check_areas(pack: Tables, problems: Problems) -> None:
    for row in pack["areas"]:
        zh, en = split_list(row.word("leading_zh"), "、"), split_list(row.word("leading_en"), ";")
        if len(zh) != len(en):
            counts = {"found": len(zh), "expected": len(en)}
            problems.add("leading-mismatch", row.where, row.number, "leading_en", row.word("leading_en"), **counts)


def split_list(text: str, separator: str) -> list[str]:
    """The parts of a list in one cell, without blanks."""
    return [part.strip() for part in text.split(separator) if part.strip()]


def check_figures(pack: Tables, problems: Problems) -> None:
    for row in pack.sound("figures", "comparator"):
        comparator = row.word("comparator")
        if comparator == "between":
            problems.add("range-ends", row.where, row.number, "comparator", comparator)
        elif comparator == "none" and "value" in row:
            problems.add("value-unexpected", row.where, row.number, "value", row.decimal("value"))
        elif comparator != "none" and row.empty("value"):
            problems.add("value-missing", row.where, row.number, "value")
        if row.sound("year", "since") and row.whole("since") >= row.whole("year"):
            years = {"first": row.whole("since"), "second": row.whole("year")}
            problems.add("period-order", row.where, row.number, "since", years["first"], **years)


def check_targets(pack: Tables, problems: Problems) -> None:
    for row in pack.sound("targets", "form", "comparator"):
        if row.word("form") in _WITHOUT_NUMBER:
            _check_worded(row, problems)
        else:
            _check_numeric(row, problems)
        if row.word("form") in _FROM_A_YEAR and "from_year" not in row.bad:
            start = row.whole_or_none("from_year")
            if start is None or ("year" in row and start > row.whole("year")):
                problems.add("year-missing", row.where, row.number, "from_year", start or "", kind=row.word("form"))


def _check_worded(row: Row, problems: Problems) -> None:
    if row.word("comparator") != "none" and row.empty("value"):
        problems.add("value-missing", row.where, row.number, "value")
    if "value" in row:
        problems.add("value-unexpected", row.where, row.number, "value", row.decimal("value"))
    for column in ("words_zh", "words_en"):
        if row.empty(column):
            problems.add("words-missing", row.where, row.number, column)


def _check_numeric(row: Row, problems: Problems) -> None:
    comparator = row.word("comparator")
    if comparator == "none" or row.empty("value"):
        problems.add("value-missing", row.where, row.number, "value", row.values.get("value", ""))
    if row.empty("unit"):
        problems.add("value-missing", row.where, row.number, "unit")
    if (comparator == "between") == row.empty("upper"):
        problems.add("range-ends", row.where, row.number, "upper", row.values.get("upper", ""))
    elif row.sound("value", "upper") and row.decimal("value") > row.decimal("upper"):
        ends = {"low": row.decimal("value"), "mid": "…", "high": row.decimal("upper")}
        problems.add("range-order", row.where, row.number, "upper", row.decimal("upper"), **ends)


def check_dimensions(pack: Tables, problems: Problems) -> None:
    """A figure has the dimension of its indicator; growth and shares are pure numbers."""
    indicators = pack.by_id("indicators")
    for name in ("figures", "targets"):
        for row in pack.sound(name, "indicator", "unit"):
            indicator = indicators.get(row.word("indicator"))
            if indicator is None or "unit" not in indicator:
                continue
            found, expected = row.word("unit"), indicator.word("unit")
            if row.word("form") == "average-growth":
                expected = "%"
            if not (same_dimension(found, expected) or _is_ratio(row, found) or _is_change(row, found)):
                of = row.word("indicator")
                problems.add("unit-dimension", row.where, row.number, "unit", found, expected=expected, of=of)


def _is_ratio(row: Row, unit: str) -> bool:
    """A share of another figure or a growth rate may be a pure number."""
    return ("of" in row or "since" in row) and same_dimension(unit, "%")


def _is_change(row: Row, unit: str) -> bool:
    """A change may be given in the unit of the indicator, in per cent or in percentage points."""
    return row.word("form") == "change" and (same_dimension(unit, "%") or same_dimension(unit, "百分点"))


def same_dimension(one: str, other: str) -> bool:
    """Whether two unit texts measure the same kind of quantity."""
    return unit_of(one).dimension == unit_of(other).dimension


def check_parts(pack: Tables, problems: Problems) -> None:
    """A part that adds to a whole has the whole's dimension."""
    indicators = pack.by_id("indicators")
    for row in pack.sound("parts", "whole_indicator", "part_indicator"):
        whole, part = (indicators.get(row.word(f"{c}_indicator")) for c in ("whole", "part"))
        if whole is None or part is None or not (whole.sound("unit") and part.sound("unit")):
            continue
        if not same_dimension(whole.word("unit"), part.word("unit")):
            facts = {"expected": whole.word("unit"), "of": row.word("whole_indicator")}
            problems.add("unit-dimension", row.where, row.number, "part_indicator", part.word("unit"), **facts)


def check_cycles(pack: Tables, problems: Problems) -> None:
    """Areas within areas, shares of figures, and parts of wholes have a beginning."""
    within = {row.word("id"): [row.word("within")] for row in pack.sound("areas", "id", "within")}
    _report_cycles(within, pack.by_id("areas"), "within", problems)
    figures = {**pack.by_id("targets"), **pack.by_id("figures")}
    of = {key: [row.word("of") or row.word("base")] for key, row in figures.items()}
    _report_cycles(of, figures, "of", problems)
    wholes: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, Row] = {}
    for row in pack.sound("parts", "whole_area", "whole_indicator", "part_area", "part_indicator"):
        part = f"{row.word('part_area')}/{row.word('part_indicator')}"
        wholes[part].append(f"{row.word('whole_area')}/{row.word('whole_indicator')}")
        rows[part] = row
    _report_cycles(wholes, rows, "part_area", problems)


def _report_cycles(edges: Mapping[str, list[str]], rows: Mapping[str, Row], column: str, problems: Problems) -> None:
    for cycle in find_cycles(edges):
        row = max((rows[key] for key in cycle), key=lambda r: r.number)
        value = " → ".join([*cycle, cycle[0]])
        problems.add("cycle", row.where, row.number, column, value)


def find_cycles(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """One cycle through each knot of the graph, found by depth-first search without recursion."""
    state: dict[str, int] = {}
    cycles: list[list[str]] = []
    for start in edges:
        if state.get(start):
            continue
        path, stack = [start], [iter(edges[start])]
        state[start] = 1
        while stack:
            follower = next(stack[-1], None)
            if follower is None:
                stack.pop()
                state[path.pop()] = 2
            elif state.get(follower) == 1:
                cycles.append(path[path.index(follower) :])
            elif follower in edges and not state.get(follower):
                state[follower] = 1
                path.append(follower)
                stack.append(iter(edges[follower]))
    return cycles
