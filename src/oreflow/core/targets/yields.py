"""Printed amounts of linked products against the coefficients of the reference library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from oreflow.core.materials import Coefficient, Library, Role
from oreflow.core.provenance import Finding, FindingClass, Mark, Text, weakest
from oreflow.core.quantity import Quantity, QuantityError, quantity
from oreflow.core.region import Region

from .cells import Cell, figure_cells, sources_of, target_cells
from .numbers import Range
from .wording import bounded, capital, indicator_name, quantity_text


@dataclass(frozen=True, slots=True)
class Link:
    """`material` used or made per unit of `product`: value, range, by which process, quality mark."""

    product: str
    material: str
    value: Fraction
    possible: Range
    processes: tuple[str, ...]
    mark: Mark
    made: bool


def check_yields(region: Region) -> tuple[Finding, ...]:
    """Ore per concentrate, gas per coke …: what the plan prints, beside the library's coefficients.

    Compares cells of one area and year, figures with figures and targets with targets. A ratio
    outside the library's range is no error of the plan: stocks, purchases and grades change it.
    """
    findings: list[Finding] = []
    links = tuple(_links(region.library))
    for cells in (figure_cells(region), target_cells(region)):
        places: dict[tuple[str, int], dict[str, Cell]] = {}
        for cell in sorted(cells, key=lambda c: c.id):
            product = region.indicators[cell.indicator].product
            if product and cell.is_exact:
                places.setdefault((cell.area, cell.year), {})[product] = cell
        for _, known in sorted(places.items()):
            findings.extend(_judge_all(region, known, links))
    return tuple(findings)


def _judge_all(region: Region, known: Mapping[str, Cell], links: tuple[Link, ...]) -> Iterator[Finding]:
    done: set[tuple[str, str]] = set()
    for link in links:
        pair = (link.product, link.material)
        if pair not in done and link.product in known and link.material in known:
            found = _judge(region, known[link.product], known[link.material], link)
            if found is not None:
                done.add(pair)
                yield found


def _links(library: Library) -> Iterator[Link]:
    """Direct links first, then links through one material in between (ore → tailings → concentrate).

    Only where a ratio of regional totals means something: the product has one main process, and the
    material is used by that process alone (a feed) or arises from it alone (a by-product).
    """
    main = [p for p in sorted(library.processes.values(), key=lambda p: p.id) if not p.feed]
    makers = Counter(p.product for p in main)
    users = Counter(f.material for p in main for f in p.inputs)
    arising = Counter(f.material for p in main for f in p.by_products) + makers
    direct = [
        _link(process.product, flow.material, flow.amount, process.id, made=flow.role is not Role.INPUT)
        for process in main
        for flow in (*process.inputs, *process.by_products)
        if flow.amount.low > 0 and flow.material != process.product and makers[process.product] == 1
        if (users if flow.role is Role.INPUT else arising)[flow.material] == 1
    ]
    yield from direct
    for link, source, feed in product(direct, repeat=3):
        same = source.processes == feed.processes and link.processes != source.processes
        if same and link.material == source.material and source.made and not link.made and not feed.made:
            yield _through(link, source, feed)


def _link(product: str, material: str, amount: Coefficient, process: str, *, made: bool) -> Link:
    return Link(
        product,
        material,
        Fraction(amount.value),
        Range(Fraction(amount.low), Fraction(amount.high)),
        (process,),
        amount.mark,
        made,
    )


def _through(link: Link, source: Link, feed: Link) -> Link:
    """`link` needs a by-product of `source`, which takes `feed` per unit of its own product."""
    return Link(
        link.product,
        feed.material,
        link.value / source.value * feed.value,
        Range(
            link.possible.low / source.possible.high * feed.possible.low,
            link.possible.high / source.possible.low * feed.possible.high,
        ),
        (*link.processes, *source.processes),
        weakest((link.mark, source.mark, feed.mark)),
        False,
    )


def _judge(region: Region, product: Cell, material: Cell, link: Link) -> Finding | None:
    ratio = _ratio(region, product, material)
    if ratio is None:
        return None
    inside = link.possible.low <= ratio <= link.possible.high
    above = indicator_name(region, material.indicator, material.quantity)
    below = indicator_name(region, product.indicator, product.quantity)
    where = region.areas[product.area].name
    units = _units(region, product, material)
    shown = _shown(ratio)
    ends = [_shown(v) for v in (link.possible.low, link.possible.high)]
    names = [region.library.processes[p].name for p in link.processes]
    by = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    return Finding(
        code=f"yield.{material.id}.{product.indicator}",
        check="yield",
        kind=FindingClass.HOLDS if inside else FindingClass.INFORMATION,
        title=Text(
            f"{where.zh} {product.year} 年每单位{below.zh}对应{above.zh} {shown.zh} {units}，"
            f"{'在' if inside else '不在'}工艺系数范围内。",
            f"{capital(where.en)}, {product.year}: {shown.en} {units} of {above.en} per unit of {below.en}, "
            f"{'within' if inside else 'outside'} the range of the process coefficients.",
        ),
        detail=Text(
            f"{bounded(material).zh} ÷ {bounded(product).zh} = {shown.zh} {units}；"
            f"工艺（{by.zh}）系数 {ends[0].zh}—{ends[1].zh}。库存、外购和品位都会影响此比值。",
            f"{bounded(material).en} ÷ {bounded(product).en} = {shown.en} {units}; {by.en}: "
            f"{ends[0].en}–{ends[1].en}. {capital('stocks, purchases and grades change this ratio.')}",
        ),
        cells=(material.id, product.id),
        sources=sources_of((material, product)),
        found=ratio,
        expected=link.value,
        unit=units,
        mark=weakest((link.mark, material.mark, product.mark)),
    )


def _ratio(region: Region, product: Cell, material: Cell) -> Fraction | None:
    """Material per product in the library's own units; None where they do not fit the printed ones."""
    if product.quantity is None or material.quantity is None:
        return None
    try:
        above = material.quantity.value_in(_unit(region, region.indicators[material.indicator].product))
        below = product.quantity.value_in(_unit(region, region.indicators[product.indicator].product))
    except QuantityError:
        return None
    return above / below if below else None


def _unit(region: Region, product: str) -> str:
    library = region.library
    if product in library.materials:
        return library.materials[product].unit
    return library.groups[product].unit


def _units(region: Region, product: Cell, material: Cell) -> str:
    above = _unit(region, region.indicators[material.indicator].product)
    below = _unit(region, region.indicators[product.indicator].product)
    return quantity(1, f"{above}/{below}").unit.symbol


def _shown(value: Fraction) -> Text:
    """Three significant digits or so: enough to compare with a range."""
    digits = max(0, 2 - Decimal(str(float(value))).adjusted()) if value else 0
    return quantity_text(Quantity(value), digits)
