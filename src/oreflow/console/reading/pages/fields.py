"""The fields of what was read, by kind: how they are shown, filled in and taken from a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from oreflow.console.reading.models import Item
from oreflow.core.provenance import Text

from . import words

Kind: Any = Item.Kind  # choices come without types

LONGEST = 4_000
LIMIT_ROWS = 12
LONG = 24  # characters that do not fit a narrow column
_NEVER_EMPTY = ("high", "multiplicity")  # left out, they follow from the rest
_LIMIT_KEYS = ("attribute", "comparator", "value", "unit", "inclusive")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `kind` is text, long, number, whole, choice, names (one a line), stages or limits."""

    key: str
    label: Any
    kind: str = "text"
    options: Mapping[str, Any] | None = None
    hint: Any = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A field as a form shows it."""

    field: Field
    name: str
    id: str
    value: str
    options: list[tuple[str, str, bool]]
    problem: Text | None = None
    limits: list[dict[str, Any]] | None = None


_STATEMENT = (
    Field("subject", _("Subject"), wide=True),
    Field("scope", _("Scope")),
    Field("comparator", _("Comparator"), "choice", words.COMPARATORS),
    Field("low", _("Value"), "number", hint=_("of a range, its lower end")),
    Field("high", _("Upper end"), "number", hint=_("the same as the value unless it is a range")),
    Field("unit", _("Unit")),
    Field("year", _("Year"), "whole"),
    Field("kind", _("Sort of figure"), "choice", words.STATEMENT_KINDS),
    Field("bound", _("Bound of the change"), "choice", words.BOUNDS),
    Field("direction", _("Direction"), "choice", words.DIRECTIONS),
    Field("role", _("Role in a pair"), "choice", words.ROLES),
    Field("binding", _("Property"), "choice", {k: words.BINDINGS[k] for k in ("约束性", "预期性")}),
    Field("multiplicity", _("How many times"), "whole"),
)
_FIELDS: dict[str, tuple[Field, ...]] = {
    Kind.STATEMENT: _STATEMENT,
    Kind.CHAIN: (
        Field("stages", _("Stages"), "stages", hint=_("→ between stages, 、 between alternatives"), wide=True),
        Field("kind", _("Sort of chain"), "choice", words.CHAIN_KINDS),
    ),
    Kind.CLAUSE: (
        Field("object", _("What it is about"), wide=True),
        Field("category", _("List"), "choice", words.CATEGORIES),
        Field("limits", _("Limits"), "limits", wide=True),
        Field("exceptions", _("Exceptions"), "names", hint=_("one a line")),
        Field("places", _("Places"), "names", hint=_("one a line")),
        Field("times", _("Times"), "names", hint=_("one a line")),
    ),
    Kind.DUTY: (
        Field("task", _("Task"), "long", wide=True),
        Field("lead", _("Lead"), "names", hint=_("one a line")),
        Field("support", _("Co-operating"), "names", hint=_("one a line")),
        Field("deadline", _("Deadline")),
    ),
    Kind.PROJECT: (
        Field("name", _("Name"), wide=True),
        Field("enterprise", _("Enterprise")),
        Field("site", _("Park or place")),
        Field("capacity", _("Capacity")),
        Field("money", _("Investment")),
        Field("spellings", _("Other spellings"), "names", hint=_("one a line")),
    ),
    Kind.NAME: (
        Field("name", _("Name"), wide=True),
        Field("kind", _("Sort of name"), "choice", words.NAME_KINDS),
        Field("spellings", _("Other spellings"), "names", hint=_("one a line")),
    ),
}


def of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind."""
    return _FIELDS[kind]


def inputs(
    kind: str, values: Mapping[str, Any], problems: Mapping[str, Text], prefix: str = "", given: Any = None
) -> list[Input]:
    """The form of an item: what stands, or what was given and not taken."""
    shown = values if given is None else taken(kind, given, prefix)
    return [_input(f, shown.get(f.key), problems.get(f.key), prefix) for f in of(kind)]


def _input(item: Field, value: Any, problem: Text | None, prefix: str) -> Input:
    name = f"{prefix}{item.key}"
    written = _written(item, value)
    options: list[tuple[str, str, bool]] = []
    if item.options is not None:
        known = dict(item.options)
        if written and written not in known:
            known[written] = written
        options = [("", "–", not written), *((k, str(v), k == written) for k, v in known.items())]
    limits = _limit_rows(value) if item.kind == "limits" else None
    return Input(item, name, f"in-{name}", written, options, problem, limits)


def _written(item: Field, value: Any) -> str:
    if value is None:
        return ""
    if item.kind == "names":
        return "\n".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
    if item.kind == "stages":
        return words.stages({"stages": value})
    return "" if item.kind == "limits" else str(value)


def _limit_rows(value: Any) -> list[dict[str, Any]]:
    rows = [dict(v) for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []
    out = []
    for number, row in enumerate([*rows[: LIMIT_ROWS - 1], {}]):
        chosen = row.get("comparator", "")
        choices = [(k, str(v), k == chosen) for k, v in words.BOUNDS.items()]
        out.append({**row, "number": number, "choices": choices})
    return out


def taken(kind: str, form: Any, prefix: str = "") -> dict[str, Any]:
    """The values of a form, as plain JSON; what the form does not name is left out."""
    out: dict[str, Any] = {}
    for item in of(kind):
        name = f"{prefix}{item.key}"
        if item.kind == "limits":
            if f"{name}-0-attribute" in form:
                out[item.key] = _limits(form, name)
        elif name in form:
            text = str(form[name]).replace("\x00", "")[:LONGEST].strip()
            if text or item.key not in _NEVER_EMPTY:
                out[item.key] = _value(item, text)
    return out


def corrected(item: Item, form: Any) -> dict[str, Any]:
    """The values of a correction: one figure set anew takes its idle upper end along."""
    given, before = taken(item.kind, form), item.values
    idle = before.get("low") == before.get("high") == given.get("high")
    if idle and given.get("low") != before.get("low") and given.get("comparator") != "between":
        given.pop("high")
    return given


def _value(item: Field, text: str) -> Any:
    if item.kind == "names":
        return [row.strip() for row in text.splitlines() if row.strip()]
    if item.kind == "stages":
        return _stages(text)
    if item.kind == "whole":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text or None
    return text


def _stages(text: str) -> list[list[str]]:
    for dash in ("->", "—>", "⟶", "➝", "＞", ">", "——", "—", "–", "－"):
        text = text.replace(dash, "→")
    rows = [[n.strip() for n in stage.replace("/", "、").split("、") if n.strip()] for stage in text.split("→")]
    return [row for row in rows if row]


def _limits(form: Any, name: str) -> list[dict[str, Any]]:
    rows = []
    for number in range(LIMIT_ROWS):
        row: dict[str, Any] = {
            k: str(form.get(f"{name}-{number}-{k}", "")).replace("\x00", "")[:200].strip() for k in _LIMIT_KEYS
        }
        row["inclusive"] = row["inclusive"] == "yes"
        if row["attribute"] or row["value"]:
            rows.append(row)
    return rows


def facts(item: Item) -> list[tuple[Any, str, str, bool]]:
    """What was read, in words: label, value, a remark such as “inherited”, and whether it is long."""
    out = []
    for entry in of(item.kind):
        value = item.values.get(entry.key)
        if value in (None, "", [], ()) or _idle(entry.key, value, item.values):
            continue
        said = _said(entry, value)
        out.append((entry.label, said, _remark(entry.key, item.values), len(said) > LONG))
    return out


def _idle(key: str, value: Any, values: Mapping[str, Any]) -> bool:
    return (key == "high" and str(value) == str(values.get("low"))) or (key == "multiplicity" and value == 1)


def _said(entry: Field, value: Any) -> str:
    if entry.kind == "number":
        return words.number(value)
    if entry.kind == "stages":
        return words.stages({"stages": value})
    if entry.kind == "limits":
        return "；".join(limit(v) for v in value if isinstance(v, Mapping))
    if entry.kind == "names":
        return words.listed(value)
    return words.word(entry.options, value) if entry.options else str(value)


def limit(row: Mapping[str, Any]) -> str:
    """One limit of a clause as one reads it."""
    symbol = words.SYMBOLS.get(str(row.get("comparator", "")), "") or "="
    return " ".join(p for p in (str(row.get("attribute") or ""), symbol, words.number(row.get("value")),
                                str(row.get("unit") or "")) if p)  # fmt: skip


def _remark(key: str, values: Mapping[str, Any]) -> str:
    if key == "year" and values.get("year_inherited"):
        return str(_("inherited from the text around it"))
    return ""


def changed(before: Mapping[str, Any], after: Mapping[str, Any], kind: str) -> list[tuple[Any, str, str]]:
    """The fields that a decision changed, before and after; either side as plain values."""
    out = []
    for entry in of(kind):
        old, new = before.get(entry.key), after.get(entry.key)
        if _idle(entry.key, old, before) and _idle(entry.key, new, after):
            continue
        if old != new and entry.key in {*before, *after}:
            out.append((entry.label, _side(entry, old), _side(entry, new)))
    return out


def _side(entry: Field, value: Any) -> str:
    return "–" if value in (None, "", [], ()) else _said(entry, value)
