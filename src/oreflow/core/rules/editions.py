# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The held editions: which one a citation means, and whether it is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from oreflow.core.provenance import Text

from .citations import cited
from .errors import BadEdition
from .model import Citation, Currency, Kind, Regulation, State
from .names import key, number_key, split_edition, standard_key


class Editions:
    """An immutable collection of regulations, found by title, number or name.

    Raises
    ------
    BadEdition
        For an id that stands twice, an unknown successor, or an end before the beginning.
    """

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        self._by_id: dict[str, Regulation] = {}
        self._by_title: dict[str, list[Regulation]] = {}
        self._by_standard: dict[str, list[Regulation]] = {}
        self._by_number: dict[tuple[str, str, str], list[Regulation]] = {}
        self._by_serial: dict[tuple[str, str], list[Regulation]] = {}
        for regulation in regulations:
            self._add(regulation)
        for regulation in self._by_id.values():
            _sound(regulation, self._by_id)

    def _add(self, regulation: Regulation) -> None:
        if regulation.id in self._by_id:
            raise BadEdition(Text(f"编号“{regulation.id}”出现两次。", f"The id “{regulation.id}” stands twice."))
        self._by_id[regulation.id] = regulation
        for name in {key(n) for n in (regulation.title.zh, *regulation.names)} - {""}:
            self._by_title.setdefault(name, []).append(regulation)
        if standard := standard_key(regulation.number):
            self._by_standard.setdefault(standard[0], []).append(regulation)
        elif number := number_key(regulation.number):
            self._by_number.setdefault(number, []).append(regulation)
            if number[1]:
                self._by_serial.setdefault(number[1:], []).append(regulation)

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def all(self) -> tuple[Regulation, ...]:
        """Every edition, in the order of the table."""
        return tuple(self._by_id.values())

    @property
    def by_id(self) -> Mapping[str, Regulation]:
        """The editions by id."""
        return self._by_id

    @property
    def names(self) -> tuple[str, ...]:
        """Titles and other names, for `cited`."""
        return tuple({split_edition(n)[0] for r in self.all for n in (r.title.zh, *r.names)})

    def in_force(
        self, on: date, *, scope: str = "", place: str = "", kind: Kind | None = None
    ) -> tuple[Regulation, ...]:
        """What was in force on a day, for an industry (`steel`), a place (`贵州省`) and of a kind if named.

        Texts of scope `all` rule every industry, those without places the whole country. Superseded editions stay in the collection and are
        found again with an earlier day.
        """
        return tuple(
            r
            for r in self.all
            if r.state(on) in (State.IN_FORCE, State.SUSPENDED)
            and (not scope or scope in r.scope or "all" in r.scope)
            and (not place or not r.places or any(place.startswith(p) for p in r.places))
            and (kind is None or r.kind is kind)
        )

    def current(self, citation: Citation, on: date) -> Currency:
        """The edition that a citation means and its state on a day."""
        standard = standard_key(citation.number)
        misprint = ""
        if standard is not None:
            family, year = self._by_standard.get(standard[0], []), standard[1]
        else:
            family, year = self._by_number.get(number_key(citation.number) or ("", "", ""), []), citation.edition
            if not family:
                family = self._by_title.get(key(citation.title), []) if citation.title else []
                misprint = _right_number(citation, family)
            elif citation.title and len(family) == 1:
                year = None
        meant = _edition(family, year, on)
        dated = year is not None or (standard is None and bool(citation.number))
        if meant is None:
            return Currency(citation, on, State.UNKNOWN, None, tuple(family), dated)
        return Currency(citation, on, meant.state(on), meant, self.successors(meant, on), dated, misprint)

    def successors(self, regulation: Regulation, on: date) -> tuple[Regulation, ...]:
        """What stands in its place on a day: the last of the line that had begun by then."""
        out: list[Regulation] = []
        seen = {regulation.id}
        queue = list(regulation.replaced_by) if regulation.state(on) is State.REPLACED else []
        while queue:
            after = self._by_id[queue.pop(0)]
            if after.id in seen:
                continue
            seen.add(after.id)
            if after.state(on) is State.REPLACED:
                queue += after.replaced_by
            else:
                out.append(after)
        return tuple(out)


def _sound(regulation: Regulation, known: Mapping[str, Regulation]) -> None:
    missing = [i for i in regulation.replaced_by if i not in known]
    if missing:
        raise BadEdition(
            Text(
                f"“{regulation.id}”的替代文件“{missing[0]}”不在表中。",
                f"“{regulation.id}” is replaced by “{missing[0]}”, which is not in the table.",
            )
        )
    if regulation.valid_from and regulation.valid_to and regulation.valid_to <= regulation.valid_from:
        raise BadEdition(
            Text(
                f"“{regulation.id}”的失效日 {regulation.valid_to} 不晚于施行日 {regulation.valid_from}。",
                f"“{regulation.id}” ends on {regulation.valid_to}, not after it began on {regulation.valid_from}.",
            )
        )


def _edition(family: list[Regulation], year: int | None, on: date) -> Regulation | None:
    """The edition of that year; without a year the one in force, else the last that had begun."""
    if year is not None:
        return next((r for r in family if r.edition == year), None)
    if len(family) == 1:
        return family[0]
    live = [r for r in family if r.state(on) in (State.IN_FORCE, State.SUSPENDED)]
    if live:
        return live[-1]
    begun = [r for r in family if r.valid_from is not None and r.valid_from <= on]
    return max(begun, key=lambda r: r.valid_from or date.min) if begun else None


def _right_number(citation: Citation, family: list[Regulation]) -> str:
    """The number of the title's edition where the printed one has year and serial right, the issuer wrong."""
    printed = number_key(citation.number)
    if printed is None:
        return ""
    for regulation in family:
        own = number_key(regulation.number)
        if own is not None and own[1:] == printed[1:] and own[0] != printed[0]:
            return regulation.number
    return ""


def citations_of(text_or_citations: str | Iterable[Citation], editions: Editions) -> tuple[Citation, ...]:
    """The citations given, or those of a text."""
    if isinstance(text_or_citations, str):
        return cited(text_or_citations, editions.names)
    return tuple(text_or_citations)
