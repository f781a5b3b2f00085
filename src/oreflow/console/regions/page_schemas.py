"""Pages of a list, as the data interface answers them."""

from __future__ import annotations

from ninja import Schema

from .schemas import FigureOut, FindingOut, MaterialOut, ProcessOut, TargetOut


class FiguresPage(Schema):
    """A page of figures."""

    count: int
    items: list[FigureOut]


class TargetsPage(Schema):
    """A page of targets."""

    count: int
    items: list[TargetOut]


class FindingsPage(Schema):
    """A page of findings."""

    count: int
    items: list[FindingOut]


class MaterialsPage(Schema):
    """A page of materials."""

    count: int
    items: list[MaterialOut]


class ProcessesPage(Schema):
    """A page of processes."""

    count: int
    items: list[ProcessOut]
