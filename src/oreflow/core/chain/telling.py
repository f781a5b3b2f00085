"""What sentences share: drivers, amounts, sources, small words."""

from __future__ import annotations

from oreflow.core.provenance import Source, Text

from .chain import DRIVING, Chain, stated, utilisation
from .model import Answer, How, Interval, Scenario, Verdict
from .requirements import short
from .states import Solution
from .wording import amount

RANK = {Verdict.BREAK: 200.0, Verdict.AT_RISK: 100.0, Verdict.HOLDS: 0.0}


def sampled(answers: tuple[Answer, ...]) -> list[Text]:
    """A warning where a range was sampled: it is no bound then."""
    if any(a.gap.how is How.SAMPLED for a in answers):
        return [Text("区间为抽样所得，不是上下界", "ranges are sampled, not bounds")]
    return []


def driver(chain: Chain, solution: Solution, material: str, *, arising: bool) -> int:
    """The planned node behind most of a material's arising (or need): up from process to consumer."""
    network = chain.network
    i = chain.node(material)
    planned = {chain.node(g.product) for g in chain.goals if g.role in DRIVING}
    seen: set[int] = set()
    at_flows = (network.flow_node == i) & (network.arising == arising)
    weights = network.value * solution.activity[network.flow_process]
    if not (at_flows & (weights > 0)).any():
        return i
    node = int(network.product[network.flow_process[heaviest(at_flows, weights)]])
    while node not in planned and node not in seen:
        seen.add(node)
        uses = (network.flow_node == node) & ~network.arising
        if not (uses & (weights > 0)).any():
            break
        node = int(network.product[network.flow_process[heaviest(uses, weights)]])
    return node


def heaviest(mask, weights) -> int:  # type: ignore[no-untyped-def]
    return int(max(mask.nonzero()[0], key=lambda f: weights[f]))


def amount_of(chain: Chain, scenario: Scenario, node: int) -> Text:
    name = chain.network.nodes[node]
    quantity = planned_amount(chain, scenario, name)
    label = short(chain.name(name))
    return Text(f"{quantity.zh}{label.zh}", f"{quantity.en} of {label.en}")


def planned_amount(chain: Chain, scenario: Scenario, product: str) -> Text:
    run = utilisation(chain.region, scenario)
    node = chain.node(product)
    total = sum(
        stated(chain, g.target, g.product, run) * float(g.split.value)
        for g in chain.goals
        if g.role in DRIVING and chain.node(g.product) == node
    )
    return amount(total, chain.unit(product))


def target_sources(chain: Chain, product: str) -> tuple[Source, ...]:
    node = chain.node(product)
    targets = chain.region.targets
    return tuple(targets[g.target].source for g in chain.goals if chain.node(g.product) == node)


def driver_sources(chain: Chain, solution: Solution, answer: Answer) -> tuple[Source, ...]:
    nodes = (driver(chain, solution, answer.material, arising=side) for side in (False, True))
    return tuple(s for n in nodes for s in target_sources(chain, chain.network.nodes[n]))


def same(text: str) -> Text:
    return Text(text, text)


def shortage(gap: Interval) -> Interval:
    """How much is missing; at the favourable end perhaps nothing."""
    return Interval(-gap.value, max(0.0, -gap.high), -gap.low, gap.how)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
