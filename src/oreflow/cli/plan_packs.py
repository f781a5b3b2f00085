"""`oreflow plans pack` and `oreflow plans reproduce`: plans to packs, and packs against their plans."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, Exit, Language, put, put_json, put_table
from .plans import Files, _held, _Unread, app

if TYPE_CHECKING:
    from oreflow.core.reading.packing import Merged, Reproduction, Source
    from oreflow.core.region import Region
    from oreflow.gateway.documents import HeldText

__all__ = ["app", "pack", "reproduce"]
_HEADS = {
    "zh": ("单元", "表", "相差", "区域包", "读出", "行", "原因"),
    "en": ("cell", "table", "differs in", "pack", "read", "lines", "reason"),
}


@app.command("pack")
def pack(
    files: Files,
    out: Annotated[Path, typer.Option("-o", "--out", help="A new folder, or a new .xlsx file.")],
    region: Annotated[
        str, typer.Option("--region", help="Region whose areas and indicators are used: built-in, or a pack's path.")
    ] = "panxi",
    at_least: Annotated[
        float, typer.Option("--at-least", min=0, max=1, help="Least confidence of a figure that is taken.")
    ] = 0.8,
    whole: Annotated[bool, typer.Option("--whole", help="Write the whole region with the figures added.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Read plans and write their figures as a pack: all that is sure enough is taken, the rest is listed."""
    from oreflow.core.provenance import Text
    from oreflow.core.reading.packing import collect
    from oreflow.core.reading.packing import only as part_of
    from oreflow.gateway import load_pack, write_pack

    if os.path.lexists(out):
        raise typer.BadParameter(f"{out} exists already; name a new folder or file")
    base = load_pack(region)
    try:
        held = [_held(path, str(lang)) for path in files]
    except _Unread:
        return Exit.BAD_INPUT
    sources = [_source(h, h.name, base) for h in held]
    made = collect(base, sources, at_least, {h.name: _digest(h) for h in held})
    region_made = made.region
    if not whole:
        added = {_document_of(made, cell) for cell, _own in made.added}
        names = "、".join(h.name for h in held)
        region_made = part_of(region_made, added, id=f"{base.id}-plans", name=Text(names, names), edition=base.edition)
    write_pack(region_made, out)
    loaded = load_pack(out)
    if as_json:
        put_json({"path": str(out), "hash": loaded.hash, "added": [c for c, _own in made.added], "left": made.left})
    else:
        _put_left(made, str(lang))
        put(f"{out} · {len(made.added)} · {loaded.hash}")
    return Exit.FINE


@app.command("reproduce")
def reproduce(
    region: Annotated[str, typer.Argument(help="A built-in region, or the path of a pack.")],
    files: Files,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Read the plans behind a region and compare its cells with what was read; exit status 1 if any differs.

    A file belongs to the document of the region that has its hash, else its name.
    """
    from oreflow.core.reading.packing import reproduce as compared
    from oreflow.gateway import load_pack

    base, language = load_pack(region), str(lang)
    sources = []
    for path in files:
        try:
            held = _held(path, language)
        except _Unread:
            return Exit.BAD_INPUT
        name = _behind(base, held)
        if not name:
            known = ", ".join(base.documents)
            said = {
                "zh": f"{path}：不是该区域的文件。有：{known}。",
                "en": f"{path}: behind no document of the region. There are: {known}.",
            }
            put(said[language], err=True)
            return Exit.BAD_INPUT
        sources.append(_source(held, name, base))
    found = compared(base, sources)
    if as_json:
        put_json({"region": base.id, "hash": base.hash, "total": found.total, "same": found.same,
                  "differences": found.differences})  # fmt: skip
    else:
        _put_differences(found, language)
    return Exit.FINDINGS if found.differences else Exit.FINE


def _source(held: HeldText, document: str, region: Region) -> Source:
    from oreflow.core.reading import read
    from oreflow.core.reading.packing import Source as Read

    names = {m.name.zh: key for key, m in region.library.materials.items()}
    return Read(held.text, read(held.text, doc=held.name, materials=names, grids=held.grids), document)


def _digest(held: HeldText) -> str:
    return hashlib.sha256(held.text.encode()).hexdigest()


def _behind(region: Region, held: HeldText) -> str:
    """The document of a region that a file is the text of."""
    hashes = {held.sha256, _digest(held)}
    same = [d.id for d in region.documents.values() if d.sha256 in hashes]
    return same[0] if same else held.name if held.name in region.documents else ""


def _document_of(made: Merged, cell: str) -> str:
    region = made.region
    return (region.targets.get(cell) or region.figures[cell]).source.document


def _put_left(made: Merged, language: str) -> None:
    heads = {"zh": ("未纳入", "原因"), "en": ("left out", "reason")}[language]
    rows = [(one.id, one.reason.in_language(language)) for one in made.left]
    if rows:
        put_table("", [(h, "left") for h in heads], rows)


def _put_differences(found: Reproduction, language: str) -> None:
    rows = [
        (d.cell, d.table, d.kind, d.expected, d.found, d.lines, d.reason.in_language(language))
        for d in found.differences
    ]  # fmt: skip
    if rows:
        put_table("", [(h, "left") for h in _HEADS[language]], rows)
    said = {
        "zh": f"{found.total} 个单元，{found.same} 个相同，{len(rows)} 个不同",
        "en": f"{found.total} cells, {found.same} alike, {len(rows)} differ",
    }
    put(said[language])
