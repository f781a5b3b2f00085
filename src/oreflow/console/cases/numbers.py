"""Running numbers: taken in the transaction that uses them, so that none is given twice."""

from __future__ import annotations

from datetime import date

from oreflow.console.operations.models import Sequence
from oreflow.console.people.models import Organisation


def next_number(name: str) -> int:
    """The next number of a sequence; call it inside a transaction."""
    Sequence.objects.get_or_create(name=name)
    row = Sequence.objects.select_for_update().get(name=name)
    row.last += 1
    row.save(update_fields=("last",))
    return int(row.last)


def case_number(day: date, decider: Organisation) -> str:
    """A case's number: year, area of the deciding authority, running number."""
    area = decider.area_code or "000000"
    return f"{day.year}-{area}-{next_number(f'case:{day.year}-{area}'):06d}"
