"""PDF with a text layer: lines in reading order with page and box; scans are refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .drafting import Draft, DraftCell
from .encodings import harmless
from .errors import DocumentError
from .limits import DocumentLimits
from .pdf_cells import continued, laid_out, mark_of, same_columns
from .pdf_furniture import Page, PageLine, without_furniture
from .pdf_glyphs import RawPage, dominant, raw_page, turned_back, upright
from .pdf_lines import gutter_of, lines_of, usual_gutter
from .pdf_paragraphs import paragraphs
from .pdf_pieces import Piece, pieces_of
from .pdf_tables import RuledTable, tables_of

_SCANNED_CHARS = 20  # a page of pictures with fewer characters is a scan
_UNKNOWN_SHARE = 0.3
_NAMED_PAGES = 12


def read_pdf(data: bytes, limits: DocumentLimits) -> Draft:
    """The text of a PDF; `DocumentError` for encrypted, damaged and scanned ones."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("document-locked") from None
        raise DocumentError("document-damaged", reason=str(error)) from None
    try:
        if len(document) > limits.pages:
            raise DocumentError("pdf-pages", found=len(document), limit=limits.pages)
        return _drafted(document, limits)
    finally:
        document.close()


def _drafted(document: Any, limits: DocumentLimits) -> Draft:
    draft = Draft(limits)
    held: list[_Held] = []
    scanned: list[int] = []
    garbled: list[int] = []
    broken: list[int] = []
    slanted = False
    for raw in _raw_pages(document, limits, broken):
        seen = raw.characters - raw.slanted
        slanted = slanted or bool(raw.slanted)
        if raw.pictured and raw.characters < _SCANNED_CHARS:
            scanned.append(raw.number)
        if raw.unknown > _UNKNOWN_SHARE * raw.characters and raw.characters >= _SCANNED_CHARS:
            garbled.append(raw.number)
        elif seen:
            held.append(_held(raw))
    _judge(len(held), scanned, garbled, broken)
    if slanted:
        draft.note("斜排的文字（如水印）未计入", "slanted text such as watermarks is left out")
    for left, zh, en in (
        (scanned, "只有图像，没有文字层，未计入", "hold pictures without text and are left out"),
        (garbled, "的文字无法辨认，未计入", "cannot be made out and are left out"),
        (broken, "已损坏，未计入", "are damaged and left out"),
    ):
        if left:
            draft.note(f"第 {_zh(left)} 页{zh}", f"{_en(left)} {en}")
    pages = _paged(held)
    repeated, numbers = without_furniture(pages)
    if repeated or numbers:
        draft.note("各页重复的页眉、页脚和页码未计入", "repeated headers, footers and page numbers are left out")
    _write(pages, draft)
    return draft


def _raw_pages(document: Any, limits: DocumentLimits, broken: list[int]) -> Iterator[RawPage]:
    import pypdfium2

    until = time.monotonic() + limits.seconds
    total = 0
    for index in range(len(document)):
        if time.monotonic() >= until:
            raise DocumentError("document-slow", limit=round(limits.seconds), value=f"p. {index + 1}")
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
            continue
        try:
            raw = raw_page(page, index + 1)
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
            continue
        finally:
            page.close()
        total += raw.characters
        if total > limits.chars:
            raise DocumentError("document-too-long", limit=limits.chars)
        yield raw


def _judge(readable: int, scanned: list[int], garbled: list[int], broken: list[int]) -> None:
    """Refuse what is mostly a scan, or mostly in letters that cannot be told."""
    if scanned and len(scanned) >= readable + len(garbled):
        raise DocumentError("pdf-scan", pages_zh=_zh(scanned), pages_en=_en(scanned))
    if garbled and len(garbled) >= readable:
        raise DocumentError("pdf-letters", pages_zh=_zh(garbled), pages_en=_en(garbled))
    if broken and len(broken) > readable:
        raise DocumentError("document-damaged", reason=_en(broken))


@dataclass(frozen=True, slots=True)
class _Held:
    """A page's pieces by the direction of their text, the main one first."""

    number: int
    box: tuple[float, float, float, float]
    pieces: dict[int, list[Piece]]
    tables: list[tuple[list[float], list[list[DraftCell]]]]

    @property
    def width(self) -> float:
        """How wide the page is, as its file counts it."""
        return abs(self.box[2] - self.box[0])


def _held(raw: RawPage) -> _Held:
    """A page's glyphs put together; tables ruled in the main direction of its text stand among the pieces."""
    quarters = dominant(raw)
    pieces: dict[int, list[Piece]] = {}
    laid: list[tuple[list[float], list[list[DraftCell]]]] = []
    for quarter in quarters:
        glyphs = raw.turned[quarter]
        tables: list[RuledTable] = []
        if quarter == quarters[0]:
            tables, glyphs = tables_of([upright(line, quarter) for line in raw.rulings], glyphs)
        pieces[quarter] = pieces_of(glyphs)
        for table in tables:
            pieces[quarter].append(Piece("", *table.box, table=len(laid)))
            laid.append((table.xs, laid_out(table, raw.number, quarter)))
    return _Held(raw.number, raw.box, pieces, laid)


def _paged(held: list[_Held]) -> list[Page]:
    """The lines of all pages, in columns where the document is set in columns."""
    gutters = [gutter_of(next(iter(page.pieces.values()), [])) for page in held]
    usual = usual_gutter(gutters, max((page.width for page in held), default=1.0))
    pages = []
    for source in held:
        left, _, right, _ = upright(source.box, next(iter(source.pieces), 0))
        page = Page(source.number, (left, right), source.tables)
        for quarter, pieces in source.pieces.items():
            _, low, _, high = upright(source.box, quarter)
            for line in lines_of(pieces, usual):
                down = (high - (line.box[1] + line.box[3]) / 2) / max(high - low, 1.0)
                page.lines.append(PageLine(line, turned_back(line.box, quarter), min(max(down, 0.0), 1.0)))
        pages.append(page)
    return pages


def _write(pages: list[Page], draft: Draft) -> None:
    """Lines to paragraphs, also over the ends of columns and pages; tables that go on over a page made one."""
    tables = {page.number: page.tables for page in pages}
    open_: list[list[DraftCell]] = []
    sides: list[float] = []
    for paragraph in paragraphs(pages):
        number, line, _ = paragraph[0]
        if line.line.table is None:
            draft.table(open_)
            open_ = []
            draft.paragraph([(harmless(text), mark_of(n, x.box)) for n, x, text in paragraph])
            continue
        xs, rows = tables[number][line.line.table]
        if open_ and same_columns(sides, xs):
            open_ = continued(rows, open_)
        else:
            draft.table(open_)
            open_, sides = rows, xs
    draft.table(open_)


def _ranges(numbers: list[int]) -> list[str]:
    out: list[list[int]] = []
    for n in numbers:
        if out and n == out[-1][1] + 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in out]
    return shown if len(shown) <= _NAMED_PAGES else [*shown[:_NAMED_PAGES], "…"]


def _zh(numbers: list[int]) -> str:
    return "、".join(_ranges(numbers))


def _en(numbers: list[int]) -> str:
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(_ranges(numbers))}"
