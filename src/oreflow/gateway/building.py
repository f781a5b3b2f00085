"""Checked rows to the frozen values: a Library, and a Region on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from types import MappingProxyType

from oreflow.core.materials import (
    Burden,
    Coefficient,
    Factor,
    Flow,
    Group,
    Library,
    Material,
    Process,
    Recovery,
    Reference,
    Role,
)  # fmt: skip
from oreflow.core.provenance import Source, Text, Validity
from oreflow.core.quantity import Quantity
from oreflow.core.region import (
    Area,
    Assumption,
    Binding,
    Comparator,
    Comparison,
    Document,
    Figure,
    Form,
    Goal,
    Indicator,
    Member,
    Part,
    Quota,
    Region,
    Route,
    Target,
)  # fmt: skip

from .cells import basis_of, places, unit_of
from .rows import Row, Tables
from .rules import split_list

FRACTION = "1"
"""The unit of shares, splits, contents and recoveries."""


def coefficient(row: Row, value: str, unit: str, source: str = "") -> Coefficient:
    """A value with its range; a range that is not written has both ends at the value."""
    middle = row.decimal(value)
    return Coefficient(
        value=middle,
        low=row.decimal_or("low", middle),
        high=row.decimal_or("high", middle),
        unit=unit,
        mark=row.mark(),
        source=" ".join(row.refs("source")) or source,
        note=row.text("note"),
    )


def build_library(tables: Tables) -> Library:
    """The library of checked rows, in the order of the rows."""
    return Library(
        materials=MappingProxyType(_materials(tables)),
        processes=MappingProxyType(_processes(tables)),
        groups=MappingProxyType(
            {
                r.word("id"): Group(r.word("id"), r.text("name"), r.refs("members"), r.word("unit"))
                for r in tables["groups"]
            }
        ),
        factors=MappingProxyType({r.word("id"): _factor(r) for r in tables["factors"]}),
        distributions=MappingProxyType(
            {
                ore: MappingProxyType({r.word("oxide"): coefficient(r, "fraction", FRACTION) for r in rows})
                for ore, rows in _grouped(tables["distributions"], "ore").items()
            }
        ),
        references=MappingProxyType(
            {r.word("key"): Reference(r.word("key"), r.text("citation"), r.word("url")) for r in tables["references"]}
        ),
    )


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.word(column)].append(row)
    return groups


def _materials(tables: Tables) -> dict[str, Material]:
    contents = _grouped(tables["contents"], "material")
    return {
        r.word("id"): Material(
            id=r.word("id"),
            name=r.text("name"),
            category=r.word("category"),
            unit=r.word("unit"),
            formula=r.word("formula"),
            contents=MappingProxyType(
                {c.word("element"): coefficient(c, "fraction", FRACTION) for c in contents.get(r.word("id"), ())}
            ),
            complete=bool(r.flag("complete")),
            density=r.decimal("density") if "density" in r else None,
            mark=r.mark(),
            hs6=r.word("hs6"),
            cn8=r.word("cn8"),
            note=r.text("note"),
        )
        for r in tables["materials"]
    }


def _processes(tables: Tables) -> dict[str, Process]:
    flows, burdens, recoveries = (_grouped(tables[name], "process") for name in ("flows", "burdens", "recoveries"))
    processes = {}
    for r in tables["processes"]:
        key, cited = r.word("id"), " ".join(r.refs("sources"))
        processes[key] = Process(
            id=key,
            name=r.text("name"),
            chain=r.word("chain"),
            product=r.word("product"),
            product_unit=r.word("product_unit"),
            feed=r.word("feed"),
            flows=tuple(
                Flow(f.word("material"), Role(f.word("role")), coefficient(f, "amount", f.word("unit"), cited))
                for f in flows.get(key, ())
            ),
            burdens=MappingProxyType(
                {Burden(b.word("burden")): coefficient(b, "value", b.word("unit"), cited) for b in burdens.get(key, ())}
            ),
            recoveries=tuple(
                Recovery(v.word("element"), v.word("into"), coefficient(v, "value", FRACTION, cited))
                for v in recoveries.get(key, ())
            ),
            sources=r.refs("sources"),
            energy_includes_electricity=r.flag("energy_includes_electricity"),
            note=r.text("note"),
        )
    return processes


def _factor(row: Row) -> Factor:
    value = coefficient(row, "value", row.word("unit"))
    return Factor(row.word("id"), row.text("name"), value, row.word("basis"), row.whole_or_none("year"))


def build_region(facts: Row, tables: Tables, library: Library, digest: str = "") -> Region:
    """The region of checked rows on its library; `digest` is filled in by the caller's hashing."""
    indicators = {r.word("id"): _indicator(r) for r in tables["indicators"]}
    return Region(
        id=facts.word("id"),
        name=facts.text("name"),
        edition=facts.word("edition"),
        simulated=bool(facts.flag("simulated")),
        documents=MappingProxyType({r.word("id"): _document(r) for r in tables["documents"]}),
        areas=MappingProxyType({r.word("id"): _area(r) for r in tables["areas"]}),
        indicators=MappingProxyType(indicators),
        figures=MappingProxyType({r.word("id"): _figure(r) for r in tables["figures"]}),
        targets=MappingProxyType({r.word("id"): _target(r) for r in tables["targets"]}),
        parts=tuple(_part(r) for r in tables["parts"]),
        routes=tuple(
            Route(r.word("product"), r.word("process"), coefficient(r, "share", FRACTION)) for r in tables["routes"]
        ),
        goals=tuple(_goal(r) for r in tables["goals"]),
        comparisons=tuple(_comparison(r) for r in tables["comparisons"]),
        assumptions=MappingProxyType({r.word("id"): _assumption(r) for r in tables["assumptions"]}),
        quotas=tuple(_quota(r) for r in tables["quotas"]),
        library=library,
        hash=digest,
        members=tuple(_member(r) for r in tables["members"]),
    )


def _document(r: Row) -> Document:
    return Document(
        id=r.word("id"),
        title=r.text("title"),
        issuer=r.text("issuer"),
        issued=r.day("issued"),
        period_from=r.whole_or_none("period_from"),
        period_to=r.whole_or_none("period_to"),
        lines=r.whole_or_none("text_lines"),
        sha256=r.word("text_sha256"),
    )


def _source(r: Row) -> Source:
    return Source(r.word("document"), r.word("lines"))


def _area(r: Row) -> Area:
    leading = zip(split_list(r.word("leading_zh"), "、"), split_list(r.word("leading_en"), ";"), strict=True)
    return Area(
        id=r.word("id"),
        name=r.text("name"),
        kind=r.word("kind"),
        within=r.word("within"),
        leading=tuple(Text(zh, en) for zh, en in leading),
        note=r.text("note"),
        source=_source(r) if r.word("document") else None,
    )


def _indicator(r: Row) -> Indicator:
    return Indicator(
        id=r.word("id"),
        name=r.text("name"),
        unit=r.word("unit"),
        additive=bool(r.flag("additive")),
        product=r.word("product"),
        prices=r.word("prices"),
        note=r.text("note"),
    )


def _quantity(r: Row, column: str) -> Quantity | None:
    if column not in r:
        return None
    return Quantity(Fraction(r.decimal(column)), unit_of(r.word("unit")), basis_of(r.word("basis")))


def _places(r: Row, *columns: str) -> int:
    return max((places(r.decimal(c)) for c in columns if c in r), default=0)


def _figure(r: Row) -> Figure:
    return Figure(
        id=r.word("id"),
        area=r.word("area"),
        indicator=r.word("indicator"),
        year=r.whole("year"),
        comparator=Comparator(r.word("comparator")),
        value=_quantity(r, "value"),
        places=_places(r, "value"),
        table=r.word("table"),
        of=r.word("of"),
        since=r.whole_or_none("since"),
        included_in=r.word("included_in"),
        source=_source(r),
        mark=r.mark(),
        note=r.text("note"),
    )


def _target(r: Row) -> Target:
    return Target(
        id=r.word("id"),
        area=r.word("area"),
        indicator=r.word("indicator"),
        form=Form(r.word("form")),
        comparator=Comparator(r.word("comparator")),
        value=_quantity(r, "value"),
        upper=_quantity(r, "upper"),
        places=_places(r, "value", "upper"),
        from_year=r.whole_or_none("from_year"),
        year=r.whole("year"),
        binding=Binding(r.word("binding")),
        base=r.word("base"),
        words=r.text("words"),
        printed=r.word("printed"),
        source=_source(r),
        note=r.text("note"),
    )


def _part(r: Row) -> Part:
    return Part(
        partition=r.word("partition"),
        whole_area=r.word("whole_area"),
        whole_indicator=r.word("whole_indicator"),
        part_area=r.word("part_area"),
        part_indicator=r.word("part_indicator"),
        relation=r.word("relation"),
        note=r.text("note"),
    )


def _member(r: Row) -> Member:
    return Member(r.word("indicator"), r.word("area"), r.whole("number"), r.text("name"), _source(r), r.text("note"))


def _goal(r: Row) -> Goal:
    split = coefficient(r, "split", FRACTION)
    return Goal(r.whole("year"), r.word("target"), r.word("product"), r.word("role"), split)


def _comparison(r: Row) -> Comparison:
    return Comparison(
        id=r.word("id"),
        year=r.whole("year"),
        material=r.word("material"),
        available=r.word("available"),
        required=r.word("required"),
        target=r.word("target"),
        label=r.text("label"),
        note=r.text("note"),
    )


def _assumption(r: Row) -> Assumption:
    value = coefficient(r, "value", r.word("unit"))
    return Assumption(r.word("id"), r.text("name"), value, r.word("material"), r.text("note"))


def _quota(r: Row) -> Quota:
    amount = _quantity(r, "value")
    if amount is None:
        raise ValueError("a checked quota has a value")
    return Quota(
        year=r.whole("year"),
        batch=r.word("batch"),
        scope=r.word("scope"),
        kind=r.word("kind"),
        ore_type=r.word("ore_type"),
        holder=Text(r.word("holder_zh"), r.word("holder")),
        amount=amount,
        source=r.word("source"),
        mark=r.mark(),
        validity=Validity(r.day("valid_from"), r.day("valid_to"), r.day("known_at")),
    )
