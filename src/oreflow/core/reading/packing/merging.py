"""A region with what people accepted from documents: new documents, areas, indicators, targets and actual values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from oreflow.core.provenance import Mark, Source, Text
from oreflow.core.quantity import Quantity, QuantityError, basis, unit
from oreflow.core.region import (
    Area,
    Binding,
    Comparator,
    Document,
    Figure,
    Form,
    Indicator,
    Region,
    Target,
)

from .model import Accepted, Held, Left, Merged

_MOVING = (Form.AVERAGE_GROWTH, Form.CUMULATIVE)
_NO_NOTE = Text("", "")


class _Growing:
    """The tables of a region while accepted values are put in."""

    def __init__(self, base: Region, documents: Iterable[Held], numbered: bool) -> None:
        self.base, self.numbered = base, numbered
        self.documents = dict(base.documents)
        self.areas, self.indicators = dict(base.areas), dict(base.indicators)
        self.figures, self.targets = dict(base.figures), dict(base.targets)
        known = {d.sha256: d.id for d in base.documents.values() if d.sha256}
        self.held = {d.id: d for d in documents}
        self.named = {d.id: known.get(d.sha256, d.id) for d in self.held.values()}
        self.left: list[Left] = []
        self.added: list[tuple[str, str]] = []

    def put(self, accepted: Accepted) -> None:
        """Put one value in, or say why it is left."""
        accepted = self._apart(accepted)
        reason = _why_not(self, accepted) or self._placed(accepted)
        if reason is not None:
            self.left.append(Left(accepted.id, reason))

    def _apart(self, accepted: Accepted) -> Accepted:
        """The value under an indicator of its own where a new one of that name measures something else."""
        known = self.indicators.get(accepted.indicator)
        moving = accepted.form in (Form.AVERAGE_GROWTH, Form.CHANGE)
        if known is None or known.id in self.base.indicators or moving:
            return accepted
        try:
            measured = unit(accepted.unit)
        except QuantityError:
            return accepted
        if unit(known.unit).dimension == measured.dimension:
            return accepted
        ending = re.sub(r"[^a-z0-9]+", "-", measured.en.lower()).strip("-") or "other"
        return self._apart(replace(accepted, indicator=f"{accepted.indicator}.{ending}"[:80]))

    def _placed(self, accepted: Accepted) -> Text | None:
        name = self.named[accepted.document]
        if name not in self.documents:
            self.documents[name] = _document(self.held[accepted.document])
        where = Source(name, accepted.lines)
        amount = _quantity(accepted, accepted.value)
        known = name in self.base.documents
        if known and amount is not None and _printed_already(self.base, accepted, name, amount):
            return None
        self._terms(accepted, where)
        if accepted.kind == "actual":
            key = self._key(accepted, self.figures)
            self.figures[key] = _figure(key, accepted, amount, where)
        else:
            key = self._key(accepted, self.targets)
            base = accepted.base if accepted.base in self.figures else ""
            self.targets[key] = replace(_target(key, accepted, amount, where), base=base)
        self.added.append((key, accepted.id))
        return None

    def _key(self, accepted: Accepted, taken: Mapping[str, object]) -> str:
        """The id of a value: indicator, place and year, with its own id where asked for or needed."""
        stem = f"{accepted.indicator}.{accepted.area}.{accepted.year}"
        return f"{stem}.{accepted.id}" if self.numbered or stem in taken else stem

    def _terms(self, accepted: Accepted, where: Source) -> None:
        """Area and indicator, where the region has none of that id yet."""
        if accepted.area not in self.areas:
            within = accepted.within if accepted.within in self.areas else ""
            name = accepted.area_name or accepted.area
            self.areas[accepted.area] = Area(accepted.area, Text(name, name), "scope", within, (), _NO_NOTE, where)
        if accepted.indicator not in self.indicators:
            name, measured = accepted.indicator_name or accepted.indicator, unit(accepted.unit)
            self.indicators[accepted.indicator] = Indicator(
                accepted.indicator, Text(name, name), measured.symbol, _adds_up(accepted.unit), self._product(accepted),
                "", _NO_NOTE,
            )  # fmt: skip

    def _product(self, accepted: Accepted) -> str:
        library = self.base.library
        return accepted.product if accepted.product in (*library.materials, *library.groups) else ""


def region_with(
    base: Region, accepted: Iterable[Accepted], documents: Iterable[Held], *, numbered: bool = True
) -> Merged:
    """The region with accepted values added; nothing of the base is changed or removed.

    Every added value bears its own id at the end, so that others cannot shift it; `numbered=False` leaves it out
    where place, indicator and year are enough.

    What is printed in the base already (the same document, place, indicator, year and value) is not added twice.
    The hash is left empty: whoever keeps the region computes it.
    """
    growing = _Growing(base, documents, numbered)
    for one in sorted(accepted, key=lambda a: (a.document, a.kind != "actual", a.id)):
        growing.put(one)
    region = replace(
        base, documents=MappingProxyType(growing.documents), areas=MappingProxyType(growing.areas),
        indicators=MappingProxyType(growing.indicators), figures=MappingProxyType(growing.figures),
        targets=MappingProxyType(growing.targets), hash="",
    )  # fmt: skip
    return Merged(region, tuple(growing.left), tuple(growing.added))


def _why_not(growing: _Growing, a: Accepted) -> Text | None:
    """Why a value cannot stand in the region."""
    if a.document not in growing.held:
        return Text("文件已撤回。", "The document was withdrawn.")
    if a.value is None or not a.unit:
        return Text("没有数值或单位。", "There is no value or no unit.")
    try:
        measured = unit(a.unit)
        basis(a.basis)
    except QuantityError as error:
        return Text(f"单位或口径无法识别：{a.unit} {a.basis}。", f"Unit or basis is not known: {error}.")
    form = Form(a.form)
    if form in _MOVING and a.kind != "actual" and (a.from_year is None or a.from_year > a.year):
        return Text("增长或累计目标须有起始年。", "A growth or cumulative target needs its first year.")
    if a.kind == "actual" and a.comparator == "between":
        return Text("现状值不能是区间。", "An actual value cannot be a range.")
    if a.comparator == "between" and a.upper is None:
        return Text("区间须有上界。", "A range needs its upper end.")
    known = growing.indicators.get(a.indicator)
    moving = form in (Form.AVERAGE_GROWTH, Form.CHANGE)
    if known is not None and unit(known.unit).dimension != measured.dimension and not moving:
        return Text(
            f"单位“{a.unit}”与指标“{known.name.zh}”的“{known.unit}”不能换算。",
            f"The unit {a.unit} does not convert to {known.unit} of {known.name.en}.",
        )
    return None


def _printed_already(base: Region, a: Accepted, document: str, amount: Quantity) -> bool:
    cells: Iterable[Figure | Target] = base.figures.values() if a.kind == "actual" else base.targets.values()
    return any(
        (c.area, c.indicator, c.year) == (a.area, a.indicator, a.year)
        and c.source.document == document
        and c.value is not None
        and c.value.unit.dimension == amount.unit.dimension
        and c.value.value_in(amount.unit.symbol) == amount.value
        for c in cells
    )


def _quantity(a: Accepted, value: object) -> Quantity | None:
    return Quantity(value, unit(a.unit), basis(a.basis)) if value is not None else None  # type: ignore[arg-type]


def _document(held: Held) -> Document:
    return Document(
        held.id, Text(held.title, held.title), Text(held.issuer or "—", held.issuer or "—"), held.issued,
        held.period_from, held.period_to, held.lines, held.sha256,
    )  # fmt: skip


def _figure(key: str, a: Accepted, amount: Quantity | None, where: Source) -> Figure:
    return Figure(
        id=key, area=a.area, indicator=a.indicator, year=a.year, comparator=Comparator(a.comparator), value=amount,
        places=a.decimals, table="", of="",
        since=a.from_year if a.form in ("average-growth", "change") and (a.from_year or a.year) < a.year else None,
        included_in="", source=where, mark=Mark.PLAN, note=_NO_NOTE,
    )  # fmt: skip


def _target(key: str, a: Accepted, amount: Quantity | None, where: Source) -> Target:
    return Target(
        id=key, area=a.area, indicator=a.indicator, form=Form(a.form), comparator=Comparator(a.comparator),
        value=amount, upper=_quantity(a, a.upper), places=a.decimals, from_year=a.from_year, year=a.year,
        binding=Binding(a.binding or "unsaid"), base="", words=_NO_NOTE, printed=a.printed, source=where,
        note=_NO_NOTE,
    )  # fmt: skip


def _adds_up(unit_text: str) -> bool:
    """Whether parts of a quantity in this unit add to the whole: amounts do, rates do not."""
    found = unit(unit_text)
    return (
        bool(found.dimension.exponents)
        and all(power > 0 for _name, power in found.dimension.exponents)
        and ("points" not in found.dimension.bases)
    )


def only(region: Region, documents: Iterable[str], *, id: str, name: Text, edition: str) -> Region:
    """The part of a region that some documents print, with the areas and indicators that it speaks of."""
    kept = set(documents)
    figures = {k: f for k, f in region.figures.items() if f.source.document in kept}
    targets = {k: replace(t, base=t.base if t.base in figures else "") for k, t in region.targets.items()
               if t.source.document in kept}  # fmt: skip
    cells: list[Figure | Target] = [*figures.values(), *targets.values()]
    areas = _with_parents(region, {c.area for c in cells} | {f.included_in for f in figures.values() if f.included_in})
    indicators = {c.indicator for c in cells}
    members = tuple(m for m in region.members if m.source.document in kept)
    areas |= _with_parents(region, {m.area for m in members})
    indicators |= {m.indicator for m in members}
    figures = {k: replace(f, of=f.of if f.of in {*figures, *targets} else "") for k, f in figures.items()}
    where = kept | {a.source.document for a in region.areas.values() if a.id in areas and a.source}
    return replace(
        region, id=id, name=name, edition=edition,
        documents=MappingProxyType({k: d for k, d in region.documents.items() if k in where}),
        areas=MappingProxyType({k: a for k, a in region.areas.items() if k in areas}),
        indicators=MappingProxyType({k: i for k, i in region.indicators.items() if k in indicators}),
        figures=MappingProxyType(figures), targets=MappingProxyType(targets), parts=(), routes=(), goals=(),
        comparisons=(), assumptions=MappingProxyType({}), quotas=(), members=members, hash="",
    )  # fmt: skip


def _with_parents(region: Region, areas: set[str]) -> set[str]:
    found = set(areas)
    for area in areas:
        above = region.areas[area].within if area in region.areas else ""
        while above and above not in found:
            found.add(above)
            above = region.areas[above].within
    return found
