"""Formatting only: amounts, intervals, sources and sentences as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from django.http import HttpRequest
from django.utils.translation import get_language

from oreflow.core.chain import Interval, places_of
from oreflow.core.provenance import Source, Text
from oreflow.core.quantity import Quantity, QuantityError, format_quantity, unit
from oreflow.core.region import Comparator, Region

# unit: factor and name, per language, with large units on (wan) and off (unit)
_SCALES: dict[tuple[str, str], dict[str, tuple[float, str]]] = {
    ("zh", "wan"): {
        "t": (1e4, "万吨"), "m3": (1e4, "万 m³"), "Nm3": (1e4, "万 Nm³"), "kWh": (1e4, "万千瓦时"),
        "kgce": (1e7, "万吨标准煤"), "kg": (1e7, "万吨"),
    },
    ("zh", "unit"): {
        "t": (1.0, "吨"), "m3": (1.0, "m³"), "Nm3": (1.0, "Nm³"), "kWh": (1.0, "千瓦时"),
        "kgce": (1e3, "吨标准煤"), "kg": (1.0, "千克"),
    },
    ("en", "wan"): {
        "t": (1e3, "kt"), "m3": (1e6, "million m³"), "Nm3": (1e6, "million Nm³"), "kWh": (1e6, "GWh"),
        "kgce": (1e6, "ktce"), "kg": (1e6, "kt"),
    },
    ("en", "unit"): {
        "t": (1.0, "t"), "m3": (1.0, "m³"), "Nm3": (1.0, "Nm³"), "kWh": (1.0, "kWh"),
        "kgce": (1e3, "tce"), "kg": (1.0, "kg"),
    },
}  # fmt: skip
# where large units are on, amounts of at least the factor take these
_LARGER: dict[str, dict[str, tuple[float, str]]] = {
    "zh": {"m3": (1e8, "亿 m³"), "Nm3": (1e8, "亿 Nm³"), "kWh": (1e8, "亿千瓦时")},
    "en": {"m3": (1e9, "billion m³"), "Nm3": (1e9, "billion Nm³"), "kWh": (1e9, "TWh")},
}
_PLAIN_UNITS = {
    "zh": {"1": "", "piece": "件", "t": "吨", "m3": "m³", "Nm3": "Nm³", "kWh": "千瓦时", "kg": "千克"},
    "en": {"1": "", "m3": "m³", "Nm3": "Nm³"},
}
_MARKER = re.compile(r"⟦([^|⟧]*)\|([a-z]+):([^⟧]*)⟧")
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Style:
    """How this reader sees numbers: language `zh` or `en`, units `wan` or `unit`."""

    language: str
    mode: str

    def scale(self, unit: str, size: float = 0.0) -> tuple[float, str]:
        """Divisor and name of the unit that amounts in `unit` are shown in; `size` is the largest of them."""
        larger = _LARGER[self.language].get(unit) if self.mode == "wan" else None
        if larger and abs(size) >= larger[0]:
            return larger
        return _SCALES[self.language, self.mode].get(unit, (1.0, self.unit(unit)))

    def unit(self, unit: str) -> str:
        """The name of a unit as it is, compound units part by part."""
        names = _PLAIN_UNITS[self.language]
        return "/".join(names.get(part, part) for part in unit.split("/"))


def style_of(request: HttpRequest) -> Style:
    """The style a request asks for."""
    language = "zh" if (get_language() or "en").startswith("zh") else "en"
    return Style(language, getattr(request, "unit_mode", "wan"))


def significant(value: float, digits: int = 3) -> int:
    """Decimal places (negative: left of the point) that keep `digits` significant digits."""
    return 0 if value == 0 else digits - 1 - floor(log10(abs(value)))


def number(value: float | Fraction, places: int) -> str:
    """A number rounded to `places`, with thousands separators and a real minus sign."""
    rounded = round(float(value), places)
    text = f"{rounded:,.{max(places, 0)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", MINUS)


def places_for(interval: Interval, factor: float) -> int:
    """As in sentences where the range is wide, three digits where it is narrow; small values keep two digits."""
    value = interval.value / factor
    wide = (interval.high - interval.low) > 0.05 * abs(interval.value)
    return max(places_of(value), significant(value, 2)) if wide and abs(value) >= 0.1 else significant(value, 3)


def common_places(values: Iterable[float]) -> int:
    """Places that suit numbers compared with one another: those of the largest."""
    return places_of(max((abs(v) for v in values), default=0.0))


@dataclass(frozen=True, slots=True)
class Shown:
    """An amount as shown: the value, its range (empty where it has none) and the unit."""

    value: str
    range: str
    unit: str
    negative: bool = False
    raw: float = 0.0


def shown(
    interval: Interval, unit: str, style: Style, places: int | None = None, signed: bool = False, size: float = 0.0
) -> Shown:
    """An interval in the reader's units; `places` overrides the digits its range deserves.

    `size` is the largest amount it stands beside, so that both take the same unit.
    """
    factor, name = style.scale(unit, max(abs(interval.value), size))
    digits = places_for(interval, factor) if places is None else places
    value = number(interval.value / factor, digits)
    if signed and interval.value > 0:
        value = f"+{value}"
    return Shown(value, _range(interval, factor, digits), name, interval.value < 0, interval.value / factor)


def _range(interval: Interval, factor: float, places: int) -> str:
    if interval.high - interval.low <= 1e-9 * max(abs(interval.value), 1.0):
        return ""
    low, high = number(interval.low / factor, places), number(interval.high / factor, places)
    if low == high:
        return ""
    return f"{low}–{high}" if interval.low >= 0 else f"{low} … {high}"


def percent(value: float, places: int = 0) -> str:
    """A share as a percentage."""
    return f"{number(value * 100, places)}%"


def coefficient(interval: Interval) -> Shown:
    """A coefficient with the digits it was written with, at most six."""

    def said(value: float) -> str:
        return f"{value:.6g}" if abs(value) < 1e6 else number(value, 0)

    same = interval.low == interval.high
    return Shown(said(interval.value), "" if same else f"{said(interval.low)}–{said(interval.high)}", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: plain words, or a figure that opens `kind`:`key`."""

    words: str
    kind: str = ""
    key: str = ""


def pieces(text: str) -> list[Piece]:
    """A sentence cut at its ⟦figure|kind:key⟧ markers."""
    out, at = [], 0
    for match in _MARKER.finditer(text):
        if match.start() > at:
            out.append(Piece(text[at : match.start()]))
        out.append(Piece(match[1], match[2], match[3]))
        at = match.end()
    if at < len(text):
        out.append(Piece(text[at:]))
    return out


def said(text: Text, style: Style) -> str:
    """A text in the style's language."""
    return text.in_language(style.language)


_SIGNS = {
    Comparator.AT_LEAST: "≥ ",
    Comparator.MORE: "> ",
    Comparator.AT_MOST: "≤ ",
    Comparator.LESS: "< ",
    Comparator.ABOUT: "≈ ",
}
_MASSES = (unit("t"), unit("t/年"))


def quantity(amount: Quantity, style: Style, places: int | None = None) -> str:
    """A printed quantity in the reader's units, exactly; in its own unit with the decimals printed."""
    if style.mode == "unit":
        for plain in _MASSES:
            if amount.unit.dimension == plain.dimension:
                amount = amount.to(plain)
    if amount.unit.in_language(style.language) != amount.unit or (places is not None and _more_exact(amount, places)):
        places = None
    return format_quantity(amount, style.language, places, with_basis=False)


def _more_exact(amount: Quantity, places: int) -> bool:
    return (amount.value * 10**places).denominator != 1


def unit_scale(text: str, style: Style) -> tuple[Fraction, str]:
    """Factor and name that bring numbers in a unit to what this reader reads (亿元 to billion CNY)."""
    try:
        found = unit(text)
    except QuantityError:
        return Fraction(1), text
    wanted = found.in_language(style.language)
    if style.mode == "unit":
        wanted = next((m for m in _MASSES if m.dimension == found.dimension), wanted)
    return found.conversion(wanted), wanted.zh if style.language == "zh" else wanted.en


def basis_words(amount: Quantity | None, style: Style) -> str:
    """The basis of a quantity in words, empty where it has none."""
    if amount is None:
        return ""
    return amount.basis.zh if style.language == "zh" else amount.basis.en


def bounded(
    comparator: Comparator, value: Quantity | None, upper: Quantity | None, style: Style, places: int | None = None
) -> str:
    """A value with its comparator: ≥ 150 万吨, 30–40 %."""
    if value is None:
        return ""
    shown_value = quantity(value, style, places)
    if upper is not None:
        low, high = shown_value, quantity(upper, style, places)
        tail = low[len(low.rstrip("%‰").rstrip()) :] if high.endswith("%") else ""
        return f"{low.removesuffix(tail)}–{high}"
    return f"{_SIGNS.get(comparator, '')}{shown_value}"


def source_words(region: Region, source: Source, style: Style) -> str:
    """A source as a short link text: the document's short title and its lines."""
    document = region.documents.get(source.document)
    title = said(document.title, style) if document else source.document
    if not source.lines:
        return title
    joint = "" if style.language == "zh" else ", "
    return f"{title}{joint or ' '}{line_words(source.lines, style)}"


def line_words(lines: str, style: Style) -> str:
    """Line numbers in words: 第 810–812 行 / lines 810–812."""
    lines = lines.replace(",", "、" if style.language == "zh" else ", ").replace("-", "–")
    if style.language == "zh":
        return f"第 {lines} 行"
    return f"line {lines}" if lines.isdigit() else f"lines {lines}"


def without_brackets(name: str) -> str:
    """A name without what stands in brackets, for tight places; the whole name is elsewhere."""
    return re.sub(r"\s*[（(].*?[）)]", "", name) or name
