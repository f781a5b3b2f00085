"""The XML parts of a workbook, parsed without entities while they are unpacked: how the cells lie."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .limits import MB, Limits

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_INDEX = re.compile(r"\s*([0-9]{1,10})\s*")
_SHOWN = 80
_LONGEST_TAG = 1 * MB  # a parser holds a tag or comment as a whole


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
    cells: int = 0


def damaged(part: str, zh: str, en: str) -> RefusedError:
    """A workbook that no spreadsheet program writes so."""
    return RefusedError("xlsx-damaged", part, reason_zh=zh, reason_en=en)


class Scan:
    """What all parts together tell: sheets, their names, the lengths of shared strings."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str, SheetFacts] = {}
        self.names: list[tuple[str, str]] = []  # (name, relation id)
        self.targets: dict[str, str] = {}
        self.workbook = ""
        self.lengths: list[int] = []
        self.noted = 0

    def may_note(self, kept: Sized) -> bool:
        """Whether a list of problems may grow: within the limit of all sheets, its first one always."""
        if kept and self.noted >= self.limits.problems:
            return False
        self.noted += 1
        return True

    def sheets_by_name(self) -> dict[str, SheetFacts]:
        folder, base = posixpath.split(self.workbook)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, SheetFacts] = {}
        chars = 0
        for name, relation in self.names:
            target = self.targets.get(f"{relations}#{relation}", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path not in self.sheets:
                raise damaged(name, f"缺少工作表 {name} 的内容", f"the sheet {name} is missing")
            facts = found[name] = self.sheets[path]
            chars += facts.chars
            for index, times in facts.strings.items():
                chars += times * (self.lengths[index] if 0 <= index < len(self.lengths) else 0)
        if not found:
            raise damaged("", "没有工作表", "it has no sheets")
        if chars > self.limits.text_chars:
            raise RefusedError("xlsx-too-big", limit=self.limits.text_chars // MB)
        return found


class Part:
    """One XML part, parsed while it is inflated."""

    def __init__(self, scan: Scan, name: str) -> None:
        self.scan = scan
        self.name = name
        self.root = ""
        self.sheet: SheetFacts | None = None
        self.row = self.column = 0
        self.reference = self.kind = self.text = ""
        self.inside: set[str] = set()
        self.reading = False
        self.length = self.fed = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def feed(self, piece: bytes) -> None:
        self.fed += len(piece)
        self._parse(piece, final=False)
        if self.fed - self.parser.CurrentByteIndex > _LONGEST_TAG:
            raise damaged(self.name, f"部件 {self.name} 有过长的标签", f"{self.name} has an overlong tag")

    def finish(self) -> None:
        self._parse(b"", final=True)

    def _parse(self, piece: bytes, final: bool) -> None:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise damaged(self.name, f"部件 {self.name}：{error}", f"{self.name}: {error}") from None

    def _refuse(self, *_: Any) -> None:
        raise RefusedError("xlsx-dtd", self.name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if not self.root:
            self._begin(local)
        if "count" in attributes or "uniqueCount" in attributes:
            self._check_claims(attributes)
        if self.sheet is not None:
            self._start_in_sheet(self.sheet, local, attributes)
        elif self.root == "sst" and local == "si":
            self.length = 0
        elif self.root == "workbook" and local == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.scan.names.append((attributes.get("name", ""), relation))
            self._check_number(len(self.scan.names), self.scan.limits.members, "张工作表", "sheets")
        elif local == "Relationship":
            self._relationship(attributes)

    def _check_claims(self, attributes: dict[str, str]) -> None:
        """Readers set memory aside for as many items as a part says that it has."""
        for claim in ("count", "uniqueCount"):
            count = attributes.get(claim, "0")
            if not count.isdecimal() or len(count) > 10 or int(count) > self.scan.limits.cells:
                raise damaged(self.name, f"自称有 {count[:20]} 项", f"it claims {count[:20]} items")

    def _check_number(self, found: int, limit: int, zh: str, en: str) -> None:
        if found > limit:
            raise damaged(self.name, f"超过 {limit} {zh}", f"it has more than {limit} {en}")

    def _begin(self, root: str) -> None:
        self.root = root
        if root in ("worksheet", "chartsheet", "dialogsheet"):
            self.sheet = self.scan.sheets[self.name] = SheetFacts()
        elif root == "workbook":
            if self.scan.workbook:
                raise damaged(self.name, "有两个工作簿部件", "it has two workbooks")
            self.scan.workbook = self.name

    def _relationship(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("Type", "").endswith("/hyperlink"):
            return  # harmless: no part is read by it
        if attributes.get("TargetMode") == "External":
            raise RefusedError("xlsx-external", target)
        self.scan.targets[f"{self.name}#{attributes.get('Id', '')}"] = target
        self._check_number(len(self.scan.targets), self.scan.limits.members, "个关系", "relationships")

    def _start_in_sheet(self, sheet: SheetFacts, local: str, attributes: dict[str, str]) -> None:
        if local == "c":
            self._place(sheet, attributes)
        elif local == "row":
            self._begin_row(sheet, attributes.get("r"))
        elif local == "mergeCell":
            if self.scan.may_note(sheet.merged):
                sheet.merged.append(attributes.get("ref", "")[:_SHOWN])
        elif self.reference and local in ("f", "v", "t"):
            self._start_in_cell(sheet, local)

    def _start_in_cell(self, sheet: SheetFacts, local: str) -> None:
        if local in self.inside and local != "t":  # a formatted text has several runs
            reason = (f"单元格 {self.reference} 有两个 <{local}>", f"{self.reference} has two <{local}>")
            raise damaged(self.name, *reason)
        self.inside.add(local)
        if local != "f":
            self.reading, self.text, self.length = True, "", 0
        elif self.scan.may_note(sheet.formulas):
            sheet.formulas.append((self.row, self.reference))

    def _begin_row(self, sheet: SheetFacts, number: str | None) -> None:
        if number is None:
            self.row += 1
        elif _ROW.fullmatch(number):
            self.row = int(number)
        else:
            raise damaged(self.name, f"没有第 {number[:20]} 行", f"there is no row {number[:20]}")
        self.column = 0
        self._grow(sheet, self.row, 0)

    def _place(self, sheet: SheetFacts, attributes: dict[str, str]) -> None:
        sheet.cells += 1
        self._check_number(sheet.cells, self.scan.limits.cells, "个单元格", "cells")
        if self.reference:
            raise damaged(self.name, f"单元格 {self.reference} 中还有单元格", f"a cell stands in {self.reference}")
        reference = attributes.get("r")
        if reference is None:
            self.row, self.column = max(self.row, 1), self.column + 1
            reference = f"{column_letters(self.column)}{self.row}"
        elif (match := _REFERENCE.fullmatch(reference)) and int(match[2]) == self.row:
            self.column = column_number(match[1])
        else:
            reference = reference[:20]
            raise damaged(self.name, f"单元格 {reference} 不在此处", f"{reference} is no cell of this row")
        self.reference = reference
        self.kind = attributes.get("t", "")
        self.inside.clear()
        if self.row > sheet.rows or self.column > sheet.columns:
            self._grow(sheet, self.row, self.column)

    def _grow(self, sheet: SheetFacts, row: int, column: int) -> None:
        """Refuse a sheet whose cells span more than may be held as a full grid."""
        limits = self.scan.limits
        sheet.rows, sheet.columns = max(sheet.rows, row), max(sheet.columns, column)
        cell = f"{column_letters(max(column, 1))}{row}"
        if sheet.rows > limits.rows + 1:
            raise RefusedError("too-many-rows", cell, limit=limits.rows)
        if sheet.columns > limits.columns:
            raise RefusedError("too-many-columns", cell, limit=limits.columns)
        if sheet.rows * sheet.columns > limits.cells:
            extent = {"rows": sheet.rows, "columns": sheet.columns, "limit": limits.cells}
            raise RefusedError("too-many-cells", cell, **extent)

    def _characters(self, text: str) -> None:
        if self.reading:
            self.text += text[: _SHOWN - len(self.text)]
            self.length += len(text)
        elif self.root == "sst":
            self.length += len(text)

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if self.root == "sst" and local == "si":
            self.scan.lengths.append(self.length)
            self._check_number(len(self.scan.lengths), self.scan.limits.cells, "条文字", "texts")
        elif local == "c":
            self.reference = ""
        elif self.sheet is not None and self.reading and local in ("v", "t"):
            self._end_value(self.sheet, local)
            self.reading = False

    def _end_value(self, sheet: SheetFacts, local: str) -> None:
        if local == "v" and self.kind == "s" and (index := _INDEX.fullmatch(self.text)):
            sheet.strings[int(index[1])] += 1
        elif local == "v" and self.kind == "e":
            if self.scan.may_note(sheet.errors):
                sheet.errors.append((self.row, self.reference, self.text))
        else:
            sheet.chars += self.length


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
