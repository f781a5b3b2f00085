"""A year's balances, activities and burdens as the chain page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oreflow.core.chain import Balance, FlowPicture, Interval, Requirements
from oreflow.core.quantity import unit
from oreflow.core.region import Region

from . import words
from .forms import Setting
from .presenters import Shown, Style, said, shown
from .tables import link

_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One material's year; amounts that are nothing are None."""

    name: str
    unit: str
    url: str
    need: Shown | None
    planned: Shown | None
    stated: Shown | None
    made: Shown | None
    arising: Shown | None
    credited: Shown | None
    to_buy: Shown | None
    surplus: Shown | None
    how: str
    mark: str


def rows(
    region: Region, needed: Requirements, setting: Setting, style: Style, only: frozenset[str] | None = None
) -> list[BalanceRow]:
    """Balances, those with something to buy first, then by need; `only` narrows to some materials."""
    kept = [b for b in needed.balances.values() if only is None or b.material in only]
    return [row(region, b, setting, style) for b in sorted(kept, key=_order)]


def _order(balance: Balance) -> tuple[bool, bool, float, float]:
    largest = max(balance.need.value, balance.planned, balance.arising.value)
    return balance.to_buy.value <= _SMALL, balance.unit != "t", -balance.to_buy.value, -largest


def row(region: Region, balance: Balance, setting: Setting, style: Style) -> BalanceRow:
    size = max(balance.need.value, balance.planned, balance.made.value, balance.arising.value)

    def amount(interval: Interval) -> Shown | None:
        return shown(interval, balance.unit, style, size=size) if interval.value > _SMALL else None

    planned = Interval(balance.planned, balance.planned, balance.planned)
    stated = _stated(region, setting.year, balance)
    return BalanceRow(
        name=said(balance.name, style),
        unit=style.scale(balance.unit, size)[1],
        url=f"{link('balance', region, material_id=balance.material)}?{setting.query}",
        need=amount(balance.need),
        planned=amount(planned),
        stated=amount(Interval(stated, stated, stated)),
        made=amount(balance.made),
        arising=amount(balance.arising),
        credited=amount(balance.credited),
        to_buy=amount(balance.to_buy),
        surplus=amount(balance.surplus),
        how=words.word(words.HOWS, balance.need.how),
        mark=said(balance.mark.text, style),
    )


def _stated(region: Region, year: int, balance: Balance) -> float:
    """What the plan states of a material that is only compared, in the material's unit; else 0."""
    for goal in region.goals:
        value = region.targets[goal.target].value
        if (goal.year, goal.product, goal.role) == (year, balance.material, "compare") and value is not None:
            material = region.library.materials.get(balance.material)
            if material is not None and value.unit.dimension == unit(material.unit).dimension:
                return float(value.value * value.unit.conversion(unit(material.unit))) * float(goal.split.value)
    return 0.0


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One process and how far it runs."""

    name: str
    product: str
    amount: Shown
    url: str


def activities(region: Region, needed: Requirements, style: Style) -> list[ActivityRow]:
    """Processes that run, the largest first."""
    library = region.library
    out = []
    for process_id, interval in sorted(needed.activities.items(), key=lambda item: -item[1].value):
        process = library.processes[process_id]
        product = library.materials[process.product]
        out.append(
            ActivityRow(
                said(process.name, style),
                said(product.name, style),
                shown(interval, process.product_unit, style),
                link("process", region, process_id=process_id),
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """Electricity, energy, water or CO2 of the whole chain."""

    name: str
    amount: Shown
    how: str
    mark: str
    url: str


def burdens(region: Region, needed: Requirements, setting: Setting, style: Style) -> list[BurdenRow]:
    """What the year draws and emits besides materials."""
    return [
        BurdenRow(
            words.word(words.BURDENS, burden),
            shown(interval, words.BURDEN_UNITS[burden], style),
            words.word(words.HOWS, interval.how),
            said(needed.burden_marks[burden].text, style),
            f"{link('burden', region, burden=burden.value)}?{setting.query}",
        )
        for burden, interval in needed.burdens.items()
    ]


def products(region: Region, year: int, style: Style) -> list[tuple[str, str]]:
    """Products that the year's plan drives: what a picture can be narrowed to."""
    library = region.library
    ids = dict.fromkeys(g.product for g in region.goals if g.year == year and g.role == "plan")
    return [(i, said(library.groups[i].name if i in library.groups else library.materials[i].name, style)) for i in ids]


def inside(picture: FlowPicture) -> frozenset[str]:
    """Materials that a picture shows."""
    return frozenset(n.id for n in picture.nodes)


def cut_flows(picture: FlowPicture, region: Region, style: Style) -> list[str]:
    """Loops that the picture had to cut, in words."""
    library = region.library

    def name(node: str) -> str:
        if node in library.groups:
            return said(library.groups[node].name, style)
        return said(library.materials[node].name, style) if node in library.materials else node

    return [
        _("%(from)s back to %(to)s, %(amount)s %(unit)s")
        % {
            "from": name(a),
            "to": name(b),
            "amount": shown(Interval(v, v, v), "t", style).value,
            "unit": style.scale("t")[1],
        }
        for a, b, v in picture.cut
    ]
