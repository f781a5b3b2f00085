"""What every desk's part of the data interface stands on.

A desk writes a `router = Router(tags=[…])` in its `api.py`, marks each operation with `needs("cases:write")`,
takes the viewer from `viewer_of(request)`, pages lists with `page`, and raises the console's refusals.
Signing in, scopes, cross-site checks, rates, sizes, `Idempotency-Key` and errors are the ground's.
"""

from oreflow.console.errors_api import ApiError, both, problem

from .bodies import StrictSchema
from .interface import Interface, needs
from .paging import Page, page
from .schemas import ProblemOut, TextOut
from .versions import IfMatch, etag, version_of

__all__ = [
    "ApiError",
    "IfMatch",
    "Interface",
    "Page",
    "ProblemOut",
    "StrictSchema",
    "TextOut",
    "both",
    "etag",
    "needs",
    "page",
    "problem",
    "version_of",
]
