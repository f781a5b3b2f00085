"""Printed shares and per-land figures, recomputed from what they are a share of."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Text, weakest
from oreflow.core.quantity import Quantity, quantity, unit
from oreflow.core.region import Figure, Region

from .cells import Cell, Key, by_key, cell_of_figure, cell_of_target, figure_cells, pick, sources_of
from .numbers import Agreement, Range, agreement, around, in_unit, quotient
from .wording import amount_text, bounded, capital, indicator_name, joined, label, quantity_text
from .zeros import implied_by_nothing, of_nothing

SHARE = "-share"
PER_MU = "-per-mu"
# 亩均论英雄 grades turnover per mu either by revenue or by output: near, never the same
_TURNOVER = {"revenue": "output", "output": "revenue"}


def check_shares(region: Region) -> tuple[Finding, ...]:
    """A printed share agrees with part over whole, as far as the printed places can tell.

    The part is the figure of the same area and year whose indicator is that of the share without
    `-share`, or else that of the whole.
    """
    cells = by_key(figure_cells(region))
    findings = []
    for figure in _ratios(region, "%"):
        whole = _whole(region, figure)
        part = _part(figure, whole, cells)
        if whole is None or whole.quantity is None or part is None or part.quantity is None:
            continue
        findings.append(_judge_share(region, cell_of_figure(figure), part, whole))
    return tuple(findings)


def check_implied_totals(region: Region) -> tuple[Finding, ...]:
    """A whole that is not printed follows from each share of it: the routes must agree."""
    cells = by_key(figure_cells(region))
    routes: dict[str, list[tuple[Cell, Cell]]] = {}
    for figure in _ratios(region, "%"):
        whole = _whole(region, figure)
        part = _part(figure, whole, cells)
        if whole is None or whole.quantity is not None or part is None or part.quantity is None:
            continue
        routes.setdefault(whole.id, []).append((part, cell_of_figure(figure)))
    return tuple(
        _judge_implied(region, cell_of_figure(region.figures[whole]), pairs) for whole, pairs in sorted(routes.items())
    )


def check_per_land(region: Region) -> tuple[Finding, ...]:
    """A per-mu figure times its land gives a total: compare it with a printed one, or state it."""
    cells = by_key(figure_cells(region))
    findings = []
    for figure in sorted(region.figures.values(), key=lambda f: f.id):
        land = region.figures.get(figure.of)
        if figure.value is None or land is None or land.value is None or not _is_per_land(figure, land):
            continue
        findings.append(_judge_per_land(region, cell_of_figure(figure), cell_of_figure(land), cells))
    return tuple(findings)


def _ratios(region: Region, symbol: str) -> list[Figure]:
    return sorted(
        (f for f in region.figures.values() if f.of and f.value is not None and f.value.unit == unit(symbol)),
        key=lambda f: f.id,
    )


def _whole(region: Region, figure: Figure) -> Cell | None:
    if figure.of in region.figures:
        return cell_of_figure(region.figures[figure.of])
    return cell_of_target(region.targets[figure.of]) if figure.of in region.targets else None


def _part(figure: Figure, whole: Cell | None, cells: Mapping[Key, tuple[Cell, ...]]) -> Cell | None:
    if whole is None:
        return None
    own = figure.indicator.removesuffix(SHARE)
    names = [own, whole.indicator] if own != figure.indicator else [whole.indicator]
    if figure.indicator.endswith(f"{SHARE}-of-{whole.indicator}"):
        names.insert(0, figure.indicator.removesuffix(f"{SHARE}-of-{whole.indicator}"))
    for name in names:
        found = pick(cells, (figure.area, name, figure.year), figure.source.document)
        if found is not None:
            return found
    return None


def _possible(cell: Cell, symbol: str) -> Range:
    return around(cell.amount(symbol), cell.half(symbol))


def _judge_share(region: Region, share: Cell, part: Cell, whole: Cell) -> Finding:
    symbol = whole.quantity.unit.symbol if whole.quantity is not None else ""
    printed = share.amount("%")
    if not whole.amount(symbol):
        return of_nothing(region, "share", share, whole, (share, part, whole))
    computed = part.amount(symbol) / whole.amount(symbol) * 100
    ratio = quotient(_possible(part, symbol), _possible(whole, symbol)) or Range(computed, computed)
    same = part.id == whole.id
    possible = Range(computed, computed) if same else Range(ratio.low * 100, ratio.high * 100)
    verdict = agreement(printed, computed, possible, share.half("%"))
    title, detail = _share_words(region, share, part, whole, computed, verdict)
    return Finding(
        code=f"share.{share.id}",
        check="share",
        kind=FindingClass.ERROR if verdict is Agreement.NO else FindingClass.HOLDS,
        title=title,
        detail=detail,
        cells=(share.id, part.id, whole.id),
        sources=sources_of((share, part, whole)),
        found=printed,
        expected=computed,
        unit="%",
        mark=weakest(c.mark for c in (share, part, whole)),
    )


def _share_words(
    region: Region, share: Cell, part: Cell, whole: Cell, computed: Fraction, verdict: Agreement
) -> tuple[Text, Text]:
    what, printed = label(region, share), bounded(share)
    exact = amount_text(computed, (share, share), "%", with_unit=True, spare=1)
    above, below = bounded(part), bounded(whole)
    sum_ = Text(f"{above.zh} ÷ {below.zh} = {exact.zh}", f"{above.en} ÷ {below.en} = {exact.en}")
    if verdict is Agreement.NO:
        return (
            Text(
                f"{what.zh}印为 {printed.zh}，按数值应为 {exact.zh}。",
                f"{what.en} is printed as {printed.en}; by the figures it is {exact.en}.",
            ),
            Text(
                f"{sum_.zh}，差额超出取整所能造成的范围。请核对占比或数值。",
                f"{sum_.en}; rounding does not explain the gap. Check the share or the figures.",
            ),
        )
    more = (
        Text(
            "。与四舍五入结果相差不足末位一个单位（截尾，或为使各项合计 100% 而调整），不算错误",
            ". Less than one unit of the last place from the rounded value (cut off, or adjusted so "
            "that the column adds to 100%), which is no error",
        )
        if verdict is Agreement.TRUNCATED
        else Text("", "")
    )
    return (
        Text(f"{what.zh} {printed.zh} 与数值相符。", f"{what.en}, {printed.en}, agrees with the figures."),
        Text(f"{sum_.zh}{more.zh}。", f"{sum_.en}{more.en}."),
    )


def _judge_implied(region: Region, whole: Cell, pairs: list[tuple[Cell, Cell]]) -> Finding:
    """`pairs` are (part, share of the whole in %); the whole is in the unit of the parts."""
    named = pairs
    pairs = sorted((p for p in pairs if p[1].amount("%")), key=lambda p: (-p[0].amount(_symbol(p[0])), p[0].id))
    if not pairs:
        return implied_by_nothing(region, whole, named)
    symbol = _symbol(pairs[0][0])
    ranges = [quotient(_possible(part, symbol), _possible(share, "1")) for part, share in pairs]
    known = [r for r in ranges if r is not None]
    low, high = max((r.low for r in known), default=Fraction(0)), min((r.high for r in known), default=Fraction(0))
    best = pairs[0][0].amount(symbol) / pairs[0][1].amount("%") * 100
    kind = FindingClass.INFORMATION if len(pairs) == 1 else FindingClass.HOLDS if low <= high else FindingClass.CONFLICT
    cells = tuple(c for pair in pairs for c in pair)
    title, detail = _implied_words(region, whole, pairs, (low, high, best), kind)
    return Finding(
        code=f"implied.{whole.id}",
        check="implied",
        kind=kind,
        title=title,
        detail=detail,
        cells=(whole.id, *(c.id for c in cells)),
        sources=sources_of((whole, *cells)),
        expected=best,
        unit=symbol,
        mark=weakest(c.mark for c in cells),
    )


def _symbol(cell: Cell) -> str:
    return cell.quantity.unit.symbol if cell.quantity is not None else "1"


def _implied_words(
    region: Region,
    whole: Cell,
    pairs: list[tuple[Cell, Cell]],
    found: tuple[Fraction, Fraction, Fraction],
    kind: FindingClass,
) -> tuple[Text, Text]:
    low, high, best = found
    symbol, parts = _symbol(pairs[0][0]), tuple(p for p, _ in pairs)
    what, about = label(region, whole), amount_text(best, (pairs[0][1],) * 2, symbol, with_unit=True)
    rows = joined([_route_words(part, share, symbol) for part, share in pairs])
    if kind is FindingClass.CONFLICT:
        return (
            Text(
                f"{what.zh}未印出，由各占比反推的结果互相矛盾。",
                f"{what.en} is not printed, and the printed shares imply totals that contradict each other.",
            ),
            Text(
                f"{rows.zh}；考虑取整后仍无共同值。请核对占比。",
                f"{rows.en}; even with rounding they share no value. Check the shares.",
            ),
        )
    if kind is FindingClass.INFORMATION:
        return (
            Text(
                f"{what.zh}未印出，由占比反推约为 {about.zh}。",
                f"{what.en} is not printed; its share implies about {about.en}.",
            ),
            Text(f"{rows.zh}。只有一条途径，无从互相核对。", f"{rows.en}. One route only: nothing to check it by."),
        )
    ends = [amount_text(v, parts, symbol, with_unit=True) for v in (low, high)]
    count = len(pairs)
    return (
        Text(
            f"{what.zh}未印出，由 {count} 个占比反推的结果一致，约为 {about.zh}。",
            f"{what.en} is not printed; {count} shares imply one total, about {about.en}.",
        ),
        Text(
            f"{rows.zh}；考虑取整，共同区间为 {ends[0].zh}至 {ends[1].zh}。",
            f"{rows.en}; with rounding all allow {ends[0].en} to {ends[1].en}.",
        ),
    )


def _route_words(part: Cell, share: Cell, symbol: str) -> Text:
    total = amount_text(part.amount(symbol) / share.amount("%") * 100, (share,) * 2, symbol, with_unit=True)
    above, below = bounded(part), bounded(share)
    return Text(f"{above.zh} ÷ {below.zh} = {total.zh}", f"{above.en} ÷ {below.en} = {total.en}")


def _is_per_land(figure: Figure, land: Figure) -> bool:
    if figure.value is None or land.value is None:
        return False
    area = unit("亩").dimension
    return land.value.unit.dimension == area and bool(figure.value.unit.dimension.bases & area.bases)


def _judge_per_land(region: Region, rate: Cell, land: Cell, cells: Mapping[Key, tuple[Cell, ...]]) -> Finding:
    total = _product(rate, land)
    stem = rate.indicator.removesuffix(PER_MU)
    printed = pick(cells, (rate.area, stem, rate.year), rate.source.document)
    if printed is not None and printed.quantity is not None:
        return _per_land_against(region, rate, land, printed, same=True)
    sister = pick(cells, (rate.area, _TURNOVER.get(stem, ""), rate.year), rate.source.document)
    if sister is not None and sister.quantity is not None:
        return _per_land_against(region, rate, land, sister, same=False)
    what, shown = label(region, rate), quantity_text(total, 2)
    times = _times(rate, land)
    return Finding(
        code=f"per-land.{rate.id}",
        check="per-land",
        kind=FindingClass.INFORMATION,
        title=Text(
            f"{what.zh} {bounded(rate).zh}，按{_land_name(region, land).zh}反推总额约 {shown.zh}。",
            f"{what.en}, {bounded(rate).en}, implies a total of about {shown.en} over {_land_name(region, land).en}.",
        ),
        detail=Text(
            f"{times.zh} = {shown.zh}。规划未印总额，也未说明评价所用土地口径，只作参考。",
            f"{times.en} = {shown.en}. The plan prints no total and does not say which land it uses.",
        ),
        cells=(rate.id, land.id),
        sources=sources_of((rate, land)),
        expected=total.value,
        unit=total.unit.symbol,
        mark=weakest(c.mark for c in (rate, land)),
    )


def _product(rate: Cell, land: Cell) -> Quantity:
    if rate.quantity is None or land.quantity is None:
        raise ValueError(f"{rate.id}: no value is printed")
    return (quantity(rate.quantity.value, rate.quantity.unit) * quantity(land.amount("亩"), "亩")).to("亿元")


def _land_name(region: Region, land: Cell) -> Text:
    return indicator_name(region, land.indicator, None)


def _times(rate: Cell, land: Cell) -> Text:
    mu = quantity_text(quantity(land.amount("亩"), "亩"), 0)
    return Text(
        f"{bounded(rate).zh} × {bounded(land).zh}（{mu.zh}）", f"{bounded(rate).en} × {bounded(land).en} ({mu.en})"
    )


def _per_land_against(region: Region, rate: Cell, land: Cell, total: Cell, *, same: bool) -> Finding:
    symbol = _symbol(rate)
    if not land.amount("亩"):
        return of_nothing(region, "per-land", rate, land, (rate, land, total))
    computed = in_unit(quantity(total.amount("万元") / land.amount("亩"), "万元/亩"), symbol)
    printed = rate.amount(symbol)
    above, below = _possible(total, "万元"), _possible(land, "亩")
    ratio = quotient(above, below) or Range(computed, computed)
    scale = in_unit(quantity(1, "万元/亩"), symbol)
    verdict = agreement(printed, computed, Range(ratio.low * scale, ratio.high * scale), rate.half(symbol))
    kind = FindingClass.HOLDS
    if not same:
        kind = FindingClass.INFORMATION
    elif verdict is Agreement.NO:
        kind = FindingClass.ERROR
    shown = amount_text(computed, (rate,) * 2, symbol, with_unit=True)
    what, other = label(region, rate), indicator_name(region, total.indicator, total.quantity)
    why = (
        Text("", "")
        if same
        else Text(
            f"{other.zh}与营业收入不是同一口径，土地口径也可能不同，差异不算错误",
            f"{capital(other.en)} is not revenue, and the land may differ too: the gap is no error",
        )
    )
    end = Text(f"。{why.zh}。", f". {why.en}.") if why.zh else Text("。", ".")
    return Finding(
        code=f"per-land.{rate.id}",
        check="per-land",
        kind=kind,
        title=Text(
            f"{what.zh}印为 {bounded(rate).zh}，按{other.zh}与{_land_name(region, land).zh}计为 {shown.zh}。",
            f"{what.en} is printed as {bounded(rate).en}; {other.en} over {_land_name(region, land).en} "
            f"gives {shown.en}.",
        ),
        detail=Text(
            f"{bounded(total).zh} ÷ {bounded(land).zh} = {shown.zh}{end.zh}",
            f"{bounded(total).en} ÷ {bounded(land).en} = {shown.en}{end.en}",
        ),
        cells=(rate.id, land.id, total.id),
        sources=sources_of((rate, land, total)),
        found=printed,
        expected=computed,
        unit=symbol,
        mark=weakest(c.mark for c in (rate, land, total)),
    )
