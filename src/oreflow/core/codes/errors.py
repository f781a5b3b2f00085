"""Errors of codes: CodeError ← UnknownArea, UnknownIndustry, BadTable, BadPart."""

from __future__ import annotations

from oreflow.core.provenance import Text


class CodeError(ValueError):
    """Base of every error of a code; `code` is stable, `text` names the value and the way out."""

    code = "codes"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnknownArea(CodeError):
    """No area has the code on the day asked for."""

    code = "codes.area"


class UnknownIndustry(CodeError):
    """The edition has no such industry, or there is no such edition."""

    code = "codes.industry"


class BadTable(CodeError):
    """A table of codes contradicts itself."""

    code = "codes.table"


class BadPart(CodeError):
    """A part from which a code was to be made has not the required form."""

    code = "codes.part"
