"""`oreflow up`: the console on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from .output import Exit


def up(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8321,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the first page.")] = False,
) -> int:
    """Serve the console on loopback, read-only, on the built-in region."""
    from oreflow.console import serve

    serve(host=host, port=port, open_browser=browser)
    return Exit.FINE
