"""Targets against the values they start from, and targets that state the same thing twice."""

from __future__ import annotations

from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Text, weakest
from oreflow.core.quantity import Quantity, unit
from oreflow.core.region import Comparator, Figure, Form, Region, Target

from .cells import cell_of_figure
from .numbers import Range, around, basis_word, half_unit, quotient, yearly
from .printed import printed_form
from .wording import bounded, capital, label_of_target, name_of, quantity_text

_STATED = (Form.LEVEL, Form.FLOOR, Form.CAP)
_UP = (Comparator.AT_LEAST, Comparator.MORE)


def check_bases(region: Region) -> tuple[Finding, ...]:
    """A target should go beyond the value it starts from; one that equals its base is pointed out.

    Progress is not measured where target and base differ in scope (`check_base_scopes` says so); that
    the two print the same number is said all the same.
    """
    return tuple(
        _judge_base(region, target, base)
        for target, base in with_base(region)
        if target.form in _STATED
        and comparable(target.value, base.value)
        and (not other_scope(target, base) or _is_same(target, base))
    )


def check_base_scopes(region: Region) -> tuple[Finding, ...]:
    """A base of another area (city against parks) or basis (output against capacity) is a scope difference."""
    return tuple(
        _scope(region, target, base)
        for target, base in with_base(region)
        if target.form is not Form.CHANGE and other_scope(target, base)
    )


def check_changes(region: Region) -> tuple[Finding, ...]:
    """A printed five-year change equals the target level minus its base."""
    findings = []
    for change, base in with_base(region):
        if change.form is not Form.CHANGE or change.value is None:
            continue
        level = sibling(region, change)
        if level is not None:
            findings.append(_judge_change(region, change, level, base, change.value))
    return tuple(f for f in findings if f is not None)


def with_base(region: Region) -> list[tuple[Target, Figure]]:
    """Every target that a printed base is given for, with that base, in order of ids."""
    return [
        (target, region.figures[target.base])
        for target in sorted(region.targets.values(), key=lambda t: t.id)
        if target.base in region.figures
    ]


def comparable(left: Quantity | None, right: Quantity | None) -> bool:
    """Whether two printed values measure the same kind of thing."""
    return left is not None and right is not None and left.unit.dimension == right.unit.dimension


def other_scope(target: Target, base: Figure) -> bool:
    """Whether target and base speak of different areas, or of different bases (output, capacity)."""
    return target.area != base.area or _other_basis(target, base)


def _is_same(target: Target, base: Figure) -> bool:
    start, goal = _values(target, base)
    return start == goal


def _other_basis(target: Target, base: Figure) -> bool:
    return (
        target.value is not None
        and base.value is not None
        and target.form in _STATED
        and target.value.basis != base.value.basis
    )


def _judge_base(region: Region, target: Target, base: Figure) -> Finding:
    start, goal = _values(target, base)
    moved = goal - start
    reached = moved == 0 or (moved < 0 and target.comparator in _UP)
    free = target.form is Form.CAP and moved >= 0
    what = label_of_target(region, target)
    printed, begun = printed_form(target, "zh"), bounded(cell_of_figure(base))
    texts = Text(printed, printed_form(target, "en")), begun
    if reached and not free:
        title, detail = _reached_words(what, *texts, base.year, moved)
    else:
        title, detail = _moving_words(what, *texts, target, base, free)
    return Finding(
        code=f"base.{target.id}",
        check="base",
        kind=FindingClass.INFORMATION if reached and not free else FindingClass.HOLDS,
        title=title,
        detail=detail,
        cells=(target.id, base.id),
        sources=(target.source, base.source),
        found=goal,
        expected=start,
        unit=target.value.unit.symbol if target.value else "",
        mark=weakest([base.mark]),
    )


def _values(target: Target, base: Figure) -> tuple[Fraction, Fraction]:
    """Base and target in the unit of the target."""
    if target.value is None or base.value is None:
        raise ValueError(f"{target.id}: no value is printed")
    return base.value.value_in(target.value.unit), target.value.value


def _reached_words(what: Text, goal: Text, begun: Text, year: int, moved: Fraction) -> tuple[Text, Text]:
    if moved == 0:
        title = Text(
            f"{what.zh} {goal.zh}，与 {year} 年基数 {begun.zh}相同。",
            f"{what.en}, {goal.en}, equals its {year} base, {begun.en}.",
        )
    else:
        title = Text(
            f"{what.zh} {goal.zh}，低于 {year} 年基数 {begun.zh}。",
            f"{what.en}, {goal.en}, is below its {year} base, {begun.en}.",
        )
    return title, Text(
        "按此目标无须任何改善即已完成：请确认目标是“不降低”还是印刷有误。",
        "It is met without any improvement: confirm whether it means not to fall back, or is a misprint.",
    )


def _moving_words(what: Text, goal: Text, begun: Text, target: Target, base: Figure, free: bool) -> tuple[Text, Text]:
    start, end = _values(target, base)
    years = target.year - base.year
    unit_text = target.value.unit.symbol if target.value else ""
    ratio = end / start if start else None
    zh, en = f"{begun.zh} → {goal.zh}", f"{begun.en} → {goal.en}"
    if ratio is not None and not _is_rate(target):
        times = quantity_text(Quantity(ratio), 2, strip=True)
        zh, en = f"{zh}，为基数的 {times.zh} 倍", f"{en}, {times.en} times the base"
        if years > 0 and ratio > 0:
            rate = quantity_text(Quantity(yearly(ratio, years) * 100), 1)
            zh, en = f"{zh}，{years} 年年均 {rate.zh}%", f"{en}, {rate.en}% a year over {years} years"
    elif unit_text:
        gap = quantity_text(Quantity(abs(end - start)), max(target.places, base.places), strip=True)
        sign = ("升", "up") if end > start else ("降", "down")
        zh, en = f"{zh}，{sign[0]} {gap.zh} 个百分点", f"{en}, {sign[1]} {gap.en} percentage points"
    title = (
        Text(f"{what.zh} {goal.zh}：上限高于 {base.year} 年基数 {begun.zh}，留有余地。",
             f"{what.en}, {goal.en}: the cap lies above its {base.year} base, {begun.en}.")
        if free
        else Text(f"{what.zh} {goal.zh}，起点为 {base.year} 年 {begun.zh}。",
                  f"{what.en}, {goal.en}, starts from {begun.en} in {base.year}.")
    )  # fmt: skip
    return title, Text(f"{zh}。", f"{en}.")


def _is_rate(target: Target) -> bool:
    return target.value is not None and target.value.unit.dimension.is_number


def _scope(region: Region, target: Target, base: Figure) -> Finding:
    cell = cell_of_figure(base)
    what, source = label_of_target(region, target), name_of(region, cell)
    reasons_zh, reasons_en = [], []
    if target.area != base.area:
        there, here = region.areas[base.area].name, region.areas[target.area].name
        reasons_zh.append(f"基数说的是{there.zh}，目标说的是{here.zh}")
        reasons_en.append(f"the base speaks of {there.en}, the target of {here.en}")
    if _other_basis(target, base):
        before, after = basis_word(base.value), basis_word(target.value)
        reasons_zh.append(f"基数为{before.zh or '未注明口径'}，目标为{after.zh or '未注明口径'}")
        reasons_en.append(
            f"the base is {before.en or 'on no stated basis'}, the target {after.en or 'on no stated basis'}"
        )
    ratio = _ratio_words(target, base)
    return Finding(
        code=f"base-scope.{target.id}",
        check="base-scope",
        kind=FindingClass.SCOPE,
        title=Text(
            f"{what.zh}与其基数（{base.year} 年{source.zh}）口径不同。",
            f"{what.en} and its base ({source.en}, {base.year}) differ in scope.",
        ),
        detail=Text(
            f"{'；'.join(reasons_zh)}{ratio.zh}。计算进度前须先统一口径。",
            f"{capital('; '.join(reasons_en))}{ratio.en}. Bring them to one scope before measuring progress.",
        ),
        cells=(target.id, base.id),
        sources=(target.source, base.source),
        mark=base.mark,
    )


def _ratio_words(target: Target, base: Figure) -> Text:
    if target.form not in _STATED or not comparable(target.value, base.value) or _is_rate(target):
        return Text("", "")
    start, goal = _values(target, base)
    if not start:
        return Text("", "")
    times = quantity_text(Quantity(goal / start), 2, strip=True)
    return Text(f"；数值上目标是基数的 {times.zh} 倍", f"; in numbers the target is {times.en} times the base")


def sibling(region: Region, change: Target) -> Target | None:
    """The level target that a change or a growth target goes with: same area, indicator, year and document."""
    found = [
        t
        for t in region.targets.values()
        if t.form in _STATED
        and (t.area, t.indicator, t.year) == (change.area, change.indicator, change.year)
        and t.source.document == change.source.document
    ]
    return min(found, key=lambda t: t.id, default=None)


def _change(step: Quantity, level: Target, base: Figure) -> tuple[Fraction, Range] | None:
    """Level minus base in the unit of `step`, and what rounding makes of it; None if they do not compare.

    A step in per cent of a level that is no ratio itself is the relative change.
    """
    if level.value is None or base.value is None or not comparable(level.value, base.value):
        return None
    ratio = level.value.unit.dimension.is_number
    symbol = step.unit.symbol
    if step.unit.dimension == unit("百分点").dimension and ratio:
        symbol = "%"
    relative = step.unit.dimension.is_number and not ratio
    if relative:
        symbol = level.value.unit.symbol
    elif unit(symbol).dimension != level.value.unit.dimension:
        return None
    goal, start = level.value.value_in(symbol), base.value.value_in(symbol)
    ends = around(goal, half_unit(level.value, level.places, symbol))
    begins = around(start, half_unit(base.value, base.places, symbol))
    if not relative:
        return goal - start, Range(ends.low - begins.high, ends.high - begins.low)
    if not start:
        return None
    per = Fraction(1) / step.unit.factor
    grown = (goal / start - 1) * per
    ratios = quotient(ends, begins)
    return grown, Range((ratios.low - 1) * per, (ratios.high - 1) * per) if ratios else Range(grown, grown)


def _judge_change(region: Region, change: Target, level: Target, base: Figure, shown: Quantity) -> Finding | None:
    difference = _change(shown, level, base)
    if difference is None:
        return None
    printed, (computed, possible) = shown.value, difference
    half = half_unit(shown, change.places, shown.unit.symbol)
    agrees = around(printed, half).meets(possible) and change.comparator is level.comparator
    places = max(level.places, base.places, change.places)
    what = label_of_target(region, level)
    expected = quantity_text(Quantity(computed, shown.unit), places, strip=True)
    forms = {lang: (printed_form(level, lang), printed_form(change, lang)) for lang in ("zh", "en")}
    begun = bounded(cell_of_figure(base))
    title = (
        Text(f"{what.zh}：累计增减 {forms['zh'][1]} 等于目标减基数。",
             f"{what.en}: the printed change, {forms['en'][1]}, is target minus base.")
        if agrees
        else Text(f"{what.zh}：累计增减印为 {forms['zh'][1]}，目标减基数应为 {expected.zh}。",
                  f"{what.en}: the change is printed as {forms['en'][1]}; target minus base is {expected.en}.")
    )  # fmt: skip
    return Finding(
        code=f"change.{change.id}",
        check="change",
        kind=FindingClass.HOLDS if agrees else FindingClass.ERROR,
        title=title,
        detail=Text(
            f"目标 {forms['zh'][0]}，{base.year} 年基数 {begun.zh}，相差 {expected.zh}。",
            f"Target {forms['en'][0]}, base {begun.en} in {base.year}: a difference of {expected.en}.",
        ),
        cells=(change.id, level.id, base.id),
        sources=tuple(dict.fromkeys((change.source, level.source, base.source))),
        found=printed,
        expected=computed,
        unit=shown.unit.symbol,
        mark=base.mark,
    )
