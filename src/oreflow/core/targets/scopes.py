"""The same indicator in two documents, or in an area and one inside it."""

from __future__ import annotations

from itertools import combinations

from oreflow.core.provenance import Finding, FindingClass, Text, weakest
from oreflow.core.quantity import Quantity
from oreflow.core.region import Region

from .cells import Cell, areas_around, by_key, figure_cells, sources_of, target_cells
from .numbers import around, basis_word, same_basis
from .wording import area_name, bounded, capital, indicator_name, joined, label, quantity_text


def check_rates_across(region: Region) -> tuple[Finding, ...]:
    """Rates of an area and of one inside it, printed by two documents: scope must be stated.

    A rate of a part may lie on either side of the rate of the whole, so two printed rates neither
    agree nor contradict each other until both say what they cover.
    """
    series: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(figure_cells(region), key=lambda c: (c.year, c.id)):
        if cell.quantity is not None and not region.indicators[cell.indicator].additive:
            series.setdefault((cell.indicator, cell.area), []).append(cell)
    findings = []
    for left, right in combinations(sorted(series), 2):
        if left[0] != right[0]:
            continue
        outer, inner = (left, right) if left[1] in areas_around(region, right[1]) else (right, left)
        if outer[1] not in areas_around(region, inner[1]):
            continue
        wide, narrow = series[outer], series[inner]
        if {c.source.document for c in wide} != {c.source.document for c in narrow}:
            findings.append(_across(region, wide, narrow))
    return tuple(findings)


def check_repeated(region: Region) -> tuple[Finding, ...]:
    """One place, indicator and year printed by two documents: the values must be the same."""
    return tuple(
        _judge_repeated(region, first, second)
        for cells in (by_key(figure_cells(region)), by_key(target_cells(region)))
        for same in cells.values()
        for first, second in combinations(same, 2)
        if first.source.document != second.source.document
        and first.quantity is not None
        and second.quantity is not None
    )


def check_inside(region: Region) -> tuple[Finding, ...]:
    """A target of an area beside the actual value, in the target's year, of an area inside it."""
    findings = []
    for target in sorted(target_cells(region), key=lambda c: c.id):
        for actual in sorted(figure_cells(region), key=lambda c: c.id):
            if (actual.indicator, actual.year) != (target.indicator, target.year) or actual.quantity is None:
                continue
            if target.area in areas_around(region, actual.area):
                findings.append(_inside(region, target, actual))
    return tuple(findings)


def check_figures_inside(region: Region) -> tuple[Finding, ...]:
    """Actual values of an area and of one inside it: a part of the same basis cannot exceed the whole."""
    findings = []
    listed = {(p.whole_area, p.whole_indicator, p.part_area, p.part_indicator) for p in region.parts}
    cells = [c for c in sorted(figure_cells(region), key=lambda c: c.id) if c.quantity is not None]
    for whole in cells:
        for part in cells:
            if (whole.indicator, whole.year) != (part.indicator, part.year):
                continue
            if not region.indicators[whole.indicator].additive or whole.is_share or part.is_share:
                continue
            known = (whole.area, whole.indicator, part.area, part.indicator) in listed
            if not known and whole.area in areas_around(region, part.area):
                findings.extend(_figure_inside(region, whole, part))
    return tuple(findings)


def _across(region: Region, wide: list[Cell], narrow: list[Cell]) -> Finding:
    what = region.indicators[wide[0].indicator].name
    rows = [Text(f"{area_name(region, c).zh} {c.year} 年 {bounded(c).zh}",
                 f"{area_name(region, c).en} {c.year}: {bounded(c).en}") for c in (*wide, *narrow)]  # fmt: skip
    listed = joined(rows)
    cells = (*wide, *narrow)
    outer, inner = area_name(region, wide[0]), area_name(region, narrow[0])
    return Finding(
        code=f"across.{wide[0].indicator}.{wide[0].area}.{narrow[0].area}",
        check="across",
        kind=FindingClass.SCOPE,
        title=Text(
            f"{what.zh}：两份文件分别说{outer.zh}与{inner.zh}，口径不同。",
            capital(f"{what.en}: two documents speak of {outer.en} and of {inner.en}, a difference of scope."),
        ),
        detail=Text(
            f"{listed.zh}。{inner.zh}是{outer.zh}的一部分，计算方法也可能不同；"
            "注明资源范围与算法以前，不能说提高或降低。",
            f"{listed.en}. {capital(inner.en)} is a part of {outer.en}, and the method may differ: "
            "until both state it, neither a rise nor a fall can be claimed.",
        ),
        cells=tuple(c.id for c in cells),
        sources=sources_of(cells),
        found=narrow[-1].amount("%") if _is_rate(narrow[-1]) else None,
        expected=wide[-1].amount("%") if _is_rate(wide[-1]) else None,
        unit="%" if _is_rate(wide[-1]) else "",
        mark=weakest(c.mark for c in cells),
    )


def _is_rate(cell: Cell) -> bool:
    return cell.quantity is not None and cell.quantity.unit.dimension.is_number


def _judge_repeated(region: Region, first: Cell, second: Cell) -> Finding:
    what = label(region, first)
    symbol = first.quantity.unit.symbol if first.quantity is not None else ""
    rows = [Text(f"{region.documents[c.source.document].title.zh}印为 {bounded(c).zh}",
                 f"{region.documents[c.source.document].title.en}: {bounded(c).en}")
            for c in (first, second)]  # fmt: skip
    listed = joined(rows)
    left = around(first.amount(symbol), first.half(symbol))
    right = around(second.amount(symbol), second.half(symbol))
    if not same_basis(first.quantity, second.quantity):
        kind, zh, en = FindingClass.SCOPE, "两份文件的口径不同", "two documents use different bases"
    elif left.meets(right):
        kind, zh, en = FindingClass.HOLDS, "两份文件一致", "two documents agree"
    else:
        kind, zh, en = FindingClass.CONFLICT, "两份文件互相矛盾", "two documents contradict each other"
    return Finding(
        code=f"repeated.{first.id}.{second.id}",
        check="repeated",
        kind=kind,
        title=Text(f"{what.zh}：{zh}。", f"{what.en}: {en}."),
        detail=Text(f"{listed.zh}。", f"{listed.en}."),
        cells=(first.id, second.id),
        sources=sources_of((first, second)),
        found=first.amount(symbol),
        expected=second.amount(symbol),
        unit=symbol,
        mark=weakest((first.mark, second.mark)),
    )


def _inside(region: Region, target: Cell, actual: Cell) -> Finding:
    symbol = target.quantity.unit.symbol if target.quantity is not None else ""
    goal, reached = target.amount(symbol), actual.amount(symbol)
    additive = region.indicators[target.indicator].additive
    alike = same_basis(target.quantity, actual.quantity)
    over = additive and alike and target.is_upper_bound and reached - actual.half(symbol) > goal
    kind = FindingClass.CONFLICT if over else FindingClass.INFORMATION if additive else FindingClass.SCOPE
    what, inner = label(region, target), area_name(region, actual)
    detail = _inside_words(region, target, actual, additive)
    shown = bounded(target), bounded(actual)
    return Finding(
        code=f"inside.{target.id}.{actual.area}",
        check="inside",
        kind=kind,
        title=Text(
            f"{what.zh} {shown[0].zh}，其中{inner.zh}当年实际 {shown[1].zh}。",
            f"{what.en}, {shown[0].en}; actual of {inner.en} in that year: {shown[1].en}.",
        ),
        detail=detail,
        cells=(target.id, actual.id),
        sources=sources_of((target, actual)),
        found=goal,
        expected=reached,
        unit=symbol,
        mark=actual.mark,
    )


def _inside_words(region: Region, target: Cell, actual: Cell, additive: bool) -> Text:
    symbol = target.quantity.unit.symbol if target.quantity is not None else ""
    goal, reached = target.amount(symbol), actual.amount(symbol)
    outer, inner = area_name(region, target), area_name(region, actual)
    zh, en = "", ""
    if additive and goal:
        share = quantity_text(Quantity(reached / goal * 100), 0)
        short = quantity_text(Quantity((goal - reached) / goal * 100), 0)
        zh, en = f"相当于目标的 {share.zh}%", f"That is {share.en}% of the target"
        if reached < goal and not target.is_upper_bound:
            zh += f"；若{outer.zh}只有{inner.zh}生产，则差 {short.zh}%"
            en += f"; if nobody else in {outer.en} made any, it would be {short.en}% short"
    before, after = basis_word(target.quantity), basis_word(actual.quantity)
    if not same_basis(target.quantity, actual.quantity):
        zh += f"；目标为{before.zh or '未注明口径'}，实际为{after.zh or '未注明口径'}"
        en += f"; the target is {before.en or 'on no stated basis'}, the actual {after.en or 'on none'}"
    zh += f"；{inner.zh}只是{outer.zh}的一部分，不能据此评定完成与否"
    en += f"; {inner.en} is only a part of {outer.en}, so this does not decide whether it was met"
    return Text(f"{zh.lstrip('；')}。", f"{capital(en.removeprefix('; '))}.")


def _figure_inside(region: Region, whole: Cell, part: Cell) -> list[Finding]:
    symbol = whole.quantity.unit.symbol if whole.quantity is not None else ""
    total, inside = whole.amount(symbol), part.amount(symbol)
    alike = same_basis(whole.quantity, part.quantity)
    over = inside - part.half(symbol) > total + whole.half(symbol)
    if alike and not over:
        return []
    what, where = indicator_name(region, whole.indicator, None), area_name(region, part)
    rows = joined([Text(f"{label(region, c).zh} {bounded(c).zh}", f"{label(region, c).en}: {bounded(c).en}")
                   for c in (whole, part)])  # fmt: skip
    title = (
        Text(f"{where.zh} {part.year} 年{what.zh}大于所在的{area_name(region, whole).zh}。",
             capital(f"{what.en} of {where.en} in {part.year} exceeds that of {area_name(region, whole).en}."))
        if alike
        else Text(f"{what.zh}：{area_name(region, whole).zh}与{where.zh} {part.year} 年数值口径不同，不能比较。",
                  capital(f"{what.en}: the {part.year} values of {area_name(region, whole).en} and {where.en} "
                          "are on different bases and cannot be compared."))
    )  # fmt: skip
    return [
        Finding(
            code=f"figures-inside.{whole.id}.{part.area}",
            check="figures-inside",
            kind=FindingClass.ERROR if alike else FindingClass.SCOPE,
            title=title,
            detail=Text(f"{rows.zh}。", f"{rows.en}."),
            cells=(whole.id, part.id),
            sources=sources_of((whole, part)),
            found=inside,
            expected=total,
            unit=symbol,
            mark=weakest((whole.mark, part.mark)),
        )
    ]
