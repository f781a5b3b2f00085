"""The tree of administrative divisions as of a day (GB/T 2260, codes for the administrative divisions of China)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise

from oreflow.core.provenance import Text

from .errors import BadTable, UnknownArea
from .model import Area, AreaLevel, significant
from .typed import compact

_DIGITS = 6


@dataclass(frozen=True)
class AreaTree:
    """Areas of all days in one value; every question takes the day it is asked for.

    Codes may be shortened to their leading pairs of digits (`51`, `5104`). A county-level division directly
    under a province (4290.., 4690.., 6590.., and those of municipalities) has the province as its parent,
    since no division bears the code of its first four digits.

    Raises
    ------
    BadTable
        If two rows of one code hold on the same day.
    """

    areas: tuple[Area, ...]
    _rows: dict[str, tuple[Area, ...]] = field(init=False, repr=False, compare=False)
    _below: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.areas, key=lambda area: (area.code, area.valid_from))
        rows = {code: tuple(group) for code, group in groupby(ordered, key=lambda area: area.code)}
        for first, second in pairwise(ordered):
            if first.code == second.code and (first.valid_to is None or first.valid_to > second.valid_from):
                raise BadTable(_overlap(first, second))
        below: dict[str, list[str]] = {}
        for code in rows:
            below.setdefault(code[:2], []).append(code)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_below", {prefix: tuple(codes) for prefix, codes in below.items()})

    def find(self, code: str, as_of: date) -> Area | None:
        """The area that bears the code on the day, or None."""
        rows = self._rows.get(_full(code), ())
        return next((area for area in rows if area.holds(as_of)), None)

    def get(self, code: str, as_of: date) -> Area:
        """The area that bears the code on the day.

        Raises
        ------
        UnknownArea
            Names the code and, if it was changed, its successors.
        """
        area = self.find(code, as_of)
        if area is None:
            raise UnknownArea(self._remedy(code, as_of))
        return area

    def parent(self, code: str, as_of: date) -> Area | None:
        """The next area above on the day; None for a province."""
        shorter = significant(_full(code))[:-2]
        while shorter:
            if area := self.find(shorter, as_of):
                return area
            shorter = shorter[:-2]
        return None

    def children(self, code: str, as_of: date) -> tuple[Area, ...]:
        """The areas next below on the day, by code; the provinces for an empty code."""
        if not code:
            return tuple(a for a in self._in_force(as_of) if a.level is AreaLevel.PROVINCE)
        above = self.get(code, as_of)
        return tuple(a for a in self.subordinates(above.code, as_of) if self.parent(a.code, as_of) == above)

    def subordinates(self, code: str, as_of: date) -> tuple[Area, ...]:
        """Every area below on the day, of all levels, by code."""
        prefix = significant(_full(code))
        codes = (c for c in self._below.get(prefix[:2], ()) if c.startswith(prefix) and significant(c) != prefix)
        return tuple(area for c in codes if (area := self.find(c, as_of)))

    def path(self, code: str, as_of: date) -> tuple[Area, ...]:
        """From the province down to the area itself.

        Raises
        ------
        UnknownArea
            If no area bears the code on the day.
        """
        here: Area | None = self.get(code, as_of)
        line: list[Area] = []
        while here is not None:
            line.append(here)
            here = self.parent(here.code, as_of)
        return tuple(reversed(line))

    def within(self, code: str, ancestor: str) -> bool:
        """Whether the code is that of the ancestor or of a part of it, by its digits (510402 in 5104 in 51)."""
        above = significant(_full(ancestor))
        return bool(above) and significant(_full(code)).startswith(above)

    def successors(self, code: str, as_of: date) -> tuple[Area, ...]:
        """What stands on the day in place of the code: itself, or the areas that took over, step by step.

        Empty if the lists do not tell, or if the day lies before the code's first list.
        """
        found: dict[str, Area] = {}
        open_codes, seen = [_full(code)], set[str]()
        while open_codes:
            here = open_codes.pop()
            if here in seen:
                continue
            seen.add(here)
            if area := self.find(here, as_of):
                found[here] = area
                continue
            ended = [a for a in self._rows.get(here, ()) if a.valid_to is not None and a.valid_to <= as_of]
            if ended:
                open_codes += ended[-1].successors
        return tuple(found[key] for key in sorted(found))

    def history(self, code: str) -> tuple[Area, ...]:
        """Every row of the code, oldest first."""
        return self._rows.get(_full(code), ())

    def _in_force(self, as_of: date) -> Iterator[Area]:
        return (area for code in self._rows if (area := self.find(code, as_of)))

    def _remedy(self, code: str, as_of: date) -> Text:
        after = self.successors(code, as_of)
        if after:
            names_zh = "、".join(f"{a.code} {a.name.zh}" for a in after)
            names_en = ", ".join(f"{a.code} {a.name.en}" for a in after)
            return Text(
                f"行政区划代码“{code}”在 {as_of} 已停用；请改用 {names_zh}。",
                f"The area code “{code}” is no longer in use on {as_of}; use {names_en}.",
            )
        return Text(
            f"{as_of} 的行政区划代码（GB/T 2260）中没有“{code}”；请核对六位代码，或给出代码有效的日期。",
            f"No area bears the code “{code}” (GB/T 2260) on {as_of}; check the six digits, or give a day on which "
            "it was in use.",
        )


def area_tree(areas: Iterable[Area]) -> AreaTree:
    """A tree from its rows."""
    return AreaTree(tuple(areas))


def _full(code: str) -> str:
    """All six digits of a code that may be shortened to pairs; empty for what can be no code."""
    digits = compact(code)
    well_formed = digits.isascii() and digits.isdigit() and len(digits) in (2, 4, _DIGITS)
    return digits.ljust(_DIGITS, "0") if well_formed else ""


def _overlap(first: Area, second: Area) -> Text:
    return Text(
        f"代码 {first.code} 在 {second.valid_from} 同时有“{first.name.zh}”和“{second.name.zh}”两行；请改正有效期。",
        f"The code {first.code} has two rows on {second.valid_from}, {first.name.en} and {second.name.en}; "
        "mend their validity.",
    )
