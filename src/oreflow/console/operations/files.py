"""The kept bytes beside the rows that speak of them."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


def kept() -> set[str]:
    """The SHA-256 names of the bytes that are there."""
    root = Path(settings.MEDIA_ROOT)
    found = (path.name for path in root.glob("??/*") if path.is_file()) if root.is_dir() else iter(())
    return {name for name in found if _DIGEST.fullmatch(name)}


def compare(needed: set[str], spoken_of: set[str]) -> tuple[list[str], list[str]]:
    """What is needed and gone, and what is there without any row that speaks of it."""
    there = kept()
    return sorted(needed - there), sorted(there - spoken_of)


def unfinished() -> list[Path]:
    """Bytes of uploads that were never settled."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(root.glob(".incoming-*")) if root.is_dir() else []
