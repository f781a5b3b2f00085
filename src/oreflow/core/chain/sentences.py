"""The first page's sentences: what of the year's plan fits and what does not, the sharpest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from oreflow.core.provenance import Source, Text, weakest
from oreflow.core.region import Comparison

from .chain import DRIVING, UTILISATION, Chain, at, is_capacity, purchases, stated, utilisation
from .comparison import comparisons, moved, nominal_gaps
from .model import Answer, BreakEven, How, Interval, Scenario, ScenarioKey, Sentence, Verdict
from .network import NOWHERE
from .requirements import assumptions, short, touching
from .solve import solve
from .states import Solution
from .wording import amount, figure, joined, share, spaced, with_range

SENTENCES = 5
_EDGE = 0.005
_RANK = {Verdict.BREAK: 200.0, Verdict.AT_RISK: 100.0, Verdict.HOLDS: 0.0}


def sentences(chain: Chain, scenario: Scenario, answers: tuple[Answer, ...]) -> tuple[Sentence, ...]:
    """At most five sentences, sorted by sharpness.

    Two comparisons that pull one route share in opposite directions are told in one sentence. Which
    comparisons speak is the region's choice: the first ones of its table.
    """
    by_id = {a.comparison: a for a in answers}
    pair = _sharpest_pair(chain, by_id)
    out = [_pair_sentence(chain, scenario, pair)] if pair else []
    told = {pair.below.comparison, pair.above.comparison} if pair else set()
    for c in comparisons(chain):
        if c.id not in told and len(out) < SENTENCES:
            out.append(_single(chain, scenario, c, by_id[c.id]))
    told_well = [
        replace(s, text=Text(spaced(s.text.zh), s.text.en), under=Text(spaced(s.under.zh), s.under.en)) for s in out
    ]
    return tuple(sorted(told_well, key=lambda s: -s.sharpness))


@dataclass(frozen=True, slots=True)
class _Pair:
    """On route share `process`: `below` fits up to `low`, `above` fits from `high` on."""

    process: str
    below: Answer
    above: Answer
    low: Interval
    high: Interval

    @property
    def gap(self) -> float:
        return self.high.value - self.low.value


def _even(answer: Answer, key: str) -> BreakEven | None:
    return next((b for b in answer.break_evens if b.slider == key), None)


def _sharpest_pair(chain: Chain, answers: Mapping[str, Answer]) -> _Pair | None:
    pairs = []
    for key in chain.processes:
        evens = [(a, _even(a, key)) for a in answers.values()]
        inside = [(a, b.at, b.fits) for a, b in evens if b and b.at and _EDGE < b.at.value < 1 - _EDGE]
        below = [(a, at_share) for a, at_share, fits in inside if fits == "below"]
        above = [(a, at_share) for a, at_share, fits in inside if fits == "above"]
        pairs += [_Pair(key, a, b, x, y) for a, x in below for b, y in above]
    return max(pairs, key=lambda p: p.gap, default=None)


def _pair_sentence(chain: Chain, scenario: Scenario, pair: _Pair) -> Sentence:
    a, b = pair.below, pair.above
    product = chain.network.nodes[int(chain.network.product[chain.processes.index(pair.process)])]
    amount_text = figure(_planned_amount(chain, scenario, product), f"answer:{a.comparison}")
    name, route = short(chain.name(product)), chain.region.library.processes[pair.process].name
    low, high = (figure(_same(share(x.value)), f"answer:{y.comparison}") for x, y in ((pair.low, a), (pair.high, b)))
    verdict = max((_pair_verdict(pair), a.verdict, b.verdict), key=_RANK.__getitem__)
    if pair.gap > 0:
        sure = _pair_verdict(pair) is Verdict.BREAK
        by = Text("", "") if sure else Text("按标定系数，", "At the stated coefficients, ")
        text = Text(
            f"{by.zh}无论{route.zh}占多少，{amount_text.zh}{name.zh}不是缺{a.label.zh}就是缺{b.label.zh}："
            f"占比高于 {low.zh} 时{a.label.zh}不够，低于 {high.zh} 时{b.label.zh}不够。",
            _capital(
                f"{by.en}whatever the share of the {route.en} route, {amount_text.en} of {name.en} runs short of "
                f"{a.label.en} or of {b.label.en}: above {low.en} there is too little {a.label.en}, below {high.en} "
                f"too little {b.label.en}."
            ),
        )
    else:
        now = _where_now(chain, scenario, pair)
        text = Text(
            f"{route.zh}占比在 {high.zh} 与 {low.zh} 之间时，"
            f"{amount_text.zh}{name.zh}的{a.label.zh}和{b.label.zh}都够{now.zh}。",
            f"With a {route.en} share between {high.en} and {low.en}, {amount_text.en} of {name.en} has enough "
            f"{a.label.en} and {b.label.en}{now.en}.",
        )
    return Sentence(
        verdict=verdict,
        text=text,
        under=_pair_under(chain, scenario, pair),
        sharpness=2 * _RANK[verdict] + 100 * pair.gap,
        answers=(a.comparison, b.comparison),
        sources=_target_sources(chain, product) + a.sources + b.sources,
        mark=weakest([a.mark, b.mark]),
    )


def _where_now(chain: Chain, scenario: Scenario, pair: _Pair) -> Text:
    """Where the share stands, and what is short there."""
    here = float(at(chain, scenario).share[chain.processes.index(pair.process)])
    for answer in (pair.below, pair.above):
        if answer.gap.value < 0:
            missing = figure(amount(-answer.gap.value, answer.unit), f"answer:{answer.comparison}")
            return Text(
                f"；现为 {share(here)}，{answer.label.zh}差 {missing.zh}",
                f"; at {share(here)} now, {answer.label.en} is short by {missing.en}",
            )
    return Text(f"；现为 {share(here)}", f"; it stands at {share(here)} now")


def _pair_verdict(pair: _Pair) -> Verdict:
    """Break if even the favourable ends leave a gap, holds if even the unfavourable ones do not."""
    if pair.high.low > pair.low.high:
        return Verdict.BREAK
    return Verdict.HOLDS if pair.high.high <= pair.low.low else Verdict.AT_RISK


def _pair_under(chain: Chain, scenario: Scenario, pair: _Pair) -> Text:
    said = [
        Text(
            f"系数取最有利端：{pair.below.label.zh}够到 {share(pair.low.high)}，"
            f"{pair.above.label.zh}从 {share(pair.high.low)} 起够",
            f"at the most favourable coefficients there is enough {pair.below.label.en} up to "
            f"{share(pair.low.high)} and enough {pair.above.label.en} from {share(pair.high.low)}",
        )
    ]
    said += _even_with_recovery(chain, scenario, pair)
    said += _fits_at_utilisation(chain, scenario, pair)
    network = at(chain, scenario)
    solution = solve(network)
    about = {n for a in (pair.below, pair.above) for n in touching(network, solution, chain.node(a.material))}
    about.discard(int(network.product[chain.processes.index(pair.process)]))
    said += assumptions(chain, scenario, about)
    return joined((*said, *_sampled((pair.below, pair.above))))


def _sampled(answers: tuple[Answer, ...]) -> list[Text]:
    """A warning where a range was sampled: it is no bound then."""
    if any(a.gap.how is How.SAMPLED for a in answers):
        return [Text("区间为抽样所得，不是上下界", "ranges are sampled, not bounds")]
    return []


def _window(chain: Chain, scenario: Scenario, process: str, below: str, above: str) -> tuple[float, float]:
    """Where `below` stops fitting and `above` starts fitting on the share, at stated coefficients."""
    order = [c.id for c in comparisons(chain)]
    i, k = order.index(below), order.index(above)
    zero = nominal_gaps(chain, moved(scenario, chain, process, 0.0))
    one = nominal_gaps(chain, moved(scenario, chain, process, 1.0))
    upto = zero[i] / (zero[i] - one[i]) if zero[i] != one[i] else float(zero[i] >= 0)
    start = zero[k] / (zero[k] - one[k]) if zero[k] != one[k] else float(zero[k] < 0)
    return min(max(upto, 0.0), 1.0), min(max(start, 0.0), 1.0)


def _even_with_recovery(chain: Chain, scenario: Scenario, pair: _Pair) -> list[Text]:
    """What full use of a recovery route into either material would change."""
    network, out = at(chain, scenario), []
    wanted = {chain.node(pair.below.material), chain.node(pair.above.material)}
    for j, process in enumerate(chain.processes):
        if network.feed[j] == NOWHERE or network.product[j] not in wanted or network.share[j] >= 1:
            continue
        full = moved(scenario, chain, process, 1.0)
        upto, start = _window(chain, full, pair.process, pair.below.comparison, pair.above.comparison)
        name = chain.region.library.processes[process].name
        if start > upto:
            out.append(
                Text(
                    f"即使全部进行{name.zh}，{pair.below.label.zh}也只够到 {share(upto)}",
                    f"even with full {name.en} there is enough {pair.below.label.en} only up to {share(upto)}",
                )
            )
        else:
            out.append(
                Text(
                    f"全部进行{name.zh}时，占比 {share(start)}–{share(upto)} 两头都够",
                    f"with full {name.en} both suffice at shares of {share(start)}–{share(upto)}",
                )
            )
    return out


def _fits_at_utilisation(chain: Chain, scenario: Scenario, pair: _Pair) -> list[Text]:
    """The highest utilisation at which some share suits both; nothing if all or none does."""
    if pair.gap <= 0 or UTILISATION not in chain.region.assumptions:
        return []
    others = moved(moved(scenario, chain, pair.process, 0.0), chain, UTILISATION, 1.0)
    fits = _common_utilisation(chain, others.key, pair.process, pair.below.comparison, pair.above.comparison)
    if fits is None:
        return []
    return [
        Text(f"产能利用率 {share(fits)} 以下有两头都够的占比", f"below {share(fits)} utilisation some share suits both")
    ]


@lru_cache(maxsize=256)
def _common_utilisation(chain: Chain, others: ScenarioKey, process: str, below: str, above: str) -> float | None:
    """By bisection to half a per cent; None if even a run of 2 % leaves no common share."""
    scenario = Scenario.of_key(others)

    def suits(run: float) -> bool:
        upto, start = _window(chain, moved(scenario, chain, UTILISATION, run), process, below, above)
        return start <= upto

    fits, misses = 0.02, 1.0
    if not suits(fits):
        return None
    while misses - fits > 0.005:
        middle = (fits + misses) / 2
        fits, misses = (middle, misses) if suits(middle) else (fits, middle)
    return fits


def _single(chain: Chain, scenario: Scenario, c: Comparison, answer: Answer) -> Sentence:
    solution = solve(at(chain, scenario))
    key = f"answer:{c.id}"
    if c.required == "stated":
        text = _arising_text(chain, scenario, solution, answer, key)
    elif c.available == "arising":
        text = _by_product_text(chain, scenario, solution, answer, key)
    else:
        text = _stated_text(chain, answer, key)
    size = max(abs(answer.required.value), abs(answer.available.value), 1.0)
    worst = {Verdict.BREAK: answer.gap.value, Verdict.AT_RISK: answer.gap.low, Verdict.HOLDS: answer.gap.low}
    sources = answer.sources or _driver_sources(chain, solution, answer)
    return Sentence(
        verdict=answer.verdict,
        text=text,
        under=_single_under(chain, answer),
        sharpness=_RANK[answer.verdict] - 50 * worst[answer.verdict] / size,
        answers=(c.id,),
        sources=sources,
        mark=answer.mark,
    )


def _stated_text(chain: Chain, answer: Answer, key: str) -> Text:
    need = figure(with_range(answer.required, answer.unit), key)
    have = figure(amount(answer.available.value, answer.unit), key)
    missing = figure(amount(-answer.gap.value, answer.unit), key)
    worst = figure(amount(-answer.gap.low, answer.unit), key)
    target = chain.region.targets[answer.target]
    kind = Text("产能", "capacity") if is_capacity(target) else Text("产量", "output")
    head = Text(
        f"{answer.label.zh}需要 {need.zh}，目标{kind.zh} {have.zh}",
        f"{_capital(answer.label.en)}: {need.en} needed, target {kind.en} {have.en}",
    )
    if answer.gap.value < 0 and answer.verdict is Verdict.BREAK:
        return Text(f"{head.zh}，差 {missing.zh}。", f"{head.en}: short by {missing.en}.")
    if answer.gap.value < 0:
        return Text(
            f"{head.zh}，差 {missing.zh}；系数取最有利时才够。",
            f"{head.en}: short by {missing.en}, enough only at the most favourable coefficients.",
        )
    if answer.verdict is Verdict.AT_RISK:
        return Text(
            f"{head.zh}，够；系数取最不利时缺 {worst.zh}。",
            f"{head.en}: enough, but short by {worst.en} at the least favourable coefficients.",
        )
    if answer.available.value <= 0:
        return Text(f"{head.zh}，没有需要。", f"{head.en}: nothing is needed.")
    left = figure(_same(share(answer.gap.value / answer.available.value)), key)
    return Text(f"{head.zh}，余 {left.zh}。", f"{head.en}: {left.en} to spare.")


def _by_product_text(chain: Chain, scenario: Scenario, solution: Solution, answer: Answer, key: str) -> Text:
    have = figure(with_range(answer.available, answer.unit), key)
    need = figure(with_range(answer.required, answer.unit), key)
    user = _driver(chain, solution, answer.material, arising=False)
    used, product = _amount_of(chain, scenario, user), short(chain.name(chain.network.nodes[user]))
    bought = purchases(chain.region, scenario).get(answer.material, 0.0) > 0
    if solution.arising[chain.node(answer.material)] > 0:
        maker = _amount_of(chain, scenario, _driver(chain, solution, answer.material, arising=True))
        also = Text("连同外购", ", with purchases,") if bought else Text("", "")
        head = Text(
            f"{maker.zh}{also.zh}有 {have.zh}{answer.label.zh}",
            f"{maker.en} yields{also.en} {have.en} of {answer.label.en}",
        )
    else:
        head = Text(
            f"没有工艺带出{answer.label.zh}，可供 {have.zh}",
            f"no process yields {answer.label.en}, {have.en} is at hand",
        )
    middle = Text(f"{head.zh}，{used.zh}要 {need.zh}", f"{_capital(head.en)}; {used.en} needs {need.en}")
    if answer.gap.value < 0:
        missing = figure(with_range(_shortage(answer.gap), answer.unit), key)
        return Text(
            f"{middle.zh}；差 {missing.zh}，要靠{'再' if bought else ''}外购，或少做{product.zh}。",
            f"{middle.en}; the missing {missing.en} must be bought, or less {product.en} made.",
        )
    if answer.verdict is Verdict.AT_RISK:
        return Text(
            f"{middle.zh}，够；系数取最不利时不够。",
            f"{middle.en}: enough, but not at the least favourable coefficients.",
        )
    return Text(f"{middle.zh}，够用。", f"{middle.en}: enough.")


def _arising_text(chain: Chain, scenario: Scenario, solution: Solution, answer: Answer, key: str) -> Text:
    have = figure(with_range(answer.available, answer.unit), key)
    told = figure(amount(answer.required.value, answer.unit), key)
    if solution.arising[chain.node(answer.material)] <= 0:
        return Text(
            f"没有工艺副产{answer.label.zh}，规划却列了 {told.zh}。",
            f"No process yields {answer.label.en}, yet the plan states {told.en}.",
        )
    made = _amount_of(chain, scenario, _driver(chain, solution, answer.material, arising=True))
    if answer.verdict is Verdict.HOLDS:
        return Text(
            f"{made.zh}可副产 {have.zh}{answer.label.zh}，与规划的 {told.zh} 相符。",
            f"{made.en} yields {have.en} of {answer.label.en}, in line with the {told.en} of the plan.",
        )
    return Text(
        f"{made.zh}副产 {have.zh}{answer.label.zh}，达不到规划的 {told.zh}。",
        f"{made.en} yields {have.en} of {answer.label.en}, less than the {told.en} of the plan.",
    )


def _single_under(chain: Chain, answer: Answer) -> Text:
    said = list(answer.assumptions)
    for even in answer.break_evens:
        if even.at is None:
            continue
        if even.slider in chain.processes:
            name = chain.region.library.processes[even.slider].name
            side = Text("以下", "up to") if even.fits == "below" else Text("以上", "from")
            said.append(
                Text(
                    f"{name.zh}占比 {share(even.at.value)} {side.zh}够用",
                    f"enough {side.en} a {name.en} share of {share(even.at.value)}",
                )
            )
        elif even.slider != UTILISATION and even.at.value > 0:
            bought = with_range(even.at, answer.unit)
            said.append(Text(f"外购 {bought.zh}时持平", f"breaks even at purchases of {bought.en}"))
        elif even.slider == UTILISATION and even.fits == "below":
            said.append(
                Text(f"利用率 {share(even.at.value)} 以下够用", f"enough below {share(even.at.value)} utilisation")
            )
    return joined((*said, *_sampled((answer,))))


def _driver(chain: Chain, solution: Solution, material: str, *, arising: bool) -> int:
    """The planned node behind most of a material's arising (or need): up from process to consumer."""
    network = chain.network
    i = chain.node(material)
    planned = {chain.node(g.product) for g in chain.goals if g.role in DRIVING}
    seen: set[int] = set()
    at_flows = (network.flow_node == i) & (network.arising == arising)
    weights = network.value * solution.activity[network.flow_process]
    if not (at_flows & (weights > 0)).any():
        return i
    node = int(network.product[network.flow_process[_heaviest(at_flows, weights)]])
    while node not in planned and node not in seen:
        seen.add(node)
        uses = (network.flow_node == node) & ~network.arising
        if not (uses & (weights > 0)).any():
            break
        node = int(network.product[network.flow_process[_heaviest(uses, weights)]])
    return node


def _heaviest(mask, weights) -> int:  # type: ignore[no-untyped-def]
    return int(max(mask.nonzero()[0], key=lambda f: weights[f]))


def _amount_of(chain: Chain, scenario: Scenario, node: int) -> Text:
    name = chain.network.nodes[node]
    quantity = _planned_amount(chain, scenario, name)
    label = short(chain.name(name))
    return Text(f"{quantity.zh}{label.zh}", f"{quantity.en} of {label.en}")


def _planned_amount(chain: Chain, scenario: Scenario, product: str) -> Text:
    run = utilisation(chain.region, scenario)
    node = chain.node(product)
    total = sum(
        stated(chain, g.target, g.product, run) * float(g.split.value)
        for g in chain.goals
        if g.role in DRIVING and chain.node(g.product) == node
    )
    return amount(total, chain.unit(product))


def _target_sources(chain: Chain, product: str) -> tuple[Source, ...]:
    node = chain.node(product)
    targets = chain.region.targets
    return tuple(targets[g.target].source for g in chain.goals if chain.node(g.product) == node)


def _driver_sources(chain: Chain, solution: Solution, answer: Answer) -> tuple[Source, ...]:
    nodes = (_driver(chain, solution, answer.material, arising=side) for side in (False, True))
    return tuple(s for n in nodes for s in _target_sources(chain, chain.network.nodes[n]))


def _same(text: str) -> Text:
    return Text(text, text)


def _shortage(gap: Interval) -> Interval:
    """How much is missing; at the favourable end perhaps nothing."""
    return Interval(-gap.value, max(0.0, -gap.high), -gap.low, gap.how)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
