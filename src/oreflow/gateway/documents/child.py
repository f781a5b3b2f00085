"""The process in which a file is read: what it holds goes in, its text or the refusal comes out, as JSON.

    python -m oreflow.gateway.documents.child FORMAT LIMITS < file

A file that makes a reader hang, break off or ask for too much memory takes only this process with it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from .drafting import Draft
from .errors import DocumentError
from .limits import DocumentLimits


def extract(kind: str, data: bytes, limits: DocumentLimits) -> Draft:
    """Read a file of a format other than plain text."""
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, limits)
    if kind == "docx":
        from .word import read_word

        return read_word(data, limits)
    if kind == "html":
        from .web import read_web

        return read_web(data, limits)
    from .workbook import read_workbook

    return read_workbook(data, kind, limits)


def told(kind: str, data: bytes, limits: DocumentLimits) -> dict[str, Any]:
    """The draft or the refusal as JSON holds it."""
    try:
        return extract(kind, data, limits).plain()
    except DocumentError as error:
        return {"code": error.code, "facts": error.facts}
    except MemoryError:
        return {"code": "document-heavy", "facts": {"limit": limits.memory_bytes >> 20}}
    except RecursionError:
        return {"code": "too-deep", "facts": {"value": kind}}


def main() -> None:
    """Read standard input as the arguments say."""
    kind, given = sys.argv[1:]
    limits = DocumentLimits(**json.loads(given))
    _bound(limits)
    answer = told(kind, sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))
    sys.stdout.buffer.flush()


def _bound(limits: DocumentLimits) -> None:
    """Bound the memory and the time of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    seconds = int(limits.seconds * 1.5) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
