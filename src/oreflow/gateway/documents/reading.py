"""The one door to documents: bytes or a path in, the held text out."""

from __future__ import annotations

import hashlib
import math
import stat
from pathlib import Path, PurePath

from oreflow.core.provenance import Text

from ..file_bytes import reason
from .errors import DocumentError
from .isolation import extract_apart
from .limits import DEFAULT, MB, DocumentLimits
from .model import HeldText
from .plain_text import read_text
from .simplifying import simplified
from .sniffing import format_of

SUFFIXES = (".txt", ".docx", ".pdf", ".html", ".htm", ".xhtml", ".xlsx", ".xls", ".ods")
"""Names that documents end in; what a file is, its content tells."""
_HELD_AS = {"xls": "xlsx", "ods": "xlsx"}
_SUFFIX_OF = {
    ".htm": "html",
    ".xhtml": "html",
    **{s: s[1:] for s in (".txt", ".docx", ".pdf", ".html", ".xlsx", ".xls", ".ods")},
}


def read_document(name: str, data: bytes, *, simplify: bool = False, limits: DocumentLimits = DEFAULT) -> HeldText:
    """The text of a document with the way back to its file.

    Parameters
    ----------
    name
        The file's name; its stem names the document.
    data
        The file's content, which tells its format.
    simplify
        Turn traditional characters into simplified ones, one for one.
    limits
        Bounds on sizes, time and memory.

    Raises
    ------
    DocumentError
        For files that hold no text, are damaged, encrypted or dangerous, or of a format that is not read.
    """
    try:
        return _read(name, data, simplify, limits)
    except DocumentError as error:
        raise error.of(PurePath(name).name) from None


def read_path(path: Path | str, *, simplify: bool = False, limits: DocumentLimits = DEFAULT) -> HeldText:
    """`read_document` of a regular file, its size taken before it is read."""
    file = Path(path)
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise DocumentError(
                "document-unreadable", file.name, reason_zh="不是普通文件", reason_en="not a regular file"
            )
        _check_size(file.name, facts.st_size, limits)
        with file.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        raise DocumentError("document-unreadable", file.name, **reason(error)) from None
    return read_document(file.name, data, simplify=simplify, limits=limits)


def _check_size(name: str, size: int, limits: DocumentLimits) -> None:
    if size > limits.file_bytes:
        raise DocumentError("document-too-large", name, size=math.ceil(size / MB), limit=limits.file_bytes // MB)


def _read(name: str, data: bytes, simplify: bool, limits: DocumentLimits) -> HeldText:
    _check_size(name, len(data), limits)
    kind = format_of(name, data)
    if kind == "txt":
        draft = read_text(data, limits)
        text, places, grids, notes = draft.text, tuple(draft.places), (), tuple(draft.notes)
    else:
        text, places, grids, notes = extract_apart(kind, data, limits)
    if not text.strip("\ufeff \t\r\n\f\v\u3000\xa0"):
        raise DocumentError("document-empty")
    expected = _SUFFIX_OF.get(PurePath(name).suffix.lower(), kind)
    if expected != kind:
        notes = (Text(f"名为 {expected}，内容是 {kind}", f"named {expected}, but its content is {kind}"), *notes)
    if simplify:
        text, changed = simplified(text)
        if changed:
            notes = (
                *notes,
                Text(f"{changed} 个繁体字已转为简体", f"{changed} traditional characters were made simplified"),
            )
    return HeldText(
        PurePath(name).stem, _HELD_AS.get(kind, kind), text, places, grids, notes, hashlib.sha256(data).hexdigest()
    )
