"""The first page's sentences: what of the year's plan fits and what does not, the sharpest first."""

from __future__ import annotations

from dataclasses import replace

from oreflow.core.provenance import Text
from oreflow.core.region import Comparison

from .chain import UTILISATION, Chain, at, is_capacity, purchases
from .comparison import comparisons
from .model import Answer, Scenario, Sentence, Verdict
from .pairs import pair_sentence, sharpest_pair
from .requirements import short
from .solve import solve
from .states import Solution
from .telling import RANK, amount_of, capital, driver, driver_sources, same, sampled, shortage
from .wording import amount, figure, joined, share, spaced, with_range

SENTENCES = 5


def sentences(chain: Chain, scenario: Scenario, answers: tuple[Answer, ...]) -> tuple[Sentence, ...]:
    """At most five sentences, sorted by sharpness.

    Two comparisons that pull one route share in opposite directions are told in one sentence. Which
    comparisons speak is the region's choice: the first ones of its table.
    """
    by_id = {a.comparison: a for a in answers}
    pair = sharpest_pair(chain, by_id)
    out = [pair_sentence(chain, scenario, pair)] if pair else []
    told = {pair.below.comparison, pair.above.comparison} if pair else set()
    for c in comparisons(chain):
        if c.id not in told and len(out) < SENTENCES:
            out.append(_single(chain, scenario, c, by_id[c.id]))
    told_well = [
        replace(s, text=Text(spaced(s.text.zh), s.text.en), under=Text(spaced(s.under.zh), s.under.en)) for s in out
    ]
    return tuple(sorted(told_well, key=lambda s: -s.sharpness))


def _single(chain: Chain, scenario: Scenario, c: Comparison, answer: Answer) -> Sentence:
    solution = solve(at(chain, scenario))
    key = f"answer:{c.id}"
    if c.required == "stated":
        text = _arising_text(chain, scenario, solution, answer, key)
    elif c.available == "arising":
        text = _by_product_text(chain, scenario, solution, answer, key)
    else:
        text = _stated_text(chain, solution, answer, key)
    size = max(abs(answer.required.value), abs(answer.available.value), 1.0)
    worst = {Verdict.BREAK: answer.gap.value, Verdict.AT_RISK: answer.gap.low, Verdict.HOLDS: answer.gap.low}
    sources = answer.sources or driver_sources(chain, solution, answer)
    return Sentence(
        verdict=answer.verdict,
        text=text,
        under=_single_under(chain, answer),
        sharpness=RANK[answer.verdict] - 50 * worst[answer.verdict] / size,
        answers=(c.id,),
        sources=sources,
        mark=answer.mark,
    )


def _stated_text(chain: Chain, solution: Solution, answer: Answer, key: str) -> Text:
    beside = answer.required.value or answer.available.value
    need = figure(with_range(answer.required, answer.unit), key)
    have = figure(amount(answer.available.value, answer.unit), key)
    missing = figure(amount(-answer.gap.value, answer.unit, like=beside), key)
    worst = figure(amount(-answer.gap.low, answer.unit, like=beside), key)
    target = chain.region.targets[answer.target]
    kind = Text("产能", "capacity") if is_capacity(target) else Text("产量", "output")
    if solution.supplied[chain.node(answer.material)] > 0:
        asked = Text(
            f"{answer.label.zh}除内部循环和副产外还要补充 {need.zh}",
            f"{capital(answer.label.en)} beyond what comes back inside: {need.en} needed",
        )
    else:
        asked = Text(f"{answer.label.zh}需要 {need.zh}", f"{capital(answer.label.en)}: {need.en} needed")
    head = Text(f"{asked.zh}，目标{kind.zh} {have.zh}", f"{asked.en}, target {kind.en} {have.en}")
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
    left = figure(same(share(answer.gap.value / answer.available.value)), key)
    return Text(f"{head.zh}，余 {left.zh}。", f"{head.en}: {left.en} to spare.")


def _by_product_text(chain: Chain, scenario: Scenario, solution: Solution, answer: Answer, key: str) -> Text:
    have = figure(with_range(answer.available, answer.unit), key)
    need = figure(with_range(answer.required, answer.unit), key)
    user = driver(chain, solution, answer.material, arising=False)
    used, product = amount_of(chain, scenario, user), short(chain.name(chain.network.nodes[user]))
    bought = purchases(chain.region, scenario).get(answer.material, 0.0) > 0
    if solution.arising[chain.node(answer.material)] > 0:
        maker = amount_of(chain, scenario, driver(chain, solution, answer.material, arising=True))
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
    middle = Text(f"{head.zh}，{used.zh}要 {need.zh}", f"{capital(head.en)}; {used.en} needs {need.en}")
    if answer.gap.value < 0:
        missing = figure(with_range(shortage(answer.gap), answer.unit), key)
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
    made = amount_of(chain, scenario, driver(chain, solution, answer.material, arising=True))
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
    return joined((*said, *sampled((answer,))))
