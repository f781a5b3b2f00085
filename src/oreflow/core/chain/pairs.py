"""The sentence about two comparisons that pull one route share in opposite directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from oreflow.core.provenance import Text, weakest

from .chain import UTILISATION, Chain, at
from .comparison import comparisons, moved, nominal_gaps
from .model import Answer, BreakEven, Interval, Scenario, ScenarioKey, Sentence, Verdict
from .network import NOWHERE
from .requirements import assumptions, short, touching
from .solve import solve
from .telling import RANK, capital, planned_amount, same, sampled, target_sources
from .wording import amount, figure, joined, share

_EDGE = 0.005


@dataclass(frozen=True, slots=True)
class Pair:
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


def sharpest_pair(chain: Chain, answers: Mapping[str, Answer]) -> Pair | None:
    pairs = []
    for key in chain.processes:
        evens = [(a, _even(a, key)) for a in answers.values()]
        inside = [(a, b.at, b.fits) for a, b in evens if b and b.at and _EDGE < b.at.value < 1 - _EDGE]
        below = [(a, at_share) for a, at_share, fits in inside if fits == "below"]
        above = [(a, at_share) for a, at_share, fits in inside if fits == "above"]
        pairs += [Pair(key, a, b, x, y) for a, x in below for b, y in above]
    return max(pairs, key=lambda p: p.gap, default=None)


def pair_sentence(chain: Chain, scenario: Scenario, pair: Pair) -> Sentence:
    a, b = pair.below, pair.above
    product = chain.network.nodes[int(chain.network.product[chain.processes.index(pair.process)])]
    amount_text = figure(planned_amount(chain, scenario, product), f"answer:{a.comparison}")
    name, route = short(chain.name(product)), chain.region.library.processes[pair.process].name
    low, high = (figure(same(share(x.value)), f"answer:{y.comparison}") for x, y in ((pair.low, a), (pair.high, b)))
    verdict = max((_pair_verdict(pair), a.verdict, b.verdict), key=RANK.__getitem__)
    if pair.gap > 0:
        sure = _pair_verdict(pair) is Verdict.BREAK
        by = Text("", "") if sure else Text("按标定系数，", "At the stated coefficients, ")
        text = Text(
            f"{by.zh}无论{route.zh}占多少，{amount_text.zh}{name.zh}不是缺{a.label.zh}就是缺{b.label.zh}："
            f"占比高于 {low.zh} 时{a.label.zh}不够，低于 {high.zh} 时{b.label.zh}不够。",
            capital(
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
        sharpness=2 * RANK[verdict] + 100 * pair.gap,
        answers=(a.comparison, b.comparison),
        sources=target_sources(chain, product) + a.sources + b.sources,
        mark=weakest([a.mark, b.mark]),
    )


def _where_now(chain: Chain, scenario: Scenario, pair: Pair) -> Text:
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


def _pair_verdict(pair: Pair) -> Verdict:
    """Break if even the favourable ends leave a gap, holds if even the unfavourable ones do not."""
    if pair.high.low > pair.low.high:
        return Verdict.BREAK
    return Verdict.HOLDS if pair.high.high <= pair.low.low else Verdict.AT_RISK


def _pair_under(chain: Chain, scenario: Scenario, pair: Pair) -> Text:
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
    return joined((*said, *sampled((pair.below, pair.above))))


def _window(chain: Chain, scenario: Scenario, process: str, below: str, above: str) -> tuple[float, float]:
    """Where `below` stops fitting and `above` starts fitting on the share, at stated coefficients."""
    order = [c.id for c in comparisons(chain)]
    i, k = order.index(below), order.index(above)
    zero = nominal_gaps(chain, moved(scenario, chain, process, 0.0))
    one = nominal_gaps(chain, moved(scenario, chain, process, 1.0))
    upto = zero[i] / (zero[i] - one[i]) if zero[i] != one[i] else float(zero[i] >= 0)
    start = zero[k] / (zero[k] - one[k]) if zero[k] != one[k] else float(zero[k] < 0)
    return min(max(upto, 0.0), 1.0), min(max(start, 0.0), 1.0)


def _even_with_recovery(chain: Chain, scenario: Scenario, pair: Pair) -> list[Text]:
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


def _fits_at_utilisation(chain: Chain, scenario: Scenario, pair: Pair) -> list[Text]:
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
