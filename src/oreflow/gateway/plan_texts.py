"""The text of a plan, for operators who have it at hand: found and verified by its hash."""

from __future__ import annotations

import hashlib
import stat
from functools import lru_cache
from pathlib import Path

from oreflow.core.provenance import Text
from oreflow.core.region import Document

from .errors import PlanTextError
from .limits import DEFAULT


def plan_text(document: Document, folder: Path) -> tuple[str, ...]:
    """The lines of a document's text; line n of the pack is item n - 1.

    The text is `<document id>.txt` in `folder`, or any other .txt there with the document's SHA-256.

    Raises
    ------
    PlanTextError
        If the pack names no text, the folder has none, or only another edition of it.
    """
    if not document.sha256:
        raise PlanTextError(
            "plan-text-unknown",
            Text(
                f"包里没有“{document.id}”的原文哈希。",
                f"The pack has no hash of the text of “{document.id}”.",
            ),
            Text("请在 documents 表填写 text_sha256。", "Fill in text_sha256 in the table documents."),
        )
    named = folder / f"{document.id}.txt"
    files = [named, *(f for f in sorted(folder.glob("*.txt")) if f != named)] if folder.is_dir() else []
    for file in files:
        if _digest_of(file) == document.sha256:
            data = _content(file)
            if hashlib.sha256(data).hexdigest() == document.sha256:
                return lines_of(data)
    raise _missing(document, folder, other_edition=named.is_file())


def lines_of(data: bytes) -> tuple[str, ...]:
    """The lines of a text, counted by line feeds alone."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return tuple(text.removesuffix("\n").split("\n"))


def _digest_of(file: Path) -> str:
    """The SHA-256 of a text, taken anew only if its size or time has changed; empty if it cannot be read."""
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > DEFAULT.file_bytes:
            return ""
        return _digest(file, facts.st_size, facts.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _digest(file: Path, size: int, mtime_ns: int) -> str:
    del size, mtime_ns  # the key of the cache
    return hashlib.sha256(_content(file)).hexdigest()


def _content(file: Path) -> bytes:
    return file.read_bytes()


def _missing(document: Document, folder: Path, other_edition: bool) -> PlanTextError:
    if other_edition:
        return PlanTextError(
            "plan-text-other-edition",
            Text(
                f"原文目录中的“{document.id}.txt”与包所引的文本不一致（SHA-256 不同）。",
                f"“{document.id}.txt” is not the text that the pack refers to (other SHA-256).",
            ),
            Text(
                f"请换用 SHA-256 为 {document.sha256} 的文本；行号只对该文本有效。",
                f"Use the text with SHA-256 {document.sha256}; the line numbers hold for it alone.",
            ),
            folder,
        )
    return PlanTextError(
        "plan-text-missing",
        Text(f"原文目录中没有“{document.id}”的原文。", f"The folder of texts holds no text of “{document.id}”."),
        Text(
            f"请把 SHA-256 为 {document.sha256} 的文本存为 {document.id}.txt。",
            f"Save the text with SHA-256 {document.sha256} as {document.id}.txt.",
        ),
        folder,
    )
