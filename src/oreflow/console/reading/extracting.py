"""From a file's bytes to what is kept of it, as plain values; in a process of its own where the file is not small.

A file from outside may be broken or hostile, and reading it may take long or fail hard. The worker, which shares
its process with the pages, only reads small files itself; for larger ones it starts this module as a program, with a
limit of time and memory, and takes up what the program wrote.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from oreflow.core.provenance import Text
from oreflow.core.reading import Grid, Reading, read
from oreflow.core.reading.packing import (
    chain_values,
    clause_values,
    duty_values,
    entity_values,
    statement_values,
)
from oreflow.core.reading.packing.lists import NamedList, read_lists

SMALL = 200_000  # bytes that are read without a process of their own; formats are taken apart in one anyway
SECONDS, SECONDS_PER_MB = 60, 30
MEMORY = 4 * 1024**3
UNRATED = {"chain": 0.9, "clause": 0.9, "duty": 0.9, "project": 0.7, "name": 0.7}
"""Confidence of items whose reading is not calibrated figure by figure: below that of a sure figure."""
_STEPS = {"text": 30, "read": 80, "kept": 95}
Told = Callable[[int], None]


class NotRead(Exception):
    """A document that could not be read: what is wrong and what would mend it."""

    def __init__(self, code: str, message: Text, remedy: Text) -> None:
        super().__init__(message.en)
        self.code, self.message, self.remedy = code, message, remedy

    def plain(self) -> dict[str, Any]:
        """As kept with the document."""
        return {"code": self.code, **_both("message", self.message), **_both("remedy", self.remedy)}


def extract(path: Path, name: str, *, simplify: bool, told: Told, apart: bool = False) -> dict[str, Any]:
    """Read a kept file; `apart` in a process of its own, however small it is.

    Raises
    ------
    NotRead
    """
    size = path.stat().st_size
    if size <= SMALL and not apart:
        return read_here(path.read_bytes(), name, simplify=simplify, told=told)
    return _in_a_process(path, name, size, simplify=simplify, told=told)


def read_here(data: bytes, name: str, *, simplify: bool, told: Told) -> dict[str, Any]:
    """Read bytes in this process.

    Raises
    ------
    NotRead
    """
    from oreflow.gateway.documents import DocumentError, read_document

    try:
        held = read_document(name, data, simplify=simplify)
    except DocumentError as error:
        raise NotRead(error.code, error.message, error.remedy) from error
    told(_STEPS["text"])
    text = writable(held.text)
    reading = read(text, doc=held.name, materials=material_names(), grids=held.grids)
    told(_STEPS["read"])
    return plain(text, held.format, held.places, held.grids, held.notes, reading)


def writable(text: str) -> str:
    """The text as every database keeps it; zero characters and halves of pairs are marked, none is taken out."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


@lru_cache(maxsize=1)
def material_names() -> Mapping[str, str]:
    """Names of the reference library's materials, each with its id."""
    from oreflow.gateway import load_library

    return {m.name.zh: key for key, m in load_library().materials.items()}


def plain(text: str, form: str, places: Any, grids: Any, notes: Any, reading: Reading) -> dict[str, Any]:
    """What is kept of a reading."""
    return {
        "text": text, "format": form, "places": [_place(p) for p in places], "grids": [_grid(g) for g in grids],
        "frame": _fields(reading.frame), "outline": [_fields(s) for s in reading.outline],
        "tables": [_table(t) for t in reading.tables],
        "notes": [{"zh": n.zh, "en": n.en} for n in notes] + [{"zh": n, "en": n} for n in reading.notes],
        "items": list(items(text, reading)),
    }  # fmt: skip


def items(text: str, reading: Reading) -> Iterator[dict[str, Any]]:
    """Everything that was read, each with its characters."""
    for s in reading.statements:
        yield _item("statement", s.start, s.end, s.quote, statement_values(s), s.confidence, s.doubts)
    for c in reading.chains:
        yield _item("chain", c.start, c.end, c.quote, chain_values(c), UNRATED["chain"])
    for k in reading.clauses:
        held = [reading.statements[n.statement].confidence for n in k.limits if n.statement < len(reading.statements)]
        rate = min([UNRATED["clause"], *held])
        yield _item("clause", k.start, k.end, text[k.start : k.end], clause_values(k), rate)
    for d in reading.duties:
        yield _item("duty", d.start, d.end, text[d.start : d.end], duty_values(d), UNRATED["duty"])
    for e in reading.entities:
        kind = "project" if e.kind == "project" else "name"
        first = e.mentions[0] if e.mentions else None
        if first is not None:
            quote = text[first.start : first.end]
            yield _item(kind, first.start, first.end, quote, entity_values(e), UNRATED[kind])
    for found in read_lists(text):
        yield _item("name", found.start, found.end, text[found.start : found.end], _list(found), UNRATED["name"])


def _item(
    kind: str, start: int, end: int, quote: str, values: dict[str, Any], rate: float, doubts: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "kind": kind, "start": start, "end": end, "quote": quote[:4000], "values": values, "confidence": rate,
        "doubts": list(doubts),
    }  # fmt: skip


def _list(found: NamedList) -> dict[str, Any]:
    return {
        "kind": "list", "name": found.head, "count": found.count,
        "names": [{"name": n.name, "start": n.start, "end": n.end} for n in found.names],
    }  # fmt: skip


def _place(place: Any) -> dict[str, Any]:
    return {k: v for k, v in _fields(place).items() if v is not None and v != ""}


def _grid(grid: Grid) -> dict[str, Any]:
    return {"start": grid.start, "end": grid.end, "rows": [[_fields(c) for c in row] for row in grid.rows]}


def _table(table: Any) -> dict[str, Any]:
    return {
        "start": table.start, "end": table.end, "caption": table.caption, "columns": list(table.columns),
        "note": table.note,
        "rows": [_fields(r) | {"cells": [_fields(c) for c in r.cells]} for r in table.rows],
        "totals": [{"column": t.column, "printed": str(t.printed), "summed": str(t.summed), "agrees": t.agrees}
                   for t in table.totals],
    }  # fmt: skip


def _fields(value: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {f.name: getattr(value, f.name) for f in fields(value)}


def _both(name: str, text: Text) -> dict[str, Any]:
    return {name: {"zh": text.zh, "en": text.en}}


def _in_a_process(path: Path, name: str, size: int, *, simplify: bool, told: Told) -> dict[str, Any]:
    seconds = SECONDS + SECONDS_PER_MB * (size // 1_000_000)
    with tempfile.TemporaryDirectory(prefix="oreflow-reading-") as folder:
        out = Path(folder) / "read.json"
        asked = [sys.executable, "-m", __name__, str(path), name, "yes" if simplify else "no", str(out)]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, with a path of our own making
                asked, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise _too_long(seconds) from error
        if done.returncode or not out.is_file():
            raise NotRead("document.broken", *_BROKEN)
        told(_STEPS["read"])
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "problem" in found:
        said = found["problem"]
        raise NotRead(said["code"], Text(**said["message"]), Text(**said["remedy"]))
    return found


def _too_long(seconds: int) -> NotRead:
    return NotRead(
        "document.too-long",
        Text(f"{seconds} 秒内没有读完。", f"It was not read within {seconds} seconds."),
        Text(
            "请把文件拆成几份，或另存为纯文本后再存入。", "Split the file, or save it as plain text, and add it again."
        ),
    )


_BROKEN = (
    Text("读取程序中断，文件可能已损坏或过于复杂。", "Reading stopped: the file may be damaged or too complex."),
    Text("请用办公软件打开并另存一份，再存入；或另存为纯文本。",
         "Open it in an office program, save a copy and add that; or save it as plain text."),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Read one file and write what was found; the program behind `extract`."""
    import resource

    path, name, simplify, out = arguments
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = read_here(Path(path).read_bytes(), name, simplify=simplify == "yes", told=lambda _percent: None)
    except NotRead as error:
        found = {"problem": error.plain()}
    Path(out).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
