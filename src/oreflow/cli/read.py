"""`oreflow read`: plans and other documents to cited figures, chains, tables, clauses and duties."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from oreflow.core.provenance import Text

from .output import Exit, Language, put, put_table

if TYPE_CHECKING:
    from .read_files import Outcome

_SHOWN = 1_000  # rows of one table

Files = Annotated[
    list[Path], typer.Argument(help="Documents (txt, docx, pdf, html, xlsx, xls, ods), or folders of them.")
]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of tables.")]
Out = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead.", show_default=False)]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, max=64, help="Processes to read in; by default by the work.", show_default=False
    ),
]


def read(
    files: Files,
    as_json: AsJsonLines = False,
    chains: Annotated[bool, typer.Option("--chains", help="Industry chains with their edges.")] = False,
    tables: Annotated[bool, typer.Option("--tables", help="Tables, cell by cell.")] = False,
    outline: Annotated[bool, typer.Option("--outline", help="The section tree.")] = False,
    clauses: Annotated[bool, typer.Option("--clauses", help="Clauses with their limits.")] = False,
    duties: Annotated[bool, typer.Option("--duties", help="Tasks with their bodies and deadlines.")] = False,
    entities: Annotated[bool, typer.Option("--entities", help="Enterprises, parks, products, projects.")] = False,
    simplify: Annotated[bool, typer.Option("--simplify", help="Turn traditional characters into simplified.")] = False,
    jobs: Jobs = None,
    output: Out = None,
    lang: Language = None,
) -> int:
    """Read documents: their figures with subject, unit and year, or what the options name."""
    from .read_files import Asked, files_of, outcomes, processes_for

    asked_for = {"chains": chains, "tables": tables, "outline": outline, "clauses": clauses, "duties": duties,
                 "entities": entities}  # fmt: skip
    sorts = tuple(name for name, wanted in asked_for.items() if wanted) or ("statements",)
    found = files_of(files)
    if not found:
        places = ", ".join(str(path) for path in files)
        put(
            Text(f"{places}：没有可读的文件。", f"{places}: there is no document to read.").in_language(str(lang)),
            err=True,
        )
        return Exit.BAD_INPUT
    if output is not None and any(_same(output, file) for file in found):
        raise typer.BadParameter(f"{output} is one of the files to read; choose another for --output")
    import tempfile

    with tempfile.TemporaryDirectory() as folder, _opened(output) as stream:
        results = outcomes(found, Asked(sorts, simplify, folder), processes_for(found, jobs))
        return _told(_with_progress(results, len(found)), as_json, stream, str(lang))


def _same(output: Path, file: Path) -> bool:
    return output.exists() and file.exists() and output.samefile(file)


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or the file: it appears whole or not at all."""
    if output is None:
        yield sys.stdout
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _with_progress(results: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The results with a bar on standard error where somebody looks on."""
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=total)
        for outcome in results:
            yield outcome
            progress.advance(bar)


def _told(results: Iterable[Outcome], as_json: bool, stream: IO[str], language: str) -> int:
    """Print every result, problems on standard error, and tell the exit status."""
    refused: list[str] = []
    failed: list[str] = []
    for outcome in results:
        if outcome.unexpected:
            put(f"{outcome.path}: {outcome.unexpected}", err=True)
            failed.append(outcome.path)
        elif outcome.problem is not None:
            put(f"{outcome.path}: {outcome.problem.in_language(language)}", err=True)
            refused.append(outcome.path)
        elif as_json:
            _copy(outcome, stream)
        else:
            with contextlib.redirect_stdout(stream):
                _put_document(outcome, language)
    bad = [*refused, *failed]
    if len(bad) > 1:
        names = ", ".join(bad)
        put(
            Text(f"{len(bad)} 个文件未读：{names}", f"{len(bad)} files were not read: {names}").in_language(language),
            err=True,
        )
    return Exit.FAILURE if failed else Exit.BAD_INPUT if refused else Exit.FINE


def _copy(outcome: Outcome, stream: IO[str]) -> None:
    import shutil

    for path in outcome.rows.values():
        with Path(path).open(encoding="utf-8") as rows:
            shutil.copyfileobj(rows, stream)
        Path(path).unlink()


def _put_document(outcome: Outcome, language: str) -> None:
    """A document's name and notes, and a table of each sort."""
    from .read_rows import SORTS, shown

    facts = f" · {outcome.facts.in_language(language)}" if outcome.facts else ""
    put(f"{Path(outcome.path).name}{facts}")
    for note in outcome.notes:
        put(f"  {note.in_language(language)}")
    for name, path in outcome.rows.items():
        sort = SORTS[name]
        with Path(path).open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in itertools.islice(lines, _SHOWN)]
            left = sum(1 for _ in lines)
        title = sort.title.in_language(language)
        columns = [(heading.in_language(language), side) for heading, _, side in sort.columns]
        if rows:
            put_table(title, columns, [[shown(row, field) for _, field, _ in sort.columns] for row in rows])
        else:
            put(f"{title}: –")
        if left:
            put(Text(f"……另有 {left} 行，可用 --json", f"… {left} more rows; use --json").in_language(language))
        Path(path).unlink()
    put()
