"""Editions of regulations and standards, and what a text cites of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oreflow.core.provenance import Mark, Text


class Kind(StrEnum):
    """What sort of text a regulation is."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    CATALOGUE = "catalogue"
    CONDITION = "condition"
    STANDARD = "standard"
    NOTICE = "notice"


class State(StrEnum):
    """What can be said of a text on a day; what is not known is never in force."""

    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"

    @property
    def text(self) -> Text:
        """The state as readers see it."""
        return _STATES[self]


_STATES = {
    State.IN_FORCE: Text("现行有效", "in force"),
    State.SUSPENDED: Text("现行但暂停办理", "in force, filings suspended"),
    State.REPLACED: Text("已被替代", "replaced"),
    State.REPEALED: Text("已废止", "repealed"),
    State.NOT_YET: Text("尚未施行", "not yet in force"),
    State.UNKNOWN: Text("状态未知", "not known"),
}


NO_NOTE = Text("", "")


@dataclass(frozen=True, slots=True)
class Regulation:
    """One edition of a regulation or standard.

    Attributes
    ----------
    id
        Identifier, e.g. `restructuring-catalogue-2019`.
    title
        The title without book marks, in both languages.
    number
        The document number (`工信部原〔2021〕46号`) or the standard's number (`GB 18597-2001`).
    edition
        The year that tells this edition from others of the same title; None where there is one only.
    valid_from, valid_to
        In force from the first day to the day before the second; None where not known.
    replaced_by
        Ids of what took its place.
    scope
        Industries it rules, or `all`, separated by blanks.
    places
        Provinces or cities it rules; empty for the whole country.
    names
        Other names under which texts cite it.
    known_at
        The day up to which its state was followed; later days are answered with that reservation.
    suspended_from
        Since when no filings are taken under it although it is in force.
    """

    id: str
    title: Text
    number: str
    edition: int | None
    issued: date | None
    valid_from: date | None
    valid_to: date | None
    replaced_by: tuple[str, ...]
    kind: Kind
    scope: tuple[str, ...]
    source: str
    mark: Mark
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    known_at: date | None = None
    suspended_from: date | None = None
    note: Text = NO_NOTE

    def state(self, on: date) -> State:
        """Its state on a day."""
        if self.valid_to is not None and self.valid_to <= on:
            return State.REPLACED if self.replaced_by else State.REPEALED
        if self.valid_from is None:
            return State.UNKNOWN
        if self.valid_from > on:
            return State.NOT_YET
        if self.suspended_from is not None and self.suspended_from <= on:
            return State.SUSPENDED
        return State.IN_FORCE

    def followed(self, on: date) -> bool:
        """Whether its state had been followed up to that day."""
        return self.known_at is not None and on <= self.known_at


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text cites: `title` without marks, blanks and edition, `number` as printed, `edition` the year named."""

    start: int
    end: int
    quote: str
    title: str = ""
    number: str = ""
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Currency:
    """A citation with the edition it means and that edition's state on a day.

    `dated` says whether the text named the edition; one cited without an edition is taken as the one
    that is in force. `misprint` is the right number where the printed one differs in its issuer only.
    """

    citation: Citation
    on: date
    state: State
    regulation: Regulation | None = None
    successors: tuple[Regulation, ...] = ()
    dated: bool = False
    misprint: str = ""
