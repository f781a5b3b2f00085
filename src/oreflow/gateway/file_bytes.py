"""Bytes of a file, within limits and inside its folder."""

from __future__ import annotations

import math
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO

from .errors import Problems
from .limits import DEFAULT, MB, Limits


def read_bytes(file: Path, problems: Problems, limits: Limits = DEFAULT, inside: Path | None = None) -> bytes | None:
    """The content of a regular file within the size limit, and within `inside` after links.

    The size is taken before anything is read, and again from what was read.
    """
    try:
        if inside is not None and not file.resolve().is_relative_to(inside.resolve()):
            target = file.readlink() if file.is_symlink() else file
            problems.add("outside-pack", file.name, value=target)
            return None
        if not stat.S_ISREG(file.stat().st_mode):
            problems.add("unreadable", file.name, reason_zh="不是普通文件", reason_en="not a regular file")
            return None
        with file.open("rb") as stream:
            return _read_bounded(stream, file.name, problems, limits)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        problems.add("unreadable", file.name, **reason(error))
        return None


def reason(error: Exception) -> dict[str, Any]:
    """What the system says, in its own words; a missing file in ours."""
    if isinstance(error, FileNotFoundError):
        return {"reason_zh": "文件不存在", "reason_en": "there is no such file"}
    words = getattr(error, "strerror", None) or str(error)
    return {"reason_zh": words, "reason_en": words}


def _megabytes(size: int) -> str:
    return f"{math.ceil(size / MB * 10) / 10:.1f}".removesuffix(".0")


def _read_bounded(stream: BinaryIO, where: str, problems: Problems, limits: Limits) -> bytes | None:
    size = os.fstat(stream.fileno()).st_size
    data = b"" if size > limits.file_bytes else stream.read(limits.file_bytes + 1)
    size = max(size, len(data))
    if size > limits.file_bytes:
        problems.add("file-too-large", where, size=_megabytes(size), limit=_megabytes(limits.file_bytes))
        return None
    return data
