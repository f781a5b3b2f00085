"""The command line: one module per command group; commands contain no rule."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; exit status 0 fine, 1 findings, 2 bad input, 3 failure."""
    from .app import run

    sys.exit(run())
