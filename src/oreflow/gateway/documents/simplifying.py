"""Traditional characters to simplified ones, one for one, so that offsets hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s", False)


def simplified(text: str) -> tuple[str, int]:
    """The text in simplified characters, as long as before, and how many characters changed.

    Phrases are converted as such where that keeps the length of their line; elsewhere each character by itself.
    """
    lines = text.split("\n")
    converted = _converter().convert(text).split("\n")
    if len(converted) != len(lines):
        converted = [_converter().convert(line) for line in lines]
    kept = [new if len(new) == len(old) else _one_by_one(old) for old, new in zip(lines, converted, strict=True)]
    out = "\n".join(kept)
    return out, sum(a != b for a, b in zip(text, out, strict=True))


def _one_by_one(line: str) -> str:
    return "".join(_character(c) for c in line)


@lru_cache(maxsize=20_000)
def _character(character: str) -> str:
    new: str = _converter().convert(character)
    return new if len(new) == 1 else character
