"""The chain as a flow picture: masses from ore to product, shortfalls and leftovers drawn."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from oreflow.core.materials import Burden, Library, Process
from oreflow.core.provenance import Text
from oreflow.core.region import Region

from .chain import Chain, at, chain_of, purchases, stated, utilisation
from .comparison import Sides, comparisons, gaps, verdict
from .model import FlowLink, FlowNode, FlowPicture, Scenario, Verdict
from .network import Network
from .solve import solve
from .states import Solution

_SHOWN = 0.004  # of the largest flow
LOSSES, SHORT, BOUGHT, SURPLUS = "·losses", "·short", "·bought", "·surplus"
_SPECIAL = {
    LOSSES: (Text("废渣、废气与损失", "residues, gases, losses"), "waste"),
    SHORT: (Text("缺口", "shortfall"), "other"),
    BOUGHT: (Text("外购", "bought"), "other"),
    SURPLUS: (Text("外销或余量", "sold or left over"), "other"),
}
_FAMILY_OF_CHAIN = {
    "V-Ti": "iron",
    "steel": "iron",
    "V": "vanadium",
    "Ti": "titanium",
    "RE": "rare-earths",
    "Al": "aluminium",
    "Mn": "manganese",
    "FeA": "manganese",
    "coal": "energy",
    "energy": "energy",
}


def picture(
    region: Region, year: int, scenario: Scenario | None = None, group: str = "", sides: list[Sides] | None = None
) -> FlowPicture:
    """Flows in t per year; with `group` (material or group id) only what leads to it.

    Inputs of a process are shared out over its outputs by mass; what the drawn outputs do not carry
    goes to losses. Reagents that no comparison asks about, and gases without a density, are not drawn. `sides` are the
    comparisons' sides where they are known already.
    """
    scenario = scenario or Scenario()
    chain = chain_of(region, year)
    network = at(chain, scenario)
    solution = solve(network)
    drawn = _drawn(chain, network, solution, group)
    links = _process_links(chain, network, solution, drawn)
    sides = gaps(chain, scenario) if sides is None else sides
    _boundary_links(chain, scenario, sides, solution, drawn, links)
    kept, cut = _acyclic(_largest(links))
    return FlowPicture(_nodes(chain, scenario, sides, solution, kept), kept, cut)


def _mass(library: Library, node: str) -> float:
    """t per unit of a node, 0 where unknown."""
    if node in library.groups:
        return 1.0
    material = library.materials.get(node)
    if material is None:
        return 0.0
    if material.unit == "t":
        return 1.0
    return float(material.density) if material.density is not None else 0.0


def _drawn(chain: Chain, network: Network, solution: Solution, group: str) -> set[int]:
    """Nodes that are made, planned, asked about, or arise and are used; for one group also what is left."""
    burdens = {b.value for b in Burden}
    asked = {chain.node(c.material) for c in comparisons(chain)}
    active = solution.activity > 0
    made = set(network.product[active].tolist())
    planned = set(np.flatnonzero(network.planned).tolist())
    out = {i for i in made | planned | asked if network.nodes[i] not in burdens}
    least = _SHOWN * _largest_mass(chain, network, solution)
    for i in (int(k) for k in np.flatnonzero(solution.arising > 0)):
        mass = _mass(chain.region.library, network.nodes[i]) * solution.arising[i]
        gas = chain.unit(network.nodes[i]) in ("m3", "Nm3")
        if mass > least and not gas and (group or solution.need[i] > 0):
            out.add(i)
    return out & _leading_to(chain, network, solution, group) if group else out


def _largest_mass(chain: Chain, network: Network, solution: Solution) -> float:
    return max(
        (
            _mass(chain.region.library, n) * max(solution.made[i], solution.arising[i])
            for i, n in enumerate(network.nodes)
        ),
        default=0.0,
    )


def _leading_to(chain: Chain, network: Network, solution: Solution, group: str) -> set[int]:
    """The group's node, everything upstream of it, and the by-products on the way."""
    found, front = set(), [chain.node(group)]
    while front:
        node = front.pop()
        if node in found:
            continue
        found.add(node)
        makers = set(np.flatnonzero((network.product == node) & (solution.activity > 0)).tolist())
        gives = network.arising & (network.flow_node == node) & (solution.activity[network.flow_process] > 0)
        makers |= set(network.flow_process[gives].tolist())
        for j in makers:
            flows = network.flow_process == j
            front += network.flow_node[flows & ~network.arising].tolist()
            found |= set(network.flow_node[flows & network.arising].tolist())
            found.add(int(network.product[j]))
    return found


Links = dict[tuple[str, str, str], float]


def _process_links(chain: Chain, network: Network, solution: Solution, drawn: set[int]) -> Links:
    links: Links = defaultdict(float)
    library = chain.region.library
    for j in np.flatnonzero(solution.activity > 0):
        x = solution.activity[j]
        ins: dict[int, float] = {}
        outs: dict[int, float] = {}
        product = int(network.product[j])
        outs[product] = x * _mass(library, network.nodes[product])
        for f in np.flatnonzero(network.flow_process == j):
            node = int(network.flow_node[f])
            mass = network.value[f] * x * _mass(library, network.nodes[node])
            if node in drawn and mass > 0:
                side = outs if network.arising[f] else ins
                side[node] = side.get(node, 0.0) + mass
        if product not in drawn or not ins:
            continue
        total_in, total_out = sum(ins.values()), sum(outs.values())
        larger = max(total_in, total_out)
        for i, taken in ins.items():
            for o, given in outs.items():
                links[network.nodes[i], network.nodes[o], "flow"] += taken * given / larger
            if total_in > total_out:
                links[network.nodes[i], LOSSES, "waste"] += taken * (1 - total_out / total_in)
    return links


def _boundary_links(
    chain: Chain, scenario: Scenario, sides: list[Sides], solution: Solution, drawn: set[int], links: Links
) -> None:
    """Shortfalls, purchases and leftovers of planned intermediates."""
    network, library = at(chain, scenario), chain.region.library
    bought = purchases(chain.region, scenario)
    run = utilisation(chain.region, scenario)
    for c, side in zip(comparisons(chain), sides, strict=True):
        i = chain.node(c.material)
        mass = _mass(library, network.nodes[i])
        routed = network.share[(network.product == i) & ~network.recovery].sum() > 0
        if i not in drawn or not mass:
            continue
        if c.required == "need" and not routed:
            if side.gap.value < 0:
                links[SHORT, network.nodes[i], "bought"] += -side.gap.value * mass
            if c.available == "stated":
                own = min(stated(chain, c.target, c.material, run), side.required.value)
                name = f"{network.nodes[i]}·stated"
                links[name, network.nodes[i], "flow"] += own * mass
        if bought.get(network.nodes[i], 0.0):
            links[BOUGHT, network.nodes[i], "bought"] += bought[network.nodes[i]] * mass
    for i in (int(k) for k in np.flatnonzero(network.planned)):
        spare = network.level[i] - solution.need[i]
        if i in drawn and solution.need[i] > 0 and spare > 0.02 * network.level[i]:
            links[network.nodes[i], SURPLUS, "surplus"] += spare * _mass(library, network.nodes[i])


def _largest(links: Links) -> list[FlowLink]:
    most = max(links.values(), default=0.0)
    big = [FlowLink(a, b, v, k) for (a, b, k), v in links.items() if v > _SHOWN * most * 0.1 and a != b]
    return sorted(big, key=lambda x: (-x.amount, x.source, x.target))


def _acyclic(links: list[FlowLink]) -> tuple[tuple[FlowLink, ...], tuple[tuple[str, str, float], ...]]:
    """Add links from the largest on; one that would close a circle is cut and listed."""
    after: dict[str, set[str]] = defaultdict(set)
    kept, cut = [], []

    def reaches(start: str, goal: str) -> bool:
        seen, front = set(), [start]
        while front:
            node = front.pop()
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                front += after[node]
        return False

    for link in links:
        if reaches(link.target, link.source):
            cut.append((link.source, link.target, link.amount))
        else:
            after[link.source].add(link.target)
            kept.append(link)
    return tuple(kept), tuple(cut)


def _nodes(
    chain: Chain, scenario: Scenario, sides: list[Sides], solution: Solution, links: tuple[FlowLink, ...]
) -> tuple[FlowNode, ...]:
    stages = _stages(links)
    states, said = _states(chain, scenario, sides, solution)
    masses = _masses(chain, solution)
    inflow: dict[str, float] = defaultdict(float)
    outflow: dict[str, float] = defaultdict(float)
    for link in links:
        outflow[link.source] += link.amount
        inflow[link.target] += link.amount
    out = []
    for node, stage in sorted(stages.items(), key=lambda item: (item[1], item[0])):
        base = node.removesuffix("·stated")
        name, family = _SPECIAL[node] if node in _SPECIAL else (chain.name(base), _family(chain, base))
        if node.endswith("·stated"):
            name = Text(f"{name.zh}（规划数）", f"{name.en} (as planned)")
        out.append(
            FlowNode(
                id=node,
                name=name,
                stage=stage,
                family=family,
                amount=masses.get(node, max(inflow[node], outflow[node])),
                state="short" if node == SHORT else states.get(node, "surplus" if node == SURPLUS else ""),
                stated=said.get(node),
            )
        )
    return tuple(out)


def _masses(chain: Chain, solution: Solution) -> dict[str, float]:
    """t per year that each node handles: what is needed, or what is made and arises, whichever is more."""
    handled = np.maximum(solution.need, solution.made + solution.supplied)
    masses = {n: _mass(chain.region.library, n) * float(handled[i]) for i, n in enumerate(chain.network.nodes)}
    return {n: mass for n, mass in masses.items() if mass > 0}


def _states(
    chain: Chain, scenario: Scenario, sides: list[Sides], solution: Solution
) -> tuple[dict[str, str], dict[str, float]]:
    """Which nodes are short, and what the plan states where that compares with what a node handles."""
    states: dict[str, str] = {}
    said: dict[str, float] = {}
    run = utilisation(chain.region, scenario)
    for c, side in zip(comparisons(chain), sides, strict=True):
        i = chain.node(c.material)
        node = chain.network.nodes[i]
        if c.target and (c.required == "stated" or solution.supplied[i] == 0):
            said[node] = stated(chain, c.target, c.material, run) * _mass(chain.region.library, node)
        if side.gap.value < 0 and verdict(chain, c, side) is not Verdict.HOLDS:
            states[node] = "short"
    return states, said


def _stages(links: tuple[FlowLink, ...]) -> dict[str, int]:
    """Longest path from the sources; sources stand just before what they feed first."""
    order: dict[str, int] = {}
    for link in links:
        order.setdefault(link.source, 0)
        order.setdefault(link.target, 0)
    for _ in range(len(order)):
        changed = False
        for link in links:
            if order[link.target] < order[link.source] + 1:
                order[link.target] = order[link.source] + 1
                changed = True
        if not changed:
            break
    targets = {link.target for link in links}
    for node in order:
        if node not in targets:
            order[node] = min(order[x.target] for x in links if x.source == node) - 1
    return order


def _family(chain: Chain, node: str) -> str:
    library = chain.region.library
    member = library.groups[node].members[0] if node in library.groups else node
    category = library.materials[member].category
    if category == "waste":
        return "waste"
    if category in ("reagent", "utility", "consumable"):
        return "other"
    maker = next((p for p in library.processes.values() if _makes(p, member)), None)
    if member.startswith(("ti_", "tio2")):
        return "titanium"
    return _FAMILY_OF_CHAIN.get(maker.chain, "other") if maker else "other"


def _makes(process: Process, member: str) -> bool:
    return process.product == member or any(f.material == member for f in process.by_products)
