"""Rows of a file that would place a record where others answer for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from oreflow.console.people.access import Viewer
from oreflow.console.people.models import Organisation
from oreflow.console.registers.placing import why_not_area, why_not_park
from oreflow.console.registers.spec import Register
from oreflow.core.provenance import Text

from .problems import Problems, note


def check_places(
    register: Register, viewer: Viewer, result: Any, adds: Iterable[int], differing: Mapping[int, list[str]]
) -> None:
    """Note the rows whose area or park, where it is new, the viewer may not give."""
    columns = {f.key for f in register.fields}
    problems: Problems = result.problems
    area_problem = cache(lambda code, *homes: why_not_area(viewer, code, set(homes)))
    park_problem = cache(lambda park: why_not_park(viewer, int(park) if park else None))
    for position, keys in [*((p, ["area_code", "park"]) for p in adds), *differing.items()]:
        if "area_code" in keys and (code := _given(result, "area_code", position)):
            homes = (_owners_area(result, position), result.standing.plain.get("area_code", {}).get(position, ""))
            _note(result, problems, position, "area_code", area_problem(code, *homes))
        if "park" in keys and "park" in columns and (park := _given(result, "park", position)) is not None:
            _note(result, problems, position, "park", park_problem(park))


def still_placed(viewer: Viewer, rows: Iterable[Mapping[str, Any]], homes: Mapping[Any, Organisation]) -> bool:
    """Whether the areas and parks of rows to be written are those that the viewer may give now."""
    for row in rows:
        owner = homes.get(row.get("organisation_id"))
        known = {owner.area_code} if owner is not None else set()
        if row.get("area_code") and why_not_area(viewer, row["area_code"], known) is not None:
            return False
        if "park_id" in row and why_not_park(viewer, row["park_id"]) is not None:
            return False
    return True


def _given(result: Any, key: str, position: int) -> Any:
    """The plain value that a row would have; None where it could not be read."""
    column = result.values.plain.get(key)
    return result.filled.get(key, "") if column is None else column[position]


def _owners_area(result: Any, position: int) -> str:
    owners = result.values.typed.get("organisation")
    owner = owners[position] if owners is not None else None
    return owner.area_code if isinstance(owner, Organisation) else ""


def _note(result: Any, problems: Problems, position: int, key: str, problem: Text | None) -> None:
    if problem is not None:
        texts = result.upload.columns.get(key)
        note(problems, position, key, texts[position] if texts else "", problem)
