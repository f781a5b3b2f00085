"""Records that pass from one organisation to another, as a merger makes them: a few statements a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from oreflow.console.people.models import Organisation
from oreflow.core.provenance import Text

from .bulk import Said, write_history
from .models import OwnedRecord
from .registry import REGISTERS
from .spec import Register

MOST_NAMED = 20


def owned() -> Iterator[Register]:
    """The registers whose records belong to an organisation."""
    return (r for r in REGISTERS.values() if issubclass(r.model, OwnedRecord))


def running(register: Register, organisation: Any, day: date) -> QuerySet[Any]:
    """The records of an organisation (or of those that a query gives) that have not ended by a day."""
    name = "organisation__in" if isinstance(organisation, QuerySet) else "organisation"
    standing = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return register.model._default_manager.filter(standing, **{name: organisation})


def collisions(old: Organisation, new: Organisation, day: date) -> list[Text]:
    """Which numbers of records that would pass the other organisation has given already, by register."""
    found = []
    for register in owned():
        if "organisation" not in register.identity:
            continue
        same = {key: OuterRef(key) for key in register.identity if key != "organisation"}
        theirs = register.model._default_manager.filter(organisation=new, **same)
        rows = running(register, old, day).filter(Exists(theirs)).order_by(*same)
        numbers = [" ".join(map(str, row)) for row in rows.values_list(*same)[: MOST_NAMED + 1]]
        if numbers:
            found.append(_named(register, numbers))
    return found


def _named(register: Register, numbers: list[str]) -> Text:
    more = " …" if len(numbers) > MOST_NAMED else ""
    few = numbers[:MOST_NAMED]
    return Text(f"{register.name.zh} {'、'.join(few)}{more}", f"{register.name.en} {', '.join(few)}{more}")


def hand_over(old: Organisation, new: Organisation, day: date, said: Said) -> dict[str, int]:
    """Pass the records that still run, each with its entry in the history; how many, by register.

    The caller's transaction holds both organisations' rows, so that nobody adds a record meanwhile. Files stay with
    their records, and place and park are those where a thing stands.
    """
    passed = {}
    for register in owned():
        rows = running(register, old, day)
        ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        if ids:
            rows.update(organisation=new, version=F("version") + 1, updated_at=said.at)
            write_history(register.model, ids, "~", said)
            passed[register.key] = len(ids)
    return passed


def holders(organisations: QuerySet[Any], day: date) -> set[int]:
    """Which of these organisations still have running records."""
    found: set[int] = set()
    for register in owned():
        found.update(running(register, organisations, day).values_list("organisation", flat=True).distinct())
    return found
