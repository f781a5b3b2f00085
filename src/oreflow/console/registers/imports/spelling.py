"""How text is spelled in files so that no spreadsheet runs it, and back."""

from __future__ import annotations

from oreflow.console.exports import harmless


def escaped(text: str) -> str:
    """Text that a spreadsheet would run, or that `plainly` would shorten, with an apostrophe before it."""
    return f"'{text}" if _runs(text) else text


def marked(text: str) -> str:
    """Text for a cell that is text by its type: only what `plainly` would shorten gets its apostrophe."""
    return f"'{text}" if text.startswith("'") and _runs(text) else text


def plainly(text: str) -> str:
    """The text that was meant."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    bare = text.lstrip("'")
    return harmless(bare) != bare
