"""What a figure becomes in the register of plan figures: the proposal, shown and editable before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from oreflow.console.people.access import Viewer
from oreflow.console.reading import proposals
from oreflow.console.reading.models import Document, Item
from oreflow.console.regions.access import find_region
from oreflow.console.registers.access import visible_to
from oreflow.console.registers.registry import REGISTERS
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import Proposal
from oreflow.core.region import Region

from . import words
from .fields import LONGEST, Field, Input

Kind: Any = Item.Kind  # choices come without types

PREFIX = "target-"
FORMS: dict[str, Any] = {
    "level": _("level"),
    "floor": _("at least"),
    "cap": _("at most"),
    "average-growth": _("average growth a year"),
    "cumulative": _("sum over the period"),
    "change": _("change"),
}
KINDS: dict[str, Any] = {"target": _("target"), "threshold": _("threshold"), "actual": _("actual value")}
_BINDINGS = {k: words.BINDINGS[k] for k in ("binding", "expected", "unsaid")}
GOES_TO = {
    Kind.STATEMENT: Text("采纳后进入规划指标台账：", "Goes to the register of plan figures:"),
    Kind.CHAIN: Text("采纳后进入产业链环节台账。", "Goes to the register of chain links."),
    Kind.CLAUSE: Text("采纳后进入准入条款台账。", "Goes to the register of clauses."),
    Kind.DUTY: Text("采纳后进入规划任务台账。", "Goes to the register of plan tasks."),
    Kind.PROJECT: Text("采纳后进入规划项目台账。", "Goes to the register of plan projects."),
    Kind.NAME: Text("采纳后留在本文件，不进入台账。", "Stays with the document; no register keeps names."),
}
FIELDS = (
    Field("kind", _("Kind"), "choice", KINDS),
    Field("area", _("Area"), "choice", {}),
    Field("area_name", _("Name of a new area")),
    Field("indicator", _("Indicator"), "choice", {}, wide=True),
    Field("indicator_name", _("Name of a new indicator"), wide=True),
    Field("form", _("Form"), "choice", FORMS),
    Field("comparator", _("Comparator"), "choice", words.BOUNDS),
    Field("value", _("Value"), "number"),
    Field("upper", _("Upper end"), "number"),
    Field("unit", _("Unit")),
    Field("basis", _("Basis")),
    Field("year", _("Year"), "whole"),
    Field("from_year", _("From year"), "whole"),
    Field("binding", _("Property"), "choice", _BINDINGS),
    Field("base", _("Figure it starts from")),
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """Where an item goes when it is accepted; for a figure, as what."""

    goes_to: Text
    summary: str = ""
    inputs: list[Input] = field(default_factory=list)
    doubts: tuple[Text, ...] = ()
    problem: Text | None = None
    unsure: bool = False


def proposal_of(item: Item, region: str) -> Proposal | None:
    """What a figure would be in the register; None for other kinds, and where its region is not there."""
    found = find_region(region)
    return proposals.propose(item, found) if found is not None and item.kind == Kind.STATEMENT else None


def form(document: Document, item: Item, problems: Mapping[str, Text], given: QueryDict | None) -> Adoption:
    """What the panel shows of an item's way into a register."""
    proposal = proposal_of(item, document.region)
    region = find_region(document.region)
    if proposal is None or region is None:
        return Adoption(GOES_TO[item.kind], problem=next(iter(problems.values()), None))
    values = {f.key: getattr(proposal, f.key) for f in FIELDS}
    if given is not None:
        values |= {f.key: given[PREFIX + f.key] for f in FIELDS if PREFIX + f.key in given}
    inputs = [_input(f, values[f.key], problems.get(f.key), region, proposal) for f in FIELDS]
    whole = problems.get("") or next((p for k, p in problems.items() if k not in values), None)
    return Adoption(
        GOES_TO[item.kind], _summary(proposal, region), inputs, proposal.doubts, whole or proposal.refusal,
        bool(proposal.refusal or problems),
    )  # fmt: skip


def _summary(proposal: Proposal, region: Region) -> str:
    language = get_language() or "en"
    area, indicator = region.areas.get(proposal.area), region.indicators.get(proposal.indicator)
    place = area.name.in_language(language) if area else f"{proposal.area_name} ({gettext('new')})"
    what = indicator.name.in_language(language) if indicator else f"{proposal.indicator_name} ({gettext('new')})"
    upper = proposal.upper or proposal.value
    figure = words.amount(
        {"low": proposal.value, "high": upper, "comparator": proposal.comparator, "unit": proposal.unit}
    )
    form = "" if proposal.form in ("level", "floor", "cap") else str(FORMS.get(proposal.form, proposal.form))
    return " · ".join(p for p in (place, what, str(proposal.year or "–"), form, figure) if p)


def _input(item: Field, value: Any, problem: Text | None, region: Region, proposal: Proposal) -> Input:
    written = "" if value is None else str(value)
    known: dict[str, Any] = dict(item.options or {})
    if item.key == "area":
        known = _named(region.areas, proposal.area, proposal.area_name)
    elif item.key == "indicator":
        known = _named(region.indicators, proposal.indicator, proposal.indicator_name)
    if item.kind == "choice" and written and written not in known:
        known[written] = written
    options = [(k, str(v), k == written) for k, v in known.items()] if item.kind == "choice" else []
    return Input(item, PREFIX + item.key, f"in-{PREFIX}{item.key}", written, options, problem)


def _named(rows: Mapping[str, Any], proposed: str, name: str) -> dict[str, Any]:
    """Ids with names in the reader's language; what the region lacks stands first, as new."""
    language = get_language() or "en"
    new = {} if proposed in rows else {proposed: f"{gettext('new')}: {name}"}
    return new | {k: row.name.in_language(language) for k, row in rows.items()}


def given(document: Document, item: Item, query: QueryDict) -> dict[str, Any] | None:
    """What the reader set instead of the proposal; None where it stands as proposed."""
    proposal, region = proposal_of(item, document.region), find_region(document.region)
    if proposal is None or region is None:
        return None
    changes: dict[str, Any] = {}
    for entry in FIELDS:
        if PREFIX + entry.key not in query:
            continue
        wanted = query[PREFIX + entry.key].replace("\x00", "").strip()[:LONGEST]
        if wanted != _text(getattr(proposal, entry.key)):
            changes[entry.key] = wanted
    for key, rows in (("area", region.areas), ("indicator", region.indicators)):
        if changes.get(key) in rows:
            changes[f"{key}_name"] = rows[changes[key]].name.zh
    return changes or None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def record_url(viewer: Viewer, item: Item) -> str:
    """The page of what an accepted item became, where the viewer may see it."""
    register = REGISTERS.get(item.register)
    if register is None or item.record_id is None:
        return ""
    if not visible_to(register, viewer).filter(pk=item.record_id).exists():
        return ""
    try:
        return reverse("record", kwargs={"key": register.key, "record_id": item.record_id})
    except NoReverseMatch:
        return ""
