"""The parts of a Word file, unpacked one by one under bounds and parsed without entities."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lxml import etree

from .errors import DocumentError
from .limits import MB, DocumentLimits

_RATIO_FLOOR = 1 * MB  # small parts compress well without meaning harm
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, struct.error, OSError, EOFError)


class Archive:
    """A zip file of XML parts. Only parts that are asked for are unpacked."""

    def __init__(self, data: bytes, limits: DocumentLimits) -> None:
        self.limits = limits
        self.budget = limits.inflated_bytes
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise DocumentError("document-damaged", reason=str(error)) from None
        members = self.zip.infolist()
        if len(members) > limits.members:
            raise DocumentError("archive-members", found=len(members), limit=limits.members)
        if sum(m.compress_size for m in members) > len(data):
            raise DocumentError("document-damaged", reason="overlapping parts")
        self.members = {m.filename.replace("\\", "/").lstrip("/").lower(): m for m in members}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.members

    def content(self, part: str) -> bytes:
        """The bytes of a part. What it claims to unpack to is checked first; zipfile unpacks no more than that."""
        member = self.members.get(part.lower())
        if member is None:
            raise DocumentError("document-damaged", reason=f"no part {part}")
        if member.flag_bits & 1:
            raise DocumentError("document-locked")
        size, packed = member.file_size, max(member.compress_size, 1)
        if size > self.budget:
            raise DocumentError("archive-too-big", value=part, limit=self.limits.inflated_bytes // MB)
        if size > _RATIO_FLOOR and size > self.limits.ratio * packed:
            raise DocumentError("archive-ratio", value=part, ratio=size // packed, limit=self.limits.ratio)
        self.budget -= size
        try:
            with self.zip.open(member) as stream:
                data = stream.read(size + 1)
        except (*_BROKEN, RuntimeError) as error:
            raise DocumentError("document-damaged", reason=f"{part}: {error}") from None
        if len(data) != size:
            raise DocumentError("document-damaged", reason=f"{part}: wrong size")
        return data

    def xml(self, part: str) -> etree._Element:
        """The root of an XML part."""
        return parsed(self.content(part), part)


def check_memory(error: Exception) -> None:
    """Raise `MemoryError` where the parser ran out of memory, which it tells by saying nothing."""
    if str(error).startswith("unknown error"):
        raise MemoryError


def parsed(data: bytes, part: str) -> etree._Element:
    """The root element of XML that declares no document type: neither entities nor anything outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        if "Excessive depth" in str(error):
            raise DocumentError("too-deep", value=part) from None
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise DocumentError("xml-entities", value=part) from None
        raise DocumentError("document-damaged", reason=f"{part}: {error}") from None
    if root is None:
        raise DocumentError("document-damaged", reason=f"{part}: empty")
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError("xml-entities", value=part)
    return root
