"""Is a target met, and on what yearly path? Each form of target has its own arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.quantity import Quantity
from oreflow.core.region import Comparator, Form, Target

from .averages import compound
from .model import Attainment, PathPoint, State
from .wording import quantity_text

_STRICT = (Comparator.MORE, Comparator.LESS)
_DOWN = (Comparator.AT_MOST, Comparator.LESS)


def attainment(target: Target, base: Quantity | None, actual: Quantity | None, year: int | None = None) -> Attainment:
    """How `actual`, the value of `year` (the target year if not given), stands to a target.

    Parameters
    ----------
    target
        Of any form. Level, floor and cap compare the actual value itself. Average growth compounds
        `base` over the years since the target's base year, or compares a growth given in %. A change
        is counted from `base`, or compared with a change given as such. A cumulative target takes
        the total since its base year. A range is met inside it; growth and totals beyond its upper
        end are met too and say so. Words without a number are never met by a number, and a value
        left to a higher authority is missing until that authority has given it.
    base, actual
        Quantities of the indicator; None where nothing is known, which is missing, not failed.

    Raises
    ------
    QuantityError
        When actual and target differ in dimension or in stated basis.
    """
    if target.form is Form.QUALITATIVE:
        judged = _words(target, "没有数值，须由评估方评定", "has no number; an assessor must judge")
        return _missing(target, actual, judged)
    if target.value is None:
        given = _words(target, "数值由上级下达，尚未录入", "is set by a higher authority and not entered yet")
        return _missing(target, actual, given)
    if actual is None:
        return _missing(target, None, Text("没有实际数据。", "There is no actual value."))
    return _ARITHMETIC[target.form](target, base, actual, year or target.year)


def path(target: Target, base: Quantity | None, from_year: int | None = None) -> tuple[PathPoint, ...]:
    """The yearly path from base to target, both ends included.

    Average growth is compounded, levels and changes are straight lines, cumulative totals start
    from zero. Empty for words and delegated values, and where base or base year is unknown; the
    target year alone for a level without a base.
    """
    start = from_year or target.from_year
    if target.value is None or target.form is Form.QUALITATIVE:
        return ()
    low, high = target.value, target.upper or target.value
    if target.form is Form.CUMULATIVE:
        return () if start is None else _line(target, start, low * 0, low, high)
    if target.form in (Form.AVERAGE_GROWTH, Form.CHANGE) and (base is None or start is None):
        return ()
    if base is None or start is None:
        return (PathPoint(target.year, low, high),)
    if target.form is Form.AVERAGE_GROWTH:
        return tuple(
            PathPoint(y, compound(base, low, y - start), compound(base, high, y - start))
            for y in range(start, target.year + 1)
        )
    if target.form is Form.CHANGE:
        low, high = _changed(base, low), _changed(base, high)
    return _line(target, start, base.to(low.unit), low, high)


def _line(target: Target, start: int, first: Quantity, low: Quantity, high: Quantity) -> tuple[PathPoint, ...]:
    years = target.year - start
    if years <= 0:
        return (PathPoint(target.year, low, high),)

    def at(end: Quantity, year: int) -> Quantity:
        share = Fraction(year - start, years)
        return Quantity(first.value + (end.value_in(first.unit) - first.value) * share, first.unit, end.basis)

    return tuple(PathPoint(y, at(low, y), at(high, y)) for y in range(start, target.year + 1))


def _changed(base: Quantity, change: Quantity) -> Quantity:
    if base.unit.dimension.is_number and change.unit.dimension != base.unit.dimension:
        return base.plus_points(change)
    return Quantity(base.value + change.value_in(base.unit), base.unit, base.basis)


def _missing(target: Target, actual: Quantity | None, why: Text) -> Attainment:
    return Attainment(target.id, State.MISSING, target.value, actual, None, None, False, why)


def _words(target: Target, zh: str, en: str) -> Text:
    return Text(f"“{target.words.zh}”{zh}。", f"“{target.words.en}” {en}.")


def _level(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    """A level is reached from below, or from above when it lies below its base."""
    del year
    goal = _goal(target)
    down = base is not None and base.value_in(goal.unit) > goal.value
    return _judge(target, goal, target.upper, base, actual, down=down, lenient=False)


def _floor(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    del year
    return _judge(target, _goal(target), target.upper, base, actual, down=False, lenient=True)


def _cap(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    """A cap is kept, not approached: the way from the base plays no part."""
    del base, year
    return _judge(target, _goal(target), target.upper, None, actual, down=True, lenient=False)


def _average(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    rate = _goal(target)
    level = base is not None and not base.unit.dimension.is_number
    if actual.unit.dimension.is_number and not level:
        return _judge(target, rate, target.upper, None, actual, down=False, lenient=True)
    if base is None or target.from_year is None:
        unknown = Text("缺少基数或基年，不能计算年均增长。", "Base or base year is missing: no average growth.")
        return _missing(target, actual, unknown)
    years = year - target.from_year
    upper = compound(base, target.upper, years) if target.upper is not None else None
    return _judge(target, compound(base, rate, years), upper, base, actual, down=False, lenient=True)


def _change(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    del year
    change = _goal(target)
    down = change.value < 0 or target.comparator in _DOWN
    points = actual.unit.dimension == change.unit.dimension and base is None
    if points:
        return _judge(target, change, target.upper, None, actual, down=down, lenient=True)
    if base is None:
        unknown = Text("缺少基数，不能计算增减。", "The base is missing: no change can be counted.")
        return _missing(target, actual, unknown)
    upper = _changed(base, target.upper) if target.upper is not None else None
    return _judge(target, _changed(base, change), upper, base, actual, down=down, lenient=True)


def _cumulative(target: Target, base: Quantity | None, actual: Quantity, year: int) -> Attainment:
    del base, year
    return _judge(target, _goal(target), target.upper, None, actual, down=target.comparator in _DOWN, lenient=True)


_ARITHMETIC: dict[Form, Callable[[Target, Quantity | None, Quantity, int], Attainment]] = {
    Form.LEVEL: _level,
    Form.FLOOR: _floor,
    Form.CAP: _cap,
    Form.AVERAGE_GROWTH: _average,
    Form.CHANGE: _change,
    Form.CUMULATIVE: _cumulative,
    Form.DELEGATED: _floor,
}


def _goal(target: Target) -> Quantity:
    if target.value is None:
        raise ValueError(f"{target.id}: no value is printed")
    return target.value


def _judge(
    target: Target,
    goal: Quantity,
    upper: Quantity | None,
    base: Quantity | None,
    actual: Quantity,
    *,
    down: bool,
    lenient: bool,
) -> Attainment:
    """Compare in the unit of the goal; `lenient` ranges are met beyond their upper end too."""
    if goal.basis.words and actual.basis.words:
        _ = goal + actual.to(goal.unit)  # raises where the bases differ
    reached, wanted = actual.value_in(goal.unit), goal.value
    lacking = reached - wanted if down else wanted - reached
    strict = target.comparator in _STRICT
    beyond = upper is not None and reached > upper.value_in(goal.unit)
    met = (lacking < 0 or (lacking == 0 and not strict)) and (lenient or not beyond)
    return Attainment(
        target=target.id,
        state=State.MET if met else State.NOT_MET,
        required=goal,
        actual=actual,
        ratio=_done(wanted, reached, base.value_in(goal.unit) if base is not None else None, down),
        distance=Quantity(lacking, goal.unit, goal.basis),
        beyond=beyond,
        why=_why(target, goal, actual, down=down, beyond=beyond),
    )


def _done(wanted: Fraction, reached: Fraction, start: Fraction | None, down: bool) -> Fraction | None:
    if start is not None and start != wanted:
        return (reached - start) / (wanted - start)
    above, below = (wanted, reached) if down else (reached, wanted)
    return above / below if below else None


def _why(target: Target, goal: Quantity, actual: Quantity, *, down: bool, beyond: bool) -> Text:
    places = max(target.places, 2)
    need, have = quantity_text(goal, places, strip=True), quantity_text(actual, places, strip=True)
    strict = target.comparator in _STRICT
    zh = ("低于" if strict else "不高于") if down else ("高于" if strict else "不低于")
    en = ("below" if strict else "at most") if down else ("above" if strict else "at least")
    over = Text("，超出区间上限", ", beyond the range") if beyond else Text("", "")
    return Text(f"要求{zh} {need.zh}，实际 {have.zh}{over.zh}。", f"Needed {en} {need.en}, actual {have.en}{over.en}.")
