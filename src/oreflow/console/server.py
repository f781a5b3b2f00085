"""Starts the console on waitress, on loopback unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

from .errors import CannotListen, OpenHostRefused, PortTaken

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8321


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host` (an address, or `localhost`)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


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
) -> None:
    """Serve the console until interrupted.

    Parameters
    ----------
    host, port
        Where to listen; a host that others can reach is refused unless `allow_remote`.
    open_browser
        Whether to open the first page in a browser once the console answers.
    announce
        Called with the address once the console answers.

    Raises
    ------
    OpenHostRefused, PortTaken, CannotListen, AssetsMissing
        With the way out in both languages.
    """
    if not is_loopback(host) and not allow_remote:
        raise OpenHostRefused(host)

    server = _server(host, port)
    _warm_up()
    where = address(host, port)
    if announce:
        announce(where)
    if open_browser:
        threading.Timer(0.3, webbrowser.open, (where,)).start()
    try:
        server.run()
    finally:
        server.close()


def _server(host: str, port: int) -> Any:
    """A waitress server that listens, with small limits: pages take no large requests."""
    from waitress.server import create_server

    from .assets import require_assets

    require_assets()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oreflow.console.settings")
    from .wsgi import application

    if not is_loopback(host):
        _answer_to(host)
    return create_server(
        application,
        sockets=[_listening(host, port)],
        threads=4,
        ident="oreflow",
        max_request_body_size=65_536,
        max_request_header_size=16_384,
        connection_limit=50,
        channel_timeout=30,
    )


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


def _answer_to(host: str) -> None:
    from django.conf import settings

    if host not in settings.ALLOWED_HOSTS and host not in ("0.0.0.0", "::"):  # noqa: S104 - named to be left out
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]


def _warm_up() -> None:
    """Load the default region and its first page, so that the first reader does not wait."""
    from .regions.access import warm_up

    warm_up()
