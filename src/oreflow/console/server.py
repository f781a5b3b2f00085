"""Starts the console: web, worker and scheduler in one process, on loopback unless told otherwise."""

from __future__ import annotations

import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Callable

from . import configuration
from .errors import CannotListen, OpenHostRefused, PortTaken
from .web import is_loopback, web_server

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8321


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{shown}:{port}/"


def serve(
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    open_browser: bool = False,
    *,
    allow_remote: bool = False,
    announce: Callable[[str], None] | None = None,
    demonstration: bool = False,
    web: bool = True,
    worker: bool = True,
    scheduler: bool = True,
) -> None:
    """Run an installation until SIGTERM or SIGINT: prepare its folder and database, then its parts.

    Parameters
    ----------
    host, port
        Where to listen; a host that others can reach is refused unless `allow_remote`, and to a demonstration always.
    open_browser
        Whether to open the first page in a browser once the console answers.
    announce
        Called with each line that the operator should see: a demonstration's accounts, then the address.
    demonstration
        Made-up organisations and accounts, in a data folder of their own.
    web, worker, scheduler
        Which parts this process runs.

    Raises
    ------
    ConsoleError
        What keeps it from starting, with the way out in both languages.
    """
    if demonstration:
        os.environ["OREFLOW_DEMONSTRATION"] = "yes"
    chosen = configuration.read()
    if not is_loopback(host) and (chosen.flag("demonstration") or not allow_remote):
        raise OpenHostRefused(host)
    os.umask(0o077)
    listening = _open(host, port) if web else None
    try:
        from .operations.running import run, start_up

        lines = start_up(chosen.data)
        server = web_server(host, listening, chosen.text("proxy")) if listening else None
        where = address(host, server.effective_port) if server else ""
        for line in [*lines, *([where] if where else [])]:
            (announce or _quiet)(line)
        if where and open_browser:
            threading.Timer(0.3, webbrowser.open, (where,)).start()
        run(server, worker=worker, scheduler=scheduler)
    finally:
        if listening:
            listening.close()


def _quiet(_line: str) -> None:
    """Say nothing."""


def _open(host: str, port: int) -> socket.socket:
    from .assets import require_assets

    require_assets()
    return _listening(host, port)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens on the address, or an error that says why there is none."""
    bare = host.strip("[]")
    listening = socket.socket(socket.AF_INET6 if ":" in bare else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((bare, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise CannotListen(host, port, error.strerror or str(error)) from error
    return listening
