"""Materials and processes of the library as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oreflow.core.materials import (
    Burden,
    Closure,
    Coefficient,
    GuardReport,
    Material,
    Process,
    Role,
    mass_fractions,
)
from oreflow.core.region import Region

from . import words
from .presenters import Style, said, without_brackets
from .tables import link


@dataclass(frozen=True, slots=True)
class Value:
    """A coefficient as shown: value, range, unit, quality and source."""

    value: str
    range: str
    unit: str
    mark: str
    source: str = ""


def plain(value: Decimal | Fraction | float, digits: int = 6) -> str:
    """A coefficient with at most `digits` digits, without trailing zeros."""
    text = f"{float(value):.{digits}g}"
    return f"{float(value):,.0f}" if "e+" in text else text


def shown_value(c: Coefficient, unit: str, scale: int = 1) -> Value:
    """A coefficient with its range; `scale` turns a fraction into percent."""
    same = c.low == c.high
    return Value(
        value=plain(c.value * scale),
        range="" if same else f"{plain(c.low * scale)}–{plain(c.high * scale)}",
        unit=unit,
        mark=c.mark.code,
        source=c.source,
    )


def contents(material: Material) -> list[tuple[str, Value, Coefficient]]:
    """Contents in percent by mass, the largest first."""
    rows = sorted(material.contents.items(), key=lambda item: -item[1].value)
    return [(element, shown_value(c, "%", 100), c) for element, c in rows]


def conversions(material: Material) -> list[tuple[str, str]]:
    """Element shares of the pure compound, where the material has a formula: what converts it."""
    if not material.formula:
        return []
    try:
        shares = mass_fractions(material.formula)
    except ValueError:
        return []
    return [(element, plain(round(float(share), 6))) for element, share in shares.items()]


@dataclass(frozen=True, slots=True)
class Use:
    """A process that makes or uses a material, with the amount per unit of its product."""

    name: str
    url: str
    role: str
    amount: Value | None


def makers(region: Region, material: Material, style: Style) -> list[Use]:
    """Processes whose product it is, then those that give it off."""
    out = []
    for process in region.library.processes.values():
        name, url = said(process.name, style), link("process", region, process_id=process.id)
        if process.product == material.id:
            out.append(Use(name, url, _("reference product"), None))
    return out + _uses(region, material, style, (Role.BY_PRODUCT, Role.WASTE))


def users(region: Region, material: Material, style: Style) -> list[Use]:
    """Processes that take it in."""
    return _uses(region, material, style, (Role.INPUT,))


def _uses(region: Region, material: Material, style: Style, roles: tuple[Role, ...]) -> list[Use]:
    out = []
    for process in region.library.processes.values():
        for flow in process.flows:
            if flow.material == material.id and flow.role in roles:
                unit = f"{style.unit(flow.amount.unit)}/{style.unit(process.product_unit)}"
                url = link("process", region, process_id=process.id)
                role = words.word(words.ROLES, flow.role)
                out.append(Use(said(process.name, style), url, role, shown_value(flow.amount, unit)))
    return out


@dataclass(frozen=True, slots=True)
class FlowView:
    """One flow of a process."""

    name: str
    url: str
    role: str
    amount: Value
    note: str
    mark_words: str


def flows(region: Region, process: Process, style: Style) -> list[FlowView]:
    """Inputs, then by-products, then wastes."""
    out = []
    for flow in (*process.inputs, *process.by_products, *process.wastes):
        found = region.library.materials.get(flow.material)
        out.append(
            FlowView(
                name=said(found.name, style) if found else flow.material,
                url=link("material", region, material_id=flow.material) if found else "",
                role=words.word(words.ROLES, flow.role),
                amount=shown_value(flow.amount, style.unit(flow.amount.unit)),
                note=said(flow.amount.note, style),
                mark_words=said(flow.amount.mark.text, style),
            )
        )
    return out


def burdens(process: Process, style: Style) -> list[tuple[str, Value, str]]:
    """Electricity, energy, water and CO2 per unit of product."""
    return [
        (
            words.word(words.BURDENS, burden),
            shown_value(c, style.unit(c.unit or words.BURDEN_UNITS[Burden(burden)])),
            said(c.mark.text, style),
        )
        for burden, c in process.burdens.items()
    ]


def recoveries(region: Region, process: Process, style: Style) -> list[tuple[str, str, Value, str]]:
    """Recoveries by element in percent, stage basis."""
    out = []
    for recovery in process.recoveries:
        into = region.library.materials.get(recovery.into)
        name = said(into.name, style) if into else recovery.into
        value = shown_value(recovery.value, "%", 100)
        out.append((recovery.element, name, value, said(recovery.value.mark.text, style)))
    return out


@dataclass(frozen=True, slots=True)
class ClosureView:
    """One element over a process: what enters and leaves, and whether that closes."""

    element: str
    entering: str
    leaving: str
    kind: str
    word: str
    unknown: str


def closures(region: Region, report: GuardReport, process: Process, style: Style) -> list[ClosureView]:
    """Element balances of a process as the guard found them."""
    joint = "、" if style.language == "zh" else ", "

    def name(key: str) -> str:
        found = region.library.materials.get(key)
        return (
            without_brackets(said(found.name, style)) if found else {"air": _("air"), "water": _("water")}.get(key, key)
        )

    tones = {Closure.CONSERVED: "holds", Closure.IMPOSSIBLE: "error", Closure.DOUBTFUL: "at-risk"}
    kinds = {
        Closure.CONSERVED: pgettext("closure", "conserved"),
        Closure.LOST: pgettext("closure", "unlisted loss"),
        Closure.DOUBTFUL: pgettext("closure", "doubtful"),
        Closure.IMPOSSIBLE: pgettext("closure", "impossible"),
        Closure.UNKNOWN: pgettext("closure", "content unknown"),
    }
    return [
        ClosureView(
            element=b.element,
            entering=plain(b.entering.value, 4),
            leaving=plain(b.leaving.value, 4),
            kind=tones.get(b.kind, "information"),
            word=kinds[b.kind],
            unknown=joint.join(name(m) for m in dict.fromkeys((*b.unknown_in, *b.unknown_out))),
        )
        for b in report.balances
        if b.process == process.id
    ]


def references(region: Region, keys: Iterable[str], style: Style) -> list[tuple[str, str, str]]:
    """Key, citation and link of sources; a key without a citation stands for itself."""
    known = region.library.references
    return [
        (key, said(known[key].citation, style) if key in known else key, known[key].url if key in known else "")
        for key in dict.fromkeys(keys)
        if key
    ]


def chain_word(process: Process) -> str:
    """The chain of a process in words."""
    return words.word(words.CHAINS, process.chain)
