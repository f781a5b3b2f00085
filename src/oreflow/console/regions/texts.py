"""Lines of the plan texts: statements that stand in them, and the text itself where it was given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from oreflow.core.region import Document, Figure, Region, Target
from oreflow.gateway import PlanTextError, plan_text

from .presenters import Style, bounded, said
from .tables import link

Ranges = tuple[tuple[int, int], ...]
_LINES = re.compile(r"^\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*$")
_NEAR = 12
_CONTEXT = 6
_MOST = 400
_LONGEST = 200


def ranges(lines: str) -> Ranges:
    """`808-810,812` as pairs of first and last line; nothing for what is no list of lines."""
    text = lines[: _LONGEST + 1].replace(" ", "")
    if len(text) > _LONGEST or not _LINES.match(text):
        return ()
    pairs = [part.partition("-") for part in text.split(",")]
    found = [(int(a), int(b or a)) for a, _sep, b in pairs]
    merged: list[tuple[int, int]] = []
    for first, last in sorted((min(a, b), max(a, b)) for a, b in found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def meets(one: Ranges, other: Ranges, within: int = 0) -> bool:
    """Whether two sets of lines share one, or lie `within` lines of each other."""
    return any(a - within <= d and c - within <= b for a, b in one for c, d in other)


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure or target of a document, as read and as printed."""

    kind: str
    name: str
    area: str
    year: int
    value: str
    printed: str
    lines: str
    url: str
    first: int


def _all(region: Region, document: Document) -> Iterator[Figure | Target]:
    items: tuple[Figure | Target, ...] = (*region.targets.values(), *region.figures.values())
    for item in items:
        if item.source.document == document.id:
            yield item


def statements(region: Region, document: Document, asked: Ranges, style: Style) -> list[Statement]:
    """What stands in the lines asked for; everything where none are."""
    found = [i for i in _all(region, document) if not asked or meets(asked, ranges(i.source.lines))]
    return sorted((_statement(region, i, style) for i in found), key=lambda s: (s.first, s.name, s.year))


def neighbours(region: Region, document: Document, asked: Ranges, style: Style) -> list[Statement]:
    """What stands close to the lines asked for, but not in them."""
    near = [
        i
        for i in _all(region, document)
        if not meets(asked, ranges(i.source.lines)) and meets(asked, ranges(i.source.lines), _NEAR)
    ]
    return sorted((_statement(region, i, style) for i in near), key=lambda s: (s.first, s.name, s.year))


def _statement(region: Region, item: Figure | Target, style: Style) -> Statement:
    is_target = isinstance(item, Target)
    upper = item.upper if isinstance(item, Target) else None
    value = bounded(item.comparator, item.value, upper, style, item.places)
    if isinstance(item, Target) and item.value is None:
        value = said(item.words, style)
    view = "target-origin" if is_target else "figure"
    key = {"target_id": item.id} if is_target else {"figure_id": item.id}
    return Statement(
        kind=_("target") if is_target else _("figure"),
        name=said(region.indicators[item.indicator].name, style),
        area=said(region.areas[item.area].name, style),
        year=item.year,
        value=value or "–",
        printed=item.printed if isinstance(item, Target) else "",
        lines=item.source.lines.replace("-", "–"),
        url=link(view, region, **key),
        first=item.source.first_line or 0,
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """A document and how much of the region was read from it."""

    document: Document
    title: str
    issuer: str
    url: str
    targets: int
    figures: int
    at_hand: bool


def summary(region: Region, document: Document, style: Style) -> Summary:
    """One row of the list of plan texts."""
    items = list(_all(region, document))
    targets = sum(isinstance(i, Target) for i in items)
    return Summary(
        document,
        said(document.title, style),
        said(document.issuer, style),
        link("source", region, document_id=document.id),
        targets,
        len(items) - targets,
        bool(text_of(document)[0]),
    )


@lru_cache(maxsize=16)
def _read(document: Document, folder: str) -> tuple[str, ...]:
    return plan_text(document, Path(folder))


def text_of(document: Document) -> tuple[tuple[str, ...], PlanTextError | None]:
    """The text of a document from the folder of plan texts, or what keeps it from being shown."""
    folder = settings.OREFLOW_PLAN_TEXTS
    if not folder:
        return (), None
    try:
        return _read(document, folder), None
    except PlanTextError as error:
        return (), error


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Numbered lines around those asked for; `hit` marks the lines themselves."""

    lines: tuple[tuple[int, str, bool], ...]
    problem: PlanTextError | None = None


def excerpt(document: Document, asked: Ranges, held: tuple[str, ...] = ()) -> Excerpt:
    """The lines asked for with some before and after; empty lines are left out. `held` are those the desk keeps."""
    text, problem = (held, None) if held else text_of(document)
    wanted = sorted(set(_around(asked, len(text))))[:_MOST]
    return Excerpt(
        tuple((n, text[n - 1].strip(), any(a <= n <= b for a, b in asked)) for n in wanted if text[n - 1].strip()),
        problem,
    )


def _around(asked: Ranges, last: int) -> Iterable[int]:
    for a, b in asked:
        yield from range(max(1, a - _CONTEXT), min(last, b + _CONTEXT, a + _MOST) + 1)
