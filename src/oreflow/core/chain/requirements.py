"""What the planned products of a year require: first half of the chain's use balance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from oreflow.core.materials import Burden
from oreflow.core.provenance import Mark, Text, weakest
from oreflow.core.region import Region

from .bounds import Ask, Result, activity_bounds, bounds
from .chain import Chain, at, chain_of, marks, purchases, utilisation
from .loops import require_productive
from .model import Balance, How, Interval, Requirements, Scenario
from .network import Network
from .solve import solve
from .states import Solution
from .wording import amount

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
    asks = [Ask(result, i) for i in used for result in Result]
    found = dict(zip(asks, bounds(network, asks), strict=True))
    burdens = {b.value for b in Burden}
    bought = purchases(region, scenario)
    known = marks(chain, network)
    balances = {
        network.nodes[i]: _balance(chain, network, i, found, bought.get(network.nodes[i], 0.0), known.of(i))
        for i in used
        if network.nodes[i] not in burdens
    }
    drawn = [i for i in used if network.nodes[i] in burdens]
    return Requirements(
        region=region.id,
        hash=region.hash,
        year=year,
        scenario=scenario,
        activities=_activities(network, solution, found),
        balances=balances,
        burdens={Burden(network.nodes[i]): found[Ask(Result.NEED, i)] for i in drawn},
        burden_marks={Burden(network.nodes[i]): known.need[i] for i in drawn},
        assumptions=(*assumptions(chain, scenario), energy_basis(chain, network)),
        mark=weakest([*(b.mark for b in balances.values()), *(known.need[i] for i in drawn)]),
    )


def _used(network: Network, solution: Solution) -> list[int]:
    """Nodes that anything happens at."""
    moved = np.abs(solution.need) + solution.arising + solution.made + solution.recovered
    moved = moved + np.where(network.planned, network.level, 0.0)
    return [int(i) for i in np.flatnonzero(moved > _NEGLIGIBLE)]


def _balance(chain: Chain, network: Network, i: int, found: dict[Ask, Interval], bought: float, mark: Mark) -> Balance:
    need, supplied = found[Ask(Result.NEED, i)], found[Ask(Result.SUPPLIED, i)]
    planned = float(network.level[i]) if network.planned[i] else 0.0
    uncovered = found[Ask(Result.OPEN, i)]
    node = network.nodes[i]
    return Balance(
        material=node,
        name=chain.name(node),
        unit=chain.unit(node),
        need=need,
        planned=planned,
        made=found[Ask(Result.MADE, i)],
        arising=found[Ask(Result.ARISING, i)],
        credited=_lesser(supplied, need, planned),
        to_buy=_positive(uncovered.low, uncovered.value, uncovered.high, uncovered.how),
        surplus=_positive(-uncovered.high, -uncovered.value, -uncovered.low, uncovered.how),
        bought=bought,
        mark=mark,
    )


def _lesser(supplied: Interval, need: Interval, planned: float) -> Interval:
    """min(supplied, max(need, planned)): its low end is exact, its high end a guaranteed bound."""
    value, low, high = (
        max(0.0, min(s, max(n, planned)))
        for s, n in ((supplied.value, need.value), (supplied.low, need.low), (supplied.high, need.high))
    )
    how = How.SAMPLED if How.SAMPLED in (supplied.how, need.how) else supplied.how
    return Interval(value, low, high, how)


def _positive(low: float, value: float, high: float, how: How) -> Interval:
    return Interval(max(value, 0.0), max(low, 0.0), max(high, 0.0), how)


def _activities(network: Network, solution: Solution, found: dict[Ask, Interval]) -> dict[str, Interval]:
    """Main routes share the bounds of their product's making; recovery routes are sampled."""
    active = [int(j) for j in np.flatnonzero(solution.activity > _NEGLIGIBLE)]
    sampled = (
        dict(zip(runs, activity_bounds(network, runs), strict=True))
        if (runs := [j for j in active if network.recovery[j]])
        else {}
    )
    out = {}
    for j in active:
        if j in sampled:
            out[network.processes[j]] = sampled[j]
            continue
        made, share = found[Ask(Result.MADE, int(network.product[j]))], float(network.share[j])
        out[network.processes[j]] = Interval(float(solution.activity[j]), share * made.low, share * made.high, made.how)
    return out


def energy_basis(chain: Chain, network: Network) -> Text:
    """Whether the energy figures of the processes in use include their electricity."""
    used = [chain.region.library.processes[p] for j, p in enumerate(network.processes) if network.share[j] > 0]
    stated = [p.energy_includes_electricity for p in used if Burden.ENERGY in p.burdens]
    yes, no, unsaid = (sum(x is wanted for x in stated) for wanted in (True, False, None))
    return Text(
        f"综合能耗：{yes} 个工艺含电，{no} 个不含，{unsaid} 个来源未说明，合计只供参考",
        f"energy use: {yes} processes include electricity, {no} do not, {unsaid} do not say; the sum is indicative",
    )


def assumptions(chain: Chain, scenario: Scenario, about: set[int] | None = None) -> tuple[Text, ...]:
    """The assumptions in force, in words: utilisation, route mix, splits, recovery, purchases.

    With `about` (node indices) only those that touch these nodes, besides the utilisation.
    """
    region, network = chain.region, at(chain, scenario)
    run = utilisation(region, scenario)
    out = [Text(f"产能利用率 {run:.0%}", f"utilisation of stated capacity {run:.0%}")]
    declared = _declared(chain, network, scenario)
    out += dict.fromkeys(text for node, text in declared if about is None or node in about)
    return tuple(out)


def _declared(chain: Chain, network: Network, scenario: Scenario) -> Iterator[tuple[int, Text]]:
    """Every declared assumption with the node that it speaks of."""
    region = chain.region
    for product in dict.fromkeys(r.product for r in region.routes):
        mixed = [
            (short(region.library.processes[p].name), float(network.share[j]))
            for j, p in enumerate(network.processes)
            if chain.routes[p].product == product and not network.recovery[j] and 0 < network.share[j] < 1
        ]
        if mixed:
            yield chain.node(product), _parts(short(_product_name(region, product)), mixed)
    for target in dict.fromkeys(g.target for g in chain.goals if g.split.value != 1):
        parts = [g for g in chain.goals if g.target == target]
        whole = region.indicators[region.targets[target].indicator].name
        text = _parts(whole, [(short(_product_name(region, g.product)), float(g.split.value)) for g in parts])
        for node in {chain.node(g.product) for g in parts}:
            yield node, text
    for j, process in enumerate(network.processes):
        if network.recovery[j] and network.share[j] > 0:
            yield int(network.product[j]), _recovery(chain, process, float(network.share[j]))
    for material, bought in purchases(region, scenario).items():
        name, said = (
            short(region.library.materials[material].name),
            amount(bought, region.library.materials[material].unit),
        )
        text = Text(f"外购{name.zh} {said.zh}", f"{said.en} of {name.en} bought")
        yield chain.node_of.get(material, -1), text if bought else Text(f"不外购{name.zh}", f"no {name.en} bought")


def _parts(whole: Text, parts: list[tuple[Text, float]]) -> Text:
    return Text(
        f"{whole.zh}：" + "、".join(f"{n.zh} {s:.0%}" for n, s in parts),
        f"{whole.en}: " + ", ".join(f"{n.en} {s:.0%}" for n, s in parts),
    )


def short(name: Text) -> Text:
    """A name without what stands in brackets behind it (grade, basis)."""
    return Text(name.zh.split("（")[0].split("(")[0], name.en.split(" (")[0])


def _product_name(region: Region, product: str) -> Text:
    library = region.library
    return library.groups[product].name if product in library.groups else library.materials[product].name


def _recovery(chain: Chain, process: str, share: float) -> Text:
    library = chain.region.library
    feed, name = library.materials[library.processes[process].feed].name, library.processes[process].name
    return Text(f"{feed.zh}送{name.zh} {share:.0%}", f"{share:.0%} of {feed.en} to {name.en}")


_MATTERS = 0.05


def touching(network: Network, solution: Solution, node: int, *, need: bool = True, arising: bool = True) -> set[int]:
    """The nodes whose making matters to a node's need or arising: each at least a twentieth of it.

    A planned node is the end of a path: how much of it is made does not hang on who uses it.
    """
    found = {node}
    amounts = network.value * solution.activity[network.flow_process]
    front = [(node, side) for side, wanted in ((False, need), (True, arising)) if wanted]
    while front:
        here, side = front.pop()
        flows = (network.flow_node == here) & (network.arising == side)
        flows &= amounts >= _MATTERS * max(amounts[flows].sum(initial=0.0), 1e-9)
        for product in set(network.product[network.flow_process[flows]].tolist()) - found:
            found.add(product)
            if not network.planned[product]:
                front.append((product, False))
    return found
