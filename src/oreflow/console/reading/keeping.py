"""Who is at work on a document: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def working(document_id: int) -> Iterator[bool]:
    """Be the only one at work on a document; False where another one is."""
    folder = Path(settings.MEDIA_ROOT) / "reading"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"document-{document_id}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
