"""Citations of regulations and standards in a text: 《…》 titles, standard numbers, document numbers, short names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .model import Citation
from .names import STANDARD, edition_of, plain, split_edition, standard_key

_TITLE = re.compile(r"《([^《》]{2,160})》")
_NESTED = re.compile(r"《([^《》]{0,60}《[^《》]{2,80}》[^《》]{0,60})》")
_BRACKET = re.compile(r"\s*\(([^()]{2,80}(?:\([^()]{1,20}\)[^()]{0,40})?)\)")
_SHORT = re.compile(
    r"(?:以下|下)?(?:统一)?简称[为：:]?\s*(?:《([^《》]{2,30})》|\"([^\"]{2,30})\"|([\u4e00-\u9fff]{2,16}))"
)
_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{2,16}\s*[〔\[(]\s*(?:19|20)\d{2}\s*年?\s*[〕\])]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,16}(?:公告|通告|令)\s*[〔(]?(?:(?:19|20)\d{2}\s*年?\s*)?[〕)]?\s*(?:第\s*)?\d{1,5}\s*号"
)
_LEAD = re.compile(
    r"^.*(?:按照|根据|依据|符合|执行|落实|遵照|印发|详见|参照|满足|贯彻|依照|以及|按|和(?!信息化|改革|社会|计划)|及|与|或|见|的|了|在|对|以|从)(?=[\u4e00-\u9fff]{2})"
)
_NEAR = 12
_GENERIC = re.compile(
    r"(?:若干|指导|实施|管理)?(?:意见|纲要|规划|方案|办法|条例|目录|通知|规定|决定|标准|细则|指南|清单|计划)"
)


def cited(text: str, known: Iterable[str] = ()) -> tuple[Citation, ...]:
    """What a text cites, in order.

    Parameters
    ----------
    text
        Any text; hard wraps inside titles and numbers do no harm.
    known
        Titles that are recognised without book marks, too (`Editions.names`).

    A title, its bracket and a number beside it are one citation. Short names that the text defines
    (以下简称) stand for their full titles wherever they appear later.
    """
    flat = plain(text)
    titled, shorts = _titled(text, flat)
    taken = [(c.start, c.end) for c in titled] + [(a, b) for a, b in shorts.spans]
    found = [*titled, *_standards(text, flat, taken)]
    taken = [(c.start, c.end) for c in found] + list(shorts.spans)
    found += _documents(text, flat, taken)
    taken = [(c.start, c.end) for c in found] + list(shorts.spans)
    found += _unmarked(text, flat, known, taken)
    return tuple(_joined(sorted(found, key=lambda c: c.start), flat))


class _Shorts:
    """Short names that the text defines, and where it does."""

    def __init__(self) -> None:
        self.meaning: dict[str, Citation] = {}
        self.spans: list[tuple[int, int]] = []


def _titled(text: str, flat: str) -> tuple[list[Citation], _Shorts]:
    shorts = _Shorts()
    out: list[Citation] = []
    at = 0
    while found := _TITLE.search(flat, at):
        nested = _NESTED.match(
            flat, flat.rfind("《", 0, found.start()) if flat[found.start() - 1 : found.start()] else 0
        )
        match = nested if nested and nested.start() >= at and nested.end() > found.end() else found
        at = match.end()
        if any(a <= match.start() < b for a, b in shorts.spans):
            continue
        title, edition = split_edition(match[1])
        end, number = match.end(), ""
        while bracket := _BRACKET.match(flat, end):
            said = _SHORT.search(bracket[1])
            year = edition_of(bracket[1])
            beside = _number_in(bracket[1])
            if not (said or year or beside):
                break
            number = number or beside
            end, edition = bracket.end(), edition or year or (standard_key(number) or ("", None))[1]
            if said:
                shorts.spans.append((bracket.start(), bracket.end()))
                shorts.meaning[said[1] or said[2] or said[3]] = Citation(match.start(), end, "", title, number, edition)
        short = shorts.meaning.get(title) or _referred(title, out)
        if short is not None and not number:
            title, number, edition = short.title, short.number, edition or short.edition
        out.append(Citation(match.start(), end, text[match.start() : end], title, number, edition))
    return out, shorts


def _referred(title: str, before: list[Citation]) -> Citation | None:
    """The text that a bare 《意见》 means: the last one cited before it whose title ends so."""
    if not _GENERIC.fullmatch(title):
        return None
    return next((c for c in reversed(before[-_NEAR:]) if c.title.endswith(title) and c.title != title), None)


def _number_in(words: str) -> str:
    """The standard's or document's number in a bracket."""
    if found := STANDARD.search(words):
        return _standard_number(found)
    found = _DOCUMENT.search(words)
    return re.sub(r"\s+", "", found[0]) if found else ""


def _standard_number(found: re.Match[str]) -> str:
    year = f"-{found[4]}" if found[4] else ""
    part = re.sub(r"\s", "", found[2] or "")
    return f"{found[1]}{part} {found[3]}{year}"


class _Taken:
    """Spans already read, asked in order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.at = 0

    def free(self, start: int, end: int) -> bool:
        while self.at < len(self.spans) and self.spans[self.at][1] <= start:
            self.at += 1
        return self.at == len(self.spans) or self.spans[self.at][0] >= end


def _standards(text: str, flat: str, taken: list[tuple[int, int]]) -> Iterator[Citation]:
    spans = _Taken(taken)
    for found in STANDARD.finditer(flat):
        if spans.free(found.start(), found.end()):
            edition = (standard_key(found[0]) or ("", None))[1]
            yield Citation(
                found.start(), found.end(), text[found.start() : found.end()], "", _standard_number(found), edition
            )


def _documents(text: str, flat: str, taken: list[tuple[int, int]]) -> Iterator[Citation]:
    spans = _Taken(taken)
    for found in _DOCUMENT.finditer(flat):
        lead = _LEAD.match(found[0])
        start = found.start() + (lead.end() if lead else 0)
        if spans.free(start, found.end()):
            number = re.sub(r"\s+", "", flat[start : found.end()])
            yield Citation(start, found.end(), text[start : found.end()], "", number, None)


def _unmarked(text: str, flat: str, known: Iterable[str], taken: list[tuple[int, int]]) -> Iterator[Citation]:
    names = sorted({plain(n) for n in known if len(n) >= 4}, key=len, reverse=True)
    if not names:
        return
    spans = _Taken(taken)
    pattern = re.compile("|".join(re.escape(n) for n in names))
    for found in pattern.finditer(flat):
        if not spans.free(found.start(), found.end()):
            continue
        end, edition, number = found.end(), None, ""
        while bracket := _BRACKET.match(flat, end):
            year, beside = edition_of(bracket[1]), _number_in(bracket[1])
            if not (year or beside):
                break
            end, edition, number = bracket.end(), edition or year, number or beside
        title, year = split_edition(found[0])
        yield Citation(found.start(), end, text[found.start() : end], title, number, edition or year)


def _joined(found: list[Citation], flat: str) -> Iterator[Citation]:
    """A number directly before a title belongs to it: GB 18597-2001《…标准》."""
    held: Citation | None = None
    for citation in found:
        beside = held is not None and not flat[held.end : citation.start].strip() and citation.start - held.end <= 3
        if held is not None and beside and not held.title and citation.title and not citation.number:
            edition = held.edition or citation.edition
            quote = held.quote + flat[held.end : citation.start] + citation.quote
            held = replace(citation, start=held.start, quote=quote, number=held.number, edition=edition)
            continue
        if held is not None:
            yield held
        held = citation
    if held is not None:
        yield held
