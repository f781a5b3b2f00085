"""What the planned products of a year require: first half of the chain's use balance."""

from __future__ import annotations

import numpy as np

from oreflow.core.materials import Burden
from oreflow.core.provenance import Text, weakest
from oreflow.core.region import Region

from .bounds import Ask, Result, bounds
from .chain import Chain, at, chain_of, purchases, utilisation
from .loops import non_productive, require_productive
from .model import Balance, How, Interval, Requirements, Scenario
from .network import Network
from .solve import Solution, solve

_NEGLIGIBLE = 1e-9


def require(region: Region, year: int, scenario: Scenario | None = None) -> Requirements:
    """Solve the chain of a year jointly and return every activity, balance and burden with bounds.

    Amounts are per year in the material's own unit; activities in units of the reference product.

    Raises
    ------
    UnknownYear, BadScenario, NonProductiveLoop, NoBalance
        See `oreflow.core.chain.errors`.
    """
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    network = at(chain, scenario)
    require_productive(network)
    solution = solve(network)
    used = _used(network, solution)
    asks = [Ask(r, i) for i in used for r in (Result.NEED, Result.ARISING, Result.NET, Result.MADE)]
    found = dict(zip(asks, bounds(network, asks), strict=True))
    burdens = {b.value for b in Burden}
    bought = purchases(region, scenario)
    balances = {
        network.nodes[i]: _balance(chain, network, solution, i, found, bought.get(network.nodes[i], 0.0))
        for i in used
        if network.nodes[i] not in burdens
    }
    return Requirements(
        region=region.id,
        hash=region.hash,
        year=year,
        scenario=scenario,
        activities=_activities(network, solution, found),
        balances=balances,
        burdens={Burden(network.nodes[i]): found[Ask(Result.NEED, i)] for i in used if network.nodes[i] in burdens},
        assumptions=assumptions(chain, scenario),
        findings=non_productive(network),
        mark=weakest(b.mark for b in balances.values()),
    )


def _used(network: Network, solution: Solution) -> list[int]:
    """Nodes that anything happens at."""
    moved = np.abs(solution.need) + solution.arising + solution.made + solution.recovered
    moved = moved + np.where(network.planned, network.level, 0.0)
    return [int(i) for i in np.flatnonzero(moved > _NEGLIGIBLE)]


def _balance(
    chain: Chain, network: Network, solution: Solution, i: int, found: dict[Ask, Interval], bought: float
) -> Balance:
    need, arising = found[Ask(Result.NEED, i)], found[Ask(Result.ARISING, i)]
    net, made = found[Ask(Result.NET, i)], found[Ask(Result.MADE, i)]
    planned = float(network.level[i]) if network.planned[i] else 0.0
    supplied = solution.arising[i] + solution.recovered[i]
    credited = min(solution.need[i] + max(planned - solution.need[i], 0.0), supplied)
    follows = not network.planned[i] and _has_route(network, i)
    # what need leaves open: nothing where main routes follow the need
    inside = made if network.planned[i] else Interval(0.0, 0.0, 0.0, How.EXACT)
    open_low, open_value, open_high = (
        (0.0, 0.0, 0.0) if follows else (net.low - inside.high, net.value - inside.value, net.high - inside.low)
    )
    spare_low, spare_value, spare_high = (
        (-net.high, -net.value, -net.low) if follows else (-open_high, -open_value, -open_low)
    )
    node = network.nodes[i]
    return Balance(
        material=node,
        name=chain.name(node),
        unit=chain.unit(node),
        need=need,
        planned=planned,
        made=made,
        arising=arising,
        credited=Interval(credited, min(credited, arising.low), max(credited, min(need.high, arising.high)), need.how),
        to_buy=_positive(open_low, open_value, open_high, net.how),
        surplus=_positive(spare_low, spare_value, spare_high, net.how),
        bought=bought,
        mark=chain.marks[i],
    )


def _positive(low: float, value: float, high: float, how: How) -> Interval:
    return Interval(max(value, 0.0), max(low, 0.0), max(high, 0.0), how)


def _has_route(network: Network, i: int) -> bool:
    main = (network.product == i) & ~network.recovery
    return bool(network.share[main].sum() > 0)


def _activities(network: Network, solution: Solution, found: dict[Ask, Interval]) -> dict[str, Interval]:
    """Activities share the bounds of their product's making; recovery routes show the stated value."""
    out = {}
    for j, process in enumerate(network.processes):
        x = float(solution.activity[j])
        if x <= _NEGLIGIBLE:
            continue
        made = found.get(Ask(Result.MADE, int(network.product[j])))
        if made is None or network.recovery[j]:
            out[process] = Interval(x, x, x, How.POINT)
        else:
            share = float(network.share[j])
            out[process] = Interval(x, share * made.low, share * made.high, made.how)
    return out


def assumptions(chain: Chain, scenario: Scenario) -> tuple[Text, ...]:
    """Every assumption in force, in words: utilisation, route mix, splits, purchases, boundaries."""
    region, network = chain.region, at(chain, scenario)
    run = utilisation(region, scenario)
    out = [Text(f"产能利用率 {run:.0%}", f"utilisation of stated capacity {run:.0%}")]
    for product in dict.fromkeys(r.product for r in region.routes):
        mixed = [
            (region.library.processes[p].name, float(network.share[j]))
            for j, p in enumerate(network.processes)
            if chain.routes[p].product == product and not network.recovery[j] and 0 < network.share[j] < 1
        ]
        if mixed:
            name = _product_name(region, product)
            out.append(
                Text(
                    f"{name.zh}：" + "、".join(f"{n.zh} {s:.0%}" for n, s in mixed),
                    f"{name.en}: " + ", ".join(f"{n.en} {s:.0%}" for n, s in mixed),
                )
            )
    out += [_split(chain, g.target, g.product, float(g.split.value)) for g in chain.goals if g.split.value != 1]
    out += _recoveries(chain, network)
    for material, amount in purchases(region, scenario).items():
        name = region.library.materials[material].name
        shown = f"{amount / 1e4:g}"
        out.append(Text(f"外购{name.zh} {shown} 万吨", f"bought {name.en} {shown} ×10⁴ t"))
    return tuple(out)


def _product_name(region: Region, product: str) -> Text:
    library = region.library
    return library.groups[product].name if product in library.groups else library.materials[product].name


def _split(chain: Chain, target: str, product: str, share: float) -> Text:
    name = _product_name(chain.region, product)
    indicator = chain.region.indicators[chain.region.targets[target].indicator].name
    return Text(f"“{indicator.zh}”中{name.zh}占 {share:.0%}", f"{name.en} takes {share:.0%} of “{indicator.en}”")


def _recoveries(chain: Chain, network: Network) -> list[Text]:
    out = []
    for j, process in enumerate(network.processes):
        if network.recovery[j]:
            feed = chain.region.library.materials[chain.region.library.processes[process].feed].name
            name = chain.region.library.processes[process].name
            share = float(network.share[j])
            out.append(Text(f"{feed.zh}送{name.zh} {share:.0%}", f"{share:.0%} of {feed.en} to {name.en}"))
    return out
