"""Files into a register: read, compared row by row, looked at, then written whole or not at all."""

from .problems import FileRefused
from .runs import recover_interrupted

__all__ = ["FileRefused", "recover_interrupted"]
