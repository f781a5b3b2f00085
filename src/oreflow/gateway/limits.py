"""How much a pack may hold. Everything is checked before it is read; the values may be set anew."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read from a pack: bytes, rows, columns, and parts of a workbook.

    `inflated_bytes` and `ratio` bound what a workbook unpacks to; `text_chars` bounds the text of all
    its cells together; `cells` bounds rows × columns of one sheet; `cell_chars` is what Excel allows.
    `members` bounds the parts of a workbook, its sheets and its relationships; `toml_bytes` and
    `toml_keys` bound what a pack tells about itself.
    """

    file_bytes: int = 50 * MB
    rows: int = 200_000
    columns: int = 200
    cells: int = 4_000_000
    cell_chars: int = 32_767
    text_chars: int = 200_000_000
    inflated_bytes: int = 300 * MB
    ratio: int = 200
    members: int = 2_000
    problems: int = 10_000
    toml_bytes: int = 1 * MB
    toml_keys: int = 200


DEFAULT = Limits()
