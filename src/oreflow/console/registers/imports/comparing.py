"""What an upload would do to a register: which rows it adds, which it changes and how, which cannot stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.db import connection

from oreflow.console.people.access import Viewer
from oreflow.console.registers import equipment_types
from oreflow.console.registers.access import fields_for, needs_approval, visible_to, why_not_change, why_not_create
from oreflow.console.registers.bulk import joined
from oreflow.console.registers.forms import Reading, References, prefill
from oreflow.console.registers.parsing import narrow, plain
from oreflow.console.registers.spec import Field, FieldKind, Register
from oreflow.core.provenance import Text

from . import rules
from .parsing_columns import Values, by_code_everywhere
from .places import check_places
from .problems import Problems, note
from .reading import Upload

CHUNK = 5_000
Told = Callable[[float], None]


@dataclass(slots=True)
class Standing:
    """The rows that stand, by position in the upload: ids, versions, and values as they travel."""

    ids: dict[int, int] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    plain: dict[str, dict[int, Any]] = field(default_factory=dict)
    typed: dict[str, dict[int, Any]] = field(default_factory=dict)
    unseen: set[int] = field(default_factory=set)
    ambiguous: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Compared:
    """The verdict on each row of an upload.

    `adds` are positions; `changes` say the changed fields by position; `same` rows need no write;
    every other row has a problem.
    """

    upload: Upload
    values: Values
    standing: Standing
    filled: dict[str, Any]
    adds: list[int] = field(default_factory=list)
    changes: dict[int, list[str]] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)
    problems: Problems = field(default_factory=dict)


def compare(register: Register, viewer: Viewer, upload: Upload, values: Values, told: Told | None = None) -> Compared:
    """Compare the values of an upload with the register."""
    problems = upload.problems
    marks = _identities(register, values, problems, upload)
    standing = _standing(register, viewer, marks, told)
    filled = prefill(register, viewer)
    result = Compared(upload, values, standing, filled, problems=problems)
    _forgive_what_stands(register, viewer, result)
    _note_repeated(register, marks, upload)
    for position in standing.ambiguous:
        note(problems, position, register.identity[-1], "", rules.ambiguous(register))
    for position in standing.unseen:
        note(
            problems,
            position,
            register.identity[-1],
            _text(upload, register.identity[-1], position),
            rules.taken(register),
        )
    _attributes_follow_the_type(result)
    differing = _differing(register, viewer, result)
    _check_changes(register, viewer, result, differing)
    _check_adds(register, viewer, result, marks)
    adds = [p for p, mark in enumerate(marks) if mark is not None and p not in standing.ids]
    check_places(register, viewer, result, adds, differing)
    _check_rules(register, result, differing)
    for position in range(len(upload)):
        if position in problems:
            continue
        if position not in standing.ids:
            result.adds.append(position)
        elif position in differing:
            result.changes[position] = differing[position]
        else:
            result.same.append(position)
    return result


def _identities(register: Register, values: Values, problems: Problems, upload: Upload) -> list[tuple[Any, ...] | None]:
    """What names each row, None where it cannot be read."""
    marks: list[tuple[Any, ...] | None] = []
    parts = [_naming(register.get(key), values, upload) for key in register.identity]
    for position, mark in enumerate(zip(*parts, strict=True)):
        if any(part is None or part == "" for part in mark):
            marks.append(None)
            if position not in problems:
                note(problems, position, register.identity[-1], "", rules.nameless(register))
            continue
        marks.append(mark)
    return marks


def _note_repeated(register: Register, marks: Sequence[tuple[Any, ...] | None], upload: Upload) -> None:
    """Two rows of one identity are both wrong."""
    seen: dict[tuple[Any, ...], int] = {}
    told: set[int] = set()
    for position, mark in enumerate(marks):
        first = position if mark is None else seen.setdefault(mark, position)
        if first == position:
            continue
        said = rules.repeated(register, upload.lines[first], upload.lines[position])
        for wrong in {first, position} - told:
            note(upload.problems, wrong, register.identity[-1], _text(upload, register.identity[-1], wrong), said)
            told.add(wrong)


def _naming(item: Field, values: Values, upload: Upload) -> list[Any]:
    """An identifying column; what cannot be read under today's rules may still name a record that stands."""
    given = values.plain[item.key]
    if item.kind not in (FieldKind.TEXT, FieldKind.USCC) or None not in given:
        return given
    texts = upload.columns[item.key]
    return [narrow(t) if v is None and "\0" not in t else v for v, t in zip(given, texts, strict=True)]


def _standing(
    register: Register, viewer: Viewer, marks: Sequence[tuple[Any, ...] | None], told: Told | None
) -> Standing:
    standing = Standing()
    known = [(position, mark) for position, mark in enumerate(marks) if mark is not None]
    columns = {f.key: _Column(register, f) for f in register.fields}
    for start in range(0, len(known), CHUNK):
        part = known[start : start + CHUNK]
        _fetch(register, viewer, part, columns, standing)
        if told:
            told(min(start + CHUNK, len(known)) / len(known))
    return standing


def _fetch(
    register: Register,
    viewer: Viewer,
    part: Sequence[tuple[int, tuple[Any, ...]]],
    columns: Mapping[str, _Column],
    standing: Standing,
) -> None:
    """Read the rows of one chunk of identities."""
    keys = {f"k{i}": columns[key] for i, key in enumerate(register.identity)}
    wanted = [tuple(c.comparable(v) for c, v in zip(keys.values(), mark, strict=True)) for _position, mark in part]
    table, given = joined({name: c.array_type for name, c in keys.items()}, wanted)
    quote = connection.ops.quote_name
    picked = ", ".join(f"t.{quote(c.column)}" for c in columns.values())
    where = " AND ".join(f"t.{quote(c.column)} = given.{name}" for name, c in keys.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT given.line, t.id, t.version, {picked} FROM {table}"  # noqa: S608 - names of columns
            f" CROSS JOIN {quote(register.model._meta.db_table)} t WHERE {where}",
            given,
        )
        rows = cursor.fetchall()
    ids = [row[1] for row in rows]
    seen = set(visible_to(register, viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for line, pk, version, *raw in rows:
        position = part[int(line)][0]
        if position in standing.ids:
            standing.ambiguous.add(position)
        if pk not in seen:
            standing.unseen.add(position)
        standing.ids[position], standing.versions[position] = pk, version
        for (key, column), value in zip(columns.items(), raw, strict=True):
            standing.plain.setdefault(key, {})[position], standing.typed.setdefault(key, {})[position] = column.read(
                value
            )


class _Column:
    """A stored field: how its values are read from plain SQL, each distinct one once."""

    def __init__(self, register: Register, item: Field) -> None:
        self.field = register.model._meta.get_field(item.key)
        self.column = self.field.column
        self.relation = self.field.is_relation
        target = self.field.target_field if self.relation else self.field
        self.array_type = "bigint" if self.relation else "text"
        self.expression = target.get_col(register.model._meta.db_table)
        backend = connection.ops.get_db_converters(self.expression)
        self.converters = [*backend, *self.expression.get_db_converters(connection)]
        self.known: dict[Any, tuple[Any, Any]] = {}

    def comparable(self, value: Any) -> Any:
        """A plain value as the column compares it."""
        return int(value) if self.relation else value

    def read(self, raw: Any) -> tuple[Any, Any]:
        """The value as it travels, and as Python has it (records by id)."""
        mark = raw if isinstance(raw, str | int | float | None) else str(raw)
        if mark not in self.known:
            value = raw
            for converter in self.converters:
                value = converter(value, self.expression, connection)
            self.known[mark] = (plain(value), value)
        return self.known[mark]


def _forgive_what_stands(register: Register, viewer: Viewer, result: Compared) -> None:
    """A value given as it stands is no change, even one that could not be entered, or looked up, today."""
    for item in fields_for(register, viewer):
        if item.key not in result.upload.columns:
            continue
        texts = result.upload.columns[item.key]
        stands = result.standing.plain.get(item.key, {})
        wrong = [
            p
            for p, found in result.problems.items()
            if p in stands and p not in result.standing.unseen and _has(found, item.key)
        ]
        pointing = item.kind in (FieldKind.ORGANISATION, FieldKind.PARK) and wrong
        ids = by_code_everywhere(item, (texts[p] for p in wrong)) if pointing else {}
        for position in wrong:
            meant = str(ids.get(texts[position], "")) if pointing else texts[position]
            if meant and meant == stands[position]:
                result.values.plain[item.key][position] = stands[position]
                result.values.typed[item.key][position] = result.standing.typed[item.key][position]
                _take_back(result.problems, position, item.key)


def _take_back(problems: Problems, position: int, key: str) -> None:
    problems[position] = [p for p in problems[position] if p.key != key]
    if not problems[position]:
        del problems[position]


def _has(problems: Sequence[Any], key: str) -> bool:
    return any(p.key == key for p in problems)


def _attributes_follow_the_type(result: Compared) -> None:
    """Where a file gives machines another type and says nothing of attributes, those that the new one knows stay."""
    types, stands = result.values.plain.get("type"), result.standing.plain.get("attributes", {})
    if types is None or not stands or "attributes" in result.values.plain:
        return
    before = result.standing.plain["type"]
    kept = {
        p: equipment_types.known_to(equipment_types.TYPES[types[p]], there)
        for p, there in stands.items()
        if there and types[p] in equipment_types.TYPES and types[p] != before[p]
    }
    if any(kept[p] != stands[p] for p in kept):
        column = [kept.get(p, stands.get(p, {})) for p in range(len(types))]
        result.values.plain["attributes"], result.values.typed["attributes"] = column, list(column)


def _differing(register: Register, viewer: Viewer, result: Compared) -> dict[int, list[str]]:
    """The fields of each standing row that the file gives another value."""
    differing: dict[int, list[str]] = {}
    positions = [p for p in result.standing.ids if p not in result.problems]
    for item in fields_for(register, viewer):
        given = result.values.plain.get(item.key)
        stands = result.standing.plain.get(item.key, {})
        if given is None or item.key in register.identity:
            continue
        for position in positions:
            if given[position] != stands[position]:
                differing.setdefault(position, []).append(item.key)
    return differing


def _check_changes(register: Register, viewer: Viewer, result: Compared, differing: dict[int, list[str]]) -> None:
    """Fields that this viewer may not change, or only by a case that is decided."""
    refused: dict[str, Text] = {}
    for item in fields_for(register, viewer):
        why = why_not_change(register, viewer, item)
        if why is None and needs_approval(item, viewer):
            why = rules.by_case(item)
        if why is not None:
            refused[item.key] = why
    for position, keys in differing.items():
        for key in keys:
            if key in refused:
                note(result.problems, position, key, _text(result.upload, key, position), refused[key])


def _check_adds(register: Register, viewer: Viewer, result: Compared, marks: Sequence[tuple[Any, ...] | None]) -> None:
    """Whether this viewer may add rows, and adds them within its reach; what the file leaves out is filled in."""
    standing = result.standing.ids
    adds = [p for p, mark in enumerate(marks) if mark is not None and p not in standing]
    why = why_not_create(register, viewer)
    if why is not None:
        for position in adds:
            note(result.problems, position, "", _text(result.upload, register.identity[-1], position), why)
        return
    missing = _missing_columns(register, viewer, result)
    for key, problem in missing.items():
        for position in adds:
            note(result.problems, position, key, "", problem)
    _check_foreign_fields(register, viewer, result, adds)
    _check_uniqueness(register, result, adds)


def _check_foreign_fields(register: Register, viewer: Viewer, result: Compared, adds: Sequence[int]) -> None:
    """Who adds a row fills what it needs; what others keep stays as it starts."""
    start = prefill(register, viewer)
    for item in fields_for(register, viewer):
        given = result.values.plain.get(item.key)
        why = None if item.required else why_not_change(register, viewer, item)
        if given is None or why is None:
            continue
        for position in adds:
            if given[position] in ("", {}):
                given[position] = start.get(item.key, given[position])
            elif given[position] not in (None, start.get(item.key)):
                note(result.problems, position, item.key, _text(result.upload, item.key, position), why)


def _check_uniqueness(register: Register, result: Compared, adds: Sequence[int]) -> None:
    """Values that stand once only, besides those that identify a row."""
    for column in register.model._meta.concrete_fields:
        given = result.values.plain.get(column.name)
        if not column.unique or column.primary_key or given is None or register.identity == (column.name,):
            continue
        wanted = {p: given[p] for p in adds if given[p]}
        seen: set[Any] = set()
        distinct = sorted(set(wanted.values()))
        for start in range(0, len(distinct), CHUNK):
            part = distinct[start : start + CHUNK]
            rows = register.model._default_manager.filter(**{f"{column.name}__in": part})
            seen |= set(rows.values_list(column.name, flat=True))
        for position, value in wanted.items():
            if value in seen:
                note(result.problems, position, column.name, value, rules.held(register, column.name))
            seen.add(value)


def _missing_columns(register: Register, viewer: Viewer, result: Compared) -> dict[str, Text]:
    """What an added row lacks when its column is not in the file; the rest goes to `filled` as plain values."""
    reading = Reading(register, References(viewer), None)
    filled: dict[str, Any] = {}
    for item in fields_for(register, viewer):
        if item.key not in result.values.plain and item.kind is not FieldKind.FACILITY:
            reading.read(item, result.filled.get(item.key))
            if item.key in reading.values:
                filled[item.key] = plain(reading.values[item.key])
    result.filled = filled
    return reading.problems


def _check_rules(register: Register, result: Compared, differing: dict[int, list[str]]) -> None:
    """The register's rules over several fields, on rows that would be written."""
    if not register.checks:
        return
    typed, standing = result.values.typed, result.standing
    for position in range(len(result.upload)):
        if position in result.problems or (position in standing.ids and position not in differing):
            continue
        row = {key: column[position] for key, column in typed.items()}
        if position in standing.ids:
            row = {**{key: column[position] for key, column in standing.typed.items() if key not in row}, **row}
        for check in register.checks:
            for key, problem in check(row).items():
                note(result.problems, position, key, _text(result.upload, key, position), problem)


def _text(upload: Upload, key: str, position: int) -> str:
    return upload.columns[key][position] if key in upload.columns else ""


def row_of(values: Mapping[str, Any]) -> SimpleNamespace:
    """A row as an object, for what asks for attributes."""
    return SimpleNamespace(**values)


__all__ = ["Compared", "Standing", "compare", "row_of"]
