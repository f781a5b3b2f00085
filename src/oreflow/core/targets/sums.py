"""Partitions: do printed parts make up the printed whole, and do caps nest?"""

from __future__ import annotations

from oreflow.core.provenance import Finding, FindingClass, Source, Text, weakest
from oreflow.core.quantity import QuantityError
from oreflow.core.region import Comparator, Region

from .cells import Key, sources_of
from .numbers import Range, around, basis_word, same_basis
from .partitions import Addition, additions
from .wording import amount_text, area_name, bounded, joined, label, name_of


def check_sums(region: Region) -> tuple[Finding, ...]:
    """Printed parts add to the printed whole, within half a unit of each printed last place."""
    return tuple(_judge_sum(region, a) for a in additions(region, "sum") if _is_additive(region, a))


def check_caps(region: Region) -> tuple[Finding, ...]:
    """Parts stay inside the whole: a province's cap within the nation's, a park within its city."""
    return tuple(_judge_cap(region, a) for a in additions(region, "cap"))


def check_means(region: Region) -> tuple[Finding, ...]:
    """A rate of a whole is a weighted mean: it lies between the rates of its parts, same basis given."""
    return tuple(_judge_mean(region, a) for a in additions(region, "sum") if not _is_additive(region, a))


def _is_additive(region: Region, addition: Addition) -> bool:
    return region.indicators[addition.whole.indicator].additive


def _comparable(addition: Addition) -> bool:
    try:
        values = [c.quantity for c in addition.cells if c.quantity is not None]
        for cell in addition.parts:
            if cell.quantity is not None:
                cell.amount(addition.unit)
    except QuantityError:
        return False
    return all(same_basis(values[0], q) for q in values)


def _judge_sum(region: Region, a: Addition) -> Finding:
    if not _comparable(a):
        return _other_basis(region, a, "sum")
    if a.missing:
        return _incomplete(region, a)
    if any(c.comparator in (Comparator.AT_MOST, Comparator.LESS) for c in a.parts):
        return _judge_cap(region, a)
    gap, tolerance = a.total - a.whole.amount(a.unit), a.tolerance
    if abs(gap) <= tolerance:
        return _adds_up(region, a)
    if a.whole.is_lower_bound and gap > 0:
        return _over_headline(region, a) if a.whole.is_target else _adds_up(region, a)
    if a.whole.is_lower_bound:
        return _under_headline(region, a)
    if a.whole.is_upper_bound:
        return _judge_cap(region, a)
    if gap < 0 and all(c.is_lower_bound for c in a.parts):
        return _adds_up(region, a)
    return _does_not_add_up(region, a)


def _finding(a: Addition, check: str, kind: FindingClass, title: Text, detail: Text) -> Finding:
    return Finding(
        code=f"{check}.{a.code}",
        check=check,
        kind=kind,
        title=title,
        detail=detail,
        cells=tuple(c.id for c in a.cells),
        sources=_sources(a),
        found=a.whole.amount(a.unit),
        expected=a.total,
        unit=a.unit,
        mark=weakest(c.mark for c in a.cells),
    )


def _sources(a: Addition) -> tuple[Source, ...]:
    return sources_of(a.cells)


def _figures(region: Region, a: Addition) -> Text:
    """`985.5 + 178.9 + … = 1922.2`, with the dashes explained."""
    shown = [c for c in a.parts if c.quantity is not None]
    dashes = [c for c in a.parts if c.quantity is None]
    total = amount_text(a.total, a.cells, a.unit, with_unit=True)
    terms = [amount_text(c.amount(a.unit), (c,), a.unit) for c in shown]
    zh, en = " + ".join(t.zh for t in terms), " + ".join(t.en for t in terms)
    if len(terms) > 1:
        zh, en = f"{zh} = {total.zh}", f"{en} = {total.en}"
    else:
        zh, en = total.zh, total.en
    for dash in dashes:
        held = region.areas[dash.included_in].name
        zh += f"（{name_of(region, dash).zh}印为“—”，含在{held.zh}内）"
        en += f" ({name_of(region, dash).en} is printed as a dash and counted in {held.en})"
    return Text(zh, en)


def _gap(a: Addition) -> Text:
    return amount_text(abs(a.total - a.whole.amount(a.unit)), a.cells, a.unit, with_unit=True)


def _adds_up(region: Region, a: Addition) -> Finding:
    what, sum_, gap = label(region, a.whole), _figures(region, a), _gap(a)
    printed = bounded(a.whole)
    exact = a.total == a.whole.amount(a.unit) or not a.whole.is_exact
    shares = all(c.is_share for c in a.parts)
    allowed = amount_text(a.tolerance, a.cells, a.unit, with_unit=True, spare=1)
    zh = f"{sum_.zh}，印为 {printed.zh}"
    en = f"{sum_.en}, printed {printed.en}"
    if not exact:
        zh += f"，差 {gap.zh}，在四舍五入可能造成的 {allowed.zh} 以内"
        en += f"; the gap of {gap.en} is within the {allowed.en} that rounding may cause"
    if shares:
        zh += "。占比各自取整，合计不是独立的核对，另按数值逐项重算"
        en += ". Shares are rounded one by one, so their sum is no check of its own; each is recomputed"
    return _finding(
        a,
        "sum",
        FindingClass.INFORMATION if shares else FindingClass.HOLDS,
        Text(f"{what.zh}：各部分之和与合计一致。", f"{what.en}: the parts add to the whole."),
        Text(f"{zh}。", f"{en}."),
    )


def _does_not_add_up(region: Region, a: Addition) -> Finding:
    what, sum_, gap, printed = label(region, a.whole), _figures(region, a), _gap(a), bounded(a.whole)
    allowed = amount_text(a.tolerance, a.cells, a.unit, with_unit=True, spare=1)
    rounding = (
        Text(f"四舍五入最多只能造成 {allowed.zh} 的差", f"rounding explains at most {allowed.en}")
        if a.tolerance
        else Text("这些数值没有取整的余地", "these values leave no room for rounding")
    )
    kind = FindingClass.CONFLICT if a.whole.is_target else FindingClass.ERROR
    sign = ("多", "above") if a.total > a.whole.amount(a.unit) else ("少", "below")
    return _finding(
        a,
        "sum",
        kind,
        Text(
            f"{what.zh}印为 {printed.zh}，各部分之和比它{sign[0]} {gap.zh}。",
            f"{what.en} is printed as {printed.en}; its parts add to {gap.en} {sign[1]} it.",
        ),
        Text(
            f"{sum_.zh}；{rounding.zh}。请核对合计与各部分。",
            f"{sum_.en}; {rounding.en}. Check the whole and its parts.",
        ),
    )


def _over_headline(region: Region, a: Addition) -> Finding:
    what, sum_, gap, printed = label(region, a.whole), _figures(region, a), _gap(a), bounded(a.whole)
    total = amount_text(a.total, a.cells, a.unit, with_unit=True)
    return _finding(
        a,
        "headline",
        FindingClass.OVERSHOOT,
        Text(
            f"{what.zh}为 {printed.zh}，分项目标合计 {total.zh}，超出 {gap.zh}。",
            f"{what.en}: {printed.en}; the parts' targets add to {total.en}, {gap.en} more.",
        ),
        Text(
            f"{sum_.zh}。总目标是下限，分项合计高于它并不矛盾；考核时须说明以哪一个为准。",
            f"{sum_.en}. The headline is a floor, so this is no contradiction; say which of the two is assessed.",
        ),
    )


def _under_headline(region: Region, a: Addition) -> Finding:
    what, sum_, gap, printed = label(region, a.whole), _figures(region, a), _gap(a), bounded(a.whole)
    total = amount_text(a.total, a.cells, a.unit, with_unit=True)
    return _finding(
        a,
        "headline",
        FindingClass.CONFLICT if a.whole.is_target else FindingClass.ERROR,
        Text(
            f"{what.zh}要求 {printed.zh}，各部分合计只有 {total.zh}，差 {gap.zh}。",
            f"{what.en} calls for {printed.en}, its parts add to {total.en} only, {gap.en} short.",
        ),
        Text(
            f"{sum_.zh}。各部分都完成，总目标仍不能完成：须提高分项或下调总目标。",
            f"{sum_.en}. Meeting every part would still miss the whole: raise the parts or lower the whole.",
        ),
    )


def _incomplete(region: Region, a: Addition) -> Finding:
    what, sum_ = label(region, a.whole), _figures(region, a)
    missing = joined([_key_name(region, k) for k in a.missing])
    return _finding(
        a,
        "sum",
        FindingClass.INFORMATION,
        Text(
            f"{what.zh}：缺少{missing.zh}，不能相加核对。",
            f"{what.en}: {missing.en} missing, so the sum cannot be checked.",
        ),
        Text(
            f"已有部分：{sum_.zh}；合计印为 {bounded(a.whole).zh}。补上缺项，或注明它含在哪一个地区的数值内。",
            f"Parts at hand: {sum_.en}; the whole is printed as {bounded(a.whole).en}. Add what is missing, "
            "or state which area's value includes it.",
        ),
    )


def _key_name(region: Region, key: Key) -> Text:
    area, indicator = region.areas[key[0]].name, region.indicators[key[1]].name
    return Text(f"{area.zh}{indicator.zh}", f"{indicator.en}, {area.en}")


def _judge_cap(region: Region, a: Addition) -> Finding:
    if not _comparable(a):
        return _other_basis(region, a, "nesting")
    whole, total = a.whole.amount(a.unit), a.total
    strict = a.whole.comparator is Comparator.LESS and any(c.comparator is not Comparator.LESS for c in a.parts)
    over = total - whole > a.tolerance or (strict and total == whole)
    if over and not a.whole.is_lower_bound:
        return _beyond_cap(region, a)
    title = _inside_words(region, a)
    sum_, printed = _figures(region, a), bounded(a.whole)
    return _finding(
        a,
        "nesting",
        FindingClass.INFORMATION,
        title,
        Text(
            f"部分 {sum_.zh}，整体印为 {printed.zh}。只核对是否超出；其余部分未列。",
            f"Part {sum_.en}, whole printed {printed.en}. Only the limit is checked; the other parts are not listed.",
        ),
    )


def _inside_words(region: Region, a: Addition) -> Text:
    what, names = label(region, a.whole), joined([area_name(region, c) for c in a.parts])
    whole = a.whole.amount(a.unit)
    if a.total > whole:
        return Text(
            f"{what.zh}：{names.zh}与总数之差在取整范围内。",
            f"{what.en}: {names.en} exceed the whole by no more than rounding.",
        )
    share = amount_text(a.total / whole * 100, (), "%", with_unit=True, spare=1) if whole else Text("0%", "0%")
    return Text(
        f"{what.zh}：{names.zh}在总数之内，占 {share.zh}。",
        f"{what.en}: {names.en} within the whole, {share.en} of it.",
    )


def _beyond_cap(region: Region, a: Addition) -> Finding:
    what, sum_, gap, printed = label(region, a.whole), _figures(region, a), _gap(a), bounded(a.whole)
    return _finding(
        a,
        "nesting",
        FindingClass.CONFLICT if a.whole.is_target else FindingClass.ERROR,
        Text(
            f"{what.zh}为 {printed.zh}，所属部分合计超出 {gap.zh}。",
            f"{what.en} is {printed.en}; what lies inside it adds to {gap.en} more.",
        ),
        Text(
            f"{sum_.zh}。部分不能大于整体：须压减部分，或说明口径为何不同。",
            f"{sum_.en}. A part cannot exceed its whole: lower the parts or state why the scopes differ.",
        ),
    )


def _other_basis(region: Region, a: Addition, check: str) -> Finding:
    what = label(region, a.whole)
    words = joined([Text(f"{name_of(region, c).zh}（{basis_word(c.quantity).zh or '未注明'}）",
                         f"{name_of(region, c).en} ({basis_word(c.quantity).en or 'not stated'})")
                    for c in a.cells if c.quantity is not None])  # fmt: skip
    return Finding(
        code=f"{check}.{a.code}",
        check=check,
        kind=FindingClass.SCOPE,
        title=Text(
            f"{what.zh}：各部分与整体口径不同，不能相加。",
            f"{what.en}: parts and whole are on different bases and cannot be added.",
        ),
        detail=Text(
            f"{words.zh}。须先统一口径（产能、产量、折算）再核对。",
            f"{words.en}. Bring them to one basis (capacity, output, equivalent) first.",
        ),
        cells=tuple(c.id for c in a.cells),
        sources=_sources(a),
        mark=weakest(c.mark for c in a.cells),
    )


def _judge_mean(region: Region, a: Addition) -> Finding:
    what, printed = label(region, a.whole), bounded(a.whole)
    values = [c.amount(a.unit) for c in a.parts if c.quantity is not None]
    whole = a.whole.amount(a.unit)
    halves = [c.half(a.unit) for c in a.parts if c.quantity is not None]
    low = min(v - h for v, h in zip(values, halves, strict=True))
    high = max(v + h for v, h in zip(values, halves, strict=True))
    inside = around(whole, a.whole.half(a.unit)).meets(Range(low, high))
    foreign = [c for c in a.parts if c.area != a.whole.area]
    rows = joined([Text(f"{label(region, c).zh} {bounded(c).zh}", f"{label(region, c).en} {bounded(c).en}")
                   for c in a.parts])  # fmt: skip
    if foreign or not _comparable(a):
        kind = FindingClass.SCOPE
        title = Text(
            f"{what.zh} {printed.zh}，与分列的数值口径不同。",
            f"{what.en}, {printed.en}: another basis than the figures listed by kind.",
        )
    else:
        kind = FindingClass.HOLDS if inside else FindingClass.CONFLICT
        title = Text(
            f"{what.zh} {printed.zh}，{'在' if inside else '不在'}各部分之间。",
            f"{what.en}, {printed.en}, lies {'between' if inside else 'outside'} its parts.",
        )
    where = ("在各分项之间", "between them") if inside else ("不在各分项之间", "outside their range")
    return Finding(
        code=f"mean.{a.code}",
        check="mean",
        kind=kind,
        title=title,
        detail=Text(
            f"分列：{rows.zh}；数值{where[0]}。总的比率取决于各分项的构成，须注明口径和构成才能比较。",
            f"Listed by kind: {rows.en}; the value lies {where[1]}. A total rate depends on the mix: "
            "state basis and mix before comparing.",
        ),
        cells=tuple(c.id for c in a.cells),
        sources=_sources(a),
        found=whole,
        unit=a.unit,
        mark=weakest(c.mark for c in a.cells),
    )
