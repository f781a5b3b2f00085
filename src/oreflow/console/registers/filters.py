"""The filters of a register's list: one for each field declared so, each a value in the URL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from oreflow.console import clock
from oreflow.console.people.access import Breadth, Viewer, visible_organisations
from oreflow.console.people.models import ENTERPRISES
from oreflow.core.codes import significant
from oreflow.gateway.codes import load_areas

from . import equipment_types, references
from .access import fields_for, visible_to
from .presenting import area_name, industry_name, said
from .spec import Field, FieldKind, Register

FEW = 50
_ID = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, with the address that sets it."""

    value: str
    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter as shown: its options, the chosen one if any; `typed` ones take what is written into a box."""

    key: str
    label: str
    choices: list[Choice]
    chosen: Choice | None
    clear_url: str
    typed: bool = False
    hint: str = ""


def filterable(register: Register, viewer: Viewer) -> list[Field]:
    """The fields that a viewer may filter by."""
    return [f for f in fields_for(register, viewer) if f.filterable]


def apply(register: Register, viewer: Viewer, rows: QuerySet[Any], params: QueryDict) -> QuerySet[Any]:
    """The rows that pass every filter of the query; a value that cannot be leaves none."""
    for field in filterable(register, viewer):
        value = params.get(field.key, "").strip()
        if value:
            condition = _condition(field, value)
            rows = rows.none() if condition is None else rows.filter(**condition)
    return rows


def _condition(field: Field, value: str) -> dict[str, Any] | None:
    if "\0" in value:  # PostgreSQL takes no such text
        return None
    if field.kind in (FieldKind.ORGANISATION, FieldKind.PARK, FieldKind.FACILITY):
        if _ID.fullmatch(value):
            return {f"{field.key}_id": int(value)}
        return {"organisation__uscc": value.upper()} if field.kind is FieldKind.ORGANISATION else None
    if field.kind is FieldKind.AREA:
        return _area_condition(value)
    if field.kind is FieldKind.INDUSTRY:
        return {f"{field.key}__startswith": value} if re.fullmatch(r"[A-T]?[0-9]{0,4}", value) else None
    return {field.key: value}


def _area_condition(value: str) -> dict[str, Any] | None:
    if not re.fullmatch(r"[0-9]{6}", value):
        return None
    if value.endswith("0000"):
        return {"province_code": value}
    return {"city_code": value} if value.endswith("00") else {"area_code": value}


def filters_for(register: Register, viewer: Viewer, params: QueryDict) -> list[FilterView]:
    """The filters with their options, as the query stands."""
    return [_view(field, viewer, params) for field in filterable(register, viewer)]


def _view(field: Field, viewer: Viewer, params: QueryDict) -> FilterView:
    asked = params.get(field.key, "").strip()
    options = _options(field, viewer, asked)
    choices = [
        Choice(value, label, with_(params, page=None, **{field.key: value}), value == asked) for value, label in options
    ]
    chosen = next((c for c in choices if c.on), None)
    if asked and chosen is None:
        chosen = Choice(asked, _word(field, viewer, asked), "", True)
    typed = field.kind in (FieldKind.ORGANISATION, FieldKind.INDUSTRY) and not choices
    return FilterView(
        field.key, said(field.label), choices, chosen, with_(params, page=None, **{field.key: None}), typed
    )


def _options(field: Field, viewer: Viewer, asked: str) -> Sequence[tuple[str, str]]:
    if field.kind is FieldKind.CHOICE:
        return [(value, said(label)) for value, label in field.choices]
    if field.kind is FieldKind.EQUIPMENT_TYPE:
        return [(t.id, said(t.name)) for t in equipment_types.TYPES.values()]
    if field.kind is FieldKind.AREA:
        return area_options(viewer, asked)
    if field.kind is FieldKind.PARK:
        from .registry import PARK

        rows = visible_to(PARK, viewer).order_by("name", "pk").values_list("pk", "name")[:FEW]
        return [(str(pk), name) for pk, name in rows]
    if field.kind is FieldKind.MATERIAL:
        return [(key, said(name)) for key, name in references.materials()]
    if field.kind is FieldKind.ORGANISATION and viewer.breadth in (Breadth.OWN, Breadth.GROUP, Breadth.PARK):
        kinds = [str(k) for k in ENTERPRISES]
        rows = visible_organisations(viewer).filter(kind__in=kinds).order_by("name", "pk").values_list("pk", "name")
        return [(str(pk), name) for pk, name in rows[:FEW]]
    return ()


def area_options(viewer: Viewer, asked: str) -> list[tuple[str, str]]:
    """The areas above the chosen one, those next below it, and its own: within what the viewer sees."""
    tree, today = load_areas(), clock.today()
    root = area_root(viewer)
    here = asked if tree.find(asked, today) is not None else root
    above = [a.code for a in tree.path(here, today) if tree.within(a.code, root)] if here else []
    below = [a.code for a in tree.children(here, today)]
    if here and not below:
        parent = tree.parent(here, today)
        below = [a.code for a in tree.children(parent.code, today)] if parent else []
        below = [code for code in below if not root or tree.within(code, root)]
    return [(code, area_name(code)) for code in dict.fromkeys([*above, *below])]


def area_root(viewer: Viewer) -> str:
    """The area that the viewer answers for; empty for the whole country."""
    code = viewer.organisation.area_code if viewer.organisation else ""
    if viewer.breadth is Breadth.NATION or load_areas().find(code, clock.today()) is None:
        return ""
    return (
        code if viewer.breadth in (Breadth.PROVINCE, Breadth.CITY, Breadth.COUNTY) else f"{significant(code)[:4]:0<6}"
    )


def _word(field: Field, viewer: Viewer, value: str) -> str:
    """What a chosen value is called, where the viewer may know."""
    if field.kind is FieldKind.ORGANISATION and _ID.fullmatch(value):
        found = visible_organisations(viewer).filter(pk=int(value)).values_list("name", flat=True).first()
        return str(found or value)
    if field.kind is FieldKind.AREA:
        return area_name(value)
    return industry_name(value) if field.kind is FieldKind.INDUSTRY else value


def with_(params: QueryDict, **changes: str | None) -> str:
    """The address of the same list with some parameters set, or dropped where None."""
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"
