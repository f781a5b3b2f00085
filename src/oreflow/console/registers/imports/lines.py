"""The rows of an upload as the preview shows them and the write takes them: every row, with its verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from oreflow.console.registers.bulk import write_rows
from oreflow.console.registers.models import ImportLine, ImportRun
from oreflow.console.registers.spec import Register

from .comparing import Compared

CHUNK = 10_000
COLUMNS = ("run_id", "line", "verdict", "record_id", "version", "values", "before", "problems")
Verdict: Any = ImportLine.Verdict


def keep(register: Register, run: ImportRun, compared: Compared, told: Callable[[float], None]) -> None:
    """Replace the lines of a run by those of a new comparison; inside the caller's transaction."""
    ImportLine.objects.filter(run=run).delete()
    rows = _rows(register, run, compared)
    total, done = len(compared.upload), 0
    while part := list(islice(rows, CHUNK)):
        write_rows(ImportLine, COLUMNS, iter(part))
        done += len(part)
        told(done / total)
    run.total, run.adds, run.changes = total, len(compared.adds), len(compared.changes)
    run.same, run.errors = len(compared.same), len(compared.problems)


def _rows(register: Register, run: ImportRun, compared: Compared) -> Iterator[tuple[Any, ...]]:
    lines, standing = compared.upload.lines, compared.standing
    plain = compared.values.plain
    named = [key for key in (*register.identity, register.title) if key in compared.upload.columns]
    adds, same = set(compared.adds), set(compared.same)
    for position, line in enumerate(lines):
        problems, before = "[]", "{}"
        if position in adds:
            verdict, record, version = Verdict.ADD, None, None
            values = {**compared.filled, **{key: column[position] for key, column in plain.items()}}
        elif position in compared.changes:
            verdict, record, version = Verdict.CHANGE, standing.ids[position], standing.versions[position]
            keys = compared.changes[position]
            values = {key: plain[key][position] for key in keys}
            before = _json({key: standing.plain[key][position] for key in keys} | _naming(compared, named, position))
        elif position in same:
            verdict, record, version = Verdict.SAME, standing.ids[position], standing.versions[position]
            values = _naming(compared, named, position)
        else:
            seen = None if position in standing.unseen else standing.ids.get(position)
            verdict, record, version = Verdict.ERROR, seen, None
            values = _naming(compared, named, position)
            problems = _json([p.plain() for p in compared.problems[position]])
        yield run.pk, line, str(verdict), record, version, _json(values), before, problems


def _naming(compared: Compared, named: list[str], position: int) -> dict[str, Any]:
    """What a row calls itself, as it was written."""
    return {f"_{key}": compared.upload.columns[key][position][:200] for key in named}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def parts(run: ImportRun, verdict: str) -> Iterator[list[tuple[int, int | None, int | None, Mapping[str, Any]]]]:
    """The lines of a verdict in order, some thousand at a time: line, record, version, values."""
    rows = ImportLine.objects.filter(run=run, verdict=verdict).order_by("line")
    last = 0
    while part := list(rows.filter(line__gt=last).values_list("line", "record_id", "version", "values")[:CHUNK]):
        last = part[-1][0]
        yield part
