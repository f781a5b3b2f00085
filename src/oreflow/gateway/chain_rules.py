"""The rules of the tables that put targets into a chain: routes, goals, comparisons, assumptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .cells import unit_of
from .errors import Problems
from .rows import Row, Tables

_UTILISATION = "utilisation"
_STATED = ("level", "floor", "cap")
_DRIVING = ("plan", "deliver")


@dataclass(frozen=True, slots=True)
class _Routed:
    """What the sound routes say. `node` is where a material stands in the chain: itself or a routed group.

    `whole` is false where a row of the routes, or of what they name, could not be read: then nothing is
    concluded from what is absent.
    """

    rows: tuple[tuple[Row, Row], ...]
    flows: Mapping[str, tuple[Row, ...]]
    nodes: Mapping[str, str]
    whole: bool

    def node(self, material: str) -> str:
        return self.nodes.get(material, material)


def check_chain(pack: Tables, library: Tables, own: Tables, problems: Problems) -> None:
    """Every rule of the chain's tables; `library` is the merged one, `own` what the pack brings of it."""
    routed = _routed(pack, library)
    check_feeds(library, own, problems)
    check_routes(pack, library, problems)
    check_feed_shares(routed, problems)
    check_single_routes(pack, library, routed, problems)
    check_goals(pack, library, routed, problems)
    check_comparisons(pack, library, routed, problems)
    check_assumptions(pack, library, problems)


def _routed(pack: Tables, library: Tables) -> _Routed:
    processes, groups = library.by_id("processes"), library.by_id("groups")
    rows = tuple(
        (row, processes[row.word("process")])
        for row in pack.sound("routes", "product", "process")
        if row.word("process") in processes
    )
    flows: dict[str, list[Row]] = defaultdict(list)
    for flow in library.sound("flows", "process", "material"):
        flows[flow.word("process")].append(flow)
    nodes = {p.word("product"): row.word("product") for row, p in rows if row.word("product") in groups}
    unread = {"routes", *_LIBRARY} & (pack.broken | library.broken)
    sound = len(rows) == len(pack["routes"]) and not any(p.bad for _, p in rows)
    return _Routed(
        rows=rows,
        flows={key: tuple(found) for key, found in flows.items()},
        nodes=nodes,
        whole=not unread and sound and not any(f.bad for f in library["flows"]),
    )


_LIBRARY = ("processes", "flows", "groups", "materials")


def check_feeds(library: Tables, own: Tables, problems: Problems) -> None:
    """The feed of a recovery route is one of its inputs, in an amount whose low end is above nought."""
    if "flows" in library.broken:
        return
    mine = {id(row) for row in (*own["processes"], *own["flows"])}
    feeds: dict[str, list[Row]] = defaultdict(list)
    unsure = {row.word("process") for row in library["flows"] if row.bad & {"process", "material", "role"}}
    for flow in library.sound("flows", "process", "material", "role"):
        if flow.word("role") == "input":
            feeds[flow.word("process")].append(flow)
    for process in library.sound("processes", "id", "feed"):
        name, feed = process.word("id"), process.word("feed")
        found = [flow for flow in feeds[name] if flow.word("material") == feed]
        if not found and not unsure & {name, ""} and id(process) in mine:
            problems.add("feed-input", process.where, process.number, "feed", feed, process=name)
        for flow in found:
            _check_positive(flow, name, mine, problems)


def _check_positive(flow: Row, process: str, mine: set[int], problems: Problems) -> None:
    if id(flow) not in mine or not flow.sound("amount") or "low" in flow.bad:
        return
    least = flow.decimal_or("low", flow.decimal("amount"))
    if least <= 0:
        column = "low" if "low" in flow else "amount"
        facts = {"process": process, "material": flow.word("material")}
        problems.add("feed-amount", flow.where, flow.number, column, least, **facts)


def check_routes(pack: Tables, library: Tables, problems: Problems) -> None:
    """Route shares of a product add to 1, and every route makes its product."""
    processes = library.by_id("processes")
    groups = library.by_id("groups")
    shares: dict[str, list[Row]] = defaultdict(list)
    unsure = {row.word("product") for row in pack["routes"] if row.bad.intersection(("product", "process"))}
    for row in pack.sound("routes", "product", "process"):
        process, product = processes.get(row.word("process")), row.word("product")
        if process is None:
            unsure.add(product)
            continue
        made = process.word("product")
        members = groups[product].refs("members") if product in groups else ()
        if made and made != product and made not in members:
            facts = {"product": made, "expected": product}
            problems.add("route-product", row.where, row.number, "process", row.word("process"), **facts)
        if process.empty("feed"):
            shares[product].append(row)
    for product, rows in shares.items():
        if product not in unsure:
            _check_sum("route-sum", "share", product, rows, problems)


def _check_sum(code: str, column: str, of: str, rows: list[Row], problems: Problems, **facts: object) -> None:
    if not all(row.sound(column) for row in rows):
        return
    total = _total(rows, column)
    if total != 1:
        facts |= {"total": _exact(total), "rows": _numbers(rows)}
        problems.add(code, rows[-1].where, rows[-1].number, column, of, **facts)


def _total(rows: list[Row], column: str) -> Fraction:
    return sum((Fraction(row.decimal(column)) for row in rows), Fraction())


def _exact(value: Fraction) -> str:
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def _numbers(rows: list[Row]) -> str:
    return ", ".join(str(row.number) for row in rows)


def check_feed_shares(routed: _Routed, problems: Problems) -> None:
    """Recovery routes that take one feed take no more than all of it."""
    takers: dict[str, list[Row]] = defaultdict(list)
    for row, process in routed.rows:
        if "feed" in process and row.sound("share"):
            takers[routed.node(process.word("feed"))].append(row)
    for feed, rows in takers.items():
        total = _total(rows, "share")
        if total > 1:
            facts = {"total": _exact(total), "rows": _numbers(rows)}
            problems.add("feed-sum", rows[-1].where, rows[-1].number, "share", feed, **facts)


def check_single_routes(pack: Tables, library: Tables, routed: _Routed, problems: Problems) -> None:
    """A process stands in routes once; a routed material stands in the chain in one place."""
    first: dict[str, Row] = {}
    for row in pack.sound("routes", "process"):
        before = first.setdefault(row.word("process"), row)
        same = before.word("product") == row.word("product")  # then the key is duplicated, which is told already
        if before is not row and not same:
            ends = {"first": before.number, "second": row.number}
            problems.add("route-twice", row.where, row.number, "process", row.word("process"), **ends)
    groups = library.by_id("groups")
    products = {row.word("product"): row for row, _ in routed.rows}
    for material in dict.fromkeys(p.word("product") for _, p in routed.rows if "product" in p):
        places = [p for p in products if p == material or (p in groups and material in groups[p].refs("members"))]
        if len(places) > 1:
            row = max((products[p] for p in places), key=lambda r: r.number)
            facts = {"material": material, "places": ", ".join(places)}
            problems.add("route-overlap", row.where, row.number, "product", row.word("product"), **facts)


def check_goals(pack: Tables, library: Tables, routed: _Routed, problems: Problems) -> None:
    """Splits of a target add to 1 in each year; a target that drives the chain has a maker."""
    splits: dict[tuple[int, str], list[Row]] = defaultdict(list)
    made = {routed.node(p.word("product")) for row, p in routed.rows if "share" in row and row.decimal("share") > 0}
    unread = any("share" in row.bad for row, _ in routed.rows)
    for row in pack.sound("goals", "year", "target"):
        splits[row.whole("year"), row.word("target")].append(row)
    for (year, target), rows in splits.items():
        _check_sum("split-sum", "split", target, rows, problems, year=year)
    for row in pack.sound("goals", "target", "product"):
        _check_stated(row, "product", pack, library, problems)
        product = row.word("product")
        known = product in library.by_id("materials") or product in library.by_id("groups")
        drives = row.word("role") in _DRIVING and routed.whole and not unread and known
        if drives and routed.node(product) not in made:
            problems.add("goal-unmade", row.where, row.number, "product", product, role=row.word("role"))


def check_comparisons(pack: Tables, library: Tables, routed: _Routed, problems: Problems) -> None:
    """`stated` names its target, and the material takes part in a routed process."""
    present = {
        routed.node(name)
        for _, process in routed.rows
        for name in (process.word("product"), *(f.word("material") for f in routed.flows.get(process.word("id"), ())))
    }
    for row in pack.sound("comparisons", "available", "required"):
        if "stated" in (row.word("available"), row.word("required")) and row.empty("target"):
            problems.add("target-needed", row.where, row.number, "target")
    for row in pack.sound("comparisons", "material"):
        material = row.word("material")
        _check_stated(row, "material", pack, library, problems)
        known = material in library.by_id("materials") or material in library.by_id("groups")
        if routed.whole and known and routed.node(material) not in present:
            problems.add("comparison-void", row.where, row.number, "material", material)


def _check_stated(row: Row, column: str, pack: Tables, library: Tables, problems: Problems) -> None:
    """The target of a row states a yearly amount, in a unit that converts to that of its product."""
    target = pack.by_id("targets").get(row.word("target"))
    if target is None or not target.sound("form", "comparator"):
        return
    form, name = target.word("form"), row.word("target")
    if form not in _STATED or target.empty("value"):
        problems.add("target-amount", row.where, row.number, "target", name, form=form)
        return
    product = row.word(column)
    counted = {**library.by_id("materials"), **library.by_id("groups")}.get(product)
    if counted is None or "unit" not in counted or "unit" not in target:
        return
    if not _yearly(target.word("unit"), counted.word("unit")):
        facts = {"expected": counted.word("unit"), "of": product}
        problems.add("unit-dimension", row.where, row.number, "target", target.word("unit"), **facts)


def _yearly(found: str, expected: str) -> bool:
    """Whether a unit measures an amount counted in `expected`, plain or per year."""
    dimension = unit_of(found).dimension
    return dimension in (unit_of(expected).dimension, unit_of(f"{expected}/年").dimension)


def check_assumptions(pack: Tables, library: Tables, problems: Problems) -> None:
    """Utilisation and route shares are fractions, shares those of routes, purchases amounts of their material."""
    processes, materials = library.by_id("processes"), library.by_id("materials")
    shares = {row.word("process"): row for row in pack.sound("routes", "process")}
    for row in pack.sound("assumptions", "id"):
        name = row.word("id")
        if name == _UTILISATION:
            _check_fraction(row, problems)
        elif name in processes:
            _check_fraction(row, problems)
            _check_share(row, shares.get(name), pack, problems)
        elif row.word("material") in materials:
            _check_purchase(row, materials[row.word("material")], problems)


def _check_fraction(row: Row, problems: Problems) -> None:
    if "unit" in row and unit_of(row.word("unit")) != unit_of("1"):
        facts = {"name": row.word("id")}
        problems.add("unit-fraction", row.where, row.number, "unit", row.word("unit"), **facts)
        return
    for column in ("value", "low", "high"):
        if column in row and not 0 <= row.decimal(column) <= 1:
            problems.add("out-of-bounds", row.where, row.number, column, row.decimal(column), low="0", high="1")


def _check_share(row: Row, route: Row | None, pack: Tables, problems: Problems) -> None:
    name = row.word("id")
    if route is None:
        if "routes" not in pack.broken and not any("process" in r.bad for r in pack["routes"]):
            problems.add("slider-route", row.where, row.number, "id", name)
        return
    if row.sound("value") and route.sound("share") and row.decimal("value") != route.decimal("share"):
        facts = {"process": name, "share": route.decimal("share"), "second": route.number}
        problems.add("slider-share", row.where, row.number, "value", row.decimal("value"), **facts)


def _check_purchase(row: Row, material: Row, problems: Problems) -> None:
    if row.sound("value") and row.decimal("value") < 0:
        problems.add("out-of-bounds", row.where, row.number, "value", row.decimal("value"), low="0", high="∞")
    if row.sound("unit") and material.sound("unit") and not _yearly(row.word("unit"), material.word("unit")):
        facts = {"expected": material.word("unit"), "of": material.word("id")}
        problems.add("unit-dimension", row.where, row.number, "unit", row.word("unit"), **facts)
