"""How a computed amount came about: every line that adds to it, down to coefficient and source."""

from __future__ import annotations

from oreflow.core.materials import Burden, Coefficient, Role
from oreflow.core.provenance import Mark, Text, weakest
from oreflow.core.region import Comparison, Region

from .bounds import Ask, Result, bounds
from .chain import Chain, at, chain_of, is_capacity, purchases, stated, utilisation
from .comparison import comparisons, gaps
from .errors import UnknownMaterial
from .model import Contribution, How, Interval, Origin, Scenario
from .requirements import assumptions
from .solve import Solution, solve

_NEED = Text("需要 = Σ 单耗 × 工艺产量", "need = Σ consumption per unit × activity")
_ARISING = Text("产生 = Σ 单位副产 × 工艺产量", "arising = Σ yield per unit × activity")
_STATED = Text(
    "可供 = 规划数 × 利用率（仅产能）+ 外购",
    "available = stated amount × utilisation (capacity only) + purchases",
)
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
    said = assumptions(chain, scenario)
    name = chain.name(chain.network.nodes[node])
    return {
        "need": _origin(chain, solution, node, need, said, name, arising=False),
        "arising": _origin(chain, solution, node, arising, said, name, arising=True),
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
    plan = _stated_origin(chain, scenario, c, sides.available if c.required != "stated" else sides.required)
    required = plan if c.required == "stated" else both["need"]
    available = plan if c.available == "stated" else both["arising"]
    unit = required.unit
    lines = tuple(
        Contribution(title, "", None, "", None, "", value, origin.mark, "")
        for title, value, origin in (
            (Text("可供", "available"), sides.available, available),
            (
                Text("需要（扣除内部抵扣）", "required, less internal credits"),
                _minus(sides.required),
                required,
            ),
        )
    )
    mark = weakest([required.mark, available.mark])
    gap = Origin(c.label, _GAP, unit, sides.gap, lines, assumptions(chain, scenario), mark)
    return {"gap": gap, "required": required, "available": available}


def _minus(x: Interval) -> Interval:
    return Interval(-x.value, -x.high, -x.low, x.how)


def _origin(
    chain: Chain,
    solution: Solution,
    node: int,
    total: Interval,
    said: tuple[Text, ...],
    name: Text,
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
        mark=max([chain.marks[node], *(c.mark for c in lines)]),
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


def _stated_origin(chain: Chain, scenario: Scenario, c: Comparison, total: Interval) -> Origin:
    region = chain.region
    target = region.targets[c.target]
    run = utilisation(region, scenario)
    full = stated(chain, c.target, c.material, 1.0)
    unit = chain.unit(chain.network.nodes[chain.node(c.material)])
    indicator = region.indicators[target.indicator].name
    factor = run if is_capacity(target) else 1.0
    lines = [
        Contribution(
            what=indicator,
            process="",
            coefficient=Interval(factor, factor, factor, How.POINT),
            coefficient_unit="1",
            activity=Interval(full, full, full, How.POINT),
            activity_unit=unit,
            amount=Interval(full * factor, full * factor, full * factor, How.POINT),
            mark=Mark.PLAN,
            source=str(target.source),
        )
    ]
    bought = purchases(region, scenario).get(c.material, 0.0)
    if bought and c.required != "stated":
        lines.append(
            Contribution(
                Text("外购", "bought"),
                "",
                None,
                "",
                None,
                unit,
                Interval(bought, bought, bought, How.POINT),
                Mark.ASSUMED,
                "",
            )
        )
    return Origin(indicator, _STATED, unit, total, tuple(lines), assumptions(chain, scenario), Mark.PLAN)
