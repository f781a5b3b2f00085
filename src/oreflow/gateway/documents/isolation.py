"""Reading in a process of its own, with its time and memory bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from typing import Any

from .drafting import from_plain
from .errors import DocumentError
from .limits import MB, DocumentLimits

_MODULE = f"{__package__}.child"
_GRACE = 1.25  # the reader itself stops at its limit and says where; this much later it is stopped
_START = 5.0  # seconds to begin in


def extract_apart(kind: str, data: bytes, limits: DocumentLimits) -> tuple[Any, ...]:
    """Text, places, grids and notes of a file, read apart; raises `DocumentError`."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - this program itself, with arguments of its own
                [sys.executable, "-P", "-m", _MODULE, kind, json.dumps(asdict(limits))],
                stdin=given,
                stdout=taken,
                stderr=said,
                timeout=limits.seconds * _GRACE + _START,
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DocumentError("document-slow", limit=round(limits.seconds), value=kind) from None
        for stream in (taken, said):
            stream.seek(0)
        if done.returncode != 0:
            raise _broken_off(done.returncode, said.read(), limits)
        told = json.loads(taken.read())
    if "code" in told:
        raise DocumentError(told["code"], **told["facts"])
    return from_plain(told)


def _environment() -> dict[str, str]:
    """This process's surroundings, and where it finds its modules."""
    path = os.pathsep.join(place or os.getcwd() for place in sys.path)  # noqa: PTH109 - as the interpreter does
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def _broken_off(status: int, said: bytes, limits: DocumentLimits) -> DocumentError:
    words = said.decode("utf-8", errors="replace").strip()
    if (
        "MemoryError" in words
        or "memory allocation" in words
        or "bad_alloc" in words
        or "out of memory" in words.lower()
    ):
        return DocumentError("document-heavy", limit=limits.memory_bytes // MB)
    last = words.splitlines()[-1][:200] if words else f"exit {status}"
    return DocumentError("document-failed", reason=last)
