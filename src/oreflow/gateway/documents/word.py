"""Word files: paragraphs with their list numbers, tables with merged cells, notes and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .archive import Archive
from .drafting import Draft, DraftCell, Mark
from .encodings import harmless
from .errors import DocumentError
from .limits import DocumentLimits
from .word_numbering import int_of
from .word_parts import Parts, parts_of

_WRAPPERS = frozenset({"ins", "hyperlink", "smartTag", "customXml", "moveTo", "dir", "bdo", "rubyBase", "sdtContent"})
_DROPPED = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "rt"})
_BROKEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# the Symbol font's own codes, as Word keeps signs inserted from it
_SYMBOLS = {
    0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xBB: "≈", 0xB9: "≠", 0xAE: "→", 0xAC: "←", 0x6D: "μ",
    0x61: "α", 0x62: "β", 0x67: "γ", 0x44: "Δ", 0xA5: "∞", 0xB8: "÷", 0x2D: "−", 0x3E: ">", 0x3C: "<", 0x2B: "+",
    0x25: "%", 0x7E: "~", 0xD7: "·", 0xB7: "•",
}  # fmt: skip
_NOT_SHOWN = ("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES")
_DEEPEST = 40


@dataclass(slots=True)
class _Inline:
    """The text of one paragraph as it is gathered, and what hangs on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_word(data: bytes, limits: DocumentLimits) -> Draft:
    """The text of a .docx: tracked deletions left out, insertions kept, headers and footers left out."""
    archive = Archive(data, limits)
    draft = Draft(limits)
    _Word(parts_of(archive), draft).read()
    if any(part.startswith(("word/header", "word/footer")) for part in archive.members):
        draft.note("页眉、页脚未计入", "headers and footers are left out")
    return draft


class _Word:
    def __init__(self, parts: Parts, draft: Draft) -> None:
        self.parts = parts
        self.draft = draft
        self.w = parts.w
        self.paragraphs = 0
        self.tables = 0
        self.carried = ""  # of a paragraph whose end was deleted: it runs on into the next
        self.fields: list[list[str]] = []  # instructions of open fields; a second item: in the result
        begins = [f.get(f"{self.w}fldCharType") for f in parts.body.iter(f"{self.w}fldChar")]
        self.balanced = begins.count("begin") == begins.count("end")

    def read(self) -> None:
        self._flow(self.parts.body, 0)
        self.draft.line(self.carried, Mark(f"¶ {self.paragraphs}"))

    def _flow(self, container: etree._Element, depth: int) -> None:
        """Write paragraphs and tables as they follow each other."""
        for block in self._blocks(container):
            if _local(block) == "p":
                for text, mark in self._paragraph(block, depth):
                    self.draft.line(text, mark)
            else:
                self._table(block, depth)

    def _blocks(self, container: etree._Element) -> Iterator[etree._Element]:
        for child in container:
            name = _local(child)
            if name in ("p", "tbl"):
                yield child
            elif name == "altChunk":
                self.draft.note("嵌入的其他文件未计入", "files embedded in it are left out")
            elif name in _WRAPPERS:
                yield from self._blocks(child)
            elif name == "sdt":
                for content in child.iterchildren(f"{self.w}sdtContent"):
                    yield from self._blocks(content)
            elif name == "AlternateContent" and (chosen := _chosen(child)) is not None:
                yield from self._blocks(chosen)

    def _paragraph(self, block: etree._Element, depth: int, where: str = "") -> Iterator[tuple[str, Mark]]:
        """A paragraph's text with its list number; then its text boxes and notes."""
        self.paragraphs += 1
        mark = Mark(f"¶ {self.paragraphs}{where}")
        inline = _Inline()
        self._gather(block, inline)
        text = harmless("".join(inline.pieces))
        contents = self.parts.is_contents(block)
        if contents:
            self.draft.note("自动目录未计入", "the automatic table of contents is left out")
        listed = self.parts.list_of(block)
        runs_on = block.find(f"{self.w}pPr/{self.w}rPr/{self.w}del") is not None
        number = self.parts.numbering.next(*listed) if listed and (text.strip() or not runs_on) else ""
        text, self.carried = self.carried + number + text, ""
        if runs_on:
            self.carried = text
        elif text.strip() and not contents:
            yield text, mark
        if depth >= _DEEPEST:
            raise DocumentError("too-deep", value=mark.label)
        for held in [*inline.boxes, *(self.parts.notes[n] for n in inline.notes if n in self.parts.notes)]:
            for inner in self._blocks(held):
                yield from self._texts(inner, depth + 1, where)

    def _texts(self, block: etree._Element, depth: int, where: str) -> Iterator[tuple[str, Mark]]:
        """The paragraphs of a block, those of a table cell by cell."""
        if depth >= _DEEPEST:
            raise DocumentError("too-deep", value=f"¶ {self.paragraphs}")
        if _local(block) == "p":
            yield from self._paragraph(block, depth, where)
            return
        for row in self._rows(block):
            for cell in self._cells(row):
                for inner in self._blocks(cell):
                    yield from self._texts(inner, depth + 1, where)

    def _gather(self, element: etree._Element, inline: _Inline) -> None:
        for child in element:
            name = _local(child)
            if name in _DROPPED:
                if name == "instrText" and self.fields:
                    self.fields[-1][0] += child.text or ""
            elif name == "r":
                self._run(child, inline)
            elif name == "t":
                self._say(child.text or "", inline)
            elif name in _BROKEN:
                self._say(_BROKEN[name], inline)
            elif name == "fldChar":
                self._field(child.get(f"{self.w}fldCharType"))
            elif name == "sym":
                self._say(_symbol(child, self.w), inline)
            elif name in ("footnoteReference", "endnoteReference"):
                inline.notes.append(f"{name.removesuffix('Reference')} {child.get(f'{self.w}id')}")
            else:
                self._within(name, child, inline)

    def _within(self, name: str, child: etree._Element, inline: _Inline) -> None:
        """Elements that hold runs, text boxes or formulas further in."""
        if name in _WRAPPERS or name in ("sdt", "ruby"):
            self._gather(child, inline)
        elif name == "fldSimple":
            if _command(child.get(f"{self.w}instr", "")) not in _NOT_SHOWN:
                self._gather(child, inline)
        elif name == "AlternateContent":
            if (chosen := _chosen(child)) is not None:
                self._gather(chosen, inline)
        elif name in ("drawing", "pict", "object"):
            inline.boxes += _boxes(child, self.w)
        elif name in ("oMath", "oMathPara"):
            inline.pieces += [t.text or "" for t in child.iter() if _local(t) == "t"]

    def _run(self, run: etree._Element, inline: _Inline) -> None:
        hidden = run.find(f"{self.w}rPr/{self.w}vanish")
        if hidden is not None and hidden.get(f"{self.w}val", "1") not in ("0", "false", "off"):
            self.draft.note("隐藏文字未计入", "hidden text is left out")
            return
        self._gather(run, inline)

    def _say(self, text: str, inline: _Inline) -> None:
        """Add text unless it belongs to a field's code, a contents list or a page number."""
        for instruction in self.fields:
            if len(instruction) == 1:
                return
            command = _command(instruction[0])
            if command == "TOC":
                self.draft.note("自动目录未计入", "the automatic table of contents is left out")
            if command in _NOT_SHOWN:
                return
        inline.pieces.append(text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin" and self.balanced:
            self.fields.append([""])
        elif kind == "separate" and self.fields:
            self.fields[-1].append("result")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for child in table:
            name = _local(child)
            if name == "tr":
                if child.find(f"{self.w}trPr/{self.w}del") is None:
                    yield child
            elif name in _WRAPPERS or name == "sdt":
                yield from self._rows(child)

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        for child in row:
            name = _local(child)
            if name == "tc":
                if child.find(f"{self.w}tcPr/{self.w}cellDel") is None:
                    yield child
            elif name in _WRAPPERS or name == "sdt":
                yield from self._cells(child)

    def _table(self, table: etree._Element, depth: int) -> None:
        """A table as a grid; one that only lays out the page (one column, or tables inside) as its blocks."""
        if depth >= _DEEPEST:
            raise DocumentError("too-deep", value=f"¶ {self.paragraphs}")
        rows = [list(self._cells(row)) for row in self._rows(table)]
        if max((len(row) for row in rows), default=0) < 2 or _holds_table(rows, self.w):
            for cell in (cell for row in rows for cell in row):
                self._flow(cell, depth + 1)
            return
        self.tables += 1
        self.draft.table(self._laid(table, depth))

    def _laid(self, table: etree._Element, depth: int) -> list[list[DraftCell]]:
        """The rows as cells; one that goes on downwards (vMerge) stands in its first row."""
        out: list[list[DraftCell]] = []
        open_: dict[int, DraftCell] = {}
        for number, row in enumerate(self._rows(table), 1):
            column = self._skipped(row)
            laid: list[DraftCell] = [DraftCell([], column)] if column else []
            for cell in self._cells(row):
                across = max(1, int_of(self._property(cell, "gridSpan"), 1))
                merge = self._property(cell, "vMerge")
                if merge in ("continue", "") and column in open_:
                    open_[column].down += 1
                    self.paragraphs += sum(1 for _ in cell.iter(f"{self.w}p"))
                elif self._property(cell, "hMerge") == "continue" and laid:
                    laid[-1].across += across
                else:
                    where = f" ({self.tables}!{_letters(column)}{number})"
                    texts = [t for inner in self._blocks(cell) for t in self._texts(inner, depth + 1, where)]
                    laid.append(DraftCell(texts, across))
                    open_.pop(column, None)
                    if merge == "restart":
                        open_[column] = laid[-1]
                column += across
            out.append(laid)
        return out

    def _skipped(self, row: etree._Element) -> int:
        """Columns that a row leaves out at its beginning."""
        found = row.find(f"{self.w}trPr/{self.w}gridBefore")
        given = int_of(found.get(f"{self.w}val")) if found is not None else 0
        return min(max(given, 0), self.draft.limits.columns)

    def _property(self, cell: etree._Element, name: str) -> str | None:
        found = cell.find(f"{self.w}tcPr/{self.w}{name}")
        return found.get(f"{self.w}val", "") if found is not None else None


def _letters(column: int) -> str:
    from ..xlsx_parts import column_letters

    return column_letters(column + 1)


def _command(instruction: str) -> str:
    """The first word of a field's code: PAGE, TOC, HYPERLINK …"""
    return next(iter(instruction.split()), "").upper()


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _chosen(alternate: etree._Element) -> etree._Element | None:
    """The first choice of alternate content, the fallback where there is none."""
    return next((c for c in alternate if _local(c) == "Choice"), next(iter(alternate), None))


def _boxes(element: etree._Element, w: str) -> list[etree._Element]:
    """The outermost text boxes within a drawing; of alternate content one version."""
    out: list[etree._Element] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        name = _local(child)
        if name == "txbxContent" and child.tag.startswith(w):
            out.append(child)
        elif name == "AlternateContent":
            if (chosen := _chosen(child)) is not None:
                waiting.append(chosen)
        else:
            waiting += reversed(child)
    return out


def _holds_table(rows: list[list[etree._Element]], w: str) -> bool:
    return any(next(cell.iter(f"{w}tbl"), None) is not None for row in rows for cell in row)


def _symbol(sign: etree._Element, w: str) -> str:
    try:
        code = int(sign.get(f"{w}char", ""), 16)
    except ValueError:
        return ""
    if code >= 0xF000:
        return _SYMBOLS.get(code - 0xF000, "•" if sign.get(f"{w}font", "").startswith("Wing") else "□")
    return chr(code) if 32 <= code < 0xD800 else ""
