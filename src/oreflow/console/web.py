"""The web server: waitress on a socket, and how it stops without cutting anybody off."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from typing import Any

LARGEST_UPLOAD = 25 * 1024 * 1024
DRAIN = 20.0  # seconds that requests have to finish after a stop
THREADS = 8


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host` (an address, or `localhost`)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def web_server(host: str, listening: socket.socket, proxy: str = "") -> Any:
    """A waitress server on the socket; client addresses come from the trusted proxy's header where one is named.

    Waitress has one limit for all bodies, that of uploads; the smaller one of other paths is the middleware's.
    """
    from waitress.server import create_server

    from .regions.access import warm_up
    from .wsgi import application

    if not is_loopback(host):
        _answer_to(host)
    trusted: dict[str, Any] = {}
    if proxy:
        trusted = {
            "trusted_proxy": proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    server = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident="oreflow",
        max_request_body_size=LARGEST_UPLOAD + 65_536,
        max_request_header_size=16_384,
        connection_limit=100,
        channel_timeout=60,
        **trusted,
    )
    warm_up()
    return server


def answer_until(server: Any, stop: threading.Event) -> None:
    """Answer requests until told to stop; then take no new ones and finish those that were read."""
    from waitress import wasyncore

    while not stop.is_set():
        wasyncore.loop(timeout=1, map=server._map, count=1)
    server.accepting = False
    wasyncore.dispatcher.close(server)
    until = time.monotonic() + DRAIN
    while _busy(server) and time.monotonic() < until:
        wasyncore.loop(timeout=0.1, map=server._map, count=1)
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(server._map)


def _busy(server: Any) -> bool:
    channels = list(server.active_channels.values())
    return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _answer_to(host: str) -> None:
    from django.conf import settings

    if host not in settings.ALLOWED_HOSTS and host not in ("0.0.0.0", "::"):  # noqa: S104 - named to be left out
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
