"""What stands beside a Word file's body: styles, lists, foot- and endnotes."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from .archive import Archive
from .errors import DocumentError
from .word_numbering import Numbering, int_of, numbering_of

_TOC = re.compile(r"(?:toc|目录)\s?(?:\d|heading|标题)?$", re.IGNORECASE)
_KINDS = ("styles", "numbering", "footnotes", "endnotes")


@dataclass(slots=True)
class Style:
    """A paragraph style: its name, what it is based on, its list."""

    name: str = ""
    base: str = ""
    number: str | None = None
    depth: int | None = None


@dataclass(slots=True)
class Parts:
    """The body and what it refers to; `w` is the namespace in braces."""

    body: etree._Element
    w: str
    styles: dict[str, Style] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    notes: dict[str, etree._Element] = field(default_factory=dict)  # "footnote 3" → its element

    def list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        w = self.w
        properties = paragraph.find(f"{w}pPr")
        if properties is None:
            return None
        number, depth = _numbered(properties, w)
        style = properties.find(f"{w}pStyle")
        named = self.styles.get(style.get(f"{w}val", "")) if style is not None else None
        for _ in range(20):
            if named is None or number is not None:
                break
            number = named.number
            depth = named.depth if depth is None else depth
            named = self.styles.get(named.base)
        return (number, depth or 0) if number not in (None, "0") else None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph has a style of the table of contents."""
        style = paragraph.find(f"{self.w}pPr/{self.w}pStyle")
        identity = style.get(f"{self.w}val", "") if style is not None else ""
        named = self.styles.get(identity)
        return bool(_TOC.fullmatch(named.name if named else identity))


def parts_of(archive: Archive) -> Parts:
    """The body of a Word file and its helpers; missing or broken helpers are left out."""
    main = _target(archive, "_rels/.rels", "", "officeDocument") or "word/document.xml"
    root = archive.xml(main)
    if "}" not in root.tag:
        raise DocumentError("document-damaged", reason=main)
    w = root.tag[: root.tag.index("}") + 1]
    body = root.find(f"{w}body")
    if body is None:
        raise DocumentError("document-damaged", reason=f"{main}: no body")
    parts = Parts(body, w)
    folder, name = posixpath.split(main)
    relations = f"{folder}/_rels/{name}.rels"
    found = {kind: _helper(archive, relations, folder, kind) for kind in _KINDS}
    if found["styles"] is not None:
        parts.styles = _styles(found["styles"], w)
    parts.numbering = numbering_of(found["numbering"])
    for kind in ("footnote", "endnote"):
        held = found[f"{kind}s"]
        for note in held.iterchildren(w + kind) if held is not None else ():
            if note.get(f"{w}type", "normal") == "normal":
                parts.notes[f"{kind} {note.get(f'{w}id')}"] = note
    return parts


def _helper(archive: Archive, relations: str, folder: str, kind: str) -> etree._Element | None:
    part = _target(archive, relations, folder, kind) or f"{folder}/{kind}.xml"
    return archive.xml(part) if part in archive else None


def _target(archive: Archive, relations: str, folder: str, kind: str) -> str:
    """The part that a relation of this kind leads to, empty if there is none."""
    if relations not in archive:
        return ""
    for relation in archive.xml(relations):
        if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path in archive:
                return path
    return ""


def _styles(root: etree._Element, w: str) -> dict[str, Style]:
    out = {}
    for style in root.iterchildren(f"{w}style"):
        name, base, properties = (style.find(w + tag) for tag in ("name", "basedOn", "pPr"))
        number, depth = _numbered(properties, w) if properties is not None else (None, None)
        out[style.get(f"{w}styleId", "")] = Style(
            name.get(f"{w}val", "") if name is not None else "",
            base.get(f"{w}val", "") if base is not None else "",
            number,
            depth,
        )
    return out


def _numbered(properties: etree._Element, w: str) -> tuple[str | None, int | None]:
    number, depth = properties.find(f"{w}numPr/{w}numId"), properties.find(f"{w}numPr/{w}ilvl")
    return (
        number.get(f"{w}val") if number is not None else None,
        int_of(depth.get(f"{w}val")) if depth is not None else None,
    )
