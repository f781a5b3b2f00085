"""Printed growth rates, recomputed from printed levels."""

from __future__ import annotations

from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Text, weakest
from oreflow.core.region import Figure, Form, Region

from .cells import Cell, by_key, cell_of_figure, figure_cells, pick, sources_of
from .numbers import Agreement, Range, agreement, around, quotient
from .wording import amount_text, bounded, capital, indicator_name, label_of_target, quantity_text
from .zeros import of_nothing

GROWTH = "-growth"


def check_growth(region: Region) -> tuple[Finding, ...]:
    """A printed growth since a year agrees with the two printed levels, rounding considered.

    The level is the figure of the same area whose indicator is that of the growth without
    `-growth`. Growth at constant prices says nothing about nominal levels and is left alone.
    """
    cells = by_key(figure_cells(region))
    findings = []
    for figure in sorted(region.figures.values(), key=lambda f: f.id):
        if figure.since is None or figure.value is None or not figure.indicator.endswith(GROWTH):
            continue
        level = figure.indicator.removesuffix(GROWTH)
        first = pick(cells, (figure.area, level, figure.since), figure.source.document)
        last = pick(cells, (figure.area, level, figure.year), figure.source.document)
        if region.indicators[figure.indicator].prices == "constant":
            findings.append(_left_alone(region, figure))
        elif first is not None and last is not None and first.is_exact and last.is_exact:
            findings.append(_judge_growth(region, cell_of_figure(figure), first, last))
    return tuple(findings)


def check_constant_prices(region: Region) -> tuple[Finding, ...]:
    """Growth targets at constant prices are stated, not recomputed from levels at current prices."""
    return tuple(
        Finding(
            code=f"constant-prices.{target.id}",
            check="constant-prices",
            kind=FindingClass.INFORMATION,
            title=Text(
                f"{label_of_target(region, target).zh} {quantity_text(target.value, target.places).zh}，按可比价格计。",
                f"{label_of_target(region, target).en}, {quantity_text(target.value, target.places).en}, "
                "is at comparable prices.",
            ),
            detail=_CONSTANT,
            cells=(target.id,),
            sources=(target.source,),
            found=target.value.value_in("%"),
            unit="%",
        )
        for target in sorted(region.targets.values(), key=lambda t: t.id)
        if target.form is Form.AVERAGE_GROWTH
        and target.value is not None
        and region.indicators[target.indicator].prices == "constant"
    )


_CONSTANT = Text(
    "增加值增长率剔除价格变动，不能用现价总量相除重算；考核须用统计部门的可比价增速。",
    "Growth of value added leaves price changes out, so nominal totals cannot reproduce it; "
    "assess it by the statistics office's growth at comparable prices.",
)


def _left_alone(region: Region, figure: Figure) -> Finding:
    cell = cell_of_figure(figure)
    what = region.indicators[figure.indicator].name
    return Finding(
        code=f"growth.{figure.id}",
        check="growth",
        kind=FindingClass.INFORMATION,
        title=Text(f"{what.zh} {bounded(cell).zh}，按可比价格计，不重算。",
                   f"{capital(what.en)}, {bounded(cell).en}, is at comparable prices and not recomputed."),
        detail=_CONSTANT,
        cells=(figure.id,),
        sources=(figure.source,),
        found=cell.amount("%"),
        unit="%",
        mark=figure.mark,
    )  # fmt: skip


def _judge_growth(region: Region, rate: Cell, first: Cell, last: Cell) -> Finding:
    symbol = last.quantity.unit.symbol if last.quantity is not None else ""
    if not first.amount(symbol):
        return of_nothing(region, "growth", rate, first, (rate, first, last))
    computed = (last.amount(symbol) / first.amount(symbol) - 1) * 100
    ratio = quotient(_possible(last, symbol), _possible(first, symbol))
    possible = Range((ratio.low - 1) * 100, (ratio.high - 1) * 100) if ratio else Range(computed, computed)
    printed = rate.amount("%")
    verdict = agreement(printed, computed, possible, rate.half("%"))
    title, detail = _words(region, rate, first, last, computed, verdict)
    return Finding(
        code=f"growth.{rate.id}",
        check="growth",
        kind=FindingClass.ERROR if verdict is Agreement.NO else FindingClass.HOLDS,
        title=title,
        detail=detail,
        cells=(rate.id, first.id, last.id),
        sources=sources_of((rate, first, last)),
        found=printed,
        expected=computed,
        unit="%",
        mark=weakest(c.mark for c in (rate, first, last)),
    )


def _possible(cell: Cell, symbol: str) -> Range:
    return around(cell.amount(symbol), cell.half(symbol))


def _words(
    region: Region, rate: Cell, first: Cell, last: Cell, computed: Fraction, verdict: Agreement
) -> tuple[Text, Text]:
    what = indicator_name(region, last.indicator, last.quantity)
    years = f"{first.year}—{last.year}", f"{first.year}–{last.year}"
    spare = 0 if rate.places else 1
    exact, printed = amount_text(computed, (rate, rate), "%", with_unit=True, spare=spare), bounded(rate)
    symbol = last.quantity.unit.symbol if last.quantity is not None else ""
    start, end = amount_text(first.amount(symbol), (first,), symbol), bounded(last)
    levels = Text(f"{start.zh}→{end.zh}", f"{start.en} → {end.en}")
    subject = Text(f"{what.zh} {years[0]} 年增长率", capital(f"growth of {what.en} in {years[1]}"))
    if verdict is Agreement.NO:
        gap = amount_text(abs(rate.amount("%") - computed), (rate, rate), "百分点", with_unit=True, spare=spare)
        return (
            Text(
                f"{subject.zh}印为 {printed.zh}，按 {levels.zh}应为 {exact.zh}。",
                f"{subject.en} is printed as {printed.en}; from {levels.en} it is {exact.en}.",
            ),
            Text(
                f"相差 {gap.zh}，超出两端数值取整所能造成的范围。请核对增长率或两端数值。",
                f"A gap of {gap.en}, more than the rounding of both levels can cause. Check the rate or the levels.",
            ),
        )
    detail = {
        Agreement.ROUNDED: Text(
            "差异在两端数值与增长率各自取整的范围内。", "The gap lies within the rounding of levels and rate."
        ),
        Agreement.TRUNCATED: Text(
            "与四舍五入结果相差不足末位一个单位（截尾），不算错误。",
            "Less than one unit of the last place from the rounded value (cut off), which is no error.",
        ),
    }.get(verdict, Text("与重算结果完全一致。", "It equals the recomputed value."))
    return (
        Text(
            f"{subject.zh} {printed.zh} 与 {levels.zh}相符。",
            f"{subject.en}, {printed.en}, agrees with {levels.en}.",
        ),
        Text(f"重算为 {exact.zh}。{detail.zh}", f"Recomputed: {exact.en}. {detail.en}"),
    )
