"""Inspection of a workbook before it is opened: what it unpacks to, what it links to, how its cells lie.

A workbook is a zip of XML parts. Sizes in its headers are claims; every part is inflated here in
small pieces under a budget and compared with them, and its XML is parsed without entities.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .limits import DEFAULT, MB, Limits

_CHUNK = 64 * 1024
_RATIO_FLOOR = 1 * MB  # small parts compress well without meaning harm
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".bin")
_EXTERNAL = re.compile(r"externallinks/|connections\.xml|querytables/|webextensions/|xl/model/", re.IGNORECASE)
_ACTIVE = re.compile(r"vbaproject|macrosheets/|activex/|embeddings/|ctrlprops/", re.IGNORECASE)
# a reader that finds these may take the file for .xlsb or .ods, whose parts are not inspected here
_OTHER_FORMAT = re.compile(r"mimetype|content\.xml|xl/(?!printerSettings/).*\.bin(\.rels)?", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")


class RefusedError(Exception):
    """A workbook that must not be opened: the code of the problem, its value and its facts."""

    def __init__(self, code: str, value: str = "", **facts: Any) -> None:
        super().__init__(code, value, facts)
        self.code = code
        self.value = value
        self.facts = facts


@dataclass(slots=True)
class SheetFacts:
    """How the cells of a sheet lie: its extent, and cells that hold no plain value (row, reference)."""

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, str]] = field(default_factory=list)
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    strings: Counter[int] = field(default_factory=Counter)
    chars: int = 0


def inspect(data: bytes, limits: Limits = DEFAULT) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name, in order; raises `RefusedError` for a dangerous workbook."""
    if data.startswith(_OLE):
        raise RefusedError("xlsx-locked")
    members = _members(data, limits)
    scan = _Scan(limits)
    budget = limits.inflated_bytes
    for member in members:
        part = _part(scan, member.filename)
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
            raise RefusedError("xlsx-damaged", member.filename, reason="sizes in its headers are wrong")
        if part is not None:
            part.finish()
        budget -= size
    return scan.sheets_by_name()


def _members(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise RefusedError("xlsx-damaged", reason=str(error) or "not a zip archive") from None
    if len(members) > limits.members:
        raise RefusedError("xlsx-members", found=len(members), limit=limits.members)
    seen: set[str] = set()
    for member in members:
        _check_member(member, seen)
    if sum(m.compress_size for m in members) > len(data):
        raise RefusedError("xlsx-damaged", reason="its parts overlap")
    return members


def _check_member(member: zipfile.ZipInfo, seen: set[str]) -> None:
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or "\\" in name or name.startswith("/") or ".." in parts or ":" in name:
        raise RefusedError("xlsx-path", name.replace("\0", "␀"))
    if name.casefold() in seen:
        raise RefusedError("xlsx-damaged", name, reason=f"the part {name} stands twice")
    seen.add(name.casefold())
    if name.casefold().endswith((".zip", ".xlsx", ".xlsm", ".docx")):
        raise RefusedError("xlsx-active", name)
    if _OTHER_FORMAT.fullmatch(name):
        raise RefusedError("xlsx-damaged", name, reason=f"{name} belongs to another format")
    if _ACTIVE.search(name):
        raise RefusedError("xlsx-active", name)
    if _EXTERNAL.search(name):
        raise RefusedError("xlsx-external", name)
    if member.flag_bits & 0x1:
        raise RefusedError("xlsx-locked")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError("xlsx-damaged", name, reason="unusual compression")


def _inflate(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of a part in pieces, whatever its headers claim."""
    start = member.header_offset
    head = data[start : start + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise RefusedError("xlsx-damaged", member.filename, reason="a part has no header")
    name_length, extra_length = struct.unpack("<HH", head[26:30])
    begin = start + 30 + name_length + extra_length
    end = begin + member.compress_size
    if end > len(data):
        raise RefusedError("xlsx-damaged", member.filename, reason="a part is cut off")
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
                raise RefusedError("xlsx-damaged", member.filename, reason="a part is cut off")
            yield piece
    except zlib.error as error:
        raise RefusedError("xlsx-damaged", member.filename, reason=str(error)) from None


def _part(scan: _Scan, name: str) -> _Part | None:
    if name.endswith("/") or name.lower().endswith(_BINARY):
        return None
    return _Part(scan, name)


class _Scan:
    """What all parts together tell: sheets, their names, the lengths of shared strings."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str, SheetFacts] = {}
        self.names: list[tuple[str, str]] = []  # (name, relation id)
        self.targets: dict[str, str] = {}
        self.workbook = ""
        self.lengths: list[int] = []

    def sheets_by_name(self) -> dict[str, SheetFacts]:
        folder, base = posixpath.split(self.workbook)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, SheetFacts] = {}
        chars = 0
        for name, relation in self.names:
            target = self.targets.get(f"{relations}#{relation}", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path not in self.sheets:
                raise RefusedError("xlsx-damaged", name, reason=f"the sheet {name} is missing")
            facts = found[name] = self.sheets[path]
            chars += facts.chars
            for index, times in facts.strings.items():
                chars += times * (self.lengths[index] if 0 <= index < len(self.lengths) else 0)
        if not found:
            raise RefusedError("xlsx-damaged", reason="it has no sheets")
        if chars > self.limits.text_chars:
            raise RefusedError("xlsx-too-big", limit=self.limits.text_chars // MB)
        return found


class _Part:
    """One XML part, parsed while it is inflated."""

    def __init__(self, scan: _Scan, name: str) -> None:
        self.scan = scan
        self.name = name
        self.root = ""
        self.sheet: SheetFacts | None = None
        self.row = self.column = 0
        self.reference = self.kind = ""
        self.text: list[str] | None = None
        self.length = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def feed(self, piece: bytes) -> None:
        self._parse(piece, final=False)

    def finish(self) -> None:
        self._parse(b"", final=True)

    def _parse(self, piece: bytes, final: bool) -> None:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise RefusedError("xlsx-damaged", self.name, reason=f"{self.name}: {error}") from None

    def _refuse(self, *_: Any) -> None:
        raise RefusedError("xlsx-dtd", self.name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if not self.root:
            self._begin(local)
        for claim in ("count", "uniqueCount"):
            if claim in attributes:
                self._check_claim(attributes[claim])
        if self.sheet is not None:
            self._start_in_sheet(self.sheet, local, attributes)
        elif self.root == "sst" and local == "si":
            self.length = 0
        elif self.root == "workbook" and local == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.scan.names.append((attributes.get("name", ""), relation))
        elif local == "Relationship":
            self._relationship(attributes)

    def _check_claim(self, count: str) -> None:
        """Readers set memory aside for as many items as a part says that it has."""
        if not count.isdecimal() or len(count) > 10 or int(count) > self.scan.limits.cells:
            raise RefusedError("xlsx-damaged", self.name, reason=f"it claims {count[:20]!r} items")

    def _begin(self, root: str) -> None:
        self.root = root
        if root in ("worksheet", "chartsheet", "dialogsheet"):
            self.sheet = self.scan.sheets[self.name] = SheetFacts()
        elif root == "workbook":
            if self.scan.workbook:
                raise RefusedError("xlsx-damaged", self.name, reason="it has two workbooks")
            self.scan.workbook = self.name

    def _relationship(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        harmless = attributes.get("Type", "").endswith("/hyperlink")
        if attributes.get("TargetMode") == "External" and not harmless:
            raise RefusedError("xlsx-external", target)
        self.scan.targets[f"{self.name}#{attributes.get('Id', '')}"] = target

    def _start_in_sheet(self, sheet: SheetFacts, local: str, attributes: dict[str, str]) -> None:
        if local == "c":
            self._place(sheet, attributes)
        elif local == "row":
            self._begin_row(sheet, attributes.get("r"))
        elif local in ("v", "t"):
            self.text = []
        elif local == "f":
            sheet.formulas.append((self.row, self.reference))
        elif local == "mergeCell":
            sheet.merged.append(attributes.get("ref", ""))

    def _begin_row(self, sheet: SheetFacts, number: str | None) -> None:
        if number is None:
            self.row += 1
        elif _ROW.fullmatch(number):
            self.row = int(number)
        else:
            raise RefusedError("xlsx-damaged", self.name, reason=f"no row has the number {number[:20]!r}")
        self.column = 0
        self._grow(sheet, self.row, 0)

    def _place(self, sheet: SheetFacts, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.row, self.column = max(self.row, 1), self.column + 1
        elif (match := _REFERENCE.fullmatch(reference)) and int(match[2]) == self.row:
            self.column = column_number(match[1])
        else:
            raise RefusedError("xlsx-damaged", self.name, reason=f"no cell is called {reference[:20]!r}")
        self.reference = f"{column_letters(self.column)}{self.row}"
        self.kind = attributes.get("t", "")
        self._grow(sheet, self.row, self.column)

    def _grow(self, sheet: SheetFacts, row: int, column: int) -> None:
        """Refuse a sheet whose cells span more than may be held as a full grid."""
        limits = self.scan.limits
        sheet.rows, sheet.columns = max(sheet.rows, row), max(sheet.columns, column)
        if sheet.rows > limits.rows + 1:
            raise RefusedError("too-many-rows", self.reference, limit=limits.rows)
        if sheet.columns > limits.columns:
            raise RefusedError("too-many-columns", self.reference, limit=limits.columns)
        if sheet.rows * sheet.columns > limits.cells:
            extent = {"rows": sheet.rows, "columns": sheet.columns, "limit": limits.cells}
            raise RefusedError("too-many-cells", self.reference, **extent)

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
        elif self.root == "sst":
            self.length += len(text)

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if self.root == "sst" and local == "si":
            self.scan.lengths.append(self.length)
        elif self.sheet is not None and self.text is not None and local in ("v", "t"):
            self._end_value(self.sheet, "".join(self.text))
            self.text = None

    def _end_value(self, sheet: SheetFacts, text: str) -> None:
        if self.kind == "s" and text.strip().isdigit():
            sheet.strings[int(text)] += 1
        elif self.kind == "e":
            sheet.errors.append((self.row, self.reference, text))
        else:
            sheet.chars += len(text)


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
