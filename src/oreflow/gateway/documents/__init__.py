"""Documents to text: txt, Word, PDF, HTML and workbooks, with the way back from every character to the file.

Face: `read_document`, `read_path`; `HeldText`, `Place`, `DocumentLimits`; the error `DocumentError`.
"""

from .errors import DocumentError
from .limits import DocumentLimits
from .model import HeldText, Place
from .reading import SUFFIXES, read_document, read_path

__all__ = ["SUFFIXES", "DocumentError", "DocumentLimits", "HeldText", "Place", "read_document", "read_path"]
