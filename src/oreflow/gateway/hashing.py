"""The hash of a region: SHA-256 over its tables in one canonical form.

Row order, line ends, column order, workbook or CSV, `0.50` for `0.5` in a coefficient make no
difference; the decimals of a printed figure do, for they say how it was rounded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from oreflow.core.materials import Library
from oreflow.core.region import Region

from .printing import TableRows
from .schema import FORMAT, LIBRARY_TABLES, PACK_TABLES, Kind, Table
from .tabulating import facts_of, region_tables
from .tabulating_library import library_tables

_PRINTED = frozenset({("figures", "value"), ("targets", "value"), ("targets", "upper")})


def region_hash(region: Region) -> str:
    """`sha256:` and 64 hexadecimal digits; the region's own `hash` does not enter."""
    digest = hashlib.sha256()
    digest.update(_line("pack", facts_of(region)))
    _feed(digest, PACK_TABLES, region_tables(region))
    digest.update(library_hash(region.library).encode())
    return f"sha256:{digest.hexdigest()}"


def library_hash(library: Library) -> str:
    """`sha256:` and 64 hexadecimal digits of a library."""
    return _library_hash(_Same(library))


class _Same:
    """A library compared by identity, so that its hash is computed once."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library

    def __hash__(self) -> int:
        return id(self.library)


@lru_cache(maxsize=16)
def _library_hash(same: _Same) -> str:
    digest = hashlib.sha256(f"format {FORMAT}\n".encode())
    _feed(digest, LIBRARY_TABLES, library_tables(same.library))
    return f"sha256:{digest.hexdigest()}"


def _feed(digest: hashlib._Hash, tables: Iterable[Table], rows: Mapping[str, TableRows]) -> None:
    for table in tables:
        decimals = {c.name for c in table.columns if c.kind is Kind.DECIMAL and (table.name, c.name) not in _PRINTED}
        lines = [_line(table.name, _normal(row, decimals)) for row in rows[table.name]]
        for line in sorted(lines):
            digest.update(line)


def _normal(row: Mapping[str, str], decimals: set[str]) -> dict[str, str]:
    return {column: plain_number(text) if column in decimals else text for column, text in row.items()}


def plain_number(text: str) -> str:
    """A decimal without superfluous zeros: 0.50 → 0.5, 2650.0 → 2650."""
    if "." not in text:
        return text
    return format(Decimal(text), "f").rstrip("0").rstrip(".")


def _line(table: str, row: Mapping[str, str]) -> bytes:
    text = json.dumps([table, row], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()
