"""Evident damage of recognised text mended, character for character: letters for digits, broken units and points.

Only what cannot be read otherwise is changed: a letter inside a number, or before one that a unit follows.
"""

from __future__ import annotations

import re

_LOOKALIKE = str.maketrans("OoОlI丨|〇", "00011110")
_RUN = re.compile(r"(?<![A-Za-z0-9.])[0-9.]*[OoОlI丨〇][0-9OoОlI丨〇.]*")
_DIGIT = re.compile(r"\d")
_BY_UNIT = re.compile(r"\s*[%年月日号万亿千百吨元家户个公立平度倍台座条项名人亩米克]")
_LATIN_UNIT = re.compile(r"(?:[MGk]W|KW|k[VA]|K[VA]|MPa|mm|cm|km|kg|mg|t|m|h|GWh|kWh|nm|μm)(?![A-Za-z])")
_THOUSANDS = re.compile(r"(?: \d{3})+(?:\.\d+)? *[%万亿千吨元亩户人家台套]")
_TON = re.compile(r"([\d万亿千百] *)[屯盹]")
_TEN_THOUSAND = re.compile(r"(\d *)方(?= *(?:吨|元|千瓦|亩|人|标|平方|立方|户|辆|台|套))")
_YUAN = re.compile(r"(?<=[万亿])兀")
_PERCENT = re.compile(r"(?<=[\d. ])[0Oo] ?/ ?[0Oo](?![\d.A-Za-z])")
_DASH = re.compile(r"(?<=\d)( ?)一(?= ?\d)")
_POINT = re.compile(r"(?<=\d)。(?=\d{1,3} ?(?:%|[万亿]?[吨元]|[万亿个]))")
_SIGNS = re.compile(r"[OoОlI丨屯盹兀]|\d *方|。\d|\d〇|〇\d|0 ?/ ?0|\d ?一 ?\d")


def mended(text: str) -> str:
    """The text with evident damage mended; every character keeps its place."""
    if not _SIGNS.search(text):
        return text
    text = _RUN.sub(_digits, text)
    text = _TON.sub(r"\1吨", text)
    text = _TEN_THOUSAND.sub(r"\1万", text)
    text = _YUAN.sub("元", text)
    text = _PERCENT.sub(lambda found: "%".ljust(len(found[0])), text)
    text = _DASH.sub(r"\1—", text)
    return _POINT.sub(".", text)


def _digits(found: re.Match[str]) -> str:
    """A run of digits and letters that look like them, as digits where that is what it evidently is."""
    run = found[0]
    text, end = found.string, found.end()
    by_unit = _BY_UNIT.match(text, end)
    if not _DIGIT.search(run):
        evident = _THOUSANDS.match(text, end) if len(run) == 1 else by_unit and "." not in run
        return run.translate(_LOOKALIKE) if evident else run
    if text[end : end + 1].isascii() and text[end : end + 1].isalpha() and not _LATIN_UNIT.match(text, end):
        return run
    if not run[0].isdigit() and not (by_unit or "." in run[:-1] or len(run) > 2):
        return run
    if run[-1] in "lI丨" and not by_unit and not _LATIN_UNIT.match(text, end):
        return run[:-1].translate(_LOOKALIKE) + run[-1]
    return run.translate(_LOOKALIKE)
