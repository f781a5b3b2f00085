"""A demonstration: made-up organisations, accounts named by role, passwords drawn anew at every start."""

from .build import Account, ensure_world

__all__ = ["Account", "ensure_world"]
