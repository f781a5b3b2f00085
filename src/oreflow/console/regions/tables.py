"""The registers of a region: columns, filters and what a search looks through."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from oreflow.console.tables import Cell, Column, Filter, Plain, Register, worded
from oreflow.core.provenance import Finding, FindingClass, Source, Text
from oreflow.core.quantity import Quantity
from oreflow.core.region import Comparator, Figure, Quota, Region, Target

from . import words
from .presenters import Style, basis_words, bounded, line_words, number, quantity, said, source_words, unit_scale

CLASS_ORDER = list(FindingClass)


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


def both(*texts: Text) -> str:
    """Texts in both languages, for a search."""
    return " ".join(f"{t.zh} {t.en}" for t in texts)


def _tag(text: str, hint: str = "") -> Cell:
    return Cell(text, "tag" if text else "text", hint=hint)


def _hidden(row: Any) -> Cell:
    del row  # a column for exports only
    return Cell("")


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
        return Cell(bounded(t.comparator, t.value, t.upper, style, t.places), "number", href, True)

    indicators, areas = region.indicators, region.areas
    return Register(
        "targets",
        (
            Column(
                "indicator",
                lazy("Indicator"),
                lambda t: Cell(
                    _name(indicators[t.indicator].name, style),
                    href=link("target-origin", region, target_id=t.id),
                    panel=True,
                ),
                lambda t: _name(indicators[t.indicator].name, style),
            ),
            worded("area", lazy("Area"), lambda t: _name(areas[t.area].name, style)),
            Column("year", lazy("Year"), lambda t: Cell(str(t.year), "number"), lambda t: t.year, numeric=True),
            Column("value", lazy("Target"), value, lambda t: _exact(t.value), numeric=True),
            Column("upper", lazy("Upper end"), _hidden, lambda t: _exact(t.upper), numeric=True, shown=False),
            worded("unit", lazy("Unit"), lambda t: _unit(t.value), shown=False),
            worded("basis", lazy("Basis"), lambda t: basis_words(t.value, style)),
            worded("form", lazy("Form"), lambda t: words.word(words.FORMS, t.form)),
            worded("binding", lazy("Binding"), lambda t: words.word(words.BINDINGS, t.binding)),
            Column(
                "base", lazy("Base"), lambda t: _base(region, t, style), lambda t: t.base, numeric=True, sortable=False
            ),
            Column("printed", lazy("As printed"), lambda t: Cell(t.printed, quoted=True), lambda t: t.printed),
            Column(
                "source",
                lazy("Source"),
                lambda t: source_cell(region, t.source, style, short=True),
                lambda t: str(t.source),
            ),
            worded("id", lazy("Id"), lambda t: t.id, shown=False),
        ),
        _target_filters(region, style),
        lambda t: f"{t.id} {t.printed} {both(indicators[t.indicator].name, areas[t.area].name, t.words)}",
    )


def _base(region: Region, target: Target, style: Style) -> Cell:
    """The figure a target starts from, opening to its origin."""
    if not target.base:
        return Cell("", "missing", hint=_("the plan prints no base"))
    figure = region.figures[target.base]
    text = quantity(figure.value, style, figure.places) if figure.value else "–"
    return Cell(text, "number", link("figure", region, figure_id=target.base), True, hint=str(figure.year))


def _target_filters(region: Region, style: Style) -> tuple[Filter[Target], ...]:
    return (
        by(
            "document",
            lazy("Document"),
            lambda t: t.source.document,
            lambda v: said(region.documents[v].title, style),
        ),
        by("area", lazy("Area"), lambda t: t.area, lambda v: said(region.areas[v].name, style)),
        by("form", lazy("Form"), lambda t: t.form.value, lambda v: words.word(words.FORMS, v)),
        by("binding", lazy("Binding"), lambda t: t.binding.value, lambda v: words.word(words.BINDINGS, v)),
        by("year", lazy("Year"), lambda t: str(t.year), str),
    )


def by(
    key: str, label: Any, value: Callable[[Any], str], word: Callable[[str], str], chips: bool = False
) -> Filter[Any]:
    """A filter by one value of a row."""
    return Filter(key, label, value, word, chips)


def figures(region: Region, style: Style) -> Register[Figure]:
    """Every actual figure printed; capacity and output told apart."""
    indicators, areas = region.indicators, region.areas

    def value(f: Figure) -> Cell:
        if f.value is None:
            return Cell("", "missing", hint=_dash(region, f, style))
        return Cell(
            bounded(f.comparator, f.value, None, style, f.places),
            "number",
            link("figure", region, figure_id=f.id),
            True,
        )

    return Register(
        "figures",
        (
            Column(
                "indicator",
                lazy("Indicator"),
                lambda f: Cell(
                    _name(indicators[f.indicator].name, style), href=link("figure", region, figure_id=f.id), panel=True
                ),
                lambda f: _name(indicators[f.indicator].name, style),
            ),
            worded("area", lazy("Area"), lambda f: _name(areas[f.area].name, style)),
            Column("year", lazy("Year"), lambda f: Cell(str(f.year), "number"), lambda f: f.year, numeric=True),
            Column("value", lazy("Value"), value, lambda f: _exact(f.value), numeric=True),
            worded("unit", lazy("Unit"), lambda f: _unit(f.value), shown=False),
            Column(
                "kind",
                lazy("Counts"),
                lambda f: _tag(words.word(words.KINDS, _measure(f)) if _measure(f) else ""),
                lambda f: words.word(words.KINDS, _measure(f)) if _measure(f) else "",
            ),
            worded("basis", lazy("Basis"), lambda f: basis_words(f.value, style)),
            Column("table", lazy("Table"), lambda f: Cell(f.table, quoted=True), lambda f: f.table),
            Column("mark", lazy("Quality"), lambda f: Cell(said(f.mark.text, style)), lambda f: f.mark.code),
            Column(
                "source",
                lazy("Source"),
                lambda f: source_cell(region, f.source, style, short=True),
                lambda f: str(f.source),
            ),
            worded("id", lazy("Id"), lambda f: f.id, shown=False),
        ),
        _figure_filters(region, style),
        lambda f: f"{f.id} {f.table} {both(indicators[f.indicator].name, areas[f.area].name)}",
    )


def _figure_filters(region: Region, style: Style) -> tuple[Filter[Figure], ...]:
    return (
        by("kind", lazy("Counts"), _measure, lambda v: words.word(words.KINDS, v)),
        by(
            "document",
            lazy("Document"),
            lambda f: f.source.document,
            lambda v: said(region.documents[v].title, style),
        ),
        by("area", lazy("Area"), lambda f: f.area, lambda v: said(region.areas[v].name, style)),
        by("year", lazy("Year"), lambda f: str(f.year), str),
    )


def _measure(figure: Figure) -> str:
    """Capacity, output or quota, where the figure says which."""
    return figure.value.basis.measure if figure.value else ""


def _dash(region: Region, figure: Figure, style: Style) -> str:
    if figure.included_in:
        area = said(region.areas[figure.included_in].name, style)
        return _("printed as a dash: counted in %(area)s") % {"area": area}
    return _("printed as a dash")


def allotments(style: Style) -> Register[Quota]:
    """Published total-control allotments of rare earths."""
    holder = {"": _("whole country")}
    return Register(
        "allotments",
        (
            Column("year", lazy("Year"), lambda q: Cell(str(q.year)), lambda q: q.year),
            Column("batch", lazy("Batch"), lambda q: Cell(_batch(q)), lambda q: q.batch),
            worded("kind", lazy("Allotment for"), lambda q: words.word(words.QUOTA_KINDS, q.kind)),
            worded("ore", lazy("Ore"), lambda q: words.word(words.ORE_TYPES, q.ore_type)),
            Column(
                "holder",
                lazy("Holder"),
                lambda q: Cell(holder.get(_holder(q, style), _holder(q, style))),
                lambda q: _holder(q, style),
            ),
            Column(
                "amount",
                lazy("Amount"),
                lambda q: Cell(quantity(q.amount, style), "number"),
                lambda q: q.amount.value,
                numeric=True,
            ),
            worded("basis", lazy("Basis"), lambda q: basis_words(q.amount, style)),
            Column("mark", lazy("Quality"), lambda q: Cell(said(q.mark.text, style)), lambda q: q.mark.code),
            Column("source", lazy("Source"), lambda q: Cell(q.source, quoted=True), lambda q: q.source),
        ),
        (
            by("year", lazy("Year"), lambda q: str(q.year), str),
            by("kind", lazy("Allotment for"), lambda q: q.kind, lambda v: words.word(words.QUOTA_KINDS, v)),
            by("ore", lazy("Ore"), lambda q: q.ore_type, lambda v: words.word(words.ORE_TYPES, v)),
        ),
        lambda q: f"{q.year} {q.batch} {q.source} {_holder(q, style)}",
        lambda q: (-q.year, q.batch, q.kind, q.ore_type),
    )


def _batch(quota: Quota) -> str:
    """The batch in words; the pack's `full` is the allotment of the whole year."""
    return _("whole year") if quota.batch == "full" else _("batch %(number)s") % {"number": quota.batch}


def _holder(quota: Quota, style: Style) -> str:
    """The holder's name; where one language is missing the other serves both."""
    return said(quota.holder, style) or quota.holder.zh or quota.holder.en


def checks(region: Region, style: Style) -> Register[Finding]:
    """What the checks found, errors first."""
    return Register(
        "checks",
        (
            _finding_column(region, style),
            Column(
                "class",
                lazy("Class"),
                lambda f: Cell(said(f.kind.text, style), "tag", tone=f.kind.value),
                lambda f: said(f.kind.text, style),
            ),
            Column(
                "printed", lazy("Printed"), lambda f: finding_number(f.found, f, style), lambda f: f.found, numeric=True
            ),
            Column(
                "recomputed",
                lazy("Recomputed or compared"),
                lambda f: finding_number(f.expected, f, style),
                lambda f: f.expected,
                numeric=True,
            ),
            Column(
                "gap",
                lazy("Gap"),
                lambda f: finding_number(f.gap, f, style, signed=True),
                lambda f: f.gap,
                numeric=True,
            ),
            Column("unit", lazy("Unit"), lambda f: Cell(finding_unit(f, style)), lambda f: f.unit),
            Column(
                "source",
                lazy("Source"),
                lambda f: source_cell(region, f.sources[0] if f.sources else None, style, short=True),
                lambda f: " ".join(str(s) for s in f.sources),
            ),
            Column("detail", lazy("Calculation"), _hidden, lambda f: said(f.detail, style), shown=False),
            worded("code", lazy("Code"), lambda f: f.code, shown=False),
        ),
        (
            by("class", lazy("Class"), lambda f: f.kind.value, lambda v: said(FindingClass(v).text, style), True),
            by("check", lazy("Rule"), lambda f: f.check, lambda v: words.word(words.CHECK_RULES, v)),
        ),
        lambda f: f"{f.code} {both(f.title, f.detail)}",
        lambda f: (CLASS_ORDER.index(f.kind), f.code),
    )


def _finding_column(region: Region, style: Style) -> Column[Finding]:
    return Column(
        "title",
        lazy("Finding"),
        lambda f: Cell(
            said(f.title, style),
            href=link("finding", region, code=f.code),
            panel=True,
            note=said(f.detail, style) if f.kind is not FindingClass.HOLDS else "",
        ),
        lambda f: said(f.title, style),
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
    if signed and finding.unit == "%":
        text = _("%(number)s points") % {"number": text}
    tone = "negative" if signed and value < 0 and finding.kind.fails else ""
    return Cell(text, "number", tone=tone)


def finding_unit(finding: Finding, style: Style) -> str:
    """The unit that a finding's numbers are shown in."""
    return unit_scale(finding.unit, style)[1]


def _decimals(value: Fraction | None) -> int:
    """Decimals of a printed number, at most four."""
    return next((n for n in range(4) if value is not None and (value * 10**n).denominator == 1), 4)


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
