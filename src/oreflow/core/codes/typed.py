"""How people type codes: full-width characters, lower case, blanks, dashes of every kind."""

from __future__ import annotations

import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")


def plain(typed: str) -> str:
    """Half-width, upper case, without any blank; dashes as hyphens."""
    return "".join(unicodedata.normalize("NFKC", typed).translate(_DASHES).split()).upper()


def compact(typed: str) -> str:
    """As `plain`, without hyphens."""
    return plain(typed).replace("-", "")
