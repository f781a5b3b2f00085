"""Values of the national code tables: areas (GB/T 2260) and industries (GB/T 4754)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oreflow.core.provenance import Text, Validity


class AreaLevel(StrEnum):
    """The three levels of GB/T 2260, by pairs of digits."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

    @property
    def text(self) -> Text:
        """The level as readers see it."""
        return _AREA_LEVELS[self]


_AREA_LEVELS = {
    AreaLevel.PROVINCE: Text("省级", "province level"),
    AreaLevel.CITY: Text("地级", "prefecture level"),
    AreaLevel.COUNTY: Text("县级", "county level"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """One division under one name, for as long as the lists have it.

    `valid_from` is the day of the first list that has the code under this name, `valid_to` that of the first
    that has not: a change lies within the year before the list's day. Rows of the first list are valid from
    its day because the table knows nothing earlier. `successors` are the codes that took over when the code
    itself ended; empty when only the name changed, or when the lists do not tell.
    """

    code: str
    name: Text
    level: AreaLevel
    valid_from: date
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""

    @property
    def validity(self) -> Validity:
        """From the first list that has it to the first that has not."""
        return Validity(self.valid_from, self.valid_to)

    @property
    def prefix(self) -> str:
        """The digits that its subordinates share: 51, 5104, 510402."""
        return significant(self.code)

    def holds(self, day: date) -> bool:
        """Whether the lists have it on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def significant(code: str) -> str:
    """The leading pairs of digits that say something: 510000 → 51, 510400 → 5104; shortened codes stay."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


class IndustryLevel(StrEnum):
    """The four levels of GB/T 4754, with the length of their codes."""

    SECTION = "section"
    DIVISION = "division"
    GROUP = "group"
    CLASS = "class"

    @property
    def text(self) -> Text:
        """The level as the standard calls it."""
        return _INDUSTRY_LEVELS[self]


_INDUSTRY_LEVELS = {
    IndustryLevel.SECTION: Text("门类", "section"),
    IndustryLevel.DIVISION: Text("大类", "division"),
    IndustryLevel.GROUP: Text("中类", "group"),
    IndustryLevel.CLASS: Text("小类", "class"),
}


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry of one edition; `parent` is empty for a section.

    Where no English name is settled, both languages bear the Chinese one (`has_english` tells).
    """

    edition: str
    code: str
    name: Text
    level: IndustryLevel
    parent: str

    @property
    def has_english(self) -> bool:
        """Whether `name.en` is an English name."""
        return self.name.en != self.name.zh


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of GB/T 4754 and the days it is in force."""

    name: str
    title: Text
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is the edition in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
