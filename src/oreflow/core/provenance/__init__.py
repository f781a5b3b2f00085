"""Where figures come from, how good they are, and what findings claim."""

from .model import Anchor, AnchoredFinding, Finding, FindingClass, Mark, Source, Text, Validity, weakest

__all__ = [
    "Anchor",
    "AnchoredFinding",
    "Finding",
    "FindingClass",
    "Mark",
    "Source",
    "Text",
    "Validity",
    "weakest",
]
