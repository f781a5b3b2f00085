"""Plain text: every character as it is, a place for each line."""

from __future__ import annotations

import re

from .drafting import Draft
from .encodings import decode
from .errors import DocumentError
from .limits import DocumentLimits
from .model import Place

_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")


def read_text(data: bytes, limits: DocumentLimits) -> Draft:
    """The text of a file; offsets are those of its decoded characters, with its own line ends."""
    text, notes = decode(data)
    if len(text) > limits.chars:
        raise DocumentError("document-too-long", limit=limits.chars)
    draft = Draft(limits, pieces=[text], notes=list(notes), length=len(text))
    draft.places.extend(_places(text))
    return draft


def _places(text: str) -> list[Place]:
    """The lines that hold something, numbered as editors number them."""
    out, number = [], 1
    for found in _LINE.finditer(text):
        if found[0][0] in "\r\n":
            number += 1
        elif not found[0].isspace():
            out.append(Place(found.start(), found.end(), label=f"l. {number}", line=number))
    return out
