"""The command tree and what every command shares: language, output, exit status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
import typer.exceptions

import oreflow

from . import (
    ask,
    cases,
    chain,
    check,
    console,
    materials,
    operations,
    organisations,
    pack,
    people,
    plan_packs,
    read,
    registers,
    report,
    upkeep,
)
from .output import Exit, complain, forget_language

app = typer.Typer(
    name="oreflow",
    help="矿源流 Oreflow: plans computed, chains balanced, every figure open to its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("ask")(ask.ask)
app.add_typer(chain.app, name="chain")
app.add_typer(pack.app, name="pack")
app.add_typer(plan_packs.app, name="plans")
app.command("read")(read.read)
app.add_typer(materials.app, name="materials")
app.command("report")(report.report)
app.command("up")(console.up)
app.command("backup")(operations.backup)
app.command("restore")(operations.restore)
app.command("doctor")(operations.doctor)
app.add_typer(people.app, name="user")
app.add_typer(organisations.app, name="organisation")
app.add_typer(registers.app, name="register")
app.add_typer(cases.app, name="case")
app.add_typer(upkeep.tasks, name="task")
app.add_typer(upkeep.calendar, name="calendar")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"oreflow {oreflow.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version


def run(arguments: list[str] | None = None) -> int:
    """Run the command line on `arguments` (default: the process's) and return its exit status."""
    forget_language()
    try:
        status = app(args=arguments, standalone_mode=False, prog_name="oreflow")
    except (typer.Abort, KeyboardInterrupt):
        return Exit.FAILURE
    except typer.exceptions.TyperException as error:
        error.show()  # type: ignore[attr-defined]
        return Exit.BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FINE
    except Exception as error:  # noqa: BLE001 - the one place where an unexpected failure is told plainly
        return complain(error)
    return int(status or 0)
