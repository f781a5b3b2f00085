"""`oreflow up`: an installation on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from .output import Exit, put, spoken


def up(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8321,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the first page.")] = False,
    remote: Annotated[
        bool, typer.Option("--allow-remote", help="Listen on an address that other machines reach.")
    ] = False,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Made-up organisations and accounts, in a data folder of their own.")
    ] = False,
    web: Annotated[bool, typer.Option("--web/--no-web", help="Answer requests.")] = True,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Run tasks.")] = True,
    scheduler: Annotated[
        bool, typer.Option("--scheduler/--no-scheduler", help="Watch deadlines and tidy at night.")
    ] = True,
) -> int:
    """Run the console: prepare its data folder and database, then pages, tasks and deadlines until Ctrl+C."""
    from oreflow.console import ConsoleError, serve

    def announce(line: str) -> None:
        put(f"Oreflow 矿源流 {line}  (Ctrl+C)" if line.startswith("http://") else line)

    try:
        serve(
            host, port, browser, allow_remote=remote, announce=announce,
            demonstration=demonstration, web=web, worker=worker, scheduler=scheduler,
        )  # fmt: skip
    except ConsoleError as error:
        put(error.text.in_language(spoken()), err=True)
        return Exit.BAD_INPUT
    return Exit.FINE
