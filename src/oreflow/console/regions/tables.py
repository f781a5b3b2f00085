"""The registers of a region: columns, filters and what a search looks through."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console.tables import Cell, Column, Filter, Plain, Register
from oreflow.core.chain import Answer, Balance, FlowLink, FlowPicture, Interval
from oreflow.core.materials import Material, Process
from oreflow.core.provenance import Finding, FindingClass, Mark, Source, Text
from oreflow.core.quantity import Quantity
from oreflow.core.region import Comparator, Figure, Quota, Region, Target

from . import words
from .presenters import Style, basis_words, bounded, line_words, number, quantity, said, source_words, unit_scale

_CLASS_ORDER = list(FindingClass)


def link(view: str, region: Region, **kwargs: str) -> str:
    """The address of a page of this region."""
    return reverse(view, kwargs={"region_id": region.id, **kwargs})


def source_cell(region: Region, source: Source | None, style: Style, *, short: bool = False) -> Cell:
    """A source as a link to its lines; `short` leaves the title for the hint."""
    if source is None:
        return Cell("", "missing", hint=_("no source given"))
    if source.document not in region.documents:
        return Cell(str(source))
    where = link("source", region, document_id=source.document)
    lines = f"?lines={source.lines}" if source.lines else ""
    if short and source.lines:
        title = said(region.documents[source.document].title, style)
        return Cell(line_words(source.lines, style), href=f"{where}{lines}", panel=True, hint=title)
    return Cell(source_words(region, source, style), href=f"{where}{lines}", panel=True)


def _name(text: Text, style: Style) -> str:
    return said(text, style)


def _both(*texts: Text) -> str:
    return " ".join(f"{t.zh} {t.en}" for t in texts)


def _tag(text: str, hint: str = "") -> Cell:
    return Cell(text, "tag" if text else "text", hint=hint)


def _exact(amount: Quantity | None) -> Plain:
    return amount.value if amount else None


def _unit(amount: Quantity | None) -> str:
    return amount.unit.symbol if amount else ""


def targets(region: Region, style: Style) -> Register[Target]:
    """Every target, as printed and as read."""

    def value(t: Target) -> Cell:
        href = link("target-origin", region, target_id=t.id)
        if t.value is None:
            return Cell(said(t.words, style), href=href, panel=True)
        return Cell(bounded(t.comparator, t.value, t.upper, style), "number", href, True)

    def base(t: Target) -> Cell:
        if not t.base:
            return Cell("", "missing", hint=_("the plan prints no base"))
        figure = region.figures[t.base]
        text = quantity(figure.value, style) if figure.value else "–"
        return Cell(text, "number", link("figure", region, figure_id=t.base), True, hint=str(figure.year))

    indicators, areas = region.indicators, region.areas
    return Register(
        "targets",
        (
            Column("indicator", lazy("Indicator"),
                   lambda t: Cell(_name(indicators[t.indicator].name, style),
                                  href=link("target-origin", region, target_id=t.id), panel=True),
                   lambda t: _name(indicators[t.indicator].name, style)),
            Column("area", lazy("Area"), lambda t: Cell(_name(areas[t.area].name, style)),
                   lambda t: _name(areas[t.area].name, style)),
            Column("year", lazy("Year"), lambda t: Cell(str(t.year), "number"), lambda t: t.year, numeric=True),
            Column("value", lazy("Target"), value, lambda t: _exact(t.value), numeric=True),
            Column("upper", lazy("Upper end"), lambda t: Cell(""), lambda t: _exact(t.upper), numeric=True, shown=False),
            Column("unit", lazy("Unit"), lambda t: Cell(_unit(t.value)), lambda t: _unit(t.value), shown=False),
            Column("basis", lazy("Basis"), lambda t: Cell(basis_words(t.value, style)),
                   lambda t: basis_words(t.value, style)),
            Column("form", lazy("Form"), lambda t: Cell(words.word(words.FORMS, t.form)),
                   lambda t: words.word(words.FORMS, t.form)),
            Column("binding", lazy("Binding"), lambda t: Cell(words.word(words.BINDINGS, t.binding)),
                   lambda t: words.word(words.BINDINGS, t.binding)),
            Column("base", lazy("Base"), base, lambda t: t.base, numeric=True, sortable=False),
            Column("printed", lazy("As printed"), lambda t: Cell(t.printed, quoted=True), lambda t: t.printed),
            Column("source", lazy("Source"), lambda t: source_cell(region, t.source, style, short=True),
                   lambda t: str(t.source)),
            Column("id", lazy("Id"), lambda t: Cell(t.id), lambda t: t.id, shown=False),
        ),
        (
            _by("document", lazy("Document"), lambda t: t.source.document,
                lambda v: said(region.documents[v].title, style)),
            _by("area", lazy("Area"), lambda t: t.area, lambda v: said(areas[v].name, style)),
            _by("form", lazy("Form"), lambda t: t.form.value, lambda v: words.word(words.FORMS, v)),
            _by("binding", lazy("Binding"), lambda t: t.binding.value, lambda v: words.word(words.BINDINGS, v)),
            _by("year", lazy("Year"), lambda t: str(t.year), str),
        ),
        lambda t: f"{t.id} {t.printed} {_both(indicators[t.indicator].name, areas[t.area].name, t.words)}",
    )


def _by(key: str, label: Any, value: Callable[[Any], str], word: Callable[[str], str], chips: bool = False) -> Filter[Any]:
    return Filter(key, label, value, word, chips)


def figures(region: Region, style: Style) -> Register[Figure]:
    """Every actual figure printed; capacity and output told apart."""
    indicators, areas = region.indicators, region.areas

    def kind(f: Figure) -> str:
        return f.value.basis.measure if f.value else ""

    def value(f: Figure) -> Cell:
        if f.value is None:
            return Cell("", "missing", hint=_dash(region, f, style))
        return Cell(bounded(f.comparator, f.value, None, style), "number", link("figure", region, figure_id=f.id), True)

    return Register(
        "figures",
        (
            Column("indicator", lazy("Indicator"),
                   lambda f: Cell(_name(indicators[f.indicator].name, style),
                                  href=link("figure", region, figure_id=f.id), panel=True),
                   lambda f: _name(indicators[f.indicator].name, style)),
            Column("area", lazy("Area"), lambda f: Cell(_name(areas[f.area].name, style)),
                   lambda f: _name(areas[f.area].name, style)),
            Column("year", lazy("Year"), lambda f: Cell(str(f.year), "number"), lambda f: f.year, numeric=True),
            Column("value", lazy("Value"), value, lambda f: _exact(f.value), numeric=True),
            Column("unit", lazy("Unit"), lambda f: Cell(_unit(f.value)), lambda f: _unit(f.value), shown=False),
            Column("kind", lazy("Counts"),
                   lambda f: _tag(words.word(words.KINDS, kind(f)) if kind(f) else ""),
                   lambda f: words.word(words.KINDS, kind(f)) if kind(f) else ""),
            Column("basis", lazy("Basis"), lambda f: Cell(basis_words(f.value, style)),
                   lambda f: basis_words(f.value, style)),
            Column("table", lazy("Table"), lambda f: Cell(f.table, quoted=True), lambda f: f.table),
            Column("mark", lazy("Quality"), lambda f: Cell(said(f.mark.text, style)), lambda f: f.mark.code),
            Column("source", lazy("Source"), lambda f: source_cell(region, f.source, style, short=True),
                   lambda f: str(f.source)),
            Column("id", lazy("Id"), lambda f: Cell(f.id), lambda f: f.id, shown=False),
        ),
        (
            _by("kind", lazy("Counts"), kind, lambda v: words.word(words.KINDS, v)),
            _by("document", lazy("Document"), lambda f: f.source.document,
                lambda v: said(region.documents[v].title, style)),
            _by("area", lazy("Area"), lambda f: f.area, lambda v: said(areas[v].name, style)),
            _by("year", lazy("Year"), lambda f: str(f.year), str),
        ),
        lambda f: f"{f.id} {f.table} {_both(indicators[f.indicator].name, areas[f.area].name)}",
    )


def _dash(region: Region, figure: Figure, style: Style) -> str:
    if figure.included_in:
        area = said(region.areas[figure.included_in].name, style)
        return _("printed as a dash: counted in %(area)s") % {"area": area}
    return _("printed as a dash")


def allotments(region: Region, style: Style) -> Register[Quota]:
    """Published total-control allotments of rare earths."""
    holder = {"": _("whole country")}
    return Register(
        "allotments",
        (
            Column("year", lazy("Year"), lambda q: Cell(str(q.year)), lambda q: q.year),
            Column("batch", lazy("Batch"), lambda q: Cell(q.batch, quoted=True), lambda q: q.batch),
            Column("kind", lazy("Allotment for"), lambda q: Cell(words.word(words.QUOTA_KINDS, q.kind)),
                   lambda q: words.word(words.QUOTA_KINDS, q.kind)),
            Column("ore", lazy("Ore"), lambda q: Cell(words.word(words.ORE_TYPES, q.ore_type)),
                   lambda q: words.word(words.ORE_TYPES, q.ore_type)),
            Column("holder", lazy("Holder"), lambda q: Cell(holder.get(_holder(q, style), _holder(q, style))),
                   lambda q: _holder(q, style)),
            Column("amount", lazy("Amount"), lambda q: Cell(quantity(q.amount, style), "number"),
                   lambda q: q.amount.value, numeric=True),
            Column("basis", lazy("Basis"), lambda q: Cell(basis_words(q.amount, style)),
                   lambda q: basis_words(q.amount, style)),
            Column("mark", lazy("Quality"), lambda q: Cell(said(q.mark.text, style)), lambda q: q.mark.code),
            Column("source", lazy("Source"), lambda q: Cell(q.source, quoted=True), lambda q: q.source),
        ),
        (
            _by("year", lazy("Year"), lambda q: str(q.year), str),
            _by("kind", lazy("Allotment for"), lambda q: q.kind, lambda v: words.word(words.QUOTA_KINDS, v)),
            _by("ore", lazy("Ore"), lambda q: q.ore_type, lambda v: words.word(words.ORE_TYPES, v)),
        ),
        lambda q: f"{q.year} {q.batch} {q.source} {_holder(q, style)}",
        lambda q: (-q.year, q.batch, q.kind, q.ore_type),
    )


def _holder(quota: Quota, style: Style) -> str:
    """The holder's name; where one language is missing the other serves both."""
    return said(quota.holder, style) or quota.holder.zh or quota.holder.en


def checks(region: Region, style: Style) -> Register[Finding]:
    """What the checks found, errors first."""
    return Register(
        "checks",
        (
            Column("title", lazy("Finding"),
                   lambda f: Cell(said(f.title, style), href=link("finding", region, code=f.code), panel=True,
                                  note=said(f.detail, style) if f.kind is not FindingClass.HOLDS else ""),
                   lambda f: said(f.title, style)),
            Column("class", lazy("Class"), lambda f: Cell(said(f.kind.text, style), "tag", tone=f.kind.value),
                   lambda f: said(f.kind.text, style)),
            Column("printed", lazy("Printed"), lambda f: finding_number(f.found, f, style), lambda f: f.found, numeric=True),
            Column("recomputed", lazy("Recomputed"), lambda f: finding_number(f.expected, f, style),
                   lambda f: f.expected, numeric=True),
            Column("gap", lazy("Gap"), lambda f: finding_number(f.gap, f, style, signed=True), lambda f: f.gap, numeric=True),
            Column("unit", lazy("Unit"), lambda f: Cell(finding_unit(f, style)), lambda f: f.unit),
            Column("source", lazy("Source"), lambda f: source_cell(region, f.sources[0] if f.sources else None, style, short=True),
                   lambda f: " ".join(str(s) for s in f.sources)),
            Column("detail", lazy("Calculation"), lambda f: Cell(""), lambda f: said(f.detail, style), shown=False),
            Column("code", lazy("Code"), lambda f: Cell(f.code), lambda f: f.code, shown=False),
        ),
        (
            _by("class", lazy("Class"), lambda f: f.kind.value, lambda v: said(FindingClass(v).text, style), True),
            _by("check", lazy("Rule"), lambda f: f.check, lambda v: words.word(words.CHECK_RULES, v)),
        ),
        lambda f: f"{f.code} {_both(f.title, f.detail)}",
        lambda f: (_CLASS_ORDER.index(f.kind), f.code),
    )


def finding_number(value: Fraction | None, finding: Finding, style: Style, signed: bool = False) -> Cell:
    """A value of a finding in the reader's units, with one decimal more than was printed."""
    if value is None:
        return Cell("", "missing", hint=_("this check compares no numbers"))
    factor, _unit_name = unit_scale(finding.unit, style)
    printed = None if finding.found is None else finding.found * factor
    text = number(value * factor, _decimals(printed) + (0 if value == finding.found else 1))
    if signed and value > 0:
        text = f"+{text}"
    tone = "negative" if signed and value < 0 and finding.kind.fails else ""
    return Cell(text, "number", tone=tone)


def finding_unit(finding: Finding, style: Style) -> str:
    """The unit that a finding's numbers are shown in."""
    return unit_scale(finding.unit, style)[1]


def _decimals(value: Fraction | None) -> int:
    """Decimals of a printed number, at most four."""
    return next((n for n in range(4) if value is not None and (value * 10**n).denominator == 1), 4)


def materials(region: Region, style: Style) -> Register[Material]:
    """The library's materials."""
    return Register(
        "materials",
        (
            Column("name", lazy("Material"),
                   lambda m: Cell(said(m.name, style), href=link("material", region, material_id=m.id), panel=True),
                   lambda m: said(m.name, style)),
            Column("id", lazy("Id"), lambda m: Cell(m.id), lambda m: m.id),
            Column("category", lazy("Category"), lambda m: Cell(words.word(words.CATEGORIES, m.category)),
                   lambda m: words.word(words.CATEGORIES, m.category)),
            Column("formula", lazy("Formula"), lambda m: Cell(m.formula), lambda m: m.formula),
            Column("unit", lazy("Unit"), lambda m: Cell(style.unit(m.unit)), lambda m: m.unit),
            Column("contents", lazy("Contents known"),
                   lambda m: Cell(_contents(m)), lambda m: len(m.contents), numeric=True),
            Column("mark", lazy("Quality"), lambda m: Cell(said(m.mark.text, style)), lambda m: m.mark.code),
        ),
        (
            _by("category", lazy("Category"), lambda m: m.category, lambda v: words.word(words.CATEGORIES, v)),
            _by("mark", lazy("Quality"), lambda m: m.mark.code, lambda v: said(Mark.from_code(v).text, style)),
        ),
        lambda m: f"{m.id} {m.formula} {m.hs6} {_both(m.name)}",
        lambda m: (list(words.CATEGORIES).index(m.category) if m.category in words.CATEGORIES else 99),
    )


def _contents(material: Material) -> str:
    return "、".join(list(material.contents)[:8]) if material.contents else "–"


def processes(region: Region, style: Style) -> Register[Process]:
    """The library's processes."""
    library = region.library

    def product(p: Process) -> str:
        found = library.materials.get(p.product)
        return said(found.name, style) if found else p.product

    return Register(
        "processes",
        (
            Column("name", lazy("Process"),
                   lambda p: Cell(said(p.name, style), href=link("process", region, process_id=p.id), panel=True),
                   lambda p: said(p.name, style)),
            Column("id", lazy("Id"), lambda p: Cell(p.id), lambda p: p.id),
            Column("chain", lazy("Chain"), lambda p: Cell(words.word(words.CHAINS, p.chain)),
                   lambda p: words.word(words.CHAINS, p.chain)),
            Column("product", lazy("Product"),
                   lambda p: Cell(product(p), href=link("material", region, material_id=p.product), panel=True),
                   product),
            Column("inputs", lazy("Inputs"), lambda p: Cell(str(len(p.inputs)), "number"),
                   lambda p: len(p.inputs), numeric=True),
            Column("outputs", lazy("By-products, wastes"),
                   lambda p: Cell(str(len(p.by_products) + len(p.wastes)), "number"),
                   lambda p: len(p.by_products) + len(p.wastes), numeric=True),
            Column("mark", lazy("Weakest quality"), lambda p: Cell(said(p.mark.text, style)), lambda p: p.mark.code),
        ),
        (
            _by("chain", lazy("Chain"), lambda p: p.chain, lambda v: words.word(words.CHAINS, v)),
            _by("mark", lazy("Weakest quality"), lambda p: p.mark.code, lambda v: said(Mark.from_code(v).text, style)),
        ),
        lambda p: f"{p.id} {p.product} {product(p)} {_both(p.name)}",
    )


def answers(region: Region, style: Style) -> Register[Answer]:
    """The year's comparisons, for export: exact numbers in the material's own unit."""

    def side(key: str, label: Any, pick: Callable[[Answer], Interval]) -> tuple[Column[Answer], ...]:
        ends = ((key, label, "value"), (f"{key}-low", _("low"), "low"), (f"{key}-high", _("high"), "high"))
        return tuple(_plain(k, f"{label} ({name})" if end != "value" else label, lambda a, e=end: getattr(pick(a), e))
                     for k, name, end in ends)

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


def balances(region: Region, style: Style) -> Register[Balance]:
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
        lambda b: f"{b.material} {_both(b.name)}",
    )


def _plain(key: str, label: Any, plain: Callable[[Any], Plain]) -> Column[Any]:
    return Column(key, label, lambda row: Cell(str(plain(row))), plain)


def comparator_words(comparator: Comparator) -> str:
    """A comparator said in words."""
    return {
        Comparator.EQUAL: _("equal to"),
        Comparator.AT_LEAST: _("at least"),
        Comparator.MORE: _("more than"),
        Comparator.AT_MOST: _("at most"),
        Comparator.LESS: _("less than"),
        Comparator.ABOUT: _("about"),
        Comparator.BETWEEN: _("between"),
        Comparator.NONE: _("no number"),
    }[comparator]


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


def doubts(region: Region, style: Style) -> Register[Finding]:
    """What the stoichiometric guard refuses or doubts."""

    def href(f: Finding) -> str:
        first = f.cells[0] if f.cells else ""
        if first in region.library.processes and not f.code.startswith("guard.material"):
            return link("process", region, process_id=first)
        return link("material", region, material_id=first) if first in region.library.materials else ""

    return Register(
        "doubtful",
        (
            Column("title", lazy("Finding"),
                   lambda f: Cell(said(f.title, style), href=href(f), panel=bool(href(f)), note=said(f.detail, style)),
                   lambda f: said(f.title, style)),
            Column("class", lazy("Class"), lambda f: Cell(said(f.kind.text, style), "tag", tone=f.kind.value),
                   lambda f: said(f.kind.text, style)),
            Column("found", lazy("Stated or leaving"), lambda f: finding_number(f.found, f, style), lambda f: f.found, numeric=True),
            Column("expected", lazy("Recomputed or entering"), lambda f: finding_number(f.expected, f, style),
                   lambda f: f.expected, numeric=True),
            Column("unit", lazy("Unit"), lambda f: Cell(f.unit), lambda f: f.unit),
            Column("mark", lazy("Quality"), lambda f: Cell(said(f.mark.text, style)), lambda f: f.mark.code),
            Column("detail", lazy("Calculation"), lambda f: Cell(""), lambda f: said(f.detail, style), shown=False),
            Column("code", lazy("Code"), lambda f: Cell(f.code), lambda f: f.code, shown=False),
        ),
        (_by("rule", lazy("Rule"), lambda f: f.check, lambda v: words.word(words.GUARD_RULES, v), False),),
        lambda f: f"{f.code} {_both(f.title, f.detail)}",
        lambda f: (_CLASS_ORDER.index(f.kind), f.code),
    )
