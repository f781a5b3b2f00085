"""The name of this process among all that share the database, and whether another one has ended."""

from __future__ import annotations

import os
import secrets
import socket

PROCESS = f"{socket.gethostname()[:24]}:{os.getpid()}:{secrets.token_hex(4)}"
SHORT = PROCESS.rpartition(":")[2]


def ended(process: str) -> bool:
    """Whether a process of this machine has ended; of another machine's nothing is known."""
    host, _, rest = process.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:24] or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return process != PROCESS
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
