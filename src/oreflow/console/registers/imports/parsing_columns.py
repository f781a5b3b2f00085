"""Columns of text as values: every distinct text is parsed once, by the parser that pages use, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from oreflow.console.people.access import Breadth, Viewer, visible_organisations
from oreflow.console.people.models import Organisation, Park
from oreflow.console.registers.access import fields_for
from oreflow.console.registers.bulk import joined
from oreflow.console.registers.forms import Reading, References
from oreflow.console.registers.models import Facility
from oreflow.console.registers.parsing import narrow, plain
from oreflow.console.registers.spec import Field, FieldKind, Register
from oreflow.core.provenance import Text

from .problems import Problem, Problems
from .reading import Upload
from .spelling import plainly

CHUNK = 5_000
DEPENDENT = {FieldKind.FACILITY: "organisation", FieldKind.ATTRIBUTES: "type"}
"""Kinds of fields whose meaning follows from another field of the row."""


@dataclass(slots=True)
class Values:
    """What a file says: by field key, values as they travel (`plain`) and as Python has them (`typed`)."""

    plain: dict[str, list[Any]] = field(default_factory=dict)
    typed: dict[str, list[Any]] = field(default_factory=dict)


class PreloadedReferences(References):
    """Looks up what a whole file points to in a few queries."""

    def preload(self, field: Field, texts: Iterable[str]) -> None:
        """Find the organisations or parks of a column at once."""
        if field.kind is FieldKind.ORGANISATION:
            rows = Organisation.objects.all() if self.viewer is None else visible_organisations(self.viewer)
            self._preload("organisation", rows, "uscc", texts)
        elif field.kind is FieldKind.PARK:
            self._preload("park", self.parks(), "code", texts)

    def _preload(self, kind: str, rows: Any, code: str, texts: Iterable[str]) -> None:
        wanted = sorted({narrow(t) for t in texts if t})
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            known = {getattr(row, code): row for row in rows.filter(**{f"{code}__in": _askable(part)})}
            for word in part:
                if word in known or not word.isdecimal():
                    self._found[kind, word, None] = known.get(word)

    def preload_facilities(self, pairs: Iterable[tuple[int, str]]) -> None:
        """Find facilities by organisation and number at once."""
        wanted = sorted({(owner, narrow(number)) for owner, number in pairs})
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            table, given = joined({"owner": "bigint", "wanted": "text"}, [pair for pair in part if "\0" not in pair[1]])
            found = Facility.objects.raw(
                f"SELECT f.* FROM {table} CROSS JOIN registers_facility f"  # noqa: S608 - own names
                " WHERE f.organisation_id = given.owner AND f.number = given.wanted",
                given,
            )
            rows = {row.pk: row for row in found}
            seen = set(self.facilities().filter(pk__in=list(rows)).values_list("pk", flat=True))
            known = {(row.organisation_id, row.number): row for pk, row in rows.items() if pk in seen}
            for owner, number in part:
                if (owner, number) in known or not number.isdecimal():
                    self._found["facility", number, owner] = known.get((owner, number))


def parse(register: Register, viewer: Viewer, upload: Upload, told: Callable[[float], None] | None = None) -> Values:
    """The values of an upload; what cannot be read is noted with it and stands as None.

    `told` hears which share of the columns is done.
    """
    values = Values()
    found = PreloadedReferences(viewer, by_code=True)
    fields = [f for f in fields_for(register, viewer) if f.key in upload.columns]
    for done, item in enumerate(sorted(fields, key=lambda f: f.kind in DEPENDENT)):
        texts = _as_written(upload.columns[item.key])
        if item.kind in DEPENDENT:
            _parse_dependent(register, found, item, texts, values, upload.problems)
        else:
            _parse_column(register, found, item, texts, values, upload.problems)
        if told:
            told((done + 1) / len(fields))
    _fill_own_organisation(register, viewer, values, len(upload))
    return values


def _as_written(texts: list[str]) -> list[str]:
    """Undo the apostrophe that an export puts before text that a spreadsheet would run."""
    return [plainly(t) if t[:1] == "'" else t for t in texts]


def _parse_column(
    register: Register, found: PreloadedReferences, item: Field, texts: list[str], values: Values, problems: Problems
) -> None:
    distinct = set(texts)
    found.preload(item, distinct)
    reading = Reading(register, found, None)
    known: dict[Any, Any] = {}
    wrong: dict[Any, Text] = {}
    for text in distinct:
        _read(reading, item, text, text, known, wrong)
    _settle(item, texts, texts, known, wrong, values, problems)


def _parse_dependent(
    register: Register, found: PreloadedReferences, item: Field, texts: list[str], values: Values, problems: Problems
) -> None:
    """A facility is looked up within the row's organisation, attributes are read by the row's type."""
    base = DEPENDENT[item.kind]
    owners = values.typed.get(base, [None] * len(texts))
    marks = values.plain.get(base, [None] * len(texts))
    pairs = list(zip(marks, texts, strict=True))
    if item.kind is FieldKind.FACILITY:
        found.preload_facilities({(o.pk, t) for o, t in zip(owners, texts, strict=True) if o is not None and t})
    typed_of = dict(zip(marks, owners, strict=True))
    known: dict[Any, Any] = {}
    wrong: dict[Any, Text] = {}
    for mark, text in set(pairs):
        reading = Reading(register, found, None)
        if typed_of[mark] is not None:
            reading.values[base] = typed_of[mark]
        elif text and base in values.typed:  # the owner is wrong itself: one problem is enough
            known[mark, text] = None
            continue
        _read(reading, item, (mark, text), text, known, wrong)
    _settle(item, pairs, texts, known, wrong, values, problems)


def _read(reading: Reading, item: Field, mark: Any, text: str, known: dict[Any, Any], wrong: dict[Any, Text]) -> None:
    reading.read(item, text)
    if item.key in reading.problems:
        wrong[mark] = reading.problems.pop(item.key)
        known[mark] = None
    else:
        known[mark] = reading.values.pop(item.key)


def _settle(
    item: Field,
    marks: Sequence[Any],
    texts: list[str],
    known: dict[Any, Any],
    wrong: dict[Any, Text],
    values: Values,
    problems: Problems,
) -> None:
    travelling = {mark: None if mark in wrong else plain(value) for mark, value in known.items()}
    values.typed[item.key] = [known[m] for m in marks]
    values.plain[item.key] = [travelling[m] for m in marks]
    if wrong:
        for position, mark in enumerate(marks):
            if mark in wrong and not _noted(problems, position, item.key):
                problems.setdefault(position, []).append(Problem(item.key, texts[position], wrong[mark]))


def _noted(problems: Problems, position: int, key: str) -> bool:
    return any(p.key == key for p in problems.get(position, ()))


def _fill_own_organisation(register: Register, viewer: Viewer, values: Values, count: int) -> None:
    """Who can only mean itself need not say so."""
    own = viewer.organisation
    has = any(f.key == "organisation" for f in register.fields)
    if has and "organisation" not in values.plain and own is not None and viewer.breadth is Breadth.OWN:
        values.typed["organisation"] = [own] * count
        values.plain["organisation"] = [plain(own)] * count


def _askable(words: Iterable[str]) -> list[str]:
    """Those that PostgreSQL can be asked for; none of its texts holds a NUL."""
    return [word for word in words if "\0" not in word]


def by_code_everywhere(item: Field, texts: Iterable[str]) -> dict[str, int]:
    """Ids of organisations or parks by code, whoever may see them: to tell an unchanged value from an unknown one."""
    model, code = (Organisation, "uscc") if item.kind is FieldKind.ORGANISATION else (Park, "code")
    wanted = _askable(sorted({narrow(t) for t in texts if t}))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        found |= dict(model.objects.filter(**{f"{code}__in": wanted[start : start + CHUNK]}).values_list(code, "pk"))
    return {t: found[narrow(t)] for t in set(texts) if narrow(t) in found}


__all__ = ["PreloadedReferences", "Values", "by_code_everywhere", "parse"]
