"""`oreflow register`: files into registers and out of them, templates, and made-up rows to try the size."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oreflow.core.provenance import Text

from .installation import on_console
from .output import AsJson, Exit, Language, put, put_json, spoken

if TYPE_CHECKING:
    from oreflow.console.people.access import Viewer
    from oreflow.console.registers.spec import Register

app = typer.Typer(help="Registers: import, export, template, made-up rows.", no_args_is_help=True)

Key = Annotated[str, typer.Argument(help="enterprises, facilities, equipment, parks, products, licences …")]
As = Annotated[str, typer.Option("--as", help="User name of the account to act for.")]
For = Annotated[
    str, typer.Option("--for", help="Unified social credit code of the organisation, where the account has several.")
]
_ABSENT = Text("没有这个登记、账号或单位。", "There is no such register, account or organisation.")


def _text(text: Any) -> str:
    return str(text.in_language(spoken()))


def _acting(key: str, person: str, uscc: str) -> tuple[Register, Viewer]:
    from oreflow.console import clock
    from oreflow.console.people.access import viewer_for
    from oreflow.console.people.models import Organisation, User
    from oreflow.console.registers.access import register_of

    user = User.objects.get(username=person)
    organisation = Organisation.objects.get(uscc=uscc).pk if uscc else None
    viewer = viewer_for(user, organisation, clock.today())
    if organisation is not None and (viewer.organisation is None or viewer.organisation.pk != organisation):
        raise Organisation.DoesNotExist
    return register_of(key), viewer


@app.command("import")
def import_file(
    key: Key,
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.", exists=True, dir_okay=False)],
    person: As,
    uscc: For = "",
    write: Annotated[bool, typer.Option("--write", help="Write it if nothing is wrong; else only compare.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Compare a file with a register and, with --write, write it whole; exit status 1 if rows are wrong."""
    del lang

    def work() -> int:
        from oreflow.console.registers.imports import runs

        register, viewer = _acting(key, person, uscc)
        run = runs.start(register, viewer, file.name, file.read_bytes(), lambda _id: None)
        runs.preview(run.pk)
        run.refresh_from_db()
        if write and run.state == run.State.PREVIEW and not run.errors and run.adds + run.changes:
            runs.order_write(viewer, run.pk, lambda _id: None)
            runs.write(run.pk)
            run.refresh_from_db()
        return _report(run, as_json=as_json)

    return on_console(work, _ABSENT)


def _report(run: Any, *, as_json: bool) -> int:
    lines = [
        {"row": line, **problem}
        for line, problems in run.lines.filter(verdict="error").order_by("line").values_list("line", "problems")
        for problem in problems
    ]
    failed = run.state == run.State.FAILED
    if as_json:
        counts = {"new": run.adds, "changed": run.changes, "unchanged": run.same, "wrong": run.errors}
        put_json({"import": run.pk, "state": run.state, **counts, "message": run.message, "problems": lines})
        return Exit.BAD_INPUT if failed else Exit.FINDINGS if run.errors else Exit.FINE
    zh = spoken() == "zh"
    for line in lines:
        where = (
            f"{run.file_name} 第 {line['row']} 行 {line['field']}"
            if zh
            else f"{run.file_name}, row {line['row']}, {line['field']}"
        )
        put(f"{where}: {line['zh'] if zh else line['en']}", err=True)
    for problem in run.message.get("problems") or ([run.message] if "en" in run.message else []):
        put(problem["zh"] if zh else problem["en"], err=True)
    done = run.state == run.State.DONE
    if zh:
        put(
            f"{'已写入' if done else '未写入'}：新增 {run.adds}，修改 {run.changes}，不变 {run.same}，有误 {run.errors}"
        )
    else:
        told = f"{run.adds} new, {run.changes} changed, {run.same} unchanged, {run.errors} wrong"
        put(f"{'Written' if done else 'Not written'}: {told}")
    return Exit.BAD_INPUT if failed else Exit.FINDINGS if run.errors else Exit.FINE


@app.command("export")
def export_file(
    key: Key,
    file: Annotated[Path, typer.Argument(help="A new .csv or .xlsx file.")],
    person: As,
    uscc: For = "",
    query: Annotated[
        str, typer.Option("--query", help="Filters as in the page's address, e.g. status=operating.")
    ] = "",
    lang: Language = None,
) -> int:
    """Write a register, as filtered, to a file that can be imported again."""
    if os.path.lexists(file):
        raise typer.BadParameter(f"{file} exists already; name a new file")
    if file.suffix not in (".csv", ".xlsx"):
        raise typer.BadParameter("name a .csv or .xlsx file")
    language = str(lang)

    def work() -> int:
        from django.http import QueryDict

        from oreflow.console.registers import exporting
        from oreflow.console.registers.listing import narrowed

        register, viewer = _acting(key, person, uscc)
        rows, _filters, _words = narrowed(register, viewer, QueryDict(query))
        wanted = exporting.Export(register, viewer, rows, language)
        with file.open("xb") as out:
            if file.suffix == ".csv":
                out.writelines(exporting.csv_lines(wanted))
            else:
                with exporting.workbook(wanted) as book:
                    while piece := book.read(1_048_576):
                        out.write(piece)
        put(str(file))
        return Exit.FINE

    return on_console(work, _ABSENT)


@app.command("template")
def template_file(
    key: Key,
    file: Annotated[Path, typer.Argument(help="A new .xlsx file.")],
    person: As,
    uscc: For = "",
    lang: Language = None,
) -> int:
    """Write the workbook to fill in for an import."""
    if os.path.lexists(file):
        raise typer.BadParameter(f"{file} exists already; name a new file")
    language = str(lang)

    def work() -> int:
        from oreflow.console.registers.template import template

        register, viewer = _acting(key, person, uscc)
        template(register, viewer, language).save(file)
        put(str(file))
        return Exit.FINE

    return on_console(work, _ABSENT)


@app.command("synth")
def synth(
    enterprises: Annotated[int, typer.Option(min=1, max=500_000, help="How many enterprises.")] = 1_000,
    equipment: Annotated[int, typer.Option(min=0, max=5_000_000, help="How many machines.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same rows.")] = 1,
    lang: Language = None,
) -> int:
    """Fill a demonstration with made-up enterprises and machines, with their history."""
    del lang

    def work() -> int:
        from rich.console import Console
        from rich.progress import Progress

        from oreflow.console.registers.synthetic import synthesise

        with Progress(console=Console(stderr=True)) as progress:
            bars: dict[str, Any] = {}

            def told(name: str, done: int, total: int) -> None:
                if name not in bars:
                    bars[name] = progress.add_task(name, total=total)
                progress.update(bars[name], completed=done)

            made = synthesise(enterprises, equipment, seed, told)
        put(", ".join(f"{name} {count}" for name, count in made.rows.items()))
        return Exit.FINE

    return on_console(work, _ABSENT)
