"""The industrial classification for national economic activities (GB/T 4754), by edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from oreflow.core.provenance import Text

from .errors import BadTable, UnknownIndustry
from .model import Edition, Industry, IndustryLevel
from .typed import compact

EDITIONS = (
    Edition("2011", Text("GB/T 4754—2011", "GB/T 4754-2011"), date(2011, 11, 1), date(2017, 10, 1)),
    Edition("2017", Text("GB/T 4754—2017", "GB/T 4754-2017"), date(2017, 10, 1), date(2019, 3, 29)),
    Edition(
        "2019",
        Text("GB/T 4754—2017（按第1号修改单修订）", "GB/T 4754-2017 as revised by amendment no. 1"),
        date(2019, 3, 29),
    ),
)


_NAMES = tuple(edition.name for edition in EDITIONS)
_MANY = 10
_FORM = re.compile(r"[A-T]|[A-T]?[0-9]{2,4}")


@dataclass(frozen=True)
class Industries:
    """The entries of every edition that a table lists.

    Codes are written as in the standard: a letter for a section, two digits for a division, three for a group,
    four for a class; a leading section letter (`C3232`) is accepted and must fit.

    What stands directly below an entry is listed either wholly or not at all. A code below an entry without
    subdivisions is therefore *unlisted*: it may exist, and `nearest` names it after that entry. A code that is
    missing among listed subdivisions, or whose division does not exist, is *impossible*.

    Raises
    ------
    BadTable
        If an edition has a code twice, or a code whose parent it does not have.
    """

    entries: tuple[Industry, ...]
    _by_code: dict[tuple[str, str], Industry] = field(init=False, repr=False, compare=False)
    _below: dict[tuple[str, str], list[Industry]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[tuple[str, str], Industry] = {}
        below: dict[tuple[str, str], list[Industry]] = {}
        for entry in self.entries:
            if by_code.setdefault((entry.edition, entry.code), entry) is not entry:
                raise BadTable(_twice(entry))
            below.setdefault((entry.edition, entry.parent), []).append(entry)
        for edition, parent in below:
            if parent and (edition, parent) not in by_code:
                raise BadTable(_orphan(below[edition, parent][0]))
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_below", below)

    def find(self, code: str, edition: str) -> Industry | None:
        """The entry, or None where it is not listed."""
        letter, digits = _split(code)
        entry = self._by_code.get((edition, digits or letter))
        if entry is None or not (letter and digits):
            return entry
        return entry if self._section(entry) == letter else None

    def get(self, code: str, edition: str) -> Industry:
        """The entry.

        Raises
        ------
        UnknownIndustry
            Names the code and the edition, and says whether the code is impossible or only unlisted.
        """
        entry = self.find(code, edition)
        if entry is None:
            raise UnknownIndustry(self.industry_problem(code, edition) or self._unlisted(code, edition))
        return entry

    def nearest(self, code: str, edition: str) -> Industry:
        """The entry, or for an unlisted code the entry above it that is listed: 1310 → 13.

        Raises
        ------
        UnknownIndustry
            If the code is impossible; the text is that of `industry_problem`.
        """
        problem = self.industry_problem(code, edition)
        if problem is not None:
            raise UnknownIndustry(problem)
        letter, digits = _split(code)
        return self._above(digits or letter, edition)

    def industry_problem(self, code: str, edition: str) -> Text | None:
        """Why the edition can have no such code, and what to do; None if it is listed or may exist."""
        if edition not in _NAMES:
            return _no_edition(edition)
        if (edition, "") not in self._below:
            return _not_loaded(edition)
        letter, digits = _split(code)
        if not _FORM.fullmatch(letter + digits):
            return _malformed(code)
        if (edition, digits[:2] or letter) not in self._by_code:
            return self._missing(code, edition, [e for e in self.entries if e.level is IndustryLevel.DIVISION])
        here = self._above(digits or letter, edition)
        if letter and self._section(here) != letter:
            return _wrong_section(code, digits, self._by_code[edition, self._section(here)])
        listed = self._below.get((edition, here.code), [])
        return self._missing(code, edition, listed) if listed and here.code != (digits or letter) else None

    def listed_in_full(self, code: str, edition: str) -> bool:
        """Whether everything below the entry, down to the classes, is listed; true for a class."""
        entry = self.find(code, edition)
        if entry is None:
            return False
        below = self.children(code, edition)
        whole = bool(below) and all(self.listed_in_full(child.code, edition) for child in below)
        return whole or entry.level is IndustryLevel.CLASS

    def children(self, code: str, edition: str) -> tuple[Industry, ...]:
        """The listed entries next below, by code; the sections for an empty code."""
        key = self.nearest(code, edition).code if code else ""
        return tuple(sorted(self._below.get((edition, key), ()), key=lambda entry: entry.code))

    def path(self, code: str, edition: str) -> tuple[Industry, ...]:
        """Section › division › group › class, as far down as listed."""
        here: Industry | None = self.nearest(code, edition)
        line: list[Industry] = []
        while here is not None:
            line.append(here)
            here = self._by_code.get((edition, here.parent))
        return tuple(reversed(line))

    def within(self, code: str, ancestor: str, edition: str) -> bool:
        """Whether the code is the ancestor or stands below it; both may be unlisted."""
        section, above = self.path(code, edition)[0], self.nearest(ancestor, edition)
        digits = _split(ancestor)[1]
        return _split(code)[1].startswith(digits) if digits else above == section

    def same_name(self, code: str, edition: str, other: str) -> tuple[Industry, ...]:
        """Entries of the same level that bear the same name in another edition.

        No concordance: the scope of an entry may have changed under an unchanged name.
        """
        entry = self.get(code, edition)
        alike = (e for e in self.entries if e.edition == other and e.level is entry.level)
        return tuple(e for e in alike if e.name.zh == entry.name.zh)

    def count(self, edition: str, level: IndustryLevel) -> int:
        """How many entries of a level are listed in an edition."""
        return sum(e.edition == edition and e.level is level for e in self.entries)

    def _above(self, code: str, edition: str) -> Industry:
        while (edition, code) not in self._by_code:
            code = code[:-1]
        return self._by_code[edition, code]

    def _section(self, entry: Industry) -> str:
        while entry.parent:
            entry = self._by_code[entry.edition, entry.parent]
        return entry.code

    def _missing(self, code: str, edition: str, listed: list[Industry]) -> Text:
        elsewhere = [name for name in _NAMES if self.find(code, name)]
        codes = sorted({entry.code for entry in listed if entry.edition == edition})
        short = codes if len(codes) <= _MANY else [codes[0], "…", codes[-1]]
        hint_zh = f"该代码见于版本 {'、'.join(elsewhere)}。" if elsewhere else f"请在 {'、'.join(short)} 中选取。"
        hint_en = f"it is in {', '.join(elsewhere)}." if elsewhere else f"choose among {', '.join(short)}."
        return Text(
            f"国民经济行业分类 {edition} 版没有代码“{code}”；{hint_zh}",
            f"The {edition} edition of GB/T 4754 has no code “{code}”; {hint_en}",
        )

    def _unlisted(self, code: str, edition: str) -> Text:
        above = self.nearest(code, edition)
        return Text(
            f"代码“{code}”可能有效，但本表在 {above.code} {above.name.zh} 之下未列细目；"
            f"请改用 {above.code}，或载入 {edition} 版完整代码表。",
            f"The code “{code}” may exist, but this table lists nothing below {above.code} {above.name.en}; "
            f"take {above.code}, or load a full list of the {edition} edition.",
        )


def industries(entries: Iterable[Industry]) -> Industries:
    """A classification from its entries.

    Raises
    ------
    BadTable
        If an edition has a code twice, or a code whose parent it does not have.
    """
    return Industries(tuple(entries))


def edition_in_force(day: date) -> Edition:
    """The edition of GB/T 4754 in force on a day.

    Raises
    ------
    UnknownIndustry
        Before 1 November 2011.
    """
    for edition in EDITIONS:
        if edition.holds(day):
            return edition
    first = EDITIONS[0]
    raise UnknownIndustry(
        Text(
            f"{day} 早于本库最早的版本 {first.title.zh}（{first.valid_from} 起）；请取之后的日期。",
            f"{day} lies before the first edition here, {first.title.en} (from {first.valid_from}); take a later day.",
        )
    )


def _split(code: str) -> tuple[str, str]:
    text = compact(code)
    return (text[:1], text[1:]) if text[:1].isalpha() else ("", text)


def _no_edition(edition: str) -> Text:
    return Text(
        f"没有版本“{edition}”的国民经济行业分类；可用版本：{'、'.join(_NAMES)}。",
        f"There is no edition “{edition}” of GB/T 4754 here; the editions are {', '.join(_NAMES)}.",
    )


def _not_loaded(edition: str) -> Text:
    return Text(
        f"已载入的行业代码表不含 {edition} 版；请改用所含版本，或在表中补充该版本。",
        f"The loaded table of industries has no entry of the {edition} edition; take another, or add it to the table.",
    )


def _malformed(code: str) -> Text:
    return Text(
        f"“{code}”不是国民经济行业分类代码；请填门类字母或二至四位数字，如 C、09、0932、C3232。",
        f"“{code}” is no code of GB/T 4754; write a section letter or 2 to 4 digits: C, 09, 0932, C3232.",
    )


def _wrong_section(code: str, digits: str, section: Industry) -> Text:
    return Text(
        f"代码“{code}”的门类字母不符：{digits} 属于门类 {section.code} {section.name.zh}；"
        f"请填 {section.code}{digits}。",
        f"The section letter of “{code}” does not fit: {digits} belongs to section {section.code}, "
        f"{section.name.en}; write {section.code}{digits}.",
    )


def _twice(entry: Industry) -> Text:
    return Text(
        f"国民经济行业分类 {entry.edition} 版的代码 {entry.code} 出现两次；请删去一行。",
        f"The code {entry.code} stands twice in the {entry.edition} edition; take one row out.",
    )


def _orphan(entry: Industry) -> Text:
    return Text(
        f"国民经济行业分类 {entry.edition} 版的代码 {entry.code} 缺上级 {entry.parent}；请补充该行。",
        f"The code {entry.code} of the {entry.edition} edition lacks its parent {entry.parent}; add that row.",
    )
