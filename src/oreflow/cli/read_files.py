"""Which files are read, and reading them one by one or in several processes; one bad file does not stop the others."""

from __future__ import annotations

import json
import multiprocessing
import os
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from oreflow.core.provenance import Text

if TYPE_CHECKING:
    from oreflow.gateway.documents import HeldText

_REFUSED_SUFFIXES = (".doc", ".docm", ".wps", ".rtf", ".odt", ".ofd", ".xlsm", ".mht", ".mhtml")
_FEW_FILES = 4
_SMALL = 2_000_000  # bytes
_MOST_PROCESSES = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read of each file, and the folder that its rows go to."""

    sorts: tuple[str, ...]
    simplify: bool
    folder: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: its rows by sort, one file of JSON lines each, or why there are none."""

    path: str
    facts: Text | None = None
    notes: tuple[Text, ...] = ()
    rows: dict[str, str] = field(default_factory=dict)
    problem: Text | None = None
    unexpected: str = ""


def files_of(given: Sequence[Path]) -> list[Path]:
    """The files named, and those of folders with a document's ending, in order of their names."""
    from oreflow.gateway.documents import SUFFIXES

    out: dict[Path, None] = {}
    for path in given:
        if not path.is_dir():
            out[path] = None
            continue
        for place, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")) and name.lower().endswith((*SUFFIXES, *_REFUSED_SUFFIXES)):
                    out[Path(place) / name] = None
    return list(out)


def processes_for(files: Sequence[Path], asked: int | None) -> int:
    """How many processes to read in: as asked, else one for little and one per core for much."""
    if asked is not None:
        return min(asked, max(len(files), 1))
    size = sum(file.stat().st_size for file in files if file.is_file())
    if len(files) < 2 or (len(files) < _FEW_FILES and size < _SMALL):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, len(files), _MOST_PROCESSES)


def outcomes(files: Sequence[Path], asked: Asked, processes: int) -> Iterator[Outcome]:
    """What came of each file, in order."""
    if processes == 1:
        for number, file in enumerate(files):
            yield read_file(str(file), number, asked)
        return
    with _pool(processes) as pool:
        futures = [pool.submit(read_file, str(file), number, asked) for number, file in enumerate(files)]
        try:
            for number, future in enumerate(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield _read_alone(str(files[number]), number, asked)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))


def _read_alone(path: str, number: int, asked: Asked) -> Outcome:
    """Read a file in a process of its own, after another file has broken the common ones."""
    from oreflow.gateway.documents import DocumentError

    with _pool(1) as pool:
        try:
            return pool.submit(read_file, path, number, asked).result()
        except BrokenProcessPool as error:
            return _refused(path, DocumentError("document-failed", Path(path).name, reason=str(error)))


def read_file(path: str, number: int, asked: Asked) -> Outcome:
    """Read one file and write its rows; errors become an outcome."""
    from oreflow.gateway.documents import DocumentError, read_path

    try:
        held = read_path(path, simplify=asked.simplify)
        return _written(path, number, held, asked)
    except DocumentError as error:
        return _refused(path, error)
    except Exception:  # noqa: BLE001 - told at the end, so that the other files are read
        return Outcome(path, unexpected=traceback.format_exc())


def _refused(path: str, error: Exception) -> Outcome:
    from oreflow.gateway.documents import DocumentError

    if not isinstance(error, DocumentError):
        raise TypeError(error)
    code = f"[{error.code}]"
    said = (f"{text.in_language(k)}" for k in ("zh", "en") for text in (error.message, error.remedy))
    zh, mend_zh, en, mend_en = said
    return Outcome(path, problem=Text(f"{zh}{mend_zh} {code}", f"{en} {mend_en} {code}"))


def _written(path: str, number: int, held: HeldText, asked: Asked) -> Outcome:
    from oreflow.core.reading import read

    from .read_rows import SORTS

    reading = read(held.text, doc=held.name, materials=_materials(), grids=held.grids)
    rows = {}
    for sort in asked.sorts:
        file = Path(asked.folder) / f"{number}-{sort}.jsonl"
        with file.open("w", encoding="utf-8", errors="replace") as stream:
            for row in SORTS[sort].rows(reading):
                place = held.place_at(row["start"])
                stream.write(json.dumps(row | {"place": place.label if place else ""}, ensure_ascii=False) + "\n")
        rows[sort] = str(file)
    length = f"{len(held.text):,}"
    return Outcome(path, Text(f"{held.format} · {length} 字", f"{held.format} · {length} characters"), held.notes, rows)


@lru_cache(maxsize=1)
def _materials() -> dict[str, str]:
    from oreflow.gateway import load_library

    return {material.name.zh: key for key, material in load_library().materials.items()}
