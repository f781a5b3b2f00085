"""The registers of the library: materials, processes, and what the guard doubts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from oreflow.console.tables import Cell, Column, Register, worded
from oreflow.core.materials import Material, Process
from oreflow.core.provenance import Finding, Mark
from oreflow.core.region import Region

from . import words
from .presenters import Style, said
from .tables import CLASS_ORDER, both, by, finding_number, link


def materials(region: Region, style: Style) -> Register[Material]:
    """The library's materials."""
    return Register(
        "materials",
        (
            Column(
                "name",
                lazy("Material"),
                lambda m: Cell(said(m.name, style), href=link("material", region, material_id=m.id), panel=True),
                lambda m: said(m.name, style),
            ),
            worded("id", lazy("Id"), lambda m: m.id),
            worded("category", lazy("Category"), lambda m: words.word(words.CATEGORIES, m.category)),
            worded("formula", lazy("Formula"), lambda m: m.formula),
            Column("unit", lazy("Unit"), lambda m: Cell(style.unit(m.unit)), lambda m: m.unit),
            Column(
                "contents",
                lazy("Contents known"),
                lambda m: Cell(_contents(m)),
                lambda m: len(m.contents),
                numeric=True,
            ),
            Column("mark", lazy("Quality"), lambda m: Cell(said(m.mark.text, style)), lambda m: m.mark.code),
        ),
        (
            by("category", lazy("Category"), lambda m: m.category, lambda v: words.word(words.CATEGORIES, v)),
            by("mark", lazy("Quality"), lambda m: m.mark.code, lambda v: said(Mark.from_code(v).text, style)),
        ),
        lambda m: f"{m.id} {m.formula} {m.hs6} {both(m.name)}",
        lambda m: list(words.CATEGORIES).index(m.category) if m.category in words.CATEGORIES else 99,
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
            Column(
                "name",
                lazy("Process"),
                lambda p: Cell(said(p.name, style), href=link("process", region, process_id=p.id), panel=True),
                lambda p: said(p.name, style),
            ),
            worded("id", lazy("Id"), lambda p: p.id),
            worded("chain", lazy("Chain"), lambda p: words.word(words.CHAINS, p.chain)),
            Column(
                "product",
                lazy("Product"),
                lambda p: Cell(product(p), href=link("material", region, material_id=p.product), panel=True),
                product,
            ),
            Column(
                "inputs",
                lazy("Inputs"),
                lambda p: Cell(str(len(p.inputs)), "number"),
                lambda p: len(p.inputs),
                numeric=True,
            ),
            Column(
                "outputs",
                lazy("By-products, wastes"),
                lambda p: Cell(str(len(p.by_products) + len(p.wastes)), "number"),
                lambda p: len(p.by_products) + len(p.wastes),
                numeric=True,
            ),
            Column("mark", lazy("Weakest quality"), lambda p: Cell(said(p.mark.text, style)), lambda p: p.mark.code),
        ),
        (
            by("chain", lazy("Chain"), lambda p: p.chain, lambda v: words.word(words.CHAINS, v)),
            by("mark", lazy("Weakest quality"), lambda p: p.mark.code, lambda v: said(Mark.from_code(v).text, style)),
        ),
        lambda p: f"{p.id} {p.product} {product(p)} {both(p.name)}",
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
            Column(
                "title",
                lazy("Finding"),
                lambda f: Cell(said(f.title, style), href=href(f), panel=bool(href(f)), note=said(f.detail, style)),
                lambda f: said(f.title, style),
            ),
            Column(
                "class",
                lazy("Class"),
                lambda f: Cell(said(f.kind.text, style), "tag", tone=f.kind.value),
                lambda f: said(f.kind.text, style),
            ),
            Column(
                "found",
                lazy("Stated or leaving"),
                lambda f: finding_number(f.found, f, style),
                lambda f: f.found,
                numeric=True,
            ),
            Column(
                "expected",
                lazy("Recomputed or entering"),
                lambda f: finding_number(f.expected, f, style),
                lambda f: f.expected,
                numeric=True,
            ),
            worded("unit", lazy("Unit"), lambda f: f.unit),
            Column("mark", lazy("Quality"), lambda f: Cell(said(f.mark.text, style)), lambda f: f.mark.code),
            worded("detail", lazy("Calculation"), lambda f: said(f.detail, style), shown=False),
            worded("code", lazy("Code"), lambda f: f.code, shown=False),
        ),
        (by("rule", lazy("Rule"), lambda f: f.check, lambda v: words.word(words.GUARD_RULES, v), False),),
        lambda f: f"{f.code} {both(f.title, f.detail)}",
        lambda f: (CLASS_ORDER.index(f.kind), f.code),
    )
