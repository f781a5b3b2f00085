"""Packs and the reference library from disk: read, checked, built; or every problem at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from oreflow.core.materials import Library
from oreflow.core.region import Region

from .building import build_library, build_region
from .checking import check_facts, check_references, check_tables
from .errors import PackErrors, PackProblem, Problems
from .guarding import check_loops, check_stoichiometry
from .hashing import region_hash
from .limits import DEFAULT, Limits
from .raw import PACK_TOML
from .reading import read_pack, read_tables
from .rows import Row, Tables
from .rules import check_library_rules, check_rules
from .schema import LIBRARY_TABLES, PACK_TABLES

PACKS = Path(__file__).resolve().parents[1] / "packs"
_REFERENCE = "reference"
_OWNERS = {
    "contents": ("materials", "material"),
    **dict.fromkeys(("flows", "burdens", "recoveries"), ("processes", "process")),
}


def builtin_packs() -> list[str]:
    """The names of the built-in packs, sorted."""
    return sorted(file.parent.name for file in PACKS.glob(f"*/{PACK_TOML}"))


def load_library(folder: Path | None = None) -> Library:
    """The reference library (or the library tables of a folder), cached by content.

    Raises
    ------
    PackErrors
        With every problem of its tables.
    """
    folder = folder or PACKS / _REFERENCE
    return _reference(folder, _content(folder))[1]


def _reference_tables() -> tuple[Tables, Library]:
    folder = PACKS / _REFERENCE
    return _reference(folder, _content(folder))


def _content(folder: Path) -> str:
    digest = hashlib.sha256()
    for table in LIBRARY_TABLES:
        file = folder / f"{table.name}.csv"
        data = file.read_bytes() if file.is_file() and file.stat().st_size <= DEFAULT.file_bytes else b""
        digest.update(f"{table.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _reference(folder: Path, content: str) -> tuple[Tables, Library]:
    del content  # the key of the cache
    problems = Problems()
    raw = read_tables(folder, [t.name for t in LIBRARY_TABLES], problems)
    tables = check_tables(raw, LIBRARY_TABLES, problems)
    check_references(Tables(), tables, tables, problems)
    check_library_rules(tables, problems)
    if problems:
        raise PackErrors(problems)
    return tables, build_library(tables)


def locate(name_or_path: str | Path) -> Path:
    """The directory or workbook of a pack; a built-in name wins over a path that is spelt like it.

    Raises
    ------
    PackErrors
        If there is neither.
    """
    builtin = str(name_or_path) if str(name_or_path) in builtin_packs() else ""
    path = Path(name_or_path)
    if builtin and (isinstance(name_or_path, str) or not path.exists()):
        return PACKS / builtin
    problems = Problems()
    try:
        path.stat()
    except (OSError, ValueError):
        problems.add("not-found", str(name_or_path), value=name_or_path, known=", ".join(builtin_packs()))
        raise PackErrors(problems) from None
    return path


def load_pack(name_or_path: str | Path, limits: Limits = DEFAULT) -> Region:
    """The region of a built-in pack, a directory of CSV tables with pack.toml, or one .xlsx.

    Raises
    ------
    PackErrors
        With every problem found; a region is never half loaded.
    """
    problems = Problems(limits.problems)
    region = _load(locate(name_or_path), problems, limits)
    if problems or region is None:
        raise PackErrors(problems)
    return region


def validate_pack(name_or_path: str | Path, limits: Limits = DEFAULT) -> list[PackProblem]:
    """Every problem of a pack, in the order of its tables and rows; empty for a good one."""
    try:
        load_pack(name_or_path, limits)
    except PackErrors as errors:
        return errors.problems
    return []


def _load(path: Path, problems: Problems, limits: Limits) -> Region | None:
    raw = read_pack(path, problems, limits)
    if not raw.seen:
        if not problems:
            check_facts(raw, problems)
        return None
    facts = check_facts(raw, problems)
    if facts is None:
        return None
    tables = check_tables(raw, PACK_TABLES, problems)
    alone = facts.word("library") == "own"
    own = check_tables(raw, LIBRARY_TABLES, problems, required=alone)
    merged, library = _library_of(own, alone, problems)
    check_references(tables, merged, own, problems)
    check_rules(tables, merged, own, problems)
    if problems:
        return None
    if library is None:
        library = build_library(merged)
        check_stoichiometry(library, None if alone else load_library(), own, problems)
    if problems:
        return None
    region = _region(facts, tables, library)
    check_loops(region, tables, problems)
    return None if problems else region


def _region(facts: Row, tables: Tables, library: Library) -> Region:
    region = build_region(facts, tables, library)
    return replace(region, hash=region_hash(region))


def _library_of(own: Tables, alone: bool, problems: Problems) -> tuple[Tables, Library | None]:
    """The rows of the pack's library, and the library itself if it is the reference one."""
    if alone:
        return own, None
    try:
        reference, library = _reference_tables()
    except PackErrors as errors:
        problems.extend(replace(p, file_or_sheet=f"{_REFERENCE}/{p.file_or_sheet}") for p in errors.problems)
        return Tables(broken={t.name for t in LIBRARY_TABLES}), None
    if not any(own.rows.values()):
        return reference, library
    return merge(reference, own), None


def merge(reference: Tables, own: Tables) -> Tables:
    """Reference rows with the pack's own put over them.

    A material or process that the pack lists, and an ore whose distribution it gives, replace the
    reference's with all their rows; every other row replaces the one of the same key or is added.
    """
    merged = Tables(broken=own.broken | reference.broken)
    for table in LIBRARY_TABLES:
        replaced = {row.key(table.key) for row in own[table.name]}
        owner_table, column = _OWNERS.get(table.name, ("", ""))
        owners = {row.word("id") for row in own[owner_table]}
        if table.name == "distributions":
            column, owners = "ore", {row.word("ore") for row in own[table.name]}
        kept = (
            row
            for row in reference[table.name]
            if row.key(table.key) not in replaced and not (column and row.word(column) in owners)
        )
        merged.rows[table.name] = [*kept, *own[table.name]]
    return merged
