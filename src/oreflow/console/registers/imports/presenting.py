"""What the pages of an import show: its state in words, and the lines of one verdict, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from oreflow.console.people.access import Viewer
from oreflow.console.registers.access import fields_for
from oreflow.console.registers.models import ImportLine, ImportRun
from oreflow.console.registers.presenting import Names, reading_language, text_of
from oreflow.console.registers.spec import Field, Register
from oreflow.core.provenance import Text

from .header import label
from .spelling import escaped

PAGE = 50
Verdict: Any = ImportLine.Verdict
TABS = (Verdict.CHANGE, Verdict.ADD, Verdict.ERROR, Verdict.SAME)


@dataclass(frozen=True, slots=True)
class Tab:
    """One verdict with how many rows have it."""

    key: str
    label: str
    icon: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One changed field of one row, old and new; `first` begins a row of the file."""

    line: int
    name: str
    record_id: int | None
    field: str
    before: str
    after: str
    first: bool


@dataclass(frozen=True, slots=True)
class ErrorShown:
    """One problem of one row."""

    line: int
    name: str
    field: str
    value: str
    text: Text
    first: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The lines of one tab and page."""

    tabs: list[Tab]
    tab: str
    page: int
    pages: int
    headings: list[tuple[str, bool]]
    rows: list[Any]


def preview(register: Register, viewer: Viewer, run: ImportRun, asked: str, page: str) -> Preview:
    """What a page of the preview shows; an unknown tab gives the first that has rows, errors before all."""
    counts = {Verdict.ADD: run.adds, Verdict.CHANGE: run.changes, Verdict.SAME: run.same, Verdict.ERROR: run.errors}
    fallback = Verdict.ERROR if run.errors else next((t for t in TABS if counts[t]), Verdict.CHANGE)
    tab = next((t for t in TABS if t.value == asked), fallback)
    pages = max(1, -(-counts[tab] // PAGE))
    number = min(max(int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1, 1), pages)
    found = ImportLine.objects.filter(run=run, verdict=tab).order_by("line")
    rows = list(found[(number - 1) * PAGE : number * PAGE])
    words = {
        Verdict.CHANGE: _("Changes"), Verdict.ADD: _("New"), Verdict.ERROR: _("Errors"), Verdict.SAME: _("Unchanged"),
    }  # fmt: skip
    icons = {Verdict.CHANGE: "at-risk", Verdict.ADD: "holds", Verdict.ERROR: "error", Verdict.SAME: "information"}
    tabs = [Tab(t.value, words[t], icons[t], counts[t], t is tab) for t in TABS]
    fields = {f.key: f for f in fields_for(register, viewer)}
    headings, shown = _shown(tab, fields, rows)
    return Preview(tabs, tab.value, number, pages, headings, shown)


def _shown(tab: str, fields: dict[str, Field], rows: Sequence[ImportLine]) -> tuple[list[tuple[str, bool]], list[Any]]:
    if tab == Verdict.CHANGE:
        return [], _changes(fields, rows)
    if tab == Verdict.ERROR:
        return [], _errors(fields, rows)
    if tab == Verdict.ADD:
        return _adds(fields, rows)
    return [], [(row.line, row.record_id, _name(row.values)) for row in rows]


def _adds(fields: dict[str, Field], rows: Sequence[ImportLine]) -> tuple[list[tuple[str, bool]], list[Any]]:
    used = [f for f in fields.values() if any(row.values.get(f.key) not in (None, "", {}) for row in rows)]
    names = _names(fields, [row.values for row in rows])
    return [(label(f, reading_language()), f.numeric) for f in used], [
        (row.line, [(text_of(f, row.values.get(f.key, ""), names, row.values), f.numeric) for f in used])
        for row in rows
    ]


def _changes(fields: dict[str, Field], rows: Sequence[ImportLine]) -> list[ChangeShown]:
    names = _names(fields, [row.values for row in rows] + [row.before for row in rows])
    shown = []
    for row in rows:
        for at, (key, value) in enumerate((k, v) for k, v in row.values.items() if k in fields):
            item = fields[key]
            before = text_of(item, row.before.get(key, ""), names, row.before)
            after = text_of(item, value, names, row.values)
            name = _name(row.before)
            shown.append(
                ChangeShown(row.line, name, row.record_id, label(item, reading_language()), before, after, at == 0)
            )
    return shown


def _errors(fields: dict[str, Field], rows: Sequence[ImportLine]) -> list[ErrorShown]:
    shown = []
    for row in rows:
        for at, problem in enumerate(row.problems):
            item = fields.get(problem["field"])
            said = label(item, reading_language()) if item else ""
            text = Text(problem["zh"], problem["en"])
            shown.append(ErrorShown(row.line, _name(row.values), said, problem["value"], text, at == 0))
    return shown


def _names(fields: dict[str, Field], rows: Sequence[dict[str, Any]]) -> Names:
    wanted = [(f.kind, str(row[f.key])) for f in fields.values() for row in rows if isinstance(row.get(f.key), str)]
    return Names().look_up([(kind, key) for kind, key in wanted if kind.value in ("organisation", "park", "facility")])


def _name(values: dict[str, Any]) -> str:
    """What a row calls itself: its title, else what identifies it."""
    return " · ".join(dict.fromkeys(str(v) for k, v in values.items() if k.startswith("_") and v))


def errors_workbook(register: Register, run: ImportRun) -> Workbook:
    """Every problem of an import with its place, value and remedy, in both languages."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("errors")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", (28, 18, 8, 28, 28, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(["文件 File", "工作表 Sheet", "行 Row", "列 Column", "值 Value", "问题与办法", "Problem and remedy"])
    for row in _problem_rows(register, run):
        sheet.append(row)
    return book


def _problem_rows(register: Register, run: ImportRun) -> Iterator[list[Any]]:
    names = {f.key: f"{f.label.zh} {f.label.en}" for f in register.fields}
    sheet = run.message.get("sheet", "")
    for line in ImportLine.objects.filter(run=run, verdict=Verdict.ERROR).order_by("line").iterator():
        for problem in line.problems:
            texts = (
                run.file_name,
                sheet,
                names.get(problem["field"], ""),
                problem["value"],
                problem["zh"],
                problem["en"],
            )
            file, tab, column, value, zh, en = (escaped(t) for t in texts)
            yield [file, tab, line.line, column, value, zh, en]
