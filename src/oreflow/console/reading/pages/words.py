"""Words for what was read: kinds, comparators, doubts, confidence, and a figure as one reads it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oreflow.console.reading.models import Decision, Item

Kind: Any = Item.Kind  # choices come without types
State: Any = Item.State
Act: Any = Decision.Act

KINDS: dict[str, Any] = {
    Kind.STATEMENT: _("Figures"),
    Kind.CHAIN: _("Chains"),
    Kind.CLAUSE: _("Clauses"),
    Kind.DUTY: _("Duties"),
    Kind.PROJECT: _("Projects"),
    Kind.NAME: _("Names"),
}
KIND: dict[str, Any] = {
    Kind.STATEMENT: pgettext_lazy("item", "figure"),
    Kind.CHAIN: pgettext_lazy("item", "chain"),
    Kind.CLAUSE: pgettext_lazy("item", "clause"),
    Kind.DUTY: pgettext_lazy("item", "duty"),
    Kind.PROJECT: pgettext_lazy("item", "project"),
    Kind.NAME: pgettext_lazy("item", "name"),
}
ACTS: dict[str, Any] = {
    Act.ACCEPT: _("accepted"),
    Act.CORRECT: _("corrected"),
    Act.REJECT: _("rejected"),
    Act.REOPEN: _("opened again"),
    Act.SPLIT: pgettext_lazy("item", "split"),
    Act.MERGE: _("merged"),
    Act.ADD: _("added by hand"),
}
SYMBOLS = {"=": "", ">=": "≥", "<=": "≤", "<": "<", ">": ">", "~": "≈", "between": ""}
COMPARATORS: dict[str, Any] = {
    "=": _("equals"),
    ">=": _("at least"),
    "<=": _("at most"),
    "<": _("less than"),
    ">": _("more than"),
    "~": _("about"),
    "between": _("between"),
    "change": _("change"),
    "rate": _("yearly rate"),
    "cumulative": _("over the years together"),
}
BOUNDS = {key: COMPARATORS[key] for key in ("=", ">=", "<=", "<", ">", "~", "between")}
STATEMENT_KINDS: dict[str, Any] = {
    "actual": _("actual figure"),
    "target": _("target"),
    "threshold": _("limit"),
    "other": _("other figure"),
}
DIRECTIONS: dict[str, Any] = {"up": _("up"), "down": _("down")}
ROLES: dict[str, Any] = {"from": _("starting value"), "to": _("value to reach")}
BINDINGS: dict[str, Any] = {
    "binding": _("binding"),
    "expected": _("expected"),
    "unsaid": _("not said"),
    "约束性": _("binding"),
    "预期性": _("expected"),
}
CATEGORIES: dict[str, Any] = {
    "entry": _("entry condition"),
    "negative": _("negative list"),
    "encouraged": _("encouraged"),
    "restricted": _("restricted"),
    "eliminated": _("eliminated"),
    "forbidden": _("forbidden"),
}
NAME_KINDS: dict[str, Any] = {
    "enterprise": _("enterprise"),
    "park": _("park"),
    "product": _("product"),
    "technology": _("technology"),
    "project": _("project"),
    "list": _("list of names"),
}
DOUBTS: dict[str, Any] = {
    "letters mended": _("letters were mended before reading"),
    "bound of a list": _("one bound for a whole list"),
    "unit not printed": _("the unit is not printed beside the figure"),
    "in words": _("written in words"),
    "column guessed": _("the column of the table was guessed"),
}
CHAIN_KINDS: dict[str, Any] = {
    "material": _("chain of materials"),
    "process": _("chain of processes"),
    "other": _("chain of another sort"),
}
BANDS: tuple[tuple[str, float, Any, str], ...] = (
    ("sure", 0.95, _("sure"), "holds"),
    ("likely", 0.85, _("likely"), ""),
    ("unsure", 0.70, _("unsure"), "at-risk"),
    ("doubtful", 0.0, _("doubtful"), "at-risk"),
)
STATE_TONES = {"accepted": "holds", "rejected": "over", "open": "information", "replaced": "over"}
_GROUPED_FROM = 10_000


def band(confidence: float) -> tuple[str, Any, str]:
    """How sure a reading is: the band's name, its word and its tone."""
    return next((name, word, tone) for name, least, word, tone in BANDS if confidence >= least or not least)


def bounds_of(name: str) -> tuple[float, float] | None:
    """The confidences of a band, the upper end excluded; None for an unknown name."""
    upper = 1.01
    for key, least, _word, _tone in BANDS:
        if key == name:
            return least, upper
        upper = least
    return None


def percent(confidence: float) -> str:
    """A confidence in whole percent, rounded down: 99.9 is not certain."""
    return f"{int(confidence * 100 + 1e-9)} %"


def doubtful(item: Item) -> bool:
    """Whether a reading deserves a second look."""
    rated = item.kind in (Kind.STATEMENT, Kind.CLAUSE)  # what else is read is not rated one by one
    unsure = item.confidence < (BANDS[1][1] if rated else BANDS[2][1])
    return item.by_reader and not item.corrected and (unsure or bool(item.doubts))


def word(words: Mapping[str, Any], key: Any) -> str:
    """The word for a code, or the code itself."""
    return str(words.get(key, key)) if isinstance(key, str) else ""


def number(written: Any) -> str:
    """A figure as kept (a decimal, or a/b), as people read it: thousands apart from five digits on."""
    text = "" if written is None else str(written)
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return text
    try:
        decimal = Decimal(text)
    except InvalidOperation:
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
    plain = format(decimal, "f") if abs(decimal.adjusted()) < 30 else text
    whole, dot, rest = plain.partition(".")
    if abs(value) >= _GROUPED_FROM and whole.lstrip("-").isdigit():
        whole = f"{int(whole):,}"
    return f"{whole}{dot}{rest}"


def amount(values: Mapping[str, Any]) -> str:
    """Value and unit of a statement: “≥ 150 万吨”, “3.6–4.4 %”, “2 × 2.5 万千伏安”."""
    low, high = number(values.get("low")), number(values.get("high"))
    figure = low if low == high or not high else f"{low}–{high}"
    times = values.get("multiplicity") or 1
    if isinstance(times, int) and times > 1:
        figure = f"{times} × {figure}"
    comparator = str(values.get("comparator", ""))
    symbol = SYMBOLS.get(comparator if comparator in SYMBOLS else str(values.get("bound") or ""), "")
    return " ".join(p for p in (symbol, figure, str(values.get("unit") or "")) if p)


def figure(values: Mapping[str, Any]) -> str:
    """The whole right-hand side of a statement in words: what is claimed of its subject."""
    said = amount(values)
    comparator, direction = values.get("comparator"), values.get("direction")
    if comparator == "change":
        return {"up": gettext("up by %s"), "down": gettext("down by %s")}.get(
            str(direction), gettext("change by %s")
        ) % said
    if comparator == "rate":
        down = direction == "down"
        return (gettext("down by %s a year") if down else gettext("up by %s a year")) % said
    if comparator == "cumulative":
        return gettext("%s over the years together") % said
    return said


def doubts(item: Item) -> list[str]:
    """Why the reading is uncertain, in words."""
    return [word(DOUBTS, d) for d in item.doubts]


def stages(values: Mapping[str, Any]) -> str:
    """A chain with its alternatives: A、B → C."""
    found = values.get("stages")
    rows = found if isinstance(found, list) else []
    return " → ".join("、".join(str(n) for n in s) if isinstance(s, list | tuple) else str(s) for s in rows)


def listed(values: Any) -> str:
    """Several names in a row."""
    return "、".join(str(v) for v in values) if isinstance(values, list | tuple) else str(values or "")
