"""Inspection of a workbook before it is opened: what it unpacks to, what it links to, how its cells lie.

A workbook is a zip of XML parts. Sizes in its headers are claims; every part is inflated here in
small pieces under a budget and compared with them, and its XML is parsed without entities.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import DEFAULT, MB, Limits
from .xlsx_parts import Part, RefusedError, Scan, SheetFacts, damaged

_CHUNK = 64 * 1024
_RATIO_FLOOR = 1 * MB  # small parts compress well without meaning harm
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_XML = ("/", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".bin")
_EXTERNAL = re.compile(r"externallinks/|connections\.xml|querytables/|webextensions/|xl/model/", re.IGNORECASE)
_ACTIVE = re.compile(r"vbaproject|macrosheets/|activex/|embeddings/|ctrlprops/", re.IGNORECASE)
# a reader that finds these may take the file for .xlsb or .ods, whose parts are not inspected here
_OTHER_FORMAT = re.compile(r"mimetype|content\.xml|xl/(?!printerSettings/).*\.bin(\.rels)?", re.IGNORECASE)


def inspect(data: bytes, limits: Limits = DEFAULT) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name, in order; raises `RefusedError` for a dangerous workbook."""
    if data.startswith(_OLE):
        raise RefusedError("xlsx-locked")
    members = _members(data, limits)
    scan = Scan(limits)
    budget = limits.inflated_bytes
    for member in members:
        part = None if member.filename.lower().endswith(_NOT_XML) else Part(scan, member.filename)
        size = 0
        for piece in _inflate(data, member):
            size += len(piece)
            if size > budget:
                raise RefusedError("xlsx-too-big", member.filename, limit=limits.inflated_bytes // MB)
            if size > _RATIO_FLOOR and size > limits.ratio * max(member.compress_size, 1):
                ratio = size // max(member.compress_size, 1)
                raise RefusedError("xlsx-ratio", member.filename, ratio=ratio, limit=limits.ratio)
            if part is not None:
                part.feed(piece)
        if size != member.file_size:
            raise damaged(member.filename, "目录里写的大小不实", "the sizes in its headers are wrong")
        if part is not None:
            part.finish()
        budget -= size
    return scan.sheets_by_name()


def _members(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise damaged("", f"不是 zip 文件：{error}", f"not a zip archive: {error}") from None
    if len(members) > limits.members:
        raise RefusedError("xlsx-members", found=len(members), limit=limits.members)
    seen: set[str] = set()
    for member in members:
        _check_member(member, seen)
    if sum(m.compress_size for m in members) > len(data):
        raise damaged("", "部件互相重叠", "its parts overlap")
    return members


def _check_member(member: zipfile.ZipInfo, seen: set[str]) -> None:
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or "\\" in name or name.startswith("/") or ".." in parts or ":" in name:
        raise RefusedError("xlsx-path", name.replace("\0", "␀"))
    if name.casefold() in seen:
        raise damaged(name, f"部件 {name} 出现两次", f"the part {name} stands twice")
    seen.add(name.casefold())
    if name.casefold().endswith((".zip", ".xlsx", ".xlsm", ".docx")):
        raise RefusedError("xlsx-active", name)
    if _ACTIVE.search(name):
        raise RefusedError("xlsx-active", name)
    if _EXTERNAL.search(name):
        raise RefusedError("xlsx-external", name)
    if _OTHER_FORMAT.fullmatch(name):
        raise damaged(name, f"{name} 属于另一种格式", f"{name} belongs to another format")
    if member.flag_bits & 0x1:
        raise RefusedError("xlsx-locked")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(name, "压缩方式不常见", "unusual compression")


def _inflate(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of a part in pieces, whatever its headers claim."""
    start = member.header_offset
    head = data[start : start + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise damaged(member.filename, "部件没有文件头", "a part has no header")
    name_length, extra_length = struct.unpack("<HH", head[26:30])
    begin = start + 30 + name_length + extra_length
    end = begin + member.compress_size
    if end > len(data):
        raise damaged(member.filename, "部件不完整", "a part is cut off")
    if member.compress_type == zipfile.ZIP_STORED:
        for at in range(begin, end, _CHUNK):
            yield data[at : min(at + _CHUNK, end)]
        return
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(begin, end, _CHUNK):
            pending = data[at : min(at + _CHUNK, end)]
            while pending and not inflater.eof:
                yield inflater.decompress(pending, _CHUNK)
                pending = inflater.unconsumed_tail
        while not inflater.eof:
            piece = inflater.decompress(b"", _CHUNK)
            if not piece:
                raise damaged(member.filename, "部件不完整", "a part is cut off")
            yield piece
    except zlib.error as error:
        raise damaged(member.filename, f"无法解压：{error}", f"it cannot be unpacked: {error}") from None
