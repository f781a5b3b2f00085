"""`oreflow up`: the console on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from .output import Exit, put


def up(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8321,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the first page.")] = False,
    remote: Annotated[
        bool, typer.Option("--allow-remote", help="Listen on an address that other machines reach.")
    ] = False,
) -> int:
    """Serve the console, read-only, on the built-in region; on this machine only unless told otherwise."""
    from oreflow.console import ConsoleError, serve

    try:
        serve(host, port, browser, allow_remote=remote, announce=lambda where: put(f"Oreflow 矿源流 {where}  (Ctrl+C)"))
    except ConsoleError as error:
        put(str(error), err=True)
        return Exit.BAD_INPUT
    return Exit.FINE
