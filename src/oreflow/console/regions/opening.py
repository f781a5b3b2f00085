"""What opens behind a number: formula, lines, assumptions, quality, source."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oreflow.core.chain import Answer, Contribution, Origin, PlanView, Requirements
from oreflow.core.materials import Burden
from oreflow.core.provenance import Mark, Source
from oreflow.core.region import Figure, Region, Target

from . import access, balances, plan, words
from .forms import Setting
from .library import references
from .presenters import Shown, Style, bounded, coefficient, percent, said, shown
from .tables import link, source_cell


@dataclass(frozen=True, slots=True)
class CellView:
    """A figure or target as a line that opens."""

    name: str
    area: str
    year: int
    value: str
    url: str
    kind: str


def cell(region: Region, key: str, style: Style) -> CellView | None:
    """The figure or target with this id; None for ids of neither."""
    item: Figure | Target | None = region.figures.get(key) or region.targets.get(key)
    if item is None:
        return None
    is_target = isinstance(item, Target)
    value = bounded(item.comparator, item.value, item.upper if isinstance(item, Target) else None, style, item.places)
    if isinstance(item, Target) and item.value is None:
        value = said(item.words, style)
    return CellView(
        name=said(region.indicators[item.indicator].name, style),
        area=said(region.areas[item.area].name, style),
        year=item.year,
        value=value or "–",
        url=link("target-origin", region, target_id=key) if is_target else link("figure", region, figure_id=key),
        kind=_("target") if is_target else _("figure"),
    )


@dataclass(frozen=True, slots=True)
class FindingLink:
    """A finding as a line that opens."""

    title: str
    kind: str
    word: str
    url: str


def findings_on(region: Region, key: str, style: Style) -> list[FindingLink]:
    """Findings that used a figure or target."""
    return [
        FindingLink(said(f.title, style), f.kind.value, said(f.kind.text, style), link("finding", region, code=f.code))
        for f in access.findings(region)
        if key in f.cells
    ]


def targets_from(region: Region, key: str, style: Style) -> list[CellView]:
    """Targets that start from a figure."""
    found = [cell(region, t.id, style) for t in region.targets.values() if t.base == key]
    return [c for c in found if c is not None]


def form_words(target: Target) -> str:
    """The form of a target in words."""
    return words.word(words.FORMS, target.form)


def binding_words(target: Target) -> str:
    """Binding, expected, or not said."""
    return words.word(words.BINDINGS, target.binding)


def material_name(region: Region, key: str, style: Style) -> str:
    """The name of a material, group or burden."""
    library = region.library
    if key in library.groups:
        return said(library.groups[key].name, style)
    if key in library.materials:
        return said(library.materials[key].name, style)
    return words.word(words.BURDENS, Burden(key)) if key in {b.value for b in Burden} else key


def goals_of(region: Region, target: Target, style: Style) -> list[tuple[str, str, str]]:
    """How a target enters the chain: product, role in words, split."""
    roles = {"plan": _("drives the chain"), "compare": _("is compared with what the chain needs")}
    return [
        (
            material_name(region, g.product, style),
            roles.get(g.role, g.role),
            percent(float(g.split.value)) if g.split.value != 1 else "",
        )
        for g in region.goals
        if g.target == target.id
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an origin: coefficient × activity = amount."""

    what: str
    url: str
    coefficient: Shown | None
    coefficient_unit: str
    activity: Shown | None
    amount: Shown
    share: str
    mark: str
    weak: bool
    sources: list[tuple[str, str, str]]
    plan_source: object


@dataclass(frozen=True, slots=True)
class OriginView:
    """One side of a balance, opened."""

    key: str
    title: str
    formula: str
    total: Shown
    lines: list[Line]
    mark: str


def origin(region: Region, found: Origin, style: Style, key: str) -> OriginView:
    """An origin with its lines in the reader's units."""
    whole = sum(abs(c.amount.value) for c in found.contributions) or 1.0
    return OriginView(
        key=key,
        title=said(found.title, style),
        formula=said(found.formula, style),
        total=shown(found.amount, found.unit, style),
        lines=[_line(region, c, found.unit, whole, style) for c in found.contributions],
        mark=said(found.mark.text, style),
    )


def _line(region: Region, c: Contribution, unit: str, whole: float, style: Style) -> Line:
    top, _slash, bottom = c.coefficient_unit.partition("/")
    plan_source = _plan_source(region, c.source, style)
    return Line(
        what=said(c.what, style),
        url=link("process", region, process_id=c.process) if c.process else "",
        coefficient=coefficient(c.coefficient) if c.coefficient else None,
        coefficient_unit=f"{style.unit(top)}/{style.unit(bottom)}" if bottom else style.unit(top),
        activity=shown(c.activity, c.activity_unit, style) if c.activity else None,
        amount=shown(c.amount, unit, style, size=whole),
        share=_part(abs(c.amount.value) / whole),
        mark=said(c.mark.text, style),
        weak=c.mark >= Mark.MEMORY,
        sources=[] if plan_source else references(region, c.source.replace(",", " ").split(), style),
        plan_source=plan_source,
    )


def _part(share: float) -> str:
    return "< 1%" if 0 < share < 0.005 else percent(share)


def _plan_source(region: Region, text: str, style: Style) -> object:
    """A source written as document:lines becomes a link; other texts are keys of the library."""
    document, _colon, lines = text.partition(":")
    return source_cell(region, Source(document, lines), style) if document in region.documents else None


def answer(region: Region, found: Answer, setting: Setting, style: Style) -> plan.Misfit:
    """A comparison as one row."""
    return plan.misfit(region, found, setting, style)


def break_evens(view: PlanView, found: Answer, style: Style) -> list[tuple[str, str]]:
    """Per slider: its name, and where the gap closes on it."""
    sliders = {s.key: s for s in view.sliders}
    out = []
    for even in found.break_evens:
        slider = sliders.get(even.slider)
        if slider is None:
            continue
        if even.at is None:
            out.append((said(slider.label, style), _("no value within reach closes the gap")))
            continue
        at = plan.slider_amount(even.at, slider, style)
        fits = _("enough up to %(at)s") if even.fits == "below" else _("enough from %(at)s")
        out.append((said(slider.label, style), fits % {"at": at}))
    return out


def balance(
    region: Region, needed: Requirements, material: str, setting: Setting, style: Style
) -> balances.BalanceRow | None:
    """The balance of one material, if it has one."""
    if material not in needed.balances:
        return None
    return balances.row(region, needed.balances[material], setting, style)
