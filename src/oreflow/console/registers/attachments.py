"""Files kept with records: their bytes under their SHA-256, outside anything that is served by itself.

What a file is, its content says, not its name; the name is cleaned before anybody sees it again.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

LARGEST = 20 * 1024 * 1024
_CHUNK = 64 * 1024
_LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
_UNFIT = re.compile(
    '[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"/\\\\|?*]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is kept."""

    name: str
    media_type: str
    size: int
    sha256: str


PAGES = {".html": "text/html"}  # kept as the source of a reading only, never as an attachment


def keep(name: str, content: BinaryIO, *, pages: bool = False) -> Kept:
    """Write a file under its SHA-256, once, whole or not at all; `pages` takes saved web pages too.

    Raises
    ------
    Invalid
        For a file that is too large, empty, or of no allowed type.
    """
    folder = root()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            size, digest = _copy(content, out)
            out.flush()
            os.fsync(out.fileno())
        ending = kind_of(Path(temporary), name)
        if pages and ending == ".txt" and _is_page(Path(temporary), name):
            ending = ".html"
        _settle(Path(temporary), path_of(digest))
    finally:
        Path(temporary).unlink(missing_ok=True)
    return Kept(clean_name(name, ending), (TYPES | PAGES)[ending], size, digest)


def _copy(content: BinaryIO, out: BinaryIO) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while chunk := content.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise Invalid({"file": Text("文件超过 20 MB。请压缩或拆分。", "The file is larger than 20 MB. Split it.")})
        digest.update(chunk)
        out.write(chunk)
    if not size:
        raise Invalid({"file": Text("文件是空的。请选择另一个文件。", "The file is empty. Choose another one.")})
    return size, digest.hexdigest()


def _settle(temporary: Path, final: Path) -> None:
    if final.is_file():
        return
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary.replace(final)
    for folder in (final.parent, final.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def root() -> Path:
    """Where the bytes stand."""
    return Path(settings.MEDIA_ROOT)


def path_of(sha256: str) -> Path:
    """The place of the bytes with this SHA-256."""
    return root() / sha256[:2] / sha256


def kind_of(path: Path, name: str) -> str:
    """The ending that the content deserves.

    Raises
    ------
    Invalid
        Where it is none of the allowed types.
    """
    with path.open("rb") as file:
        head = file.read(16)
    for ending, is_it in _SIGNS.items():
        if is_it(head, path):
            return ending
    if _is_text(path):
        return ".csv" if name.casefold().endswith(".csv") else ".txt"
    raise Invalid(
        {
            "file": Text(
                "不接受这类文件。可上传 PDF、PNG、JPG、XLSX、DOCX、CSV、TXT（以内容为准）。",
                "This type of file is not taken. PDF, PNG, JPG, XLSX, DOCX, CSV and TXT are, judged by content.",
            )
        }
    )


def _office(part: str) -> Callable[[bytes, Path], bool]:
    def is_it(head: bytes, path: Path) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        macros = any(n.casefold().endswith("vbaproject.bin") for n in names)
        return part in names and "[Content_Types].xml" in names and not macros

    return is_it


_SIGNS: dict[str, Callable[[bytes, Path], bool]] = {
    ".pdf": lambda head, _path: head.startswith(b"%PDF-"),
    ".png": lambda head, _path: head.startswith(b"\x89PNG\r\n\x1a\n"),
    ".jpg": lambda head, _path: head.startswith(b"\xff\xd8\xff"),
    ".xlsx": _office("xl/workbook.xml"),
    ".docx": _office("word/document.xml"),
}


def _is_text(path: Path) -> bool:
    """Text in UTF-8, UTF-16 or GB 18030 without control characters."""
    content = path.read_bytes()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "gb18030"):
        try:
            written = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not re.search("[\u0000-\u0008\u000b\u000e-\u001f\u007f]", written)
    return False


def _is_page(path: Path, name: str) -> bool:
    """Whether a text is a web page: its name says so, or it begins as one."""
    head = path.read_bytes()[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    return name.casefold().endswith((".html", ".htm")) or head.startswith((b"<!doctype html", b"<html"))


def clean_name(name: str, ending: str) -> str:
    """A name without folders, control characters and direction marks, with the ending its content deserves."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = _UNFIT.sub("", last).strip(" .")
    written = Path(stem).suffix.casefold()
    if written in (*TYPES, ".jpeg") or (ending in PAGES and written in (".html", ".htm")):
        stem = stem[: -len(written)].rstrip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"file-{stem}" if stem else "file"
    return f"{stem[:_LONGEST_NAME]}{ending}"
