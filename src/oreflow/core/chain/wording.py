"""How amounts are said in sentences: in the reader's unit, with few digits that still add up."""

from __future__ import annotations

import re
from math import floor, log10

from oreflow.core.provenance import Text

from .model import How, Interval

_ZH = {
    "t": ((1e4, "万吨"), (1.0, "吨")),
    "m3": ((1e8, "亿 m³"), (1e4, "万 m³"), (1.0, "m³")),
    "Nm3": ((1e8, "亿 Nm³"), (1e4, "万 Nm³"), (1.0, "Nm³")),
    "kWh": ((1e8, "亿千瓦时"), (1e4, "万千瓦时"), (1.0, "千瓦时")),
    "kgce": ((1e7, "万吨标准煤"), (1e3, "吨标准煤"), (1.0, "千克标准煤")),
}
_EN = {
    "t": ((1e6, "Mt"), (1e3, "kt"), (1.0, "t")),
    "m3": ((1e9, "billion m³"), (1e6, "million m³"), (1.0, "m³")),
    "Nm3": ((1e9, "billion Nm³"), (1e6, "million Nm³"), (1.0, "Nm³")),
    "kWh": ((1e9, "TWh"), (1e6, "GWh"), (1.0, "kWh")),
    "kgce": ((1e9, "Mtce"), (1e6, "ktce"), (1.0, "kgce")),
}


def places_of(value: float) -> int:
    """Decimal places in sentences: three digits from 1,000 on, whole from 20, one place from 2, else two."""
    size = abs(value)
    if size >= 1000:
        return 2 - floor(log10(size))
    return 0 if size >= 20 else 1 if size >= 2 else 2


def plain(value: float, places: int | None = None) -> str:
    """A number as sentences say it, with a real minus sign."""
    wanted = places_of(value) if places is None else places
    text = f"{round(value, wanted):,.{max(wanted, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "−")


def _scale(amount: float, table: tuple[tuple[float, str], ...]) -> tuple[float, str]:
    for factor, name in table:
        if abs(amount) >= 0.1 * factor:
            return factor, name
    return table[-1]


def amount(value: float, unit: str, like: float | None = None) -> Text:
    """An amount in a unit that readers of each language use: 150 万吨 / 1.5 Mt.

    `like` is the amount it stands beside: unit and places are taken from that.
    """
    return with_range(Interval(value, value, value, How.POINT), unit, like)


def with_range(value: Interval, unit: str, like: float | None = None) -> Text:
    """An amount with its range in the same unit and places: 52 [43–65] 万吨 / 0.52 [0.43–0.65] Mt."""
    size = abs(value.value if like is None else like) or max(abs(value.low), abs(value.high))
    known = value.high - value.low > 1e-9 * max(abs(value.value), 1.0)
    out = []
    for table in (_ZH, _EN):
        factor, name = _scale(size, table.get(unit, ((1.0, unit),)))
        places = places_of((value.value if like is None else like) / factor)
        low, mid, high = (plain(v / factor, places) for v in (value.low, value.value, value.high))
        between = "–" if value.low >= 0 else " … "
        out.append(f"{mid} [{low}{between}{high}] {name}" if known else f"{mid} {name}")
    return Text(*out)


def share(value: float) -> str:
    """A share as a whole percentage."""
    return f"{value * 100:.0f}%"


_CJK = r"[\u4e00-\u9fff]"
_BEFORE = re.compile(rf"({_CJK})(⟦?[0-9A-Za-z])")
_AFTER = re.compile(rf"([0-9A-Za-z%\]³²](?:\|[^⟧]*⟧)?)({_CJK})")


def spaced(text: str) -> str:
    """Chinese with a space between it and Latin letters or digits, also across figure markers."""
    return _AFTER.sub(r"\1 \2", _BEFORE.sub(r"\1 \2", text))


def figure(text: Text, key: str) -> Text:
    """A figure that opens: marked for the page, stripped elsewhere."""
    return Text(f"⟦{text.zh}|{key}⟧", f"⟦{text.en}|{key}⟧")


def unmarked(text: str) -> str:
    """A sentence without its markers, for plain output."""
    out = text
    while "⟦" in out:
        before, rest = out.split("⟦", 1)
        inside, after = rest.split("⟧", 1)
        out = before + inside.split("|", 1)[0] + after
    return out


def joined(texts: tuple[Text, ...]) -> Text:
    """Assumptions joined into one line."""
    return Text("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))
