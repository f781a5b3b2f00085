"""A region's chain of one year: which nodes and processes take part, and what the plan drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from oreflow.core.materials import Burden, Coefficient, Process, Role
from oreflow.core.provenance import Mark, Text
from oreflow.core.quantity import Quantity, unit
from oreflow.core.region import Goal, Region, Route, Target

from .errors import BadScenario, UnknownMaterial, UnknownYear
from .model import Scenario
from .network import NOWHERE, Network, assemble

BURDEN_UNITS = {Burden.ELECTRICITY: "kWh", Burden.ENERGY: "kgce", Burden.WATER: "m3", Burden.CO2: "t"}
BURDEN_NAMES = {
    Burden.ELECTRICITY: Text("电力", "electricity"),
    Burden.ENERGY: Text("综合能耗", "energy use"),
    Burden.WATER: Text("新水", "fresh water"),
    Burden.CO2: Text("直接排放 CO₂", "direct CO₂"),
}
UTILISATION = "utilisation"
DRIVING = ("plan", "deliver")


@dataclass(frozen=True, eq=False)
class Chain:
    """One year of a region: `node_of` maps materials and groups to nodes of the network."""

    region: Region
    year: int
    network: Network
    node_of: Mapping[str, int]
    routes: Mapping[str, Route]
    goals: tuple[Goal, ...]

    @property
    def processes(self) -> tuple[str, ...]:
        return self.network.processes

    def node(self, material: str) -> int:
        """Index of a material or group; raises UnknownMaterial."""
        if material in self.node_of:
            return self.node_of[material]
        raise UnknownMaterial(
            Text(
                f"“{material}”不在 {self.year} 年的产业链中；可用 oreflow materials show 查看物料编号。",
                f"“{material}” takes no part in the chain of {self.year}; "
                "oreflow materials show lists the ids of materials.",
            )
        )

    def name(self, node: str) -> Text:
        """The name of a node (material, group or burden)."""
        library = self.region.library
        if node in library.groups:
            return library.groups[node].name
        if node in library.materials:
            return library.materials[node].name
        return BURDEN_NAMES[Burden(node)]

    def unit(self, node: str) -> str:
        """The unit that the node is counted in."""
        library = self.region.library
        if node in library.groups:
            return library.groups[node].unit
        if node in library.materials:
            return library.materials[node].unit
        return BURDEN_UNITS[Burden(node)]


@lru_cache(maxsize=16)
def _chain(key: str, year: int, box: _Boxed) -> Chain:
    del key
    return _build(box.region, year)


class _Boxed:
    """Carries a region through the cache: the same value, not one that only bears the same hash."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def __hash__(self) -> int:
        return hash(self.region.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Boxed) and other.region is self.region


def chain_of(region: Region, year: int) -> Chain:
    """The chain of `year`; built once per region hash.

    Raises
    ------
    UnknownYear
        If no target of that year enters a chain; the message lists the years that do.
    """
    return _chain(region.hash, year, _Boxed(region))


def years(region: Region) -> tuple[int, ...]:
    """Years for which the region has a chain."""
    return tuple(sorted({g.year for g in region.goals}))


def _build(region: Region, year: int) -> Chain:
    goals = tuple(g for g in region.goals if g.year == year)
    if not goals:
        known = "、".join(str(y) for y in years(region)) or "–"
        raise UnknownYear(
            Text(
                f"{region.name.zh} 没有 {year} 年的产业链目标；可选年份：{known}。",
                f"{region.name.en} has no chain goals for {year}; years at hand: {known.replace('、', ', ')}.",
            )
        )
    library = region.library
    routes = {r.process: r for r in region.routes}
    used = [library.processes[r.process] for r in region.routes]
    to_node = _grouping(region)
    nodes: dict[str, int] = {}

    def index(material: str) -> int:
        return nodes.setdefault(to_node.get(material, material), len(nodes))

    flows = [row for j, process in enumerate(used) for row in _flow_rows(process, j, index)]
    product = [index(p.product) for p in used]
    feed = [index(p.feed) if p.feed else NOWHERE for p in used]
    for goal in goals:
        index(goal.product)
    for comparison in region.comparisons:
        if comparison.year == year:
            index(comparison.material)
    share = [float(routes[p.id].share.value) for p in used]
    network = assemble(tuple(nodes), [p.id for p in used], flows, product, feed, share)
    node_of = dict(nodes) | {m: nodes[g] for m, g in to_node.items() if g in nodes}
    return Chain(region, year, network, node_of, routes, goals)


def _grouping(region: Region) -> dict[str, str]:
    """Members of a routed group stand in the chain as that group, where one of its routes makes them."""
    library = region.library
    return {library.processes[r.process].product: r.product for r in region.routes if r.product in library.groups}


def _flow_rows(process: Process, j: int, index) -> Iterable[tuple[int, int, bool, float, float, float]]:  # type: ignore[no-untyped-def]
    for flow in process.flows:
        yield _row(index(flow.material), j, flow.role is not Role.INPUT, flow.amount)
    for burden, amount in process.burdens.items():
        yield _row(index(burden.value), j, False, amount)


def _row(node: int, j: int, arising: bool, amount: Coefficient) -> tuple[int, int, bool, float, float, float]:
    return node, j, arising, float(amount.value), float(amount.low), float(amount.high)


@dataclass(frozen=True, slots=True)
class Marks:
    """The weakest mark behind each node's need, arising and making, by node index."""

    need: tuple[Mark, ...]
    arising: tuple[Mark, ...]
    made: tuple[Mark, ...]

    def of(self, node: int) -> Mark:
        """The weakest mark of a node's whole balance."""
        return max(self.need[node], self.arising[node], self.made[node])


def marks(chain: Chain, network: Network) -> Marks:
    """Follow marks from goals through route shares and coefficients, under the shares of `network`."""
    size = len(network.nodes)
    need, arising = [Mark.DEFINITION] * size, [Mark.DEFINITION] * size
    planned = [Mark.DEFINITION] * size
    for goal in chain.goals:
        if goal.role in DRIVING:
            node = chain.node_of[goal.product]
            planned[node] = max(planned[node], goal.split.mark, Mark.PLAN)
    flows = _flow_marks(chain, network)
    made = list(planned)
    for _ in range(size):
        before = (list(need), list(arising), list(made))
        made = [
            planned[i] if network.planned[i] else max(planned[i], need[i], arising[i], before[2][i])
            for i in range(size)
        ]
        for j, node, credit, mark in flows:
            product = int(network.product[j])
            worst = max(mark, made[product], chain.routes[network.processes[j]].share.mark)
            side = arising if credit else need
            side[node] = max(side[node], worst)
        if before == (need, arising, made):
            break
    return Marks(tuple(need), tuple(arising), tuple(made))


def _flow_marks(chain: Chain, network: Network) -> list[tuple[int, int, bool, Mark]]:
    """(process, node, arising?, mark) of every flow and burden of the processes that have a share."""
    out = []
    for j, process_id in enumerate(network.processes):
        if network.share[j] <= 0:
            continue
        process = chain.region.library.processes[process_id]
        out += [(j, chain.node_of[f.material], f.role is not Role.INPUT, f.amount.mark) for f in process.flows]
        out += [(j, chain.node_of[b.value], False, c.mark) for b, c in process.burdens.items()]
    return out


def annual(quantity: Quantity, per: str) -> float:
    """A yearly amount in unit `per` (an amount printed per year or as a plain amount)."""
    target = unit(per)
    if quantity.unit.dimension != target.dimension:
        target = unit(f"{per}/年")
    return float(quantity.to(target).value)


def is_capacity(target: Target) -> bool:
    """Whether the stated amount is a capacity, which runs at the declared utilisation."""
    return target.value is not None and "capacity" in target.value.basis.words.split()


@lru_cache(maxsize=4096)
def _full(chain: Chain, target_id: str, product: str) -> float:
    target = chain.region.targets[target_id]
    if target.value is None:
        return 0.0
    return annual(target.value, chain.unit(chain.network.nodes[chain.node(product)]))


def stated(chain: Chain, target_id: str, product: str, utilisation: float) -> float:
    """What the plan states for a product, at the utilisation where it states a capacity."""
    runs = utilisation if is_capacity(chain.region.targets[target_id]) else 1.0
    return _full(chain, target_id, product) * runs


def utilisation(region: Region, scenario: Scenario) -> float:
    """The utilisation in force: the scenario's, else the region's declared one, else 1."""
    if scenario.utilisation is not None:
        return _unit_interval(UTILISATION, scenario.utilisation)
    declared = region.assumptions.get(UTILISATION)
    if declared is None:
        return 1.0
    return _unit_interval(
        UTILISATION, float(Quantity(_fraction(declared.value), unit(declared.value.unit)).to("1").value)
    )


def purchases(region: Region, scenario: Scenario) -> dict[str, float]:
    """Bought amounts by material, in the material's unit."""
    out = {
        a.material: annual(Quantity(_fraction(a.value), unit(a.value.unit)), region.library.materials[a.material].unit)
        for a in region.assumptions.values()
        if a.material
    }
    for material, amount in scenario.purchases.items():
        if material not in region.library.materials:
            raise UnknownMaterial(
                Text(
                    f"没有名为“{material}”的物料；可用 oreflow materials show 查看编号。",
                    f"there is no material “{material}”; oreflow materials show lists the ids.",
                )
            )
        if amount < 0 or not np.isfinite(amount):
            raise BadScenario(
                Text(
                    f"外购量须为不小于 0 的数：{material} = {amount}。",
                    f"A purchase must be a number ≥ 0: {material} = {amount}.",
                )
            )
        out[material] = amount
    return out


def _fraction(coefficient: Coefficient):  # type: ignore[no-untyped-def]
    from fractions import Fraction

    return Fraction(coefficient.value)


def _unit_interval(name: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise BadScenario(
            Text(f"{name} 须在 0 与 1 之间，给的是 {value}。", f"{name} must lie between 0 and 1, not {value}.")
        )
    return value


def base_network(region: Region, year: int) -> Network:
    """The network of a year under the region's own assumptions."""
    return at(chain_of(region, year), Scenario())


def at(chain: Chain, scenario: Scenario) -> Network:
    """The network with the scenario's shares and the plan's amounts at its utilisation."""
    network = chain.network
    share = network.share.copy()
    _set_shares(chain, share, scenario.shares)
    run = utilisation(chain.region, scenario)
    level, demand = np.zeros(len(network.nodes)), np.zeros(len(network.nodes))
    planned = np.zeros(len(network.nodes), dtype=bool)
    for goal in chain.goals:
        node = chain.node(goal.product)
        amount = stated(chain, goal.target, goal.product, run) * float(goal.split.value)
        if goal.role == "plan":
            planned[node] = True
            level[node] += amount
        elif goal.role == "deliver":
            demand[node] += amount
    return replace(network, share=share, planned=planned, level=level + np.where(planned, demand, 0.0), demand=demand)


def _set_shares(chain: Chain, share: np.ndarray, given: Mapping[str, float]) -> None:
    """Set the given route shares; the other routes of each product share the rest as they did before."""
    network = chain.network
    known = {process: j for j, process in enumerate(network.processes)}
    fixed = np.zeros(len(network.processes), dtype=bool)
    for process, value in given.items():
        if process not in known:
            raise BadScenario(Text(f"“{process}”不是该产业链的工艺路线。", f"“{process}” is no route of this chain."))
        fixed[known[process]] = True
        share[known[process]] = _unit_interval(process, value)
    for product in np.unique(network.product[fixed & ~network.recovery]):
        routes = (network.product == product) & ~network.recovery
        _share_rest(chain, share, routes & fixed, routes & ~fixed)


def _share_rest(chain: Chain, share: np.ndarray, fixed: np.ndarray, others: np.ndarray) -> None:
    left = 1.0 - share[fixed].sum()
    names = ", ".join(chain.network.processes[j] for j in np.flatnonzero(fixed))
    if left < -1e-9 or (left > 1e-9 and not others.any()):
        raise BadScenario(
            Text(
                f"{names} 的占比合计须为 1 以内，且没有其他路线时正好为 1。",
                f"the shares of {names} must add to at most 1, and to 1 if there is no other route.",
            )
        )
    before = share[others].sum()
    if others.any():
        weights = share[others] / before if before > 0 else 1.0 / others.sum()
        share[others] = weights * max(left, 0.0)


def reach(chain: Chain, scenario: Scenario, process: str) -> float:
    """How far a route share can go, given what the scenario sets for the other routes of its product."""
    network = chain.network
    j = network.processes.index(process)
    if network.feed[j] != NOWHERE:
        return 1.0
    peers = {p for k, p in enumerate(network.processes) if network.product[k] == network.product[j] and k != j}
    return max(0.0, 1.0 - sum(v for p, v in scenario.shares.items() if p in peers))
