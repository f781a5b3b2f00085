"""The data folder of an installation, made before Django is loaded: private, with its key, one preparer at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import FolderUnusable

KEY = "secret.key"
LOCK = "preparing.lock"
FOLDERS = ("attachments", "backups", "incoming")
STALE_AFTER = 600  # seconds; an upload that old belongs to a process that is gone


def prepare(data: Path) -> None:
    """Make the folder, its parts and its key; clear what interrupted uploads left.

    Raises
    ------
    FolderUnusable
        If it cannot be made, is not ours, or is readable by others and cannot be closed to them.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        _close(data)
        for name in FOLDERS:
            (data / name).mkdir(exist_ok=True, mode=0o700)
        draw_key(data / KEY)
        clear(data / "incoming")
        clear(data / "attachments", ".incoming-*")
        clear(data / "attachments" / "imports", "*.part")
        clear(data / "backups", ".*")
    except OSError as error:
        raise FolderUnusable(data, error.strerror or str(error)) from error


def _close(data: Path) -> None:
    """Take away what others may do; a folder of another owner is refused."""
    status = data.stat()
    if status.st_uid != os.geteuid():
        raise FolderUnusable(data, f"owner {status.st_uid}, not {os.geteuid()}")
    if status.st_mode & 0o077:
        data.chmod(0o700)


def draw_key(path: Path) -> None:
    """Write a signing key once; of two that start together, both read the first one's."""
    if path.exists():
        path.chmod(0o600)
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_privately(draft, secrets.token_urlsafe(50).encode())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def write_privately(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, and bring it to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def clear(folder: Path, pattern: str = "*") -> None:
    """Remove drafts that nobody will finish."""
    before = time.time() - STALE_AFTER
    for path in folder.glob(pattern):
        if path.stat().st_mtime >= before:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def one_at_a_time(data: Path) -> Iterator[None]:
    """Hold the folder's lock: two processes that start together migrate one after the other."""
    with (data / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
