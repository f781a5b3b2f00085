"""Where figures come from, how good they are, and what findings claim."""

from .model import Finding, FindingClass, Mark, Source, Text, Validity, weakest

__all__ = ["Finding", "FindingClass", "Mark", "Source", "Text", "Validity", "weakest"]
