"""Why a document was not read, and the way out."""

from __future__ import annotations

from typing import Any

from oreflow.core.provenance import Text

from ..errors import one_line
from .messages import MESSAGES


class DocumentError(Exception):
    """A document that was not read: a stable `code`, what is wrong (`message`) and what would mend it (`remedy`).

    `facts` are the figures and names in the message; the name of the file is `name`.
    """

    def __init__(self, code: str, name: str = "", /, **facts: Any) -> None:
        said, mend = MESSAGES[code]
        told = {k: one_line(v) if isinstance(v, str) else v for k, v in facts.items()}
        self.code = code
        self.name = one_line(name)
        self.facts = facts
        self.message = Text(said.zh.format(**told), said.en.format(**told))
        self.remedy = Text(mend.zh.format(**told), mend.en.format(**told))
        super().__init__(f"{self.name}: {self.message.en} {self.remedy.en} [{code}]")

    def of(self, name: str) -> DocumentError:
        """The same error, naming the file."""
        return DocumentError(self.code, name, **self.facts)
