"""A region's chain of one year: which nodes and processes take part, and what the plan drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from oreflow.core.materials import Burden, Coefficient, Process, Role
from oreflow.core.provenance import Mark, Text, weakest
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
    marks: tuple[Mark, ...]

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
    """Carries a region through the cache, compared by its hash."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def __hash__(self) -> int:
        return hash(self.region.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Boxed) and other.region.hash == self.region.hash


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
    chain = Chain(region, year, network, node_of, routes, goals, ())
    return replace(chain, marks=_marks(chain, used))


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


def _marks(chain: Chain, used: list[Process]) -> tuple[Mark, ...]:
    """Per node the weakest mark of the shares, splits and coefficients that its balance hangs on."""
    network = chain.network
    marks = [Mark.DEFINITION] * len(network.nodes)
    for goal in chain.goals:
        node = chain.node_of[goal.product]
        marks[node] = max(marks[node], goal.split.mark if goal.split.value != 1 else Mark.PLAN)
    own = [
        chain.routes[p.id].share.mark if chain.routes[p.id].share.value not in (0, 1) else Mark.DEFINITION for p in used
    ]
    coefficient = {(chain.node_of.get(f.material, -1), j): f.amount.mark for j, p in enumerate(used) for f in p.flows}
    for _ in range(len(network.nodes)):
        before = list(marks)
        for (node, j), mark in coefficient.items():
            if network.share[j] > 0:
                marks[node] = weakest([marks[node], mark, own[j], marks[network.product[j]]])
        if marks == before:
            break
    return tuple(marks)


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
    return float(declared.value.value) if declared else 1.0


def purchases(region: Region, scenario: Scenario) -> dict[str, float]:
    """Bought amounts by material, in the material's unit."""
    out = {
        a.material: annual(Quantity(_fraction(a.value), unit(a.value.unit)), region.library.materials[a.material].unit)
        for a in region.assumptions.values()
        if a.material
    }
    for material, amount in scenario.purchases.items():
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
    for process, value in scenario.shares.items():
        if process not in network.processes:
            raise BadScenario(Text(f"“{process}”不是该产业链的工艺路线。", f"“{process}” is no route of this chain."))
        _set_share(chain, share, network.processes.index(process), _unit_interval(process, value))
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


def _set_share(chain: Chain, share: np.ndarray, j: int, value: float) -> None:
    """Set one route; the others of its product share the rest as they did before."""
    network = chain.network
    if network.feed[j] != NOWHERE:
        share[j] = value
        return
    others = (network.product == network.product[j]) & ~network.recovery
    others[j] = False
    left = share[others].sum()
    if others.any():
        share[others] = (share[others] / left if left > 0 else 1.0 / others.sum()) * (1.0 - value)
    share[j] = value
