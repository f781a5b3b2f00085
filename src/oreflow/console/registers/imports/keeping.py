"""What stands beside the database while an import is worked on: the upload, its progress, and who works on it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where uploads stand, under their SHA-256."""
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def keep(data: bytes) -> str:
    """Keep an upload and return its SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder() / digest
    try:
        os.utime(path)  # young again: what tidies leaves it
    except FileNotFoundError:
        staged = path.with_suffix(f".{os.getpid()}.part")
        with staged.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
    return digest


def kept(digest: str) -> bytes:
    """The bytes of an upload.

    Raises
    ------
    FileNotFoundError
        Where they are gone.
    """
    return (folder() / digest).read_bytes()


def tell(run_id: int, percent: int) -> None:
    """Say how far the work is; a write in its transaction cannot say so in the database."""
    path = folder() / f"run-{run_id}.progress"
    staged = path.with_suffix(".part")
    staged.write_text(str(percent), encoding="ascii")
    staged.replace(path)


def told(run_id: int) -> int:
    """How far the work is, in percent; 0 where nothing was said."""
    try:
        return int((folder() / f"run-{run_id}.progress").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def forget(run_id: int) -> None:
    """Take away what was said of a run's progress."""
    (folder() / f"run-{run_id}.progress").unlink(missing_ok=True)


@contextmanager
def working(run_id: int) -> Iterator[bool]:
    """Be the only process at work on a run; False where another one is.

    The system lets the lock go when its process ends, however it ends.
    """
    path = folder() / f"run-{run_id}.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
