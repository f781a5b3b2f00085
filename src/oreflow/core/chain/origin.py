"""How a computed amount came about: every line that adds to it, down to coefficient and source."""

from __future__ import annotations

from dataclasses import replace

from oreflow.core.materials import Burden, Coefficient, Role
from oreflow.core.provenance import Mark, Text, weakest
from oreflow.core.region import Comparison, Region

from .bounds import Ask, Result, bounds
from .chain import Chain, at, chain_of, is_capacity, marks, purchases, stated, utilisation
from .comparison import Sides, comparisons, gaps
from .errors import UnknownMaterial
from .model import Contribution, How, Interval, Origin, Scenario
from .requirements import assumptions, touching
from .solve import solve
from .states import Solution

_NEED = Text("需要 = Σ 单耗 × 工艺产量", "need = Σ consumption per unit × activity")
_ARISING = Text("产生 = Σ 单位副产 × 工艺产量", "arising = Σ yield per unit × activity")
_STATED = Text(
    "可供 = 规划数 × 利用率（仅产能）+ 外购",
    "available = stated amount × utilisation (capacity only) + purchases",
)
_NET = Text("需要 = Σ 单耗 × 工艺产量 − 内部抵扣", "required = Σ consumption per unit × activity − internal credits")
_GAP = Text("差额 = 可供 − 需要", "gap = available − required")


def explain(region: Region, year: int, scenario: Scenario | None, material: str) -> dict[str, Origin]:
    """The origins of a material's need and arising in a year, keyed `need` and `arising`.

    Raises
    ------
    UnknownMaterial
        If it takes no part in the chain.
    """
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    solution = solve(at(chain, scenario))
    node = chain.node(material)
    asks = [Ask(Result.NEED, node), Ask(Result.ARISING, node)]
    need, arising = bounds(at(chain, scenario), asks)
    said = assumptions(chain, scenario, touching(at(chain, scenario), solution, node))
    known = marks(chain, at(chain, scenario))
    name = chain.name(chain.network.nodes[node])
    return {
        "need": _origin(chain, solution, node, need, said, name, known.need[node], arising=False),
        "arising": _origin(chain, solution, node, arising, said, name, known.arising[node], arising=True),
    }


def explain_answer(region: Region, year: int, scenario: Scenario | None, comparison: str) -> dict[str, Origin]:
    """The origins of both sides of a comparison and of its gap: `required`, `available`, `gap`."""
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    asked = comparisons(chain)
    position = next((k for k, c in enumerate(asked) if c.id == comparison), None)
    if position is None:
        known = ", ".join(c.id for c in asked)
        raise UnknownMaterial(
            Text(
                f"没有名为“{comparison}”的核对；可选：{known}。",
                f"no comparison “{comparison}”; there are: {known}.",
            )
        )
    c, sides = asked[position], gaps(chain, scenario)[position]
    both = explain(region, year, scenario, c.material)
    required = _required(chain, scenario, c, sides, both)
    available = _available(chain, scenario, c, sides, both)
    lines = tuple(
        Contribution(title, "", None, "", None, "", value, origin.mark, "")
        for title, value, origin in (
            (Text("可供", "available"), sides.available, available),
            (Text("需要", "required"), _minus(sides.required), required),
        )
    )
    mark = weakest([required.mark, available.mark])
    gap = Origin(c.label, _GAP, required.unit, sides.gap, lines, required.assumptions, mark)
    return {"gap": gap, "required": required, "available": available}


def _required(chain: Chain, scenario: Scenario, c: Comparison, sides: Sides, both: dict[str, Origin]) -> Origin:
    """What is required; where a stated amount has to cover it, less what arises and is recovered inside."""
    if c.required == "stated":
        return _stated_origin(chain, scenario, c, sides.required, purchases_count=False)
    need, credits = both["need"], both["arising"]
    if c.available == "arising" or not credits.contributions:
        return replace(need, amount=sides.required)
    credit = Contribution(
        Text("内部抵扣（副产与回收）", "internal credits (by-products, recovery)"),
        "", None, "", None, need.unit, _minus(_point(need.amount.value - sides.required.value)), credits.mark, "",
    )  # fmt: skip
    return replace(need, amount=sides.required, contributions=(*need.contributions, credit), formula=_NET)


def _available(chain: Chain, scenario: Scenario, c: Comparison, sides: Sides, both: dict[str, Origin]) -> Origin:
    """What is available: the stated amount, or what arises; purchases are a line of their own."""
    if c.available == "stated":
        return _stated_origin(chain, scenario, c, sides.available, purchases_count=True)
    arising = both["arising"]
    lines = [*arising.contributions, *_bought_lines(chain, scenario, c, arising.unit)]
    return replace(arising, amount=sides.available, contributions=tuple(lines))


def _bought_lines(chain: Chain, scenario: Scenario, c: Comparison, unit: str) -> list[Contribution]:
    bought = purchases(chain.region, scenario).get(c.material, 0.0)
    if not bought:
        return []
    return [Contribution(Text("外购", "bought"), "", None, "", None, unit, _point(bought), Mark.ASSUMED, "")]


def _point(value: float) -> Interval:
    return Interval(value, value, value, How.POINT)


def _minus(x: Interval) -> Interval:
    return Interval(-x.value, -x.high, -x.low, x.how)


def _origin(
    chain: Chain,
    solution: Solution,
    node: int,
    total: Interval,
    said: tuple[Text, ...],
    name: Text,
    mark: Mark,
    *,
    arising: bool,
) -> Origin:
    lines = [
        line
        for j, process in enumerate(chain.processes)
        if solution.activity[j] > 0
        for line in _lines(chain, process, float(solution.activity[j]), node, arising=arising)
    ]
    lines.sort(key=lambda c: -abs(c.amount.value))
    title = Text(f"{name.zh}：{'产生' if arising else '需要'}", f"{name.en}: {'arising' if arising else 'need'}")
    return Origin(
        title=title,
        formula=_ARISING if arising else _NEED,
        unit=chain.unit(chain.network.nodes[node]),
        amount=total,
        contributions=tuple(lines),
        assumptions=said,
        mark=max([mark, *(c.mark for c in lines)]),
    )


def _lines(chain: Chain, process_id: str, activity: float, node: int, *, arising: bool) -> list[Contribution]:
    process = chain.region.library.processes[process_id]
    name = chain.network.nodes[node]
    flows: list[Coefficient] = [
        f.amount
        for f in process.flows
        if chain.node_of.get(f.material) == node and (f.role is not Role.INPUT) == arising
    ]
    if not arising and name in {b.value for b in Burden} and Burden(name) in process.burdens:
        flows.append(process.burdens[Burden(name)])
    out = []
    for flow in flows:
        value, low, high = (float(v) for v in (flow.value, flow.low, flow.high))
        out.append(
            Contribution(
                what=process.name,
                process=process_id,
                coefficient=Interval(value, low, high),
                coefficient_unit=f"{flow.unit}/{process.product_unit}",
                activity=Interval(activity, activity, activity, How.POINT),
                activity_unit=process.product_unit,
                amount=Interval(value * activity, low * activity, high * activity),
                mark=flow.mark,
                source=flow.source or ", ".join(process.sources),
            )
        )
    return out


def _stated_origin(
    chain: Chain, scenario: Scenario, c: Comparison, total: Interval, *, purchases_count: bool
) -> Origin:
    region = chain.region
    target = region.targets[c.target]
    factor = utilisation(region, scenario) if is_capacity(target) else 1.0
    full = stated(chain, c.target, c.material, 1.0)
    unit = chain.unit(chain.network.nodes[chain.node(c.material)])
    indicator = region.indicators[target.indicator].name
    line = Contribution(
        what=indicator,
        process="",
        coefficient=_point(factor),
        coefficient_unit="1",
        activity=_point(full),
        activity_unit=unit,
        amount=_point(full * factor),
        mark=Mark.PLAN,
        source=str(target.source),
    )
    lines = (line, *(_bought_lines(chain, scenario, c, unit) if purchases_count else ()))
    said = assumptions(chain, scenario, set())
    return Origin(indicator, _STATED, unit, total, lines, said, max(x.mark for x in lines))
