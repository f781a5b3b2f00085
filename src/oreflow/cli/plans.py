# ruff: noqa: E501 -- Chinese characters count as two columns each
"""`oreflow plans`: plan texts checked by themselves, against each other, and for what they cite."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oreflow.core.provenance import AnchoredFinding, FindingClass, Text

from .check import _MARKS
from .output import AsJson, Exit, Language, put, put_json, put_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from oreflow.core.reading.checks import ConformityMatrix, Pair
    from oreflow.gateway.documents import HeldText

    Made = Callable[[HeldText], list[AnchoredFinding]]

app = typer.Typer(help="Plan texts: checked inside, against each other, and for what they cite.", no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Plans: .txt, .docx, .pdf, .html or .xlsx.")]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="The day on which cited regulations are looked at.", show_default=False
    ),
]
Everything = Annotated[bool, typer.Option("--all", "-a", help="List what holds, too.")]


class _Unread(Exception):
    """A file that could not be read; it was told already."""


@app.command("check")
def check(
    files: Files, on: Day = None, everything: Everything = False, as_json: AsJson = False, lang: Language = None
) -> int:
    """Re-add sums, recompute shares and growth, compare targets with bases, and find contradictions in a text."""
    from oreflow.core.reading import read
    from oreflow.core.reading.checks import check_document

    def made(held: HeldText) -> list[AnchoredFinding]:
        found = list(check_document(read(held.text, doc=held.name, grids=held.grids), held.text))
        return found + (_cited(held, on.date()) if on else [])

    return _each(files, made, everything, as_json, str(lang))


@app.command("cited")
def cited(
    files: Files, on: Day = None, everything: Everything = False, as_json: AsJson = False, lang: Language = None
) -> int:
    """The regulations and standards that a text cites: in force, replaced or not known on a day (by default today)."""
    day = on.date() if on else date.today()  # noqa: DTZ011 - the operator's own day
    return _each(files, lambda held: _cited(held, day), everything, as_json, str(lang))


@app.command("compare")
def compare(
    upper: Annotated[Path, typer.Argument(help="The upper plan: the nation's or the province's.")],
    lower: Annotated[Path, typer.Argument(help="The plan that has to fit it.")],
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="List what the lower plan is silent about, too.")
    ] = False,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the matrix as CSV.")] = False,
    lang: Language = None,
) -> int:
    """Set two plans beside each other: supports, conflicts, differing scope or basis, caps inside caps, silence."""
    from oreflow.core.reading import read
    from oreflow.core.reading.checks import compare_documents

    language = str(lang)
    try:
        held = [_held(path, language) for path in (upper, lower)]
    except _Unread:
        return Exit.BAD_INPUT
    above, below = (read(h.text, doc=h.name, grids=h.grids) for h in held)
    matrix = compare_documents(above, below, held[0].text, held[1].text, inside=_inside())
    status = Exit.FINDINGS if matrix.fails else Exit.FINE
    if as_json:
        put_json({"upper": matrix.upper, "lower": matrix.lower, "counts": matrix.counts, "pairs": matrix.pairs})
    elif as_csv:
        put(_csv(matrix, language))
    else:
        _put_matrix(matrix, held, everything, language)
    return status


def _inside() -> Callable[[str, str], bool | None]:
    """Whether one administrative area lies in another, by the list of areas; None where a name is not in it."""
    from oreflow.gateway.codes import load_areas

    tree = load_areas()
    codes: dict[str, set[str]] = {}
    for area in tree.areas:
        codes.setdefault(area.name.zh, set()).add(area.code)

    def inside(part: str, whole: str) -> bool | None:
        if whole == "全国":
            return True
        if part == "全国":
            return False
        parts, wholes = codes.get(part), codes.get(whole)
        if not parts or not wholes:
            return None
        return any(tree.within(p, w) and p != w for p in parts for w in wholes)

    return inside


def _held(path: Path, language: str) -> HeldText:
    """The text of a file; a file that cannot be read is told on standard error."""
    from oreflow.gateway.documents import DocumentError, read_path

    try:
        return read_path(path)
    except DocumentError as error:
        said = f"{error.message.in_language(language)} {error.remedy.in_language(language)}"
        put(f"{path}: {said} [{error.code}]", err=True)
    except OSError as error:
        put(f"{path}: {error.strerror or error}", err=True)
    raise _Unread


def _cited(held: HeldText, day: date) -> list[AnchoredFinding]:
    from oreflow.core.rules import currency
    from oreflow.gateway.regulations import load_regulations

    return list(currency(held.text, load_regulations(), day, doc=held.name))


def _each(files: list[Path], made: Made, everything: bool, as_json: bool, language: str) -> int:
    """Run a check over files; the status is 1 if any finding fails, 2 if any file could not be read."""
    status, told = Exit.FINE, []
    for path in files:
        try:
            held = _held(path, language)
        except _Unread:
            status = Exit.BAD_INPUT
            continue
        findings = made(held)
        if status is Exit.FINE and any(f.kind.fails for f in findings):
            status = Exit.FINDINGS
        if as_json:
            told.append({"document": held.name, "sha256": held.sha256, "findings": findings})
        else:
            _put_findings(held, findings, everything, language)
    if as_json:
        put_json(told)
    return status


def _where(held: HeldText, offset: int) -> str:
    place = held.place_at(offset)
    return place.label if place else ""


def _put_findings(held: HeldText, findings: list[AnchoredFinding], everything: bool, language: str) -> None:
    put(held.name)
    shown = [f for f in findings if everything or f.kind is not FindingClass.HOLDS]
    headings = {"zh": ("", "类别", "发现", "位置"), "en": ("", "class", "finding", "place")}[language]
    rows = [
        (
            _MARKS[f.kind],
            f.kind.text.in_language(language),
            f"{f.title.in_language(language)} {f.detail.in_language(language)}",
            " · ".join(dict.fromkeys(_where(held, a.start) for a in f.anchors[:4])),
        )
        for f in shown
    ]
    if rows:
        put_table("", [(h, "left") for h in headings], rows)
    counts = {k: sum(f.kind is k for f in findings) for k in FindingClass}
    none = Text("没有可核对的内容", "nothing to check").in_language(language)
    put(" · ".join(f"{k.text.in_language(language)} {n}" for k, n in counts.items() if n) or none)


def _put_matrix(matrix: ConformityMatrix, held: list[HeldText], everything: bool, language: str) -> None:
    from oreflow.core.reading.checks import Relation

    shown = [p for p in matrix.pairs if everything or p.relation is not Relation.SILENT]
    headings = {
        "zh": ("关系", "比对", "上位位置", "下位位置"),
        "en": ("relation", "comparison", "upper place", "lower place"),
    }[language]
    rows = [
        (
            p.relation.text.in_language(language),
            p.title.in_language(language),
            _where(held[0], p.upper.start) if p.upper else "",
            _where(held[1], p.lower.start) if p.lower else "",
        )
        for p in shown
    ]
    put(f"{matrix.upper} → {matrix.lower}")
    if rows:
        put_table("", [(h, "left") for h in headings], rows)
    put(" · ".join(f"{r.text.in_language(language)} {n}" for r, n in matrix.counts.items() if n))


_COLUMNS = ("relation", "matter", "subject", "year", "upper", "lower", "gap", "share", "unit", "upper_quote", "upper_start",
            "upper_end", "lower_quote", "lower_start", "lower_end", "statement")  # fmt: skip


def _csv(matrix: ConformityMatrix, language: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_row(pair, language) for pair in matrix.pairs)
    return out.getvalue().rstrip("\n")


def _row(pair: Pair, language: str) -> list[object]:
    from .output import plain

    ends = [(a.quote, a.start, a.end) if a else ("", "", "") for a in (pair.upper, pair.lower)]
    numbers = [plain(v) if v is not None else "" for v in (pair.year, pair.gap, pair.share)]
    cells = [pair.relation.value, pair.matter, pair.subject, numbers[0], pair.upper_value, pair.lower_value, numbers[1],
             numbers[2], pair.unit, *ends[0], *ends[1], pair.title.in_language(language)]  # fmt: skip
    return [_safe(c) for c in cells]


def _safe(cell: object) -> object:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t") else cell
