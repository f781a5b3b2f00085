"""How much a document may hold. Sizes are checked before anything is unpacked; the values may be set anew."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Bounds on what is read from a document.

    `inflated_bytes` and `ratio` bound what the parts of a Word file or workbook unpack to, `members` how many
    there are; `chars` bounds the text, `pages` a PDF, `cells` and `columns` all tables together and the width
    of one. Reading a file that is not plain text ends after `seconds` and within `memory_bytes` of address
    space, in a process of its own.
    """

    file_bytes: int = 100 * MB
    inflated_bytes: int = 200 * MB
    ratio: int = 200
    members: int = 5_000
    chars: int = 40_000_000
    pages: int = 5_000
    cells: int = 500_000
    columns: int = 200
    seconds: float = 120.0
    memory_bytes: int = 3_072 * MB


DEFAULT = DocumentLimits()
