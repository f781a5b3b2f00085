"""Average-growth targets: what they compound to, and whether that fits a stated level."""

from __future__ import annotations

from oreflow.core.provenance import Finding, FindingClass, Text
from oreflow.core.quantity import Quantity
from oreflow.core.region import Figure, Form, Region, Target

from .bases import comparable, sibling, with_base
from .cells import cell_of_figure
from .numbers import Range, around, half_unit
from .printed import printed_form
from .wording import bounded, label_of_target, quantity_text


def check_average_growth(region: Region) -> tuple[Finding, ...]:
    """What an average growth compounds to from its base, against a level target of the same indicator.

    A base that is itself a growth rate is compared with the rate aimed at.
    """
    findings = []
    for target, base in with_base(region):
        if target.form is not Form.AVERAGE_GROWTH or target.value is None or base.value is None:
            continue
        if base.value.unit.dimension.is_number:
            findings.append(_judge_rate(region, target, base, target.value, base.value))
        else:
            findings.append(_judge_compound(region, target, base, target.value, base.value))
    return tuple(findings)


def compound(base: Quantity, rate: Quantity, years: int) -> Quantity:
    """The level that `base` reaches after `years` of average growth `rate` (a ratio), exact."""
    return Quantity(base.value * (1 + rate.in_base_units) ** years, base.unit, base.basis)


def _judge_rate(region: Region, target: Target, base: Figure, rate: Quantity, before: Quantity) -> Finding:
    aimed, actual = rate.value_in("%"), before.value_in("%")
    what, begun = label_of_target(region, target), bounded(cell_of_figure(base))
    gap = quantity_text(Quantity(abs(aimed - actual)), max(target.places, base.places), strip=True)
    sign = ("高", "above") if aimed > actual else ("低", "below")
    return Finding(
        code=f"base.{target.id}",
        check="base",
        kind=FindingClass.HOLDS if aimed > actual else FindingClass.INFORMATION,
        title=Text(
            f"{what.zh} {printed_form(target, 'zh')}，{base.year} 年实际 {begun.zh}。",
            f"{what.en}, {printed_form(target, 'en')}; actual in {base.year}: {begun.en}.",
        ),
        detail=Text(
            f"目标增速比实际{sign[0]} {gap.zh} 个百分点。",
            f"The growth aimed at lies {gap.en} percentage points {sign[1]} the actual one.",
        ),
        cells=(target.id, base.id),
        sources=tuple(dict.fromkeys((target.source, base.source))),
        found=aimed,
        expected=actual,
        unit="%",
        mark=base.mark,
    )


def _judge_compound(region: Region, target: Target, base: Figure, rate: Quantity, start: Quantity) -> Finding:
    years = target.year - (target.from_year or base.year)
    implied = compound(start, rate, years)
    level = sibling(region, target)
    what, begun = label_of_target(region, target), bounded(cell_of_figure(base))
    words = Text(printed_form(target, "zh"), printed_form(target, "en"))
    shown = quantity_text(implied, base.places, strip=True)
    step = Text(
        f"{begun.zh} 按年均 {words.zh} 增长 {years} 年为 {shown.zh}。",
        f"{begun.en} growing by {words.en} a year for {years} years gives {shown.en}.",
    )
    kind, detail = FindingClass.INFORMATION, step
    if level is not None and comparable(level.value, implied):
        kind, detail = _against_level(target, base, level, years, step)
    return Finding(
        code=f"average-growth.{target.id}",
        check="average-growth",
        kind=kind,
        title=Text(
            f"{what.zh}：年均增长 {words.zh}，到 {target.year} 年相当于 {shown.zh}。",
            f"{what.en}: {words.en} a year, which makes {shown.en} by {target.year}.",
        ),
        detail=detail,
        cells=(target.id, base.id, *((level.id,) if level is not None else ())),
        sources=tuple(dict.fromkeys((target.source, base.source))),
        found=level.value.value_in(implied.unit) if level is not None and level.value is not None else None,
        expected=implied.value,
        unit=implied.unit.symbol,
        mark=base.mark,
    )


def reach(target: Target, base: Figure, years: int) -> Range:
    """The levels that the growth may compound to, given the printed places of base and rate.

    In the unit of the base. A range of growth (5-10 %) reaches from its lower to its upper end.
    """
    if target.value is None or base.value is None:
        raise ValueError(f"{target.id}: no value is printed")
    start = around(base.value.value, half_unit(base.value, base.places, base.value.unit.symbol))
    half = half_unit(target.value, target.places, "1")
    slow = target.value.in_base_units - half
    fast = (target.upper or target.value).in_base_units + half
    return Range(start.low * (1 + slow) ** years, start.high * (1 + fast) ** years)


def _against_level(target: Target, base: Figure, level: Target, years: int, step: Text) -> tuple[FindingClass, Text]:
    if level.value is None or base.value is None:
        return FindingClass.INFORMATION, step
    symbol = base.value.unit.symbol
    stated = around(level.value.value_in(symbol), half_unit(level.value, level.places, symbol))
    reached = reach(target, base, years)
    words = Text(printed_form(level, "zh"), printed_form(level, "en"))
    if reached.meets(stated):
        return FindingClass.HOLDS, _more(step, f"与水平目标 {words.zh} 一致", f"It fits the level target, {words.en}")
    below = reached.high < stated.low
    if below and level.form is not Form.CAP:
        return FindingClass.CONFLICT, _more(
            step,
            f"达不到水平目标 {words.zh}：两个目标只能完成一个，须调整其一",
            f"It misses the level target, {words.en}: both cannot be meant; change one",
        )
    if not below and level.form is Form.CAP:
        return FindingClass.CONFLICT, _more(
            step,
            f"超过上限 {words.zh}：两个目标不能同时完成，须调整其一",
            f"It exceeds the cap, {words.en}: both cannot be kept; change one",
        )
    if level.form is Form.CAP:
        return FindingClass.HOLDS, _more(step, f"在上限 {words.zh} 之内", f"It stays within the cap, {words.en}")
    return FindingClass.OVERSHOOT, _more(
        step, f"高于水平目标 {words.zh}", f"That is more than the level target, {words.en}"
    )


def _more(step: Text, zh: str, en: str) -> Text:
    return Text(f"{step.zh}{zh}。", f"{step.en} {en}.")
