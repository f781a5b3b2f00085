"""The previewed lines of an import written into the register: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import connection

from oreflow.console import clock
from oreflow.console.people import former_names
from oreflow.console.people.access import Viewer, visible_organisations
from oreflow.console.people.models import Organisation
from oreflow.console.records import Door, city_of, province_of
from oreflow.console.refusals import Refused
from oreflow.console.registers.access import (
    needs_approval,
    visible_to,
    why_not_change,
    why_not_create,
    with_related,
)
from oreflow.console.registers.bulk import Said, change, fields_by_attname, insert, joined
from oreflow.console.registers.models import ImportRun
from oreflow.console.registers.placing import owner_of, why_not_area, why_not_park
from oreflow.console.registers.search import words_of
from oreflow.console.registers.spec import Register
from oreflow.core.provenance import Text

from . import lines
from .places import still_placed

Part = Sequence[tuple[int, int | None, int | None, Mapping[str, Any]]]
MOST_NAMED = 50


class Overtaken(Refused):
    """Records that the import would write were changed since its preview; `lines` are their rows in the file."""

    code = "import.overtaken"

    def __init__(self, found: Sequence[int]) -> None:
        rows = ", ".join(map(str, found[:MOST_NAMED])) + (" …" if len(found) > MOST_NAMED else "")
        super().__init__(
            Text(
                f"预览之后，有 {len(found)} 行对应的记录已被修改或登记（第 {rows} 行），未写入任何内容。"
                "请重新比对后再写入。",
                f"{len(found)} records were changed or added after the preview (rows {rows}); nothing was written."
                " Compare again, then write.",
            )
        )
        self.lines = list(found)


class RightsLost(Refused):
    """The person may no longer do what the preview showed."""

    code = "import.rights"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "预览之后，您的权限或管辖范围已变化，未写入任何内容。请重新比对。",
                "Your rights or your area changed after the preview; nothing was written. Compare again.",
            )
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """A chunk of lines with the columns that they set, made before the transaction: others write meanwhile."""

    part: Part
    rows: list[dict[str, Any]]


def prepare(register: Register, run: ImportRun, told: Callable[[float], None]) -> dict[str, list[Ready]]:
    """What a run would write, by verdict; whether it may be written is asked inside the transaction."""
    total, done = max(run.adds + run.changes, 1), 0
    ready: dict[str, list[Ready]] = {"change": [], "add": []}
    for verdict, made in (("change", _changed_rows), ("add", _added_rows)):
        for part in lines.parts(run, verdict):
            ready[verdict].append(Ready(part, made(register, part)))
            done += len(part)
            told(done / total)
    return ready


def write(
    register: Register,
    viewer: Viewer,
    run: ImportRun,
    ready: Mapping[str, Sequence[Ready]],
    told: Callable[[float], None],
) -> None:
    """Write the lines of a run, inside the caller's transaction.

    Raises
    ------
    Overtaken, RightsLost
    """
    total, done = max(run.adds + run.changes, 1), 0
    said = Said(
        at=clock.now(), user_id=run.user_id, door=str(Door.IMPORT), source=f"import:{run.pk}",
        organisation=viewer.organisation.name if viewer.organisation else "", reason=run.file_name,
    )  # fmt: skip
    if run.adds and why_not_create(register, viewer) is not None:
        raise RightsLost
    for verdict, written in (("change", _write_changes), ("add", _write_adds)):
        for chunk in ready[verdict]:
            written(register, viewer, chunk, said)
            done += len(chunk.part)
            told(done / total)


def _changed_rows(register: Register, part: Part) -> list[dict[str, Any]]:
    searched = {f.key for f in register.fields if f.searched}
    standing = _searched_values(register, [record for _line, record, _version, _values in part if record is not None])
    rows = []
    for _line, record, _version, values in part:
        row = _stored(register, values)
        if searched & set(values):
            row["words"] = words_of(register, SimpleNamespace(**{**standing.get(record, {}), **values}))
        rows.append(row)
    return rows


def _added_rows(register: Register, part: Part) -> list[dict[str, Any]]:
    searched = [f.key for f in register.fields if f.searched]
    rows = []
    for _line, _record, _version, values in part:
        words = words_of(register, SimpleNamespace(**{key: values.get(key) for key in searched}))
        rows.append({**_stored(register, values), "words": words})
    return rows


def _write_changes(register: Register, viewer: Viewer, chunk: Ready, said: Said) -> None:
    part = chunk.part
    _check_rights(register, viewer, part, [record for _line, record, _version, _values in part if record is not None])
    if overtaken := _overtaken(register, part):
        raise Overtaken(overtaken)
    if not _still_placed(register, viewer, chunk):
        raise RightsLost
    if register.model is Organisation:
        _keep_names(chunk, said)
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row, (_line, record, version, _values) in zip(chunk.rows, part, strict=True):
        names = tuple(sorted(row))
        groups.setdefault(names, []).append((record, version, *(row[n] for n in names)))
    changed = sum(change(register.model, names, rows, said) for names, rows in groups.items())
    if changed != len(part):
        raise Overtaken([line for line, _record, _version, _values in part])  # between the look and the write


def _keep_names(chunk: Ready, said: Said) -> None:
    """New names leave the former ones on record, and both find the organisations."""
    rows = {line[1]: row for row, line in zip(chunk.rows, chunk.part, strict=True) if line[1] is not None}
    named = {pk: row["name"] for pk, row in rows.items() if "name" in row}
    former_names.keep(named, user_id=said.user_id, reason=said.reason)
    for pk, former in former_names.words(pk for pk, row in rows.items() if "words" in row).items():
        rows[pk]["words"] = former_names.together(rows[pk]["words"], former)


def _still_placed(register: Register, viewer: Viewer, chunk: Ready) -> bool:
    """Whether the areas and parks that records move to are those that the viewer may give now."""
    moved = {
        record: row
        for row, (_line, record, _version, _values) in zip(chunk.rows, chunk.part, strict=True)
        if "area_code" in row or "park_id" in row
    }
    for record in with_related(register, register.model._default_manager.filter(pk__in=list(moved))):
        row = moved[record.pk]
        homes = {getattr(owner_of(register, record), "area_code", ""), record.area_code}
        if row.get("area_code") and why_not_area(viewer, row["area_code"], homes) is not None:
            return False
        if "park_id" in row and why_not_park(viewer, row["park_id"]) is not None:
            return False
    return True


def _check_rights(register: Register, viewer: Viewer, part: Part, ids: Sequence[int]) -> None:
    for key in {key for _line, _record, _version, values in part for key in values}:
        item = register.get(key)
        if why_not_change(register, viewer, item) is not None or needs_approval(item, viewer):
            raise RightsLost
    rows = visible_to(register, viewer).filter(pk__in=ids)
    if rows.count() != len(set(ids)):
        raise RightsLost


def _overtaken(register: Register, part: Part) -> list[int]:
    """The rows of a chunk whose record has another version than in the preview."""
    ids = [record for _line, record, _version, _values in part]
    now = dict(register.model._default_manager.filter(pk__in=ids).values_list("pk", "version"))
    return [line for line, record, version, _values in part if now.get(record) != version]


def _searched_values(register: Register, ids: Sequence[int]) -> dict[int | None, dict[str, Any]]:
    keys = [f.key for f in register.fields if f.searched]
    rows = register.model._default_manager.filter(pk__in=ids).values_list("pk", *keys)
    return {row[0]: dict(zip(keys, row[1:], strict=True)) for row in rows}


def _write_adds(register: Register, viewer: Viewer, chunk: Ready, said: Said) -> None:
    _check_free(register, chunk.part)
    owners = _owners(register, viewer, chunk.rows)
    if not still_placed(viewer, chunk.rows, owners):
        raise RightsLost
    own = viewer.organisation.simulated if viewer.organisation else False
    for row in chunk.rows:
        simulated = owners[row["organisation_id"]].simulated if register.owner == "organisation" else own
        row["simulated"] = bool(settings.OREFLOW_DEMONSTRATION or simulated)
        row["valid_from"] = clock.today()
    names = sorted({name for row in chunk.rows for name in row})
    defaults = {n: f.get_default() for n, f in fields_by_attname(register.model).items()}
    columns = {name: [row.get(name, defaults[name]) for row in chunk.rows] for name in names}
    insert(register.model, columns, said)


def _owners(register: Register, viewer: Viewer, rows: Iterable[Mapping[str, Any]]) -> dict[Any, Organisation]:
    """The organisations of new rows, each still within reach."""
    if register.owner != "organisation":
        return {}
    wanted = sorted({row["organisation_id"] for row in rows})
    found = visible_organisations(viewer).filter(pk__in=wanted).in_bulk()
    if len(found) != len(wanted):
        raise RightsLost
    return found


def _check_free(register: Register, part: Part) -> None:
    """The rows of a chunk whose identity somebody else has registered since."""
    model, quote = register.model, connection.ops.quote_name
    columns = [model._meta.get_field(key) for key in register.identity]
    types = {f"k{i}": "bigint" if c.is_relation else "text" for i, c in enumerate(columns)}
    marks = [
        tuple(int(values[c.name]) if c.is_relation else values[c.name] for c in columns)
        for _line, _record, _version, values in part
    ]
    table, given = joined(types, marks)
    where = " AND ".join(f"t.{quote(c.column)} = given.k{i}" for i, c in enumerate(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT given.line FROM {table} CROSS JOIN {quote(model._meta.db_table)} t WHERE {where}",  # noqa: S608
            given,
        )
        taken = sorted(int(row[0]) for row in cursor.fetchall())
    if taken:
        raise Overtaken([part[position][0] for position in taken])


def _stored(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values by field key as attribute values of the model, with city and province."""
    row = {}
    for key, value in values.items():
        column = register.model._meta.get_field(key)
        row[column.attname] = _stored_value(column, value)
    if "area_code" in row:
        row["city_code"], row["province_code"] = city_of(row["area_code"]), province_of(row["area_code"])
    return row


def _stored_value(column: Any, value: Any) -> Any:
    if value == "" and column.null:
        return None
    return int(value) if column.is_relation else value


__all__ = ["Overtaken", "Ready", "RightsLost", "prepare", "write"]
