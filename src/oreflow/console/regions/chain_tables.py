"""The chain's tables for export: exact amounts in the material's own unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console.tables import Cell, Column, Plain, Register
from oreflow.core.chain import Answer, Balance, FlowLink, FlowPicture, Interval

from . import words
from .presenters import Style, said
from .tables import both


def answers(style: Style) -> Register[Answer]:
    """The year's comparisons, for export: exact numbers in the material's own unit."""

    def end(pick: Callable[[Answer], Interval], name: str) -> Callable[[Answer], Plain]:
        return lambda answer: float(getattr(pick(answer), name))

    def side(key: str, label: str, pick: Callable[[Answer], Interval]) -> tuple[Column[Answer], ...]:
        return (
            _plain(key, label, end(pick, "value")),
            _plain(f"{key}-low", f"{label} ({_('low')})", end(pick, "low")),
            _plain(f"{key}-high", f"{label} ({_('high')})", end(pick, "high")),
        )

    return Register(
        "answers",
        (
            _plain("label", lazy("Material"), lambda a: said(a.label, style)),
            _plain("unit", lazy("Unit"), lambda a: a.unit),
            *side("required", _("Needed"), lambda a: a.required),
            *side("available", _("Available"), lambda a: a.available),
            *side("gap", _("Gap"), lambda a: a.gap),
            _plain("verdict", lazy("Verdict"), lambda a: words.word(words.VERDICTS, a.verdict)),
            _plain("mark", lazy("Quality"), lambda a: a.mark.code),
            _plain("assumptions", lazy("Assumptions"), lambda a: "; ".join(said(t, style) for t in a.assumptions)),
            _plain("sources", lazy("Source"), lambda a: " ".join(str(s) for s in a.sources)),
        ),
        (),
        lambda a: a.comparison,
    )


def balances(style: Style) -> Register[Balance]:
    """The year's balances, for export: every amount in the material's own unit."""

    def amount(key: str, label: Any) -> tuple[Column[Balance], ...]:
        return (
            _plain(key, label, lambda b: getattr(b, key).value),
            _plain(f"{key}-low", f"{label} ({_('low')})", lambda b: getattr(b, key).low),
            _plain(f"{key}-high", f"{label} ({_('high')})", lambda b: getattr(b, key).high),
        )

    return Register(
        "balances",
        (
            _plain("material", lazy("Material"), lambda b: said(b.name, style)),
            _plain("id", lazy("Id"), lambda b: b.material),
            _plain("unit", lazy("Unit"), lambda b: b.unit),
            *amount("need", _("Needed")),
            _plain("planned", lazy("Planned"), lambda b: b.planned),
            *amount("made", _("Made")),
            *amount("arising", _("Arising")),
            *amount("credited", _("Credited")),
            *amount("to_buy", _("To buy")),
            *amount("surplus", _("Surplus")),
            _plain("how", lazy("Range"), lambda b: words.word(words.HOWS, b.need.how)),
            _plain("mark", lazy("Quality"), lambda b: b.mark.code),
        ),
        (),
        lambda b: f"{b.material} {both(b.name)}",
    )


def _plain(key: str, label: Any, plain: Callable[[Any], Plain]) -> Column[Any]:
    return Column(key, label, lambda row: Cell(str(plain(row))), plain)


def flows(picture: FlowPicture, style: Style) -> Register[FlowLink]:
    """The picture's flows, for export, in t per year."""
    names = {n.id: said(n.name, style) for n in picture.nodes}
    return Register(
        "flows",
        (
            _plain("from", lazy("From"), lambda k: names[k.source]),
            _plain("to", lazy("To"), lambda k: names[k.target]),
            _plain("tonnes", lazy("t per year"), lambda k: k.amount),
            _plain("kind", lazy("Kind"), lambda k: words.word(words.LINKS, k.kind)),
        ),
        (),
        lambda k: f"{k.source} {k.target}",
    )
