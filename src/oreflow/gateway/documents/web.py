"""Web pages: block elements as lines, tables as grids; scripts, styles and navigation left out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from lxml import etree, html

from oreflow.core.provenance import Text

from .archive import check_memory
from .drafting import Draft, DraftCell, Mark
from .encodings import declared, decode, harmless
from .errors import DocumentError
from .limits import DocumentLimits
from .word_numbering import int_of

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:\-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_\-]{2,30})""")
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_LEFT_OUT_TAGS = """
    head script style noscript nav template iframe svg object canvas button select option textarea footer audio video
    map dialog datalist
"""
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3
    h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_LEFT_OUT = frozenset(_LEFT_OUT_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BREAK = "\x0b"  # stands for <br> until the lines are parted
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHROME = frozenset({"navigation", "banner", "contentinfo", "search"})
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDEST = 1000  # as HTML itself bounds colspan
_LONG_CELL = 400  # a table with such a cell of several blocks lays out the page


def read_web(data: bytes, limits: DocumentLimits) -> Draft:
    """The text of an HTML page."""
    text, notes = _characters(data)
    draft = Draft(limits, notes=list(notes))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(_PROLOG.sub("", harmless(text)).replace(_BREAK, " ").encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise DocumentError("document-damaged", reason=str(error)) from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise DocumentError("too-deep", value=f"l. {parser.error_log[-1].line}")
    if root is not None:
        _Web(root, draft).read()
    return draft


def _characters(data: bytes) -> tuple[str, tuple[Text, ...]]:
    """The page's characters: by its mark, by what it declares, else as any text."""
    head = data[:8192]
    if not data.startswith(_BOMS):
        for pattern in (_META, _XML):
            found = pattern.search(head)
            text = declared(data, found[1].decode("ascii").lower()) if found else None
            if text is not None:
                return text, ()
    return decode(data.removeprefix(codecs.BOM_UTF8))


class _Web:
    def __init__(self, root: etree._Element, draft: Draft) -> None:
        self.root = root
        self.draft = draft
        self.layout = _layout_tables(root)

    def read(self) -> None:
        """Walk the page once; data tables are laid out on the way and passed over."""
        gathered: list[str] = []
        line: int | None = self.root.sourceline
        for event, element, text in _walk(self.root, self._treated):
            if event == "text":
                gathered.append(text)
            elif event == "table" or element.tag in _BLOCKS:
                self._put(_lines(gathered), line)
                gathered, line = [], element.sourceline
                if event == "table":
                    self._table(element)
            elif element.tag == "br":
                gathered.append(_BREAK)
        self._put(_lines(gathered), line)

    def _treated(self, element: etree._Element) -> str:
        """How the walk treats an element: go in, pass over, or take as a table."""
        how = _shown(element)
        return "table" if how == "in" and element.tag == "table" and element not in self.layout else how

    def _put(self, lines: list[str], line: int | None) -> None:
        for text in lines:
            self.draft.line(text, _mark(line))

    def _table(self, table: etree._Element) -> None:
        for caption in table.iterchildren("caption"):
            self._put(_flat(caption), caption.sourceline)
        rows = _rows(table)
        laid = []
        for k, row in enumerate(rows):
            cells = []
            for cell in row.iterchildren("td", "th"):
                across, down = (max(1, min(int_of(cell.get(a), 1), _WIDEST)) for a in ("colspan", "rowspan"))
                texts = [(text, _mark(cell.sourceline)) for text in _flat(cell)]
                cells.append(DraftCell(texts, across, min(down, len(rows) - k)))
            laid.append(cells)
        self.draft.table(laid)


def _mark(line: int | None) -> Mark:
    return Mark(f"l. {line}" if line else "", line=line)


def _rows(table: etree._Element) -> list[etree._Element]:
    rows: list[etree._Element] = []
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        rows += [part] if part.tag == "tr" else part.iterchildren("tr")
    return [row for row in rows if _shown(row) == "in"]


def _flat(element: etree._Element) -> list[str]:
    """The lines of a cell or caption."""
    gathered = [
        text if event == "text" else _BREAK
        for event, inner, text in _walk(element, _shown)
        if event == "text" or inner.tag in _BLOCKS or inner.tag == "br"
    ]
    return _lines(gathered)


def _lines(gathered: list[str]) -> list[str]:
    """Gathered text parted at breaks, its white space run together."""
    parts = (_WHITE.sub(" ", part).strip(" ") for part in "".join(gathered).split(_BREAK))
    return [part for part in parts if part]


def _layout_tables(root: etree._Element) -> set[etree._Element]:
    """Tables that hold tables, one column or long running text: they place blocks, they hold no data."""
    tables = list(root.iter("table"))
    out = {above for table in tables if (above := next(table.iterancestors("table"), None)) is not None}
    return out | {t for t in tables if t not in out and (t.get("role") == "presentation" or _places_blocks(t))}


def _places_blocks(table: etree._Element) -> bool:
    rows = [list(row.iterchildren("td", "th")) for row in _rows(table)]
    if max((len(row) for row in rows), default=0) < 2:
        return True
    for cell in (cell for row in rows for cell in row):
        if sum(len(text) for text in cell.itertext()) > _LONG_CELL and sum(1 for _ in cell.iter("p", "div", "br")) > 2:
            return True
    return False


def _shown(element: etree._Element) -> str:
    """`in`, or `out` for what a reader of the page does not read."""
    if element.tag in _LEFT_OUT or element.get("role") in _CHROME or "hidden" in element.attrib:
        return "out"
    return "out" if _HIDDEN.search(element.get("style", "")) else "in"


def _walk(root: etree._Element, treat: Callable[[etree._Element], str]) -> Iterator[tuple[str, etree._Element, str]]:
    """Texts, begins and ends of elements, without recursion; what `treat` does not go into comes as one event."""
    if root.text:
        yield "text", root, root.text
    kept = root.tag == "pre"
    waiting: list[tuple[etree._Element, bool, bool]] = [(child, False, kept) for child in reversed(root)]
    while waiting:
        element, ended, kept = waiting.pop()
        if not isinstance(element.tag, str):
            how = "out"
        elif ended:
            how = "end"
        else:
            how = treat(element)
        if how == "in":
            inside = kept or element.tag == "pre"
            yield "start", element, ""
            if element.text:
                yield "text", element, element.text.replace("\n", _BREAK) if inside else element.text
            waiting.append((element, True, kept))
            waiting += [(child, False, inside) for child in reversed(element)]
            continue
        yield how, element, ""
        if element.tail:
            yield "text", element, element.tail.replace("\n", _BREAK) if kept else element.tail
