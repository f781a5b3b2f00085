"""Values as people read them: names for codes and ids, numbers with their unit, in the reader's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oreflow.console import clock
from oreflow.console.people.access import Viewer, visible_organisations
from oreflow.console.people.models import Organisation, Park
from oreflow.console.tables import Cell
from oreflow.core.codes import edition_in_force
from oreflow.core.provenance import Text
from oreflow.gateway.codes import load_areas, load_industries

from . import equipment_types, parsing, references
from .models import Facility
from .spec import DataClass, Field, FieldKind, Owner, Register

MODELS: Mapping[FieldKind, Any] = {
    FieldKind.ORGANISATION: Organisation,
    FieldKind.PARK: Park,
    FieldKind.FACILITY: Facility,
}
KEYS = {FieldKind.ORGANISATION: "enterprises", FieldKind.PARK: "parks", FieldKind.FACILITY: "facilities"}
OWNERS = {
    Owner.ENTERPRISE: Text("企业", "the organisation itself"),
    Owner.PARK: Text("园区", "the park"),
    Owner.BUREAU: Text("主管部门", "the authorities"),
    Owner.SYSTEM: Text("系统管理员", "the installation's administrator"),
}
CLASSES = {
    DataClass.GENERAL: Text("一般数据", "general"),
    DataClass.IMPORTANT: Text("重要数据", "important"),
    DataClass.CORE: Text("核心数据", "core"),
}
_ID = re.compile(r"[1-9][0-9]{0,17}")
STATUS_TONES = {"operating": "holds", "suspended": "at-risk", "building": "information", "planned": "information"}


def reading_language() -> str:
    """zh or en, as the reader chose."""
    return "zh" if (get_language() or "en").startswith("zh") else "en"


def said(text: Any) -> str:
    """A label in the reader's language."""
    return parsing.label_in(text, get_language() or "en")


def choosable(kind: FieldKind, viewer: Viewer) -> Any:
    """The rows that a field of this kind may point to for a viewer."""
    if kind is FieldKind.ORGANISATION:
        return visible_organisations(viewer)
    found = references.References(viewer)
    return found.parks() if kind is FieldKind.PARK else found.facilities()


class Names:
    """Names of what records point to, looked up together."""

    def __init__(self) -> None:
        self._known: dict[FieldKind, dict[str, str]] = defaultdict(dict)

    def keep(self, register: Register, records: Iterable[Any]) -> Names:
        """Take the names from records that came with what they point to."""
        pointers = [f for f in register.fields if f.kind in MODELS]
        for record in records:
            for field in pointers:
                target = getattr(record, field.key)
                if target is not None:
                    self._known[field.kind][str(target.pk)] = str(target)
        return self

    def look_up(self, wanted: Iterable[tuple[FieldKind, str]], within: Viewer | None = None) -> Names:
        """Read the names that are not known yet: one query for each kind.

        `within` keeps to what a viewer sees: for ids that somebody typed, not a record's own.
        """
        missing: dict[FieldKind, set[str]] = defaultdict(set)
        for kind, key in wanted:
            if key and key not in self._known[kind]:
                missing[kind].add(key)
        for kind, keys in missing.items():
            rows = MODELS[kind].objects.all() if within is None else choosable(kind, within)
            for row in rows.filter(pk__in=[int(k) for k in keys if _ID.fullmatch(k)]):
                self._known[kind][str(row.pk)] = str(row)
        return self

    def of(self, kind: FieldKind, key: str) -> str:
        """A name; the id where the thing is gone."""
        return self._known[kind].get(key, key)


def text_of(field: Field, value: Any, names: Names, beside: Mapping[str, Any]) -> str:
    """A value as people read it; "" for nothing. `beside` holds the record's other values as they travel."""
    plain = parsing.plain(value)
    if plain in ("", {}):
        return ""
    if field.kind in MODELS:
        return names.of(field.kind, plain)
    if field.kind is FieldKind.ATTRIBUTES:
        return attributes_text(str(beside.get("type") or ""), plain)
    if field.numeric:
        return number(plain)
    return _worded(field, plain)


def _worded(field: Field, plain: str) -> str:
    if field.kind is FieldKind.CHOICE:
        label = dict(field.choices).get(plain)
        return plain if label is None else said(label)
    if field.kind is FieldKind.AREA:
        return area_name(plain)
    if field.kind is FieldKind.INDUSTRY:
        return industry_name(plain)
    if field.kind is FieldKind.MATERIAL:
        return said(references.material_name(plain))
    if field.kind is FieldKind.EQUIPMENT_TYPE:
        return said(equipment_types.name_of(plain))
    return plain


def number(plain: Any) -> str:
    """An exact number with its digits in groups."""
    try:
        return f"{Decimal(str(plain)):,f}"
    except ArithmeticError:
        return str(plain)


def attributes_text(type_id: str, values: Mapping[str, Any]) -> str:
    """Attributes in one line."""
    return "；".join(f"{label} {value}" for label, value in attribute_rows(type_id, values))


def attribute_rows(type_id: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value with unit of each known attribute."""
    rows = []
    for label, value, unit in equipment_types.shown(type_id, values):
        if isinstance(value, bool):
            written = _("yes") if value else _("no")
        else:
            written = said(value) if isinstance(value, Text) else number(value)
        rows.append((said(label), f"{written} {unit}".strip()))
    return rows


def area_name(code: str) -> str:
    """City and county, or province, by code; the code where the list has none."""
    return _area_name(code, clock.today(), reading_language())


@lru_cache(maxsize=8192)
def _area_name(code: str, day: date, language: str) -> str:
    tree = load_areas()
    if tree.find(code, day) is None:
        old = tree.history(code)
        return f"{code} {old[-1].name.in_language(language)}" if old else code
    path = tree.path(code, day)
    names = [a.name.in_language(language) for a in (path[1:] if len(path) > 1 else path)]
    return "".join(names) if language == "zh" else ", ".join(reversed(names))


def industry_name(code: str) -> str:
    """An industry's code and name."""
    found = load_industries().find(code, edition_in_force(clock.today()).name) if code else None
    return code if found is None else f"{code} {said(found.name)}"


def unit_of(field: Field, values: Mapping[str, Any]) -> str:
    """The unit of a value: the field's, or that of the machine's type."""
    if field.key == "size" and "type" in values:
        return equipment_types.unit_of(str(values["type"] or ""))
    return field.unit


def label_of(field: Field) -> str:
    """A field's label with its unit."""
    unit = said_unit(field.unit)
    return f"{said(field.label)} ({unit})" if unit else said(field.label)


_UNITS = {"人": "persons", "亩": "mu", "万元": "CNY 10,000"}


def said_unit(unit: str) -> str:
    """A unit in the reader's language."""
    return _UNITS.get(unit, unit) if reading_language() == "en" else unit


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a record on a page."""

    field: Field
    label: str
    text: str
    unit: str
    hint: str
    href: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    tone: str = ""


def hint_of(field: Field) -> str:
    """Owner, source and data class in one line."""
    parts = [
        said(field.help),
        _("kept by %(owner)s") % {"owner": said(OWNERS[field.owner])},
        _("source: %(source)s") % {"source": said(field.source)},
        _("data class: %(class)s") % {"class": said(CLASSES[field.data_class])},
    ]
    return " · ".join(p for p in parts if p)


def cell_of(field: Field, record: Any, names: Names) -> Cell:
    """A field in a table."""
    column = record._meta.get_field(field.key)
    value = getattr(record, column.attname)
    beside = {"type": getattr(record, "type", "")}
    written = text_of(field, value, names, beside)
    if not written:
        return Cell("–", kind="missing", hint=_("not stated"))
    if field.key == "status":
        return Cell(written, kind="tag", tone=STATUS_TONES.get(value, ""))
    if field.key == "size":
        return Cell(f"{written} {unit_of(field, beside)}".strip())
    return Cell(written)
