"""A file or directory written beside its place and put there as a whole, or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_at(path: Path) -> Iterator[Path]:
    """A path to write to, renamed to `path` at the end; nothing is left of it if writing fails.

    It lies in a directory of its own that nobody else may enter, in the directory of `path`.

    Raises
    ------
    FileExistsError
        If there is anything at `path`, be it a link that leads nowhere.
    """
    _check_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".oreflow-", dir=path.parent) as folder:
        staged = Path(folder) / path.name
        yield staged
        _check_new(path)
        staged.rename(path)


def _check_new(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
