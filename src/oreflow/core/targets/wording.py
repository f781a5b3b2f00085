"""How findings name and print what they speak of, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from oreflow.core.provenance import Finding, Text
from oreflow.core.quantity import Quantity, format_number, quantity, unit
from oreflow.core.region import Comparator, Region, Target

from .cells import Cell

_BOUND = {
    Comparator.AT_LEAST: Text("{}以上", "at least {}"),
    Comparator.MORE: Text("大于 {}", "more than {}"),
    Comparator.AT_MOST: Text("{}以内", "at most {}"),
    Comparator.LESS: Text("小于 {}", "less than {}"),
    Comparator.ABOUT: Text("约 {}", "about {}"),
}
_MEASURED = ("量", "产能", "能力", "产值")


def quantity_text(amount: Quantity, places: int, *, with_unit: bool = True, strip: bool = False) -> Text:
    """A quantity with a number of decimals of its own unit, in the units its readers expect.

    `places` counts decimals in the unit of `amount`; English units are larger or smaller by powers
    of ten (万吨 → kt), and the decimals follow. `strip` drops zeros at the end of a computed number.
    """
    texts = []
    for language in ("zh", "en"):
        shown = amount if language == "zh" else amount.to(amount.unit.in_language(language))
        decimals = max(0, places - _shift(amount.unit.conversion(shown.unit)))
        number = format_number(shown.value, decimals, language, grouping=language == "en")
        if (strip or decimals > places) and "." in number:
            number = number.rstrip("0").rstrip(".")
        symbol = shown.unit.zh if language == "zh" else shown.unit.en
        tight = "" if symbol[:1] in "%‰" else " "
        texts.append(f"{number}{tight}{symbol}" if with_unit and symbol != "1" else number)
    return Text(*texts)


def _shift(conversion: Fraction) -> int:
    """The power of ten that a change of unit multiplies by; 0 where it is none."""
    power = len(str(conversion.numerator)) - len(str(conversion.denominator))
    return power if conversion == Fraction(10) ** power else 0


def amount_text(
    value: Fraction, cells: Sequence[Cell], symbol: str, *, with_unit: bool = False, spare: int = 0
) -> Text:
    """A number in units `symbol`, as finely as the finest of `cells` is printed.

    One cell alone prints as in its document; several cells make a computed number, without zeros at
    its end. `spare` adds decimals.
    """
    places = max((_places_in(c, symbol) for c in cells), default=0) + spare
    amount = quantity(value, symbol)
    return quantity_text(amount, places, with_unit=with_unit, strip=len(cells) != 1)


def _places_in(cell: Cell, symbol: str) -> int:
    if cell.quantity is None:
        return 0
    wanted = unit(symbol)
    if cell.quantity.unit.dimension != wanted.dimension:
        return cell.places
    return max(0, cell.places - _shift(cell.quantity.unit.conversion(wanted)))


def bounded(cell: Cell) -> Text:
    """The value as printed, with its bound: 2500 亿元以上 / at least 2,500 …; — for a dash."""
    if cell.quantity is None:
        return Text("—", "—")
    plain = quantity_text(cell.quantity, cell.places)
    words = _BOUND.get(cell.comparator, Text("{}", "{}"))
    return Text(words.zh.format(plain.zh), words.en.format(plain.en))


def area_name(region: Region, cell: Cell) -> Text:
    """The name of the place that a cell speaks of."""
    return region.areas[cell.area].name


def indicator_name(region: Region, indicator: str, amount: Quantity | None) -> Text:
    """The indicator with its measure (产能, 产量) where its name does not say it."""
    name = region.indicators[indicator].name
    measure = amount.basis.measure if amount is not None else ""
    if measure not in ("capacity", "output"):
        return name
    zh = {"capacity": "产能", "output": "产量"}[measure]
    if name.zh.endswith(_MEASURED):
        return name
    return Text(name.zh + zh, f"{name.en} ({measure})")


def name_of(region: Region, cell: Cell) -> Text:
    """Place and indicator without the year."""
    what, where = indicator_name(region, cell.indicator, cell.quantity), area_name(region, cell)
    return Text(f"{where.zh}{what.zh}", f"{what.en}, {where.en}")


def label(region: Region, cell: Cell) -> Text:
    """Place, year and indicator: 攀枝花市 2020 年海绵钛产量 / Titanium sponge (output), Panzhihua, 2020."""
    what, where = indicator_name(region, cell.indicator, cell.quantity), area_name(region, cell)
    kind = ("目标", " target") if cell.is_target else ("", "")
    return Text(
        f"{where.zh} {cell.year} 年{what.zh}{kind[0]}",
        capital(f"{what.en}, {where.en}, {cell.year}{kind[1]}"),
    )


def label_of_target(region: Region, target: Target) -> Text:
    """The same for a target of any form."""
    what = indicator_name(region, target.indicator, target.value)
    where = region.areas[target.area].name
    return Text(f"{where.zh} {target.year} 年{what.zh}目标", capital(f"{what.en}, {where.en}, {target.year} target"))


def capital(text: str) -> str:
    """The text with a capital first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def joined(texts: Sequence[Text]) -> Text:
    """A list in running text: 甲、乙 / a, b."""
    return Text("、".join(t.zh for t in texts), ", ".join(t.en for t in texts))


_HAN = "[\u3400-\u9fff“”〔〕（）]"
_LOOSE = re.compile(f"(?<={_HAN}) (?={_HAN})")


def tidied(finding: Finding) -> Finding:
    """The finding as sentences: no space between Chinese characters, a capital at the English start."""
    title, detail = (Text(_LOOSE.sub("", t.zh), capital(t.en)) for t in (finding.title, finding.detail))
    return replace(finding, title=title, detail=detail)
