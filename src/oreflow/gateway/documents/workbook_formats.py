"""Which number format each cell of an .xlsx has, by sheet."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from .number_formats import BUILT_IN
from .word_numbering import int_of

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Formats = dict[tuple[int, int], str]


def formats_of(data: bytes) -> dict[str, Formats]:
    """Format codes of the cells (row, column from 0) that have one, by the sheet's name.

    The bytes have passed the inspection of workbooks. What is missing or broken gives no formats.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        styles = _styles(archive)
        return {name: _cells(archive, part, styles) for name, part in _sheets(archive)} if styles else {}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, etree.XMLSyntaxError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _parser())
    }
    held = set(archive.namelist())
    for sheet in etree.fromstring(archive.read("xl/workbook.xml"), _parser()).iter("{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(str(identity), ""))).lstrip("/")
        if part in held:
            yield sheet.get("name", ""), part


def _styles(archive: zipfile.ZipFile) -> list[str]:
    """The format code of every cell style; empty for plain ones."""
    root = etree.fromstring(archive.read("xl/styles.xml"), _parser())
    own = {int_of(f.get("numFmtId")): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [int_of(x.get("numFmtId")) for x in root.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(n) or BUILT_IN.get(n, "") for n in numbers]


def _cells(archive: zipfile.ZipFile, part: str, styles: list[str]) -> Formats:
    from ..xlsx_parts import column_number

    out: Formats = {}
    with archive.open(part) as stream:
        for _, cell in etree.iterparse(stream, tag="{*}c", resolve_entities=False, no_network=True):
            style = int_of(cell.get("s"))
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            code = styles[style] if 0 <= style < len(styles) else ""
            if code and code != "General" and place:
                out[int(place[2]) - 1, column_number(place[1]) - 1] = code
            cell.clear()
            while cell.getprevious() is not None:
                del cell.getparent()[0]
    return out


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
